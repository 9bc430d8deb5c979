#include "tests/actors/actor_fixture.hpp"

#include "tests/actors/scarce_memory.hpp"

#include <caf/actor_cast.hpp>
#include <caf/atom.hpp>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace genesis {

namespace {

/// Silent unless `GENESIS_LOG` asks for the actors' log.
[[maybe_unused]] const bool is_quiet = [] {
  spdlog::set_level(std::getenv("GENESIS_LOG") != nullptr ? spdlog::level::debug : spdlog::level::off);
  return true;
}();

/// Jobs that one world may need; more means that somebody runs in circles.
constexpr std::size_t steps_max = 2'000'000;

constexpr std::size_t client_count = 3;

/// Writes and keeps a record of what was committed.
storage::write_results write_and_record(storage::memory_store& store,
  storage::memory_database& database, store_faults& faults, std::span<const storage::write_batch* const> batches) {
  const auto version_of = [&](const user_id& user) {
    const auto row = database.people.find(user);
    return row == database.people.end() ? std::int64_t{-1} : row->second.version;
  };
  std::map<user_id, std::int64_t> before;
  for (const auto* batch : batches)
    before.emplace(batch->user, version_of(batch->user));
  auto receipts = store.memory_store::write(batches);
  for (const auto* batch : batches) {
    // Whoever wrote first moved the version away from the others; the receipt may be a lie.
    auto& version = before.at(batch->user);
    if (version != batch->version || version_of(batch->user) == version)
      continue;
    version += batch->steps;
    faults.steps += batch->steps;
    for (const auto& each : batch->mutations) {
      if (const auto* person = std::get_if<storage::put_user>(&each))
        faults.names.insert(person->person.full_name.value_or(""));
      else if (const auto* thread = std::get_if<storage::put_conversation>(&each))
        faults.names.insert(thread->value.title.value_or(""));
    }
  }
  return receipts;
}

class test_store final : public storage::memory_store {
public:
  test_store(std::shared_ptr<storage::memory_database> database, std::shared_ptr<store_faults> faults)
      : memory_store(database), database_(std::move(database)), faults_(std::move(faults)) {}

  using memory_store::answer;
  using memory_store::write;

  result<storage::user_snapshot> answer(const storage::load_user& question) override {
    auto found = memory_store::answer(question);
    faults_->raises += found && question.raise_fence;
    return found;
  }

  result<conversation> answer(const storage::find_conversation& question) override {
    if (faults_->throws_on_read) {
      ++faults_->thrown;
      throw std::runtime_error("the connection is broken");
    }
    return memory_store::answer(question);
  }

  storage::write_results write(std::span<const storage::write_batch* const> batches) override {
    if (faults_->throws_before_write > 0) {
      --faults_->throws_before_write;
      ++faults_->thrown;
      throw std::runtime_error("the worker dies before it writes");
    }
    if (faults_->writes_held_back > 0) {
      --faults_->writes_held_back;
      for (const auto* batch : batches)
        faults_->held_back.push_back(*batch);
      return {batches.size(), fail(errc::outcome_unknown, "held back")};
    }
    auto receipts = write_and_record(*this, *database_, *faults_, batches);
    if (faults_->throws_after_write > 0) {
      --faults_->throws_after_write;
      ++faults_->thrown;
      throw std::runtime_error("the worker dies after it has written");
    }
    return receipts;
  }

private:
  std::shared_ptr<storage::memory_database> database_;
  std::shared_ptr<store_faults> faults_;
};

class replica_store final : public storage::memory_store {
public:
  explicit replica_store(std::shared_ptr<false_replica> replica)
      : memory_store(replica->rows), replica_(std::move(replica)) {}

  using memory_store::answer;

