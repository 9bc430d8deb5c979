#pragma once

#include "config/settings.hpp"

#include <optional>
#include <string>

namespace genesis::cli {

/// The port that the server with this data directory has chosen, from its file `http.port`. Nothing while none has.
std::optional<std::string> chosen_port(const config::settings& settings);

/// Where a server with these settings is reached from this machine, on that port.
std::string local_url(const config::settings& settings, const std::string& port);

/// Where the server on this data directory is reached from this machine; when none has run there, where it would be.
std::string expected_url(const config::settings& settings);

}  // namespace genesis::cli
