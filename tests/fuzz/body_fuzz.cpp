#include "http/bodies.hpp"
#include "http/json_reader.hpp"
#include "http/schema.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <array>

namespace genesis::fuzz {

namespace {

/// A refusal can be sent: a status of the 4xx, and a body that our own strict reader takes.
void check_refusal(const http::problem& refusal) {
  require(refusal.status() >= 400 && refusal.status() < 500, "a body is refused with a 4xx");
  require(refusal.errors.size() <= http::field_errors_max, "the faults that are named are bounded");
  require(refusal.code != http::problem_code::validation_error || !refusal.errors.empty(), "a 422 names a field");
  http::json_reader reader;
  require(reader.read_object(http::problem_body(refusal, "fuzz")).has_value(), "a refusal's body is sound JSON");
}

template <class Read>
void check(Read read, std::string_view body, timestamp now) {
  if (const auto value = read(body, now); !value)
    check_refusal(value.error());
}

void check_message(std::string_view body, timestamp now) {
  const auto message = http::read_new_message(body, now);
  if (!message)
    return check_refusal(message.error());
  http::json_reader reader;
  require(reader.read_object(message->metadata_json).has_value(), "metadata is kept as sound JSON");
  require(message->content.find('\0') == std::string::npos, "no NUL is stored");
}

/// Days or meals that are kept are sound JSON: they go out again as they are.
void check_parts(const std::string& array) {
  http::json_reader reader;
  require(reader.read_object("{\"parts\":" + array + '}').has_value(), "parts of a plan are kept as sound JSON");
  require(array.size() <= plan_parts_bytes_max, "parts of a plan are bounded");
}

void check_workout_plan(std::string_view body, timestamp now) {
  const auto read = http::read_new_workout_plan(body, now);
  if (!read)
    return check_refusal(read.error());
  check_parts(read->days_json);
}

void check_nutrition_plan(std::string_view body, timestamp now) {
  const auto read = http::read_new_nutrition_plan(body, now);
  if (!read)
    return check_refusal(read.error());
  check_parts(read->meals_json);
}

}  // namespace

/// JSON bodies: the first byte chooses the route's reader, the rest is the body.
void fuzz(std::string_view input) {
  const auto now = parse_rfc3339("2026-01-02T03:04:05.678Z").value();
  switch (take_choice(input, 18)) {
  case 0: return check(http::read_register, input, now);
  case 1: return check(http::read_login, input, now);
  case 2: return check(http::read_refresh, input, now);
  case 3: return check(http::read_change_password, input, now);
  case 4: return check(http::read_user_patch, input, now);
  case 5: return check(http::read_preferences, input, now);
  case 6: return check(http::read_new_conversation, input, now);
  case 7: return check(http::read_conversation_patch, input, now);
  case 8: return check_message(input, now);
  case 9: return check(http::read_new_progress, input, now);
  case 10: return check(http::read_progress_patch, input, now);
  case 11: return check(http::read_chat, input, now);
  case 12: return check_workout_plan(input, now);
  case 13: return check(http::read_workout_plan_patch, input, now);
  case 14: return check_nutrition_plan(input, now);
  case 15: return check(http::read_nutrition_plan_patch, input, now);
  case 16: return check(http::read_new_nutrition_log, input, now);
  default: return check(http::read_nutrition_log_patch, input, now);
  }
}

}  // namespace genesis::fuzz
