#include "domain/user.hpp"
#include "http/json_reader.hpp"
#include "http/schema.hpp"

#include <gmock/gmock.h>

namespace genesis::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const timestamp now = *parse_rfc3339("2026-03-01T12:00:00Z");

/// Faults of an object with these fields.
template <std::size_t Size>
field_errors faults(
  const std::array<field, Size>& fields, std::string_view text, schema what = {.name = {}, .doc = {}, .fields = {}}) {
  what.fields = fields;
  json_reader reader;
  const auto object = reader.read_object(text);
  EXPECT_TRUE(object) << text;
  return object ? validate(what, **object, text, now) : field_errors{};
}

/// The rule that a value of one field breaks; empty when it is fine.
std::string rule(const field& what, std::string_view json) {
  const auto all = faults(std::array{what}, "{\"" + std::string{what.name} + "\":" + std::string{json} + "}");
  EXPECT_LE(all.size(), 1u);
  return all.empty() ? "" : all.front().rule;
}

std::string quoted(std::size_t length, std::string_view character = "x") {
  std::string text = "\"";
  for (std::size_t i = 0; i < length; ++i)
    text += character;
  return text + '"';
}

TEST(Schema, NamesAllFaultsAtOnce) {
  const std::array fields{
    string_field("name", "").length(1, 3).required(),
    number_field("height_cm", "").within(height_cm_range),
    string_field("sex", "").one_of<sex>(),
    strings_field("allergies", "").length(1, 5).at_most(2),
    string_field("day", "").as(text_format::date),
  };
  EXPECT_THAT(faults(fields, R"({"height_cm":300,"sex":"robot","allergies":["ok",7],"day":"1.3.2026","colour":1})"),
    UnorderedElementsAre(field_error{"name", "required", "is required"},
      field_error{"height_cm", "range", "must be between 50 and 272"},
      field_error{"sex", "enum", "must be one of male, female, unspecified"},
      field_error{"allergies[1]", "type", "must be a string"},
      field_error{"day", "format", "must be a date like 2026-03-01"},
      field_error{"colour", "unknown", "is not a field of this object"}));
}

TEST(Schema, ChecksTypes) {
  EXPECT_EQ(rule(string_field("a", ""), "1"), "type");
  EXPECT_EQ(rule(number_field("a", ""), "\"1\""), "type");
  EXPECT_EQ(rule(boolean_field("a", ""), "0"), "type");
  EXPECT_EQ(rule(strings_field("a", ""), "{}"), "type");
  EXPECT_EQ(rule(any_object_field("a", ""), "[]"), "type");
  EXPECT_EQ(rule(flags_field("a", ""), R"({"x":1})"), "type");
  EXPECT_EQ(rule(flags_field("a", ""), R"({"x":true,"y":false})"), "");
  EXPECT_EQ(rule(any_object_field("a", ""), R"({"x":[1,{"y":null}]})"), "");
}

TEST(Schema, RefusesTextsThatShowNothingWhereTheyAreShown) {
  const auto title = string_field("a", "").length(1, 20).shown();
  EXPECT_EQ(rule(title, R"(" \t\u00A0\u200B")"), "blank");
  EXPECT_EQ(rule(title, R"(" x ")"), "");
  EXPECT_EQ(rule(title, R"("")"), "length") << "one fault is enough";
  EXPECT_EQ(rule(strings_field("a", "").shown(), R"(["x"," "])"), "blank");
  EXPECT_EQ(rule(flags_field("a", "").shown(), R"({" ":true})"), "blank");
  EXPECT_EQ(rule(string_field("a", "").length(1, 20), R"(" ")"), "") << "a password, for instance";
}

TEST(Schema, TakesNullOnlyWhereItIsAllowed) {
  EXPECT_EQ(rule(string_field("a", ""), "null"), "type");
  EXPECT_EQ(rule(string_field("a", "").nullable(), "null"), "");
  EXPECT_EQ(rule(strings_field("a", "").nullable(), "[null]"), "type");
}

TEST(Schema, TakesWholeNumbersHoweverTheyAreSpelt) {
  for (const char* text : {"1", "1.0", "10e-1", "9007199254740992"})
    EXPECT_EQ(rule(integer_field("a", ""), text), "") << text;
  for (const char* text : {"1.5", "1e300", "18446744073709551615"})
    EXPECT_EQ(rule(integer_field("a", ""), text), "type") << text;
}

