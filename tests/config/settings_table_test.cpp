#include "config/settings_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace genesis::config {
namespace {

using testing::HasSubstr;
using list = std::vector<std::string>;

const setting& row(std::string_view name) {
  const auto* const found = find_setting(name);
  if (found == nullptr)
    throw std::invalid_argument("no setting " + std::string(name));
  return *found;
}

TEST(SettingsTable, NamesEachSettingOnce) {
  std::set<std::string_view> names;
  std::set<std::string> variables;
  for (const auto& each : settings_table()) {
    EXPECT_TRUE(names.insert(each.name).second) << each.name;
    EXPECT_TRUE(variables.insert(each.variable()).second) << each.name;
    EXPECT_EQ(find_setting(each.name), &each);
    EXPECT_EQ(find_variable(each.variable()), &each);
    EXPECT_FALSE(each.explanation.empty()) << each.name;
  }
}

TEST(SettingsTable, KeepsSectionsTogether) {
  std::set<std::string_view> ended;
  std::string_view current;
  for (const auto& each : settings_table()) {
    if (each.section() == current)
      continue;
    EXPECT_TRUE(ended.insert(each.section()).second) << each.name;
    current = each.section();
  }
}

/// The names of all members of `settings`, read out of its source: `http.port`, ...
std::set<std::string> members_of_settings() {
  static const std::regex member_line(R"(^    [\w:<>]+ (\w+)(;|\{| = ).*)");
  static const std::regex section_end(R"(^  \} (\w+);.*)");
  std::ifstream source(GENESIS_SOURCE_DIR "/config/settings.hpp");
  std::set<std::string> names;
  std::vector<std::string> keys;
  std::smatch match;
  for (std::string line; std::getline(source, line);) {
    if (std::regex_match(line, match, member_line))
      keys.push_back(match[1]);
    if (!std::regex_match(line, match, section_end))
      continue;
    for (const auto& key : keys)
      names.insert(match[1].str() + '.' + key);
    keys.clear();
  }
  return names;
}

TEST(SettingsTable, HasARowForEveryMember) {
  std::set<std::string> names;
  for (const auto& each : settings_table())
    names.insert(std::string(each.name));
  EXPECT_EQ(names, members_of_settings());
}

TEST(SettingsTable, AcceptsItsDefaults) {
  const settings defaults;
  for (const auto& each : settings_table())
    EXPECT_EQ(each.check(each.get(defaults)), std::nullopt) << each.name;
}

/// Another value than the default that the setting's rules allow.
setting_value other_than_default(const setting& each) {
  const auto value = each.get(settings{});
  if (!each.choices.empty())
    return std::string(each.choices.back());
  switch (each.kind) {
  case setting_kind::boolean: return !std::get<bool>(value);
  case setting_kind::integer: return each.range.min + 6;
  case setting_kind::duration: return milliseconds{std::min((each.range.min / 1'000 + 3) * 1'000, each.range.max)};
  case setting_kind::text:
    return std::string(each.name == "storage.url"       ? "sqlite://other.db"
                       : each.name == "cache.redis_url" ? "redis://other"
                       : each.name == "http.purge_url"  ? "https://cdn.example/purge"
                                                        : "other");
  case setting_kind::list:
    return list{each.name == "http.cors_origins"  ? "https://app.example.com"
                : each.name == "storage.replicas" ? "postgresql://db/genesis"
                                                  : "192.0.2.7"};
  }
  return value;
}

TEST(SettingsTable, SetsWhatItGetsAndNothingElse) {
  for (const auto& each : settings_table()) {
    const auto value = other_than_default(each);
    ASSERT_EQ(each.check(value), std::nullopt) << each.name;
    settings changed;
    ASSERT_NE(each.get(changed), value) << each.name;
    each.set(changed, value);
    EXPECT_EQ(each.get(changed), value) << each.name;
    for (const auto& other : settings_table()) {
      if (&other != &each) {
        EXPECT_EQ(other.get(changed), other.get(settings{})) << each.name << " changed " << other.name;
      }
    }
  }
}

TEST(SettingsTable, AcceptsBothEndsOfARangeAndNothingBeyond) {
  for (const auto& each : settings_table()) {
    const auto at = [&](std::int64_t number) {
      return each.check(
        each.kind == setting_kind::integer ? setting_value(number) : setting_value(milliseconds{number}));
    };
    if (each.kind != setting_kind::integer && each.kind != setting_kind::duration)
      continue;
    EXPECT_EQ(at(each.range.min), std::nullopt) << each.name;
    EXPECT_EQ(at(each.range.max), std::nullopt) << each.name;
    EXPECT_NE(at(each.range.min - 1), std::nullopt) << each.name;
    if (each.range.max != setting_range{}.max) {
      EXPECT_NE(at(each.range.max + 1), std::nullopt) << each.name;
    }
  }
}

TEST(SettingsTable, StatesRangesWithTheirUnits) {
  EXPECT_EQ(row("http.port").check(std::int64_t{65'536}), "must be between 0 and 65535");
  EXPECT_EQ(row("http.threads").check(std::int64_t{-1}), "must be between 0 and 256 threads");
  EXPECT_EQ(row("storage.max_bytes").check(std::int64_t{-1}), "must be at least 0 bytes");
  EXPECT_EQ(row("auth.access_token_lifetime").check(std::chrono::hours{1}), "must be between 1s and 15m");
}

TEST(SettingsTable, RefusesAnotherKind) {
  EXPECT_EQ(row("http.port").check(true), "must be an integer");
  EXPECT_EQ(row("http.address").check(std::string("::1")), "must be a list of strings");
}

TEST(SettingsTable, RefusesOtherChoices) {
  EXPECT_EQ(row("auth.registration").check(std::string("Open")), "must be open, invite or closed");
  EXPECT_EQ(row("log.level").check(std::string("loud")), "must be trace, debug, info, warn, error, critical or off");
  EXPECT_EQ(row("log.format").check(std::string("")), "must be text or json");
}

TEST(SettingsTable, RefusesFractionsOfWholeSeconds) {
  EXPECT_EQ(row("auth.fresh_login").check(milliseconds{1'500}), "must be whole seconds");
  EXPECT_EQ(row("http.head_timeout").check(milliseconds{1'500}), std::nullopt);
}

TEST(SettingsTable, ChecksAddresses) {
  const auto& address = row("http.address");
  EXPECT_EQ(address.check(list{"0.0.0.0", "::"}), std::nullopt);
  EXPECT_EQ(address.check(list{}), "must have at least one address");
  EXPECT_EQ(
    address.check(list{"localhost"}), "has the entry \"localhost\", which must be an IPv4 or IPv6 address in numbers");
  EXPECT_EQ(address.check(list{"::1", "0:0::1"}), "has the entry \"0:0::1\", which is there already");
}

TEST(SettingsTable, ChecksNetworks) {
  EXPECT_EQ(row("metrics.allow").check(list{}), std::nullopt);
  EXPECT_THAT(row("metrics.allow").check(list{"10.0.0.0/8", "10.0.0.1/8"}).value(), HasSubstr("10.0.0.1/8"));
  EXPECT_NE(row("metrics.allow").check(list{""}), std::nullopt);
}

TEST(SettingsTable, ChecksOrigins) {
  const auto& origins = row("http.cors_origins");
  EXPECT_EQ(origins.check(list{}), std::nullopt);
  EXPECT_EQ(origins.check(list{"https://app.example.com", "http://localhost:3000"}), std::nullopt);
  EXPECT_THAT(
    origins.check(list{"https://app.example.com", "*"}).value(), HasSubstr("has the entry \"*\", which would"));
  EXPECT_EQ(origins.check(list{"https://a.example", "https://a.example"}),
    "has the entry \"https://a.example\", which is there already");
}

TEST(SettingsTable, NamesTheDatabasesThatAreSupported) {
  const auto& url = row("storage.url");
  EXPECT_EQ(url.check(std::string("")), std::nullopt);
  EXPECT_EQ(url.check(std::string("sqlite:///var/lib/genesis/genesis.db")), std::nullopt);
  EXPECT_EQ(url.check(std::string("sqlite://")), "must name a file behind sqlite://");
  for (const auto* const postgresql : {"postgresql://me@db:5432/genesis?sslmode=verify-full", "postgres:///genesis"})
    EXPECT_EQ(url.check(std::string(postgresql)), std::nullopt) << postgresql;
  for (const auto* const other :
    {"mysql://db", "genesis.db", "sqlite:genesis.db", "SQLITE://genesis.db", "postgresql:db"})
    EXPECT_EQ(url.check(std::string(other)), "must begin with sqlite:// or postgresql://") << other;
}

TEST(SettingsTable, NamesReplicasAndShowsNoneThatItRefuses) {
  const auto& replicas = row("storage.replicas");
  const std::string good = "postgresql://me@db/genesis?weight=2";
  EXPECT_EQ(replicas.check(list{}), std::nullopt);
  EXPECT_EQ(replicas.check(list(16, good)), std::nullopt);
  EXPECT_EQ(replicas.check(list(17, good)), "must have at most 16 entries");
  EXPECT_EQ(
    replicas.check(list{good, "mysql://me:secret@db"}), "has an entry, number 2, which must begin with postgresql://");
  EXPECT_EQ(replicas.check(list{"postgresql://me:secret@db/x?weight=0"}),
    "has an entry, number 1, which must have a weight between 1 and 100");
}

TEST(SettingsTable, BoundsTheClaimsOfTokens) {
  const auto& issuer = row("auth.issuer");
  EXPECT_EQ(issuer.check(std::string(200, 'x')), std::nullopt);
  for (const auto& text : {std::string(), std::string(201, 'x'), std::string("a b"), std::string("a\"b"),
         std::string("a\\b"), std::string("\xc3\xa9")})
    EXPECT_NE(issuer.check(text), std::nullopt) << text;
}

TEST(SettingsTable, BoundsThePrefixOfKeys) {
  const auto& prefix = row("cache.redis_prefix");
  EXPECT_EQ(prefix.check(std::string(64, 'x')), std::nullopt);
  EXPECT_EQ(prefix.check(std::string("Genesis:2.a_b-c:")), std::nullopt);
  for (const auto& text :
    {std::string(), std::string(65, 'x'), std::string("a*"), std::string("[a]"), std::string("a b")})
    EXPECT_NE(prefix.check(text), std::nullopt) << text;
}

TEST(SettingsTable, NamesRedisServers) {
  const auto& url = row("cache.redis_url");
  EXPECT_EQ(url.check(std::string()), std::nullopt);
  EXPECT_EQ(url.check(std::string("redis://localhost")), std::nullopt);
  EXPECT_EQ(url.check(std::string("localhost")), "must begin with redis:// or unix://");
}

TEST(SettingsTable, NamesWhereACdnIsTold) {
  const auto& url = row("http.purge_url");
  EXPECT_EQ(url.check(std::string()), std::nullopt);
  EXPECT_EQ(url.check(std::string("https://cdn.example/purge?zone=7")), std::nullopt);
  EXPECT_EQ(url.check(std::string("cdn.example")), "must begin with https:// or http://");
  const auto& token = row("http.purge_token");
  EXPECT_EQ(token.check(std::string(1'024, 'x')), std::nullopt);
  for (const auto& text : {std::string(1'025, 'x'), std::string("two words"), std::string("a\r\nX: y")})
    EXPECT_NE(token.check(text), std::nullopt) << text;
  EXPECT_EQ(token.show(std::string("hunter2")).find("hunter2"), std::string::npos);
}

TEST(SettingsTable, RefusesTextsThatWouldBeCut) {
  EXPECT_EQ(row("data.directory").check(std::string("a\0b", 3)), "must not contain NUL");
  EXPECT_EQ(row("data.directory").check(std::string()), "must not be empty");
}

TEST(SettingsTable, FindsTheNearestName) {
  EXPECT_EQ(nearest_setting("http.prot"), find_setting("http.port"));
  EXPECT_EQ(nearest_setting("storage.poolsize"), find_setting("storage.pool_size"));
  EXPECT_EQ(nearest_setting("entirely.different"), nullptr);
  EXPECT_EQ(nearest_setting(std::string(100'000, 'x')), nullptr);
  EXPECT_EQ(nearest_setting(""), nullptr);
}

TEST(SettingsTable, NamesVariables) {
  EXPECT_EQ(row("http.connections_per_address_max").variable(), "GENESIS_HTTP_CONNECTIONS_PER_ADDRESS_MAX");
  EXPECT_EQ(find_variable("GENESIS_HTTP_PORT_"), nullptr);
}

TEST(Setting, ShowsAllOfAnOpenOne) {
  EXPECT_EQ(row("auth.issuer").show(std::string("me")), "\"me\"");
}

TEST(Setting, MasksThePasswordInAUrl) {
  const auto& url = row("storage.url");
  EXPECT_EQ(url.show(std::string("sqlite:///var/a:b@c.db")), "\"sqlite:///var/a:b@c.db\"");
  EXPECT_EQ(url.show(std::string("postgresql://me:pa:ss@w@db:5432/x")), "\"postgresql://me:***@db:5432/x\"");
  EXPECT_EQ(url.show(std::string("postgresql://me@db:5432/x")), "\"postgresql://me@db:5432/x\"");
  EXPECT_EQ(url.show(std::string("postgresql:///x?user=me&password=a@b&sslmode=require&sslpassword=c")),
    "\"postgresql:///x?user=me&password=***&sslmode=require&sslpassword=***\"");
  EXPECT_EQ(url.show(std::string("postgresql://me:pass/word@db/x")), "\"postgresql://me:***@db/x\"");
  EXPECT_EQ(url.show(std::string("postgresql://me:pass@word@db/x")), "\"postgresql://me:***@db/x\"");
  EXPECT_EQ(url.show(std::string("postgresql://me:a@db/x?p%61ssword=b&port=1")),
    "\"postgresql://me:***@db/x?p%61ssword=***&port=1\"");
  EXPECT_EQ(url.show(std::string("")), "\"\"");
}

TEST(Setting, MasksThePasswordsInAListOfUrls) {
  const auto& replicas = row("storage.replicas");
  EXPECT_EQ(replicas.show(list{}), "[]");
  EXPECT_EQ(replicas.show(list{"postgresql://me:secret@a/x", "postgresql://b/x"}),
    R"(["postgresql://me:***@a/x", "postgresql://b/x"])");
}

TEST(Setting, MasksAllOfASecretButWhetherItIsSet) {
  const setting secret{.shown = secrecy::secret};
  EXPECT_EQ(secret.show(std::string("hunter2")), "\"***\"");
  EXPECT_EQ(secret.show(std::string("")), "\"\"");
}

}  // namespace
}  // namespace genesis::config
