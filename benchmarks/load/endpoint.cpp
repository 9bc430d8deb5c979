#include "benchmarks/load/endpoint.hpp"

#include <boost/asio/ip/address.hpp>

#include <charconv>

namespace genesis::load {

std::string endpoint::authority() const {
  const bool is_v6 = address.find(':') != std::string::npos;
  return (is_v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

std::expected<endpoint, std::string> parse_endpoint(std::string_view text) {
  const std::string given{text};
  if (text.starts_with("http://"))
    text.remove_prefix(7);
  if (text.ends_with('/'))
    text.remove_suffix(1);
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos)
    return std::unexpected("'" + given + "' has no port: write ADDRESS:PORT");
  auto host = text.substr(0, colon);
  const auto port_text = text.substr(colon + 1);
  endpoint out;
  const auto [end, fault] = std::from_chars(port_text.data(), port_text.data() + port_text.size(), out.port);
  if (fault != std::errc{} || end != port_text.data() + port_text.size() || out.port == 0)
    return std::unexpected("'" + given + "' has no port between 1 and 65535");
  if (host.starts_with('[') && host.ends_with(']'))
    host = host.substr(1, host.size() - 2);
  if (host == "localhost")
    host = "127.0.0.1";
  boost::system::error_code ec;
  const auto address = boost::asio::ip::make_address(host, ec);
  if (ec || !address.is_loopback())
    return std::unexpected("'" + given + "' is not on this machine: only loopback addresses are put under load");
  out.address = address.to_string();
  return out;
}

}  // namespace genesis::load
