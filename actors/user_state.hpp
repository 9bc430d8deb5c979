#pragma once

#include "actors/database_timeline.hpp"
#include "actors/deadlines.hpp"
#include "actors/environment.hpp"
#include "actors/interfaces.hpp"
#include "actors/known_keys.hpp"
#include "actors/list_key.hpp"
#include "actors/metrics.hpp"
#include "actors/numerous.hpp"
#include "actors/page_change.hpp"
#include "actors/promise.hpp"
#include "actors/second_cache.hpp"
#include "actors/user_draft.hpp"
#include "config/limits.hpp"
#include "config/settings.hpp"
#include "domain/entity_tag.hpp"

#include <deque>
#include <functional>
#include <list>
#include <map>
#include <set>
#include <unordered_map>
#include <variant>

namespace genesis {

class kept_pages;

/// What every user actor of the process shares; never changes after the start.
struct user_services {
  storage_pool_actor storage;
  std::shared_ptr<const database_timeline> timeline = std::make_shared<const database_timeline>();
  bool has_replicas = false;                  ///< Of the database; lists may be answered by one.
  std::shared_ptr<const second_cache> cache;  ///< None: everything comes from storage.
  chunk_writer_actor chunks;
  nexus_actor nexus;
  nexus_actor long_nexus;  ///< For long questions, off the I/O threads; without one, `nexus` answers those too.
  encoders encode;
  environment world;
  config::settings::users_settings users;
  config::settings::runs_settings runs;
  config::settings::coach_settings coach;
  config::settings::exports_settings exports;
  exporter_actor exporter = {};
  statistics_actor statistics = {};
  std::chrono::seconds session_lifetime = std::chrono::days{30};
  std::optional<personal_quotas> rates = {};  ///< None: as much as comes.
  /// Bytes of an answer that may be on their way to a reader when more is sent.
  std::size_t reader_window = config::stream_window_bytes;
};
using user_services_ptr = std::shared_ptr<const user_services>;

/// Owns everything one person can change: profile, preferences, sessions, API keys, the order of their writes, the runs
/// of their conversations.
///
/// There is at most one live user actor per person; its shard sees to that, and the fence row in the database makes a
/// second one harmless. It answers from memory what it holds. A write is answered only after storage has confirmed it,
/// and the state that later reads see changes in the same step, so nobody can read back a change that a crash would
/// undo.
///
/// One batch of writes is in flight at a time; what arrives meanwhile goes as the next. The state moves through
/// `absent -> loading -> ready`, and back to `absent` when the outcome of a write is unknown (the reload then raises
/// the fence, so that a write still on its way cannot land behind the reload's back) and when another server has taken
/// over the database. Who has no account is `gone`, and the actor leaves.
class user_state {
public:
  using pointer = user_actor::stateful_pointer<user_state>;

  explicit user_state(pointer self);
  user_state(const user_state&) = delete;
  user_state& operator=(const user_state&) = delete;
  ~user_state();

  void start(user_id user, std::int64_t epoch, user_services_ptr services);

  // Reads.
  caf::result<entity_reply> handle(const get_user& what);
  caf::result<user_view> handle(const get_user_view& what);
  caf::result<std::vector<known_person>> handle(const get_people& what);
  caf::result<entity_reply> handle(const get_preferences& what);
  caf::result<entity_reply> handle(const get_conversation& what);
  caf::result<entity_reply> handle(const get_message& what);
  template <class T>
  caf::result<entity_reply> handle(const get_item<T>& what);
  caf::result<entity_reply> handle(const get_run& what);
  caf::result<page<conversation>> handle(const get_conversations& what);
  caf::result<page<message>> handle(const get_messages& what);
  caf::result<page<found_message>> handle(const get_found_messages& what);
  caf::result<page<progress_record>> handle(const get_progress_list& what);
  template <class Plan>
  caf::result<page<Plan>> handle(const get_plans<Plan>& what);
  caf::result<page<nutrition_log>> handle(const get_nutrition_logs& what);

