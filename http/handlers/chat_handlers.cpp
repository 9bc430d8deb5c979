#include "actors/deadlines.hpp"
#include "http/answer_head.hpp"
#include "http/bodies.hpp"
#include "http/encoders.hpp"
#include "http/field_values.hpp"
#include "http/handlers/handlers.hpp"
#include "http/queries.hpp"

namespace genesis::http {

namespace {

/// Before the deadline of the request, so that the client gets a word and not a time-out.
constexpr auto answer_margin = std::chrono::seconds{1};

/// How long a server that leaves waits for a question to be stored: a part of the grace, but long enough for a commit.
constexpr auto leaving_patience_min = std::chrono::milliseconds{100};

/// The query wins; else NDJSON when `Accept` likes it better than SSE. Whatever else it says, streams are SSE.
stream_format format_of(const exchange& request, const stream_query& query) {
  if (query.format)
    return *query.format;
  constexpr std::array<std::string_view, 2> offered{"text/event-stream", "application/x-ndjson"};
  const auto accept = request.head.joined("accept");
  const auto best = accept ? best_match(*accept, offered) : std::nullopt;
  return best && *best == 1 ? stream_format::ndjson : stream_format::sse;
}

/// Has the coach asked; `then` gets the run.
void begin_chat(front_state& front, const exchange_ptr& request, std::function<void(run_ticket&)> then) {
  std::optional<idempotency_key> key;
  if (!read_idempotency_key(front, request, key))
    return;
  front.read_body<chat_request>(
    request, read_chat,
    [&front, request, key, then = std::move(then)](chat_request& body) {
      start_chat message{
        request->who.by, std::move(body.message), body.conversation, body.agent, std::move(body.metadata_json), key};
      front.ask_owner<run_ticket>(request, std::move(message), then);
    },
    [&front, request](chat_request& body) {
      if (body.conversation)
        refuse_unmet(front, request, get_conversation{request->who.by, *body.conversation});
      else
        front.report(request, *request->unmet);
    });
}

/// `Last-Event-ID`, when the request has it; refuses it and gives false when it is malformed or comes twice. It is
/// newer than an `after`: a browser that reconnects repeats the URL, and tells in the field what it has seen since.
bool read_last_event_id(front_state& front, const exchange_ptr& request, std::optional<std::int64_t>& into) {
  const auto text = request->head.field("last-event-id");
  if (!text)
    return true;
  into = request->head.field_count("last-event-id") == 1 ? parse_whole_number(*text) : std::nullopt;
  if (into > event_seq_max)
    into.reset();
  if (!into)
    front.report(request, {problem_code::malformed_request, "Last-Event-ID must be one sequence number", {}});
  return into.has_value();
}

std::string run_location(const run_id& id) {
  return "/api/v1/runs/" + to_string(id);
}

void answer_pending(const exchange_ptr& request, const run& pending) {
  auto answer = json_response(*request, chat_accepted_body(pending), 202);
  answer.location = run_location(pending.id);
  request->respond(std::move(answer));
}

problem_code code_of(const run_failure& failure) {
  for (const auto code :
    {problem_code::overloaded, problem_code::outcome_unknown, problem_code::not_found, problem_code::unauthorized})
    if (failure.code == kind_of(code).name)
      return code;
  return problem_code::unavailable;
}

/// Without a message to show not even the question is stored, or not any more.
void answer_outcome(front_state& front, const exchange_ptr& request, const run_outcome& outcome) {
  if (!outcome.answer.id.is_nil())
    front.respond(request, json_response(*request, front.services().encode.chat_body(outcome.run, outcome.answer)));
  else if (outcome.run.failure)
    request->refuse({code_of(*outcome.run.failure), {}, {}});
  else
    request->refuse({problem_code::not_found, "the conversation was deleted", {}});
}

/// The server leaves: the run can be read later if its question is stored.
void answer_leaving(front_state& front, const exchange_ptr& request, const run_ticket& ticket) {
  const auto patience =
    std::max<std::chrono::milliseconds>(front.desk().where().settings.server.grace / 4, leaving_patience_min);
  front.ask<run>(
    request, ticket.actor, await_stored{}, patience, [request](const run& stored) { answer_pending(request, stored); },
    [request](const caf::error&) {
      request->refuse({problem_code::shutting_down,
        "the server is restarting before the question was stored; ask again with the same Idempotency-Key", {}});
    });
}

}  // namespace

void chat(front_state& front, const exchange_ptr& request) {
  begin_chat(front, request, [&front, request](run_ticket& ticket) {
    const auto until = request->dispatched_at + front.desk().where().settings.http.request_timeout - answer_margin;
    const auto left = std::max(until - std::chrono::steady_clock::now(), std::chrono::steady_clock::duration{1});
    front.ask<run_outcome>(
      request, ticket.actor, await_run{}, left,
      [&front, request](const run_outcome& outcome) {
        front.stop_waiting(request);
        answer_outcome(front, request, outcome);
      },
      [&front, request, ticket](const caf::error& failed) {
        front.stop_waiting(request);
        if (failed == caf::sec::request_timeout)  // the ticket has the run as it began
          front.ask<run>(request, ticket.actor, get_run{request->who.by, ticket.run.id},
            [request](run& pending) { answer_pending(request, pending); });
        else
          front.refuse(request, from_caf(failed));
      });
    front.keep_waiting(request, [&front, request, ticket] { answer_leaving(front, request, ticket); });
  });
}

void stream_chat(front_state& front, const exchange_ptr& request) {
  const auto query = read_query<stream_query>(front, request, read_chat_stream_query);
  if (!query)
    return;
  const auto format = format_of(*request, *query);
  begin_chat(front, request, [&front, request, format](run_ticket& ticket) {
    front.stream(request, ticket.actor, head_of_events(format), {.format = format});
  });
}

void show_run(front_state& front, const exchange_ptr& request) {
  relay(front, request, get_run{request->who.by, request->match.id<run_id>()});
}

void resume_run(front_state& front, const exchange_ptr& request) {
  const auto query = read_query<stream_query>(front, request, read_run_stream_query);
  if (!query)
    return;
  std::optional<std::int64_t> last_seen;
  if (!read_last_event_id(front, request, last_seen))
    return;
  const std::int64_t after = last_seen.value_or(query->after.value_or(0));
  const auto format = format_of(*request, *query);
  const bool is_head = request->head.verb() == method::head;
  front.ask_owner<run_ticket>(request,
    join_run{request->who.by, request->match.id<run_id>(), after, /*only_looks=*/is_head},
    [&front, request, format, after, is_head](run_ticket& ticket) {
      if (ticket.left == replay::complete) {
        response answer;
        answer.status = 204;
        answer.cache = cache_class::stream;
        request->respond(std::move(answer));
      } else if (ticket.left == replay::expired) {
        request->refuse({problem_code::replay_expired, {}, {}});
      } else if (is_head) {
        response answer;
        answer.content_type = stream_media_type(format);
        answer.body = std::make_shared<const std::string>();
        answer.cache = cache_class::stream;
        answer.fields.emplace_back("X-Accel-Buffering", "no");
        request->respond(std::move(answer));
      } else {
        front.stream(request, ticket.actor, head_of_events(format), {.after = after, .format = format});
      }
    });
}

void stop_run_of(front_state& front, const exchange_ptr& request) {
  const auto run = request->match.id<run_id>();
  front.read_body<no_members>(
    request, read_no_members,
    [&front, request, run](no_members&) { relay(front, request, cancel_run{request->who.by, run}); },
    [&front, request, run](no_members&) { refuse_unmet(front, request, get_run{request->who.by, run}); });
}

}  // namespace genesis::http
