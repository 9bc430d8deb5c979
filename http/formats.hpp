#pragma once

#include <string_view>

namespace genesis::http {

/// True for `en` or `es`, alone or with a region (`es-MX`, `es-419`; RFC 5646 2.2.4).
bool is_locale(std::string_view tag) noexcept;

}  // namespace genesis::http
