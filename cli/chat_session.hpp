#pragma once

#include "cli/answer_reader.hpp"
#include "cli/api_client.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace genesis::cli {

/// How an answer ended, with a sentence for the person where it is not `success`.
struct answer_outcome {
  run_status status = run_status::success;
  std::string sentence;

  friend bool operator==(const answer_outcome&, const answer_outcome&) = default;
};

/// A conversation with the coach: asks, shows the answer as it comes, and finds it again when the connection is cut.
///
/// Every question carries an idempotency key, so that asking again after a cut joins the run that was started, if any.
/// Once the run is known by its id it is followed from the last event seen.
class chat_session {
public:
  /// Attempts in a row that bring no event before the session gives up: with the waits between them about 20 s, enough
  /// for a server to restart.
  static constexpr int attempts_max = 8;

  /// `new_key` makes a fresh idempotency key for each question. The references outlive the session.
  chat_session(api_client& api, answer_view& view, std::string agent, std::function<std::string()> new_key);

  /// Goes on with the conversation of the last time, else the person's newest. Gives its title; nothing when there is
  /// none.
  result<std::optional<std::string>> continue_last();

  /// The next question starts a new conversation.
  void start_over() { conversation_.clear(); }

  /// Asks and waits for the end of the answer. Fails when there is none; the error's detail is a sentence.
  result<answer_outcome> ask(std::string_view question);

private:
  enum class next : std::uint8_t { finished, at_once, after_a_pause };
  struct asking;

  result<std::optional<std::string>> open_conversation(const std::string& target, bool is_list);
  [[nodiscard]] http::http_request question_request(const asking& now) const;
  result<answer_outcome> follow(asking& now);
  result<next> attempt(asking& now);
  result<next> judge(asking& now, const http::stream_outcome& outcome);
  result<next> read_stored(asking& now);
  result<void> pause(asking& now);
  void cancel(asking& now);

  api_client& api_;
  answer_view& view_;
  std::string agent_;
  std::function<std::string()> new_key_;
  std::string conversation_;
};

/// 128 random bits in hexadecimal.
std::string random_key();

}  // namespace genesis::cli
