#include "http/front_actor.hpp"

#include "actors/deadlines.hpp"
#include "config/limits.hpp"
#include "http/conditional.hpp"
#include "http/encoders.hpp"
#include "http/handlers/handlers.hpp"
#include "http/metrics.hpp"
#include "http/preference.hpp"

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
  attempt(what.request, [&] {
    if (what.request->unchecked_key)
      check_key(what.request);
    else if (services_->limiter && what.request->route->rate == rate_limit::auth)
      ask<bool>(what.request, services_->limiter, take_auth_token{what.request->peer},
        [this, request = what.request](bool) { serve(request); });
    else
      serve(what.request);
  });
}

/// A key that is refused counts like a wrong password of its address: each costs its owner, who may not even exist, an
/// activation. One that is known is no guess.
void front_state::check_key(const exchange_ptr& request) {
  const auto& hash = *request->unchecked_key;
  const admit_login guess{std::string{hash.begin(), hash.end()}, request->peer};
  if (services_->limiter && !request->is_known_key)
    ask<bool>(
      request, services_->limiter, admit_key{guess}, [this, request, guess](bool) { ask_about_key(request, guess); });
  else
    ask_about_key(request, guess);
}

void front_state::ask_about_key(const exchange_ptr& request, const admit_login& guess) {
  owners_->ask<api_key_facts>(
    request->who.user, check_api_key{std::get<api_key_id>(request->who.by), *request->unchecked_key},
    self_->clock().now() + front_deadline_,
    [this, request](api_key_facts& facts) {
      attempt(request, [&] {
        share(desk_->accept_key(*request, facts));
        serve(request);
      });
    },
    [this, request, guess](const error& what) {
      attempt(request, [&] {
        if (what.code == errc::unauthorized) {
          if (request->is_known_key)
            desk_->forget(std::get<api_key_id>(request->who.by));
          if (services_->limiter)
            self_->send(services_->limiter, count_failed_key{guess});
        }
        refuse(request, what);
      });
    });
}

/// Of many checks of a key that end at the same time the first one is told of.
void front_state::share(known_key key) {
  if (desk_->remembers(key))
    return;
  if (services_->fronts)
    for (const auto& each : *services_->fronts)
      if (each.address() != self_->address())
        self_->send(each, learn_key{key});
  desk_->remember(std::move(key));
}

void front_state::serve(const exchange_ptr& request) {
  if (request->fault)
    report(request, *request->fault);
  else
    handler_of(request->match.route)(*this, request);
}

void front_state::refuse(const exchange_ptr& request, error what) {
  const auto verb = request->head.verb();
  if (what.code == errc::outcome_unknown && (verb == method::get || verb == method::head))
    what.code = errc::unavailable;
  auto refused = to_problem(what);
  if (what.code == errc::unauthorized && request->route->security == security::bearer) {
    const bool is_key = std::holds_alternative<api_key_id>(request->who.by);
    (is_key ? counters().api_keys_refused : counters().sessions_refused).add();
    refused = invalid_token(std::move(refused.detail));
  }
  request->refuse(refused);
}

void front_state::respond(const exchange_ptr& request, response answer) {
  apply_preference(*request, answer);
  if (!answer.body || answer.body->size() <= inline_coding_bytes_max) {
    request->respond(std::move(answer));
    return;
  }
  apply_conditions(*request, answer);
  if (!is_long_to_code(*request, answer, desk_->coded())) {
    request->respond(std::move(answer));
    return;
  }
  const auto coded = std::make_shared<body_ptr>();  // the other thread's until it says that it is done
  const auto kept = std::make_shared<response>(std::move(answer));
  hand_over(
    request, [coded, plain = kept->body] { *coded = gzip_encoder{}.encode(*plain); },
    [request, kept, coded] {
      kept->coded = *coded;
      request->respond(std::move(*kept));
    },
    [request, kept](const error&) { request->respond(std::move(*kept)); });
}

void front_state::report(const exchange_ptr& request, problem what) {
  if (request->route->security != security::bearer) {
    request->refuse(what);
    return;
  }
  const auto takes = what.status() == 403 ? std::nullopt : rate_limit_of(*request->route);
  ask_owner<session_facts>(
    request, check_session{request->who.by, takes}, [request, what = std::move(what)](const session_facts& found) {
      const bool is_allowed = request->route->allows(found.role);  // by now, whatever the token says
      request->refuse(is_allowed ? what : not_allowed_by_role());
    });
}

