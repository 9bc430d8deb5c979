#pragma once

#include "config/settings.hpp"
#include "domain/error.hpp"

#include <optional>
#include <string>

namespace genesis::cli {

/// The port that the server with this data directory has chosen, from its file `http.port`. Nothing while none has.
std::optional<std::string> chosen_port(const config::settings& settings);

/// The address at which a server with these settings is reached from this machine.
std::string local_address(const config::settings& settings);

/// Where a server with these settings is reached from this machine, on that port.
std::string local_url(const config::settings& settings, const std::string& port);

/// Where the server on this data directory is reached from this machine; when none has run there, where it would be.
/// Fails like `look_for_named_directory`.
result<std::string> expected_url(const config::settings& settings);

/// Fails when the data directory is another than the default and does not exist: a mistyped one, and whatever server
/// would be found instead is another's.
result<void> look_for_named_directory(const config::settings& settings);

}  // namespace genesis::cli
