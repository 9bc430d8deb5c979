#pragma once

#include "config/network.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::http {

/// A client or proxy that a request came from: its address, or nothing where it is not told or hidden (`unknown`,
/// `_secret`).
using forwarded_node = std::optional<config::ip_address>;

/// The `for` of each element of `Forwarded` (RFC 7239 4), in order; nothing for a malformed value. An element without
/// `for` is a node that is not told.
std::optional<std::vector<forwarded_node>> parse_forwarded(std::string_view value);

/// Likewise the elements of `X-Forwarded-For`, with or without ports. What is no address is a node that is not told.
std::vector<forwarded_node> parse_x_forwarded_for(std::string_view value);

/// What a client whose proxy hides its address is called. No network holds it.
inline constexpr std::string_view unknown_client = "unknown";

/// Whom a request that came from a trusted proxy is from: of the nodes that its fields name the rightmost that is no
/// trusted proxy, for each proxy adds the one that it talked to on the right; everything left of that may be made up.
/// The proxy itself when there is no field.
///
/// Nothing when `Forwarded` is malformed, or both fields are there and say different things: a proxy that writes one of
/// them passes on what the client wrote into the other.
std::optional<std::string> client_of(std::optional<std::string_view> forwarded,
  std::optional<std::string_view> x_forwarded_for, const config::ip_address& proxy,
  std::span<const config::network> trusted);

}  // namespace genesis::http