void front_state::run_elsewhere(const exchange_ptr& request, std::function<void()> work, std::function<void()> then) {
  hand_over(request, std::move(work), std::move(then), [this, request](const error& what) { refuse(request, what); });
}

void front_state::hand_over(const exchange_ptr& request, std::function<void()> work, std::function<void()> then,
  std::function<void(const error&)> otherwise) {
  if (elsewhere_ >= elsewhere_max) {
    otherwise({errc::overloaded, "too much work is waiting"});
    return;
  }
  background_job job{
    std::make_shared<const std::function<void()>>(std::move(work)), self_->clock().now() + front_deadline_};
  ask<bool>(
    request, services_->background, std::move(job), front_deadline_,
    [this, then = std::move(then)](bool) {
      --elsewhere_;
      then();
    },
    [this, otherwise = std::move(otherwise)](const caf::error& what) {
      --elsewhere_;
      otherwise(from_caf(what));
    });
  ++elsewhere_;
}

void front_state::keep_waiting(const exchange_ptr& request, std::function<void()> leave) {
  if (is_shutting_down_)
    leave();
  else
    waiting_.insert_or_assign(request, std::move(leave));
}

void front_state::stream(
  const exchange_ptr& request, const stream_source_actor& source, const stream_head& head, attach_reader reader) {
  const auto host = caf::actor_cast<reader_host_actor>(self_);
  const auto sink = request->sink.lock();
  auto instead = instead_of_stream(*request, head);
  if (!sink || request->is_answered || is_shutting_down_ || instead) {
    if (is_shutting_down_)
      request->refuse({problem_code::shutting_down, {}, {}});
    else if (instead)
      request->respond(*std::move(instead));
    self_->send(source, detach_reader{}, host);
    return;
  }
  const auto number = desk_->readers().add(sink);
  reader.reader = number;
  const auto connect = [&] {
    std::function<void(std::size_t)> on_ready = [source, host, number](std::size_t bytes) {
      caf::anon_send(source, reader_ready{number, bytes}, host);
    };
    std::function<void()> on_gone = [source, host, number, desk = desk_] {
      desk->readers().remove(number);
      caf::anon_send(source, detach_reader{number}, host);
    };
    request->is_answered = true;
    sink->begin_stream(head, std::move(on_ready), std::move(on_gone));
    self_->send(source, reader, host);
  };
  if (!contain("front", connect)) {
    desk_->readers().remove(number);
    sink->abort_stream(nullptr);
  }
}

/// A stream that misses a frame must not go on: its client resumes it.
void front_state::handle(const reader_frames& what) {
  const auto sink = desk_->readers().find(what.reader);
  if (sink && !contain("front", [&] { sink->write_frames(what.frames, what.is_last); }))
    sink->abort_stream(nullptr);
}

void front_state::handle(const reader_dropped& what) {
  if (const auto sink = desk_->readers().find(what.reader))
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
  for (const auto& sink : desk_->readers().all())
    contain("front", [&] {
      const auto format = sink->format();
      sink->abort_stream(!format ? nullptr : *format == stream_format::sse ? sse : ndjson);
    });
  for (const auto& [request, leave] : std::exchange(waiting_, {}))
    attempt(request, leave);
  return true;
}

front_actor::behavior_type front_behavior(
  service_pointer<front_actor, front_state> self, front_desk* desk, front_services services) {
  self->serve_as(actor_kind::front);
  self->state.start(*desk, std::move(services));
  return {
    [self](const reader_frames& what) { self->state.handle(what); },
    [self](const reader_dropped& what) { self->state.handle(what); },
    [self](const request_arrived& what) { self->state.handle(what); },
    [self](const begin_shutdown& what) { return self->state.handle(what); },
    [desk](const learn_key& what) { desk->remember(what.key); },
    [desk](const use_keys& what) {
      desk->use_keys(what.keys, what.may_sign);
      return true;
    },
  };
}

}  // namespace genesis::http
