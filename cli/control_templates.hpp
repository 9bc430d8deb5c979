#pragma once

#include "actors/audit.hpp"
#include "actors/deadlines.hpp"
#include "cli/control_commands.hpp"
#include "cli/control_protocol.hpp"

/// The steps that commands are made of. Included by the control_*.cpp files only.
namespace genesis::cli {

template <class M>
void control_state::ask_owner(
  const user_id& user, M message, const control_answer_ptr& answer, std::function<void(entity_reply&)> then) {
  owners_->ask<entity_reply>(user, std::move(message), self_->clock().now() + front_deadline, std::move(then),
    [answer](const error& failed) { answer->fail(failed); });
}

template <class M>
void control_state::change_account(const user_id& user, M message, std::string done, const control_answer_ptr& answer) {
  ask_owner(user, std::move(message), answer, [answer, done = std::move(done)](entity_reply& person) {
    audit("an operator {}", done);
    answer->succeed(control_success([&](http::json_writer& json) { json.raw_member("user", *person.body); }));
  });
}

}  // namespace genesis::cli
