#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace genesis {

/// Notices when something begins to fail, as the database does that takes no changes any more, and when it works again,
/// so that each is told once and not with every request.
///
/// On a disk that is nearly full small changes fit and larger ones do not. So that this is not told with every other
/// request, a failure is news again only some time after the last one that was.
class trouble_watch {
public:
  using time_point = std::chrono::steady_clock::time_point;
  /// From a failure that was told to the next that may be.
  static constexpr auto quiet = std::chrono::minutes{1};

  enum class news : std::uint8_t { none, fails, works_again };

  /// It failed.
  news on_failed(time_point now) noexcept {
    if (is_told_ || (told_at_ && now - *told_at_ < quiet))
      return news::none;
    is_told_ = true;
    told_at_ = now;
    return news::fails;
  }

  /// It worked.
  news on_success() noexcept {
    if (!is_told_)
      return news::none;
    is_told_ = false;
    return news::works_again;
  }

private:
  bool is_told_ = false;  // that it fails, and not yet that it works again
  std::optional<time_point> told_at_;
};

}  // namespace genesis
