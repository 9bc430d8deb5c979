#include "config/limits.hpp"
#include "http/body_decoder.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

using namespace std::string_literals;
using enum parse_fault;

constexpr std::size_t content_max = 1'000;

struct outcome {
  parse_step step;
  parse_fault fault;
  std::string content;
  std::string rest;

  friend bool operator==(const outcome&, const outcome&) = default;
};

/// Decodes bytes that arrive in pieces of one size.
outcome decode(body_framing framing, std::string_view bytes, std::size_t piece = std::string::npos) {
  body_decoder decoder(framing, content_max);
  outcome seen{};
  std::string_view waiting = bytes.substr(0, 0);
  seen.step = decoder.feed(waiting, seen.content);
  while (seen.step == parse_step::need_more && !bytes.empty()) {
    std::string_view input = bytes.substr(0, piece);
    const std::size_t shown = input.size();
    seen.step = decoder.feed(input, seen.content);
    bytes.remove_prefix(shown - input.size());
    if (seen.step == parse_step::need_more) {
      EXPECT_TRUE(input.empty()) << "a decoder that needs more has taken all";
    }
  }
  seen.fault = decoder.fault();
  if (seen.step == parse_step::complete)
    seen.rest = bytes;
  return seen;
}

outcome decode_chunked(std::string_view bytes) {
  const outcome whole = decode({body_kind::chunked, 0}, bytes);
  EXPECT_EQ(decode({body_kind::chunked, 0}, bytes, 1), whole) << bytes;
  EXPECT_EQ(decode({body_kind::chunked, 0}, bytes, 3), whole) << bytes;
  return whole;
}

TEST(BodyDecoder, IsCompleteAtOnceWithoutABody) {
  EXPECT_EQ(decode({}, "GET /"), (outcome{parse_step::complete, none, "", "GET /"}));
}

TEST(BodyDecoder, TakesTheAnnouncedLengthAndNoMore) {
  const body_framing framing{body_kind::length, 5};
  EXPECT_EQ(decode(framing, "helloGET"), (outcome{parse_step::complete, none, "hello", "GET"}));
  EXPECT_EQ(decode(framing, "helloGET", 1), (outcome{parse_step::complete, none, "hello", "GET"}));
  EXPECT_EQ(decode(framing, "hell"), (outcome{parse_step::need_more, none, "hell", ""}));
}

TEST(BodyDecoder, HoldsTheLimitOfALengthBeforeReading) {
  EXPECT_EQ(decode({body_kind::length, content_max}, std::string(content_max, 'a')).step, parse_step::complete);
  EXPECT_EQ(decode({body_kind::length, content_max + 1}, "").fault, body_too_large);
  EXPECT_EQ(decode({body_kind::length, ~std::uint64_t{0}}, "").fault, body_too_large);
}

TEST(BodyDecoder, TakesNothingAfterItsVerdict) {
  body_decoder decoder({body_kind::length, 1}, content_max);
  std::string content;
  std::string_view input = "ab";
  EXPECT_EQ(decoder.feed(input, content), parse_step::complete);
  EXPECT_EQ(decoder.feed(input, content), parse_step::complete);
  EXPECT_EQ(input, "b");
  body_decoder failing({body_kind::chunked, 0}, content_max);
  input = "xyz";
  EXPECT_EQ(failing.feed(input, content), parse_step::failed);
  EXPECT_EQ(failing.feed(input, content), parse_step::failed);
  EXPECT_EQ(input, "xyz");
  EXPECT_EQ(content, "a");
}

TEST(BodyDecoder, TakesNoMemoryForALengthThatIsOnlyAnnounced) {
  body_decoder decoder({body_kind::length, config::request_body_bytes_max}, config::request_body_bytes_max);
  std::string content;
  std::string_view input = "a";
  EXPECT_EQ(decoder.feed(input, content), parse_step::need_more);
  EXPECT_LE(content.capacity(), 64U * 1024);
}

