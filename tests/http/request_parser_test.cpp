#include "config/limits.hpp"
#include "domain/ensure.hpp"
#include "http/request_parser.hpp"
#include "tests/http/transcript.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

using namespace std::string_literals;
using enum parse_fault;

/// The head of one request, which must be complete.
request_head parse(std::string_view bytes) {
  request_parser parser;
  EXPECT_EQ(parser.feed(bytes), parse_step::complete) << bytes;
  EXPECT_EQ(parser.fault(), none) << bytes;
  return parser.take_head();
}

parse_fault fault_of(std::string_view bytes) {
  request_parser parser;
  EXPECT_EQ(parser.feed(bytes), parse_step::failed) << bytes;
  return parser.fault();
}

std::string get(const std::string& fields) {
  return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

std::string line(const std::string& request_line) {
  return request_line + "\r\nHost: a\r\n\r\n";
}

/// A client that sends no more is answered too, and what it has said counts.
TEST(RequestParser, GivesWhatThereIsOfAHeadThatDoesNotEnd) {
  const std::string whole = "POST /api?q=1 HTTP/1.1\r\nHost: a\r\nOrigin: https://b\r\n\r\n";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    request_parser parser;
    const auto bytes = whole.substr(0, size);
    ASSERT_EQ(parser.feed(bytes), parse_step::need_more);
    const auto head = parser.take_head(bytes);
    EXPECT_EQ(head.path(), size < whole.find("Host") ? "" : "/api") << bytes;
    EXPECT_EQ(head.field("host"), size < whole.find("Origin") ? std::nullopt : std::optional{"a"}) << bytes;
    EXPECT_EQ(head.field("origin"), size < whole.size() - 2 ? std::nullopt : std::optional{"https://b"}) << bytes;
    EXPECT_EQ(head.field("nowhere"), std::nullopt);
  }
}

TEST(RequestParser, GivesEveryPartOfAHead) {
  const auto head = parse("POST /api/v1/progress?limit=5 HTTP/1.1\r\nHost: example.org:8080\r\nX-Empty:\r\n"
                          "Accept: \t text/html \t\r\nContent-Length: 12\r\naccept: */*\r\n\r\n");
  EXPECT_EQ(head.verb(), method::post);
  EXPECT_EQ(head.method_text(), "POST");
  EXPECT_EQ(head.target(), "/api/v1/progress?limit=5");
  EXPECT_EQ(head.form(), target_form::origin);
  EXPECT_EQ(head.path(), "/api/v1/progress");
  EXPECT_EQ(head.query(), "limit=5");
  EXPECT_EQ(head.host(), "example.org:8080");
  EXPECT_EQ(head.version_minor(), 1);
  EXPECT_EQ(head.framing(), (body_framing{body_kind::length, 12}));
  ASSERT_EQ(head.field_count(), 5U);
  EXPECT_EQ(head.field_at(2).name, "Accept");
  EXPECT_EQ(head.field_at(2).value, "text/html");
  EXPECT_EQ(head.field("ACCEPT"), "text/html");
  EXPECT_EQ(head.field_count("Accept"), 2U);
  EXPECT_EQ(head.joined("Accept"), "text/html, */*");
  std::string several;
  EXPECT_EQ(head.list("Accept", several), "text/html, */*");
  EXPECT_EQ(head.field("x-empty"), "");
  EXPECT_EQ(head.field("x-emptyy"), std::nullopt);
  EXPECT_EQ(head.joined("cookie"), std::nullopt);
  EXPECT_EQ(head.field_count("cookie"), 0U);
}

TEST(RequestParser, KeepsItsViewsWhenTheHeadMoves) {
  auto head = parse("GET / HTTP/1.0\r\n\r\n");
  const request_head moved = std::move(head);
  EXPECT_EQ(moved.method_text(), "GET");
  EXPECT_EQ(moved.target(), "/");
}

TEST(RequestParser, KnowsTheMethods) {
  for (const auto& [value, name] : method_names) {
    if (value == method::connect)
      continue;
    EXPECT_EQ(parse(line(std::string(name) + " / HTTP/1.1")).verb(), value);
  }
  EXPECT_EQ(parse(line("BREW / HTTP/1.1")).verb(), method::other);
  EXPECT_EQ(parse(line("BREW / HTTP/1.1")).method_text(), "BREW");
  EXPECT_EQ(to_string(method::other), "OTHER");
}

