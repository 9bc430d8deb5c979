#include "http/response_head.hpp"

#include "domain/ensure.hpp"
#include "http/characters.hpp"
#include "http/status.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace genesis::http {

namespace {

void append_number(std::string& out, std::size_t number, int base = 10) {
  std::array<char, 20> digits{};
  const auto [end, failure] = std::to_chars(digits.data(), digits.data() + digits.size(), number, base);
  out.append(digits.data(), end);
}

void append_two_digits(std::string& out, unsigned number) {
  out += static_cast<char>('0' + number / 10 % 10);
  out += static_cast<char>('0' + number % 10);
}

bool is_safe(std::string_view value) noexcept {
  return std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

}  // namespace

std::string http_date(std::chrono::sys_seconds at) {
  static constexpr std::array<std::string_view, 7> days{"Sun, ", "Mon, ", "Tue, ", "Wed, ", "Thu, ", "Fri, ", "Sat, "};
  static constexpr std::array<std::string_view, 12> months{
    " Jan ", " Feb ", " Mar ", " Apr ", " May ", " Jun ", " Jul ", " Aug ", " Sep ", " Oct ", " Nov ", " Dec "};
  const auto midnight = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{midnight};
  const std::chrono::hh_mm_ss time{at - midnight};
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  std::string text;
  text.reserve(29);
  text += days[std::chrono::weekday{midnight}.c_encoding()];
  append_two_digits(text, static_cast<unsigned>(date.day()));
  text += months[static_cast<unsigned>(date.month()) - 1];
  append_two_digits(text, year / 100);
  append_two_digits(text, year);
  text += ' ';
  append_two_digits(text, static_cast<unsigned>(time.hours().count()));
  text += ':';
  append_two_digits(text, static_cast<unsigned>(time.minutes().count()));
  text += ':';
  append_two_digits(text, static_cast<unsigned>(time.seconds().count()));
  text += " GMT";
  return text;
}

std::string_view date_cache::at(std::chrono::sys_seconds now) {
  if (now != second_) {
    text_ = http_date(now);
    second_ = now;
  }
  return text_;
}

response_head::response_head(std::string& out, int status, std::string_view date) : out_(out), status_(status) {
  const std::string_view reason = reason_phrase(status);
  ensure(!reason.empty(), "every status that is sent has a reason phrase");
  out_.reserve(out_.size() + 512);
  out_ += "HTTP/1.1 ";
  append_number(out_, static_cast<std::size_t>(status));
  out_ += ' ';
  out_ += reason;
  out_ += "\r\n";
  field("Date", date);
}

response_head& response_head::field(std::string_view name, std::string_view value) {
  ensure(is_token(name), "the name of a response field is a token");
  ensure(is_safe(value), "the value of a response field stays on its line");
  out_ += name;
  out_ += ": ";
  out_ += value;
  out_ += "\r\n";
  return *this;
}

response_head& response_head::lines(std::string_view text) {
  out_ += text;
  return *this;
}

response_head& response_head::content_length(std::size_t bytes) {
  ensure(status_ >= 200 && status_ != 204, "an answer that never has content says nothing of its length");
  out_ += "Content-Length: ";
  append_number(out_, bytes);
  out_ += "\r\n";
  return *this;
}

response_head& response_head::chunked() {
  ensure(!forbids_content(status_), "an answer that never has content is not chunked");
  out_ += "Transfer-Encoding: chunked\r\n";
  return *this;
}

response_head& response_head::close() {
  out_ += "Connection: close\r\n";
  return *this;
}

response_head& response_head::keep_alive() {
  out_ += "Connection: keep-alive\r\n";
  return *this;
}

void response_head::end() {
  out_ += "\r\n";
}

}  // namespace genesis::http