  // Writes.
  caf::result<entity_reply> handle(const patch_user& what);
  caf::result<entity_reply> handle(const replace_preferences& what);
  caf::result<entity_reply> handle(const delete_user& what);
  caf::result<entity_reply> handle(const create_conversation& what);
  caf::result<entity_reply> handle(const patch_conversation& what);
  caf::result<entity_reply> handle(const delete_conversation& what);
  caf::result<entity_reply> handle(const post_message& what);
  caf::result<entity_reply> handle(const create_progress& what);
  template <class T>
  caf::result<entity_reply> handle(const create_item<T>& what);
  template <class T>
  caf::result<entity_reply> handle(const patch_item<T>& what);
  template <class T>
  caf::result<entity_reply> handle(const delete_item<T>& what);

  // Sessions.
  caf::result<session_grant> handle(const register_user& what);
  caf::result<session_grant> handle(const open_session& what);
  caf::result<session_grant> handle(const rotate_session& what);
  caf::result<entity_reply> handle(const close_session& what);
  caf::result<entity_reply> handle(const change_password& what);
  caf::result<session_facts> handle(const check_session& what);
  caf::result<page<session>> handle(const get_sessions& what);
  caf::result<session> handle(const get_open_session& what);
  caf::result<entity_reply> handle(const end_session& what);

  // API keys.
  caf::result<page<api_key>> handle(const get_api_keys& what);
  caf::result<entity_reply> handle(const get_api_key& what);
  caf::result<entity_reply> handle(const create_api_key& what);
  caf::result<entity_reply> handle(const remove_api_key& what);
  caf::result<api_key_facts> handle(const check_api_key& what);
  void handle(const api_key_used& what);

  // Operators.
  caf::result<entity_reply> handle(const administer_user& what);
  caf::result<entity_reply> handle(const create_account& what);
  caf::result<entity_reply> handle(const remove_account& what);
  caf::result<entity_reply> handle(const import_records& what);

  // Runs.
  caf::result<run_ticket> handle(const start_chat& what);
  caf::result<run_ticket> handle(const join_run& what);
  caf::result<entity_reply> handle(const cancel_run& what);
  caf::result<turn_ptr> handle(const get_turn& what);
  caf::result<run_outcome> handle(const finish_run& what);
  void handle(const run_done& what);

  // Exports.
  caf::result<export_ticket> handle(const start_export& what);
  void handle(const export_handed_over& what);

  caf::result<bool> handle(const passivate& what);
  void handle(const predecessor_died& what);
  caf::result<bool> handle(const begin_shutdown& what);
  caf::result<std::int64_t> handle(const warm_up& what);
  void handle(const cache_due& what);

private:
  enum class phase { absent, loading, ready, gone };

  /// What a change must know before it can be decided.
  struct write_needs {
    std::optional<conversation_id> conversation = {};
    std::optional<std::variant<storage::find_item<progress_record>, storage::find_item<workout_plan>,
      storage::find_item<nutrition_plan>, storage::find_item<nutrition_log>>>
      item = {};
    std::optional<std::variant<storage::find_plan_standing<workout_plan>, storage::find_plan_standing<nutrition_plan>>>
      standing = {};
    std::vector<progress_metric> latest = {};
    std::optional<idempotency_key> key = {};
    bool credentials = false;
    std::optional<run_id> run = {};
  };

  /// What to do once a change is durable.
  using continuation = std::function<void()>;

  /// A change waiting for its turn.
  struct write_operation {
    write_needs needs;
    /// Draws the change on the draft. All checks come before the first change: a refused operation leaves no trace.
    std::function<result<continuation>(user_draft&)> decide;
    std::function<void(const error&)> refuse;
    bool is_first = false;  ///< Creates the person: needs nobody to be loaded.
    bool is_internal =
      false;  ///< Comes from a run, whose number is bounded elsewhere: not refused when the queue is full.
  };

  /// Changes that are read for, decided and committed together. There is one at a time, and most of the time none: it
  /// is larger than all that is kept of a person.
  struct batch_in_work {
    std::vector<write_operation> undecided;
    loaded_rows rows;
    std::size_t rows_missing = 0;
    bool learns_keys = false;  ///< Storage is being asked for all idempotency keys.
    std::optional<user_draft> draft;
    std::vector<write_operation> accepted;
    std::vector<continuation> continuations;  ///< Of those accepted.
    std::vector<page_change> page_changes;    ///< Of what is being written.
    bool changes_records = false;             ///< Likewise: measurements.
  };

