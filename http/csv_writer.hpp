#pragma once

#include <string>
#include <string_view>

namespace genesis::http {

/// Appends records of CSV (RFC 4180) to a text: values with commas between, each record ended by CR LF. For one record
/// at a time; a value is in quotation marks where it needs them.
class csv_writer {
public:
  explicit csv_writer(std::string& out) noexcept : out_(out) {}

  /// A value that the program makes: a number, a time, a name, JSON.
  csv_writer& value(std::string_view text);
  /// A text that somebody wrote. Spreadsheets take a cell that begins with one of `= + - @`, a tab or a line's end for
  /// a formula, which may send what is in other cells elsewhere: such a text gets an apostrophe before it, and so does
  /// one that begins with an apostrophe, so that taking one off gives back every text.
  csv_writer& text(std::string_view text);
  void end_record();

private:
  void append(std::string_view text, std::string_view before);

  std::string& out_;
  bool is_first_ = true;
};

}  // namespace genesis::http