TEST(Rfc9112, DecodesChunkedBodies) {
  const std::pair<std::string, std::string> bodies[] = {
    {"0\r\n\r\n", ""},
    {"5\r\nhello\r\n0\r\n\r\n", "hello"},
    {"1\r\nh\r\n4\r\nello\r\n0\r\n\r\n", "hello"},
    {"a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789"},
    {"0005\r\nhello\r\n000\r\n\r\n", "hello"},
    {"2\r\n\r\n\r\n0\r\n\r\n", "\r\n"},
    {"3\r\n\0\n\xff\r\n0\r\n\r\n"s, "\0\n\xff"s},
  };
  for (const auto& [bytes, content] : bodies)
    EXPECT_EQ(decode_chunked(bytes + "GET"), (outcome{parse_step::complete, none, content, "GET"})) << bytes;
}

TEST(Rfc9112, NeedsMoreAtEveryPrefixOfAChunkedBody) {
  const std::string bytes = "5;a=\"b\\\"c\" ; d\r\nhello\r\n0\r\nX: y\r\n\r\n";
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_EQ(decode_chunked(std::string_view(bytes).substr(0, size)).step, parse_step::need_more) << size;
  EXPECT_EQ(decode_chunked(bytes).step, parse_step::complete);
}

TEST(Rfc9112, RejectsMalformedChunks) {
  const std::pair<std::string, parse_fault> bodies[] = {
    {"\r\n", bad_chunk_size},
    {"x\r\n", bad_chunk_size},
    {"-1\r\n", bad_chunk_size},
    {"+1\r\n", bad_chunk_size},
    {" 1\r\n", bad_chunk_size},
    {"0x1\r\n", bad_chunk_size},
    {"1_0\r\n", bad_chunk_size},
    {"1,\r\n", bad_chunk_size},
    {"00000000000000001\r\n", bad_chunk_size},
    {"FFFFFFFFFFFFFFFFF\r\n", bad_chunk_size},
    {"\0"s, nul},
    {"1\0"s, nul},
    {"\n", bare_lf},
    {"1\n", bare_lf},
    {"1\rx", bare_cr},
    {"1\r\r\n", bare_cr},
    {"1\r\na\n", bare_lf},
    {"1\r\na\rb", bare_cr},
    {"1\r\nab", bad_chunk_end},
    {"1\r\na0\r\n\r\n", bad_chunk_end},
    {"0\r\n\n", bare_lf},
    {"0\r\n\rx", bare_cr},
  };
  for (const auto& [bytes, fault] : bodies)
    EXPECT_EQ(text_of(decode_chunked(bytes).fault).name, text_of(fault).name) << bytes;
}

TEST(Rfc9112, ReadsOverChunkExtensions) {
  for (const auto* extension : {";a", ";a=b", "; a = b", " ;a", "\t;\ta\t;b", ";a=\"\"", ";a=\"x;\\\"y\"",
         ";a=\"\xc3\xa9\";b=c", ";a;b;c", ";a=b ;c", ";a=\"b\" ;c"})
    EXPECT_EQ(decode_chunked("1"s + extension + "\r\nx\r\n0" + extension + "\r\n\r\n"),
      (outcome{parse_step::complete, none, "x", ""}))
      << extension;
}

TEST(Rfc9112, RejectsMalformedChunkExtensions) {
  const std::pair<std::string, parse_fault> extensions[] = {
    {" \r\n", bad_chunk_extension},
    {" a\r\n", bad_chunk_extension},
    {";\r\n", bad_chunk_extension},
    {";;\r\n", bad_chunk_extension},
    {";=b\r\n", bad_chunk_extension},
    {";a=\r\n", bad_chunk_extension},
    {";a=;b\r\n", bad_chunk_extension},
    {";a b\r\n", bad_chunk_extension},
    {";a=b c\r\n", bad_chunk_extension},
    {";a=\"b\"c\r\n", bad_chunk_extension},
    {";a=\"b\r\n", bad_chunk_extension},
    {";a=\"\\\r\n", bad_chunk_extension},
    {";a \r\n", bad_chunk_extension},
    {";a\n", bare_lf},
    {";a=\"\n", bare_lf},
    {";a=\0"s, nul},
    {";a\rb", bare_cr},
  };
  for (const auto& [text, fault] : extensions)
    EXPECT_EQ(text_of(decode_chunked("1" + text).fault).name, text_of(fault).name) << text;
}

