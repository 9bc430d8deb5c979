#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace genesis::load {

/// What one server-sent event says, as views that live until the next one is read.
struct scanned_event {
  std::uint64_t id = 0;   ///< 0 where it has none.
  std::string_view type;  ///< Empty where it has none.
  std::string_view data;  ///< The last data line.
};

/// Cuts a stream of server-sent events (lines end with LF) into events. Does not decode their JSON.
class sse_scanner {
public:
  /// Calls `on_event(const scanned_event&)` for every event that is complete with these bytes.
  template <class OnEvent>
  void feed(std::string_view bytes, OnEvent&& on_event) {
    pending_ += bytes;
    std::size_t begin = 0;
    for (auto end = pending_.find("\n\n"); end != std::string::npos; end = pending_.find("\n\n", begin)) {
      const auto event = scan(std::string_view{pending_}.substr(begin, end - begin));
      if (!event.type.empty() || !event.data.empty())
        on_event(event);
      begin = end + 2;
    }
    pending_.erase(0, begin);
  }

  /// True when the stream stands between two events.
  [[nodiscard]] bool is_at_rest() const noexcept { return pending_.empty(); }

private:
  static scanned_event scan(std::string_view block) noexcept;

  std::string pending_;
};

}  // namespace genesis::load
