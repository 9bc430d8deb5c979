#include "actors/exporter.hpp"

#include <caf/exit_reason.hpp>

namespace genesis {

exporter_state::~exporter_state() {
  for (const auto& each : exports_)
    self_->send_exit(each, caf::exit_reason::user_shutdown);
}

void exporter_state::start(export_services services, std::size_t at_once) {
  services_ = std::make_shared<const export_services>(std::move(services));
  at_once_ = at_once;
  handle_deaths(self_, "exporter", [this](const caf::down_msg& gone) { exports_.erase(gone.source); });
}

caf::result<export_ticket> exporter_state::open(const open_export& what, const caf::strong_actor_ptr& owner) {
  if (exports_.size() >= at_once_) {
    counters().exports_refused.add();
    return to_caf({errc::overloaded, "too many exports are under way; try again in a while"});
  }
  const auto made = self_->spawn(export_behavior, what, owner, services_);
  self_->monitor(made);
  exports_.insert(made.address());
  return export_ticket{made};
}

exporter_actor::behavior_type exporter_behavior(
  service_pointer<exporter_actor, exporter_state> self, export_services services, std::size_t at_once) {
  self->serve_as(actor_kind::exporter);
  self->state.start(std::move(services), at_once);
  return {
    [self](const open_export& what) { return self->state.open(what, self->current_sender()); },
  };
}

}  // namespace genesis
