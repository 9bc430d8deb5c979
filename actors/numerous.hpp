#pragma once

#include "actors/mailbox_metrics.hpp"

#include <utility>

namespace genesis {

/// One of many actors that do the same: they share one behaviour, whose handlers find the state of whoever runs.
///
/// CAF keeps each handler of a behaviour as an object of its own: fifty of them take 2 KB, and making them takes longer
/// than reading a person's rows. Shared, they must hold nothing. CAF 0.17.6 calls handlers as constant objects
/// (trivial_match_case::invoke), so threads may use them at the same time.
template <class Handle, class State>
class numerous final : public measured<Handle, State> {
public:
  using super = measured<Handle, State>;
  using super::consume;
  using super::super;

  /// The state of the actor whose handler runs on this thread. In handlers only; callbacks know whom they belong to.
  static State& running() noexcept { return *running_; }

  caf::invoke_message_result consume(caf::mailbox_element& element) override {
    const turn mine{&this->state};
    return super::consume(element);
  }

private:
  class turn {
  public:
    explicit turn(State* state) noexcept : before_(std::exchange(running_, state)) {}
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;
    ~turn() { running_ = before_; }

  private:
    State* before_;
  };

  inline static thread_local State* running_ = nullptr;
};

/// What the behaviour of such an actor is made for.
template <class Handle, class State>
using numerous_pointer = numerous<Handle, State>*;

}  // namespace genesis