  result<storage::server_condition> answer(const storage::inspect_server&) override {
    if (replica_->is_away)
      return fail(errc::unavailable, "away");
    return storage::server_condition{.is_replica = !replica_->is_promoted,
      .position = replica_->rows->log_end,
      .identity = replica_->identity,
      .timeline = replica_->timeline};
  }
  result<bool> has_seen(storage::log_position wanted) override {
    if (replica_->is_away)
      return fail(errc::unavailable, "away");
    return wanted <= replica_->rows->log_end;
  }

private:
  std::shared_ptr<false_replica> replica_;
};

/// The number in a text, else 5.
std::size_t number_in(const std::string& text) {
  const auto digits = text.find_first_of("0123456789");
  return digits == std::string::npos ? 5 : std::stoul(text.substr(digits));
}

/// Says as many words as the question has a number.
nexus_actor::behavior_type talkative_coach(nexus_actor::pointer) {
  return {
    [](const ask_coach& what) -> reply_ptr {
      auto reply = std::make_shared<coach::reply>();
      reply->what = {"test", 1, {agent::sage}};
      reply->steps.emplace_back(coach::speaks{agent::sage});
      reply->steps.emplace_back(coach::uses_tool{"counter", {}, true});
      std::string text;
      const auto words = number_in(what.turn->question);
      for (std::size_t i = 1; i <= words; ++i)
        text += "word" + std::to_string(i) + " ";
      reply->steps.emplace_back(coach::says{text});
      reply->steps.emplace_back(coach::shows{artifact{water_target{2}, {}}});
      return reply;
    },
  };
}

seen_event parse_frame(std::string frame) {
  if (frame.starts_with("ndjson "))
    frame.erase(0, 7);
  seen_event seen;
  const auto first = frame.find(' ');
  const auto second = frame.find(' ', first + 1);
  seen.seq = std::stoll(frame.substr(0, first));
  seen.type = frame.substr(first + 1, second - first - 1);
  seen.payload = frame.substr(second + 1, frame.size() - second - 2);
  return seen;
}

template <class R, class Q>
auto passed_on(storage_worker_actor::pointer self, const storage_worker_actor& worker) {
  return [self, worker](const Q& question) -> caf::result<R> {
    auto answer = hold_answer<R>(self);
    self->request(worker, pool_deadline, question)
      .then([answer](R& found) { answer->deliver(std::move(found)); },
        [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
    return caf::delegated<R>{};
  };
}

/// What the scheduler runs of an actor; null when it is gone.
caf::resumable* job_of(const caf::weak_actor_ptr& actor) {
  const auto alive = actor.lock();
  return alive ? dynamic_cast<caf::resumable*>(caf::actor_cast<caf::abstract_actor*>(alive)) : nullptr;
}

/// Stands between the pool and a worker.
storage_worker_actor::behavior_type lagging_worker(storage_worker_actor::pointer self, storage_worker_actor worker) {
  using namespace storage;
  self->link_to(worker);
  return {
    passed_on<user_snapshot, load_user>(self, worker),
    passed_on<std::optional<user_snapshot>, load_newer>(self, worker),
    passed_on<credentials, find_credentials>(self, worker),
    passed_on<credentials, find_credentials_of>(self, worker),
    passed_on<conversation, find_conversation>(self, worker),
    passed_on<page<conversation>, list_conversations>(self, worker),
    passed_on<message, find_message>(self, worker),
    passed_on<page<message>, list_messages>(self, worker),
    passed_on<page<found_message>, search_messages>(self, worker),
    passed_on<message_partition, read_message_partition>(self, worker),
    passed_on<progress_record, find_progress>(self, worker),
    passed_on<page<progress_record>, list_progress>(self, worker),
    passed_on<std::vector<progress_record>, latest_progress>(self, worker),
    passed_on<workout_plan, find_item<workout_plan>>(self, worker),
    passed_on<nutrition_plan, find_item<nutrition_plan>>(self, worker),
    passed_on<nutrition_log, find_item<nutrition_log>>(self, worker),
    passed_on<page<workout_plan>, list_plans<workout_plan>>(self, worker),
    passed_on<page<nutrition_plan>, list_plans<nutrition_plan>>(self, worker),
    passed_on<page<nutrition_log>, list_nutrition_logs>(self, worker),
    passed_on<plan_standing<workout_plan>, find_plan_standing<workout_plan>>(self, worker),
    passed_on<plan_standing<nutrition_plan>, find_plan_standing<nutrition_plan>>(self, worker),
    passed_on<coaching_history, load_coaching_history>(self, worker),
    passed_on<run, find_run>(self, worker),
    passed_on<storage::run_log, load_run_log>(self, worker),
    passed_on<std::optional<idempotency_record>, find_idempotency>(self, worker),
    passed_on<std::vector<std::string>, list_idempotency_keys>(self, worker),
    passed_on<session_id, find_used_refresh_token>(self, worker),
    passed_on<invitation, find_invitation>(self, worker),
    passed_on<bool, put_invitation>(self, worker),
    passed_on<std::vector<user_id>, recently_active_users>(self, worker),
    passed_on<page<user>, list_users>(self, worker),
    passed_on<first_pages, load_first_pages>(self, worker),
    passed_on<std::vector<known_person>, find_people>(self, worker),
    passed_on<bool, check_database>(self, worker),
    passed_on<server_condition, inspect_server>(self, worker),
    passed_on<write_receipt, write_batch>(self, worker),
    passed_on<write_receipt, append_run_chunks>(self, worker),
    passed_on<bool, limit_size>(self, worker),
    passed_on<std::int64_t, purge_expired_rows>(self, worker),
    [](const flush_due&) {},
  };
}

cache_actor::behavior_type false_cache_behavior(cache_actor::pointer, std::shared_ptr<false_cache> kept) {
  return {
    [kept](const get_cached& what) -> caf::result<cached_entry> {
      ++kept->gets;
      if (kept->is_away)
        return to_caf({errc::unavailable, "away"});
      const auto found = kept->entries.find(what.key);
      return cached_entry{found == kept->entries.end() ? std::nullopt : std::optional{found->second}};
    },
    [kept](const put_cached& what) {
      ++kept->puts;
      if (!kept->is_away && !kept->loses_puts)
        kept->entries[what.key] = what.value;
    },
    [kept](const remove_cached& what) {
      if (!kept->is_away)
        kept->entries.erase(what.key);
    },
    [](const settle_cached&) { return true; },
    [kept](const remove_cached_matching& what) -> caf::result<std::int64_t> {
      if (kept->is_away)
        return to_caf({errc::unavailable, "away"});
      const auto beginning = what.pattern.substr(0, what.pattern.find('*'));
      return static_cast<std::int64_t>(
        std::erase_if(kept->entries, [&](const auto& each) { return each.first.starts_with(beginning); }));
    },
    [](const connect_due&) {},
  };
}

using readings = std::map<std::uint64_t, reading_ptr>;

reader_host_actor::behavior_type reader_host(reader_host_actor::pointer self, readings* all) {
  return {
    [self, all](const reader_frames& batch) {
      auto& who = *all->at(batch.reader);
      EXPECT_LT(who.unwritten, who.window) << "more before the rest was written";
      EXPECT_FALSE(who.is_dropped) << "frames for a reader that was dropped";
      for (const auto& frame : batch.frames) {
        who.events.push_back(parse_frame(*frame));
        who.unwritten += frame->size();
      }
      EXPECT_FALSE(who.has_ended) << "frames behind the end";
      who.has_ended = batch.is_last;
      if (!who.is_slow)
        self->send(who.run, reader_ready{batch.reader, std::exchange(who.unwritten, 0)},
          caf::actor_cast<reader_host_actor>(self));
    },
    [all](const reader_dropped& who) { all->at(who.reader)->is_dropped = true; },
  };
}

caf::behavior client_behavior(caf::stateful_actor<client_state>* self, shard_actor shard, client_state** slot) {
  *slot = &self->state;
  self->state.owners.emplace(self, std::vector<shard_actor>{std::move(shard)});
  return {
    [](const background_job& job) { (*job.run)(); },
  };
}

bool is_alive(const caf::weak_actor_ptr& who) {
  const auto strong = who.lock();
  return strong && !caf::actor_cast<caf::abstract_actor*>(strong)->getf(caf::abstract_actor::is_terminated_flag);
}

template <class Id>
Id numbered_id(std::uint32_t number, std::uint8_t kind) {
  Id id;
  id.value.bytes[0] = kind;
  id.value.bytes[6] = 0x70;
  id.value.bytes[8] = 0x80;
  for (std::size_t i = 0; i < 4; ++i)
    id.value.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  return id;
}

}  // namespace

std::string reading::text() const {
  std::string all;
  for (const auto& each : events)
    if (each.type == "token")
      all += each.payload;
  return all;
}

std::string reading::shape() const {
  std::string all;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (i != 0 && events[i].type == "token" && events[i - 1].type == "token")
      continue;
    all += (all.empty() ? "" : " ") + events[i].type;
  }
  return all;
}

secret_hash hash_of(std::uint8_t number) {
  secret_hash hash{};
  hash.fill(number);
  return hash;
}

idempotency_key key_of(std::string key, std::uint8_t fingerprint) {
  return {std::move(key), hash_of(fingerprint)};
}

void for_each_seed(std::uint64_t count, const std::function<void(std::uint64_t seed)>& test) {
  std::uint64_t first = 1;
  if (const char* one = std::getenv("GENESIS_SEED")) {
    first = std::strtoull(one, nullptr, 10);
    count = 1;
  } else if (const char* many = std::getenv("GENESIS_SEEDS")) {
    count = std::strtoull(many, nullptr, 10);
  }
  for (auto seed = first; seed < first + count; ++seed) {
    const ::testing::ScopedTrace trace(__FILE__, __LINE__, "GENESIS_SEED=" + std::to_string(seed));
    test(seed);
    if (::testing::Test::HasFailure())
      return;
  }
}

actor_world::actor_world(world_options wanted) : options(std::move(wanted)), dice_(options.seed) {
  failures_before_ = counters().actors_failed.value();
  config_ = std::make_unique<caf::actor_system_config>();
  config_->set("scheduler.policy", caf::atom("testing"));
  system_ = std::make_unique<caf::actor_system>(*config_);
  if (options.has_deadlines)
    database->now = [this] { return time(); };
  wire();
}

actor_world::~actor_world() {
  end_everything();
  EXPECT_EQ(counters().actors_failed.value() - failures_before_, failures_expected) << "an actor failed";
}

caf::scheduler::test_coordinator& actor_world::scheduler() {
  return static_cast<caf::scheduler::test_coordinator&>(system_->scheduler());
}

void actor_world::wire() {
  pool = system_->spawn(storage_pool_behavior,
    spawn_storage_worker{[this](worker_kind kind) { return spawn_worker(kind); }}, prepare_pool());
  watch_replicas();
  chunks = system_->spawn(chunk_writer_behavior, pool);
  if (options.has_built_in_coach) {
    specialists team;
    for (std::size_t i = 0; i < team.by_agent.size(); ++i) {
      team.by_agent[i] = system_->spawn(specialist_behavior, static_cast<agent>(i));
      specialists_.push_back(team.by_agent[i]);
    }
    nexus = system_->spawn(nexus_behavior, team);
  } else {
    nexus = system_->spawn(talkative_coach);
  }
  shared_services_ = std::make_shared<user_services>();
  shared_services_->storage = pool;
  shared_services_->timeline = timeline;
  shared_services_->has_replicas = !replicas.empty();
  if (options.has_cache) {
    cache = system_->spawn(false_cache_behavior, cached);
    shared_services_->cache =
      std::make_shared<const second_cache>(cache, auth::sealing_key{{7}}, "test:", std::chrono::hours{1}, "test.db");
  }
  shared_services_->chunks = chunks;
  shared_services_->nexus = nexus;
  shared_services_->encode = test_encoders();
  shared_services_->world.now = [this] { return wall_time(); };
  shared_services_->world.random = [this](std::uint8_t* out, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i)
      out[i] = static_cast<std::uint8_t>(dice_());
  };
  shared_services_->users = options.settings.users;
  shared_services_->runs = options.settings.runs;
  shared_services_->coach = options.settings.coach;
  shared_services_->exports = options.settings.exports;
  encoder = system_->spawn(background_behavior);
  const auto& settings = options.settings;
  exporter = system_->spawn(exporter_behavior,
    export_services{pool, encoder, test_encoders().make_export_writer, settings.storage.pool_timeout,
      settings.runs.reader_stall, settings.exports.duration_max},
    static_cast<std::size_t>(settings.exports.at_once));
  shared_services_->exporter = exporter;
  statistics = system_->spawn(statistics_behavior, pool, shared_services_->world, options.statistics);
  shared_services_->statistics = statistics;
  shared_services_->rates = options.rates;
  shared_services_->reader_window = options.reader_window;
  services = shared_services_;
  shard = system_->spawn(shard_behavior, spawn_user{[this](const user_id& user) { return spawn_owner(user); }},
    shard_options{options.shard_users_max, options.idle_timeout, options.sweep_interval});
  host = system_->spawn(reader_host, &readings_);
  client_states_.resize(client_count);
  for (auto& slot : client_states_)
    clients_.push_back(system_->spawn(client_behavior, shard, &slot));
  run();
}

