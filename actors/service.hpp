#pragma once

#include "actors/actor_error.hpp"
#include "actors/failure.hpp"
#include "actors/mailbox_metrics.hpp"

#include <caf/no_stages.hpp>
#include <caf/scheduled_actor.hpp>

#include <chrono>
#include <exception>
#include <type_traits>

namespace genesis {

/// How long a reminder waits that a handler failed over.
inline constexpr auto reminder_pause = std::chrono::seconds{1};

/// An actor on which everybody depends: what a handler or a callback throws ends the one thing it was about.
///
/// CAF 0.17.6 ends an actor whose handler throws, whatever its exception handler returns
/// (scheduled_actor::reactivate), and with it all that others wait for. So the exception is caught below that, around
/// each message:
///
/// - It is logged under the actor's name and counted.
/// - Who sent the message as a request gets `internal`. Answers that the handler or the callback held are destroyed on
///   the way out and say so themselves (`pending_answer`).
/// - A reminder of the actor to itself comes again after `reminder_pause`.
///
/// Handlers of deaths are set with `handle_deaths`.
///
/// What this asks of a state: each step either happens as a whole or leaves nothing behind that waits for a later step;
/// and a handler of a reminder sends the next one last, so that there is always exactly one.
template <class Handle, class State>
class service final : public measured<Handle, State> {
public:
  using super = measured<Handle, State>;
  using super::consume;
  using super::super;

  /// First thing in the behaviour.
  void serve_as(actor_kind kind) {
    this->measure_as(kind);
    name_ = name_of(kind).data();
    contain_failures(this, name_);
  }

  caf::invoke_message_result consume(caf::mailbox_element& element) override {
    if (contain(name_, [&] { result_ = super::consume(element); }))
      return result_;
    if (element.mid.is_request())  // whoever cannot even be told this waits for their deadline
      contain(name_,
        [this] { this->make_response_promise().deliver(to_caf({errc::internal, "the responsible actor failed"})); });
    else if (!element.mid.is_response() && element.sender == this->ctrl())
      remind_again(element);
    return caf::invoke_message_result::consumed;
  }

private:
  /// Without memory for it the process ends: the actor would never do again what it is reminded of.
  void remind_again(caf::mailbox_element& element) noexcept {
    this->clock().schedule_message(this->clock().now() + reminder_pause, caf::strong_actor_ptr{this->ctrl()},
      caf::make_mailbox_element(
        this->ctrl(), caf::make_message_id(), caf::no_stages, element.move_content_to_message()));
  }

  const char* name_ = "nameless";
  caf::invoke_message_result result_ = caf::invoke_message_result::consumed;
};

/// The state of a service that has none.
struct stateless {
  explicit stateless(const caf::scheduled_actor*) {}
};

/// What the behaviour of a service is made for.
template <class Handle, class State = stateless>
using service_pointer = service<Handle, State>*;

}  // namespace genesis
