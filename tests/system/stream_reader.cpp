#include "tests/system/stream_reader.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace genesis::system_test {

namespace {

/// Takes a prefix off; throws without it.
void expect(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix))
    throw std::runtime_error("expected '" + std::string{prefix} + "' before: " + std::string{text});
  text.remove_prefix(prefix.size());
}

std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

boost::json::object parse_object(std::string_view text) {
  boost::system::error_code ec;
  auto value = boost::json::parse(boost::json::string_view{text.data(), text.size()}, ec);
  if (ec || !value.is_object())
    throw std::runtime_error("no JSON object: " + std::string{text});
  return std::move(value.get_object());
}

}  // namespace

std::string stream_event::text() const {
  return (seq ? std::to_string(*seq) : std::string{"-"}) + ' ' + type + ' ' + boost::json::serialize(data);
}

std::string stream_event::member(std::string_view name) const {
  const auto* const value = data.if_contains(boost::json::string_view{name.data(), name.size()});
  if (value == nullptr)
    throw std::runtime_error("no " + std::string{name} + " in " + text());
  return value->is_string() ? std::string{value->get_string()} : boost::json::serialize(*value);
}

stream_reader::stream_reader(http_peer peer, stream_form form)
    : peer_(std::move(peer)), form_(form), head_(peer_.read_head()) {
  const std::string expected = form_ == stream_form::sse ? "text/event-stream" : "application/x-ndjson";
  if (head_.status != 200 || !head_["Content-Type"].starts_with(expected)) {
    peer_.read_body(head_);
    throw std::runtime_error("no stream but " + std::to_string(head_.status) + ": " + head_.body);
  }
}

std::optional<stream_event> stream_reader::next() {
  for (;;) {
    if (auto event = form_ == stream_form::sse ? parse_sse() : parse_ndjson())
      return event;
    const auto more = peer_.read_chunk(head_);
    if (more)
      buffer_ += *more;
    else if (!buffer_.empty() && peer_.is_complete())
      throw std::runtime_error("the stream ends inside an event: " + buffer_);
    else
      return std::nullopt;
  }
}

std::optional<stream_event> stream_reader::parse_sse() {
  if (buffer_.starts_with(":")) {
    if (buffer_.find('\n') == std::string::npos)
      return std::nullopt;
    std::string_view rest{buffer_};
    expect(rest, ": hb\n");
    buffer_.erase(0, buffer_.size() - rest.size());
    return stream_event{std::nullopt, "heartbeat", {}};
  }
  const auto end = buffer_.find("\n\n");
  if (end == std::string::npos)
    return std::nullopt;
  const auto block = buffer_.substr(0, end + 1);
  buffer_.erase(0, end + 2);
  std::string_view rest{block};
  stream_event event;
  if (rest.starts_with("id: ")) {
    expect(rest, "id: ");
    event.seq = std::stoll(std::string{take_line(rest)});
  }
  expect(rest, "event: ");
  event.type = take_line(rest);
  expect(rest, "data: ");
  event.data = parse_object(take_line(rest));
  if (!rest.empty())
    throw std::runtime_error("more than id, event and data: " + block);
  return event;
}

std::optional<stream_event> stream_reader::parse_ndjson() {
  const auto end = buffer_.find('\n');
  if (end == std::string::npos)
    return std::nullopt;
  const auto line = buffer_.substr(0, end);
  buffer_.erase(0, end + 1);
  if (line.empty())
    return stream_event{std::nullopt, "heartbeat", {}};
  stream_event event;
  event.data = parse_object(line);
  if (const auto* const seq = event.data.if_contains("seq"))
    event.seq = seq->as_int64();
  event.type = event.member("type");
  event.data.stable_erase(event.data.find("type"));
  if (event.seq)
    event.data.stable_erase(event.data.find("seq"));
  if (event.type == "artifact") {  // its own type has another name here; the rest is the same as in SSE
    boost::json::object same{{"type", event.data.at("artifact_type")}};
    for (const auto& member : event.data)
      if (member.key() != "artifact_type")
        same.insert(member);
    event.data = std::move(same);
  }
  return event;
}

stream_event stream_reader::next_event() {
  while (auto event = next())
    if (event->type != "heartbeat")
      return *event;
  throw std::runtime_error("the stream ended before the event that was waited for");
}

std::vector<stream_event> stream_reader::until(std::string_view type) {
  std::vector<stream_event> all;
  do
    all.push_back(next_event());
  while (all.back().type != type);
  return all;
}

std::vector<stream_event> stream_reader::rest() {
  std::vector<stream_event> all;
  while (auto event = next())
    if (event->type != "heartbeat")
      all.push_back(std::move(*event));
  return all;
}

std::string text_of(const std::vector<stream_event>& events) {
  std::string text;
  for (const auto& each : events)
    if (each.type == "token")
      text += each.member("text");
  return text;
}

std::vector<std::string> texts_of(const std::vector<stream_event>& events) {
  std::vector<std::string> all;
  for (const auto& each : events)
    all.push_back(each.text());
  return all;
}

std::vector<std::string> types_of(const std::vector<stream_event>& events) {
  std::vector<std::string> all;
  for (const auto& each : events)
    all.push_back(each.type);
  return all;
}

}  // namespace genesis::system_test
