#pragma once

#include "actors/entity_reply.hpp"
#include "domain/api_key.hpp"
#include "domain/conversation.hpp"
#include "domain/message.hpp"
#include "domain/nutrition_log.hpp"
#include "domain/nutrition_plan.hpp"
#include "domain/preferences.hpp"
#include "domain/progress.hpp"
#include "domain/run.hpp"
#include "domain/session.hpp"
#include "domain/user.hpp"
#include "domain/workout_plan.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace genesis {

/// How an export is written. Rows of CSV are of one kind: everything of a person is NDJSON.
enum class export_format : std::uint8_t { ndjson, csv };

/// The shape of an export's body.
struct export_form {
  bool is_everything = false;  ///< All that is kept of the person, else their messages.
  export_format format = export_format::ndjson;
  bool is_gzip = false;

  friend bool operator==(const export_form&, const export_form&) = default;
};

/// Of a body, handed to a connection at a time: one write of a socket's buffer.
inline constexpr std::size_t export_piece_bytes_max = std::size_t{64} * 1'024;

/// Makes of what an export has read the bytes of its body, in the order of the calls. For one thread at a time; its
/// work takes longer than an I/O thread may be held up.
class export_writer {
public:
  export_writer() = default;
  export_writer(const export_writer&) = delete;
  export_writer& operator=(const export_writer&) = delete;
  virtual ~export_writer() = default;

  virtual void add(const user& what) = 0;
  virtual void add(const preferences& what) = 0;
  /// As the session `current` sees it.
  virtual void add(const session& what, const session_id& current) = 0;
  virtual void add(const api_key& what) = 0;
  virtual void add(const conversation& what) = 0;
  virtual void add(const message& what) = 0;
  virtual void add(const run& what) = 0;
  virtual void add(const progress_record& what) = 0;
  virtual void add(const workout_plan& what) = 0;
  virtual void add(const nutrition_plan& what) = 0;
  virtual void add(const nutrition_log& what) = 0;
  /// Nothing follows.
  virtual void end() = 0;

  /// What there is of the body since the last call, in pieces of at most `export_piece_bytes_max`. Some of what was
  /// added may come later, until the end.
  virtual std::vector<body_ptr> take() = 0;
};

}  // namespace genesis
