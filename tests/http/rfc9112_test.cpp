#include "tests/http/transcript.hpp"

#include <gtest/gtest.h>

/// What RFC 9112 asks of a server's reading, over everything that reads: heads, targets, bodies. Suites carry the
/// section's number. Each list of what is refused stands in `request_parser_test.cpp` and `body_decoder_test.cpp`; here
/// is what only shows when they work together, and what must hold at every place of a request.
namespace genesis::http {
namespace {

using namespace std::string_literals;
using enum parse_fault;
using testing::read_bytewise;
using testing::read_whole;
using testing::transcript;

const std::string plain_get = "GET /a?b=c HTTP/1.1\r\nHost: a\r\nX-Field: some value\r\n\r\n";
const std::string with_length = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
const std::string in_chunks = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "5;x=y\r\nhello\r\n0\r\nX-Trailer: z\r\n\r\n";

/// Reads in one piece and byte by byte, which must come to the same.
transcript read(const std::string& bytes) {
  auto said = read_whole(bytes);
  EXPECT_EQ(read_bytewise(bytes).text, said.text) << bytes;
  return said;
}

std::string_view fault_in(const std::string& bytes) {
  const auto said = read(bytes);
  return said.fault == none ? std::string_view{"none"} : text_of(said.fault).name;
}

std::string_view name_of(parse_fault fault) {
  return text_of(fault).name;
}

/// The bytes with one more at a place.
std::string with_byte(std::string bytes, std::size_t at, char extra) {
  bytes.insert(at, 1, extra);
  return bytes;
}

// 2.2 Message parsing

TEST(Rfc9112Section2_2, RefusesABareCrOrLfOrNulAtEveryPlaceOfAHead) {
  for (std::size_t at = 0; at < plain_get.size(); ++at) {
    const bool is_inside_line_end = plain_get[at] == '\n';
    EXPECT_EQ(fault_in(with_byte(plain_get, at, '\0')), name_of(is_inside_line_end ? bare_cr : nul)) << at;
    EXPECT_EQ(fault_in(with_byte(plain_get, at, '\n')), name_of(bare_lf)) << at;
    // In front of a CR LF it makes CR CR LF; else a CR with something else behind it.
    EXPECT_EQ(fault_in(with_byte(plain_get, at, '\r')), name_of(bare_cr)) << at;
  }
}

TEST(Rfc9112Section2_2, RefusesABareCrOrLfOrNulAtEveryPlaceOfAChunkedBodysFraming) {
  const std::size_t body = in_chunks.find("5;x=y");
  const std::size_t content = in_chunks.find("hello", body);
  for (std::size_t at = body; at + 1 < in_chunks.size(); ++at) {  // behind the last CR it would begin a request
    if (at > content && at < content + 5)
      continue;  // inside the content every byte is as good as another, and shifts its end
    for (const char extra : {'\r', '\n', '\0'}) {
      const auto said = read(with_byte(in_chunks, at, extra));
      EXPECT_NE(said.fault, none) << at << ' ' << static_cast<int>(extra);
      EXPECT_EQ(said.requests, 0U) << at << ' ' << static_cast<int>(extra);
    }
  }
}

TEST(Rfc9112Section2_2, RefusesSpaceBetweenTheRequestLineAndTheFirstField) {
  EXPECT_EQ(fault_in("GET / HTTP/1.1\r\n Host: a\r\n\r\n"), name_of(obs_fold));
  EXPECT_EQ(fault_in("GET / HTTP/1.1\r\n\tX: y\r\nHost: a\r\n\r\n"), name_of(obs_fold));
}

TEST(Rfc9112Section2_2, SkipsEmptyLinesThatOldClientsSendBehindABody) {
  const auto said = read(with_length + "\r\n" + plain_get);
  EXPECT_EQ(said.fault, none);
  EXPECT_EQ(said.requests, 2U);
  EXPECT_EQ(read(with_length + "\r\n\r\n" + plain_get).requests, 2U);
  EXPECT_EQ(fault_in(with_length + "\r\n\r\n\r\n" + plain_get), name_of(bad_request_line));
}

TEST(Rfc9112Section2_2, RefusesGarbageAndOldRequests) {
  for (const auto& bytes : {"GET /\r\n"s, "GET /a\r\n\r\n"s, "hello\r\n"s, "{\"a\":1}\r\n"s, "GET / HTTP/0.9\r\n\r\n"s})
    EXPECT_EQ(read(bytes).fault, bad_request_line) << bytes;
  EXPECT_NE(read("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n"s).fault, none) << "the beginning of TLS";
}

// 2.3 HTTP version

TEST(Rfc9112Section2_3, TakesLaterMinorVersionsForItsOwnAndNoOtherMajorOne) {
  const auto of_version = [](const std::string& version) { return read("GET / " + version + "\r\nHost: a\r\n\r\n"); };
  EXPECT_EQ(of_version("HTTP/1.2").text, of_version("HTTP/1.1").text);
  EXPECT_EQ(of_version("HTTP/1.9").text, of_version("HTTP/1.1").text);
  EXPECT_EQ(of_version("HTTP/2.0").fault, unsupported_version);
  EXPECT_EQ(of_version("HTTP/9.9").fault, unsupported_version);
  EXPECT_EQ(read("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").fault, unsupported_version);
  EXPECT_EQ(of_version("http/1.1").fault, bad_request_line) << "the name is case-sensitive";
}

// 3.2 Request target

TEST(Rfc9112Section3_2, AsksForOneSoundHostWhateverTheForm) {
  for (const auto* line :
    {"GET / HTTP/1.1", "GET http://a/ HTTP/1.1", "CONNECT a:443 HTTP/1.1", "OPTIONS * HTTP/1.1"}) {
    const auto with = [&](const std::string& fields) { return line + "\r\n"s + fields + "\r\n"; };
    EXPECT_EQ(fault_in(with("Host: a\r\n")), "none") << line;
    EXPECT_EQ(fault_in(with("")), name_of(missing_host)) << line;
    EXPECT_EQ(fault_in(with("Host: a\r\nHost: a\r\n")), name_of(several_hosts)) << line;
    for (const auto* bad : {"", "a/b", "a b", "http://a", "a, b", "[::1", "[1::2::3]", "[12345::]", "[:::]",
           "[1:2:3:4:5:6:7:8:9]", "[::1.2.3]", "[::300.1.1.1]", "[::1.2.3.4:5]", "a:b", "a@b", "a#", "a?"})
      EXPECT_EQ(fault_in(with("Host: "s + bad + "\r\n")), name_of(bad_host)) << line << ' ' << bad;
  }
}

TEST(Rfc9112Section3_2_2, RefusesAHostThatDiffersFromAnAbsoluteTarget) {
  struct pair_of_hosts {
    const char* target;
    const char* host;
  };
  const auto fault_of = [](const pair_of_hosts& each) {
    return fault_in("GET "s + each.target + "/x HTTP/1.1\r\nHost: " + each.host + "\r\n\r\n");
  };
  for (const auto& same : {pair_of_hosts{"http://real.example", "real.example"},
         {"http://Real.Example", "rEAL.eXAMPLE"}, {"http://a:80", "a"}, {"http://a", "a:80"}, {"http://a:", "a:080"},
         {"HTTPS://a", "a:443"}, {"https://a:443", "a:"}, {"http://a:8080", "a:8080"}, {"http://[::1]", "[::1]:80"},
         {"http://[fe80::A]:1", "[FE80::a]:1"}})
    EXPECT_EQ(fault_of(same), "none") << same.target << ' ' << same.host;
  for (const auto& apart :
    {pair_of_hosts{"http://real.example", "other.example"}, {"http://a", "aa"}, {"http://a", "a."},
      {"http://a", "a:443"}, {"https://a", "a:80"}, {"http://a:8080", "a"}, {"http://a", "a:8080"},
      {"http://[::1]", "[::2]"}, {"http://[::1]:1", "[::1]:2"}, {"http://[::1]", "localhost"}})
    EXPECT_EQ(fault_of(apart), name_of(other_host)) << apart.target << ' ' << apart.host;
  EXPECT_EQ(fault_in("GET http://a/ HTTP/1.0\r\n\r\n"), "none") << "HTTP/1.0 does not ask for the field";
}

TEST(Rfc9112Section3_2, RefusesTargetsThatAreReadInTwoWays) {
  for (const auto* target : {"/a%2fb", "/a%5Cb", "/a/../b", "/%2e%2e/b", "/.", "/a/.%2E"})
    EXPECT_EQ(fault_in("GET "s + target + " HTTP/1.1\r\nHost: a\r\n\r\n"), name_of(ambiguous_path)) << target;
  for (const auto* target : {"/%", "/%4", "/%zz", "/a%00b", "/a?x=%00", "/a?%"})
    EXPECT_EQ(fault_in("GET "s + target + " HTTP/1.1\r\nHost: a\r\n\r\n"), name_of(bad_escape)) << target;
}

// 6.1 Transfer-Encoding

TEST(Rfc9112Section6_1, RefusesAnyTransferCodingInHttp10) {
  for (const auto* coding : {"chunked", "Chunked", "gzip", "identity", "gzip, chunked", ""})
    for (const auto* length : {"", "Content-Length: 5\r\n"}) {
      const auto said =
        read("POST / HTTP/1.0\r\nHost: a\r\n"s + length + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n");
      EXPECT_NE(said.fault, none) << coding;
      EXPECT_EQ(said.requests, 0U);
    }
}

TEST(Rfc9112Section6_1, RefusesLengthAndCodingTogetherInAnyOrderAndSpelling) {
  for (const auto* fields : {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
         "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", "transfer-encoding: CHUNKED\r\ncontent-length: 5\r\n",
         "Content-Length: 5\r\nX: y\r\nTransfer-Encoding:\tchunked \r\n"})
    EXPECT_EQ(fault_in("POST / HTTP/1.1\r\nHost: a\r\n"s + fields + "\r\n0\r\n\r\n"), name_of(conflicting_framing))
      << fields;
}

TEST(Rfc9112Section6_1, IsNotFooledByDisguisedTransferCodings) {
  // Each has been the gap between two servers of somebody.
  for (const auto* field : {"Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked",
         " Transfer-Encoding: chunked", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked\x0b",
         "Transfer-Encoding: \x01"
         "chunked",
         "Transfer-Encoding: chunked, identity", "Transfer-Encoding: 'chunked'", "Transfer-Encoding: chunked;q=1",
         "X: y\nTransfer-Encoding: chunked", "X: y\rTransfer-Encoding: chunked", "Transfer-Encoding:\r\n chunked",
         "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"}) {
    const auto said = read("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"s + field + "\r\n\r\n0\r\n\r\n");
    EXPECT_NE(said.fault, none) << field;
    EXPECT_EQ(said.requests, 0U) << field;
  }
  // A name that only looks like it is another field, and the length holds.
  const auto said =
    read("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer_Encoding: chunked\r\n\r\n0\r\n\r\n");
  EXPECT_EQ(said.fault, none);
  EXPECT_NE(said.text.find("content 0\r\n\r\n\n"), std::string::npos);
}

// 6.2 and 6.3 Content-Length and the length of a body

TEST(Rfc9112Section6_3, RefusesLengthsThatTwoReadersMightReadApart) {
  for (const auto* value : {"", "+5", "-5", "05", "0005", "5 5", "5,5", "5, 6", "5;", "0x5", "5e0", "5.0", "\xd9\xa5",
         "18446744073709551616", "99999999999999999999999999"}) {
    const auto said = read("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: "s + value + "\r\n\r\nhello");
    EXPECT_NE(said.fault, none) << value;
    EXPECT_EQ(said.requests, 0U) << value;
  }
  EXPECT_EQ(fault_in("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
    name_of(several_content_lengths));
}

TEST(Rfc9112Section6_3, HasNoBodyWithoutALengthOrCoding) {
  for (const auto* verb : {"GET", "POST", "PUT", "DELETE", "BREW"}) {
    const auto said = read(verb + " / HTTP/1.1\r\nHost: a\r\n\r\n"s + plain_get);
    EXPECT_EQ(said.requests, 2U) << verb;
    EXPECT_EQ(said.fault, none) << verb;
  }
}

TEST(Rfc9112Section6_3, FindsTheNextRequestBehindEveryBody) {
  const auto said =
    read(with_length + in_chunks + "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi" + plain_get);
  EXPECT_EQ(said.fault, none);
  EXPECT_EQ(said.requests, 4U);
  EXPECT_EQ(said.rest, "");
}

// 7.1 Chunked transfer coding

TEST(Rfc9112Section7_1, HoldsTheLimitOfABodyAcrossChunks) {
  const auto chunked = [](const std::string& chunks) {
    return "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
  };
  const std::string half = "80000\r\n" + std::string(0x80000, 'a') + "\r\n";
  static_assert(config::request_body_bytes_max == 2 * 0x80000);
  EXPECT_EQ(read_whole(chunked(half + half + "0\r\n\r\n")).requests, 1U);
  EXPECT_EQ(read_whole(chunked(half + half + "1\r\n")).fault, body_too_large);
}

TEST(Rfc9112Section7_1, NeverWrapsASize) {
  for (const auto* size : {"FFFFFFFFFFFFFFFF", "8000000000000000", "10000000000000005", "100000000000000000000005"}) {
    const auto said = read("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"s + size + "\r\nhello");
    EXPECT_NE(said.fault, none) << size;
  }
}

TEST(Rfc9112Section7_1_2, NeverTakesATrailerForAField) {
  const auto said = read("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                         "Content-Length: 50\r\nHost: b\r\nTransfer-Encoding: gzip\r\nAuthorization: x\r\n\r\n" +
                         plain_get);
  EXPECT_EQ(said.fault, none);
  EXPECT_EQ(said.requests, 2U);
  EXPECT_EQ(said.text.find("Authorization"), std::string::npos);
}

// 9.3.2 Pipelining

TEST(Rfc9112Section9_3_2, ReadsGoodRequestsInFrontOfABadOne) {
  const auto said = read(plain_get + with_length + "GET / HTTP/1.1\r\nHost : a\r\n\r\n" + plain_get);
  EXPECT_EQ(said.requests, 2U);
  EXPECT_EQ(said.fault, space_before_colon);
}

}  // namespace
}  // namespace genesis::http
