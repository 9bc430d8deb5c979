#include "tests/system/database_file.hpp"

#include "storage/sqlite_search.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <stdexcept>

namespace genesis::system_test {

database_file::database_file(const std::filesystem::path& file) {
  if (sqlite3_open_v2(file.c_str(), &handle_, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) {
    sqlite3_close(handle_);
    throw std::runtime_error("cannot open " + file.string());
  }
  storage::add_search(handle_);
  sqlite3_busy_timeout(handle_, 10'000);
}

database_file::~database_file() {
  sqlite3_close(handle_);
}

std::vector<std::string> database_file::column(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(handle_));
  std::vector<std::string> all;
  int step = 0;
  while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
    const auto* const text = sqlite3_column_text(statement, 0);
    all.emplace_back(text == nullptr ? "" : reinterpret_cast<const char*>(text));
  }
  sqlite3_finalize(statement);
  if (step != SQLITE_DONE)
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(handle_));
  return all;
}

std::int64_t database_file::number(const std::string& sql) {
  return std::stoll(column(sql).at(0));
}

void database_file::run(const std::string& sql) {
  column(sql);
}

std::vector<std::string> database_file::tables_with(const std::string& text) {
  std::vector<std::string> found;
  for (const auto& table : column("select name from sqlite_master where type = 'table'"))
    for (const auto& name : column("select name from pragma_table_info('" + table + "')"))
      if (number("select count(*) from \"" + table + "\" where instr(\"" + name + "\", '" + text + "') > 0") != 0)
        found.push_back(table + '.' + name);
  return found;
}

void database_file::expect_sound() {
  EXPECT_EQ(column("pragma integrity_check"), std::vector<std::string>{"ok"});
  EXPECT_EQ(column("pragma foreign_key_check"), std::vector<std::string>{});
  EXPECT_EQ(number("select count(*) from (select conversation_id from messages group by conversation_id "
                   "having min(seq) <> 1 or max(seq) <> count(*))"),
    0);
  EXPECT_EQ(number("select count(*) from conversations c where message_count <> "
                   "(select count(*) from messages m where m.conversation_id = c.id)"),
    0);
  EXPECT_EQ(number("select count(*) from runs r where not exists (select 1 from messages m where m.id = r.message_id) "
                   "or not exists (select 1 from messages m where m.id = r.user_message_id)"),
    0);
}

}  // namespace genesis::system_test
