#pragma once

#include "storage/log_position.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace genesis {

/// Where the database's log stood behind all changes that anybody was told of: what a replica must have replayed to
/// answer somebody of whom nothing more is known.
///
/// It is not known while a change may have been committed that nobody was told of, until one that was begun later is
/// answered: what was lost is refused or done by then. What was begun before may be answered after that, and counts.
class log_mark {
public:
  explicit log_mark(std::optional<storage::log_position> at) : at_(at) {}

  [[nodiscard]] std::optional<storage::log_position> value() const noexcept { return at_; }

  /// The number of a change that goes to the database now.
  std::uint64_t begin() noexcept { return ++begun_; }
  /// It is durable; its place, if the database has told it.
  void end(std::uint64_t number, std::optional<storage::log_position> at) noexcept {
    if (!at)
      lose();
    else if (at_ || number > doubted_)
      at_ = std::max(at_.value_or(*at), *at);
  }
  /// A change that has been begun may be durable or not.
  void lose() noexcept {
    at_.reset();
    doubted_ = begun_;
  }

private:
  std::optional<storage::log_position> at_;
  std::uint64_t begun_ = 0;
  std::uint64_t doubted_ = 0;  ///< What was begun up to there tells nothing of what else may have been committed.
};

}  // namespace genesis
