#include "config/setting_rules.hpp"

#include "config/hook_url.hpp"
#include "config/limits.hpp"
#include "config/network.hpp"
#include "config/origin.hpp"
#include "config/redis_url.hpp"
#include "config/replica_url.hpp"

#include <algorithm>
#include <vector>

namespace genesis::config {

namespace {

constexpr std::size_t claim_length_max = 200;
constexpr std::size_t prefix_length_max = 64;
constexpr std::size_t bearer_length_max = 1'024;

const std::string& text_of(const setting_value& value) {
  return std::get<std::string>(value);
}
const std::vector<std::string>& list_of(const setting_value& value) {
  return std::get<std::vector<std::string>>(value);
}

std::string about(const std::string& entry, std::string_view clause) {
  return "has the entry \"" + entry + "\", which " + std::string(clause);
}

}  // namespace

complaint must_be_whole_seconds(const setting_value& duration) {
  if (std::get<milliseconds>(duration) % seconds{1} == milliseconds{0})
    return std::nullopt;
  return "must be whole seconds";
}

complaint must_not_be_empty(const setting_value& text) {
  if (!text_of(text).empty())
    return std::nullopt;
  return "must not be empty";
}

complaint must_be_addresses(const setting_value& list) {
  if (list_of(list).empty())
    return "must have at least one address";
  std::vector<ip_address> seen;
  for (const auto& entry : list_of(list)) {
    const auto address = ip_address::parse(entry);
    if (!address)
      return about(entry, "must be an IPv4 or IPv6 address in numbers");
    if (std::ranges::find(seen, *address) != seen.end())
      return about(entry, "is there already");
    seen.push_back(*address);
  }
  return std::nullopt;
}

complaint must_be_networks(const setting_value& list) {
  for (const auto& entry : list_of(list))
    if (const auto block = network::parse(entry); !block)
      return about(entry, block.error());
  return std::nullopt;
}

complaint must_be_origins(const setting_value& list) {
  const auto& all = list_of(list);
  for (auto entry = all.begin(); entry != all.end(); ++entry) {
    if (const auto fault = origin_fault(*entry))
      return about(*entry, *fault);
    if (std::find(all.begin(), entry, *entry) != entry)
      return about(*entry, "is there already");
  }
  return std::nullopt;
}

complaint must_be_storage_url(const setting_value& text) {
  static constexpr std::string_view file_scheme = "sqlite://";
  const std::string_view url = text_of(text);
  if (url == file_scheme)
    return "must name a file behind sqlite://";
  if (url.empty() || url.starts_with(file_scheme) || url.starts_with("postgresql://") || url.starts_with("postgres://"))
    return std::nullopt;
  return "must begin with sqlite:// or postgresql://";
}

complaint must_be_replicas(const setting_value& list) {
  const auto& all = list_of(list);
  if (all.size() > replicas_max)
    return "must have at most " + std::to_string(replicas_max) + " entries";
  for (std::size_t i = 0; i < all.size(); ++i)
    if (const auto entry = replica_url::parse(all[i]); !entry)
      return "has an entry, number " + std::to_string(i + 1) + ", which " + entry.error();
  return std::nullopt;
}

complaint must_be_redis_url(const setting_value& text) {
  if (text_of(text).empty())
    return std::nullopt;
  auto url = redis_url::parse(text_of(text));
  return url ? std::nullopt : complaint{std::move(url).error()};
}

complaint must_be_hook_url(const setting_value& text) {
  if (text_of(text).empty())
    return std::nullopt;
  auto url = hook_url::parse(text_of(text));
  return url ? std::nullopt : complaint{std::move(url).error()};
}

complaint must_be_bearer_token(const setting_value& text) {
  const auto& token = text_of(text);
  if (token.size() > bearer_length_max || !std::ranges::all_of(token, [](char c) { return c > ' ' && c < 0x7f; }))
    return "must have visible ASCII characters alone, at most 1024";
  return std::nullopt;
}

complaint must_be_key_prefix(const setting_value& text) {
  static constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:._-";
  const auto& prefix = text_of(text);
  if (prefix.empty() || prefix.size() > prefix_length_max || prefix.find_first_not_of(allowed) != std::string::npos)
    return "must have 1 to 64 letters, digits and the characters : . _ -";
  return std::nullopt;
}

complaint must_be_token_claim(const setting_value& text) {
  const auto& claim = text_of(text);
  const auto is_plain = [](char each) { return each > ' ' && each < 0x7f && each != '"' && each != '\\'; };
  if (claim.empty() || claim.size() > claim_length_max || !std::ranges::all_of(claim, is_plain))
    return "must have 1 to 200 visible ASCII characters without quotes and backslashes";
  return std::nullopt;
}

}  // namespace genesis::config
