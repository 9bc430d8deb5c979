#include "actors/run_log.hpp"

#include <algorithm>

namespace genesis {

namespace {

/// What a frame adds to an event's own text: `id`, `event`, names and quotes.
constexpr std::size_t frame_overhead = 64;

}  // namespace

std::int64_t run_log::append(const run_event& event) {
  const auto seq = last_seq() + 1;
  entries_.push_back({seq, static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(fields_.size()),
    event.type, event.agent});
  if (event.type == run_event_type::token)
    text_ += event.text;
  else
    fields_ += event.fields_json;
  return seq;
}

void run_log::restore(const std::vector<run_event>& events) {
  for (const auto& event : events) {
    append(event);
    entries_.back().seq = event.seq;
  }
}

std::size_t run_log::index_after(std::int64_t seq) const noexcept {
  return static_cast<std::size_t>(std::ranges::upper_bound(entries_, seq, {}, &entry::seq) - entries_.begin());
}

std::size_t run_log::bytes_before(std::size_t index) const noexcept {
  const auto own = index < entries_.size() ? entries_[index].text_begin + std::size_t{entries_[index].fields_begin}
                                           : text_.size() + fields_.size();
  return own + index * frame_overhead;
}

run_event run_log::event_at(std::size_t index) const {
  const auto& here = entries_[index];
  const bool is_last = index + 1 == entries_.size();
  const auto text_end = is_last ? text_.size() : entries_[index + 1].text_begin;
  const auto fields_end = is_last ? fields_.size() : entries_[index + 1].fields_begin;
  return {here.seq, here.type, here.speaker, text_.substr(here.text_begin, text_end - here.text_begin),
    fields_.substr(here.fields_begin, fields_end - here.fields_begin)};
}

std::vector<run_event> run_log::events_after(std::int64_t seq) const {
  std::vector<run_event> events;
  const auto first = index_after(seq);
  events.reserve(entries_.size() - first);
  for (auto i = first; i < entries_.size(); ++i)
    events.push_back(event_at(i));
  return events;
}

std::size_t run_log::bytes_after(std::int64_t seq) const noexcept {
  return bytes() - bytes_before(index_after(seq));
}

bool run_log::can_join_next(std::size_t index) const noexcept {
  if (index + 1 == entries_.size())
    return false;
  const auto& here = entries_[index];
  const auto& next = entries_[index + 1];
  return here.type == run_event_type::token && next.type == run_event_type::token && here.speaker == next.speaker;
}

run_log::batch run_log::encode_after(std::int64_t seq, const reading& how) const {
  batch out;
  out.last_seq = seq;
  for (auto i = index_after(seq); i < entries_.size() && (out.frames.empty() || out.bytes < how.bytes_max); ++i) {
    auto event = event_at(i);
    for (; how.merges && can_join_next(i) && event.text.size() < how.bytes_max; ++out.merged) {
      auto next = event_at(++i);
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
