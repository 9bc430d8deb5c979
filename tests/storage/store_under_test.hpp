#pragma once

#include "tests/actors/memory_store.hpp"
#include "tests/storage/fixtures.hpp"

#include <memory>
#include <utility>

namespace genesis::storage {

enum class kind_of_store : std::uint8_t { memory, sqlite };

/// An empty store of either kind; every call of the one over SQLite is checked for transactions left open.
class store_under_test {
public:
  explicit store_under_test(kind_of_store kind) {
    if (kind == kind_of_store::memory) {
      auto shared = std::make_shared<memory_database>();
      shared->now = [] { return std::chrono::steady_clock::now(); };
      store_ = std::make_unique<memory_store>(std::move(shared));
      return;
    }
    EXPECT_TRUE(migrate(directory_.file()));
    store_options options;
    options.file = directory_.file();
    options.now = [this] { return at_ms(++clock_); };
    sql_ = std::move(*sql_store::open(options, access::writer));
    sql_->database().run_script("pragma synchronous=off");  // thousands of commits; durability has tests of its own
    store_ = std::make_unique<checked_store>(*sql_);
  }
  store& operator*() { return *store_; }
  store* operator->() { return store_.get(); }

private:
  database_directory directory_;
  std::int64_t clock_ = 0;
  std::unique_ptr<sql_store> sql_;
  std::unique_ptr<store> store_;
};

}  // namespace genesis::storage