storage_pool_options actor_world::prepare_pool() {
  auto prepared = options.pool_options();
  prepared.timeline = timeline;
  database->locates_commits = !options.replica_weights.empty();
  if (database->locates_commits)
    prepared.position = database->log_end;
  for (const auto weight : options.replica_weights) {
    replicas.push_back(std::make_shared<false_replica>());
    prepared.replicas.push_back(
      {weight, options.readers, [this, of = replicas.back()] { return spawn_replica_worker(of); }});
  }
  return prepared;
}

void actor_world::watch_replicas() {
  for (std::size_t i = 0; i < replicas.size(); ++i)
    replica_watches_.push_back(system_->spawn(replica_watch_behavior, pool,
      std::function<storage_worker_actor()>{[this, of = replicas[i]] { return spawn_replica_worker(of); }},
      replica_watch_options{.replica = i, .name = "false"}));
}

storage_worker_actor actor_world::spawn_replica_worker(const std::shared_ptr<false_replica>& of) {
  auto worker = system_->spawn(storage_worker_behavior,
    store_factory{[of]() -> result<std::unique_ptr<storage::store>> { return std::make_unique<replica_store>(of); }},
    storage_worker_options{.is_of_replica = true});
  replica_workers_.push_back(caf::actor_cast<caf::weak_actor_ptr>(worker));
  if (options.has_lagging_workers)
    return system_->spawn(lagging_worker, worker);
  return worker;
}

