#pragma once

#include "domain/search.hpp"
#include "tests/storage/fixtures.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What tests of the search say and ask.
namespace genesis::storage {

inline search_query parsed(std::string_view text) {
  const auto query = parse_search_query(text);
  EXPECT_TRUE(query) << text;
  return query.value_or(search_query{});
}

/// A person who says one thing after the other.
class talk {
public:
  talk(store& target, std::uint32_t number) : store_(target), who_(add_person(target, number)), number_(number) {
    EXPECT_TRUE(write({put_conversation{conversation_of(number)}}));
  }

  void say(std::string text) {
    ++seq_;
    auto said = message_of(number_ * 1'000 + static_cast<std::uint32_t>(seq_), where(), seq_);
    said.content = std::move(text);
    EXPECT_TRUE(write({put_message{said}}));
  }
  void change(std::int64_t seq, std::string text) {
    auto said = message_of(number_ * 1'000 + static_cast<std::uint32_t>(seq), where(), seq);
    said.content = std::move(text);
    EXPECT_TRUE(write({put_message{said}}));
  }
  result<write_receipt> write(std::vector<mutation> mutations) {
    auto written = write_alone(store_, batch_of(who_, version_, std::move(mutations)));
    store_.settle();  // as the storage worker does
    version_ += written ? 1 : 0;
    return written;
  }

  page<found_message> search(std::string_view text, page_query page = {}) {
    const auto found = store_.answer(search_messages{who_, parsed(text), page});
    EXPECT_TRUE(found) << text << ": " << found.error().detail;
    return found.value_or(genesis::page<found_message>{});
  }
  /// The texts that are found.
  std::vector<std::string> find(std::string_view text) {
    std::vector<std::string> texts;
    for (const auto& each : search(text).items)
      texts.push_back(each.message.content);
    return texts;
  }

  [[nodiscard]] conversation_id where() const { return id_of<conversation_id>(number_); }
  [[nodiscard]] user_id who() const { return who_; }

private:
  store& store_;
  user_id who_;
  std::uint32_t number_;
  std::int64_t version_ = 1;
  std::int64_t seq_ = 0;
};

/// Random messages of a few words, so that every kind of query hits and misses.
inline std::string random_text(std::mt19937& random, std::size_t words_max) {
  static constexpr const char* words[] = {"run", "running", "runs", "corro", "correr", "corr\u00eda", "leg", "legs",
    "day", "d\u00edas", "press", "80.5", "80", "kg", "ma\u00f1ana", "manana", "well-being", "being", "O'Brien", "a"};
  std::string text;
  for (std::size_t i = 0, count = 1 + random() % words_max; i < count; ++i)
    text += (i == 0 ? "" : " ") + std::string{words[random() % std::size(words)]};
  return text;
}

/// A query of every kind, which may be one that cannot be read.
inline std::string random_query(std::mt19937& random) {
  std::string query = random_text(random, 2);
  if (random() % 3 == 0)
    query = '"' + random_text(random, 3) + '"';
  if (random() % 3 == 0)
    query += " -" + random_text(random, 1);
  if (random() % 4 == 0)
    query += " " + random_text(random, 1).substr(0, 2) + "*";
  return query;
}

}  // namespace genesis::storage
