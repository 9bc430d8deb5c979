#include "actors/event_list.hpp"

#include <algorithm>

namespace genesis {

void event_list::append(const run_event& event) {
  entries_.push_back({event.seq, static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(fields_.size()),
    event.type, event.agent});
  if (event.type == run_event_type::token)
    text_ += event.text;
  else
    fields_ += event.fields_json;
}

run_event event_list::at(std::size_t index) const {
  const auto& here = entries_[index];
  const bool is_last = index + 1 == entries_.size();
  const auto text_end = is_last ? text_.size() : entries_[index + 1].text_begin;
  const auto fields_end = is_last ? fields_.size() : entries_[index + 1].fields_begin;
  return {here.seq, here.type, here.speaker, text_.substr(here.text_begin, text_end - here.text_begin),
    fields_.substr(here.fields_begin, fields_end - here.fields_begin)};
}

std::size_t event_list::index_after(std::int64_t seq) const noexcept {
  return static_cast<std::size_t>(std::ranges::upper_bound(entries_, seq, {}, &entry::seq) - entries_.begin());
}

std::size_t event_list::bytes_before(std::size_t index) const noexcept {
  if (index >= entries_.size())
    return text_.size() + fields_.size();
  return std::size_t{entries_[index].text_begin} + entries_[index].fields_begin;
}

}  // namespace genesis
