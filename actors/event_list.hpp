#pragma once

#include "domain/run.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace genesis {

/// Events of a run, one behind the other. Each takes its own bytes and 24 more, where an object of its own takes 96:
/// there are thousands of runs, with hundreds of events each.
class event_list {
public:
  /// The text of a token, or the fields of any other event, as `run_event` has it. An answer is below 4 GiB.
  void append(const run_event& event);
  void clear() noexcept { *this = {}; }

  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

  /// `index` is below `size()` for these.
  [[nodiscard]] run_event at(std::size_t index) const;
  [[nodiscard]] std::int64_t seq_at(std::size_t index) const noexcept { return entries_[index].seq; }
  [[nodiscard]] run_event_type type_at(std::size_t index) const noexcept { return entries_[index].type; }
  [[nodiscard]] agent speaker_at(std::size_t index) const noexcept { return entries_[index].speaker; }

  /// Of the first event with a greater number, where the numbers rise; `size()` when there is none.
  [[nodiscard]] std::size_t index_after(std::int64_t seq) const noexcept;

  /// The concatenated text of the tokens.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

  /// Of the texts and fields before that event; of all for `size()`.
  [[nodiscard]] std::size_t bytes_before(std::size_t index) const noexcept;

private:
  /// What an event says of itself stands from these places to those of the next one.
  struct entry {
    std::int64_t seq = 0;
    std::uint32_t text_begin = 0;
    std::uint32_t fields_begin = 0;
    run_event_type type = run_event_type::token;
    agent speaker = agent::nexus;
  };

  std::vector<entry> entries_;
  std::string text_;    ///< Of tokens.
  std::string fields_;  ///< Of all other events.
};

}  // namespace genesis
