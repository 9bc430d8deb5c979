#include "cli/chat_session.hpp"

#include "cli/json_reading.hpp"
#include "cli/problem_text.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <random>

namespace genesis::cli {

namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

constexpr milliseconds pause_min = 250ms;
constexpr milliseconds pause_max = 5s;
// A server that asks for more than this is not waited for: the person decides.
constexpr milliseconds retry_after_max = 10s;

http::http_request get(std::string target, std::string_view accept = "application/json") {
  return {"GET", std::move(target), {{"Accept", std::string{accept}}}, {}};
}

milliseconds retry_after(const http::http_response& answer) {
  const auto text = answer.header("Retry-After");
  int seconds = 0;
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  return std::min<milliseconds>(std::chrono::seconds{std::max(seconds, 0)}, retry_after_max);
}

// The server says when to come again, and that is soon.
bool is_soon_over(const http::http_response& refused) {
  const auto text = refused.header("Retry-After");
  int seconds = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  return failure == std::errc{} && std::chrono::seconds{seconds} <= retry_after_max;
}

// The first object of a list's `data`, if any.
const json::object* first_of_list(const json::object& list) {
  const auto* data = list.if_contains("data");
  if (data == nullptr || !data->is_array() || data->get_array().empty())
    return nullptr;
  return data->get_array().front().if_object();
}

answer_outcome outcome_of(const answer_reader& reader) {
  const auto status = reader.ended().value_or(run_status::error);
  switch (status) {
  case run_status::success: return {status, {}};
  case run_status::cancelled: return {status, "Cancelled."};
  case run_status::interrupted:
    return {status, "The server stopped in the middle of this answer. Ask again for a whole one."};
  default: return {status, reader.failure().empty() ? "The answer failed. Ask again." : reader.failure()};
  }
}

}  // namespace

// One question on its way.
struct chat_session::asking {
  std::string question;
  std::string key;
  answer_reader reader;
  int attempts = 0;  // in a row without an event
  milliseconds asked_pause{0};
  std::string last_problem;
  bool is_cancelling = false;
  bool is_cancel_sent = false;
  bool is_cancelled = false;  // the server said so
};

chat_session::chat_session(api_client& api, answer_view& view, std::string agent, std::function<std::string()> new_key)
    : api_(api), view_(view), agent_(std::move(agent)), new_key_(std::move(new_key)) {}

result<std::optional<std::string>> chat_session::continue_last() {
  if (const auto& last = api_.login().conversation_id; !last.empty()) {
    auto title = open_conversation("/api/v1/conversations/" + last, false);
    if (!title || *title)
      return title;
  }
  return open_conversation("/api/v1/conversations?limit=1", true);
}

result<std::optional<std::string>> chat_session::open_conversation(const std::string& target, bool is_list) {
  const auto answer = api_.call(get(target));
  if (!answer)
    return std::unexpected(answer.error());
  if (answer->status == 404)
    return std::nullopt;
  const auto body = answer->status == 200 ? parse_object(answer->body) : std::nullopt;
  if (!body)
    return fail(errc::unavailable, explain(*answer));
  const auto* found = is_list ? first_of_list(*body) : &*body;
  if (found == nullptr || text_member(*found, "id").empty())
    return std::nullopt;
  conversation_ = text_member(*found, "id");
  return std::string{text_member(*found, "title")};
}

result<answer_outcome> chat_session::ask(std::string_view question) {
  asking now{.question = std::string{question}, .key = new_key_(), .reader = answer_reader{view_}, .last_problem = {}};
  auto outcome = follow(now);
  if (outcome ? outcome->status == run_status::cancelled : now.is_cancelling)
    view_.drop_results();
  view_.finish_answer();
  return outcome;
}

result<answer_outcome> chat_session::follow(asking& now) {
  while (true) {
    const auto seen = now.reader.last_seq();
    const auto step = attempt(now);
    if (!step)
      return std::unexpected(step.error());
    if (*step == next::finished)
      return outcome_of(now.reader);
    now.attempts = now.reader.last_seq() > seen ? 0 : now.attempts + 1;
    if (now.attempts >= attempts_max)
      return fail(errc::unavailable, now.last_problem + " Gave up after " + std::to_string(attempts_max) +
                                       " attempts; what was answered meanwhile is kept in the conversation.");
    if (*step == next::after_a_pause)
      if (auto waited = pause(now); !waited)
        return std::unexpected(std::move(waited.error()));
  }
}