void actor_world::kill_replica_worker(std::size_t index) {
  if (const auto worker = replica_workers_.at(index).lock())
    caf::anon_send_exit(caf::actor_cast<caf::actor>(worker), caf::exit_reason::kill);
}

user_actor actor_world::spawn_owner(const user_id& user) {
  auto& earlier = owners_[user];
  for (const auto& each : earlier)
    EXPECT_FALSE(is_alive(each)) << "two owners of one person";
  auto owner = system_->spawn(user_behavior, user, std::int64_t{1}, services);
  earlier = {caf::actor_cast<caf::weak_actor_ptr>(owner)};
  ++owners_spawned_;
  return owner;
}

storage_worker_actor actor_world::spawn_worker(worker_kind kind) {
  auto open = [database = database, faults = faults]() -> result<std::unique_ptr<storage::store>> {
    return std::make_unique<test_store>(database, faults);
  };
  auto worker = system_->spawn(storage_worker_behavior, store_factory{std::move(open)},
    storage_worker_options{.batch_size = options.batch_size, .timeline = timeline});
  workers_.push_back(caf::actor_cast<caf::weak_actor_ptr>(worker));
  if (kind == worker_kind::writer)
    writer_ = workers_.back();
  if (!options.has_lagging_workers)
    return worker;
  auto courier = system_->spawn(lagging_worker, worker);
  couriers_.push_back(caf::actor_cast<caf::weak_actor_ptr>(courier));
  return courier;
}

