#include "http/handlers/handlers.hpp"

#include "auth/digest.hpp"
#include "http/conditional.hpp"
#include "http/encoders.hpp"
#include "http/field_values.hpp"
#include "http/handlers/item_handlers.hpp"

#include <array>
#include <stdexcept>

namespace genesis::http {

namespace {

constexpr auto handlers_by_operation = std::to_array<std::pair<std::string_view, handler>>({
  {"register", register_account},
  {"login", log_in_account},
  {"refresh", refresh_session},
  {"logout", log_out},
  {"change_password", change_account_password},
  {"show_user", show_user},
  {"list_users", list_people},
  {"change_user", change_user},
  {"delete_user", delete_account},
  {"show_preferences", show_preferences},
  {"replace_preferences", change_preferences},
  {"list_api_keys", list_api_keys},
  {"create_api_key", add_api_key},
  {"show_api_key", show_api_key},
  {"delete_api_key", remove_key},
  {"list_sessions", list_sessions},
  {"show_session", show_session},
  {"delete_session", remove_session},
  {"list_conversations", list_conversations},
  {"create_conversation", add_conversation},
  {"show_conversation", show_conversation},
  {"change_conversation", change_conversation},
  {"delete_conversation", remove_conversation},
  {"list_messages", list_messages},
  {"search_messages", search_own_messages},
  {"post_message", add_message},
  {"show_message", show_message},
  {"list_progress", list_progress},
  {"create_progress", add_progress},
  {"show_progress", show_item<progress_record>},
  {"change_progress", change_item<progress_record, read_progress_patch>},
  {"delete_progress", remove_item<progress_record>},
  {"list_workout_plans", list_plans<workout_plan, read_workout_plans_query>},
  {"create_workout_plan", add_item<workout_plan, read_new_workout_plan>},
  {"show_workout_plan", show_item<workout_plan>},
  {"change_workout_plan", change_item<workout_plan, read_workout_plan_patch>},
  {"delete_workout_plan", remove_item<workout_plan>},
  {"list_nutrition_plans", list_plans<nutrition_plan, read_nutrition_plans_query>},
  {"create_nutrition_plan", add_item<nutrition_plan, read_new_nutrition_plan>},
  {"show_nutrition_plan", show_item<nutrition_plan>},
  {"change_nutrition_plan", change_item<nutrition_plan, read_nutrition_plan_patch>},
  {"delete_nutrition_plan", remove_item<nutrition_plan>},
  {"list_nutrition_logs", list_nutrition_logs},
  {"create_nutrition_log", add_item<nutrition_log, read_new_nutrition_log>},
  {"show_nutrition_log", show_item<nutrition_log>},
  {"change_nutrition_log", change_item<nutrition_log, read_nutrition_log_patch>},
  {"delete_nutrition_log", remove_item<nutrition_log>},
  {"chat", chat},
  {"chat_stream", stream_chat},
  {"show_run", show_run},
  {"resume_run", resume_run},
  {"cancel_run", stop_run_of},
  {"export_messages", export_messages},
  {"export_everything", export_everything},
  {"show_caches", show_caches},
  {"warm_caches", warm_people},
  {"invalidate_caches", forget_entries},
  {"purge_edge", purge_edge},
  {"show_live", show_live},
  {"show_ready", show_ready},
  {"show_health", show_health},
  {"show_metrics", show_metrics},
  {"show_openapi", show_openapi},
  {"show_keys", show_keys},
  {"show_problem", show_problem},
  {"show_root", show_root},
});

/// A route without a handler is a fault of the program, found at its start.
std::vector<handler> handlers_in_route_order() {
  std::vector<handler> all;
  for (const auto& spec : route_specs()) {
    handler found = nullptr;
    for (const auto& [operation, each] : handlers_by_operation)
      if (operation == spec.operation_id)
        found = each;
    if (found == nullptr)
      throw std::logic_error("no handler for " + std::string{spec.operation_id});
    all.push_back(found);
  }
  return all;
}

/// Texts of a list that are encoded, and hashed for its tag, on the I/O thread: both together cost 5 to 10 us a KiB.
constexpr std::size_t inline_encode_bytes_max = std::size_t{64} * 1'024;

/// Bytes of the texts that people and the coach write: what is not bounded by the number of items.
std::size_t size_of(const conversation& each) noexcept {
  return each.title ? each.title->size() : 0;
}
std::size_t size_of(const message& each) noexcept {
  return each.content.size() + each.metadata_json.size() + each.artifacts_json.size();
}
std::size_t size_of(const found_message& each) noexcept {
  std::size_t bytes = size_of(each.message);
  for (const auto& part : each.snippet)
    bytes += part.text.size();
  return bytes;
}
std::size_t size_of(const progress_record& each) noexcept {
  return each.note ? each.note->size() : 0;
}
std::size_t size_of(const workout_plan& each) noexcept {
  return each.name.size() + (each.notes ? each.notes->size() : 0) + each.days_json.size();
}
std::size_t size_of(const nutrition_plan& each) noexcept {
  return each.name.size() + (each.notes ? each.notes->size() : 0) + each.meals_json.size();
}
std::size_t size_of(const nutrition_log& each) noexcept {
  return each.description.size() + (each.note ? each.note->size() : 0);
}

template <class T>
std::size_t size_of(const page<T>& found) noexcept {
  std::size_t bytes = 0;
  for (const auto& each : found.items)
    bytes += size_of(each);
  return bytes;
}
template <class T>
std::size_t size_of(const std::optional<T>& maybe) noexcept {
  return maybe ? size_of(*maybe) : 0;
}
std::size_t size_of(const user_view& view) noexcept {
  return size_of(view.workout_plans) + size_of(view.nutrition_plans) + size_of(view.progress);
}
/// What a person may say of themselves.
constexpr std::size_t profile_bytes = std::size_t{16} * 1'024;
std::size_t size_of(const std::vector<known_person>& people) noexcept {
  return people.size() * profile_bytes;
}

/// Answers with what `encode` makes of a value, and its tag.
template <class T>
void answer_encoded(front_state& front, const exchange_ptr& request, T& found, std::string (*encode)(const T&)) {
  const auto answer_with = [&front, request](std::string body, std::string tag) {
    auto answer = json_response(*request, std::move(body));
    answer.cache = cache_class::private_list;
    answer.etag = std::move(tag);
    front.respond(request, std::move(answer));
  };
  if (size_of(found) <= inline_encode_bytes_max) {
    answer_with(encode(found), {});
    return;
  }
  struct encoded {
    T value;
    std::string body;
    std::string tag;
  };
  const auto made = std::make_shared<encoded>(encoded{std::move(found), {}, {}});
  front.run_elsewhere(
    request,
    [made, encode, whose = request->who.user] {
      made->body = encode(made->value);
      made->tag = tag_of_body(made->body, whose);
    },
    [made, answer_with] { answer_with(std::move(made->body), std::move(made->tag)); });
}

}  // namespace

handler handler_of(std::size_t route) {
  static const std::vector<handler> all = handlers_in_route_order();
  return all[route];
}

response to_response(const exchange& request, entity_reply reply) {
  response answer;
  answer.status = reply.status;
  answer.body = std::move(reply.body);
  answer.etag = std::move(reply.etag);
  answer.location = std::move(reply.location);
  answer.cache = request.route->cache;
  return answer;
}

response json_response(const exchange& request, std::string body, int status) {
  response answer;
  answer.status = status;
  answer.body = std::make_shared<const std::string>(std::move(body));
  answer.cache = request.route->cache;
  return answer;
}

void answer_list(front_state& front, const exchange_ptr& request, page<conversation>& found) {
  answer_encoded(front, request, found, conversations_page);
}
void answer_list(front_state& front, const exchange_ptr& request, page<message>& found) {
  answer_encoded(front, request, found, messages_page);
}
void answer_list(front_state& front, const exchange_ptr& request, page<found_message>& found) {
  answer_encoded(front, request, found, found_messages_page);
}
void answer_list(front_state& front, const exchange_ptr& request, page<progress_record>& found) {
  answer_encoded(front, request, found, progress_page);
}

void answer_list(front_state& front, const exchange_ptr& request, page<workout_plan>& found) {
  answer_encoded(front, request, found, workout_plans_page);
}
void answer_list(front_state& front, const exchange_ptr& request, page<nutrition_plan>& found) {
  answer_encoded(front, request, found, nutrition_plans_page);
}
void answer_list(front_state& front, const exchange_ptr& request, page<nutrition_log>& found) {
  answer_encoded(front, request, found, nutrition_logs_page);
}

void answer_view(front_state& front, const exchange_ptr& request, user_view& found) {
  answer_encoded(front, request, found, user_view_body);
}
void answer_people(front_state& front, const exchange_ptr& request, std::vector<known_person>& found) {
  answer_encoded(front, request, found, people_page);
}

bool read_preconditions(front_state& front, const exchange_ptr& request, std::optional<precondition>& into) {
  const auto read = [&](std::string_view name, std::optional<precondition> (*parse)(std::string_view)) {
    const auto text = request->head.joined(name);
    if (!text)
      return true;
    const auto condition = parse(*text);
    if (!condition) {
      front.report(request, malformed_tags(name));
      return false;
    }
    into = into ? both(*into, *condition) : *condition;
    return true;
  };
  return read("If-Match", parse_if_match) && read("If-None-Match", parse_if_none_match);
}

bool read_idempotency_key(front_state& front, const exchange_ptr& request, std::optional<idempotency_key>& into) {
  const auto text = request->head.field("idempotency-key");
  if (!text)
    return true;
  const auto key = parse_idempotency_key(*text);
  if (!key || request->head.field_count("idempotency-key") != 1) {
    front.report(
      request, {problem_code::malformed_request, "Idempotency-Key must be one key of 1 to 255 visible characters", {}});
    return false;
  }
  const auto target = plain_target(request->segments, request->head.query());  // however it is spelt
  into = idempotency_key{*key, auth::sha256_of_parts({request->head.method_text(), target, request->body})};
  return true;
}

}  // namespace genesis::http
