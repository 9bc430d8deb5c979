#pragma once

#include "actors/event_list.hpp"
#include "actors/numerous.hpp"
#include "actors/run_log.hpp"
#include "actors/user_state.hpp"

#include <map>
#include <memory>
#include <vector>

namespace genesis {

/// What a run begins with.
struct run_start {
  user_id user;
  std::int64_t epoch = 1;
  genesis::run run;
  std::string question;
  /// Of a run that ended before: it is only read from here on.
  std::shared_ptr<const storage::run_log> stored;
};

/// Produces one answer and owns its event log; see `run_actor`.
///
/// States: waiting (the question is being stored, or others of the conversation speak) -> speaking -> storing the end
/// -> ended. Readers come and go in any of them. The `end` event reaches readers only after it is durable, except when
/// storage refuses it: then they get `error` and `end {status:"error"}` at once and the run goes on trying to store
/// that.
class run_state {
public:
  using pointer = run_actor::stateful_pointer<run_state>;

  explicit run_state(pointer self) : self_(self) {}
  run_state(const run_state&) = delete;
  run_state& operator=(const run_state&) = delete;
  ~run_state();

  void start(run_start what, user_actor owner, user_services_ptr services);

  void handle(const run_stored& what);
  void handle(const run_refused& what);
  void handle(const run_turn& what);
  void handle(const run_waits& what);
  caf::result<run> handle(const stop_run& what);
  void handle(const abandon_run& what);
  caf::result<bool> handle(const interrupt_run& what);
  void handle(const attach_reader& what, const reader_host_actor& host);
  void handle(const reader_ready& what, const reader_host_actor& host);
  void handle(const detach_reader& what, const reader_host_actor& host);
  caf::result<run_outcome> handle(const await_run& what);
  caf::result<run> handle(const await_stored& what);
  caf::result<run> handle(const get_run& what);
  void handle(const emit_due& what);
  void handle(const persist_due& what);
  void handle(const retry_due& what);
  void handle(const linger_due& what);

private:
  enum class phase { waiting, speaking, storing, ended };

  using reader_key = std::pair<caf::actor_addr, std::uint64_t>;
  struct reader {
    reader_host_actor host;
    std::int64_t position = 0;  ///< Sequence number of the last event sent.
    stream_format format = stream_format::sse;
    std::size_t unconfirmed = 0;  ///< Bytes sent and not known to be written.
    bool has_end = false;
    caf::actor_clock::time_point sent_at{};
    std::size_t behind = 0;      ///< Bytes it had not been sent when it was last looked at.
    int looks_falling_back = 0;  ///< Looks in a row that found it too far behind, and further than the one before.
  };

  // run_state.cpp
  void append(run_event_type type, std::string fields_json);
  void emit(const run_event& event);
  void tell_reader(const reader_key& key, reader& each);
  [[nodiscard]] bool may_take_more(const reader& each) const noexcept;
  void tell_readers();
  void drop_stalled_readers();
  [[nodiscard]] bool is_lost(reader& each) const;
  void leave_if_idle();
  void on_down(const caf::down_msg& what);
  void on_owner_down(const caf::error& reason);
  void leave();
  [[nodiscard]] genesis::run current() const;

  // run_speech.cpp
  void ask_coach_now();
  void on_reply(const coach::reply& reply);
  void on_coach_failed(const error& what);
  void speak();
  [[nodiscard]] bool has_said_all() const noexcept { return spoken_ == speech_.size(); }
  void lengthen(std::int64_t& words);
  [[nodiscard]] std::size_t tokens_due();
  void persist_partial();
  void store_chunk();
  /// What no chunk holds. After a failover that is everything: chunks may have been lost.
  std::vector<run_event> unstored_events();

  // run_ending.cpp
  void end(run_status status, std::optional<run_failure> failure);
  void store_end();
  void on_end_stored(const run_outcome& stored);
  void on_end_not_stored(const error& what);
  void store_end_again();
  void cut_off();
  void finish(message answer);
  void restore(const storage::run_log& stored);

  pointer self_;
  user_id user_;
  std::int64_t epoch_ = 1;
  genesis::run run_;
  std::string question_;
  user_actor owner_;
  user_services_ptr services_;
  phase phase_ = phase::waiting;
  std::optional<run_log> log_;

  event_list speech_;  ///< What is to be said, and how much of it has been.
  std::size_t spoken_ = 0;
  std::size_t words_said_ = 0;
  std::size_t artifacts_shown_ = 0;
  caf::actor_clock::time_point speaking_since_{};
  std::vector<artifact> artifacts_;  ///< Of what is to be said; of a run that has ended, of what was.

  std::vector<run_event> end_events_;  ///< The end as it is being stored; readers get it when that has succeeded.
  message answer_;                     ///< As it is stored; nothing while it is not.
  bool has_failed_to_store_ = false;
  int fenced_ends_ = 0;          ///< Attempts to store the end that were decided over what is not stored.
  bool is_abandoned_ = false;    ///< Deleted: nothing is stored any more.
  bool is_stored_ = false;       ///< The question and the run's row are durable.
  bool is_stop_wanted_ = false;  ///< Stopped before that.
  bool is_interrupt_wanted_ = false;

  std::int64_t chunked_seq_ = 0;  ///< Events up to here are durable as chunks.
  std::size_t chunked_bytes_ = 0;
  std::int64_t chunked_on_ = 0;  ///< The timeline of the database that this is about.
  bool is_chunk_under_way_ = false;
  bool is_beginning_stored_ = false;  ///< Who answers and since when is durable, with the first chunk.
  bool is_persist_planned_ = false;
  bool is_linger_planned_ = false;
  caf::actor_clock::time_point asked_at_{};  ///< Somebody who was told of this run may be on the way here.

  std::map<reader_key, reader> readers_;
  std::vector<answer_ptr<run_outcome>> awaiting_;
  std::vector<answer_ptr<run>> stopping_;
  std::vector<answer_ptr<run>> awaiting_storage_;
  std::vector<answer_ptr<bool>> interrupting_;
};

run_actor::behavior_type run_behavior(
  numerous_pointer<run_actor, run_state> self, run_start begin, user_actor owner, user_services_ptr services);

}  // namespace genesis
