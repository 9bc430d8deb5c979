#pragma once

#include "domain/error.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct redisReader;

namespace genesis::storage {

/// One answer of Redis (RESP2).
struct redis_reply {
  enum class kind : std::uint8_t { nothing, integer, text, status, error, list };

  kind what = kind::nothing;
  std::int64_t number = 0;         ///< Of an integer.
  std::string text;                ///< Of a text, a status or an error.
  std::vector<redis_reply> items;  ///< Of a list.

  [[nodiscard]] bool is_status(std::string_view expected) const noexcept {
    return what == kind::status && text == expected;
  }
  /// The first word of an error, by which programs tell errors apart (`OOM`, `NOAUTH`), when it looks like one. The
  /// rest may repeat what was sent, a password included, and belongs into no log.
  [[nodiscard]] std::string_view error_code() const noexcept;
};

/// Reads answers off the bytes of a connection however they are split, with hiredis' parser. Whatever a server sends
/// costs a bounded amount of memory: `reply_bytes_max` for one answer, in at most `reply_elements_max` elements.
class redis_reply_reader {
public:
  static constexpr std::size_t reply_bytes_max = std::size_t{2} * 1'024 * 1'024;
  static constexpr int reply_elements_max = 8'192;  ///< A step of a scan returns about a hundred keys.

  redis_reply_reader();

  /// Takes what was received. False when one answer has become too large or memory is out.
  [[nodiscard]] bool feed(std::string_view bytes);

  /// The next whole answer; nothing when more has to be received; `invalid_argument` when this is not Redis'
  /// protocol, and from then on.
  result<std::optional<redis_reply>> next();

private:
  struct parser_deleter {
    void operator()(redisReader* parser) const noexcept;
  };

  std::unique_ptr<redisReader, parser_deleter> parser_;
  std::size_t unread_bytes_ = 0;  ///< At most: received since the last whole answer.
  std::unique_ptr<int> elements_left_;
};

/// Appends a command as Redis reads it to what is to be sent. Throws std::bad_alloc and leaves `out` as it was.
void append_redis_command(std::string& out, std::span<const std::string_view> words);

}  // namespace genesis::storage
