#include "cli/answer_reader.hpp"

#include "cli/json_reading.hpp"
#include "cli/printable_text.hpp"

#include <algorithm>
#include <charconv>

namespace genesis::cli {

namespace json = boost::json;

namespace {

std::int64_t parse_seq(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failure == std::errc{} && end == text.data() + text.size() ? value : 0;
}

}  // namespace

bool answer_reader::feed(std::string_view bytes) {
  const auto events = parser_.feed(bytes);
  if (!events) {
    failure_ = "The server's answer cannot be read: " + events.error().detail + ".";
    return false;
  }
  for (const auto& event : *events) {
    // An event without an id of its own (it carries the last one) belongs to the connection, not to the run: a server
    // that shuts down says so and lets go, and the run is found again under its id. Numbers that were seen are
    // repetitions, but not that of `end`: a crash takes the newest events from what is stored, and then the stored end
    // has a number that was another event's when it was seen.
    const auto seq = parse_seq(event.id);
    const bool is_end = event.type == name_of(run_event_type::end);
    if (seq <= last_seq_ && (!is_end || seq == 0))
      continue;
    const auto fields = parse_object(event.data);
    if (!fields) {
      failure_ = "The server's answer cannot be read: event " + event.id + " is no JSON object.";
      return false;
    }
    ends_below_seen_ = is_end && seq <= last_seq_;
    last_seq_ = std::max(last_seq_, seq);
    take(event.type, *fields);
  }
  return true;
}

void answer_reader::take(std::string_view type, const json::object& fields) {
  const auto kind = parse_enum<run_event_type>(type);
  if (!kind)
    return;  // A newer server may say more than this program knows.
  switch (*kind) {
  case run_event_type::start: take_start(fields); break;
  case run_event_type::queued: view_.show_note("Another question of this conversation is answered first."); break;
  case run_event_type::agent_start:
    names_.insert_or_assign(std::string{text_member(fields, "agent")}, text_member(fields, "name"));
    speak_as(text_member(fields, "agent"));
    break;
  case run_event_type::token: take_token(fields); break;
  case run_event_type::artifact:
    ++artifacts_shown_;
    view_.show_artifact(fields);
    break;
  case run_event_type::error: take_error(fields); break;
  case run_event_type::end: ended_ = parse_enum<run_status>(text_member(fields, "status")); break;
  case run_event_type::intent:
  case run_event_type::tool_start:
  case run_event_type::tool_end:
  case run_event_type::usage: break;
  }
}

void answer_reader::take_start(const json::object& fields) {
  run_ = text_member(fields, "run_id");
  conversation_ = text_member(fields, "conversation_id");
  message_ = text_member(fields, "message_id");
}

void answer_reader::take_token(const json::object& fields) {
  const auto text = text_member(fields, "text");
  speak_as(text_member(fields, "agent"));
  text_ += text;
  view_.show_text(text);
}

void answer_reader::take_error(const json::object& fields) {
  const auto message = text_member(fields, "message");
  failure_ = printable(message.empty() ? "The answer failed." : message);
  const auto* retryable = fields.if_contains("retryable");
  if (retryable != nullptr && retryable->is_bool() && retryable->get_bool())
    failure_ += " Ask again in a moment.";
}

void answer_reader::speak_as(std::string_view agent) {
  if (agent.empty() || agent == speaker_)
    return;
  speaker_ = agent;
  const auto known = names_.find(agent);
  view_.show_agent(known == names_.end() || known->second.empty() ? agent : std::string_view{known->second});
}

void answer_reader::take_stored(const json::object& message) {
  const auto content = text_member(message, "content");
  speak_as(text_member(message, "agent"));
  if (!text_.starts_with(content)) {  // else a crash took from storage what was shown: there is nothing to add
    // Words that differ from those shown count as a whole.
    const bool goes_on = content.starts_with(text_);
    if (!goes_on && !text_.empty())
      view_.show_text("\n\n");
    view_.show_text(goes_on ? content.substr(text_.size()) : content);
    text_ = content;
  }
  const auto* artifacts = message.if_contains("artifacts");
  if (artifacts == nullptr || !artifacts->is_array())
    return;
  const auto& all = artifacts->get_array();
  for (; artifacts_shown_ < all.size(); ++artifacts_shown_)
    if (const auto* artifact = all[artifacts_shown_].if_object())
      view_.show_artifact(*artifact);
}

void answer_reader::take_run(const json::object& run) {
  const auto status = parse_enum<run_status>(text_member(run, "status"));
  if (!status || !has_ended(*status))
    return;
  ended_ = status;
  if (const auto& failed = object_member(run, "error"); !failed.empty())
    take_error(failed);
}

}  // namespace genesis::cli
