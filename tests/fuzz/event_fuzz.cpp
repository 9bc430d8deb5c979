#include "cli/sse_parser.hpp"
#include "http/encoders.hpp"
#include "http/json_reader.hpp"
#include "http/json_writer.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <array>
#include <vector>

namespace genesis::fuzz {

namespace {

/// Text as a model might send it: any valid UTF-8. Bytes of the input that are none become question marks.
std::string as_text(std::string_view bytes) {
  http::json_reader reader;
  std::string json = "{\"t\":";
  std::string escaped = "\"";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80)
      escaped += byte >= 0xC0 ? "\\u2028" : "\\u00e9";  // what scripts and terminals trip over
    else if (byte < 0x20 || c == '"' || c == '\\')
      escaped += std::array<const char*, 4>{"\\n", "\\r", "\\u0007", "\\\""}[byte % 4];
    else
      escaped += c;
  }
  json += escaped + "\"}";
  const auto object = reader.read_object(json);
  require(object.has_value(), "escaped text is sound JSON");
  return std::string((*object)->at("t").as_string());
}

std::vector<run_event> events_of(std::string_view input) {
  std::vector<run_event> events;
  while (!input.empty()) {
    run_event event;
    event.seq = static_cast<std::int64_t>(events.size() + 1);
    const bool is_token = take_choice(input, 4) != 0;
    const std::size_t wanted = take_choice(input, 64);
    const std::size_t size = std::min(wanted, input.size());
    const std::string text = as_text(input.substr(0, size));
    input.remove_prefix(size);
    event.type = is_token ? run_event_type::token : run_event_type::error;
    event.agent = agent::sage;
    if (is_token)
      event.text = text;
    else
      event.fields_json = "\"code\":\"UNAVAILABLE\",\"message\":" + http::to_json_string(text) + ",\"retryable\":true";
    events.push_back(std::move(event));
  }
  return events;
}

/// What a client reads out of one event's JSON: the text of a token, the message of an error.
void check_fields(std::string_view json, const run_event& sent) {
  http::json_reader reader;
  const auto object = reader.read_object(json);
  require(object.has_value(), "the data of an event is sound JSON");
  if (sent.type == run_event_type::token)
    require(std::string_view((*object)->at("text").as_string()) == sent.text, "a token's text arrives as it was");
}

void check_sse(const std::vector<run_event>& sent, std::size_t piece) {
  std::string stream;
  for (const auto& event : sent) {
    stream += http::json_encoders().frame(event, stream_format::sse);
    stream += http::heartbeat(stream_format::sse);
  }
  cli::sse_parser parser;
  std::vector<cli::sse_event> read;
  for (std::size_t at = 0; at < stream.size(); at += piece) {
    auto events = parser.feed(std::string_view(stream).substr(at, piece));
    require(events.has_value(), "a stream of ours can be read");
    for (auto& event : *events)
      read.push_back(std::move(event));
  }
  require(read.size() == sent.size(), "as many events arrive as were sent");
  for (std::size_t i = 0; i < sent.size(); ++i) {
    require(read[i].id == std::to_string(sent[i].seq), "events keep their numbers");
    require(read[i].type == name_of(sent[i].type), "events keep their type");
    check_fields(read[i].data, sent[i]);
  }
}

void check_ndjson(const std::vector<run_event>& sent) {
  std::string stream;
  for (const auto& event : sent)
    stream += http::json_encoders().frame(event, stream_format::ndjson);
  std::size_t count = 0;
  for (std::string_view rest = stream; !rest.empty(); ++count) {
    const std::size_t end = rest.find('\n');
    require(end != std::string_view::npos && count < sent.size(), "each event is one line");
    check_fields(rest.substr(0, end), sent[count]);
    rest.remove_prefix(end + 1);
  }
  require(count == sent.size(), "as many lines arrive as events were sent");
}

}  // namespace

/// Streams: what the encoders write, a decoder reads back, whatever the texts hold and however the bytes are split. The
/// first byte chooses the split; storage gives the same events back. The other half feeds the decoder noise.
void fuzz(std::string_view input) {
  cli::sse_parser noise;
  (void)noise.feed(input);
  const std::size_t piece = 1 + take_choice(input, 97);
  const auto events = events_of(input);
  check_sse(events, piece);
  check_ndjson(events);
  require(unpack_events(pack_events(events)) == events, "storage gives the same events back");
  (void)unpack_events(input);
}

}  // namespace genesis::fuzz
