#include "cli/control_templates.hpp"
#include "cli/statement_metrics.hpp"

namespace genesis::cli {

void control_state::list_statements(const object&, const control_answer_ptr& answer) {
  answer->succeed(control_success([](http::json_writer& json) {
    json.key("statements").begin_array();
    for (const auto& each : all_statement_figures()) {
      json.begin_object();
      json.member("name", each.name);
      json.member("count", static_cast<std::int64_t>(each.count));
      json.member("failures", static_cast<std::int64_t>(each.failures));
      json.member("rows", static_cast<std::int64_t>(each.rows));
      json.member("mean_ms", each.mean_ms);
      json.member("p95_ms", each.p95_ms);
      json.member("max_ms", each.max_ms);
      json.end_object();
    }
    json.end_array();
  }));
}

void control_state::name_database(const object&, const control_answer_ptr& answer) {
  answer->succeed(control_success([this](http::json_writer& json) { json.member("database", services_->database); }));
}

}  // namespace genesis::cli
