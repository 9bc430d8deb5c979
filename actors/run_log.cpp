#include "actors/run_log.hpp"

#include <algorithm>

namespace genesis {

namespace {

/// What a frame adds to an event's own text: `id`, `event`, names and quotes.
constexpr std::size_t frame_overhead = 64;

std::size_t size_of(const run_event& event) noexcept {
  return event.text.size() + event.fields_json.size() + frame_overhead;
}

bool can_join(const run_event& a, const run_event& b) noexcept {
  return a.type == run_event_type::token && b.type == run_event_type::token && a.agent == b.agent;
}

}  // namespace

const run_event& run_log::append(run_event event) {
  event.seq = last_seq() + 1;
  if (event.type == run_event_type::token)
    text_ += event.text;
  entry added;
  added.bytes_before = bytes_;
  bytes_ += size_of(event);
  added.event = std::move(event);
  entries_.push_back(std::move(added));
  return entries_.back().event;
}

void run_log::restore(std::vector<run_event> events) {
  for (auto& event : events) {
    const auto seq = event.seq;
    append(std::move(event));
    entries_.back().event.seq = seq;
  }
}

std::int64_t run_log::last_seq() const noexcept {
  return entries_.empty() ? 0 : entries_.back().event.seq;
}

std::size_t run_log::index_after(std::int64_t seq) const noexcept {
  const auto it = std::ranges::upper_bound(entries_, seq, {}, [](const entry& each) { return each.event.seq; });
  return static_cast<std::size_t>(it - entries_.begin());
}

std::vector<run_event> run_log::events_after(std::int64_t seq) const {
  std::vector<run_event> events;
  for (auto i = index_after(seq); i < entries_.size(); ++i)
    events.push_back(entries_[i].event);
  return events;
}

std::size_t run_log::bytes_after(std::int64_t seq) const noexcept {
  const auto i = index_after(seq);
  return i < entries_.size() ? bytes_ - entries_[i].bytes_before : 0;
}

const body_ptr& run_log::frame_of(entry& each, stream_format format) {
  auto& frame = each.frames[static_cast<std::size_t>(format)];
  if (!frame)
    frame = std::make_shared<const std::string>(encode_->frame(each.event, format));
  return frame;
}

run_log::batch run_log::read(std::int64_t seq, stream_format format, std::size_t bytes_max, bool merge) {
  batch out;
  out.last_seq = seq;
  for (auto i = index_after(seq); i < entries_.size() && (out.frames.empty() || out.bytes < bytes_max);) {
    if (!merge || i + 1 == entries_.size() || !can_join(entries_[i].event, entries_[i + 1].event)) {
      out.frames.push_back(frame_of(entries_[i], format));
      out.last_seq = entries_[i].event.seq;
      ++i;
    } else {
      auto joined = entries_[i].event;
      for (++i; i < entries_.size() && can_join(joined, entries_[i].event) && joined.text.size() < bytes_max; ++i) {
        joined.text += entries_[i].event.text;
        joined.seq = entries_[i].event.seq;
        ++out.merged;
      }
      out.last_seq = joined.seq;
      out.frames.push_back(std::make_shared<const std::string>(encode_->frame(joined, format)));
    }
    out.bytes += out.frames.back()->size();
  }
  return out;
}

}  // namespace genesis
