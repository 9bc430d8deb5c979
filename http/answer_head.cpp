#include "http/answer_head.hpp"

#include "http/content_coding.hpp"
#include "http/encoders.hpp"
#include "http/response_head.hpp"
#include "http/security_fields.hpp"
#include "http/status.hpp"

namespace genesis::http {

namespace {

/// How the answer may be kept, and by what a CDN is told to forget it.
void write_caching(response_head& head, const exchange& request, const response& answer) {
  head.lines(cache_control_line(answer.cache));
  if (!is_public(answer.cache) || request.route == nullptr)
    return;
  std::string keys{public_surrogate_key};
  (keys += ' ') += request.route->surrogate_key;
  head.field("Surrogate-Key", keys);
}

/// Browsers that have come over TLS once never come without it again, for a year (RFC 6797 6.1).
void write_transport_security(response_head& head, const answer_framing& framing) {
  if (framing.is_secure)
    head.field("Strict-Transport-Security", "max-age=31536000");
}

bool is_head_request(const exchange& request) noexcept {
  return request.head.verb() == method::head;
}

/// What the answer depends on beside its target, and which other origin may read it.
void write_variance(
  response_head& head, std::string_view varies_by, const exchange& request, const cross_origin_policy& cross_origin) {
  std::string names{varies_by};
  if (cross_origin.is_configured())
    (names += names.empty() ? "" : ", ") += "Origin";
  if (!names.empty())
    head.field("Vary", names);
  if (cross_origin.is_configured())
    head.lines(cross_origin.lines_for(request.head));
}

/// Names of the request's fields.
std::string_view variance_of(const response& answer) noexcept {
  if (!answer.varies_by.empty())
    return answer.varies_by;
  return varies_by_coding(answer) ? "Accept-Encoding" : "";
}

/// Under which ids the request is logged. `traceresponse` is that of W3C Trace Context Level 2, 4.
void write_ids(response_head& head, const exchange& request) {
  head.field("X-Request-ID", request.request_id);
  if (const auto& trace = request.trace)
    head.field("traceresponse", "00-" + trace->trace_id + '-' + trace->span_id + (trace->is_sampled ? "-01" : "-00"));
}

}  // namespace

bool has_content_to_send(const exchange& request, const response& answer) noexcept {
  return answer.body && !forbids_content(answer.status) && !is_head_request(request);
}

void write_answer_head(
  std::string& out, const exchange& request, const response& answer, const answer_framing& framing) {
  response_head head{out, answer.status, framing.date};
  if (answer.body && !forbids_content(answer.status))
    head.field("Content-Type", answer.content_type);
  if (!answer.content_coding.empty())
    head.field("Content-Encoding", answer.content_coding);
  write_variance(head, variance_of(answer), request, framing.cross_origin);
  const bool is_head_of_stream =
    is_head_request(request) && answer.cache == cache_class::stream;  // its length is nobody's to know
  if (!forbids_content(answer.status) && !is_head_of_stream)
    head.content_length(answer.body ? answer.body->size() : 0);
  if (!answer.etag.empty())
    head.field("ETag", answer.etag);
  if (!answer.location.empty())
    head.field("Location", answer.location);
  write_caching(head, request, answer);
  write_ids(head, request);
  for (const auto& [name, value] : answer.fields)
    head.field(name, value);
  head.lines(security_lines(answer.content_type));
  write_transport_security(head, framing);
  if (framing.must_close)
    head.close();
  else if (request.head.version_minor() == 0)
    head.keep_alive();
  head.end();
}

stream_head head_of_events(stream_format format) {
  return {.content_type = stream_media_type(format), .events = format};
}

void write_stream_head(
  std::string& out, const exchange& request, const stream_head& stream, const answer_framing& framing) {
  response_head head{out, 200, framing.date};
  head.field("Content-Type", stream.content_type);
  if (!stream.content_coding.empty())
    head.field("Content-Encoding", stream.content_coding);
  write_variance(head, stream.varies_by, request, framing.cross_origin);
  head.lines(cache_control_line(cache_class::stream));
  write_ids(head, request);
  for (const auto& [name, value] : stream.fields)
    head.field(name, value);
  head.field("X-Accel-Buffering", "no");
  head.lines(api_security_lines);
  write_transport_security(head, framing);
  if (request.head.version_minor() >= 1)
    head.chunked();
  if (framing.must_close)
    head.close();
  head.end();
}

}  // namespace genesis::http
