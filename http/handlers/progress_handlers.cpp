#include "http/bodies.hpp"
#include "http/handlers/handlers.hpp"
#include "http/queries.hpp"

namespace genesis::http {

void list_progress(front_state& front, const exchange_ptr& request) {
  const auto query = read_query<progress_query>(front, request, read_progress_query);
  if (!query)
    return;
  front.ask_owner<page<progress_record>>(request,
    get_progress_list{request->who.by, query->metric, query->from, query->until, query->page},
    [&front, request](page<progress_record>& found) { answer_list(front, request, found); });
}

void add_progress(front_state& front, const exchange_ptr& request) {
  std::optional<idempotency_key> key;
  if (!read_idempotency_key(front, request, key))
    return;
  front.read_body<new_progress>(request, read_new_progress, [&front, request, key](new_progress& body) {
    relay(front, request,
      create_progress{request->who.by, body.metric, body.value, body.recorded_at, std::move(body.note), key});
  });
}

void list_nutrition_logs(front_state& front, const exchange_ptr& request) {
  const auto query = read_query<nutrition_logs_query>(front, request, read_nutrition_logs_query);
  if (!query)
    return;
  front.ask_owner<page<nutrition_log>>(request,
    get_nutrition_logs{request->who.by, query->from, query->to, query->page},
    [&front, request](page<nutrition_log>& found) { answer_list(front, request, found); });
}

}  // namespace genesis::http
