#pragma once

#include "domain/agent.hpp"
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

}  // namespace genesis::http::parts
