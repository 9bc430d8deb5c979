#pragma once

#include "domain/text_enum.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace genesis::http {

/// How an answer may be kept, and which validators it carries. The names stand in the OpenAPI document
/// (`x-cache-class`). What is wrong is answered `no_store`, whatever the route's class is.
enum class cache_class : std::uint8_t {
  private_entity,  ///< One person's: never in a shared cache. The ETag is the object's revision.
  private_list,    ///< The same; the ETag is a hash of the body. Lists, and objects without a revision.
  public_page,     ///< The same for everybody, and rarely another: for a while.
  public_keys,     ///< The same for everybody, and soon another when it has to be: for a minute, never stale.
  no_store,
  stream,  ///< As `no_store`, and nobody on the way may hold it back: `X-Accel-Buffering: no`.
};

constexpr bool is_public(cache_class cache) noexcept {
  return cache == cache_class::public_page || cache == cache_class::public_keys;
}

/// The line of a head that says so.
constexpr std::string_view cache_control_line(cache_class cache) noexcept {
  switch (cache) {
  case cache_class::private_entity:
  case cache_class::private_list: return "Cache-Control: private, no-cache, max-age=0\r\n";
  case cache_class::public_page:
    return "Cache-Control: public, max-age=60, s-maxage=300, stale-while-revalidate=86400\r\n";
  case cache_class::public_keys: return "Cache-Control: public, max-age=60, must-revalidate\r\n";
  case cache_class::no_store: return "Cache-Control: no-store\r\n";
  case cache_class::stream: return "Cache-Control: no-store, no-transform\r\n";
  }
  return "Cache-Control: no-store\r\n";
}

/// The value of `Cache-Control` alone.
constexpr std::string_view cache_control(cache_class cache) noexcept {
  auto line = cache_control_line(cache);
  line.remove_prefix(std::string_view{"Cache-Control: "}.size());
  line.remove_suffix(std::string_view{"\r\n"}.size());
  return line;
}

}  // namespace genesis::http

namespace genesis {

template <>
inline constexpr auto enum_names<http::cache_class> = std::array{
  std::pair{http::cache_class::private_entity, std::string_view{"private_entity"}},
  std::pair{http::cache_class::private_list, std::string_view{"private_list"}},
  std::pair{http::cache_class::public_page, std::string_view{"public_page"}},
  std::pair{http::cache_class::public_keys, std::string_view{"public_keys"}},
  std::pair{http::cache_class::no_store, std::string_view{"no_store"}},
  std::pair{http::cache_class::stream, std::string_view{"stream"}},
};

}  // namespace genesis
