#pragma once

#include <string>

namespace genesis::http {

/// The page under `/`: what this is, and links to everything it serves.
std::string root_page();

}  // namespace genesis::http
