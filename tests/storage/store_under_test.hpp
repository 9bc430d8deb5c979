#pragma once

#include "tests/actors/memory_store.hpp"
#include "tests/storage/fixtures.hpp"
#include "tests/storage/postgres_server.hpp"

#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace genesis::storage {

enum class kind_of_store : std::uint8_t {
  memory,
  sqlite,
  sqlite_indexed,  ///< Of which no message waits for the full-text index when a write is over.
  postgresql,
};

constexpr std::string_view name_of(kind_of_store kind) {
  switch (kind) {
  case kind_of_store::memory: return "Memory";
  case kind_of_store::sqlite: return "Sqlite";
  case kind_of_store::sqlite_indexed: return "SqliteIndexed";
  case kind_of_store::postgresql: return "Postgresql";
  }
  return {};
}

/// The housekeeper comes by after each write.
class indexed_store : public checked_store {
public:
  using checked_store::checked_store;
  using checked_store::write;
  write_results write(std::span<const write_batch* const> batches) override {
    auto written = checked_store::write(batches);
    EXPECT_TRUE(answer(purge_expired_rows{}));
    return written;
  }
};

/// An empty store of either kind, the one in memory on this timeline; every call of those over a database is checked
/// for transactions left open.
class store_under_test {
public:
  explicit store_under_test(kind_of_store kind, std::int64_t timeline = 0) {
    if (kind == kind_of_store::memory) {
      auto shared = std::make_shared<memory_database>();
      shared->timeline = timeline;
      shared->now = [] { return std::chrono::steady_clock::now(); };
      store_ = std::make_unique<memory_store>(std::move(shared));
      return;
    }
    store_options options;
    options.statement_timeout = std::chrono::seconds{30};  // what is tested is what is stored, however slow the disk
    if (kind == kind_of_store::postgresql) {
      borrowed_ = postgres_server::shared().borrow_database();
      options.database = postgres_server::shared().location_of(borrowed_);
    } else {
      EXPECT_TRUE(migrate(directory_.file()));
      options.database = directory_.file();
    }
    options.now = [this] { return at_ms(++clock_); };
    auto opened = sql_store::open(options, access::writer);
    if (!opened)
      throw std::runtime_error(opened.error().detail);
    sql_ = std::move(*opened);
    if (kind == kind_of_store::sqlite || kind == kind_of_store::sqlite_indexed)
      sql_->database().run_script("pragma synchronous=off");  // thousands of commits; durability has tests of its own
    if (kind == kind_of_store::sqlite_indexed)
      store_ = std::make_unique<indexed_store>(*sql_);
    else
      store_ = std::make_unique<checked_store>(*sql_);
  }
  store_under_test(const store_under_test&) = delete;
  store_under_test& operator=(const store_under_test&) = delete;
  ~store_under_test() {
    store_ = nullptr;
    sql_ = nullptr;
    if (!borrowed_.empty())
      postgres_server::shared().give_back(std::move(borrowed_));
  }

  store& operator*() { return *store_; }
  store* operator->() { return store_.get(); }

  /// Of a store over a database.
  std::int64_t count_of(const std::string& sql) { return std::stoll(sql_->database().ask(sql).at(0).at(0)); }

  /// Those over a database say when people were active to the minute.
  void let_a_minute_pass() noexcept { clock_ += 60'000; }

private:
  database_directory directory_;
  std::string borrowed_;  // from the PostgreSQL server
  std::int64_t clock_ = 0;
  std::unique_ptr<sql_store> sql_;
  std::unique_ptr<store> store_;
};

}  // namespace genesis::storage