user_actor actor_world::live_owner(const user_id& user) {
  for (const auto& each : owners_[user])
    if (is_alive(each))
      return caf::actor_cast<user_actor>(each);
  return user_actor{};
}

void actor_world::kill_worker(std::size_t index) {
  if (const auto worker = workers_.at(index).lock())
    caf::anon_send_exit(caf::actor_cast<caf::actor>(worker), caf::exit_reason::kill);
}

void actor_world::hold_answers() {
  for (const auto& each : couriers_)
    if (std::ranges::find(scheduler().jobs, job_of(each)) != scheduler().jobs.end())
      held_.push_back(each);
}

void actor_world::let_go() {
  held_.clear();
  for (auto* const job : std::exchange(held_jobs_, {}))
    scheduler().jobs.push_back(job);
}

std::vector<bool> actor_world::land_held_writes() {
  std::vector<bool> landed;
  storage::memory_store store{database};
  for (const auto& batch : std::exchange(faults->held_back, {})) {
    const storage::write_batch* one = &batch;
    landed.push_back(write_and_record(store, *database, *faults, {&one, 1}).front().has_value());
  }
  return landed;
}

void actor_world::set_rate(std::int64_t tokens_per_second) {
  shared_services_->coach.tokens_per_second = tokens_per_second;
}

