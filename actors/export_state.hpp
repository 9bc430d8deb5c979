#pragma once

#include "actors/interfaces.hpp"
#include "actors/metrics.hpp"
#include "actors/promise.hpp"
#include "storage/queries.hpp"

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace genesis {

/// What all exports share; never changes after the start.
struct export_services {
  storage_pool_actor storage;
  background_actor encoder;  ///< On which the bodies are written.
  std::unique_ptr<export_writer> (*writer)(const export_form&) = nullptr;
  /// How long a part is asked for again that the database does not give, once something has been sent.
  std::chrono::milliseconds patience = std::chrono::seconds{30};
  /// A reader that takes less than a window of bytes within it is given up.
  std::chrono::milliseconds reader_stall = std::chrono::seconds{30};
  std::chrono::milliseconds duration_max = std::chrono::hours{1};
};
using export_services_ptr = std::shared_ptr<const export_services>;

/// Bytes on their way to a reader below which more is sent, and bytes that wait for it below which more is read. One
/// piece: the socket's own buffer is full while the next one comes.
inline constexpr std::size_t export_window_bytes = export_piece_bytes_max;

/// One export: reads a person's rows part by part, has each part written off the I/O threads, and feeds a connection.
///
/// It reads on when less than a window of what was written waits for the reader, so the credit of the socket goes
/// backwards to the database: a reader that stops reading stops the query. One part is read while the one before it is
/// written and the one before that is on its way: no more than these three are held. Between two
/// parts nothing is held at the database, no connection, cursor or snapshot: a part begins behind the place where the
/// last one ended. It ends with its reader, with its owner, when whoever asked is signed out, and after
/// `export_services::duration_max`.
class export_state {
public:
  using pointer = export_actor::stateful_pointer<export_state>;

  explicit export_state(pointer self) : self_(self) {}
  export_state(const export_state&) = delete;
  export_state& operator=(const export_state&) = delete;
  ~export_state();

  void start(open_export what, const caf::strong_actor_ptr& owner, export_services_ptr services);

  caf::result<bool> handle(const begin_export& what);
  void handle(const attach_reader& what, const reader_host_actor& host);
  void handle(const reader_ready& what, const reader_host_actor& host);
  void handle(const detach_reader& what, const reader_host_actor& host);
  void handle(const cut_export& what);
  void handle(const retry_due& what);
  void handle(const linger_due& what);

private:
  /// What is read next.
  enum class section : std::uint8_t {
    account,
    conversations,
    messages,
    progress,
    workout_plans,
    nutrition_plans,
    nutrition_logs,
    end,
    none
  };
  struct reader {
    reader_host_actor host;
    std::uint64_t number = 0;
  };

  void read_on();
  void read_section();
  void read_messages();
  template <class T, class Question>
  void read_list(Question question);
  /// Asks storage; `then` runs with what it found.
  template <class R, class Question>
  void ask_storage(Question question, std::function<void(R&)> then);
  void on_read_failed(const error& what);
  /// Has rows written, of which there are so many.
  void write(std::function<void(export_writer&)> rows, std::size_t count);
  void write_now(std::function<void(export_writer&)> rows);
  void on_written(std::vector<body_ptr> pieces);
  [[nodiscard]] bool has_written_everything() const noexcept {
    return section_ == section::none && !is_reading_ && !is_writing_;
  }
  void begin_section(section next);
  void tell_reader();
  [[nodiscard]] bool is_reader(std::uint64_t number, const reader_host_actor& host) const;
  void look_again();
  void end(export_outcome how);

  pointer self_;
  open_export what_;
  caf::actor_addr owner_;
  export_services_ptr services_;
  caf::actor_clock::time_point begun_at_{};

  section section_ = section::none;
  std::optional<list_position> after_;          ///< In the list of the section.
  std::optional<storage::export_place> place_;  ///< Among the messages.
  bool is_reading_ = false;                     ///< A part is asked for, or to be asked for again.
  std::optional<caf::actor_clock::time_point> failing_since_;

  bool is_writing_ = false;                        ///< A part is with the encoder.
  std::function<void(export_writer&)> unwritten_;  ///< The part behind it, if that has been read.
  std::shared_ptr<export_writer> writer_;          ///< The encoder's while it writes.
  std::deque<body_ptr> ready_;                     ///< Written, and not sent to the reader.
  std::size_t ready_bytes_ = 0;
  answer_ptr<bool> beginning_;
  bool has_begun_ = false;

  std::optional<reader> reader_;
  std::size_t unconfirmed_ = 0;  ///< Bytes sent to it and not known to be written.
  bool has_end_ = false;         ///< It has been sent everything.
  caf::actor_clock::time_point progress_at_{};
  export_outcome outcome_ = export_outcome::failed;
};

export_actor::behavior_type export_behavior(export_actor::stateful_pointer<export_state> self, open_export what,
  caf::strong_actor_ptr owner, export_services_ptr services);

}  // namespace genesis
