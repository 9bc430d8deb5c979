#pragma once

#include "actors/export_state.hpp"
#include "actors/service.hpp"

#include <cstdint>
#include <set>

namespace genesis {

/// Makes exports, and knows how many there are; see `exporter_actor`. What one of them holds is bounded, and so is
/// their number: this is what all of them together may take of memory and of the database.
class exporter_state {
public:
  using pointer = exporter_actor::stateful_pointer<exporter_state>;

  explicit exporter_state(pointer self) : self_(self) {}
  exporter_state(const exporter_state&) = delete;
  exporter_state& operator=(const exporter_state&) = delete;
  ~exporter_state();

  /// `at_once` bounds the exports of all people together.
  void start(export_services services, std::size_t at_once);
  caf::result<export_ticket> open(const open_export& what, const caf::strong_actor_ptr& owner);

private:
  pointer self_;
  export_services_ptr services_;
  std::size_t at_once_ = 0;
  std::set<caf::actor_addr> exports_;  ///< Each leaves when its actor does.
};

exporter_actor::behavior_type exporter_behavior(
  service_pointer<exporter_actor, exporter_state> self, export_services services, std::size_t at_once);

}  // namespace genesis