bool actor_world::step() {
  auto& jobs = scheduler().jobs;
  if (jobs.empty())
    return false;
  if (options.seed != 0) {
    if (options.early_timeouts_per_mille != 0 &&
        dice_() % 1'000 < static_cast<std::uint64_t>(options.early_timeouts_per_mille))
      go_to_next_timeout();
    std::swap(jobs.front(), jobs[dice_() % jobs.size()]);
  }
  if (std::ranges::find(held_, jobs.front(), job_of) != held_.end()) {
    held_jobs_.push_back(jobs.front());
    jobs.pop_front();
    return step();
  }
  if (scarce_actor_ == nullptr || jobs.front() != scarce_actor_)
    return scheduler().try_run_once();
  // Room for the jobs of one step: the schedule is not what is to fail.
  auto roomy = std::deque<caf::resumable*>(jobs.begin(), jobs.end());
  jobs.swap(roomy);
  const scarce_memory scarcity{allocations_left_};
  const auto has_run = scheduler().try_run_once();
  allocations_left_ = scarce_memory::left();
  return has_run;
}

bool actor_world::has_allocation_failed() {
  scarce_actor_ = nullptr;
  return allocations_left_ == 0;
}

void actor_world::run() {
  for (std::size_t steps = 0; step(); ++steps)
    if (steps == steps_max)
      throw std::runtime_error("the actors run in circles");
}

bool actor_world::go_to_next_timeout() {
  return scheduler().trigger_timeout();
}

bool actor_world::run_until(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
  const auto until = time() + limit;
  for (std::size_t steps = 0; !condition(); ++steps) {
    if (steps == steps_max)
      throw std::runtime_error("the actors run in circles");
    if (step())
      continue;
    const auto& waiting = scheduler().clock().schedule();
    if (waiting.empty() || waiting.begin()->first > until)
      return false;
    go_to_next_timeout();
  }
  return true;
}

void actor_world::advance(std::chrono::milliseconds span) {
  const auto until = time() + span;
  run_until([] { return false; }, span);
  auto& now = scheduler().clock().current_time;
  now = std::max(now, until);
}

timestamp actor_world::wall_time() {
  static constexpr auto start = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1};
  return timestamp{start + std::chrono::duration_cast<std::chrono::milliseconds>(time().time_since_epoch())} +
         wall_shift_;
}

person actor_world::add_person(std::uint32_t number) {
  const person who{numbered_id<user_id>(number, 1), numbered_id<session_id>(number, 2)};
  storage::memory_person row;
  row.person.id = who.id;
  row.person.email = "person" + std::to_string(number) + "@example.org";
  row.person.created_at = row.person.updated_at = wall_time();
  session open;
  open.id = who.session;
  open.created_at = open.last_used_at = open.authenticated_at = wall_time();
  open.expires_at = wall_time() + std::chrono::days{30};
  open.refresh_hash = hash_of(1);
  row.sessions.emplace(open.id, open);
  database->emails.emplace(row.person.email, who.id);
  database->people.emplace(who.id, std::move(row));
  return who;
}

conversation_id actor_world::add_conversation(const person& who, std::uint32_t number) {
  conversation made;
  made.id = numbered_id<conversation_id>(number, 3);
  made.created_at = made.updated_at = wall_time();
  stored(who).conversations.emplace(made.id, made);
  return made.id;
}

