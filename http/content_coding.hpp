#pragma once

#include "http/exchange.hpp"
#include "http/gzip_stream.hpp"

#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace genesis::http {

/// Bodies up to this size are sent as they are: they fit the packet that carries the head, coded or not.
inline constexpr std::size_t plain_bytes_max = 1'000;

/// Bodies up to this size are coded on the I/O thread: at 1.7 us a KiB this is a tenth of a millisecond.
inline constexpr std::size_t inline_coding_bytes_max = std::size_t{64} * 1'024;

/// Codes texts as gzip (RFC 1952), the same text always to the same bytes: a strong tag stands for bytes. Keeps its
/// 260 KiB of work space from text to text. For one thread.
class gzip_encoder {
public:
  /// Throws std::bad_alloc when there is no memory for it.
  body_ptr encode(std::string_view text);

private:
  std::optional<gzip_stream> stream_;
};

/// Coded forms of bodies by the tag of the plain form, the least recently used dropped first: one revision is coded
/// once, however often it is read. One per I/O thread.
class coded_bodies {
public:
  /// `bytes_max` bounds the texts and what is kept beside them.
  explicit coded_bodies(std::size_t bytes_max = std::size_t{16} * 1'024 * 1'024) : bytes_max_(bytes_max) {}

  /// Nothing when it is not there.
  body_ptr find(std::string_view tag);
  void keep(std::string tag, body_ptr coded);

  /// Of this thread.
  [[nodiscard]] gzip_encoder& encoder() noexcept { return encoder_; }
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

private:
  struct entry {
    std::string tag;
    body_ptr coded;
  };
  static std::size_t weight_of(const entry& each) noexcept;

  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  std::list<entry> entries_;                                                 ///< The one used last comes first.
  std::unordered_map<std::string_view, std::list<entry>::iterator> by_tag_;  ///< Keys are the entries' tags.
  gzip_encoder encoder_;
};

/// Whether answers like this one have a gzip form when they are long enough: JSON, but no problem, no stream, and
/// nothing that carries a secret. Such answers vary by `Accept-Encoding`, also while they are short.
bool varies_by_coding(const response& answer) noexcept;

/// Whether there is a gzip form of this answer that the client takes, be it that it likes the plain one better.
bool may_be_coded(const exchange& request, const response& answer);

/// Whether the client likes gzip at least as well as plain text. One without `Accept-Encoding` gets plain texts.
bool prefers_gzip(const exchange& request);

/// Whether the gzip form is what the client gets.
bool is_to_be_coded(const exchange& request, const response& answer);

/// Whether the coding of this answer would hold up an I/O thread.
bool is_long_to_code(const exchange& request, const response& answer, coded_bodies& known);

/// Turns an answer into its gzip form where the client wants that: body, `Content-Encoding` and tag. The form that
/// `response::coded` brings is used, else one that is known, else it is made here; a long body for which there is none
/// stays plain.
void apply_coding(const exchange& request, response& answer, coded_bodies& known);

}  // namespace genesis::http
