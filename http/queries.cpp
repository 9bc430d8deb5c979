#include "http/queries.hpp"

#include "domain/preferences.hpp"
#include "domain/utf8.hpp"
#include "http/cursor.hpp"
#include "http/field_values.hpp"
#include "http/schemas.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace genesis::http {

namespace {

/// The known parameters of one query: their values, and what is wrong with them.
class checked_query {
public:
  checked_query(const query_parameters& query, std::span<const field> known) : query_(query) {
    for (const auto& each : known) {
      const auto value = query.find(each.name);
      if (!value) {
        if (each.is_required)
          faults_.push_back({std::string{each.name}, "required", "is required"});
        continue;
      }
      if (query.count(each.name) > 1)
        faults_.push_back({std::string{each.name}, "repeated", "must be given once"});
      else if (!is_utf8(*value))
        faults_.push_back({std::string{each.name}, "encoding", "must be UTF-8 once it is decoded"});
      else if (auto fault = validate_parameter(each, *value, timestamp{}))
        faults_.push_back(std::move(*fault));
    }
  }

  [[nodiscard]] std::optional<std::string> find(std::string_view name) const { return query_.find(name); }

  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const {
    const auto text = find(name);
    return text ? parse_whole_number(*text) : std::nullopt;
  }

  [[nodiscard]] std::optional<timestamp> time(std::string_view name) const {
    const auto text = find(name);
    return text ? parse_rfc3339(*text) : std::nullopt;
  }

  [[nodiscard]] std::optional<calendar_day> day(std::string_view name) const {
    const auto text = find(name);
    return text ? parse_iso_date(*text) : std::nullopt;
  }

  /// The page that is asked for; a cursor of another list is a fault.
  page_query page(list_kind list) {
    page_query asked;
    if (const auto after = find("after")) {
      asked.after = parse_cursor(list, *after);
      if (!asked.after)
        faults_.push_back({"after", "cursor", "must be the next_cursor of an earlier page of this list"});
    }
    if (find("order") == "asc")
      asked.order = list_order::oldest_first;
    if (is_sound())
      asked.limit = integer("limit").value_or(page_limit_default);
    return asked;
  }

  void refuse(std::string_view name, std::string_view rule, std::string message) {
    faults_.push_back({std::string{name}, std::string{rule}, std::move(message)});
  }

  /// A range that ends before it begins has nothing in it, and nobody means that.
  template <class T>
  void refuse_reversed(const std::optional<T>& from, const std::optional<T>& to) {
    if (from && to && *to < *from)
      refuse("to", "range", "must not be before from");
  }

  /// What messages are searched for.
  search_query sought(std::string_view name) {
    const auto text = find(name);
    if (!is_sound() || !text)
      return {};
    auto query = parse_search_query(*text);
    if (query)
      return std::move(*query);
    refuse(name, "syntax",
      "at character " + std::to_string(query.error().position) + ": " + std::string{query.error().reason});
    return {};
  }

