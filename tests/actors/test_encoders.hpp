#pragma once

#include "actors/encoders.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace genesis {

template <plan Plan>
std::string shown_plan(const Plan& value) {
  return "plan " + to_string(value.id) + " r" + std::to_string(value.revision) + (value.is_active ? " active " : " ") +
         value.name;
}

/// A line for each thing: what it is, and what tells it from others of its kind.
class test_export_writer final : public export_writer {
public:
  void add(const user& what) override { line("profile", what.email); }
  void add(const preferences& what) override { line("preferences", to_string(what.owner)); }
  void add(const session& what, const session_id& current) override {
    line(what.id == current ? "this session" : "session", to_string(what.id));
  }
  void add(const api_key& what) override { line("api_key", what.name); }
  void add(const conversation& what) override { line("conversation", to_string(what.id)); }
  void add(const message& what) override { line("message", what.content); }
  void add(const run& what) override { line("run", name_of(what.status)); }
  void add(const progress_record& what) override { line("progress", name_of(what.metric)); }
  void add(const workout_plan& what) override { line("workout_plan", what.name); }
  void add(const nutrition_plan& what) override { line("nutrition_plan", what.name); }
  void add(const nutrition_log& what) override { line("nutrition_log", what.description); }
  void end() override { line("end", {}); }

  std::vector<body_ptr> take() override {
    std::vector<body_ptr> pieces;
    for (std::size_t at = 0; at < text_.size(); at += export_piece_bytes_max)
      pieces.push_back(std::make_shared<const std::string>(text_, at, export_piece_bytes_max));
    text_.clear();
    return pieces;
  }

private:
  void line(std::string_view what, std::string_view name) { ((((text_ += what) += ' ') += name) += '\n'); }

  std::string text_;
};

/// Encoders whose output a test can read at a glance: no JSON, only what tests look for.
///
/// A frame is `seq type payload` and a new line: the payload of a token is its text, that of other events their fields.
inline encoders test_encoders() {
  encoders made;
  made.user_body = [](const user& value) {
    return "user " + value.email + " r" + std::to_string(value.revision) + " name=" + value.full_name.value_or("-") +
           " weight=" + (value.weight_kg ? std::to_string(static_cast<int>(value.weight_kg->value)) : "-");
  };
  made.preferences_body = [](const preferences& value) {
    return "prefs r" + std::to_string(value.revision) + " minutes=" + std::to_string(value.session_minutes);
  };
  made.conversation_body = [](const conversation& value) {
    return "conversation " + to_string(value.id) + " r" + std::to_string(value.revision) +
           " n=" + std::to_string(value.message_count) + " title=" + value.title.value_or("-");
  };
  made.message_body = [](const message& value) {
    return "message " + to_string(value.id) + " seq=" + std::to_string(value.seq) + " " + value.content;
  };
  made.items = {{[](const progress_record& value) {
                   return "progress " + to_string(value.id) + " r" + std::to_string(value.revision) + " " +
                          std::to_string(static_cast<int>(value.value));
                 },
                  [](const progress_id& id) { return "/progress/" + to_string(id); }},
    {shown_plan<workout_plan>, [](const workout_plan_id& id) { return "/workout-plans/" + to_string(id); }},
    {shown_plan<nutrition_plan>, [](const nutrition_plan_id& id) { return "/nutrition-plans/" + to_string(id); }},
    {[](const nutrition_log& value) {
       return "log " + to_string(value.id) + " r" + std::to_string(value.revision) + " " + value.description;
     },
      [](const nutrition_log_id& id) { return "/nutrition-logs/" + to_string(id); }}};
  made.run_body = [](const run& value) { return "run " + std::string{name_of(value.status)}; };
  made.api_key_body = [](const api_key& value) { return "api key " + value.name; };
  made.chat_body = [](const run& value, const message& answer) {
    return "chat " + std::string{name_of(value.status)} + " " + answer.content;
  };
  made.artifact_array = [](std::span<const artifact> all) { return "[" + std::to_string(all.size()) + "]"; };
  made.artifact_array_of = [](std::span<const run_event> all) {
    return "[" + std::to_string(std::ranges::count(all, run_event_type::artifact, &run_event::type)) + "]";
  };
  made.conversation_location = [](const conversation_id& id) { return "/conversations/" + to_string(id); };
  made.message_location = [](const message_id& id) { return "/messages/" + to_string(id); };
  made.api_key_location = [](const api_key_id& id) { return "/api-keys/" + to_string(id); };
  made.start_fields = [](const run& value) { return to_string(value.id); };
  made.queued_fields = [](std::int64_t position) { return std::to_string(position); };
  made.intent_fields = [](const coach::intent& what) { return what.name; };
  made.agent_start_fields = [](agent who) { return std::string{name_of(who)}; };
  made.tool_start_fields = [](const coach::uses_tool& what) { return what.tool; };
  made.tool_end_fields = [](const coach::uses_tool& what) { return what.tool; };
  made.artifact_fields = [](const artifact&) { return std::string{"artifact"}; };
  made.stored_artifact_fields = [](const std::string& array) {
    return array == "[]" || array == "[0]" ? std::vector<std::string>{} : std::vector<std::string>{"stored artifact"};
  };
  made.usage_fields = [](const token_usage& usage) { return std::to_string(usage.output_tokens); };
  made.error_fields = [](const run_failure& failure) { return failure.code; };
  made.end_fields = [](run_status status, const message_id&) { return std::string{name_of(status)}; };
  made.frame = [](const run_event& event, stream_format format) {
    return (format == stream_format::sse ? "" : "ndjson ") + std::to_string(event.seq) + " " +
           std::string{name_of(event.type)} + " " +
           (event.type == run_event_type::token ? event.text : event.fields_json) + "\n";
  };
  made.make_export_writer = [](const export_form&) -> std::unique_ptr<export_writer> {
    return std::make_unique<test_export_writer>();
  };
  return made;
}

}  // namespace genesis
