#pragma once

#include "domain/ids.hpp"
#include "domain/search.hpp"
#include "storage/word_reader.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace genesis::storage {

/// One word of a query.
struct sought_word {
  std::string as_written;          ///< Letters, digits and their marks, nothing else.
  std::vector<std::string> terms;  ///< Any of them will do. The form comes first.
};

/// Words that stand side by side. Where the last one may go on, its form and those before it are meant as written.
struct sought_phrase {
  std::vector<sought_word> words;
  bool is_prefix = false;
};

/// A query in the terms of the index. What a person typed reaches neither SQLite's nor PostgreSQL's query language:
/// both are written from words of letters and digits.
struct sought_text {
  std::vector<sought_phrase> wanted;
  std::vector<sought_phrase> excluded;
};

/// Nothing when no term that is wanted has a word: no message has it.
std::optional<sought_text> sought_by(const search_query& query, stemmers& by);

/// Bytes of an owner's term.
inline constexpr std::size_t owner_term_size = 33;

/// What stands for a person in the index. On PostgreSQL it is a term like words are, with a sign in it that no word
/// has. On SQLite each term begins with it, so that a search reads what its person has said and nothing else.
std::string owner_term(const user_id& owner);

/// Of the messages of one person, as FTS5 takes it behind MATCH.
std::string to_fts5(const sought_text& what, const user_id& owner);
/// Of the messages of one person, as a `tsquery`.
std::string to_tsquery(const sought_text& what, const user_id& owner);
/// What messages are ranked by: everything that is wanted, as a `tsquery`.
std::string to_ranking_tsquery(const sought_text& what);

/// A message of a person, as a `tsvector`. PostgreSQL keeps 256 places of a term and takes those from 16,383 on for
/// one: phrases that stand further behind, or in a message that says one word more often, may not be found.
std::string to_tsvector(std::string_view content, const user_id& owner, stemmers& by);

}  // namespace genesis::storage
