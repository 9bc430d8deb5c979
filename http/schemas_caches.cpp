#include "domain/key_pattern.hpp"
#include "http/schema_parts.hpp"
#include "http/schemas.hpp"
#include "http/surrogate_key.hpp"

namespace genesis::http {

namespace {

constexpr field count_field(std::string_view name, std::string_view doc) {
  return integer_field(name, doc).within({0, 9e15});
}

constexpr std::array invalidation_fields{
  string_field("pattern", "Of keys: * stands for anything (four times at most), ? for one character. People's keys are "
                          "user: and their id.")
    .length(1, key_pattern::length_max)
    .required()
    .like(R"("user:0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c99")"),
};
constexpr std::array purge_fields{
  strings_field("keys", "What public answers have in Surrogate-Key; public for all of them.")
    .with(&field::allowed, std::span<const std::string_view>{surrogate_keys})
    .at_least(1)
    .at_most(surrogate_keys.size())
    .unique()
    .required()
    .like(R"(["openapi"])"),
};
constexpr std::array purged_fields{
  count_field("keys", "That the CDN was told to forget, with others that waited.").like("1"),
};
constexpr std::array warming_fields{
  integer_field("people", "How many, at most; those who were active last.")
    .within({1, 1'000'000})
    .required()
    .like("1000"),
};

constexpr std::array layer_fields{
  count_field("hits", "Since the start.").like("950"),
  count_field("misses", "Since the start.").like("50"),
};
constinit const schema layer_schema{
  .name = "CacheLayer", .doc = "How often a cache helped.", .fields = layer_fields, .is_complete = true};
constexpr std::array failure_fields{
  count_field("late", "Had no answer in time.").like("0"),
  count_field("lost", "Connections, and attempts to make one.").like("0"),
  count_field("refused", "Were answered with an error.").like("0"),
  count_field("unsent", "There was no connection, or too much waited.").like("0"),
};
constinit const schema failures_schema{.name = "RedisFailures",
  .doc = "Questions to Redis that came to nothing.",
  .fields = failure_fields,
  .is_complete = true};
constexpr std::array figure_fields{
  object_field("memory", "Reads of people who were in memory.", layer_schema),
  count_field("people", "In memory now.").like("40"),
  object_field("memo", "Computations: spared by what was remembered, and made.", layer_schema),
  object_field("redis", "Of those who were not: what Redis had.", layer_schema),
  boolean_field("redis_usable", "Redis is there and answers.").like("true"),
  count_field("stale", "Entries in Redis that were behind, and not used.").like("0"),
  count_field("unreadable", "Entries in Redis that were of something else, and not used.").like("0"),
  object_field("redis_failures", "Questions to Redis that came to nothing.", failures_schema),
};

constexpr std::array warmed_fields{
  count_field("people", "Who were active last, and are in memory now.").like("1000"),
};
constexpr std::array forgot_fields{
  count_field("people", "Who left memory; whoever was busy stayed.").like("1"),
  count_field("entries", "Removed from Redis; null when there is none, or it could not be asked in time.")
    .nullable()
    .like("1"),
};

}  // namespace

constinit const schema cache_invalidation_schema{
  .name = "CacheInvalidation", .doc = "What the caches are to forget.", .fields = invalidation_fields};
constinit const schema cache_warming_schema{
  .name = "CacheWarming", .doc = "Whom to take into memory.", .fields = warming_fields};
constinit const schema edge_purge_schema{
  .name = "EdgePurge", .doc = "What a CDN is to forget.", .fields = purge_fields};
constinit const schema edge_purged_schema{
  .name = "EdgePurged", .doc = "What a CDN has forgotten.", .fields = purged_fields, .is_complete = true};
constinit const schema cache_figures_schema{.name = "CacheFigures",
  .doc = "What the caches have done since the start.",
  .fields = figure_fields,
  .is_complete = true};
constinit const schema caches_warmed_schema{
  .name = "CachesWarmed", .doc = "Who was taken into memory.", .fields = warmed_fields, .is_complete = true};
constinit const schema caches_forgot_schema{
  .name = "CachesForgot", .doc = "What the caches have forgotten.", .fields = forgot_fields, .is_complete = true};

}  // namespace genesis::http