  /// Conversations kept in memory: what one person has open at a time.
  static constexpr std::size_t recent_conversations_max = 20;

  /// A run that has not ended. The first one of its conversation speaks.
  struct active_run {
    genesis::run run;
    run_actor actor;
    message answer;  ///< As stored when the run was accepted.
    bool is_stored = false;
    bool has_turn = false;
    /// An end may be stored, whatever the run was told; or nothing of the run is stored any more. What is stored is
    /// looked at before its end is decided.
    bool is_end_uncertain = false;
    bool has_another_end = false;  ///< Its readers were told another end than the one that is stored.
    bool is_dead = false;          ///< Its actor failed; its end is being stored in its place.
    std::optional<idempotency_key> key;
  };

  /// A run that has ended and whose actor may still be there to be read from.
  struct ended_run {
    conversation_id conversation;
    caf::weak_actor_ptr actor;
    timestamp ended_at;
    bool is_condensed = false;  ///< The actor has the whole answer, not the events.
  };

  struct export_under_way {
    credential by;
    bool is_handed_over = false;  ///< The front has all of it.
  };

  struct waiting_join {
    join_run what;
    answer_ptr<run_ticket> answer;
  };

  // user_loading.cpp: into memory, and into the second cache
  void load();
  void load_whole();
  /// Uses what the second cache has if the person's version still is that one's.
  void load_newer_than(std::shared_ptr<storage::user_snapshot> kept);
  void on_loaded(storage::user_snapshot snapshot, activation_source from);
  /// False when another server has taken over since: then all is being loaded again.
  [[nodiscard]] bool take_over(storage::user_snapshot& snapshot, activation_source from);
  /// Serves those who have waited for what is in memory now.
  void begin_service();
  /// Has what is in memory put into the second cache, for the next activation: at once, or as soon as the last time is
  /// long enough ago. Until then an entry is behind, and whoever finds it loads the person.
  void keep_in_cache();
  void put_into_cache();
  void remove_from_cache();
  void forget_records();
  void on_load_failed(const error& what);
  void serve_waiting(const std::optional<error>& failed);
  void drop_state();
  /// Goes on at once when the state is known, else after the load; with the error when there is none.
  void wait_for_load(std::function<void(const std::optional<error>&)> go_on);

  // user_state.cpp: life
  /// The ETag of a revision of something of this person's.
  [[nodiscard]] std::string tag_of(const uuid& object, std::int64_t revision, char part = 'o') const {
    return entity_tag(object, revision, part, timeline_);
  }
  /// What is in memory is of a timeline that the database has left.
  [[nodiscard]] bool is_outdated() const noexcept { return services_->timeline->is_behind(timeline_); }
  /// Whether what is in memory can be answered from now.
  [[nodiscard]] bool is_here() const noexcept { return phase_ == phase::ready && !is_outdated(); }
  /// Whoever asks for somebody who is not there, or not any more, is nobody to this server.
  [[nodiscard]] static error nobody() { return {errc::unauthorized, "this account does not exist any more"}; }
  [[nodiscard]] std::optional<error> refusal(const credential& by) const;
  /// Likewise once what the batch has changed so far is durable: a session that it ends changes nothing behind that.
  [[nodiscard]] static std::optional<error> refusal(const credential& by, const user_draft& draft);
  /// Whether the session or key may act - then the person counts as active from now on, and the key as used - and what
  /// it asks for is within its limit. Who may not act takes from no limit.
  std::optional<error> admit(const credential& by, std::optional<rate_limit> takes = rate_limit::reads);
  void count_as_active();
  void count_as_used() { used_at_ = self_->clock().now(); }
  /// Nobody needs the owner of an account that does not exist: it leaves when all that waits is answered. Who asks
  /// later activates another, which finds out again.
  void leave_if_gone();
  void finish_shutdown();
  /// Asks whoever reads for this person, with a deadline. Reads only: no answer in time becomes `unavailable`.
  template <class Q, class R, class Actor>
  void ask_reader(
    const Actor& reader, std::chrono::milliseconds deadline, Q question, std::function<void(result<R>)> then);
  template <class Q, class R>
  void ask_storage(Q question, std::function<void(result<R>)> then) {
    ask_reader<Q, R>(services_->storage, pool_deadline, std::move(question), std::move(then));
  }
  /// Asks a run of this person with a deadline.
  template <class Q, class R>
  void ask_run(const run_actor& whom, Q question, std::function<void(result<R>)> then);
  /// Counts a read of the person's data, once: by memory, or by the database.
  static void count_read(bool is_from_memory);
  /// Answers the current message once the state is known and the session may act.
  template <class T>
  caf::result<T> later(const credential& by, std::function<void(answer_ptr<T>)> go_on,
    std::optional<rate_limit> takes = rate_limit::reads);
  /// Likewise a read of what is in memory with the person.
  template <class T>
  caf::result<T> read_state(const credential& by, std::function<void(answer_ptr<T>)> go_on);
  /// Likewise a read of what is not.
  template <class T, class Q, class R>
  caf::result<T> read(const credential& by, Q question, std::function<T(R&)> show);

