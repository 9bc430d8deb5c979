#include "http/csv_writer.hpp"

#include <algorithm>
#include <array>

namespace genesis::http {

namespace {

/// The last four are the full-width forms, which some spreadsheets take for the same (OWASP, "CSV Injection").
constexpr auto formula_beginnings = std::to_array<std::string_view>(
  {"=", "+", "-", "@", "\t", "\r", "\n", "'", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"});

bool may_be_a_formula(std::string_view text) noexcept {
  return std::ranges::any_of(formula_beginnings, [&](std::string_view each) { return text.starts_with(each); });
}

}  // namespace

csv_writer& csv_writer::value(std::string_view text) {
  append(text, {});
  return *this;
}

csv_writer& csv_writer::text(std::string_view text) {
  append(text, may_be_a_formula(text) ? "'" : "");
  return *this;
}

void csv_writer::end_record() {
  out_ += "\r\n";
  is_first_ = true;
}

void csv_writer::append(std::string_view text, std::string_view before) {
  if (!is_first_)
    out_ += ',';
  is_first_ = false;
  if (text.find_first_of("\",\r\n") == std::string_view::npos) {
    (out_ += before) += text;
    return;
  }
  (out_ += '"') += before;
  for (std::size_t at = 0;;) {
    const auto mark = text.find('"', at);
    out_ += text.substr(at, mark - at);
    if (mark == std::string_view::npos)
      break;
    out_ += "\"\"";
    at = mark + 1;
  }
  out_ += '"';
}

}  // namespace genesis::http
