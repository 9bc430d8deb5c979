#pragma once

#include "benchmarks/load/people.hpp"
#include "domain/ids.hpp"

#include <atomic>
#include <cstdint>
#include <expected>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::load {

/// What templates are filled from. One per thread; the number is shared, so that no two requests of a run get the same.
class template_values {
public:
  explicit template_values(std::atomic<std::uint64_t>& number);
  template_values(const template_values&) = delete;  // ids_ draws from random_
  template_values& operator=(const template_values&) = delete;
  ~template_values() = default;

  std::uint64_t next_number() { return number_.fetch_add(1, std::memory_order_relaxed); }
  uuid next_uuid();

private:
  std::atomic<std::uint64_t>& number_;
  std::mt19937_64 random_;
  uuid_source ids_;
};

/// A text with places in it: `{n}` counts up over the whole run, `{uuid}` is a new UUID each time, `{user}` is the
/// person's id, `{conversation}` that of the person's conversation and `{tag}` the entity tag in the people's file. Any
/// other brace stands for itself, so that JSON needs no escapes.
class text_template {
public:
  text_template() = default;
  explicit text_template(std::string_view text);

  void append_to(std::string& out, const person& who, template_values& values) const;
  [[nodiscard]] bool uses_conversation() const noexcept;
  [[nodiscard]] bool empty() const noexcept { return pieces_.empty(); }

private:
  enum class place : std::uint8_t { literal, number, uuid, user, conversation, talk, tag };
  struct piece {
    place what = place::literal;
    std::string text;
  };

  std::vector<piece> pieces_;
};

/// One request to be sent again and again.
class request_template {
public:
  /// `headers` are whole lines, `Name: value`; all texts may be templates.
  request_template(std::string method, std::string authority, std::string_view path,
    const std::vector<std::string>& headers, std::string_view body);

  /// Appends the bytes of one request on behalf of `who`; a person without a token gets no Authorization field.
  void append_to(std::string& out, const person& who, template_values& values) const;
  [[nodiscard]] bool uses_conversation() const noexcept;

private:
  std::string method_;
  std::string authority_;
  text_template path_;
  std::vector<text_template> headers_;
  text_template body_;
  bool has_body_ = false;
};

}  // namespace genesis::load
