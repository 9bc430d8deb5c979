#include "domain/preferences.hpp"
#include "domain/user.hpp"
#include "http/schema_parts.hpp"
#include "http/schemas.hpp"

namespace genesis::http {

namespace {

using namespace parts;

// --- a person
// --------------------------------------------------------------------------------------------------------------

constexpr field email = string_field("email", "E-mail address; compared and kept in lower case.")
                          .as(text_format::email)
                          .length(3, 254)
                          .like(R"("ana@example.com")");
constexpr field full_name = string_field("full_name", "How the person wants to be called.")
                              .length(1, full_name_length_max)
                              .shown()
                              .nullable()
                              .like(R"("Ana García")");
constexpr field locale = string_field("locale", "Language of answers: en or es, with or without a region.")
                           .as(text_format::locale)
                           .nullable()
                           .like(R"("es-MX")");
constexpr field timezone = string_field("timezone", "Time zone of the IANA database.")
                             .as(text_format::timezone)
                             .nullable()
                             .like(R"("America/Mexico_City")");
constexpr field weight =
  number_field("weight_kg", "Latest record of the metric by recorded_at. Setting it writes a progress record.")
    .within(weight_kg_range)
    .like("68.4");
constexpr field body_fat =
  number_field("body_fat_pct", "Latest record of the metric by recorded_at. Setting it writes a progress record.")
    .within(body_fat_pct_range)
    .like("24.5");

constexpr field texts_field(std::string_view name, std::string_view doc, std::string_view example) {
  return strings_field(name, doc)
    .length(1, profile_text_length_max)
    .shown()
    .at_most(profile_list_length_max)
    .like(example);
}

constexpr std::array profile_start{
  string_field("date_of_birth", "Between 1900-01-01 and 13 years ago.")
    .as(text_format::birth_date)
    .nullable()
    .like(R"("1990-05-17")"),
  string_field("sex", "What the formulas go by; unspecified leaves a gap where one needs it.")
    .one_of<sex>()
    .nullable()
    .like(R"("female")"),
  number_field("height_cm", "Body height.").within(height_cm_range).nullable().like("168"),
};
constexpr std::array profile_aims{
  string_field("activity_level", "Activity besides training.")
    .one_of<activity_level>()
    .nullable()
    .like(R"("moderate")"),
  string_field("goal", "What the person trains for.").one_of<goal>().nullable().like(R"("lose_weight")"),
  string_field("experience_level", "Experience with training.")
    .one_of<experience_level>()
    .nullable()
    .like(R"("beginner")"),
};
constexpr std::array profile_lists{
  texts_field("dietary_restrictions", "What the person does not eat.", R"(["vegetarian"])"),
  texts_field("allergies", "Known allergies.", R"(["peanuts"])"),
  texts_field("medical_conditions", "Known conditions.", "[]"),
};
constexpr std::array profile_lists_to_set{
  texts_field("dietary_restrictions", "What the person does not eat; null empties it.", R"(["vegetarian"])").nullable(),
  texts_field("allergies", "Known allergies; null empties it.", R"(["peanuts"])").nullable(),
  texts_field("medical_conditions", "Known conditions; null empties it.", "[]").nullable(),
};
constexpr std::array profile_settings{
  timezone,
  locale,
  string_field("units", "How answers are worded; the API stays SI.").one_of<unit_system>().like(R"("metric")"),
};

constexpr auto user_fields =
  joined(std::array{id_field("id", "The person's id.", example_user), email, full_name,
           string_field("role", "What the person may do.").one_of<user_role>().like(R"("user")")},
    profile_start, std::array{weight.nullable(), body_fat.nullable()}, profile_aims, profile_lists, profile_settings,
    times);

/// What is shown of a person when more than the profile is asked for.
constexpr auto user_view_fields = joined(user_fields,
  std::array{
    object_field("preferences", "When asked for.", preferences_schema).optional(),
    object_field("workout_plans", "The first page, when asked for.", workout_plan_list_schema).optional(),
    object_field("nutrition_plans", "The first page, when asked for.", nutrition_plan_list_schema).optional(),
    object_field("progress", "The first page, when asked for.", progress_list_schema).optional(),
  });
constexpr auto user_view_list_fields = fields_of_page(user_view_schema);

constexpr std::array view_parameters{
  string_field("include", "What to show beside the profile: preferences, workout_plans, nutrition_plans, progress, or "
                          "several of them with commas between. Lists begin as they do when they are asked for alone."),
};
constexpr std::array ids_parameters{
  string_field("ids", "Ids of people, at most 100, with commas between.").required().like(example_user),
};
static_assert(people_per_question_max == 100, "the document of ids says so");

constexpr auto user_patch_fields = joined(std::array{full_name}, profile_start, std::array{weight, body_fat},
  profile_aims, profile_lists_to_set, profile_settings);

// --- accounts
// --------------------------------------------------------------------------------------------------------------

constexpr std::size_t token_length_max = 4'096;  // far above what the server makes; bounds what is hashed and compared

constexpr field password_field(std::string_view name, std::string_view doc) {
  return string_field(name, doc).like(R"("correct horse battery staple")");
}
constexpr field new_password_field(std::string_view name) {
  return password_field(name, "8 to 256 characters; refused when it is easy to guess.")
    .as(text_format::password)
    .length(8, 256)
    .required();
}

constexpr std::array register_fields{
  email.required(),
  new_password_field("password"),
  full_name,
  locale,
  timezone,
  string_field("invite", "An invitation, where the server asks for one.").length(1, 200).nullable(),
};
constexpr std::array login_fields{
  email.required(),
  password_field("password", "The password.").length(1, SIZE_MAX).required(),
};
constexpr std::array refresh_fields{
  string_field("refresh_token", "The newest refresh token of the session.")
    .length(1, token_length_max)
    .required()
    .like(R"("gr_kX0dL2vQ7mZt")"),
};
constexpr std::array change_password_fields{
  password_field("current_password", "The password until now.").length(1, SIZE_MAX).required(),
  new_password_field("new_password").like(R"("seven purple kayaks at dawn")"),
};
constexpr std::array auth_fields{
  object_field("user", "Who is logged in.", user_schema),
  string_field("access_token", "JWT for the Authorization header.").like(R"("eyJhbGciOiJFZERTQSJ9.e30.c2ln")"),
  string_field("refresh_token", "Exchanged once for the next pair of tokens.").like(R"("gr_kX0dL2vQ7mZt")"),
  string_field("token_type", "Always Bearer.").like(R"("Bearer")"),
  integer_field("expires_in", "Seconds until the access token expires.").within({0, 1e9}).like("900"),
};

// --- preferences
// -----------------------------------------------------------------------------------------------------------

constexpr std::size_t notification_name_length_max = 64;

constexpr std::array preference_fields{
  string_field("personality", "How the coach thinks.").one_of<personality>().like(R"("prime")"),
  string_field("response_length", "How much an answer says.").one_of<response_length>().like(R"("normal")"),
  strings_field("preferred_agents", "Specialists the person likes to hear from.")
    .one_of<agent>()
    .unique()
    .at_most(names_of<agent>.size())
    .like(R"(["blaze","sage"])"),
  strings_field("training_days", "Days on which the person trains.")
    .one_of<weekday>()
    .unique()
    .at_most(names_of<weekday>.size())
    .like(R"(["mon","wed","fri"])"),
  integer_field("session_minutes", "Length of a training session.").within(session_minutes_range).like("60"),
  integer_field("meals_per_day", "Meals that a day's targets are spread over.").within(meals_per_day_range).like("3"),
  string_field("theme", "Colours of the app.").one_of<colour_theme>().like(R"("system")"),
  flags_field("notifications", "Kinds of notification, on or off.")
    .length(1, notification_name_length_max)
    .shown()
    .at_most(notifications_count_max)
    .like(R"({"meals":true,"training":false})"),
};

constexpr auto all_required(auto fields) {
  for (auto& each : fields)
    each.is_required = true;
  return fields;
}

constexpr auto preferences_put_fields = all_required(preference_fields);
constexpr auto preferences_fields =
  joined(std::array{id_field("id", "The person's id.", example_user)}, preference_fields, times);

}  // namespace

constinit const schema register_schema{.name = "RegisterRequest", .doc = "A new account.", .fields = register_fields};
constinit const schema login_schema{
  .name = "LoginRequest", .doc = "An e-mail address and its password.", .fields = login_fields};
constinit const schema refresh_schema{
  .name = "RefreshRequest", .doc = "A refresh token to exchange.", .fields = refresh_fields};
constinit const schema change_password_schema{
  .name = "ChangePasswordRequest", .doc = "The old password and the new one.", .fields = change_password_fields};
constinit const schema no_members_schema{
  .name = "NoMembers", .doc = "What a call takes that needs no more than its path.", .fields = {}};
constinit const schema user_patch_schema{.name = "UserPatch",
  .doc = "Fields of the profile to change; null clears one where that is allowed.",
  .fields = user_patch_fields,
  .resource = &user_schema};
constinit const schema preferences_put_schema{.name = "PreferencesReplacement",
  .doc = "The whole set of preferences.",
  .fields = preferences_put_fields,
  .resource = &preferences_schema,
  .is_replacement = true};

constinit const schema user_schema{
  .name = "User", .doc = "A person. What is not known is null.", .fields = user_fields, .is_complete = true};
constinit const schema user_view_schema{
  .name = "UserView", .doc = "A person with what else was asked for.", .fields = user_view_fields, .is_complete = true};
constinit const schema user_view_list_schema{.name = "UserViewList",
  .doc = "People with their preferences, by id.",
  .fields = user_view_list_fields,
  .is_complete = true};
constinit const schema auth_schema{
  .name = "Session", .doc = "A login: who, and the tokens.", .fields = auth_fields, .is_complete = true};
constinit const schema preferences_schema{
  .name = "Preferences", .doc = "How a person wants to be coached.", .fields = preferences_fields, .is_complete = true};

constinit const std::span<const field> user_view_parameters = view_parameters;
constinit const std::span<const field> people_parameters = ids_parameters;

}  // namespace genesis::http
