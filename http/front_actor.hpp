#pragma once

#include "actors/owner_link.hpp"
#include "actors/service.hpp"
#include "http/front_desk.hpp"
#include "http/front_interface.hpp"

#include <functional>
#include <optional>
#include <unordered_map>

namespace genesis::http {

/// Whom a front asks.
struct front_services {
  std::vector<shard_actor> shards;
  accounts_actor accounts;
  background_actor background;
  encoders encode;
  limiter_actor limiter = {};  ///< None: registrations, logins, refreshes and guessed keys are as many as come.
  caches_actor caches = {};    ///< None in tests that do not ask for it.
  purger_actor purger = {};    ///< None: there is no CDN to be told.
  /// Those of all threads, itself among them; complete before the first request comes. None: it is alone.
  std::shared_ptr<const std::vector<front_actor>> fronts = {};
};

/// Dispatches the requests of one I/O thread; see `front_actor`.
///
/// A handler is a free function over this state and one exchange (`http/handlers/`): it reads what the request wants,
/// asks the person's owner, and answers through the exchange. The desk belongs to the same thread, to which this actor
/// is pinned.
class front_state {
public:
  using pointer = front_actor::stateful_pointer<front_state>;
  using time_point = caf::actor_clock::time_point;

  explicit front_state(pointer self) : self_(self) {}

  void start(front_desk& desk, front_services services);

  void handle(const request_arrived& what);
  void handle(const reader_frames& what);
  void handle(const reader_dropped& what);
  caf::result<bool> handle(const begin_shutdown& what);

  [[nodiscard]] front_desk& desk() noexcept { return *desk_; }
  [[nodiscard]] const front_services& services() const noexcept { return *services_; }
  [[nodiscard]] pointer self() noexcept { return self_; }
  [[nodiscard]] timestamp now() const { return desk_->where().now(); }

  /// Asks the owner of whoever sent the request. An error answers the request; `then` answers it otherwise.
  template <class R, class M>
  void ask_owner(const exchange_ptr& request, const M& message, std::function<void(R&)> then) {
    owners_->template ask<R>(
      request->who.user, message, self_->clock().now() + front_deadline_,
      [request, then = std::move(then)](R& answer) { attempt(request, [&] { then(answer); }); },
      [this, request](const error& what) { refuse(request, what); });
  }

  /// Asks any other actor, likewise.
  template <class R, class Actor, class M>
  void ask(const exchange_ptr& request, const Actor& whom, M message, std::function<void(R&)> then) {
    ask<R>(request, whom, std::move(message), front_deadline_, std::move(then),
      [this, request](const caf::error& what) { refuse(request, from_caf(what)); });
  }

  /// Likewise with a deadline, and `otherwise` for what the actor or CAF says instead.
  template <class R, class Actor, class M>
  void ask(const exchange_ptr& request, const Actor& whom, M message, time_point::duration deadline,
    std::function<void(R&)> then, std::function<void(const caf::error&)> otherwise) {
    self_->request(whom, deadline, std::move(message))
      .then([request, then = std::move(then)](R& answer) { attempt(request, [&] { then(answer); }); },
        [request, otherwise = std::move(otherwise)](
          const caf::error& what) { attempt(request, [&] { otherwise(what); }); });
  }

  /// Does a step of a request. What it throws ends that request with 500, and nothing else.
  template <class Step>
  static void attempt(const exchange_ptr& request, Step step) {
    if (!contain("front", std::move(step), [&] { return request->log_ids(); }))
      request->refuse({problem_code::internal, {}, {}});
  }

  /// Answers. A body that takes long to code is coded on another thread first; when that fails it is sent plain, for
  /// what was asked for is done.
  void respond(const exchange_ptr& request, response answer);

  /// Answers with a problem. A read that was not answered in time has no unknown outcome.
  void refuse(const exchange_ptr& request, error what);

