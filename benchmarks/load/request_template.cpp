#include "benchmarks/load/request_template.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace genesis::load {

template_values::template_values(std::atomic<std::uint64_t>& number)
    : number_(number), random_(std::random_device{}()), ids_([this](std::uint8_t* bytes, std::size_t size) {
        std::generate_n(bytes, size, [this] { return static_cast<std::uint8_t>(random_()); });
      }) {}

uuid template_values::next_uuid() {
  return ids_.next(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
}

text_template::text_template(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, place>, 6> names{
    {{"{n}", place::number}, {"{uuid}", place::uuid}, {"{user}", place::user}, {"{conversation}", place::conversation},
      {"{talk}", place::talk}, {"{tag}", place::tag}}};
  std::string literal;
  while (!text.empty()) {
    const auto named = std::ranges::find_if(names, [&](const auto& each) { return text.starts_with(each.first); });
    if (named == names.end()) {
      literal += text.front();
      text.remove_prefix(1);
      continue;
    }
    if (!literal.empty())
      pieces_.push_back({place::literal, std::exchange(literal, {})});
    pieces_.push_back({named->second, {}});
    text.remove_prefix(named->first.size());
  }
  if (!literal.empty())
    pieces_.push_back({place::literal, std::move(literal)});
}

void text_template::append_to(std::string& out, const person& who, template_values& values) const {
  for (const auto& [what, text] : pieces_) {
    switch (what) {
    case place::literal: out += text; break;
    case place::number: out += std::to_string(values.next_number()); break;
    case place::uuid: out += to_string(values.next_uuid()); break;
    case place::user: out += who.user_id; break;
    case place::conversation: out += who.conversation; break;
    case place::talk: out += who.talk; break;
    case place::tag: out += who.entity_tag; break;
    }
  }
}

bool text_template::uses_conversation() const noexcept {
  return std::ranges::any_of(pieces_, [](const piece& each) { return each.what == place::conversation; });
}

request_template::request_template(std::string method, std::string authority, std::string_view path,
  const std::vector<std::string>& headers, std::string_view body)
    : method_(std::move(method)), authority_(std::move(authority)), path_(path), body_(body), has_body_(!body.empty()) {
  for (const auto& line : headers)
    headers_.emplace_back(line);
}

void request_template::append_to(std::string& out, const person& who, template_values& values) const {
  out += method_;
  out += ' ';
  path_.append_to(out, who, values);
  out += " HTTP/1.1\r\nHost: ";
  out += authority_;
  out += "\r\n";
  if (!who.access_token.empty()) {
    out += "Authorization: Bearer ";
    out += who.access_token;
    out += "\r\n";
  }
  for (const auto& line : headers_) {
    line.append_to(out, who, values);
    out += "\r\n";
  }
  if (!has_body_) {
    out += "\r\n";
    return;
  }
  std::string body;
  body_.append_to(body, who, values);
  out += "Content-Type: application/json\r\nContent-Length: ";
  out += std::to_string(body.size());
  out += "\r\n\r\n";
  out += body;
}

bool request_template::uses_conversation() const noexcept {
  return path_.uses_conversation() || body_.uses_conversation() ||
         std::ranges::any_of(headers_, &text_template::uses_conversation);
}

}  // namespace genesis::load
