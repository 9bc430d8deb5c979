#include "actors/run_log.hpp"

namespace genesis {

namespace {

/// What a frame adds to an event's own text: `id`, `event`, names and quotes.
constexpr std::size_t frame_overhead = 64;

}  // namespace

std::int64_t run_log::append(run_event event) {
  event.seq = last_seq() + 1;
  events_.append(event);
  return event.seq;
}

void run_log::restore(const std::vector<run_event>& events) {
  for (const auto& event : events)
    events_.append(event);
}

std::vector<run_event> run_log::events_after(std::int64_t seq) const {
  std::vector<run_event> events;
  const auto first = events_.index_after(seq);
  events.reserve(events_.size() - first);
  for (auto i = first; i < events_.size(); ++i)
    events.push_back(events_.at(i));
  return events;
}

std::size_t run_log::bytes_before(std::size_t index) const noexcept {
  return events_.bytes_before(index) + index * frame_overhead;
}

std::size_t run_log::bytes_after(std::int64_t seq) const noexcept {
  return bytes() - bytes_before(events_.index_after(seq));
}

bool run_log::can_join_next(std::size_t index) const noexcept {
  return index + 1 < events_.size() && events_.type_at(index) == run_event_type::token &&
         events_.type_at(index + 1) == run_event_type::token &&
         events_.speaker_at(index) == events_.speaker_at(index + 1);
}

run_log::batch run_log::encode_after(std::int64_t seq, const reading& how) const {
  batch out;
  out.last_seq = seq;
  for (auto i = events_.index_after(seq); i < events_.size() && (out.frames.empty() || out.bytes < how.bytes_max);
    ++i) {
    auto event = events_.at(i);
    for (; how.merges && can_join_next(i) && event.text.size() < how.bytes_max; ++out.merged) {
      const auto next = events_.at(++i);
      event.text += next.text;
      event.seq = next.seq;
    }
    out.last_seq = event.seq;
    out.frames.push_back(std::make_shared<const std::string>(encode_->frame(event, how.format)));
    out.bytes += out.frames.back()->size();
  }
  return out;
}

run_log::batch run_log::read(std::int64_t seq, const reading& how) {
  auto& last = last_[static_cast<std::size_t>(how.format)];
  if (!how.is_one_of_many) {
    last = {};
    return encode_after(seq, how);
  }
  if (last.log_end != last_seq() || last.seq != seq || last.how != how)
    last = {seq, last_seq(), how, encode_after(seq, how)};
  return last.given;
}

}  // namespace genesis