  /// Answers with what is wrong with the request. Where the route is a person's, their owner is asked before whether
  /// the session or key is alive and within its limits: whoever was logged out, or asks too often, is told that and
  /// nothing else (401 and 429 come before 406, 400, 422). A refusal by right (403) comes before 429.
  void report(const exchange_ptr& request, problem what);

  /// Runs a body's reader where it may run: large bodies on another thread. Refuses the request when the reader does.
  /// Under a condition that does not hold (`exchange::unmet`) `otherwise` refuses it in the place of `then`, where it
  /// has to be asked first whether something else is wrong with it.
  template <class T>
  void read_body(const exchange_ptr& request, accepted<T> (*reader)(std::string_view, timestamp),
    std::function<void(T&)> then, std::function<void(T&)> otherwise = {}) {
    if (request->unmet && otherwise)
      then = std::move(otherwise);
    else if (request->unmet)
      then = [this, request](T&) { report(request, *request->unmet); };
    auto read = std::make_shared<std::optional<accepted<T>>>();
    const auto at = now();
    const auto go_on = [this, request, read, then = std::move(then)] {
      if (*read && **read)
        then(***read);
      else
        report(request, *read ? (*read)->error() : problem{problem_code::internal, {}, {}});
    };
    if (!is_large(*request)) {
      *read = reader(body_of(*request), at);
      go_on();
      return;
    }
    const auto begin = [this, request, read, reader, at, go_on] {
      run_elsewhere(request, [request, read, reader, at] { *read = reader(body_of(*request), at); }, go_on);
    };
    if (request->route->security == security::bearer)  // whoever was logged out has nothing parsed for them
      ask_owner<session_facts>(request, check_session{request->who.by, {}}, [begin](session_facts&) { begin(); });
    else
      begin();
  }

  /// Has work done on another thread that would hold up this one; `then` runs here. An error answers the request. The
  /// work touches nothing of this front and nothing of the exchange but its body.
  void run_elsewhere(const exchange_ptr& request, std::function<void()> work, std::function<void()> then);

  /// Has `leave` answer the request when the server leaves before it has an answer; at once when it leaves already. For
  /// what may take as long as a request may: everything else is answered before the connections are closed.
  void keep_waiting(const exchange_ptr& request, std::function<void()> leave);
  /// The request has its answer.
  void stop_waiting(const exchange_ptr& request) { waiting_.erase(request); }

  /// Connects what is read with the connection of the request. Where that is gone or has its answer already, and where
  /// the request's conditions do not let the stream begin, the source is told that nobody reads.
  void stream(
    const exchange_ptr& request, const stream_source_actor& source, const stream_head& head, attach_reader reader);

private:
  /// Asks the person's owner about an API key that this thread does not remember; goes on when it is good.
  void check_key(const exchange_ptr& request);
  void ask_about_key(const exchange_ptr& request, const admit_login& guess);
  /// Has every thread remember the key.
  void share(known_key key);
  /// Has the request's handler, or its fault, answer it; once the client's address is within its limit.
  void serve(const exchange_ptr& request);

  /// Of this thread, beyond which there is no more room: each may hold a large body.
  static constexpr std::size_t elsewhere_max = 64;

  /// Has one piece of work done on the background thread. `otherwise` is told why it is not: at once when there are too
  /// many.
  void hand_over(const exchange_ptr& request, std::function<void()> work, std::function<void()> then,
    std::function<void(const error&)> otherwise);

  static bool is_large(const exchange& request) noexcept;
  static std::string_view body_of(const exchange& request) noexcept;

  pointer self_;
  front_desk* desk_ = nullptr;
  std::optional<front_services> services_;
  std::optional<owner_link<front_actor::stateful_base<front_state>>> owners_;
  std::chrono::milliseconds front_deadline_{};
  std::unordered_map<exchange_ptr, std::function<void()>> waiting_;
  std::size_t elsewhere_ = 0;  ///< Pieces of work that others do for this front.
  bool is_shutting_down_ = false;
};

front_actor::behavior_type front_behavior(
  service_pointer<front_actor, front_state> self, front_desk* desk, front_services services);

}  // namespace genesis::http
