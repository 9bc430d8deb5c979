#include "http/bodies.hpp"

#include "auth/email.hpp"
#include "domain/people_keys.hpp"
#include "http/body_fields.hpp"
#include "http/schemas.hpp"

#include <algorithm>

namespace genesis::http {

namespace {

std::string text_or_empty(const body_fields& body, std::string_view name) {
  return body.text(name).value_or(std::string{});
}

/// The address in the spelling it is kept in; the schema has found it acceptable.
std::string email_of(const body_fields& body) {
  return auth::normalise_email(text_or_empty(body, "email")).value_or(std::string{});
}

/// Whether nothing is wrong with a field.
bool is_sound(const field_errors& faults, std::string_view name) {
  return std::ranges::find(faults, name, &field_error::field) == faults.end();
}

std::string metadata_of(const body_fields& body) {
  return body.source("metadata").value_or("{}");
}

}  // namespace

accepted<register_request> read_register(std::string_view body, timestamp now) {
  return read_faulty_body(body, register_schema, now, [](const body_fields& in, field_errors faults) {
    const auto sound_text = [&](
                              std::string_view name) { return is_sound(faults, name) ? in.text(name) : std::nullopt; };
    return register_request{.email = is_sound(faults, "email") ? email_of(in) : std::string{},
      .password = sound_text("password").value_or(std::string{}),
      .full_name = sound_text("full_name"),
      .locale = sound_text("locale"),
      .timezone = sound_text("timezone"),
      .invite = sound_text("invite"),
      .faults = std::move(faults)};
  });
}

accepted<login_request> read_login(std::string_view body, timestamp now) {
  return read_body(body, login_schema, now, [](const body_fields& in) {
    return login_request{.email = email_of(in), .password = text_or_empty(in, "password")};
  });
}

accepted<refresh_request> read_refresh(std::string_view body, timestamp now) {
  return read_body(body, refresh_schema, now,
    [](const body_fields& in) { return refresh_request{.refresh_token = text_or_empty(in, "refresh_token")}; });
}

accepted<change_password_request> read_change_password(std::string_view body, timestamp now) {
  return read_faulty_body(body, change_password_schema, now, [](const body_fields& in, field_errors faults) {
    return change_password_request{.current_password = text_or_empty(in, "current_password"),
      .new_password = is_sound(faults, "new_password") ? text_or_empty(in, "new_password") : std::string{},
      .faults = std::move(faults)};
  });
}

accepted<no_members> read_no_members(std::string_view body, timestamp now) {
  return read_body(body, no_members_schema, now, [](const body_fields&) { return no_members{}; });
}

accepted<user_patch> read_user_patch(std::string_view body, timestamp now) {
  return read_body(body, user_patch_schema, now, [](const body_fields& in) {
    return user_patch{
      .full_name = in.patched_text("full_name"),
      .date_of_birth = in.patch("date_of_birth", [&](auto name) { return in.day(name); }),
      .sex = in.patched_name<sex>("sex"),
      .height_cm = in.patch("height_cm", [&](auto name) { return in.number(name); }),
      .weight_kg = in.number("weight_kg"),
      .body_fat_pct = in.number("body_fat_pct"),
      .activity_level = in.patched_name<activity_level>("activity_level"),
      .goal = in.patched_name<goal>("goal"),
      .experience_level = in.patched_name<experience_level>("experience_level"),
      .dietary_restrictions = in.cleared_texts("dietary_restrictions"),
      .allergies = in.cleared_texts("allergies"),
      .medical_conditions = in.cleared_texts("medical_conditions"),
      .timezone = in.patched_text("timezone"),
      .locale = in.patched_text("locale"),
      .units = in.named<unit_system>("units"),
    };
  });
}

accepted<preferences_replacement> read_preferences(std::string_view body, timestamp now) {
  return read_faulty_body(body, preferences_put_schema, now, [](const body_fields& in, field_errors faults) {
    preferences_replacement out;
    out.faults = std::move(faults);
    auto& value = out.value;
    value.personality = in.named<personality>("personality").value_or(value.personality);
    value.response_length = in.named<response_length>("response_length").value_or(value.response_length);
    value.preferred_agents = in.all_named<agent>("preferred_agents");
    value.training_days = in.all_named<weekday>("training_days");
    value.session_minutes = in.integer("session_minutes").value_or(value.session_minutes);
    value.meals_per_day = in.integer("meals_per_day").value_or(value.meals_per_day);
    value.theme = in.named<colour_theme>("theme").value_or(value.theme);
    for (auto& [name, is_on] : in.flags("notifications"))
      value.notifications.emplace(std::move(name), is_on);
    out.carried = {in.id<user_id>("id"), in.time("created_at"), in.time("updated_at"), in.integer("revision")};
    return out;
  });
}

accepted<new_api_key> read_new_api_key(std::string_view body, timestamp now) {
  return read_body(body, new_api_key_schema, now, [](const body_fields& in) {
    return new_api_key{.name = text_or_empty(in, "name"),
      .scopes = in.all_named<key_scope>("scopes"),
      .expires_at = in.time("expires_at")};
  });
}

accepted<new_conversation> read_new_conversation(std::string_view body, timestamp now) {
  return read_body(body, new_conversation_schema, now, [](const body_fields& in) {
    return new_conversation{.title = in.text("title"), .agent = in.named<agent>("agent")};
  });
}

accepted<conversation_patch> read_conversation_patch(std::string_view body, timestamp now) {
  return read_body(body, conversation_patch_schema, now, [](const body_fields& in) {
    return conversation_patch{.title = in.text("title"), .archived = in.boolean("archived")};
  });
}

accepted<new_message> read_new_message(std::string_view body, timestamp now) {
  return read_body(body, new_message_schema, now, [](const body_fields& in) {
    return new_message{.content = text_or_empty(in, "content"), .metadata_json = metadata_of(in)};
  });
}

accepted<new_progress> read_new_progress(std::string_view body, timestamp now) {
  const auto build = [](const body_fields& in) {
    return new_progress{.metric = in.named<progress_metric>("metric").value_or(progress_metric::weight_kg),
      .value = in.number("value").value_or(0),
      .recorded_at = in.time("recorded_at"),
      .note = in.text("note")};
  };
  // The metric's own range says more than the widest one.
  const auto check = [](const body_fields& in, field_errors& errors) {
    const auto metric = in.named<progress_metric>("metric");
    const auto value = in.number("value");
    if (!metric || !value)
      return;
    if (auto fault = progress_value_fault(*metric, *value)) {
      std::erase_if(errors, [](const field_error& each) { return each.field == "value"; });
      errors.push_back(std::move(*fault));
    }
  };
  return read_body(body, new_progress_schema, now, build, check);
}

accepted<item_change<progress_record>> read_progress_patch(std::string_view body, timestamp now) {
  return read_faulty_body(body, progress_patch_schema, now, [](const body_fields& in, field_errors faults) {
    return item_change<progress_record>{
      .changes = {.value = in.number("value"), .recorded_at = in.time("recorded_at"), .note = in.patched_text("note")},
      .faults = std::move(faults)};
  });
}

accepted<chat_request> read_chat(std::string_view body, timestamp now) {
  return read_body(body, chat_schema, now, [](const body_fields& in) {
    return chat_request{.message = text_or_empty(in, "message"),
      .conversation = in.id<conversation_id>("conversation_id"),
      .agent = in.named<agent>("agent"),
      .metadata_json = metadata_of(in)};
  });
}

accepted<key_pattern> read_cache_invalidation(std::string_view body, timestamp now) {
  const auto text =
    read_body(body, cache_invalidation_schema, now, [](const body_fields& in) { return text_or_empty(in, "pattern"); });
  if (!text)
    return std::unexpected(text.error());
  auto pattern = parse_people_pattern(*text);
  if (!pattern)
    return std::unexpected(
      problem{problem_code::validation_error, {}, {{"pattern", "format", pattern.error().detail}}});
  return std::move(*pattern);
}

accepted<std::vector<std::string>> read_edge_purge(std::string_view body, timestamp now) {
  return read_body(body, edge_purge_schema, now,
    [](const body_fields& in) { return in.texts("keys").value_or(std::vector<std::string>{}); });
}

accepted<std::int64_t> read_cache_warming(std::string_view body, timestamp now) {
  return read_body(
    body, cache_warming_schema, now, [](const body_fields& in) { return in.integer("people").value_or(0); });
}

}  // namespace genesis::http