  /// Asks how new a database has to be that lists of this person are read from.
  void ask_log_position();

  // user_lists.cpp
  /// What an answer of storage must find unchanged to be kept: nothing was being written when it was asked for, and
  /// nothing has been since. What was read before a change may arrive after it.
  using keep_permit = std::optional<std::uint64_t>;
  [[nodiscard]] keep_permit permit_to_keep() const { return batch_ ? std::nullopt : keep_permit{generation_}; }
  [[nodiscard]] bool may_keep(const keep_permit& given) const { return given == generation_; }
  template <class T>
  std::optional<page<T>> find_page(const list_key<T>& key, const page_query& query);
  template <class T>
  void keep_page(const keep_permit& permit, const list_key<T>& key, const page_query& query, const page<T>& found);
  /// A list is kept under its key; one without a key is never kept.
  template <class T, class Q>
  caf::result<page<T>> read_list(const credential& by, std::optional<list_key<T>> key, Q question);
  template <class T, class Q>
  void ask_list(const std::optional<list_key<T>>& key, Q question, answer_ptr<page<T>> answer);
  [[nodiscard]] bool find_lists(const get_user_view& what, user_view& view);
  static void show_lists(storage::first_pages found, user_view& view);
  [[nodiscard]] static storage::first_page_limits limits_of(const get_user_view& what) noexcept;
  /// What the load that begins now brings along.
  [[nodiscard]] storage::first_page_limits lists_to_load() const noexcept;
  void keep_lists(const keep_permit& permit, const storage::first_pages& found);
  /// For the second cache.
  [[nodiscard]] storage::first_pages kept_lists() const;
  /// All measurements, oldest first, when they are in memory: most people have few.
  [[nodiscard]] records_ptr kept_records();

  // user_pump.cpp: the order of writes
  /// Answers the current message with what `decide` returns to be shown, once the change is durable.
  template <class T>
  caf::result<T> write(const credential& by, write_needs needs,
    std::function<result<std::function<T()>>(user_draft&)> decide,
    std::optional<rate_limit> takes = rate_limit::writes);
  template <class T>
  void submit(write_needs needs, std::function<result<std::function<T()>>(user_draft&)> decide, answer_ptr<T> answer);
  /// A write that makes something: answered from the key's record when it was done before.
  caf::result<entity_reply> create(
    const credential& by, write_needs needs, std::function<result<entity_reply>(user_draft&)> decide);
  void submit(write_operation operation);
  void pump();
  void gather_rows();
  void gather(const write_needs& needs);
  void gather_record(const std::string& key);
  template <class T>
  void gather(const storage::find_item<T>& question);
  template <class Plan>
  void gather(const storage::find_plan_standing<Plan>& question);
  void row_arrived();
  [[nodiscard]] std::optional<error> missing_row(const write_needs& needs) const;
  void decide_batch();
  void on_written(result<storage::write_receipt> outcome);
  void commit(const storage::write_receipt& receipt);
  void end_batch(bool is_durable, const error& what);
  void leave_if_done();
  void end_key(const write_operation& operation);
  void refuse_all(std::vector<write_operation>& operations, const error& what);
  /// True when it is in memory.
  bool find_conversation(const conversation_id& id, std::function<void(result<conversation>)> then);
  void remember(const conversation& value);
  void forget(const conversation_id& id);

