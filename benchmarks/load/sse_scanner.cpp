#include "benchmarks/load/sse_scanner.hpp"

#include <charconv>

namespace genesis::load {

scanned_event sse_scanner::scan(std::string_view block) noexcept {
  scanned_event event;
  while (!block.empty()) {
    const auto end = block.find('\n');
    const auto line = block.substr(0, end);
    block.remove_prefix(end == std::string_view::npos ? block.size() : end + 1);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos)
      continue;
    auto value = line.substr(colon + 1);
    if (value.starts_with(' '))
      value.remove_prefix(1);
    const auto name = line.substr(0, colon);
    if (name == "event")
      event.type = value;
    else if (name == "data")
      event.data = value;
    else if (name == "id")
      std::from_chars(value.data(), value.data() + value.size(), event.id);
  }
  return event;
}

}  // namespace genesis::load