result<chat_session::next> chat_session::attempt(asking& now) {
  auto& reader = now.reader;
  if (now.is_cancelling && !reader.run().empty())
    cancel(now);
  auto request = question_request(now);
  if (!reader.run().empty()) {
    request = get("/api/v1/runs/" + reader.run() + "/stream", "text/event-stream");
    request.headers.push_back({"Last-Event-ID", std::to_string(reader.last_seq())});
  }
  bool is_readable = true;
  const auto sink = [&](std::string_view bytes) {
    is_readable = reader.feed(bytes);
    const bool can_cancel = now.is_cancelling && !now.is_cancel_sent && !reader.run().empty();
    return is_readable && !reader.ended() && !can_cancel;
  };
  reader.begin_connection();
  const auto outcome =
    api_.stream(request, sink, now.is_cancelling ? http::on_interrupt::end_process : http::on_interrupt::report);
  if (!is_readable)
    return fail(errc::internal, reader.failure());
  if (!outcome) {
    if (outcome.error().code != errc::unavailable)
      return std::unexpected(outcome.error());
    now.last_problem = outcome.error().detail;
    return next::after_a_pause;
  }
  if (const auto& id = reader.conversation(); !id.empty() && id != conversation_) {
    conversation_ = id;
    if (const auto kept = api_.remember_conversation(id); !kept)
      view_.show_note(kept.error().detail);
  }
  return judge(now, *outcome);
}

http::http_request chat_session::question_request(const asking& now) const {
  json::object body{{"message", now.question}};
  if (!conversation_.empty())
    body["conversation_id"] = conversation_;
  if (!agent_.empty())
    body["agent"] = agent_;
  return {"POST", "/api/v1/chat/stream",
    {{"Content-Type", "application/json"}, {"Accept", "text/event-stream"}, {"Idempotency-Key", now.key}},
    json::serialize(body)};
}

result<chat_session::next> chat_session::judge(asking& now, const http::stream_outcome& outcome) {
  const auto& head = outcome.head;
  const bool is_known = !now.reader.run().empty();
  if (now.reader.ended()) {
    // What is stored of the answer is added where it can be had; the answer has ended in any case.
    if (now.reader.ends_below_seen() && !read_stored(now))
      view_.show_note("The rest of this answer could not be read.");
    return next::finished;
  }
  if (outcome.end == http::stream_end::interrupted) {
    now.is_cancelling = true;
    return next::at_once;
  }
  if (head.status == 200) {
    now.last_problem = "The connection was cut in the middle of the answer.";
    return outcome.end == http::stream_end::stopped ? next::at_once : next::after_a_pause;
  }
  const auto code = problem_code(head);
  if (is_known && (head.status == 204 || code == "REPLAY_EXPIRED"))
    return read_stored(now);
  now.last_problem = explain(head);
  now.asked_pause = retry_after(head);
  if (head.status == 503 || code == "IDEMPOTENCY_IN_PROGRESS" ||
      (head.status == 429 && (is_known || is_soon_over(head))))
    return next::after_a_pause;
  if (is_known && head.status == 404)
    return fail(errc::not_found, "The server could not keep this question. Ask again.");
  if (head.status == 404 && !conversation_.empty()) {
    view_.show_note("The conversation is gone; this starts a new one.");
    conversation_.clear();
    now.key = new_key_();
    return next::at_once;
  }
  return fail(errc::invalid_argument, now.last_problem);
}

// The run is over and its events are no longer there one by one: the message and the run's record have the rest.
result<chat_session::next> chat_session::read_stored(asking& now) {
  for (const auto& target : {"/api/v1/messages/" + now.reader.message(), "/api/v1/runs/" + now.reader.run()}) {
    const auto answer = api_.call(get(target));
    if (!answer)
      return std::unexpected(answer.error());
    const auto body = answer->status == 200 ? parse_object(answer->body) : std::nullopt;
    if (!body)
      return fail(errc::unavailable, explain(*answer));
    if (target.starts_with("/api/v1/messages/"))
      now.reader.take_stored(*body);
    else
      now.reader.take_run(*body);
  }
  return now.reader.ended() ? next::finished : next::after_a_pause;
}

result<void> chat_session::pause(asking& now) {
  if (now.attempts == 2)
    view_.show_note("Trying to get the answer back (Ctrl-C cancels it)...");
  const auto own = std::min(pause_min * (1 << std::max(now.attempts - 1, 0)), pause_max);
  const auto time = std::max<milliseconds>(own, std::exchange(now.asked_pause, 0ms));
  if (api_.wait(time))
    return {};
  if (now.is_cancelling)
    return fail(errc::unavailable,
      now.last_problem + (now.is_cancelled ? " The answer was cancelled." : " The answer could not be cancelled."));
  now.is_cancelling = true;
  return {};
}

// Sent once it has arrived: a connection that is down is tried again with the stream.
void chat_session::cancel(asking& now) {
  if (now.is_cancel_sent)
    return;
  const auto answer = api_.call({"POST", "/api/v1/runs/" + now.reader.run() + "/cancel", {}, {}});
  now.is_cancel_sent = answer.has_value();
  now.is_cancelled = answer && answer->status == 200;
  if (!now.is_cancelled)
    view_.show_note(answer ? explain(*answer) : answer.error().detail);
}

std::string random_key() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::random_device source;
  std::string key;
  for (int word = 0; word < 4; ++word)
    for (auto [bits, count] = std::pair{source(), 0}; count < 8; bits >>= 4U, ++count)
      key += digits[bits & 0xFU];
  return key;
}

}  // namespace genesis::cli