TEST(Schema, TakesTheBoundsOfARangeAndNothingBeyond) {
  const auto height = number_field("a", "").within(height_cm_range);
  EXPECT_EQ(rule(height, "50"), "");
  EXPECT_EQ(rule(height, "272"), "");
  EXPECT_EQ(rule(height, "49.999"), "range");
  EXPECT_EQ(rule(height, "272.001"), "range");
}

TEST(Schema, MeasuresTextInCodePoints) {
  const auto text = string_field("a", "").length(1, 3);
  EXPECT_EQ(rule(text, quoted(3, "\U0001F600")), "");
  EXPECT_EQ(rule(text, quoted(4)), "length");
  EXPECT_EQ(rule(text, "\"\""), "length");
}

TEST(Schema, RefusesNulWhereverItIs) {
  EXPECT_EQ(rule(string_field("a", ""), R"("x\u0000")"), "nul");
  EXPECT_EQ(rule(strings_field("a", ""), R"(["\u0000"])"), "nul");
  EXPECT_EQ(rule(flags_field("a", ""), R"({"\u0000":true})"), "nul");
  EXPECT_EQ(rule(any_object_field("a", ""), R"({"b":[{"c":"\u0000"}]})"), "nul");
  EXPECT_EQ(rule(any_object_field("a", ""), R"({"b":{"\u0000":1}})"), "nul");
}

TEST(Schema, CountsItems) {
  const auto list = strings_field("a", "").at_most(2);
  EXPECT_EQ(rule(list, R"(["x","y"])"), "");
  EXPECT_EQ(rule(list, R"(["x","y","z"])"), "max_items");
  const auto flags = flags_field("a", "").at_most(1);
  EXPECT_EQ(rule(flags, R"({"x":true})"), "");
  EXPECT_EQ(rule(flags, R"({"x":true,"y":true})"), "max_items");
}

TEST(Schema, RefusesRepetitionsWhereItemsAreUnique) {
  const auto list = strings_field("a", "").unique();
  EXPECT_EQ(rule(list, R"(["x","y"])"), "");
  EXPECT_EQ(rule(list, R"(["x","x"])"), "unique");
}

TEST(Schema, MeasuresObjectsInBytesAsSent) {
  const auto any = any_object_field("a", "").length(0, 10);
  EXPECT_EQ(rule(any, R"({"bcd":12})"), "");
  EXPECT_EQ(rule(any, R"({"bcd": 12})"), "length");
}

TEST(Schema, ChecksFormats) {
  const auto check = [](text_format format, std::string_view value) {
    return rule(string_field("a", "").as(format), '"' + std::string{value} + '"');
  };
  EXPECT_EQ(check(text_format::email, "Ana@Example.com"), "");
  EXPECT_EQ(check(text_format::email, "Ana <ana@example.com>"), "format");
  EXPECT_EQ(check(text_format::uuid, "0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01"), "");
  EXPECT_EQ(check(text_format::uuid, "0198c5a27b1e7c3a9f412d6e8b5a1c01"), "format");
  EXPECT_EQ(check(text_format::date_time, "2026-03-01T07:30:00+01:00"), "");
  EXPECT_EQ(check(text_format::date_time, "2026-03-01 07:30"), "format");
  EXPECT_EQ(check(text_format::timezone, "Europe/Madrid"), "");
  EXPECT_EQ(check(text_format::timezone, "../passwd"), "format");
  EXPECT_EQ(check(text_format::locale, "es-MX"), "");
  EXPECT_EQ(check(text_format::locale, "de"), "format");
  EXPECT_EQ(check(text_format::password, "12345678"), "");
  EXPECT_EQ(check(text_format::password, "1234567"), "length");
}

TEST(Schema, TakesBirthdaysFrom1900ToThirteenYearsAgo) {
  const auto check = [](std::string_view day) {
    return rule(string_field("a", "").as(text_format::birth_date), '"' + std::string{day} + '"');
  };
  EXPECT_EQ(check("1900-01-01"), "");
  EXPECT_EQ(check("1899-12-31"), "range");
  EXPECT_EQ(check("2013-03-01"), "");
  EXPECT_EQ(check("2013-03-02"), "range");
  EXPECT_EQ(check("1990-02-30"), "format");
}

TEST(Schema, TakesTimesFrom1900UpToADayAhead) {
  const auto check = [](std::string_view at) {
    return rule(string_field("a", "").as(text_format::recent_time), '"' + std::string{at} + '"');
  };
  EXPECT_EQ(check("2026-03-02T12:00:00.000Z"), "");
  EXPECT_EQ(check("2026-03-02T12:00:00.001Z"), "range");
  EXPECT_EQ(check("1900-01-01T00:00:00.000Z"), "");
  EXPECT_EQ(check("1900-01-01T00:00:00+00:01"), "range");
  EXPECT_EQ(check("0001-01-01T00:00:00.000Z"), "range");
  EXPECT_EQ(check("2026-03-01T10:00:60Z"), "format");
}

