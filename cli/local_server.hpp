#pragma once

#include "config/load.hpp"
#include "domain/error.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace genesis::cli {

/// The settings that the functions here look at: all that a command needs which talks to the server over HTTP.
inline constexpr std::array<std::string_view, 5> settings_of_way{
  "data.directory", "http.address", "http.port", "http.tls_certificate", "http.tls_key"};  // the last two go together

/// The port that the server with this data directory has chosen, from its file `http.port`. Nothing while none has.
std::optional<std::string> chosen_port(const config::settings& settings);

/// The address at which a server with these settings is reached from this machine.
std::string local_address(const config::settings& settings);

/// Where a server with these settings is reached from this machine, on that port.
std::string local_url(const config::settings& settings, const std::string& port);

/// The way to a server from this machine.
struct local_way {
  std::string url;      ///< With TLS by the name that the certificate is for.
  std::string address;  ///< Where to connect, when that is not what the URL's name resolves to; else empty.

  friend bool operator==(const local_way&, const local_way&) = default;
};

/// The file in the data directory in which a running server says how it is reached, whatever settings it was started
/// with: the URL, and in a second line the address, if there is one.
inline constexpr auto way_file = "http.url";
std::string to_string(const local_way& way);

/// The way to the server that runs on this data directory; nothing when none does.
std::optional<local_way> way_to_running(const config::settings& settings);

/// The way that the command line's `--http.port` and `--http.address` name, which is stronger than any that is found.
/// Nothing when they are not given, or name the port of the server that runs on the data directory, which has left
/// more.
std::optional<local_way> way_as_told(const config::loaded& loaded);

/// The way that is told, else to the server that runs, else to where it would be. Fails like
/// `look_for_named_directory`.
result<local_way> expected_way(const config::loaded& loaded);

/// Fails when the data directory is another than the default and is none: a mistyped one, and whatever server would be
/// found instead is another's.
result<void> look_for_named_directory(const config::settings& settings);

}  // namespace genesis::cli
