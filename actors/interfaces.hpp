#pragma once

#include "actors/actor_error.hpp"
#include "actors/local_types.hpp"

#include <caf/actor_system.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

/// Who may say what to whom: every protocol of the process on one page. Each request is sent with a deadline; every
/// answer may also be an error of `errc`.
namespace genesis {

/// What can be asked of the database. Errors: those that the questions and changes name, `unavailable` when nothing was
/// done, `overloaded` when too much is waiting, `outcome_unknown` for a change that may or may not have happened.
using storage_actor = caf::typed_actor<caf::replies_to<storage::load_user>::with<storage::user_snapshot>,
  caf::replies_to<storage::load_newer>::with<std::optional<storage::user_snapshot>>,
  caf::replies_to<storage::find_credentials>::with<storage::credentials>,
  caf::replies_to<storage::find_credentials_of>::with<storage::credentials>,
  caf::replies_to<storage::find_conversation>::with<conversation>,
  caf::replies_to<storage::list_conversations>::with<page<conversation>>,
  caf::replies_to<storage::find_message>::with<message>, caf::replies_to<storage::list_messages>::with<page<message>>,
  caf::replies_to<storage::search_messages>::with<page<found_message>>,
  caf::replies_to<storage::read_message_partition>::with<storage::message_partition>,
  caf::replies_to<storage::find_progress>::with<progress_record>,
  caf::replies_to<storage::list_progress>::with<page<progress_record>>,
  caf::replies_to<storage::latest_progress>::with<std::vector<progress_record>>,
  caf::replies_to<storage::find_item<workout_plan>>::with<workout_plan>,
  caf::replies_to<storage::find_item<nutrition_plan>>::with<nutrition_plan>,
  caf::replies_to<storage::find_item<nutrition_log>>::with<nutrition_log>,
  caf::replies_to<storage::list_plans<workout_plan>>::with<page<workout_plan>>,
  caf::replies_to<storage::list_plans<nutrition_plan>>::with<page<nutrition_plan>>,
  caf::replies_to<storage::list_nutrition_logs>::with<page<nutrition_log>>,
  caf::replies_to<storage::find_plan_standing<workout_plan>>::with<storage::plan_standing<workout_plan>>,
  caf::replies_to<storage::find_plan_standing<nutrition_plan>>::with<storage::plan_standing<nutrition_plan>>,
  caf::replies_to<storage::load_coaching_history>::with<storage::coaching_history>,
  caf::replies_to<storage::find_run>::with<run>, caf::replies_to<storage::load_run_log>::with<storage::run_log>,
  caf::replies_to<storage::find_idempotency>::with<std::optional<idempotency_record>>,
  caf::replies_to<storage::list_idempotency_keys>::with<std::vector<std::string>>,
  caf::replies_to<storage::find_used_refresh_token>::with<session_id>,
  caf::replies_to<storage::find_invitation>::with<invitation>,
  caf::replies_to<storage::recently_active_users>::with<std::vector<user_id>>,
  caf::replies_to<storage::list_users>::with<page<user>>,
  caf::replies_to<storage::load_first_pages>::with<storage::first_pages>,
  caf::replies_to<storage::find_people>::with<std::vector<known_person>>,
  caf::replies_to<storage::check_database>::with<bool>,
  caf::replies_to<storage::inspect_server>::with<storage::server_condition>,
  // In place of the one that the address had before; true when that one was still good.
  caf::replies_to<storage::put_invitation>::with<bool>,
  // Housekeeping, by the writer.
  caf::replies_to<storage::limit_size>::with<bool>, caf::replies_to<storage::purge_expired_rows>::with<std::int64_t>,
  // Waits for what else is queued, then commits together. The answer comes after the commit.
  caf::replies_to<storage::write_batch>::with<storage::write_receipt>,
  caf::replies_to<storage::append_run_chunks>::with<storage::write_receipt>>;

/// The only door to the database: bounds what waits for it and gives each question to a worker, on the primary or on a
/// replica. The reminders are its own: to look at who waits, and to report.
using storage_pool_actor =
  storage_actor::extend<caf::replies_to<get_log_position>::with<std::optional<storage::log_position>>,
    caf::reacts_to<replica_verdict>, caf::reacts_to<flush_due>, caf::reacts_to<sweep_due>>;

/// Answers on one connection, on a thread of its own. Only the pool knows it.
using storage_worker_actor = storage_actor::extend<caf::reacts_to<flush_due>>;

/// Looks at a replica again and again, and tells the pool what it has seen.
using replica_watch_actor = caf::typed_actor<caf::reacts_to<sweep_due>>;

/// Keeps entries outside the process for a while: whatever was put may be gone, or come late, or be somebody else's.
/// Questions that cannot be answered soon are `unavailable`; nothing depends on them.
using cache_actor = caf::typed_actor<caf::replies_to<get_cached>::with<cached_entry>, caf::reacts_to<put_cached>,
  caf::reacts_to<remove_cached>, caf::replies_to<settle_cached>::with<bool>,
  // How many there were; some may be gone when it fails.
  caf::replies_to<remove_cached_matching>::with<std::int64_t>,
  // To itself.
  caf::reacts_to<connect_due>>;

/// Hashes passwords, on threads of its own.
using password_worker_actor = caf::typed_actor<
  // Both fail with invalid_argument and the advice when the password is too easy to guess.
  caf::replies_to<hash_password>::with<password_hashed>, caf::replies_to<judge_password>::with<bool>,
  caf::replies_to<verify_password>::with<password_verdict>>;

/// Bounds what waits for the password workers (`overloaded` beyond it).
using password_pool_actor = password_worker_actor;

/// Gathers the partial texts of all runs and has them written together, at most a tick late.
using chunk_writer_actor = caf::typed_actor<
  // Answered when the chunk is durable.
  caf::replies_to<storage::run_chunk>::with<storage::write_receipt>, caf::reacts_to<flush_due>>;

/// One specialist of the built-in coach. Keeps nothing between questions.
using specialist_actor = caf::typed_actor<caf::replies_to<ask_specialist>::with<reply_ptr>>;

/// Reads what a person wants and hands over to the specialist.
using nexus_actor = caf::typed_actor<caf::replies_to<ask_coach>::with<reply_ptr>>;

/// Writes one connection's side of a run; implemented by the front actors.
using reader_host_actor = caf::typed_actor<caf::reacts_to<reader_frames>, caf::reacts_to<reader_dropped>>;

/// What a connection reads a stream from: it sends `reader_frames` as the reader says that it has written them.
using stream_source_actor = caf::typed_actor<caf::reacts_to<attach_reader, reader_host_actor>,
  caf::reacts_to<reader_ready, reader_host_actor>, caf::reacts_to<detach_reader, reader_host_actor>>;

/// Produces one answer and owns its event log. Connections are readers with a place in the log; they come and go
/// without any effect on the run.
using run_actor = stream_source_actor::extend<
  // From the owner of the person.
  caf::reacts_to<run_stored>, caf::reacts_to<run_refused>, caf::reacts_to<run_turn>, caf::reacts_to<run_waits>,
  caf::replies_to<stop_run>::with<run>, caf::reacts_to<abandon_run>, caf::replies_to<interrupt_run>::with<bool>,
  // From fronts.
  caf::replies_to<await_run>::with<run_outcome>,
  // Answered when the run can be read later.
  caf::replies_to<await_stored>::with<run>,
  // The state of the run as a client sees it now.
  caf::replies_to<get_run>::with<run>,
  // To itself.
  caf::reacts_to<emit_due>, caf::reacts_to<persist_due>, caf::reacts_to<retry_due>, caf::reacts_to<linger_due>>;

/// What of a run's events is left for who asks.
enum class replay : std::uint8_t {
  readable,  ///< Some, or some will come.
  complete,  ///< None: the run has ended and all have been seen.
  expired,   ///< The events are no longer kept one by one: only the whole answer can be read.
};

/// A run that was found, or has just begun.
struct run_ticket {
  genesis::run run;
  run_actor actor;  ///< To read from; none when nothing can be read, or the asker only looked.
  replay left = replay::readable;
};

/// Reads what a person has, for one reader, as fast as that one takes it; ends with it.
using export_actor = stream_source_actor::extend<
  // From the front. May fail as the database does.
  caf::replies_to<begin_export>::with<bool>,
  // From the owner of the person.
  caf::reacts_to<cut_export>,
  // To itself.
  caf::reacts_to<retry_due>, caf::reacts_to<linger_due>>;

/// An export that waits for its reader.
struct export_ticket {
  export_actor actor;
};

/// Makes exports, so many at a time (`overloaded` beyond it). Asked by owners alone.
using exporter_actor = caf::typed_actor<caf::replies_to<open_export>::with<export_ticket>>;

/// Owns everything one person can change. The only place in the process where that state changes. Any answer may be
/// `unauthorized` (session revoked, person disabled or deleted), `overloaded`, `unavailable`.
using user_actor = caf::typed_actor<
  // Reads: from memory where it holds the object, else from storage.
  caf::replies_to<get_user>::with<entity_reply>, caf::replies_to<get_user_view>::with<user_view>,
  // Of other people, for admins. May fail with forbidden.
  caf::replies_to<get_people>::with<std::vector<known_person>>,
  // Of this person again.
  caf::replies_to<get_preferences>::with<entity_reply>, caf::replies_to<get_conversation>::with<entity_reply>,
  caf::replies_to<get_message>::with<entity_reply>, caf::replies_to<get_progress>::with<entity_reply>,
  caf::replies_to<get_run>::with<entity_reply>, caf::replies_to<get_conversations>::with<page<conversation>>,
  caf::replies_to<get_messages>::with<page<message>>, caf::replies_to<get_found_messages>::with<page<found_message>>,
  caf::replies_to<get_progress_list>::with<page<progress_record>>,
  caf::replies_to<get_item<workout_plan>>::with<entity_reply>,
  caf::replies_to<get_item<nutrition_plan>>::with<entity_reply>,
  caf::replies_to<get_item<nutrition_log>>::with<entity_reply>,
  caf::replies_to<get_plans<workout_plan>>::with<page<workout_plan>>,
  caf::replies_to<get_plans<nutrition_plan>>::with<page<nutrition_plan>>,
  caf::replies_to<get_nutrition_logs>::with<page<nutrition_log>>,
  // Writes: answered after the commit. May fail with precondition_failed, key_reused, in_progress, outcome_unknown.
  caf::replies_to<patch_user>::with<entity_reply>, caf::replies_to<replace_preferences>::with<entity_reply>,
  caf::replies_to<delete_user>::with<entity_reply>, caf::replies_to<create_conversation>::with<entity_reply>,
  caf::replies_to<patch_conversation>::with<entity_reply>, caf::replies_to<delete_conversation>::with<entity_reply>,
  caf::replies_to<post_message>::with<entity_reply>, caf::replies_to<create_progress>::with<entity_reply>,
  caf::replies_to<patch_progress>::with<entity_reply>, caf::replies_to<delete_progress>::with<entity_reply>,
  // Makers of plans may also fail with conflict (too many of them).
  caf::replies_to<create_item<workout_plan>>::with<entity_reply>,
  caf::replies_to<patch_item<workout_plan>>::with<entity_reply>,
  caf::replies_to<delete_item<workout_plan>>::with<entity_reply>,
  caf::replies_to<create_item<nutrition_plan>>::with<entity_reply>,
  caf::replies_to<patch_item<nutrition_plan>>::with<entity_reply>,
  caf::replies_to<delete_item<nutrition_plan>>::with<entity_reply>,
  caf::replies_to<create_item<nutrition_log>>::with<entity_reply>,
  caf::replies_to<patch_item<nutrition_log>>::with<entity_reply>,
  caf::replies_to<delete_item<nutrition_log>>::with<entity_reply>,
  // Sessions.
  caf::replies_to<register_user>::with<session_grant>, caf::replies_to<open_session>::with<session_grant>,
  caf::replies_to<rotate_session>::with<session_grant>, caf::replies_to<close_session>::with<entity_reply>,
  caf::replies_to<change_password>::with<entity_reply>, caf::replies_to<check_session>::with<session_facts>,
  caf::replies_to<get_sessions>::with<page<session>>, caf::replies_to<get_open_session>::with<session>,
  caf::replies_to<end_session>::with<entity_reply>,
  // API keys.
  caf::replies_to<get_api_keys>::with<page<api_key>>, caf::replies_to<get_api_key>::with<entity_reply>,
  caf::replies_to<create_api_key>::with<entity_reply>, caf::replies_to<remove_api_key>::with<entity_reply>,
  caf::replies_to<check_api_key>::with<api_key_facts>, caf::reacts_to<api_key_used>,
  // From operators: these come with no session.
  caf::replies_to<administer_user>::with<entity_reply>, caf::replies_to<create_account>::with<entity_reply>,
  caf::replies_to<remove_account>::with<entity_reply>, caf::replies_to<import_records>::with<entity_reply>,
  // Runs. A chat is answered at once, before anything is stored; the run tells its readers how that went.
  caf::replies_to<start_chat>::with<run_ticket>, caf::replies_to<join_run>::with<run_ticket>,
  caf::replies_to<cancel_run>::with<entity_reply>,
  // Exports. May fail with overloaded, not_found.
  caf::replies_to<start_export>::with<export_ticket>,
  // From runs.
  caf::replies_to<get_turn>::with<turn_ptr>, caf::replies_to<finish_run>::with<run_outcome>, caf::reacts_to<run_done>,
  // From the shard: leaves and answers true, or is busy, or was used, and answers false.
  caf::replies_to<passivate>::with<bool>, caf::reacts_to<predecessor_died>, caf::reacts_to<export_handed_over>,
  // From the way out: interrupts the runs; answers when nothing is being written any more.
  caf::replies_to<begin_shutdown>::with<bool>,
  // From the caches, at the start and on command.
  caf::replies_to<warm_up>::with<std::int64_t>,
  // From itself.
  caf::reacts_to<cache_due>>;

/// Owns the directory of the people of one shard: activates on demand, keeps their number below its part of the cap,
/// and asks idle ones to leave.
using shard_actor = caf::typed_actor<
  // Answers the owner of a person, who may still be loading. May fail with overloaded, shutting_down.
  caf::replies_to<find_user>::with<user_actor>, caf::replies_to<let_people_go>::with<std::int64_t>,
  caf::reacts_to<sweep_due>, caf::replies_to<begin_shutdown>::with<bool>>;

/// What is done with all caches at once: the people in memory, and Redis where there is one.
using caches_actor = caf::typed_actor<
  // Fails with conflict while people are being taken in already, or as the database does.
  caf::replies_to<warm_caches>::with<std::int64_t>, caf::replies_to<forget_cached>::with<caches_forgot>>;

/// Remembers what was worked out from people's rows and costs more than a look.
using statistics_actor = caf::typed_actor<
  // Fails as the database does.
  caf::replies_to<get_recent_records>::with<records_ptr>, caf::replies_to<let_people_go>::with<std::int64_t>>;

/// Tells a CDN in front what it is to forget.
using purger_actor = caf::typed_actor<
  // May fail with overloaded, unavailable.
  caf::replies_to<purge_keys>::with<std::int64_t>,
  // To itself.
  caf::reacts_to<purge_due>>;

/// Limits what comes from one address, and passwords that are tried on one account or from one address. Each answers
/// true, or `rate_limited` and nothing was counted.
using limiter_actor =
  caf::typed_actor<caf::replies_to<take_auth_token>::with<bool>, caf::replies_to<admit_login>::with<bool>,
    caf::reacts_to<forgive_login>, caf::replies_to<admit_key>::with<bool>, caf::reacts_to<count_failed_key>>;

/// What has to be done before somebody has a session: finds the account, has the password checked, asks the owner.
using accounts_actor = caf::typed_actor<
  // May fail with invalid_argument (the fields), email_taken, forbidden (the invitation), overloaded.
  caf::replies_to<sign_up>::with<signed_in>,
  // Fails with unauthorized after the same work whether the account exists or not, and with rate_limited before it.
  caf::replies_to<log_in>::with<signed_in>, caf::replies_to<renew_session>::with<signed_in>,
  caf::replies_to<renew_password>::with<entity_reply>>;

/// Keeps the installation in order from time to time: removes what has expired, and notices when the database is away.
using housekeeper_actor = caf::typed_actor<caf::reacts_to<sweep_due>, caf::reacts_to<flush_due>>;

/// Does work that would hold up an I/O thread, on a thread of its own. Answers true when it is done.
using background_actor = caf::typed_actor<caf::replies_to<background_job>::with<bool>>;

}  // namespace genesis

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(genesis::run_ticket)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(genesis::export_ticket)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(genesis::user_actor)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(genesis::reader_host_actor)
