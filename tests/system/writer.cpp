#include "tests/system/writer.hpp"

#include <gtest/gtest.h>

namespace genesis::system_test {

namespace {

std::int64_t revision_of(std::string_view body) {
  answer given;
  given.body = body;
  return given.json().at("revision").as_int64();
}

}  // namespace

const std::atomic<bool> writer::never{false};

writer::writer(const program& server, const std::string& email, std::size_t padding)
    : who_(server, email), target_("/api/v1/conversations/" + who_.new_conversation() + "/messages"),
      padding_(padding, ' ') {}

answer writer::post(const std::string& number) {
  return who_.call(
    "POST", target_, R"({"content":"number )" + number + '"' + padding_ + '}', {{"Idempotency-Key", number}});
}

void writer::write(std::atomic<int>& acknowledged, const std::atomic<bool>& is_over) {
  try {
    while (!is_over) {
      if (write_message(is_over))
        ++acknowledged;
      if (write_height())
        ++acknowledged;
      acknowledged.notify_all();
    }
  } catch (const std::exception&) {  // the connection has gone with the server
  }
}

bool writer::write_message(const std::atomic<bool>& is_over) {
  const auto number = std::to_string(++attempts_);
  for (;;) {
    const auto made = post(number);
    if (made.status == 201) {
      messages_[number] = made.body;
      return true;
    }
    ++refusals_[made.status];
    if (made.status != 503 || is_over)
      return false;
  }
}

bool writer::write_height() {
  const auto changed =
    who_.call("PATCH", "/api/v1/users/me", R"({"height_cm":)" + std::to_string(100 + attempts_ % 100) + '}');
  if (changed.status != 200) {
    ++refusals_[changed.status];
    ++changes_unknown_;
    return false;
  }
  user_ = changed.body;
  changes_unknown_ = 0;
  return true;
}

void writer::expect_everything() {
  for (const auto& [number, body] : messages_) {
    const auto again = post(number);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, body);
  }
  if (user_.empty())
    return;
  const auto now = who_.get("/api/v1/users/me").body;
  EXPECT_GE(revision_of(now), revision_of(user_));
  EXPECT_LE(revision_of(now), revision_of(user_) + changes_unknown_ + 1);  // one may have been on its way
  if (revision_of(now) == revision_of(user_)) {
    EXPECT_EQ(now, user_);
  }
}

}  // namespace genesis::system_test