  // user_sessions.cpp
  session make_session(const session_id& id, const secret_hash& hash, const client_origin& origin, timestamp now) const;
  session_grant grant(const session& value);
  caf::result<session_grant> later_without_session(
    std::function<void(answer_ptr<session_grant>)> go_on, std::function<void()> on_no_account = [] {});
  static void refuse_refresh(const answer_ptr<session_grant>& answer, refresh_fault why, std::string detail);
  void exchange_token(const rotate_session& what, answer_ptr<session_grant> answer);
  void report_reuse(const rotate_session& what, answer_ptr<session_grant> answer);

  // user_api_keys.cpp
  /// The key with this id, when it has not expired.
  [[nodiscard]] const api_key* find_live_key(const api_key_id& id) const;
  /// Has the use of a key stored when the last one was long enough ago. Never delays the request that used it.
  void note_use(const api_key_id& id);

  // user_administration.cpp
  caf::result<entity_reply> administer(
    write_needs needs, std::function<result<std::function<entity_reply()>>(user_draft&)> decide);

  // user_chats.cpp: questions, until they are stored and answered in their turn
  void accept_chat(const start_chat& what, answer_ptr<run_ticket> answer);
  [[nodiscard]] bool is_chat_under_way(const std::string& key) const;
  void end_key_lookup(const start_chat& what);
  void answer_from_key(const start_chat& what, const idempotency_record& record, answer_ptr<run_ticket> answer);
  void check_conversation(const start_chat& what, answer_ptr<run_ticket> answer);
  void begin_chat(const start_chat& what, const conversation_id& conversation, answer_ptr<run_ticket> answer);
  void store_question(const start_chat& what, const genesis::run& run);
  void on_question_stored(const run_id& id, const message& answer);
  void on_question_refused(const run_id& id, const error& failed);
  void give_turn(const conversation_id& conversation);
  /// What a turn needs and is read for it.
  struct turn_reading {
    std::optional<result<records_ptr>> records;
    std::optional<result<storage::coaching_history>> history;
  };
  void on_turn_read(
    const get_turn& what, const std::shared_ptr<turn_reading>& found, const answer_ptr<turn_ptr>& answer);
  [[nodiscard]] turn_ptr make_turn(
    const get_turn& what, const records_ptr& records, storage::coaching_history history) const;

  // user_runs.cpp: answers, while they are told and after
  /// The runs of the conversation, or all of them, are being deleted.
  void abandon_runs(const std::optional<conversation_id>& of);
  void join(const join_run& what, answer_ptr<run_ticket> answer);
  void join_live(const join_run& what, const run_actor& actor, answer_ptr<run_ticket> answer);
  void join_ended(const join_run& what, ended_run known, answer_ptr<run_ticket> answer);
  void join_stored(const join_run& what, answer_ptr<run_ticket> answer);
  void serve_joins(const run_id& id, result<storage::run_log> found, bool may_be_kept);
  run_actor revive(std::shared_ptr<const storage::run_log> log, bool may_be_kept);
  void show_stored_run(const run_id& id, answer_ptr<entity_reply> answer);
  void forget_run(const run_id& id);
  void on_run_down(const caf::actor_addr& gone);
  void settle_dead(const run_id& id);
  /// A stored run with its end. One that nobody speaks for any more, because its actor or a former owner of this person
  /// died, gets its end stored first.
  void find_settled(const run_id& id, std::function<void(result<storage::run_log>)> then);
  void store_missing_end(const genesis::run& run, std::function<void(result<storage::run_log>)> then);

  // user_exports.cpp
  void begin_export_of(const start_export& what, answer_ptr<export_ticket> answer);
  [[nodiscard]] std::shared_ptr<const exported_account> account_seen_by(const credential& by) const;
  /// Whoever is signed out gets no more of what they asked for.
  void end_refused_exports();