  [[nodiscard]] bool is_sound() const noexcept { return faults_.empty(); }
  [[nodiscard]] problem take_problem() {
    return {problem_code::malformed_request, "Some query parameters cannot be read.", std::move(faults_), 0};
  }

private:
  const query_parameters& query_;
  field_errors faults_;
};

stream_query stream_of(const checked_query& in) {
  stream_query out;
  if (const auto format = in.find("format"))
    out.format = *format == "ndjson" ? stream_format::ndjson : stream_format::sse;
  return out;
}

/// The query of a list that takes nothing of its own.
accepted<page_query> read_page_query(const query_parameters& query, std::span<const field> known, list_kind list) {
  checked_query in{query, known};
  const auto page = in.page(list);
  if (!in.is_sound())
    return std::unexpected(in.take_problem());
  return page;
}

/// The query of a list of plans.
accepted<plans_query> read_plans_query(const query_parameters& query, list_kind list) {
  checked_query in{query, plan_list_parameters};
  plans_query out;
  out.from = in.time("from");
  out.until = in.time("to");
  in.refuse_reversed(out.from, out.until);
  out.page = in.page(list);
  if (!in.is_sound())
    return std::unexpected(in.take_problem());
  out.only_active = in.find("active") == "true";
  return out;
}

/// The members of a list with commas between.
std::vector<std::string_view> members_of(std::string_view list) {
  std::vector<std::string_view> all;
  for (;;) {
    const auto comma = list.find(',');
    all.push_back(list.substr(0, comma));
    if (comma == std::string_view::npos)
      return all;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

accepted<user_view_query> read_user_view_query(const query_parameters& query) {
  checked_query in{query, user_view_parameters};
  user_view_query out;
  const std::pair<std::string_view, bool*> known[] = {{"preferences", &out.preferences},
    {"workout_plans", &out.workout_plans}, {"nutrition_plans", &out.nutrition_plans}, {"progress", &out.progress}};
  if (const auto list = in.find("include")) {
    for (const auto name : members_of(*list)) {
      const auto found = std::ranges::find(known, name, &std::pair<std::string_view, bool*>::first);
      if (found != std::end(known)) {
        *found->second = true;
      } else {
        in.refuse("include", "enum", "must name preferences, workout_plans, nutrition_plans or progress");
        break;
      }
    }
  }
  if (!in.is_sound())
    return std::unexpected(in.take_problem());
  return out;
}

accepted<people_query> read_people_query(const query_parameters& query) {
  checked_query in{query, people_parameters};
  std::set<user_id> users;
  if (const auto list = in.find("ids")) {
    for (const auto each : members_of(*list)) {
      const auto id = user_id::parse(each);
      if (!id) {
        in.refuse("ids", "format", "must be UUIDs with commas between");
        break;
      }
      users.insert(*id);
    }
    if (users.size() > people_per_question_max)
      in.refuse("ids", "max_items", "must be at most " + std::to_string(people_per_question_max));
  }
  if (!in.is_sound())
    return std::unexpected(in.take_problem());
  return people_query{{users.begin(), users.end()}};
}

accepted<page_query> read_api_keys_query(const query_parameters& query) {
  return read_page_query(query, api_key_list_parameters, list_kind::api_keys);
}

accepted<page_query> read_sessions_query(const query_parameters& query) {
  return read_page_query(query, session_list_parameters, list_kind::sessions);
}

accepted<conversations_query> read_conversations_query(const query_parameters& query) {
  checked_query in{query, conversation_list_parameters};
  conversations_query out;
  out.page = in.page(list_kind::conversations);
  if (!in.is_sound())
    return std::unexpected(in.take_problem());
  const auto archived = in.find("archived");
  if (archived == "true")
    out.archived = archived_filter::archived;
  else if (archived == "all")
    out.archived = archived_filter::all;
  return out;
}

accepted<messages_query> read_messages_query(const query_parameters& query) {
  auto page = read_page_query(query, message_list_parameters, list_kind::messages);
  if (!page)
    return std::unexpected(std::move(page.error()));
  return messages_query{*page};
}

accepted<message_search_query> read_message_search_query(const query_parameters& query) {
  checked_query in{query, message_search_parameters};
  message_search_query out;
  out.page = in.page(list_kind::found_messages);
  out.sought = in.sought("q");
  if (!in.is_sound())
    return std::unexpected(in.take_problem());
  return out;
}

accepted<progress_query> read_progress_query(const query_parameters& query) {
  checked_query in{query, progress_list_parameters};
  progress_query out;
  out.from = in.time("from");
  out.until = in.time("to");
  in.refuse_reversed(out.from, out.until);
  out.page = in.page(list_kind::progress);
  if (!in.is_sound())
    return std::unexpected(in.take_problem());
  if (const auto metric = in.find("metric"))
    out.metric = parse_enum<progress_metric>(*metric);
  return out;
}

accepted<plans_query> read_workout_plans_query(const query_parameters& query) {
  return read_plans_query(query, list_kind::workout_plans);
}

accepted<plans_query> read_nutrition_plans_query(const query_parameters& query) {
  return read_plans_query(query, list_kind::nutrition_plans);
}

accepted<nutrition_logs_query> read_nutrition_logs_query(const query_parameters& query) {
  checked_query in{query, nutrition_log_list_parameters};
  nutrition_logs_query out;
  out.from = in.day("from");
  out.to = in.day("to");
  in.refuse_reversed(out.from, out.to);
  out.page = in.page(list_kind::nutrition_logs);
  if (!in.is_sound())
    return std::unexpected(in.take_problem());
  return out;
}

accepted<stream_query> read_chat_stream_query(const query_parameters& query) {
  checked_query in{query, chat_stream_parameters};
  if (!in.is_sound())
    return std::unexpected(in.take_problem());
  return stream_of(in);
}

accepted<stream_query> read_run_stream_query(const query_parameters& query) {
  checked_query in{query, run_stream_parameters};
  if (!in.is_sound())
    return std::unexpected(in.take_problem());
  auto out = stream_of(in);
  out.after = in.integer("after");
  return out;
}

accepted<export_query> read_export_query(const query_parameters& query) {
  checked_query in{query, export_parameters};
  if (!in.is_sound())
    return std::unexpected(in.take_problem());
  export_query out;
  if (const auto format = in.find("format"))
    out.format = *format == "csv" ? export_format::csv : export_format::ndjson;
  if (const auto conversation = in.find("conversation_id"))
    out.conversation = conversation_id::parse(*conversation);
  return out;
}

}  // namespace genesis::http
