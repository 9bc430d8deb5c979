#include "config/limits.hpp"
#include "http/field_values.hpp"

#include <gtest/gtest.h>

#include <array>

namespace genesis::http {
namespace {

using namespace std::string_literals;

TEST(FieldValues, FindTokensOfAList) {
  EXPECT_TRUE(list_contains("close", "close"));
  EXPECT_TRUE(list_contains("Upgrade,\tCLOSE ,x", "close"));
  EXPECT_TRUE(list_contains(",, close", "close"));
  EXPECT_FALSE(list_contains("", "close"));
  EXPECT_FALSE(list_contains("closed, not-close", "close"));
  EXPECT_FALSE(list_contains("\"a, close\"", "close"));
}

TEST(Rfc9110, ReadsMediaTypes) {
  const auto type = parse_media_type("Application/JSON ; Charset=\"utf-8\"; v=\"a;\\\"b\"");
  ASSERT_TRUE(type);
  EXPECT_EQ(type->name, "application/json");
  EXPECT_FALSE(parse_media_type("application/json; charset=utf-8; Charset=latin1")) << "which one?";
  EXPECT_EQ(type->parameter("charset"), "utf-8");
  EXPECT_EQ(type->parameter("v"), "a;\"b");
  EXPECT_EQ(type->parameter("q"), std::nullopt);
  EXPECT_EQ(parse_media_type("application/problem+json;")->name, "application/problem+json");
}

TEST(Rfc9110, RejectsMalformedMediaTypes) {
  for (const auto* text : {"", "json", "/", "application/", "/json", "application/json/x", "a b/c",
         "application/json, text/html", "*/*", "text/*", "a/b; c", "a/b; =c", "a/b; c=", "a/b; c=\"", "a/b; c=\"d",
         "a/b; c=\"d\"e\"", "a/b; c=d e", "a/b; c=\"\\\""})
    EXPECT_FALSE(parse_media_type(text)) << text;
}

constexpr std::array<std::string_view, 2> formats{"text/event-stream", "application/x-ndjson"};

TEST(Rfc9110, MatchesAcceptByWeightAndSpecificity) {
  const std::pair<std::string, std::optional<std::size_t>> cases[] = {
    {"", 0},
    {"*/*", 0},
    {"text/event-stream", 0},
    {"application/x-ndjson", 1},
    {"APPLICATION/X-NDJSON", 1},
    {"application/*", 1},
    {"text/event-stream, application/x-ndjson", 0},
    {"text/event-stream;q=0.5, application/x-ndjson", 1},
    {"text/event-stream;q=0.5, application/x-ndjson;q=0.501", 1},
    {"text/*;q=0.9, */*;q=0.1", 0},
    {"*/*, text/event-stream;q=0.1", 1},
    {"*/*, text/event-stream;q=0", 1},
    {"text/event-stream;q=0.1, text/*, */*;q=0.5", 1},
    {"*/*;q=0.1, text/*;q=0.2, application/*;q=0.3, text/event-stream;q=0.4", 0},
    {"application/x-ndjson;version=1;q=0.8, text/event-stream;Q=0.7", 1},
    {"application/x-ndjson;note=\"a,b;q=0\"", 1},
    {"application/json", std::nullopt},
    {"*/*;q=0", std::nullopt},
    {"text/*;q=0, application/json", std::nullopt},
    {"application/x-ndjson;q=0", std::nullopt},
    {"text/plain, */*;q=0.000", std::nullopt},
  };
  for (const auto& [accept, expected] : cases)
    EXPECT_EQ(best_match(accept, formats), expected) << accept;
}

TEST(Rfc9110, SkipsMalformedMembersOfAccept) {
  for (const auto* accept : {"garbage", "*/json", "text/html;q=2", "text/html;q=0.1234", "text/html;q=x",
         "text/html;q=", "text/html;q=1.001", "text/html;x", ";", ",,"})
    EXPECT_EQ(best_match(accept, formats), 0U) << accept << ": nothing sound is no preference";
  EXPECT_EQ(best_match("text/event-stream;q=7, application/x-ndjson;q=0.1", formats), 1U);
  EXPECT_EQ(best_match("text/event-stream;q=1.000", formats), 0U);
  constexpr std::array<std::string_view, 1> json{"application/json"};
  for (const auto* accept : {"application/json;v=1;q=0, application/json", "application/json;v=1;q=0, */*",
         "application/json;charset=utf-8", "application/json; charset=\"UTF-8\"", "application/json;v=1",
         "application/json;v=1;q=0.1, application/json;q=0.9"})
    EXPECT_EQ(best_match(accept, json), 0U) << accept;
  for (const auto* accept : {"application/json;charset=utf-8;q=0", "application/json;q=0, application/json;v=1, */*"})
    EXPECT_EQ(best_match(accept, json), std::nullopt) << accept;
}

TEST(Rfc9110, MatchesNothingWhenNothingIsOffered) {
  EXPECT_EQ(best_match("*/*", {}), std::nullopt);
  EXPECT_EQ(best_match("", {}), std::nullopt);
}

TEST(Rfc9110, KnowsAcceptedCodings) {
  for (const auto* value :
    {"gzip", "GZIP", "x-gzip", "br, gzip", "gzip;q=0.1", "*", "identity;q=0, *;q=0.5", "*;q=0, gzip"})
    EXPECT_TRUE(accepts_coding(value, "gzip")) << value;
  for (const auto* value : {"", "br", "gzip;q=0", "*, gzip;q=0", "gzip;q=0.000, *", "*;q=0", "gzip;q=9", "xgzip"})
    EXPECT_FALSE(accepts_coding(value, "gzip")) << value;
}

TEST(Rfc9110, PrefersACodingThatIsNotLikedLessThanNone) {
  for (const auto* value : {"gzip", "gzip;q=0.1", "*", "gzip, identity", "identity;q=0.5, gzip", "gzip;q=0.8, *;q=0.1",
         "identity;q=0, *;q=0.5", "gzip;q=0.5, identity;q=0.5"})
    EXPECT_TRUE(prefers_coding(value, "gzip")) << value;
  for (const auto* value : {"", "br", "identity", "gzip;q=0.5, identity", "identity;q=0.9, gzip;q=0.89", "gzip;q=0, *",
         "*;q=0", "gzip;q=0.5, *"})
    EXPECT_FALSE(prefers_coding(value, "gzip")) << value;
}

TEST(FieldValues, SeeWhetherAListNamesOnlyOneToken) {
  for (const auto* value : {"", "identity", "Identity", "identity, identity", " , identity"})
    EXPECT_TRUE(names_only(value, "identity")) << value;
  for (const auto* value : {"gzip", "identity, gzip", "gzip, identity", "identity;q=1"})
    EXPECT_FALSE(names_only(value, "identity")) << value;
}

TEST(Rfc9110, ReadsIfMatch) {
  EXPECT_TRUE(parse_if_match("*")->any);
  const auto one = parse_if_match("\"a\"");
  ASSERT_TRUE(one);
  EXPECT_FALSE(one->any);
  EXPECT_EQ(one->tags, std::vector{"\"a\""s});
  EXPECT_EQ(parse_if_match("\"a\", \"b,c\" ,, \"\"")->tags, (std::vector{"\"a\""s, "\"b,c\""s, "\"\""s}));
  EXPECT_EQ(parse_if_match(" , \"a\",")->tags, std::vector{"\"a\""s});
}

TEST(Rfc9110, MatchesARevisionInAnyCoding) {
  EXPECT_EQ(parse_if_match(gzip_entity_tag("\"o1.7\""))->tags, std::vector{"\"o1.7\""s});
  EXPECT_EQ(gzip_entity_tag("\"o1.7\""), "\"o1.7-gzip\"");
  EXPECT_EQ(parse_if_match("\"-gzip\"")->tags, std::vector{"\"\""s});
  EXPECT_EQ(parse_if_match("\"gzip\"")->tags, std::vector{"\"gzip\""s});
  EXPECT_EQ(parse_if_match("\"a-gzip-gzip\"")->tags, std::vector{"\"a-gzip\""s});
}

TEST(Rfc9110, NeverMatchesWeakTagsInIfMatch) {
  const auto weak = parse_if_match("W/\"a\"");
  ASSERT_TRUE(weak);
  EXPECT_FALSE(weak->holds_for("\"a\""));
  EXPECT_EQ(parse_if_match("W/\"a\", \"b\"")->tags, std::vector{"\"b\""s});
}

TEST(Rfc9110, RejectsMalformedIfMatch) {
  for (const auto* text : {"", ",", "a", "\"a", "a\"", "\"", "w/\"a\"", "W/a", "\"a\" \"b\"", "\"a\"b", "*, \"a\"",
         "\"a\", *", "\"a b\"", "\"a\tb\"", "\"a\", b"})
    EXPECT_FALSE(parse_if_match(text)) << text;
}

TEST(Rfc9110, ReadsIfNoneMatchOfAChange) {
  const auto read = parse_if_none_match("\"a\", W/\"b-gzip\"");
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->holds_for("\"a\""));
  EXPECT_FALSE(read->holds_for("\"b\""));
  EXPECT_TRUE(read->holds_for("\"c\""));
  EXPECT_FALSE(parse_if_none_match("*")->holds_for("\"c\""));
  EXPECT_FALSE(parse_if_none_match("a"));
  EXPECT_TRUE(is_tag_list(" * "));
  EXPECT_TRUE(is_tag_list(", \"a\" , W/\"b\""));
  for (const auto* bad : {"", ",", "a", "\"a\" \"b\"", "*, \"a\""})
    EXPECT_FALSE(is_tag_list(bad)) << bad;
}

TEST(Rfc9110, ComparesIfNoneMatchWeakly) {
  for (const auto* value : {"\"a\"", "W/\"a\"", "*", "\"b\", \"a\"", ",\"b\",,W/\"a\" , \"c\"", "\"x,y\", \"a\""})
    EXPECT_TRUE(names_tag(value, "\"a\"")) << value;
  for (const auto* value :
    {"", "\"b\"", "\"A\"", "\"a-gzip\"", "a", "\"aa\"", "garbage, \"a\"", "\"a\"x", "\"b\" \"a\"", ",", "\"b,\"a\""})
    EXPECT_FALSE(names_tag(value, "\"a\"")) << value;
  EXPECT_TRUE(names_tag("\"a\"", "W/\"a\""));
}

TEST(Rfc6750, TakesTheBearerToken) {
  EXPECT_EQ(bearer_token("Bearer abc.DEF-0_9~+/=="), "abc.DEF-0_9~+/==");
  EXPECT_EQ(bearer_token("bearer abc"), "abc");
  EXPECT_EQ(bearer_token("BEARER   abc"), "abc");
  const std::string longest(config::access_token_bytes_max, 'a');
  EXPECT_EQ(bearer_token("Bearer " + longest), longest);
  EXPECT_EQ(bearer_token("Bearer " + longest + "a"), std::nullopt);
}

TEST(Rfc6750, TakesNothingFromOtherCredentials) {
  for (const auto* value : {"", "Bearer", "Bearer ", "Bearer\tabc", "Bearerabc", "Basic YTpi", "Bearer a b",
         "Bearer a,b", "Bearer ==", "Bearer a=b", "Bearer \"abc\"", "Bearer a\xc3\xa9"})
    EXPECT_EQ(bearer_token(value), std::nullopt) << value;
}

TEST(Rfc6750, TellsATokenThatCannotBeFromNone) {
  for (const auto& value : {std::string{"Bearer a b"}, std::string{"bearer =="}, "Bearer " + std::string(9'000, 'a')})
    EXPECT_TRUE(names_bearer(value)) << value;
  for (const auto* value : {"", "Bearer", "Bearer ", "Bearerabc", "Basic YTpi"})
    EXPECT_FALSE(names_bearer(value)) << value;
}

TEST(IdempotencyKey, IsTheSameQuotedAndBare) {
  EXPECT_EQ(parse_idempotency_key("8e03978e-40d5-43dd-bc93-6894a57f9324"), "8e03978e-40d5-43dd-bc93-6894a57f9324");
  EXPECT_EQ(parse_idempotency_key("\"8e03978e\""), "8e03978e");
  EXPECT_EQ(parse_idempotency_key("\"a\\\"b\\\\c\""), "a\"b\\c");
  EXPECT_EQ(parse_idempotency_key("a\"b"), "a\"b");
  EXPECT_EQ(parse_idempotency_key(" \ta\t "), "a");
}

TEST(IdempotencyKey, HasOneToTwoHundredAndFiftyFiveVisibleCharacters) {
  const std::string longest(config::idempotency_key_length_max, 'k');
  EXPECT_EQ(parse_idempotency_key(longest), longest);
  EXPECT_EQ(parse_idempotency_key("\"" + longest + "\""), longest);
  EXPECT_EQ(parse_idempotency_key(longest + "k"), std::nullopt);
  EXPECT_EQ(parse_idempotency_key("\"" + longest + "k\""), std::nullopt);
  for (const auto* text :
    {"", " ", "\"\"", "\"", "\"a", "a b", "\"a b\"", "\"a\"b\"", "\"a\";p=1", "\"a\\", "\"a\\\"", "k\xc3\xa9", "a\tb"})
    EXPECT_EQ(parse_idempotency_key(text), std::nullopt) << text;
}

TEST(Preference, HasAValueOrNone) {
  EXPECT_EQ(preference("return=minimal", "return"), "minimal");
  EXPECT_EQ(preference("respond-async, wait = \"1\\0\" ; x=y", "WAIT"), "10");
  EXPECT_EQ(preference("respond-async", "respond-async"), "");
  EXPECT_EQ(preference("return=representation, return=minimal", "return"), "representation");
  EXPECT_EQ(preference("x=\"a, return=minimal\"", "return"), std::nullopt);
  EXPECT_EQ(preference("", "return"), std::nullopt);
}

TEST(RequestId, IsShortAndPlain) {
  EXPECT_TRUE(is_request_id("aZ09._-"));
  EXPECT_TRUE(is_request_id(std::string(128, 'a')));
  EXPECT_FALSE(is_request_id(std::string(129, 'a')));
  for (const auto* text : {"", "a b", "a/b", "a:b", "a,b", "\xc3\xa9", "a\n", "{}"})
    EXPECT_FALSE(is_request_id(text)) << text;
}

TEST(TraceContext, ReadsTraceparent) {
  const auto parent = parse_trace_parent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  ASSERT_TRUE(parent);
  EXPECT_EQ(parent->trace_id, "0af7651916cd43dd8448eb211c80319c");
  EXPECT_EQ(parent->parent_id, "b7ad6b7169203331");
  EXPECT_TRUE(parent->is_sampled);
  EXPECT_FALSE(parse_trace_parent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-02")->is_sampled);
  EXPECT_TRUE(parse_trace_parent("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what"));
  EXPECT_TRUE(parse_trace_parent("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
}

TEST(TraceContext, RejectsMalformedTraceparent) {
  for (const auto* text : {"", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
         "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
         "00-00000000000000000000000000000000-b7ad6b7169203331-01",
         "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
         "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
         "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
         "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
         "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x",
         "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x",
         "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
         "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
         "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331_01",
         "0x-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
         "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g"})
    EXPECT_FALSE(parse_trace_parent(text)) << text;
}

TEST(WholeNumber, IsDigitsWithoutLeadingZeros) {
  EXPECT_EQ(parse_whole_number("0"), 0);
  EXPECT_EQ(parse_whole_number("42"), 42);
  EXPECT_EQ(parse_whole_number("9223372036854775807"), 9'223'372'036'854'775'807);
  for (const auto* text :
    {"", "-1", "-0", "+1", " 1", "1 ", "1.0", "0x1", "a", "00", "01", "1e2", "9223372036854775808"})
    EXPECT_EQ(parse_whole_number(text), std::nullopt) << text;
}

}  // namespace
}  // namespace genesis::http
