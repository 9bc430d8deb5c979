#include "http/conditional.hpp"
#include "http/content_coding.hpp"
#include "http/export_writers.hpp"
#include "http/field_values.hpp"
#include "http/handlers/handlers.hpp"
#include "http/queries.hpp"

#include <array>

namespace genesis::http {

namespace {

constexpr auto offered_formats = std::to_array<std::string_view>({"application/x-ndjson", "text/csv"});

/// The query wins; else what `Accept` likes best of so many of the formats. Nothing when it likes none.
std::optional<export_format> format_of(
  const exchange& request, std::optional<export_format> asked, std::size_t offered) {
  std::string several;
  const auto accept = request.head.list("accept", several);
  if (asked || !accept)
    return asked.value_or(export_format::ndjson);
  const auto best = best_match(*accept, std::span{offered_formats}.first(offered));
  if (!best)
    return std::nullopt;
  return *best == 1 ? export_format::csv : export_format::ndjson;
}

/// The file is named after what is in it and the day.
stream_head head_of(const export_form& form, timestamp now) {
  const auto* const what = form.is_everything ? "everything" : "messages";
  const auto* const ending = form.format == export_format::csv ? "csv" : "ndjson";
  stream_head head;
  head.content_type = export_media_type(form.format);
  head.content_coding = form.is_gzip ? "gzip" : "";
  head.varies_by = "Accept, Accept-Encoding";
  head.fields.emplace_back("Content-Disposition",
    "attachment; filename=\"genesis-" + std::string{what} + '-' + to_iso_date(day_of(now)) + '.' + ending + '"');
  return head;
}

/// HEAD says what GET would, and so does a GET whose conditions let no export begin, without a place among the exports:
/// another one may be under way.
void answer_head_alone(
  front_state& front, const exchange_ptr& request, stream_head head, const std::optional<conversation_id>& of) {
  const auto answer_head = [request, head = std::move(head)](const auto&) {
    response answer;
    answer.content_type = head.content_type;
    answer.content_coding = head.content_coding;
    answer.varies_by = head.varies_by;
    answer.fields = head.fields;
    answer.fields.emplace_back("X-Accel-Buffering", "no");
    answer.body = std::make_shared<const std::string>();
    answer.cache = cache_class::stream;
    request->respond(std::move(answer));
  };
  if (of)
    front.ask_owner<entity_reply>(request, get_conversation{request->who.by, *of}, answer_head);
  else
    front.ask_owner<session_facts>(request, check_session{request->who.by, rate_limit::reads}, answer_head);
}

void export_as(front_state& front, const exchange_ptr& request, const start_export& wanted) {
  auto head = head_of(wanted.form, front.now());
  if (request->head.verb() == method::head || instead_of_stream(*request, head)) {
    answer_head_alone(front, request, std::move(head), wanted.conversation);
    return;
  }
  front.ask_owner<export_ticket>(request, wanted, [&front, request, head = std::move(head)](export_ticket& ticket) {
    // The first part before the head: what fails by then is a problem, and no stream that was cut.
    front.ask<bool>(request, ticket.actor, begin_export{},
      [&front, request, actor = ticket.actor, head](bool) { front.stream(request, actor, head, {}); });
  });
}

}  // namespace

void export_messages(front_state& front, const exchange_ptr& request) {
  const auto query = read_query<export_query>(front, request, read_export_query);
  if (!query)
    return;
  if (const auto format = format_of(*request, query->format, offered_formats.size()))
    export_as(front, request, {request->who.by, {false, *format, prefers_gzip(*request)}, query->conversation});
  else
    front.report(request, nothing_acceptable(offered_formats));
}

void export_everything(front_state& front, const exchange_ptr& request) {
  if (const auto format = format_of(*request, std::nullopt, 1))
    export_as(front, request, {request->who.by, {true, *format, prefers_gzip(*request)}});
  else
    front.report(request, nothing_acceptable(std::span{offered_formats}.first(1)));
}

}  // namespace genesis::http
