#pragma once

#include "domain/agent.hpp"
#include "domain/page.hpp"
#include "http/schema.hpp"

/// Fields that several objects have, and the ids that the examples share: the example of one answer is what the example
/// of the next request refers to.
namespace genesis::http::parts {

inline constexpr std::string_view example_user = R"("0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01")";
inline constexpr std::string_view example_conversation = R"("0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02")";
inline constexpr std::string_view example_question = R"("0198c5a2-9a11-7d2c-b163-4f80ad7c3e03")";
inline constexpr std::string_view example_answer = R"("0198c5a2-9a12-7e3d-a274-5091be8d4f04")";
inline constexpr std::string_view example_run = R"("0198c5a2-9a13-7a4e-9385-61a2cf9e5005")";
inline constexpr std::string_view example_record = R"("0198c5a2-a5f0-7b5f-8496-72b3d0af6106")";
inline constexpr std::string_view example_api_key = R"("0198c5a2-b2c4-7d10-a7b6-93c4e1b07207")";
inline constexpr std::string_view example_session = R"("0198c5a2-7b20-7e81-b0d9-a4d5f2c18308")";
inline constexpr std::string_view example_workout_plan = R"("0198c5a2-c1d2-7a35-8c71-b4d5f0e29409")";
inline constexpr std::string_view example_nutrition_plan = R"("0198c5a2-c3e4-7b46-9d82-c5e6a1f3a50a")";
inline constexpr std::string_view example_nutrition_log = R"("0198c5a2-c5f6-7c57-ae93-d6f7b204b60b")";
inline constexpr std::string_view example_time = R"("2026-03-01T07:30:00.000Z")";

constexpr field id_field(std::string_view name, std::string_view doc, std::string_view example) {
  return string_field(name, doc).as(text_format::uuid).like(example);
}
constexpr field time_field(std::string_view name, std::string_view doc) {
  return string_field(name, doc).as(text_format::date_time).like(example_time);
}
constexpr field agent_field(std::string_view name, std::string_view doc) {
  return string_field(name, doc).one_of<agent>();
}

inline constexpr field created_at = time_field("created_at", "When it was made.");
inline constexpr field updated_at = time_field("updated_at", "When it was last changed.");
inline constexpr field revision =
  integer_field("revision", "Rises by 1 with every change.").within({1, 9e15}).like("1");

/// Small arrays of fields joined into one.
template <std::size_t... Sizes>
constexpr auto joined(const std::array<field, Sizes>&... groups) {
  std::array<field, (Sizes + ...)> all{};
  std::size_t at = 0;
  const auto append = [&](const auto& group) {
    for (const auto& each : group)
      all[at++] = each;
  };
  (append(groups), ...);
  return all;
}

/// The three fields that end most objects.
inline constexpr std::array times{created_at, updated_at, revision};

// --- lists
// -----------------------------------------------------------------------------------------------------------------

constexpr field choice(std::string_view name, std::string_view doc, std::span<const std::string_view> names) {
  field made = string_field(name, doc);
  made.allowed = names;
  return made;
}

inline constexpr std::array<std::string_view, 2> order_names{"desc", "asc"};

/// What every list takes.
inline constexpr std::array list_parameters{
  integer_field("limit", "Items of a page, at most.").within({1, page_limit_max}).defaults_to("20"),
  string_field("after", "Cursor: next_cursor of the page before."),
  choice("order", "desc gives the newest first.", order_names).defaults_to(R"("desc")"),
};

/// The answer of a list.
constexpr std::array<field, 3> fields_of_page(const schema& item) {
  return {
    objects_field("data", "The items, in the order asked for.", item),
    boolean_field("has_more", "There are items behind the last one.").like("false"),
    string_field("next_cursor", "What to ask for as after; null on the last page.").nullable().like("null"),
  };
}

}  // namespace genesis::http::parts
