#include "http/front_actor.hpp"

#include "actors/deadlines.hpp"
#include "actors/failure.hpp"
#include "config/limits.hpp"
#include "http/encoders.hpp"
#include "http/handlers/handlers.hpp"

#include <spdlog/spdlog.h>

namespace genesis::http {

void front_state::start(front_desk& desk, front_services services) {
  desk_ = &desk;
  front_deadline_ = front_deadline;
  owners_.emplace(self_, services.shards);
  services_.emplace(std::move(services));
}

bool front_state::is_large(const exchange& request) noexcept {
  return request.body.size() > config::inline_parse_bytes_max;
}

/// An empty body stands for an object without members.
std::string_view front_state::body_of(const exchange& request) noexcept {
  return request.body.empty() ? std::string_view{"{}"} : std::string_view{request.body};
}

void front_state::handle(const request_arrived& what) {
  if (what.request->unchecked_key)
    check_key(what.request);
  else
    serve(what.request);
}

void front_state::check_key(const exchange_ptr& request) {
  ask_owner<api_key_facts>(request, check_api_key{std::get<api_key_id>(request->who.by), *request->unchecked_key},
    [this, request](api_key_facts& facts) {
      desk_->accept_key(*request, facts);
      serve(request);
    });
}

void front_state::serve(const exchange_ptr& request) {
  try {
    if (request->fault)
      report(request, *request->fault);
    else
      handler_of(request->match.route)(*this, request);
  } catch (const std::exception& broken) {
    // A thread without its front could answer nobody: the request ends, the front goes on.
    spdlog::error("{}: a handler failed: {}", request->match.path, broken.what());
    request->refuse({problem_code::internal, {}, {}});
  }
}

void front_state::refuse(const exchange_ptr& request, error what) {
  const auto verb = request->head.verb();
  if (what.code == errc::outcome_unknown && (verb == method::get || verb == method::head))
    what.code = errc::unavailable;
  auto refusal = to_problem(what);
  if (what.code == errc::invalid_argument)
    if (const auto colon = what.detail.find(": "); colon != std::string::npos)
      refusal.errors.push_back({what.detail.substr(0, colon), "value", what.detail.substr(colon + 2)});
  request->refuse(refusal);
}

void front_state::report(const exchange_ptr& request, problem what) {
  if (request->route->security != security::bearer) {
    request->refuse(what);
    return;
  }
  ask_owner<session_facts>(request, check_session{request->who.by},
    [request, what = std::move(what)](session_facts&) { request->refuse(what); });
}

void front_state::run_elsewhere(const exchange_ptr& request, std::function<void()> work, std::function<void()> then) {
  background_job job{std::make_shared<const std::function<void()>>(std::move(work))};
  self_->request(services_->background, front_deadline_, std::move(job))
    .then([then = std::move(then)](bool) { then(); },
      [this, request](const caf::error& what) { refuse(request, from_caf(what)); });
}

void front_state::keep_waiting(const exchange_ptr& request, std::function<void()> leave) {
  if (is_shutting_down_)
    leave();
  else
    waiting_.insert_or_assign(request, std::move(leave));
}

void front_state::stream(const exchange_ptr& request, const run_actor& run, stream_format format, std::int64_t after) {
  const auto sink = request->sink.lock();
  if (!sink || request->is_answered)
    return;
  request->is_answered = true;
  if (is_shutting_down_) {
    sink->respond(problem_response({problem_code::shutting_down, {}, {}}, request->request_id));
    return;
  }
  const auto number = desk_->add_reader(sink);
  const auto host = caf::actor_cast<reader_host_actor>(self_);
  sink->begin_stream(
    format, [run, host, number] { caf::anon_send(run, reader_ready{number}, host); },
    [run, host, number, desk = desk_] {
      desk->remove_reader(number);
      caf::anon_send(run, detach_reader{number}, host);
    });
  self_->send(run, attach_reader{number, after, format}, host);
}

void front_state::handle(const reader_frames& what) {
  if (const auto sink = desk_->reader(what.reader))
    sink->write_frames(what.frames, what.is_last);
}

void front_state::handle(const reader_dropped& what) {
  if (const auto sink = desk_->reader(what.reader))
    sink->abort_stream(nullptr);
}

/// Readers get a word that belongs to their connection, not to the run: without a sequence number, and without the end
/// of a complete answer. Who waits for the end of an answer gets to know where it can be read.
caf::result<bool> front_state::handle(const begin_shutdown&) {
  is_shutting_down_ = true;
  run_event farewell;
  farewell.seq = 0;
  farewell.type = run_event_type::error;
  farewell.fields_json =
    services_->encode.error_fields({"SHUTTING_DOWN", "the server is restarting; resume the stream in a moment", true});
  const auto sse = std::make_shared<const std::string>(services_->encode.frame(farewell, stream_format::sse));
  const auto ndjson = std::make_shared<const std::string>(services_->encode.frame(farewell, stream_format::ndjson));
  for (const auto& sink : desk_->all_readers())
    sink->abort_stream(sink->format() == stream_format::sse ? sse : ndjson);
  for (const auto& [request, leave] : std::exchange(waiting_, {}))
    leave();
  return true;
}

front_actor::behavior_type front_behavior(
  front_actor::stateful_pointer<front_state> self, front_desk* desk, front_services services) {
  contain_failures(self, "front");
  self->state.start(*desk, std::move(services));
  return {
    [self](const reader_frames& what) { self->state.handle(what); },
    [self](const reader_dropped& what) { self->state.handle(what); },
    [self](const request_arrived& what) { self->state.handle(what); },
    [self](const begin_shutdown& what) { return self->state.handle(what); },
  };
}

}  // namespace genesis::http