  void on_down(const caf::actor_addr& gone);
  [[nodiscard]] timestamp now() const { return services_->world.now(); }
  [[nodiscard]] bool is_busy() const;
  const entity_reply& shown_person();
  const entity_reply& shown_prefs();
  [[nodiscard]] entity_reply shown(const conversation& value) const;
  [[nodiscard]] entity_reply shown(const message& value) const;
  template <class T>
  [[nodiscard]] entity_reply shown(const T& value) const;
  /// The answer to what made the item.
  template <class T>
  [[nodiscard]] entity_reply shown_as_made(const T& value) const;
  [[nodiscard]] entity_reply shown(const genesis::run& value) const;
  [[nodiscard]] entity_reply shown(const api_key& value) const;

  pointer self_;
  user_id user_;
  std::int64_t epoch_ = 1;
  user_services_ptr services_;
  std::optional<uuid_source> ids_;

  phase phase_ = phase::absent;
  std::chrono::steady_clock::time_point load_began_at_{};
  std::optional<get_user_view> view_to_load_;  ///< For which the load that begins next is done.
  /// What has come with it, while those are served that waited for it: some pages are too long to be kept.
  const storage::first_pages* lists_just_loaded_ = nullptr;
  bool must_raise_fence_ = false;
  bool is_shutting_down_ = false;
  std::uint64_t generation_ = 0;  ///< Rises when the state is dropped: an older answer is not kept.
  std::int64_t version_ = 0;
  std::int64_t timeline_ = 0;                             ///< Of the database that it is a version of.
  std::chrono::steady_clock::time_point cached_until_{};  ///< The second cache is not given it before.
  bool is_cache_due_ = false;                             ///< It is then.
  /// Behind this person's last change: a database that has come so far has all of them. Nothing while that is not
  /// known.
  std::optional<storage::log_position> as_of_;
  /// The version as of which no measurement has changed since: of the last change of one, or of the load.
  std::int64_t records_version_ = 0;
  user_data data_;
  std::optional<entity_reply> shown_person_;
  std::optional<entity_reply> shown_prefs_;
  std::vector<std::function<void(const std::optional<error>&)>> waiting_;  ///< For the load.

  std::vector<write_operation> queue_;  ///< For the next batch.
  std::unique_ptr<batch_in_work> batch_;
  known_keys keys_;
  std::set<std::string> keys_under_way_;
  caf::actor_clock::time_point used_at_{};
  /// By `rate_limit`. Whoever is taken into memory begins with full ones, so an idle owner stays until they are.
  std::array<token_bucket, personal_limits> buckets_;
  std::int64_t active_minute_ = -1;  ///< Under which this person is counted as active; negative for none.
  std::set<session_id> rotating_;    ///< Sessions whose refresh token is being exchanged.
  std::size_t reads_under_way_ = 0;
  /// When the use of a key was last noted, whether or not that could be stored. Only of keys that there are.
  std::map<api_key_id, timestamp> key_uses_;

  std::list<conversation> recent_;     ///< Most recently used first.
  std::unique_ptr<kept_pages> pages_;  ///< None when nothing is known of any list.

  std::map<run_id, active_run> runs_;
  std::map<conversation_id, std::deque<run_id>> turns_;  ///< In the order of the questions.
  /// Each leaves when its actor does.
  std::map<run_id, ended_run> ended_;
  /// For the log of an ended run, which is read once for all of them.
  std::map<run_id, std::vector<waiting_join>> joins_;
  std::uint64_t removals_ = 0;  ///< Rises when runs are deleted: a log that was asked for before is not kept.
  /// Keys of chats that are being looked up, and the later chats with the same key.
  std::map<std::string, std::vector<std::function<void()>>> key_lookups_;
  std::map<caf::actor_addr, export_under_way> exports_;  ///< Each leaves when its actor does.
  std::int64_t exports_opening_ = 0;
  std::size_t interrupting_ = 0;
  answer_ptr<bool> shutdown_answer_;
};

/// The behaviour of a user actor. `epoch` is the shard's.
user_actor::behavior_type user_behavior(
  numerous_pointer<user_actor, user_state> self, user_id user, std::int64_t epoch, user_services_ptr services);

}  // namespace genesis
