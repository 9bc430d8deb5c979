#pragma once

#include "config/setting.hpp"

/// Rules of single settings that a range or a list of choices cannot say, for the table's `rule` column. Each REQUIRES
/// a value of its kind and gives a clause that completes "http.port ...".
namespace genesis::config {

/// Durations that are kept and sent in seconds.
complaint must_be_whole_seconds(const setting_value& duration);

/// Texts without which there is nothing to work with.
complaint must_not_be_empty(const setting_value& text);

/// Numeric addresses to listen at: at least one, none twice.
complaint must_be_addresses(const setting_value& list);

/// Blocks of addresses; none at all allows nobody.
complaint must_be_networks(const setting_value& list);

/// Origins of web sites, none twice; none at all allows no other site.
complaint must_be_origins(const setting_value& list);

/// Empty, or a database this program can open.
complaint must_be_storage_url(const setting_value& text);

/// Replicas of a PostgreSQL database, see `replica_url`; at most `replicas_max`. None at all is well.
complaint must_be_replicas(const setting_value& list);

/// Empty, or a Redis server; see `redis_url`.
complaint must_be_redis_url(const setting_value& text);

/// Empty, or where another service takes a POST; see `hook_url`.
complaint must_be_hook_url(const setting_value& text);

/// Empty, or what goes behind `Authorization: Bearer`: at most 1,024 visible ASCII characters.
complaint must_be_bearer_token(const setting_value& text);

/// The beginning of keys: 1..64 letters, digits and `:`, `.`, `_`, `-`, none of which is special in a pattern of keys.
complaint must_be_key_prefix(const setting_value& text);

/// A claim of a token: 1..200 visible ASCII characters that JSON writes as they are, so that a token's size is bounded.
complaint must_be_token_claim(const setting_value& text);

}  // namespace genesis::config
