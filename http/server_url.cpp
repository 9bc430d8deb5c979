#include "http/server_url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <charconv>
#include <cstdint>
#include <optional>

namespace genesis::http {

namespace {

/// Boost.URL 1.81 gives the remainder of a number that is too large.
std::optional<std::uint16_t> port_of(const boost::urls::url_view& url) {
  const std::string_view digits = url.has_port() ? std::string_view{url.port()} : std::string_view{};
  std::uint16_t number = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_port = failure == std::errc{} && end == digits.data() + digits.size() && number != 0;
  return is_port ? std::optional{number} : std::nullopt;
}

std::string default_port(bool is_secure) {
  return is_secure ? "443" : "80";
}

}  // namespace

std::string server_url::authority() const {
  std::string text = host.contains(':') ? "[" + host + "]" : host;
  if (port != default_port(is_secure))
    text += ":" + port;
  return text;
}

std::string to_string(const server_url& url) {
  return (url.is_secure ? "https://" : "http://") + url.authority() + url.path;
}

result<server_url> parse_server_url(std::string_view text) {
  const auto refuse = [text](std::string_view why) {
    return fail(errc::invalid_argument, "The URL '" + std::string{text} + "' " + std::string{why});
  };
  const auto parsed = boost::urls::parse_uri(text);
  if (parsed.has_error() || !parsed->has_authority() || parsed->encoded_host().empty())
    return refuse("is not one of a server; write it like http://127.0.0.1:8080.");
  const bool is_secure = parsed->scheme_id() == boost::urls::scheme::https;
  if (!is_secure && parsed->scheme_id() != boost::urls::scheme::http)
    return refuse("must begin with http:// or https://.");
  if (parsed->has_userinfo() || parsed->has_query() || parsed->has_fragment())
    return refuse("must hold nothing but host, port and path.");
  const auto port = port_of(*parsed);
  if (parsed->has_port() && !port)
    return refuse("has a port that is not 1 to 65535.");

  server_url url{parsed->host_address(), default_port(is_secure), std::string{parsed->encoded_path()}, is_secure};
  if (port)
    url.port = std::to_string(*port);
  while (url.path.ends_with('/'))
    url.path.pop_back();
  return url;
}

}  // namespace genesis::http