TEST(Rfc9110Section9_3_2, KnowsTheMethodOfAFaultyRequestLine) {
  const auto method_of = [](const std::string& bytes) {
    request_parser parser;
    parser.feed(bytes);
    const auto head = parser.take_head(bytes);
    EXPECT_EQ(head.verb(), parse_method(head.method_text()));
    return std::string{head.method_text()};
  };
  for (const auto& bytes : {"HEAD / HTTP/2.0\r\n"s, "HEAD /a b HTTP/1.1\r\n"s, "HEAD / HTTP/1.1 \r\n"s, "HEAD #\r\n"s,
         "HEAD # HTTP/1.1\r\n"s, "HEAD /\x01"s, "HEAD /\rx"s, "HEAD /\n"s, "\r\nHEAD /\x7F"s, "HEAD /"s, "HEAD "s,
         "HEAD /" + std::string(config::request_target_bytes_max + 100, 'a'),
         "HEAD /" + std::string(config::request_target_bytes_max, 'a') + " HTTP/1.1\r\n"})
    EXPECT_EQ(method_of(bytes), "HEAD") << bytes.substr(0, 40);
  for (const auto& bytes : {"HEAD"s, "HEAD\r\nA b"s, "HEAD\x01 /"s, "(HEAD) / HTTP/1.1\r\n"s, "\r\n\r\n\r\nHEAD / "s,
         " / "s, std::string(33, 'A') + " / HTTP/1.1\r\n"})
    EXPECT_EQ(method_of(bytes), "") << bytes;
  EXPECT_EQ(method_of(std::string(32, 'A') + " "), std::string(32, 'A'));
}

TEST(RequestParser, NeedsMoreUntilTheEmptyLine) {
  const std::string bytes = get("Accept: */*\r\n");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    request_parser parser;
    EXPECT_EQ(parser.feed(std::string_view(bytes).substr(0, size)), parse_step::need_more) << size;
  }
}

TEST(RequestParser, SaysWhereTheNextRequestBegins) {
  const std::string first = get("");
  request_parser parser;
  ASSERT_EQ(parser.feed(first + "GET /next"), parse_step::complete);
  EXPECT_EQ(parser.consumed(), first.size());
  parser.reset();
  EXPECT_FALSE(parser.started());
  EXPECT_EQ(parser.feed("GET /next"), parse_step::need_more);
  EXPECT_EQ(parser.feed("GET /next HTTP/1.1\r\nHost: b\r\n\r\n"), parse_step::complete);
  EXPECT_EQ(parser.head().target(), "/next");
  EXPECT_EQ(parser.head().field_count(), 1U);
  EXPECT_EQ(parser.head().host(), "b");
}

TEST(RequestParser, ForgetsTheLastRequestOnReset) {
  request_parser parser;
  ASSERT_EQ(
    parser.feed("POST http://b/x?y HTTP/1.0\r\nHost: b\r\nConnection: close\r\nContent-Length: 5\r\nExpect: x\r\n\r\n"),
    parse_step::complete);
  parser.reset();
  ASSERT_EQ(parser.feed(get("")), parse_step::complete);
  const auto& head = parser.head();
  EXPECT_EQ(head.framing(), body_framing{});
  EXPECT_TRUE(head.keep_alive());
  EXPECT_EQ(head.version_minor(), 1);
  EXPECT_EQ(head.query(), "");
  EXPECT_EQ(head.host(), "a");
}

TEST(RequestParser, ReadsPipelinedRequestsInTurn) {
  const std::string bytes = "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"s +
                            "POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\n" +
                            get("") + "GET /4 HT";
  const auto said = testing::read_whole(bytes);
  EXPECT_EQ(said.requests, 3U);
  EXPECT_EQ(said.rest, "GET /4 HT");
  EXPECT_NE(said.text.find("content abc\n"), std::string::npos);
  EXPECT_NE(said.text.find("content de\n"), std::string::npos);
  EXPECT_EQ(testing::read_bytewise(bytes).text, said.text);
  EXPECT_EQ(testing::read_bytewise(bytes).rest, said.rest);
}

