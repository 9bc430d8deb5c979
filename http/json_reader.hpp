#pragma once

#include <boost/json.hpp>

#include <array>
#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

namespace genesis::http {

/// Why a text is not acceptable JSON.
struct json_fault {
  std::size_t offset = 0;  ///< Of the byte where it shows.
  std::string reason;      ///< A clause for people, for instance `a key occurs twice in an object`.

  friend bool operator==(const json_fault&, const json_fault&) = default;
};

/// The sentence that a problem's `detail` shows.
std::string to_string(const json_fault& fault);

/// Reads one JSON object (RFC 8259) and owns what it read.
///
/// Refused beyond what the grammar refuses: nesting deeper than `config::json_depth_max`, a key twice in one object,
/// numbers beyond a double's range, invalid UTF-8, lone surrogates, anything behind the object. A NUL inside a string
/// is for the schema to judge. A number is the double that is nearest to what is written. Small documents are read
/// without an allocation. Used for one text.
class json_reader {
public:
  json_reader() : resource_(buffer_.data(), buffer_.size()) {}
  json_reader(const json_reader&) = delete;
  json_reader& operator=(const json_reader&) = delete;
  ~json_reader() = default;

  /// The object lives as long as the reader. Reads at most once.
  std::expected<const boost::json::object*, json_fault> read_object(std::string_view text);

private:
  std::array<unsigned char, 4'096> buffer_;  // enough for every body but long messages
  boost::json::monotonic_resource resource_;
  boost::json::value root_;
};

}  // namespace genesis::http