TEST(Rfc9112, ReadsOverTrailers) {
  EXPECT_EQ(decode_chunked("0\r\nX: y\r\nContent-Length: 5\r\nEmpty:\r\n\r\nGET"),
    (outcome{parse_step::complete, none, "", "GET"}));
}

TEST(Rfc9112, RejectsMalformedTrailers) {
  const std::pair<std::string, parse_fault> trailers[] = {
    {" folded\r\n", bad_trailer},
    {"X: y\r\n folded\r\n", bad_trailer},
    {"X : y\r\n", bad_trailer},
    {": y\r\n", bad_trailer},
    {"X\r\n", bad_trailer},
    {"X: \x01\r\n", bad_trailer},
    {"X: \0\r\n"s, nul},
    {"X: y\n", bare_lf},
    {"X: y\rz", bare_cr},
  };
  for (const auto& [text, fault] : trailers)
    EXPECT_EQ(text_of(decode_chunked("0\r\n" + text).fault).name, text_of(fault).name) << text;
}

TEST(BodyLimits, HoldForAllChunksTogether) {
  const std::string half = "1f4\r\n" + std::string(500, 'a') + "\r\n";
  EXPECT_EQ(decode_chunked(half + half + "0\r\n\r\n").content.size(), content_max);
  EXPECT_EQ(decode_chunked(half + half + "1\r\n").fault, body_too_large);
  EXPECT_EQ(decode_chunked("3e9\r").fault, body_too_large) << "refused by its size, before its data";
  EXPECT_EQ(decode_chunked("FFFFFFFFFFFFFFFF\r\n").fault, body_too_large);
  EXPECT_EQ(decode_chunked("1\r\na\r\nFFFFFFFFFFFFFFFF;").fault, body_too_large);
}

TEST(BodyLimits, HoldForAllExtensionsTogether) {
  const auto body = [](std::size_t first, std::size_t second) {
    return "1;" + std::string(first - 1, 'a') + "\r\nx\r\n1;" + std::string(second - 1, 'a') + "\r\nx\r\n0\r\n\r\n";
  };
  constexpr std::size_t half = config::chunk_extension_bytes_max / 2;
  EXPECT_EQ(decode_chunked(body(half, half)).step, parse_step::complete);
  EXPECT_EQ(decode_chunked(body(half, half + 1)).fault, chunk_extension_too_long);
  EXPECT_EQ(
    decode_chunked("1" + std::string(config::chunk_extension_bytes_max + 1, ' ')).fault, chunk_extension_too_long);
}

TEST(BodyLimits, NameTheFirstOneThatWasPassed) {
  const std::string all_extensions = "1;" + std::string(config::chunk_extension_bytes_max - 1, 'a') + "\r\nx\r\n";
  EXPECT_EQ(decode_chunked(all_extensions + "FFFF;").fault, body_too_large);
}

TEST(BodyLimits, HoldForTheTrailers) {
  const auto body = [](std::size_t size) { return "0\r\nX: " + std::string(size - 5, 'a') + "\r\n\r\n"; };
  EXPECT_EQ(decode_chunked(body(config::trailer_bytes_max)).step, parse_step::complete);
  EXPECT_EQ(decode_chunked(body(config::trailer_bytes_max + 1)).fault, trailers_too_large);
  std::string many = "0\r\n";
  while (many.size() < config::trailer_bytes_max + 10)
    many += "X: y\r\n";
  EXPECT_EQ(decode_chunked(many).fault, trailers_too_large);
}

}  // namespace
}  // namespace genesis::http
