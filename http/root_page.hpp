#pragma once

#include <string>
#include <string_view>

namespace genesis::http {

/// The page under `/`: what this is, and links to everything it serves. `host` and `is_secure` are how the reader came
/// here, for the command to paste; a host that is more than a name or address and a port is not shown.
std::string root_page(std::string_view host, bool is_secure);

}  // namespace genesis::http
