#include "domain/run.hpp"

#include <algorithm>
#include <charconv>

namespace genesis {

namespace {

/// One event is `seq type agent text_size fields_size\n`, the text, the fields and `\n`.
void put_number(std::string& out, std::int64_t value, char behind) {
  char digits[24];
  const auto [end, ec] = std::to_chars(std::begin(digits), std::end(digits), value);
  out.append(digits, end);
  out.push_back(behind);
}

bool take_number(std::string_view& in, std::int64_t& value, char behind) noexcept {
  const auto [end, ec] = std::from_chars(in.data(), in.data() + in.size(), value);
  const auto used = static_cast<std::size_t>(end - in.data());
  if (ec != std::errc{} || used >= in.size() || in[used] != behind)
    return false;
  in.remove_prefix(used + 1);
  return true;
}

bool take_text(std::string_view& in, std::int64_t size, std::string& text) {
  if (size < 0 || static_cast<std::size_t>(size) > in.size())
    return false;
  text.assign(in.substr(0, static_cast<std::size_t>(size)));
  in.remove_prefix(static_cast<std::size_t>(size));
  return true;
}

bool take_event(std::string_view& in, run_event& event) {
  std::int64_t type = 0;
  std::int64_t who = 0;
  std::int64_t text_size = 0;
  std::int64_t fields_size = 0;
  if (!take_number(in, event.seq, ' ') || !take_number(in, type, ' ') || !take_number(in, who, ' ') ||
      !take_number(in, text_size, ' ') || !take_number(in, fields_size, '\n'))
    return false;
  if (type < 0 || type > static_cast<std::int64_t>(run_event_type::end) || who < 0 ||
      who > static_cast<std::int64_t>(genesis::agent::wave))
    return false;
  event.type = static_cast<run_event_type>(type);
  event.agent = static_cast<genesis::agent>(who);
  if (!take_text(in, text_size, event.text) || !take_text(in, fields_size, event.fields_json))
    return false;
  if (in.empty() || in.front() != '\n')
    return false;
  in.remove_prefix(1);
  return true;
}

}  // namespace

std::string pack_events(std::span<const run_event> events) {
  std::string out;
  for (const auto& event : events) {
    put_number(out, event.seq, ' ');
    put_number(out, static_cast<std::int64_t>(event.type), ' ');
    put_number(out, static_cast<std::int64_t>(event.agent), ' ');
    put_number(out, static_cast<std::int64_t>(event.text.size()), ' ');
    put_number(out, static_cast<std::int64_t>(event.fields_json.size()), '\n');
    out += event.text;
    out += event.fields_json;
    out += '\n';
  }
  return out;
}

result<std::vector<run_event>> unpack_events(std::string_view packed) {
  std::vector<run_event> events;
  while (!packed.empty()) {
    if (!take_event(packed, events.emplace_back()))
      return fail(errc::internal, "a stored chunk of a run cannot be read");
  }
  return events;
}

std::vector<run_event> interrupt(
  run& what, std::span<const run_event> stored, timestamp now, std::string start_fields, std::string end_fields) {
  std::vector<run_event> missing;
  const auto add = [&](run_event_type type, std::string fields) {
    run_event event;
    event.seq = (!missing.empty() ? missing.back().seq : stored.empty() ? 0 : stored.back().seq) + 1;
    event.type = type;
    event.fields_json = std::move(fields);
    missing.push_back(std::move(event));
  };
  if (stored.empty())
    add(run_event_type::start, std::move(start_fields));
  add(run_event_type::end, std::move(end_fields));
  what.status = run_status::interrupted;
  if (what.usage)
    what.usage->output_tokens = std::ranges::count(stored, run_event_type::token, &run_event::type);
  what.ended_at = now;
  what.last_seq = missing.back().seq;
  return missing;
}

std::string text_of(std::span<const run_event> events) {
  std::string text;
  for (const auto& event : events)
    if (event.type == run_event_type::token)
      text += event.text;
  return text;
}

}  // namespace genesis