TEST(RequestParser, TellsAnIdleConnectionFromABegunRequest) {
  request_parser parser;
  EXPECT_EQ(parser.feed(""), parse_step::need_more);
  EXPECT_FALSE(parser.started());
  EXPECT_EQ(parser.feed("\r\n"), parse_step::need_more);
  EXPECT_FALSE(parser.started());
  EXPECT_EQ(parser.feed("\r\nG"), parse_step::need_more);
  EXPECT_TRUE(parser.started());
}

TEST(RequestParser, KeepsWhatCameBeforeAFaultForTheAnswer) {
  request_parser parser;
  ASSERT_EQ(parser.feed("HEAD /a HTTP/1.1\r\nX-Request-ID: 7\r\nHost : a\r\n\r\n"), parse_step::failed);
  EXPECT_EQ(parser.head().verb(), method::head);
  EXPECT_EQ(parser.head().target(), "/a");
  EXPECT_EQ(parser.head().field("x-request-id"), "7");
  EXPECT_EQ(parser.head().field_count(), 1U);
}

TEST(RequestParser, HoldsNoFieldThatItRefused) {
  request_parser parser;
  ASSERT_EQ(parser.feed("GET /a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), parse_step::failed);
  EXPECT_EQ(parser.head().field_count(), 1U);
  EXPECT_EQ(parser.head().field("host"), "a");
}

TEST(RequestParser, StaysWithItsVerdict) {
  request_parser parser;
  ASSERT_EQ(parser.feed("GET /\r\n"), parse_step::failed);
  EXPECT_EQ(parser.feed("GET /\r\nHost: a\r\n\r\n"), parse_step::failed);
  EXPECT_EQ(parser.fault(), bad_request_line);
  request_parser good;
  ASSERT_EQ(good.feed(get("")), parse_step::complete);
  EXPECT_EQ(good.feed(get("") + "garbage\n"), parse_step::complete);
  EXPECT_EQ(good.consumed(), get("").size());
}

TEST(RequestParser, ScansEachByteOnce) {
  request_parser parser;
  ASSERT_EQ(parser.feed("GET / HT"), parse_step::need_more);
  // The line feed stands where the parser has been: it meets it as a character of the method, not as the end of a line.
  EXPECT_EQ(parser.feed("G\nT / HTTP/1.1\r\n"), parse_step::failed);
  EXPECT_EQ(parser.fault(), bad_method);
}

TEST(RequestParser, RefusesABufferThatLostBytes) {
  request_parser parser;
  ASSERT_EQ(parser.feed("GET / HT"), parse_step::need_more);
  EXPECT_THROW(parser.feed("GET"), broken_invariant);
}

TEST(Rfc9112, TakesEmptyLinesForIdlenessUntilTheThird) {
  request_parser parser;
  std::string bytes;
  for (std::size_t i = 0; i < leading_empty_lines_max; ++i) {
    bytes += "\r\n";
    EXPECT_EQ(parser.feed(bytes), parse_step::need_more);
    EXPECT_FALSE(parser.started());
  }
  EXPECT_EQ(parser.feed(bytes + "\r\n"), parse_step::failed);
  EXPECT_EQ(parser.fault(), bad_request_line);
  parser.reset();
  EXPECT_EQ(parser.feed("\r\n\r\n" + get("")), parse_step::complete) << "each request has its own";
}

TEST(Rfc9112, SkipsTwoEmptyLinesBeforeTheRequest) {
  const std::string bytes = "\r\n\r\n" + get("");
  request_parser parser;
  ASSERT_EQ(parser.feed(bytes), parse_step::complete);
  EXPECT_EQ(parser.consumed(), bytes.size());
  EXPECT_EQ(parser.head().target(), "/");
  EXPECT_EQ(parser.head().field("host"), "a");
  EXPECT_EQ(fault_of("\r\n\r\n\r\n" + get("")), bad_request_line);
  EXPECT_EQ(fault_of("\n" + get("")), bare_lf);
}

TEST(Rfc9112, RejectsMalformedRequestLines) {
  const std::pair<std::string, parse_fault> lines[] = {
    {"GET", bad_request_line},
    {"GET /", bad_request_line},
    {"GET / ", bad_request_line},
    {"GET  / HTTP/1.1", bad_request_line},
    {"GET /  HTTP/1.1", bad_request_line},
    {"GET / HTTP/1.1 ", bad_request_line},
    {"GET / a HTTP/1.1", bad_request_line},
    {"GET / HTTP/1", bad_request_line},
    {"GET / HTTP/1.", bad_request_line},
    {"GET / HTTP/1.10", bad_request_line},
    {"GET / HTTP/11.1", bad_request_line},
    {"GET / HTTP/1,1", bad_request_line},
    {"GET / http/1.1", bad_request_line},
    {"GET / HTTPS/1.1", bad_request_line},
    {"GET / HTTP/x.1", bad_request_line},
    {"GET / HTTP/0.9", bad_request_line},
    {" GET / HTTP/1.1", bad_method},
    {"G\tT / HTTP/1.1", bad_method},
    {"G:T / HTTP/1.1", bad_method},
    {"G\xc3\x89T / HTTP/1.1", bad_method},
    {"GET\t/ HTTP/1.1", bad_request_line},
    {"GET /\tHTTP/1.1", bad_request_line},
    {"\x16\x03\x01", control_character},  // a TLS handshake
    {"GET /\x7f HTTP/1.1", control_character},
  };
  for (const auto& [text, fault] : lines)
    EXPECT_EQ(text_of(fault_of(line(text))).name, text_of(fault).name) << text;
}

TEST(Rfc9112, AnswersOtherMajorVersionsWith505) {
  EXPECT_EQ(fault_of("PRI * HTTP/2.0\r\n\r\n"), unsupported_version);
  EXPECT_EQ(fault_of(line("GET / HTTP/2.0")), unsupported_version);
  EXPECT_EQ(fault_of(line("GET / HTTP/3.1")), unsupported_version);
}

TEST(Rfc9112, TreatsLaterMinorVersionsAsHttp11) {
  const auto head = parse(line("GET / HTTP/1.2"));
  EXPECT_EQ(head.version_minor(), 1);
  EXPECT_TRUE(head.keep_alive());
  EXPECT_EQ(parse("GET / HTTP/1.0\r\n\r\n").version_minor(), 0);
}

TEST(Rfc9112, KnowsTheFourFormsOfATarget) {
  EXPECT_EQ(parse(line("GET /a?b HTTP/1.1")).form(), target_form::origin);
  const auto absolute = parse("GET http://example.org HTTP/1.1\r\nHost: example.org\r\n\r\n");
  EXPECT_EQ(absolute.form(), target_form::absolute);
  EXPECT_EQ(absolute.path(), "/");
  EXPECT_EQ(absolute.target(), "http://example.org");
  const auto authority = parse(line("CONNECT example.org:443 HTTP/1.1"));
  EXPECT_EQ(authority.form(), target_form::authority);
  EXPECT_EQ(authority.path(), "");
  const auto asterisk = parse(line("OPTIONS * HTTP/1.1"));
  EXPECT_EQ(asterisk.form(), target_form::asterisk);
  EXPECT_EQ(asterisk.path(), "*");
  EXPECT_EQ(fault_of(line("GET * HTTP/1.1")), bad_target);
  EXPECT_EQ(fault_of(line("GET example.org:443 HTTP/1.1")), bad_target);
  EXPECT_EQ(fault_of(line("CONNECT / HTTP/1.1")), bad_target);
}

TEST(Rfc9112, TakesTheHostOfAnAbsoluteTargetBeforeTheField) {
  EXPECT_EQ(parse("GET http://example.org:80/x HTTP/1.1\r\nHost: Example.org\r\n\r\n").host(), "example.org:80");
  EXPECT_EQ(fault_of("GET http://example.org/x HTTP/1.1\r\n\r\n"), missing_host);
  EXPECT_EQ(fault_of("GET http://example.org/x HTTP/1.1\r\nHost: a b\r\n\r\n"), bad_host);
}

TEST(Rfc9112, RejectsMalformedFieldLines) {
  const std::pair<std::string, parse_fault> lines[] = {
    {"NoColon", bad_field_name},
    {": value", bad_field_name},
    {"Na me: value", bad_field_name},
    {"Na\xc3\xa9: value", bad_field_name},
    {"Na(me): value", bad_field_name},
    {"Name : value", space_before_colon},
    {"Name\t: value", space_before_colon},
    {" Name: value", obs_fold},
    {"\tvalue", obs_fold},
    {" ", obs_fold},
    {"X: a\rb", bare_cr},
    {"X: a\nY: b", bare_lf},
    {"X: a\r\rY: b", bare_cr},
    {"X: a\0b"s, nul},
    {"X\0: b"s, nul},
    {"X: \x01", control_character},
    {"X: \x7f", control_character},
  };
  for (const auto& [text, fault] : lines)
    EXPECT_EQ(text_of(fault_of(get(text + "\r\n"))).name, text_of(fault).name) << text;
  EXPECT_EQ(fault_of("GET / HTTP/1.1\r\n Host: a\r\n\r\n"), obs_fold);
}

TEST(Rfc9112, AcceptsEveryByteThatAFieldValueMayHold) {
  std::string value;
  for (int c = 1; c < 256; ++c)
    if (c == '\t' || (c >= 0x20 && c != 0x7F))
      value += static_cast<char>(c);
  value = "x" + value + "x";
  EXPECT_EQ(parse(get("X: " + value + "\r\n")).field("x"), value);
}

TEST(Rfc9112, RejectsEveryControlCharacterAtEveryOffset) {
  for (int c = 0; c < 256; ++c) {
    if ((c >= 0x20 && c != 0x7F) || c == '\t' || c == '\r')
      continue;
    for (std::size_t offset = 0; offset < 20; ++offset) {
      std::string value(20, '\xFF');
      value[offset] = static_cast<char>(c);
      const auto expected = c == '\n' ? bare_lf : c == 0 ? nul : control_character;
      EXPECT_EQ(fault_of(get("X: " + value + "\r\n")), expected) << c << " at " << offset;
    }
  }
}

TEST(Rfc9112, RequiresOneSoundHost) {
  EXPECT_EQ(fault_of("GET / HTTP/1.1\r\n\r\n"), missing_host);
  EXPECT_EQ(fault_of("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n"), several_hosts);
  EXPECT_EQ(fault_of("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"), several_hosts);
  EXPECT_EQ(fault_of("GET / HTTP/1.1\r\nHost:\r\n\r\n"), bad_host);
  EXPECT_EQ(fault_of("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"), bad_host);
  EXPECT_EQ(fault_of("GET / HTTP/1.1\r\nHost: user@a\r\n\r\n"), bad_host);
  EXPECT_EQ(parse("GET / HTTP/1.0\r\n\r\n").host(), "");
  EXPECT_EQ(parse("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n").host(), "[::1]:80");
}

TEST(Rfc9112, ReadsContentLengths) {
  EXPECT_EQ(parse(get("")).framing(), body_framing{});
  EXPECT_EQ(parse(get("Content-Length: 0\r\n")).framing(), body_framing{});
  EXPECT_EQ(parse(get("content-length:7\r\n")).framing(), (body_framing{body_kind::length, 7}));
  EXPECT_EQ(parse(get("Content-Length: 18446744073709551615\r\n")).framing().length, 18'446'744'073'709'551'615U);
}

TEST(Rfc9112, RejectsContentLengthsThatAreNoPlainNumber) {
  for (const auto* value : {"", "-1", "+1", "1 2", "0x10", "1e3", "1.0", "a", "00", "07", "18446744073709551616",
         "99999999999999999999999", "1;", "\"1\""})
    EXPECT_EQ(fault_of(get("Content-Length: "s + value + "\r\n")), bad_content_length) << value;
}

TEST(Rfc9112, RejectsTwoContentLengths) {
  EXPECT_EQ(fault_of(get("Content-Length: 5\r\nContent-Length: 5\r\n")), several_content_lengths);
  EXPECT_EQ(fault_of(get("Content-Length: 5\r\nContent-Length: 6\r\n")), several_content_lengths);
  EXPECT_EQ(fault_of(get("Content-Length: 5, 5\r\n")), several_content_lengths);
  EXPECT_EQ(fault_of(get("Content-Length: 5,\r\n")), several_content_lengths);
}

TEST(Rfc9112, AcceptsTheChunkedCodingAlone) {
  EXPECT_EQ(parse(get("Transfer-Encoding: chunked\r\n")).framing(), (body_framing{body_kind::chunked, 0}));
  EXPECT_EQ(parse(get("transfer-encoding: CHUNKED\r\n")).framing().kind, body_kind::chunked);
  for (const auto* value : {"", "gzip", "identity", "gzip, chunked", "chunked, gzip", "chunked, chunked", "chunked,",
         ", chunked", "chunked;a=b", "xchunked", "\"chunked\"", "chunked \x0b"})
    EXPECT_NE(fault_of(get("Transfer-Encoding: "s + value + "\r\n")), none) << value;
  EXPECT_EQ(fault_of(get("Transfer-Encoding: identity\r\n")), unsupported_transfer_coding);
  EXPECT_EQ(fault_of(get("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")), unsupported_transfer_coding);
}

TEST(Rfc9112, RejectsContentLengthBesideTransferEncoding) {
  EXPECT_EQ(fault_of(get("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")), conflicting_framing);
  EXPECT_EQ(fault_of(get("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n")), conflicting_framing);
}

TEST(Rfc9112, RejectsTransferEncodingInHttp10) {
  EXPECT_EQ(fault_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), transfer_coding_in_http_1_0);
}

TEST(Rfc9112, KeepsConnectionsAliveAsVersionAndOptionsSay) {
  const std::pair<std::string, bool> requests[] = {
    {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", true},
    {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false},
    {"GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n", false},
    {"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade , close\r\n\r\n", false},
    {"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nConnection: close\r\n\r\n", false},
    {"GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, close\r\n\r\n", false},
    {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nConnection: upgrade\r\n\r\n", false},
    {"GET / HTTP/1.0\r\nConnection: keep-alive\r\nConnection: upgrade\r\n\r\n", true},
    {"GET / HTTP/1.1\r\nHost: a\r\nConnection: closed\r\n\r\n", true},
    {"GET / HTTP/1.0\r\n\r\n", false},
    {"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true},
    {"GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", false},
  };
  for (const auto& [bytes, keep_alive] : requests)
    EXPECT_EQ(parse(bytes).keep_alive(), keep_alive) << bytes;
}

TEST(Rfc9110, TellsClientsThatWaitForContinue) {
  EXPECT_TRUE(parse(get("Expect: 100-continue\r\nContent-Length: 5\r\n")).expects_continue());
  EXPECT_TRUE(parse(get("Expect: 100-Continue\r\nTransfer-Encoding: chunked\r\n")).expects_continue());
  EXPECT_FALSE(parse(get("Content-Length: 5\r\n")).expects_continue());
  EXPECT_FALSE(parse(get("Expect: 100-continue\r\n")).expects_continue()) << "there is no body to wait for";
  EXPECT_FALSE(parse("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n").expects_continue());
  EXPECT_EQ(fault_of(get("Expect: 100-continue, more\r\n")), bad_expectation);
  for (const auto* list : {"100-continue,", ", 100-Continue ,", "100-continue, 100-continue"})
    EXPECT_TRUE(parse(get("Expect: " + std::string{list} + "\r\nContent-Length: 5\r\n")).expects_continue()) << list;
  for (const auto* list : {"", ",", " , "})
    EXPECT_FALSE(parse(get("Expect:" + std::string{list} + "\r\nContent-Length: 5\r\n")).expects_continue()) << list;
}

TEST(HeadLimits, HoldForTheTarget) {
  const auto request = [](std::size_t size) { return line("GET /" + std::string(size - 1, 'a') + " HTTP/1.1"); };
  EXPECT_EQ(parse(request(config::request_target_bytes_max)).target().size(), config::request_target_bytes_max);
  EXPECT_EQ(fault_of(request(config::request_target_bytes_max + 1)), target_too_long);
  EXPECT_EQ(fault_of(request(config::request_head_bytes_max * 2)), target_too_long);
}

TEST(HeadLimits, RefuseALongTargetBeforeItsEnd) {
  request_parser parser;
  EXPECT_EQ(parser.feed("GET /" + std::string(config::request_target_bytes_max + 100, 'a')), parse_step::failed);
  EXPECT_EQ(parser.fault(), target_too_long);
}

TEST(HeadLimits, BlameAnEndlessRequestLineOnItsLongPart) {
  const std::string endless(config::request_head_bytes_max, 'a');
  EXPECT_EQ(fault_of(endless), bad_method);
  EXPECT_EQ(fault_of("GET / " + endless), bad_request_line);
  EXPECT_EQ(fault_of("GET /" + endless), target_too_long);
}

TEST(HeadLimits, HoldForTheMethod) {
  EXPECT_EQ(parse(line(std::string(32, 'A') + " / HTTP/1.1")).method_text().size(), 32U);
  EXPECT_EQ(fault_of(line(std::string(33, 'A') + " / HTTP/1.1")), bad_method);
}

TEST(HeadLimits, GiveALongMethodAndALongTargetRoomTogether) {
  const auto head =
    parse(line(std::string(32, 'A') + " /" + std::string(config::request_target_bytes_max - 1, 'a') + " HTTP/1.1"));
  EXPECT_EQ(head.target().size(), config::request_target_bytes_max);
}

TEST(HeadLimits, HoldForOneField) {
  const auto request = [](std::size_t size) { return get("X: " + std::string(size - 3, 'a') + "\r\n"); };
  EXPECT_EQ(parse(request(config::request_field_bytes_max)).field_count(), 2U);
  EXPECT_EQ(fault_of(request(config::request_field_bytes_max + 1)), field_too_large);
  EXPECT_EQ(fault_of(request(config::request_field_bytes_max + 2)), field_too_large);
  EXPECT_EQ(fault_of(request(config::request_head_bytes_max * 3)), field_too_large);
}

TEST(HeadLimits, RefuseALargeFieldBeforeItsEnd) {
  const std::string begin = "GET / HTTP/1.1\r\n";
  const std::string endless = begin + "X: " + std::string(config::request_field_bytes_max, 'a');
  const auto shown = std::string_view(endless).substr(0, begin.size() + config::request_field_bytes_max + 1);
  request_parser parser;
  EXPECT_EQ(parser.feed(shown.substr(0, shown.size() - 1)), parse_step::need_more);
  EXPECT_EQ(parser.feed(shown), parse_step::failed);
  EXPECT_EQ(parser.fault(), field_too_large);
}

/// The first field is as large as one may be, and the second is within its own limit where the head is.
std::string with_head_bytes(std::size_t size) {
  const std::string half(config::request_field_bytes_max - 3, 'a');
  const std::string first = get("X: " + half + "\r\nY: \r\n");
  return get("X: " + half + "\r\nY: " + std::string(size - first.size(), 'a') + "\r\n");
}

TEST(HeadLimits, HoldForTheWholeHead) {
  const std::string largest = with_head_bytes(config::request_head_bytes_max);
  ASSERT_EQ(largest.size(), config::request_head_bytes_max);
  EXPECT_EQ(parse(largest).field_count(), 3U);
  EXPECT_EQ(fault_of(with_head_bytes(config::request_head_bytes_max + 1)), head_too_large);
  EXPECT_EQ(fault_of(with_head_bytes(config::request_head_bytes_max + 2)), head_too_large);
  EXPECT_EQ(fault_of(with_head_bytes(config::request_head_bytes_max * 3)), head_too_large);
  request_parser parser;
  EXPECT_EQ(parser.feed("\r\n" + largest), parse_step::complete) << "the empty line before it does not count";
}

TEST(HeadLimits, RefuseALargeHeadBeforeItsEnd) {
  const std::string endless = with_head_bytes(config::request_head_bytes_max * 2);
  request_parser parser;
  EXPECT_EQ(
    parser.feed(std::string_view(endless).substr(0, config::request_head_bytes_max - 1)), parse_step::need_more);
  EXPECT_EQ(parser.feed(std::string_view(endless).substr(0, config::request_head_bytes_max)), parse_step::failed);
  EXPECT_EQ(parser.fault(), head_too_large);
}

TEST(HeadLimits, HoldForTheNumberOfFields) {
  const auto request = [](std::size_t count) {
    std::string fields;
    for (std::size_t i = 1; i < count; ++i)  // the first is Host
      fields += "X: y\r\n";
    return get(fields);
  };
  EXPECT_EQ(parse(request(config::request_fields_max)).field_count(), config::request_fields_max);
  EXPECT_EQ(fault_of(request(config::request_fields_max + 1)), too_many_fields);
}

}  // namespace
}  // namespace genesis::http
