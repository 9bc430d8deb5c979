#pragma once

#include "actors/actor_error.hpp"

#include <caf/typed_response_promise.hpp>

#include <memory>
#include <utility>

namespace genesis {

/// An answer that somebody waits for. Destroyed without one - its actor left, or what was to make it threw - it answers
/// `unavailable`, or what `lost_as` said: CAF drops a lost promise in silence and the asker would wait for its
/// deadline.
template <class T>
class pending_answer {
public:
  explicit pending_answer(caf::typed_response_promise<T> promise) : promise_(std::move(promise)) {}
  pending_answer(const pending_answer&) = delete;
  pending_answer& operator=(const pending_answer&) = delete;
  ~pending_answer() {
    if (promise_.pending())
      promise_.deliver(to_caf({lost_as_, "the responsible actor left or failed"}));
  }

  /// What to answer when the actor dies with it. `outcome_unknown` as soon as something may have happened.
  void lost_as(errc code) noexcept { lost_as_ = code; }

  void deliver(T value) {
    if (promise_.pending())
      promise_.deliver(std::move(value));
  }

  void fail(const error& what) {
    if (promise_.pending())
      promise_.deliver(to_caf(what));
  }

  void deliver(result<T> outcome) {
    if (outcome)
      deliver(std::move(*outcome));
    else
      fail(outcome.error());
  }

private:
  caf::typed_response_promise<T> promise_;
  errc lost_as_ = errc::unavailable;
};

template <class T>
using answer_ptr = std::shared_ptr<pending_answer<T>>;

/// Takes over the answer to the message that `self` handles now. Once per message.
template <class T, class Self>
answer_ptr<T> hold_answer(Self* self) {
  return std::make_shared<pending_answer<T>>(self->template make_response_promise<T>());
}

}  // namespace genesis
