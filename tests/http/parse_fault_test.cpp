#include "http/parse_fault.hpp"
#include "http/status.hpp"
#include "tests/http/transcript.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <set>

namespace genesis::http {
namespace {

using enum parse_fault;

struct faulty_input {
  parse_fault fault;
  std::string bytes;
};

std::string chunked(const std::string& body) {
  return "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
}

std::string with_fields(const std::string& fields) {
  return "POST / HTTP/1.1\r\n" + fields + "\r\n";
}

const std::vector<faulty_input>& faulty_inputs() {
  static const std::vector<faulty_input> inputs{
    {bad_request_line, "GET /\r\n\r\n"},
    {bad_method, "G(T / HTTP/1.1\r\n\r\n"},
    {bad_target, "GET a HTTP/1.1\r\n\r\n"},
    {target_too_long, "GET /" + std::string(16 * 1024, 'a') + " HTTP/1.1\r\n\r\n"},
    {unsupported_version, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
    {bad_escape, "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n"},
    {ambiguous_path, "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n"},
    {bad_field_name, with_fields("Ho(st: a\r\n")},
    {space_before_colon, with_fields("Host : a\r\n")},
    {obs_fold, with_fields("Host: a\r\n b\r\n")},
    {bare_cr, with_fields("Host: a\rb\r\n")},
    {bare_lf, with_fields("Host: a\n")},
    {nul, with_fields(std::string("Host: a\r\nX: \0\r\n", 15))},
    {control_character, with_fields("Host: a\r\nX: \x1b[0m\r\n")},
    {field_too_large, with_fields("Host: a\r\nX: " + std::string(16 * 1024, 'a') + "\r\n")},
    {head_too_large, with_fields("Host: a\r\nX: " + std::string(16'000, 'a') + "\r\nY: " + std::string(16'000, 'a') +
                                 "\r\nZ: " + std::string(1'000, 'a') + "\r\n")},
    {too_many_fields, with_fields([] {
       std::string fields = "Host: a\r\n";
       for (int i = 0; i < 100; ++i)
         fields += "X: y\r\n";
       return fields;
     }())},
    {missing_host, with_fields("")},
    {several_hosts, with_fields("Host: a\r\nHost: a\r\n")},
    {bad_host, with_fields("Host: a/b\r\n")},
    {other_host, "GET http://a/ HTTP/1.1\r\nHost: b\r\n\r\n"},
    {bad_expectation, with_fields("Host: a\r\nExpect: 200-maybe\r\n")},
    {conflicting_framing, with_fields("Host: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n")},
    {bad_content_length, with_fields("Host: a\r\nContent-Length: -1\r\n")},
    {several_content_lengths, with_fields("Host: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n")},
    {unsupported_transfer_coding, with_fields("Host: a\r\nTransfer-Encoding: gzip, chunked\r\n")},
    {transfer_coding_in_http_1_0, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"},
    {body_too_large, with_fields("Host: a\r\nContent-Length: 1048577\r\n")},
    {bad_chunk_size, chunked("x\r\n")},
    {bad_chunk_extension, chunked("1;=\r\n")},
    {chunk_extension_too_long, chunked("1;" + std::string(1024, 'a') + "\r\n")},
    {bad_chunk_end, chunked("1\r\nabc\r\n")},
    {bad_trailer, chunked("0\r\n folded\r\n\r\n")},
    {trailers_too_large, chunked("0\r\nX: " + std::string(16 * 1024, 'a') + "\r\n\r\n")},
  };
  return inputs;
}

/// That the client stops sending is for the connection to see: `Hostile` has them.
constexpr std::array produced_by_an_end{incomplete_head, incomplete_body};

TEST(ParseFault, EachIsProducedByAnInput) {
  std::set<parse_fault> produced;
  for (const auto& [fault, bytes] : faulty_inputs()) {
    EXPECT_EQ(text_of(testing::read_whole(bytes).fault).name, text_of(fault).name);
    produced.insert(fault);
  }
  produced.insert(produced_by_an_end.begin(), produced_by_an_end.end());
  for (const fault_text& text : fault_texts())
    EXPECT_TRUE(produced.contains(text.fault)) << text.name;
}

TEST(ParseFault, IsTheSameByteByByte) {
  for (const auto& [fault, bytes] : faulty_inputs()) {
    const auto whole = testing::read_whole(bytes);
    const auto bytewise = testing::read_bytewise(bytes);
    EXPECT_EQ(bytewise.fault, fault) << text_of(fault).name;
    EXPECT_EQ(bytewise.text, whole.text);
  }
}

TEST(ParseFault, HasNameSentenceAndStatusOfTheContract) {
  std::set<std::string_view> names;
  for (const auto& [fault, status, name, sentence] : fault_texts()) {
    EXPECT_TRUE(names.insert(name).second) << name;
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_01"), std::string_view::npos) << name;
    EXPECT_THAT(status, ::testing::AnyOf(400, 413, 414, 431, 505)) << name;
    EXPECT_FALSE(reason_phrase(status).empty());
    EXPECT_TRUE(sentence.ends_with('.')) << name;
    EXPECT_EQ(&text_of(fault), &fault_texts()[static_cast<std::size_t>(fault) - 1]);
  }
  EXPECT_EQ(text_of(body_too_large).status, 413);
  EXPECT_EQ(text_of(target_too_long).status, 414);
  EXPECT_EQ(text_of(field_too_large).status, 431);
  EXPECT_EQ(text_of(head_too_large).status, 431);
  EXPECT_EQ(text_of(too_many_fields).status, 431);
  EXPECT_EQ(text_of(trailers_too_large).status, 431);
  EXPECT_EQ(text_of(unsupported_version).status, 505);
}

}  // namespace
}  // namespace genesis::http
