#include "http/forwarded.hpp"
#include "http/proxy_header.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <algorithm>
#include <array>

namespace genesis::fuzz {

namespace {

struct verdict {
  http::parse_step step = http::parse_step::need_more;
  std::size_t taken = 0;
  http::proxy_fault fault = http::proxy_fault::none;
  std::optional<config::ip_address> client;
  bool operator==(const verdict&) const = default;
};

/// Reads a header from the front, in pieces of at most `piece` bytes.
verdict read_header(std::string_view input, std::size_t piece) {
  http::proxy_header_parser parser;
  verdict found;
  while (found.step == http::parse_step::need_more && found.taken < input.size()) {
    require(parser.missing() != 0, "an unfinished header misses something");
    const auto count = std::min({parser.missing(), piece, input.size() - found.taken});
    found.step = parser.feed(input.substr(found.taken, count));
    found.taken += count;
  }
  found.fault = parser.fault();
  found.client = parser.client();
  require(found.taken <= 16 + http::proxy_header_length_max, "a header is bounded");
  require(
    (found.step == http::parse_step::failed) == (found.fault != http::proxy_fault::none), "a failure has a reason");
  return found;
}

void check_header(std::string_view input) {
  const auto whole = read_header(input, input.size());
  auto split = read_header(input, 1);
  if (whole.step == http::parse_step::failed)
    split.taken = whole.taken;  // a wrong byte is seen as soon as it is there
  require(whole == split, "a header says the same however it is split");
}

void check_forwarded(std::string_view input) {
  static const std::array trusted{*config::network::parse("10.0.0.0/8"), *config::network::parse("fd00::/8")};
  const auto proxy = *config::ip_address::parse("10.0.0.1");
  const auto own = *config::ip_address::parse("192.0.2.1");
  // What a client makes up never hides what the proxy adds behind it.
  const auto list = std::string{input} + ", 192.0.2.1";
  require(http::client_of(std::nullopt, list, proxy, trusted) == own.text(), "X-Forwarded-For: the rightmost counts");
  const auto elements = std::string{input} + ", for=192.0.2.1";
  const auto client = http::client_of(elements, std::nullopt, proxy, trusted);
  require(!client || *client == own.text(), "Forwarded: the rightmost counts");
  if (const auto found = http::client_of(input, std::nullopt, proxy, trusted))
    require(*found == http::unknown_client || config::ip_address::parse(*found), "a client is an address or unknown");
}

}  // namespace

/// What proxies say about clients: the PROXY header, `Forwarded`, `X-Forwarded-For`.
void fuzz(std::string_view input) {
  check_header(input);
  check_forwarded(input);
}

}  // namespace genesis::fuzz
