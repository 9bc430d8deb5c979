#pragma once

#include <optional>
#include <string_view>

namespace genesis::config {

/// Why a text is no origin as browsers send it in the Origin field (RFC 6454 6.2, WHATWG URL): scheme, host, and the
/// port where it is not the scheme's own. A clause that completes "the origin ..."; nothing when it is one. Whatever a
/// browser spells differently would never match, so it is refused, not repaired.
std::optional<std::string_view> origin_fault(std::string_view text) noexcept;

}  // namespace genesis::config
