#include "actors/metrics_collector.hpp"

#include "actors/mailbox_metrics.hpp"
#include "actors/metric_families.hpp"
#include "actors/metrics.hpp"
#include "domain/run.hpp"

namespace genesis {

namespace {

using prometheus::MetricType;

/// A person counts as active this many minutes after their latest request.
constexpr std::int64_t active_minutes = 5;

double sum_of(thread_counter actor_counters::* member) {
  return static_cast<double>(total_of(member));
}

prometheus::MetricFamily one(
  MetricType type, const char* name, const char* help, thread_counter actor_counters::* member) {
  family_builder family{type, name, help};
  family.add(sum_of(member));
  return family.take();
}

prometheus::MetricFamily active_users() {
  const auto now = minute_number(std::chrono::steady_clock::now());
  std::int64_t active = 0;
  for (std::int64_t minute = now - active_minutes; minute <= now; ++minute) {
    std::uint64_t sum = 0;
    per_thread<actor_counters>::for_each([&](const actor_counters& thread) {
      sum += thread.active_by_minute[static_cast<std::size_t>(minute) % thread.active_by_minute.size()].value();
    });
    active += static_cast<std::int64_t>(sum);
  }
  family_builder family{MetricType::Gauge, "genesis_active_users", "People with a request in the last five minutes."};
  family.add(static_cast<double>(active));
  return family.take();
}

prometheus::MetricFamily cache_lookups(const char* name, const char* help, thread_counter actor_counters::* l1_user,
  thread_counter actor_counters::* l1_memo, thread_counter actor_counters::* l2_redis) {
  family_builder family{MetricType::Counter, name, help};
  family.add(sum_of(l1_user), {{"cache_type", "l1_user"}});
  family.add(sum_of(l1_memo), {{"cache_type", "l1_memo"}});
  family.add(sum_of(l2_redis), {{"cache_type", "l2_redis"}});
  return family.take();
}

prometheus::MetricFamily redis_ignored() {
  family_builder family{MetricType::Counter, "genesis_cache_entries_ignored_total",
    "Entries of the second cache that were found and not used, by why."};
  family.add(sum_of(&actor_counters::l2_stale), {{"reason", "stale"}});
  family.add(sum_of(&actor_counters::l2_unreadable), {{"reason", "unreadable"}});
  return family.take();
}

/// Adds the histogram that `of` finds among the counters of each thread.
template <class Of>
void add_latencies(family_builder& family, Of of, const metric_labels& labels = {}) {
  std::array<std::uint64_t, latency_counters::bounds.size() + 1> counts{};
  std::uint64_t nanoseconds = 0;
  per_thread<actor_counters>::for_each([&](const actor_counters& thread) {
    const latency_counters& counted = of(thread);
    for (std::size_t i = 0; i < counts.size(); ++i)
      counts[i] += counted.by_time[i].value();
    nanoseconds += counted.nanoseconds.value();
  });
  family.add_histogram(latency_counters::bounds, counts, static_cast<double>(nanoseconds) / 1e9, labels);
}

prometheus::MetricFamily redis_latency() {
  family_builder family{
    MetricType::Histogram, "genesis_redis_answer_seconds", "How long Redis took to answer in time."};
  add_latencies(family, [](const actor_counters& thread) -> const latency_counters& { return thread.redis_latency; });
  return family.take();
}

prometheus::MetricFamily memo_latency() {
  family_builder family{MetricType::Histogram, "genesis_memo_computation_seconds",
    "How long the computations took that are remembered, what they had read from the database included."};
  add_latencies(
    family, [](const actor_counters& thread) -> const latency_counters& { return thread.memo_computations; });
  return family.take();
}

prometheus::MetricFamily activation_latency() {
  family_builder family{MetricType::Histogram, "genesis_user_activation_seconds",
    "How long it took until the state of somebody was in memory, by where it came from."};
  for (const auto& [source, name] : enum_names<activation_source>)
    add_latencies(family,
      [at = static_cast<std::size_t>(source)](
        const actor_counters& thread) -> const latency_counters& { return thread.activations[at]; },
      {{"source", std::string{name}}});
  return family.take();
}

prometheus::MetricFamily runs_ended() {
  family_builder family{MetricType::Counter, "genesis_runs_ended_total", "Answers that have ended, by how."};
  for (const auto& [status, name] : enum_names<run_status>) {
    if (!has_ended(status))
      continue;
    std::uint64_t sum = 0;
    per_thread<actor_counters>::for_each([&, at = static_cast<std::size_t>(status)](
                                           const actor_counters& thread) { sum += thread.runs_ended[at].value(); });
    family.add(static_cast<double>(sum), {{"status", std::string{name}}});
  }
  return family.take();
}

prometheus::MetricFamily mailbox_lengths() {
  family_builder family{MetricType::Histogram, "genesis_mailbox_messages",
    "Messages that an actor found waiting when its turn came, by kind of actor."};
  for (const auto& [kind, name] : enum_names<actor_kind>) {
    std::array<std::uint64_t, mailbox_counters::bounds.size() + 1> counts{};
    std::uint64_t messages = 0;
    per_thread<mailboxes>::for_each([&, at = static_cast<std::size_t>(kind)](const mailboxes& thread) {
      const auto& counted = thread.by_kind[at];
      for (std::size_t i = 0; i < counts.size(); ++i)
        counts[i] += counted.by_length[i].value();
      messages += counted.messages.value();
    });
    family.add_histogram(
      mailbox_counters::bounds, counts, static_cast<double>(messages), {{"actor", std::string{name}}});
  }
  return family.take();
}

/// A sample for each value of an enumeration.
template <class Enum>
prometheus::MetricFamily by_name(const char* name, const char* help, const char* label,
  std::array<thread_counter, enum_names<Enum>.size()> actor_counters::* member, MetricType type = MetricType::Counter) {
  family_builder family{type, name, help};
  for (const auto& [value, text] : enum_names<Enum>) {
    std::uint64_t sum = 0;
    per_thread<actor_counters>::for_each(
      [&, at = static_cast<std::size_t>(value)](const actor_counters& thread) { sum += (thread.*member)[at].value(); });
    family.add(static_cast<double>(static_cast<std::int64_t>(sum)), {{label, std::string{text}}});
  }
  return family.take();
}

/// A sample for each replica, by its place in the settings, counted from 1. `unit` is what a level is told in.
prometheus::MetricFamily by_replica(const char* name, const char* help,
  std::array<thread_counter, config::replicas_max> actor_counters::* member, double unit = 1) {
  family_builder family{MetricType::Gauge, name, help};
  const auto replicas = static_cast<std::size_t>(total_of(&actor_counters::replicas_now));
  for (std::size_t i = 0; i < replicas; ++i) {
    std::uint64_t sum = 0;
    per_thread<actor_counters>::for_each([&](const actor_counters& thread) { sum += (thread.*member)[i].value(); });
    family.add(static_cast<double>(static_cast<std::int64_t>(sum)) * unit, {{"replica", std::to_string(i + 1)}});
  }
  return family.take();
}

}  // namespace

std::vector<prometheus::MetricFamily> actor_collector::Collect() const {
  using c = actor_counters;
  constexpr auto counter = MetricType::Counter;
  constexpr auto gauge = MetricType::Gauge;
  return {
    active_users(),
    cache_lookups("genesis_cache_hits_total",
      "Reads of a person's data answered from memory (l1_user), each counted once, lists too; people taken into memory "
      "with what Redis had (l2_redis); computations that were spared (l1_memo). Searches and looks at other people "
      "count as neither: they are never kept.",
      &c::l1_user_hits, &c::l1_memo_hits, &c::l2_hits),
    cache_lookups("genesis_cache_misses_total",
      "Reads of a person's data that the database was asked for (l1_user); people taken into memory for whom Redis had "
      "nothing of use (l2_redis); computations that were made (l1_memo).",
      &c::l1_user_misses, &c::l1_memo_misses, &c::l2_misses),
    by_name<memoised>(
      "genesis_memo_entries", "Values of computations that are remembered.", "memo", &c::memo_entries_now, gauge),
    by_name<memoised>("genesis_memo_bytes", "Memory that they take.", "memo", &c::memo_bytes_now, gauge),
    by_name<memoised>("genesis_memo_evictions_total", "Those that were forgotten for want of room, or as too old.",
      "memo", &c::memo_evictions),
    memo_latency(),
    by_name<purge_outcome>(
      "genesis_cdn_purges_total", "Attempts to have a CDN forget something, by how they ended.", "outcome", &c::purges),
    one(gauge, "genesis_cdn_purge_keys_waiting", "Keys that a CDN has still to forget.", &c::purge_keys_now),
    redis_ignored(),
    activation_latency(),
    redis_latency(),
    by_name<storage::redis_failure>(
      "genesis_redis_failures_total", "Questions to Redis that came to nothing, by why.", "reason", &c::redis_failures),
    one(gauge, "genesis_redis_usable", "1 while Redis answers.", &c::redis_usable_now),
    one(gauge, "genesis_users_in_memory", "People whose state is in memory.", &c::users_now),
    one(counter, "genesis_users_activated_total", "People taken into memory.", &c::users_activated),
    one(counter, "genesis_users_passivated_total", "People who left memory when idle.", &c::users_passivated),
    one(counter, "genesis_write_batches_total", "Batches of changes sent to storage.", &c::write_batches),
    one(counter, "genesis_write_operations_total", "Changes in those batches.", &c::write_operations),
    one(
      counter, "genesis_writes_fenced_total", "Batches refused because somebody else had written.", &c::writes_fenced),
    one(counter, "genesis_writes_unknown_total", "Batches whose outcome stayed unknown.", &c::writes_unknown),
    one(counter, "genesis_operations_refused_total", "Requests refused by a person's full queue.",
      &c::operations_refused),
    one(counter, "genesis_runs_started_total", "Answers begun.", &c::runs_started),
    runs_ended(),
    one(gauge, "genesis_runs", "Answers in memory, begun or being replayed.", &c::runs_now),
    one(counter, "genesis_run_events_total", "Events of answers.", &c::run_events),
    one(counter, "genesis_readers_attached_total", "Connections that began to read an answer.", &c::readers_attached),
    one(gauge, "genesis_readers", "Connections reading an answer.", &c::readers_now),
    one(counter, "genesis_readers_dropped_total", "Connections broken off because they did not read.",
      &c::readers_dropped),
    one(counter, "genesis_reader_merged_tokens_total", "Tokens joined to others for slow readers.", &c::reader_merges),
    one(counter, "genesis_exports_started_total", "Exports begun.", &c::exports_started),
    one(counter, "genesis_exports_refused_total", "Exports refused because there were as many as there may be.",
      &c::exports_refused),
    one(gauge, "genesis_exports", "Exports under way.", &c::exports_now),
    one(counter, "genesis_export_rows_total", "Rows read for exports.", &c::export_rows),
    by_name<export_outcome>(
      "genesis_exports_ended_total", "Exports that have ended, by how.", "outcome", &c::exports_ended),
    one(counter, "genesis_run_chunks_stored_total", "Parts of answers stored while they grew.", &c::chunks_stored),
    one(counter, "genesis_run_chunks_failed_total", "Parts of answers that could not be stored.", &c::chunks_failed),
    one(counter, "genesis_storage_requests_total", "Questions and changes given to the database workers.",
      &c::storage_requests),
    one(gauge, "genesis_storage_requests_in_flight", "Those not answered yet.", &c::storage_in_flight_now),
    one(gauge, "genesis_storage_waiting", "Questions that wait for a free connection.", &c::storage_waiting_now),
    one(counter, "genesis_storage_waits_timed_out_total", "Questions that no connection became free for in time.",
      &c::storage_waits_timed_out),
    one(gauge, "genesis_storage_connections", "Connections to the database in all.", &c::storage_connections_now),
    one(gauge, "genesis_storage_connections_checked_out", "Those that have something to do.",
      &c::storage_checked_out_now),
    one(gauge, "genesis_storage_connections_overflow", "Those beyond what is kept open.", &c::storage_overflow_now),
    one(counter, "genesis_storage_connections_opened_total", "Connections that were opened.",
      &c::storage_connections_opened),
    one(counter, "genesis_storage_failovers_total",
      "Times that another server was found to have taken over the database.", &c::storage_failovers),
    one(counter, "genesis_storage_refused_total", "Those refused because too many were waiting.", &c::storage_refused),
    one(counter, "genesis_storage_failed_total", "Those that failed.", &c::storage_failed),
    one(counter, "genesis_storage_writes_failed_total",
      "Changes that the database did not take: a full disk, storage.max_bytes, a fault.", &c::storage_writes_failed),
    by_replica("genesis_replica_up",
      "1 while a replica of the database is read from, by its place in storage.replicas.", &c::replica_up_now),
    by_replica("genesis_replica_lag_bytes",
      "How much of the primary's log a replica lacks. 0 while it cannot be asked.", &c::replica_lag_bytes_now),
    by_replica("genesis_replica_lag_seconds",
      "Since when the primary has had what a replica lacks. 0 while it cannot be asked.", &c::replica_lag_ms_now, 1e-3),
    by_name<replica_read>("genesis_replica_reads_total",
      "Questions that went to a replica, by what became of them; all but those answered went on to the primary.",
      "outcome", &c::replica_reads),
    one(counter, "genesis_storage_groups_total", "Transactions that committed changes.", &c::storage_groups),
    one(
      counter, "genesis_storage_grouped_batches_total", "Batches in those transactions.", &c::storage_grouped_batches),
    one(counter, "genesis_actor_failures_total", "Exceptions that a handler or a callback of an actor let out.",
      &c::actors_failed),
    one(counter, "genesis_workers_replaced_total", "Workers that died and were replaced.", &c::workers_replaced),
    one(counter, "genesis_passwords_hashed_total", "Passwords hashed or checked.", &c::passwords_hashed),
    one(counter, "genesis_passwords_refused_total", "Those refused because too many were waiting.",
      &c::passwords_refused),
    mailbox_lengths(),
    by_name<login_outcome>("genesis_logins_total", "Logins, by how they ended.", "outcome", &c::logins),
    by_name<login_outcome>("genesis_password_confirmations_total",
      "Current passwords given for a change of password, by how their check ended.", "outcome", &c::confirmations),
    by_name<refresh_fault>("genesis_refresh_tokens_refused_total", "Refresh tokens that were not exchanged, by why.",
      "reason", &c::refreshes_refused),
    by_name<rate_limit>(
      "genesis_rate_limited_total", "Requests refused by a rate limit, by which.", "limit", &c::rate_limited),
  };
}

}  // namespace genesis
