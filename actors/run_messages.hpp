#pragma once

#include "actors/encoders.hpp"
#include "actors/entity_reply.hpp"
#include "domain/conversation.hpp"
#include "domain/idempotency.hpp"
#include "domain/message.hpp"
#include "domain/rate_limit.hpp"
#include "domain/run.hpp"
#include "domain/session.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Answers of the coach: asked for, spoken, read and ended.
namespace genesis {

struct start_chat {
  credential by;
  std::string text;
  std::optional<conversation_id> conversation;
  std::optional<genesis::agent> agent;
  std::string metadata_json = "{}";
  std::optional<idempotency_key> idempotency;
};
/// Answered with `run_ticket`.
struct join_run {
  credential by;
  run_id run;
  std::int64_t after = 0;   ///< Events with a greater sequence number are wanted.
  bool only_looks = false;  ///< Whether there are any is wanted; no actor is.
};
struct cancel_run {
  credential by;
  run_id run;
};

/// A reader of a run's events: one connection. Sent by a front to the run.
struct attach_reader {
  std::uint64_t reader = 0;  ///< Unique within its front.
  std::int64_t after = 0;    ///< Events with a greater sequence number are wanted.
  stream_format format = stream_format::sse;
};
/// The reader has written this many bytes of what it was sent, since it last said so.
struct reader_ready {
  std::uint64_t reader = 0;
  std::size_t bytes = 0;
};
struct detach_reader {
  std::uint64_t reader = 0;
};
/// What the run has for a reader. The next is sent once less than `config::stream_window_bytes` are on their way.
struct reader_frames {
  std::uint64_t reader = 0;
  std::vector<body_ptr> frames;
  bool is_last = false;  ///< The run's `end` is among them.
};
/// The reader is too slow, or its place in the log is gone; the connection is to be broken off.
struct reader_dropped {
  std::uint64_t reader = 0;
};
/// Asks to be told when the run has ended. Answered with `run_outcome`.
struct await_run {};
struct run_outcome {
  genesis::run run;
  message answer;
};
/// Asks for the run as it is once its question is durable; fails when that does not happen.
struct await_stored {};
/// The owner's word that the question is stored (or that it cannot be).
struct run_stored {
  message answer;  ///< Incomplete, as it stands beside the question.
};
struct run_refused {
  errc reason = errc::unavailable;
};
/// It is the run's turn in its conversation.
struct run_turn {};
/// The position among those waiting in the conversation, from 1.
struct run_waits {
  std::int64_t position = 0;
};
/// Ends the run as cancelled; answered when that is durable, or at once when it has ended before.
struct stop_run {};
/// The conversation or the person is being deleted: end without writing anything.
struct abandon_run {};
/// The server is leaving: store what there is as interrupted and end. Answered when that is durable or has failed.
struct interrupt_run {};

/// A run asks its person's owner for everything the coach may look at. Answered with `turn_ptr`.
struct get_turn {
  genesis::run run;
  std::string question;
};
using turn_ptr = std::shared_ptr<const coach::turn>;
using reply_ptr = std::shared_ptr<const coach::reply>;

/// A run that has come to its end asks its person's owner to store it: the row, the answer, and the events that no
/// chunk holds yet, in one transaction. Answered with `run_outcome`: what is stored, which is an earlier attempt's when
/// that one got through after all.
struct finish_run {
  genesis::run run;
  std::string text;
  std::string artifacts_json = "[]";
  std::vector<run_event> events;
  std::int64_t timeline = 0;  ///< Of the database that holds the other events; 0 where it is not known.
};
/// The run has told its readers that it ended: its place in the conversation is free.
struct run_done {
  run_id run;
};

/// A question to a specialist, or to `nexus` who finds the specialist. Answered with `reply_ptr`.
struct ask_coach {
  turn_ptr turn;
};
struct ask_specialist {
  turn_ptr turn;
  coach::intent what;
};

}  // namespace genesis
