#pragma once

#include "http/characters.hpp"
#include "http/method.hpp"
#include "http/target.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::http {

/// How the end of a body is found (RFC 9112 6.3).
enum class body_kind : std::uint8_t { none, length, chunked };

struct body_framing {
  body_kind kind = body_kind::none;
  std::uint64_t length = 0;  ///< Bytes of a body of kind `length`, at least 1. Any number: the decoder holds the limit.

  friend bool operator==(const body_framing&, const body_framing&) = default;
};

/// One field line, without the white space around its value.
struct field_view {
  std::string_view name;  ///< As sent.
  std::string_view value;
};

/// The head of one request: what `request_parser` found in it. Owns one copy of the bytes; every view given out points
/// into it and lives as long as the object stays where it is.
class request_head {
public:
  [[nodiscard]] method verb() const noexcept { return verb_; }
  /// The method as sent; tells unknown ones apart.
  [[nodiscard]] std::string_view method_text() const noexcept { return view(method_); }
  /// The request target as sent.
  [[nodiscard]] std::string_view target() const noexcept { return view(target_); }
  [[nodiscard]] target_form form() const noexcept { return form_; }
  /// The target is absolute and its scheme `https`.
  [[nodiscard]] bool asks_for_https() const noexcept { return asks_for_https_; }
  /// The path of the target, still encoded; `/` where an absolute target has none, `*` in the asterisk form, empty in
  /// the authority form.
  [[nodiscard]] std::string_view path() const noexcept {
    return path_.size == 0 && form_ == target_form::absolute ? std::string_view("/") : view(path_);
  }
  /// The query of the target without its question mark, still encoded; empty also when there is none.
  [[nodiscard]] std::string_view query() const noexcept { return view(query_); }
  /// Of the target where it names one, else the Host field (RFC 9112 3.2.2); empty for HTTP/1.0 without either.
  [[nodiscard]] std::string_view host() const noexcept { return view(host_); }
  /// 0 for HTTP/1.0, 1 for HTTP/1.1 and every later minor version.
  [[nodiscard]] int version_minor() const noexcept { return version_minor_; }

  [[nodiscard]] body_framing framing() const noexcept { return framing_; }
  /// True when the client lets the connection live on after the answer (RFC 9112 9.3).
  [[nodiscard]] bool keep_alive() const noexcept { return keep_alive_; }
  /// True when the client holds its body back until it sees 100 or a final status (RFC 9110 10.1.1).
  [[nodiscard]] bool expects_continue() const noexcept { return expects_continue_; }

  [[nodiscard]] std::size_t field_count() const noexcept { return fields_.size(); }
  /// One field line, in the order they were sent.
  [[nodiscard]] field_view field_at(std::size_t index) const noexcept {
    return {view(fields_[index].name), view(fields_[index].value)};
  }
  /// The value of the first field of that name, in any case. An empty value is not the same as none.
  [[nodiscard]] std::optional<std::string_view> field(std::string_view name) const noexcept;
  /// How many field lines have that name. More than one is an error for fields that are no lists (RFC 9110 5.3).
  [[nodiscard]] std::size_t field_count(std::string_view name) const noexcept;
  /// The values of all fields of that name as one list (RFC 9110 5.3); nothing when there is none. One line is given as
  /// it is; `several` keeps the text of more.
  [[nodiscard]] std::optional<std::string_view> list(std::string_view name, std::string& several) const;
  /// The same, as a text of its own.
  [[nodiscard]] std::optional<std::string> joined(std::string_view name) const;

private:
  friend class request_parser;

  /// A piece of `bytes_`. A head is at most 32 KiB, so 16 bits are enough and a field takes 8 bytes.
  struct piece {
    std::uint16_t begin = 0;
    std::uint16_t size = 0;
  };
  struct field_pieces {
    piece name;
    piece value;
  };

  [[nodiscard]] std::string_view view(piece part) const noexcept {
    return std::string_view(bytes_).substr(part.begin, part.size);
  }

  std::string bytes_;
  std::vector<field_pieces> fields_;
  piece method_;
  piece target_;
  piece path_;
  piece query_;
  piece host_;
  body_framing framing_;
  method verb_ = method::other;
  target_form form_ = target_form::origin;
  bool asks_for_https_ = false;
  std::int8_t version_minor_ = 1;
  bool keep_alive_ = false;
  bool expects_continue_ = false;
};

}  // namespace genesis::http