progress_id actor_world::add_progress(
  const person& who, std::uint32_t number, progress_metric metric, double value, std::chrono::hours ago) {
  progress_record made;
  made.id = numbered_id<progress_id>(number, 4);
  made.metric = metric;
  made.value = value;
  made.recorded_at = made.created_at = made.updated_at = wall_time() - ago;
  auto& row = stored(who);
  row.progress.emplace(made.id, made);
  auto& shown = metric == progress_metric::weight_kg ? row.person.weight_kg : row.person.body_fat_pct;
  if (is_shown_by_profile(metric) && (!shown || shown->recorded_at < made.recorded_at))
    shown = latest_measurement{made.id, made.recorded_at, made.value};
  return made.id;
}

void actor_world::act(std::size_t client, std::function<void(client_state&)> what) {
  auto* state = client_states_.at(client);
  caf::anon_send(clients_.at(client),
    background_job{std::make_shared<const std::function<void()>>([state, what = std::move(what)] { what(*state); })});
}

asked<run_ticket> actor_world::ask_chat(
  const person& who, std::string text, std::optional<conversation_id> in, std::optional<idempotency_key> key) {
  return ask_owner<run_ticket>(
    who.id, start_chat{who.session, std::move(text), in, std::nullopt, "{}", std::move(key)});
}

run_ticket actor_world::chat(const person& who, std::string text, std::optional<conversation_id> in) {
  auto ticket = wait_for<run_ticket>(ask_chat(who, std::move(text), in));
  if (!ticket)
    throw std::runtime_error("the chat was refused: " + std::string{to_string(ticket.error().code)});
  return *ticket;
}

reading_ptr actor_world::attach(const run_actor& run, std::int64_t after, bool is_slow, stream_format format) {
  auto added = std::make_shared<reading>();
  added->run = run;
  added->id = next_reader_++;
  added->is_slow = is_slow;
  added->window = shared_services_->reader_window;
  readings_.emplace(added->id, added);
  caf::anon_send(run, attach_reader{added->id, after, format}, host);
  return added;
}

void actor_world::detach(reading& who) {
  caf::anon_send(who.run, detach_reader{who.id}, host);
}

void actor_world::give_credit(reading& who) {
  if (who.unwritten != 0)
    caf::anon_send(who.run, reader_ready{who.id, std::exchange(who.unwritten, 0)}, host);
}

reading_ptr actor_world::read_to_end(const run_actor& run, std::int64_t after) {
  auto reader = attach(run, after);
  EXPECT_TRUE(run_until([&] { return reader->has_ended || reader->is_dropped; })) << "the run did not end";
  return reader;
}

user_actor actor_world::owner_of(const user_id& user) {
  const auto found = get<user_actor>(shard, find_user{user, 0});
  return found ? *found : user_actor{};
}

void actor_world::end_everything() {
  let_go();
  for (const auto& client : clients_)
    caf::anon_send_exit(client, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(shard, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(host, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(nexus, caf::exit_reason::user_shutdown);
  for (const auto& each : specialists_)
    caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(chunks, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(exporter, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(statistics, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(encoder, caf::exit_reason::user_shutdown);
  for (const auto& each : replica_watches_)
    caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
  replica_watches_.clear();
  caf::anon_send_exit(pool, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(cache, caf::exit_reason::user_shutdown);
  clients_.clear();
  specialists_.clear();
  for (auto& [id, each] : readings_)
    each->run = nullptr;
  shard = nullptr;
  host = nullptr;
  nexus = nullptr;
  chunks = nullptr;
  exporter = nullptr;
  statistics = nullptr;
  encoder = nullptr;
  pool = nullptr;
  cache = nullptr;
  services = nullptr;
  shared_services_ = nullptr;
  options.early_timeouts_per_mille = 0;
  std::size_t steps = 0;
  do {
    run();
    if (++steps == steps_max)
      break;
  } while (go_to_next_timeout());
  if (system_->registry().running() != 0) {
    // The system's destructor would wait for ever.
    ADD_FAILURE() << system_->registry().running() << " actors have not ended";
    system_.release();
    config_.release();
    return;
  }
  system_ = nullptr;
}

}  // namespace genesis
