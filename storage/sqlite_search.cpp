#include "storage/sqlite_search.hpp"

#include "storage/search_match.hpp"
#include "storage/search_terms.hpp"
#include "storage/sqlite.hpp"
#include "storage/word_reader.hpp"

#include <new>
#include <string>
#include <utility>
#include <vector>

namespace genesis::storage {

namespace {

constexpr int text_column = 0;

/// FTS5 is C: no exception may pass through it.
template <class Action>
int guarded(Action&& action) noexcept {
  try {
    return action();
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  } catch (...) {
    return SQLITE_ERROR;
  }
}

int make_tokenizer(void*, const char**, int, Fts5Tokenizer** made) {
  return guarded([&] {
    *made = reinterpret_cast<Fts5Tokenizer*>(new stemmers);
    return SQLITE_OK;
  });
}

void drop_tokenizer(Fts5Tokenizer* made) {
  delete reinterpret_cast<stemmers*>(made);
}

using token_sink = int (*)(void* context, int flags, const char* token, int size, int begin, int end);

/// A text begins with its owner's term and a space (0007_message_search_by_person.sql), each phrase of a query
/// likewise. What has no owner has no terms.
///
/// The terms of a word stand at one place. A word that may go on is looked for by its form alone: its stem is that of
/// another word.
int tokenize(Fts5Tokenizer* by, void* context, int flags, const char* text, int size, token_sink sink) {
  return guarded([&] {
    const std::string_view whole{text != nullptr ? text : "", static_cast<std::size_t>(size)};
    if (whole.size() <= owner_term_size)
      return SQLITE_OK;
    const bool has_form_alone = (flags & FTS5_TOKENIZE_PREFIX) != 0;
    constexpr auto start = owner_term_size + 1;
    std::string owned{whole.substr(0, owner_term_size)};
    for (word_reader words(whole.substr(start), *reinterpret_cast<stemmers*>(by)); words.next();) {
      int colocated = 0;
      for (const auto& term : words.terms().first(has_form_alone ? 1 : words.terms().size())) {
        owned.replace(owner_term_size, std::string::npos, term);
        const int code = sink(context, colocated, owned.data(), static_cast<int>(owned.size()),
          static_cast<int>(start + words.begin()), static_cast<int>(start + words.end()));
        if (code != SQLITE_OK)
          return code;
        colocated = FTS5_TOKEN_COLOCATED;
      }
    }
    return SQLITE_OK;
  });
}

/// Counts in `times` at how many places each phrase of the query stands in the message. Where several terms of one word
/// begin as the query does, FTS5 names the place for each.
int count_phrases(const Fts5ExtensionApi& api, Fts5Context* row, std::vector<std::int64_t>& times) {
  std::vector<int> last_place(times.size(), -1);
  int places = 0;
  if (const int code = api.xInstCount(row, &places); code != SQLITE_OK)
    return code;
  for (int i = 0; i < places; ++i) {
    int phrase = 0;
    int column = text_column;
    int at = 0;
    if (const int code = api.xInst(row, i, &phrase, &column, &at); code != SQLITE_OK)
      return code;
    const auto index = static_cast<std::size_t>(phrase);
    if (std::exchange(last_place[index], at) != at)
      ++times[index];
  }
  return SQLITE_OK;
}

void score_match(const Fts5ExtensionApi* api, Fts5Context* row, sqlite3_context* result, int, sqlite3_value**) {
  const int code = guarded([&] {
    std::vector<std::int64_t> times(static_cast<std::size_t>(api->xPhraseCount(row)));
    int words = 0;
    if (const int failed = count_phrases(*api, row, times); failed != SQLITE_OK)
      return failed;
    if (const int failed = api->xColumnSize(row, text_column, &words); failed != SQLITE_OK)
      return failed;
    ::sqlite3_result_int64(result, match_score(times, words));
    return SQLITE_OK;
  });
  if (code != SQLITE_OK)
    ::sqlite3_result_error_code(result, code);
}

/// FTS5's own interface, by the way that its documentation gives (7, Extending FTS5).
fts5_api* fts5_of(sqlite3* database) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (::sqlite3_prepare_v2(database, "select fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    ::sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
    ::sqlite3_step(statement);
  }
  ::sqlite3_finalize(statement);
  return api;
}

}  // namespace

void add_search(sqlite3* database) {
  auto* const api = fts5_of(database);
  if (api == nullptr)
    throw soci::sqlite3_soci_error("this SQLite was built without FTS5", SQLITE_ERROR);
  fts5_tokenizer tokenizer{&make_tokenizer, &drop_tokenizer, &tokenize};
  if (const int code = api->xCreateTokenizer(api, "genesis", nullptr, &tokenizer, nullptr); code != SQLITE_OK)
    throw soci::sqlite3_soci_error("the tokenizer cannot be added", code);
  if (const int code = api->xCreateFunction(api, "match_score", nullptr, &score_match, nullptr); code != SQLITE_OK)
    throw soci::sqlite3_soci_error("the ranking cannot be added", code);
}

}  // namespace genesis::storage
