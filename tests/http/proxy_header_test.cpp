#include "http/proxy_header.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

const std::string signature{"\r\n\r\n\0\r\nQUIT\n", 12};

std::string header(unsigned command, unsigned family, const std::string& rest) {
  std::string bytes = signature;
  for (const auto each :
    {command, family, static_cast<unsigned>(rest.size() / 256), static_cast<unsigned>(rest.size() % 256)})
    bytes += static_cast<char>(each);
  return bytes + rest;
}

/// 192.0.2.7:4711 to 10.0.0.1:443.
const std::string inet{"\xc0\x00\x02\x07\x0a\x00\x00\x01\x12\x67\x01\xbb", 12};

struct verdict {
  parse_step step = parse_step::need_more;
  proxy_fault fault = proxy_fault::none;
  std::string client;
  std::size_t taken = 0;
};

verdict read(const std::string& bytes, std::size_t piece) {
  proxy_header_parser parser;
  verdict found;
  while (found.step == parse_step::need_more && found.taken < bytes.size()) {
    const auto count = std::min({piece, parser.missing(), bytes.size() - found.taken});
    found.step = parser.feed(std::string_view{bytes}.substr(found.taken, count));
    found.taken += count;
  }
  found.fault = parser.fault();
  found.client = parser.client() ? parser.client()->text() : "";
  return found;
}

void expect_client(const std::string& bytes, std::string_view client) {
  for (const std::size_t piece : {1, 7, 16, 5'000}) {
    SCOPED_TRACE(piece);
    const auto found = read(bytes + "GET / HTTP/1.1\r\n", piece);
    EXPECT_EQ(found.step, parse_step::complete);
    EXPECT_EQ(found.client, client);
    EXPECT_EQ(found.taken, bytes.size()) << "a byte of the client was taken";
  }
}

proxy_fault fault_of(const std::string& bytes) {
  const auto found = read(bytes, 5'000);
  EXPECT_EQ(found.step, parse_step::failed);
  EXPECT_EQ(read(bytes, 1).fault, found.fault);
  return found.fault;
}

TEST(ProxyHeader, NamesClientsOfBothFamilies) {
  expect_client(header(0x21, 0x11, inet), "192.0.2.7");
  std::string inet6{"\x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x07", 16};
  expect_client(header(0x21, 0x21, inet6 + std::string(20, '\0')), "2001:db8::7");
}

TEST(ProxyHeader, SkipsExtensionsUpToTheLimit) {
  expect_client(header(0x21, 0x11, inet + std::string{"\x03\x00\x04\x01\x02\x03\x04", 7}), "192.0.2.7");
  const auto rest = inet + std::string(proxy_header_length_max - inet.size(), 'x');
  expect_client(header(0x21, 0x11, rest), "192.0.2.7");
  EXPECT_EQ(fault_of(header(0x21, 0x11, rest + 'x')), proxy_fault::too_long);
}

TEST(ProxyHeader, LeavesTheAddressOfTheConnectionWhereItNamesNone) {
  expect_client(header(0x20, 0x00, ""), "");
  expect_client(header(0x20, 0x11, inet), "");        // LOCAL: the proxy's own check
  expect_client(header(0x20, 0xff, "whatever"), "");  // and whatever it says is ignored
  expect_client(header(0x21, 0x00, ""), "");
  expect_client(header(0x21, 0x31, std::string(216, 'a')), "");
}

TEST(ProxyHeader, RefusesWhatIsNone) {
  for (const std::string text :
    {"GET / HTTP/1.1\r\n", "PROXY TCP4 192.0.2.7 10.0.0.1 4711 443\r\n", "\r\n\r\nGET ", "\x16\x03\x01"})
    EXPECT_EQ(fault_of(text), proxy_fault::no_header) << text;
  EXPECT_EQ(fault_of(header(0x11, 0x11, inet)), proxy_fault::bad_version);
  EXPECT_EQ(fault_of(header(0x31, 0x11, inet)), proxy_fault::bad_version);
  EXPECT_EQ(fault_of(header(0x22, 0x11, inet)), proxy_fault::bad_command);
  EXPECT_EQ(fault_of(header(0x21, 0x12, inet)), proxy_fault::bad_family);  // datagrams
  EXPECT_EQ(fault_of(header(0x21, 0x41, inet)), proxy_fault::bad_family);
  EXPECT_EQ(fault_of(header(0x21, 0x11, inet.substr(1))), proxy_fault::bad_length);
  EXPECT_EQ(fault_of(header(0x21, 0x21, std::string(35, 'a'))), proxy_fault::bad_length);
  EXPECT_EQ(fault_of(header(0x21, 0x31, std::string(215, 'a'))), proxy_fault::bad_length);
}

TEST(ProxyHeader, WaitsForTheRest) {
  const auto whole = header(0x21, 0x11, inet);
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(read(whole.substr(0, size), 5'000).step, parse_step::need_more) << size;
}

}  // namespace
}  // namespace genesis::http