TEST(Schema, RequiresOfACompleteObjectAllButItsOptionalFields) {
  static const std::array fields{string_field("a", ""), string_field("b", "").optional()};
  const schema what{.name = "X", .doc = "", .fields = fields, .is_complete = true};
  EXPECT_TRUE(what.requires_field(fields[0]));
  EXPECT_FALSE(what.requires_field(fields[1]));
}

TEST(Schema, TakesDaysUpToTomorrow) {
  const auto check = [](std::string_view day) {
    return rule(string_field("a", "").as(text_format::recent_date), '"' + std::string{day} + '"');
  };
  EXPECT_EQ(check("2026-03-03"), "") << "in Kiribati it is the second already";
  EXPECT_EQ(check("2026-03-04"), "range");
  EXPECT_EQ(check("1900-01-01"), "");
  EXPECT_EQ(check("1899-12-31"), "range");
  EXPECT_EQ(check("2026-02-30"), "format");
}

TEST(Schema, TellsReadOnlyFieldsFromUnknownOnes) {
  static const std::array resource_fields{
    string_field("id", ""), string_field("name", ""), integer_field("revision", "")};
  static const schema resource{.name = {}, .doc = {}, .fields = resource_fields};
  const std::array fields{string_field("name", "")};
  schema patch{.name = {}, .doc = {}, .fields = {}, .resource = &resource};
  EXPECT_THAT(faults(fields, R"({"id":"x","foo":1})", patch),
    UnorderedElementsAre(field_error{"id", "read_only", "cannot be set here"},
      field_error{"foo", "unknown", "is not a field of this object"}));
  patch.is_replacement = true;
  EXPECT_THAT(faults(fields, R"({"id":"x","revision":7})", patch), IsEmpty());
  EXPECT_THAT(faults(fields, R"({"revision":"7"})", patch),
    ElementsAre(field_error{"revision", "type", "must be a whole number"}));
}

TEST(Schema, WantsEveryFieldOfAnAnswer) {
  const std::array fields{string_field("a", ""), string_field("b", "").nullable()};
  schema answer{.name = {}, .doc = {}, .fields = {}};
  answer.is_complete = true;
  EXPECT_THAT(faults(fields, R"({"a":"x"})", answer), ElementsAre(field_error{"b", "required", "is required"}));
}

TEST(Schema, ShowsNamesThatClientsMadeUpAtMostInPart) {
  std::string name(99, 'n');
  name += "\u00e9\u00e9";
  const auto all = faults(std::array{string_field("a", "")}, "{\"" + name + "\":1}");
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all.front().field, std::string(99, 'n'));
}

TEST(Schema, NamesABoundedNumberOfFaults) {
  std::string text = "{";
  for (std::size_t i = 0; i <= field_errors_max; ++i)
    text += (i == 0 ? "\"n" : ",\"n") + std::to_string(i) + "\":1";
  EXPECT_EQ(faults(std::array{string_field("a", "")}, text + "}").size(), field_errors_max);
}

TEST(Schema, ChecksParametersOfQueries) {
  const auto limit = integer_field("limit", "").within({1, 100});
  EXPECT_EQ(validate_parameter(limit, "1", now), std::nullopt);
  EXPECT_EQ(validate_parameter(limit, "100", now), std::nullopt);
  for (const char* bad : {"0", "101"})
    EXPECT_EQ(validate_parameter(limit, bad, now)->rule, "range") << bad;
  for (const char* bad : {"", "x", "1x", " 1", "+1", "-1", "01", "1.0", "1e1", "1.5", "0x10", "inf", "nan"})
    EXPECT_EQ(validate_parameter(limit, bad, now)->rule, "type") << bad;
  EXPECT_EQ(validate_parameter(string_field("sex", "").one_of<sex>(), "male", now), std::nullopt);
  EXPECT_EQ(validate_parameter(string_field("sex", "").one_of<sex>(), "Male", now)->rule, "enum");
  EXPECT_EQ(validate_parameter(boolean_field("flag", ""), "true", now), std::nullopt);
  EXPECT_EQ(validate_parameter(boolean_field("flag", ""), "1", now)->rule, "type");
}

}  // namespace
}  // namespace genesis::http
