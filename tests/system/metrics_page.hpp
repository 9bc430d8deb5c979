#pragma once

#include "tests/system/http_peer.hpp"

#include <string_view>

namespace genesis::system_test {

/// The sum of a metric's samples on /metrics, read over this connection; those with this label alone when one is given.
double metric(http_peer& peer, std::string_view name, std::string_view label = {});

}  // namespace genesis::system_test
