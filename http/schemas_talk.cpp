#include "config/limits.hpp"
#include "domain/conversation.hpp"
#include "domain/message.hpp"
#include "domain/page.hpp"
#include "domain/progress.hpp"
#include "domain/run.hpp"
#include "domain/search.hpp"
#include "http/field_values.hpp"
#include "http/json_reader.hpp"
#include "http/schema_parts.hpp"
#include "http/schemas.hpp"

namespace genesis::http {

namespace {

using namespace parts;

// --- parameters of lists
// ---------------------------------------------------------------------------------------------------

constexpr std::array<std::string_view, 3> archived_names{"false", "true", "all"};
constexpr std::array<std::string_view, 2> stream_names{"sse", "ndjson"};
constexpr std::array<std::string_view, 2> export_names{"ndjson", "csv"};

constexpr auto conversation_parameters = joined(
  list_parameters, std::array{choice("archived", "Which conversations.", archived_names).defaults_to(R"("false")")});
constexpr auto progress_parameters = joined(list_parameters,
  std::array{string_field("metric", "Only records of this metric.").one_of<progress_metric>(),
    string_field("from", "Only records from this moment on.").as(text_format::date_time),
    string_field("to", "Only records before this moment, which is not before `from`.").as(text_format::date_time)});
constexpr std::array stream_parameters{
  choice("format", "Form of the stream; else the Accept header decides, and SSE is the default.", stream_names),
};
constexpr std::array message_export_parameters{
  choice("format", "Form of the export; else the Accept header decides, and NDJSON is the default.", export_names),
  string_field("conversation_id", "Only the messages of this conversation.").as(text_format::uuid),
};
constexpr auto run_parameters = joined(
  std::array{
    integer_field(
      "after", "Sequence number of the last event seen; 0 for all. Last-Event-ID says the same, and wins over it.")
      .within({0, static_cast<double>(event_seq_max)})
      .defaults_to("0"),
  },
  stream_parameters);

// --- conversations and messages
// --------------------------------------------------------------------------------------------

constexpr field title =
  string_field("title", "What the conversation is about.").length(1, conversation_title_length_max).shown();
constexpr field archived = boolean_field("archived", "Archived conversations are listed only when asked for.");
/// Lists show metadata three levels down (`{"data":[{"metadata":`): every answer can be read with the depth that bodies
/// may have, which our own clients hold to as well.
constexpr std::size_t metadata_depth_max = 29;
static_assert(metadata_depth_max + 3 <= config::json_depth_max);

constexpr field metadata = any_object_field("metadata", "Any object of at most 4 KiB and 29 levels; returned as given.")
                             .length(0, metadata_size_max)
                             .nested(metadata_depth_max);

constexpr auto conversation_fields = joined(
  std::array{
    id_field("id", "The conversation's id.", example_conversation),
    title.nullable().like(R"("Cutting without losing strength")"),
    agent_field("agent", "The specialist asked for, if any.").nullable().like(R"("sage")"),
    archived.like("false"),
    integer_field("message_count", "Messages in it.").within({0, 9e15}).like("2"),
    time_field("last_message_at", "When the last message came.").nullable(),
  },
  times);
constexpr std::array new_conversation_fields{
  title.nullable().like(R"("Cutting without losing strength")"),
  agent_field("agent", "The specialist who should answer.").nullable().like(R"("sage")"),
};
constexpr std::array conversation_patch_fields{
  title.like(R"("Cutting, second try")"),
  archived.like("false"),
};
constexpr auto conversation_list_fields = fields_of_page(conversation_schema);

constexpr std::array<std::string_view, 3> source_kinds{"formula", "record", "publication"};
constexpr std::array<std::string_view, 11> artifact_types{"resting_energy", "energy_target", "macro_targets",
  "one_rep_max", "heart_rate_zones", "weight_trend", "progress_trend", "readiness", "water_target", "profile_gaps",
  "safety_notice"};

constexpr std::array source_fields{
  choice("kind", "What the source is.", source_kinds).like(R"("formula")"),
  string_field("title", "Its name.").like(R"("Mifflin-St Jeor")"),
  string_field("reference", "Where to find it.").like(R"("Mifflin et al. 1990, Am J Clin Nutr 51:241-247")"),
};
constinit const schema source_schema{
  .name = "Source", .doc = "Where a number comes from.", .fields = source_fields, .is_complete = true};

constexpr std::array artifact_fields{
  choice("type", "What data holds.", artifact_types).like(R"("resting_energy")"),
  any_object_field("data", "The result; its members depend on the type.")
    .like(R"({"kcal_per_day":1386,"formula":"Mifflin-St Jeor","inputs":{"weight_kg":68.4,"height_cm":168}})"),
  objects_field("sources", "Where the numbers come from.", source_schema),
};
constinit const schema artifact_schema{.name = "Artifact",
  .doc = "A typed result of one of the coach's tools.",
  .fields = artifact_fields,
  .is_complete = true};

constexpr auto message_fields = joined(
  std::array{
    id_field("id", "The message's id.", example_question),
    id_field("conversation_id", "The conversation it is part of.", example_conversation),
    integer_field("seq", "Its place in the conversation, from 1.").within({1, 9e15}).like("1"),
    string_field("role", "Who says it.").one_of<message_role>().like(R"("user")"),
    agent_field("agent", "The specialist who answers; null for people.").nullable().like("null"),
    string_field("content", "The text; that of an incomplete answer may be empty.")
      .length(0, message_length_max)
      .like(R"("How many calories do I burn at rest?")"),
    string_field("status", "An answer is incomplete while it is being written, and stays so when it was cut short.")
      .one_of<message_status>()
      .like(R"("complete")"),
    id_field("run_id", "The run of the chat that it belongs to.", "null").nullable(),
    objects_field("artifacts", "Results that belong to it.", artifact_schema).like("[]"),
    metadata.like(R"({"source":"watch"})"),
  },
  times);
constexpr std::array new_message_fields{
  string_field("content", "The text.")
    .length(1, message_length_max)
    .shown()
    .required()
    .like(R"("How many calories do I burn at rest?")"),
  metadata.nullable().like(R"({"source":"watch"})"),
};
constexpr auto message_list_fields = fields_of_page(message_schema);

constexpr std::array search_parameters{
  string_field("q", "What to search for: words, \"phrases\", -exclusions, begin*.")
    .length(1, search_text_length_max)
    .required()
    .like(R"("calories")"),
  integer_field("limit", "Items of a page, at most.").within({1, page_limit_max}).defaults_to("20"),
  string_field("after", "Cursor: next_cursor of the page before."),
};
constexpr std::array snippet_part_fields{
  string_field("text", "A stretch of the message's text.").like(R"("calories")"),
  boolean_field("is_match", "It is what was searched for.").like("true"),
};
constinit const schema snippet_part_schema{
  .name = "SnippetPart", .doc = "A stretch of a snippet.", .fields = snippet_part_fields, .is_complete = true};
constexpr std::array found_message_fields{
  object_field("message", "The message.", message_schema),
  objects_field("snippet", "Where it was found: stretches of its text, one after the other.", snippet_part_schema)
    .like(R"([{"text":"How many ","is_match":false},{"text":"calories","is_match":true},)"
          R"({"text":" do I burn at rest?","is_match":false}])"),
  number_field("score", "How well it fits; comparable within one search.").within({0, 1e6}).like("0.625"),
};
constexpr auto found_message_list_fields = fields_of_page(found_message_schema);

// --- progress
// --------------------------------------------------------------------------------------------------------------

/// What no metric's value lies outside of.
constexpr range widest_range() {
  range all = range_of(progress_metric::weight_kg);
  for (const auto& [metric, name] : enum_names<progress_metric>) {
    all.low = std::min(all.low, range_of(metric).low);
    all.high = std::max(all.high, range_of(metric).high);
  }
  return all;
}

constexpr field value = number_field("value",
  "In the unit that the metric names. weight_kg 20 to 500, body_fat_pct 2 to 75, waist_cm 40 to 250, "
  "resting_heart_rate_bpm 25 to 220, sleep_hours 0 to 24; sleep_quality, soreness, energy, motivation and stress are "
  "whole numbers from 1 to 5.")
                          .within(widest_range())
                          .like("68.4");
constexpr field metric = string_field("metric", "What was measured.").one_of<progress_metric>().like(R"("weight_kg")");
constexpr field recorded_at = string_field("recorded_at", "When it was measured: from 1900 to a day ahead.")
                                .as(text_format::recent_time)
                                .like(example_time);
constexpr field note =
  string_field("note", "A remark.").length(0, progress_note_length_max).nullable().like(R"("before breakfast")");

constexpr auto progress_fields = joined(
  std::array{
    id_field("id", "The record's id.", example_record),
    metric,
    value,
    recorded_at,
    string_field("source", "Who wrote it: manual for clients, profile for changes of the profile.")
      .one_of<progress_source>()
      .like(R"("manual")"),
    note,
  },
  times);
constexpr std::array new_progress_fields{metric.required(), value.required(), recorded_at, note};
constexpr std::array progress_patch_fields{value.like("68.1"), recorded_at, note.like(R"("after breakfast")")};
constexpr auto progress_list_fields = fields_of_page(progress_schema);

// --- chat and runs
// ---------------------------------------------------------------------------------------------------------

constexpr std::array chat_fields{
  string_field("message", "The question.")
    .length(1, chat_message_length_max)
    .shown()
    .required()
    .like(R"("How many calories do I burn at rest?")"),
  id_field("conversation_id", "Where to ask; a new conversation when absent.", example_conversation).nullable(),
  agent_field("agent", "The specialist who should answer; else nexus decides.").nullable(),
  metadata.nullable(),
};
constexpr std::array usage_fields{
  integer_field("input_tokens", "Tokens read.").within({0, 9e15}).like("12"),
  integer_field("output_tokens", "Tokens written.").within({0, 9e15}).like("58"),
  boolean_field("estimated", "The figures are estimates.").like("true"),
};
constinit const schema usage_schema{
  .name = "Usage", .doc = "What an answer cost.", .fields = usage_fields, .is_complete = true};

constexpr std::array run_error_fields{
  string_field("code", "One of the problem codes.").like(R"("UNAVAILABLE")"),
  string_field("message", "What went wrong.").like(R"("The answer could not be stored.")"),
  boolean_field("retryable", "The same question may succeed later.").like("true"),
};
constinit const schema run_error_schema{
  .name = "RunError", .doc = "Why a run failed.", .fields = run_error_fields, .is_complete = true};

constexpr std::array run_fields{
  id_field("id", "The run's id.", example_run),
  id_field("conversation_id", "The conversation it answers in.", example_conversation),
  id_field("user_message_id", "The question.", example_question),
  id_field("message_id", "The answer.", example_answer),
  agent_field("agent", "Who answers.").nullable().like(R"("sage")"),
  string_field("status", "Where it stands.").one_of<run_status>().like(R"("success")"),
  created_at,
  time_field("started_at", "When work on it began.").nullable(),
  time_field("ended_at", "When it ended.").nullable(),
  integer_field("last_seq", "Sequence number of its last event.").within({0, 9e15}).like("64"),
  object_field("usage", "What it cost, once known.", usage_schema).nullable(),
  object_field("error", "Why it failed, if it did.", run_error_schema).nullable().like("null"),
};
constexpr std::array chat_answer_fields{
  object_field("run", "The run, which has ended.", run_schema),
  object_field("message", "The answer.", message_schema)
    .like(R"({"id":"0198c5a2-9a12-7e3d-a274-5091be8d4f04",)"
          R"("conversation_id":"0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02","seq":2,"role":"assistant","agent":"sage",)"
          R"("content":"At rest you burn about 1,386 kcal a day.","status":"complete",)"
          R"("run_id":"0198c5a2-9a13-7a4e-9385-61a2cf9e5005","artifacts":[],"metadata":{},)"
          R"("created_at":"2026-03-01T07:30:00.000Z","updated_at":"2026-03-01T07:30:00.000Z","revision":2})"),
  objects_field("artifacts", "The answer's artifacts.", artifact_schema),
};
constexpr std::array chat_accepted_fields{
  object_field("run", "The run, which goes on.", run_schema)
    .like(R"({"id":"0198c5a2-9a13-7a4e-9385-61a2cf9e5005",)"
          R"("conversation_id":"0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02",)"
          R"("user_message_id":"0198c5a2-9a11-7d2c-b163-4f80ad7c3e03",)"
          R"("message_id":"0198c5a2-9a12-7e3d-a274-5091be8d4f04","agent":"sage","status":"running",)"
          R"("created_at":"2026-03-01T07:30:00.000Z","started_at":"2026-03-01T07:30:00.000Z","ended_at":null,)"
          R"("last_seq":17,"usage":null,"error":null})"),
};

}  // namespace

constinit const schema new_conversation_schema{.name = "NewConversation",
  .doc = "A conversation to begin.",
  .fields = new_conversation_fields,
  .resource = &conversation_schema};
constinit const schema conversation_patch_schema{.name = "ConversationPatch",
  .doc = "What to change of a conversation.",
  .fields = conversation_patch_fields,
  .resource = &conversation_schema};
constinit const schema conversation_schema{.name = "Conversation",
  .doc = "A thread of messages between a person and the coach.",
  .fields = conversation_fields,
  .is_complete = true};
constinit const schema conversation_list_schema{.name = "ConversationList",
  .doc = "A page of conversations.",
  .fields = conversation_list_fields,
  .is_complete = true};

constinit const schema new_message_schema{.name = "NewMessage",
  .doc = "A message to store without asking the coach.",
  .fields = new_message_fields,
  .resource = &message_schema};
constinit const schema message_schema{
  .name = "Message", .doc = "One turn of a conversation.", .fields = message_fields, .is_complete = true};
constinit const schema message_list_schema{
  .name = "MessageList", .doc = "A page of messages.", .fields = message_list_fields, .is_complete = true};
constinit const schema found_message_schema{.name = "FoundMessage",
  .doc = "A message that a search has found.",
  .fields = found_message_fields,
  .is_complete = true};
constinit const schema found_message_list_schema{.name = "FoundMessageList",
  .doc = "A page of messages that a search has found.",
  .fields = found_message_list_fields,
  .is_complete = true};

constinit const schema new_progress_schema{.name = "NewProgressRecord",
  .doc = "A measurement or feeling to record.",
  .fields = new_progress_fields,
  .resource = &progress_schema};
constinit const schema progress_patch_schema{.name = "ProgressRecordPatch",
  .doc = "What to change of a record.",
  .fields = progress_patch_fields,
  .resource = &progress_schema};
constinit const schema progress_schema{.name = "ProgressRecord",
  .doc = "One measurement or feeling of one moment.",
  .fields = progress_fields,
  .is_complete = true};
constinit const schema progress_list_schema{
  .name = "ProgressRecordList", .doc = "A page of records.", .fields = progress_list_fields, .is_complete = true};

constinit const schema chat_schema{.name = "ChatRequest", .doc = "A question to the coach.", .fields = chat_fields};
constinit const schema run_schema{.name = "Run",
  .doc = "One answer of the coach being produced, or produced.",
  .fields = run_fields,
  .is_complete = true};
constinit const schema chat_answer_schema{.name = "ChatAnswer",
  .doc = "A run that has ended, and its answer.",
  .fields = chat_answer_fields,
  .is_complete = true};
constinit const schema chat_accepted_schema{
  .name = "ChatAccepted", .doc = "A run that goes on.", .fields = chat_accepted_fields, .is_complete = true};

constinit const std::span<const field> conversation_list_parameters = conversation_parameters;
constinit const std::span<const field> message_list_parameters = list_parameters;
constinit const std::span<const field> message_search_parameters = search_parameters;
constinit const std::span<const field> progress_list_parameters = progress_parameters;
constinit const std::span<const field> chat_stream_parameters = stream_parameters;
constinit const std::span<const field> export_parameters = message_export_parameters;
constinit const std::span<const field> run_stream_parameters = run_parameters;

}  // namespace genesis::http
