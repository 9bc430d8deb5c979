#pragma once

struct sqlite3;

namespace genesis::storage {

/// Gives a connection to SQLite what the full-text index needs: the tokenizer `genesis` of FTS5 (`word_reader`), and
/// its function `match_score(message_search)` (search_match.hpp). Without them the index cannot be read, and messages
/// not be written: every connection has them. Throws `soci::sqlite3_soci_error`.
void add_search(sqlite3* database);

}  // namespace genesis::storage
