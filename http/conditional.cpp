#include "http/conditional.hpp"

#include "auth/base64url.hpp"
#include "auth/digest.hpp"
#include "http/content_coding.hpp"
#include "http/field_values.hpp"

namespace genesis::http {

namespace {

/// The forms of an answer that a client may have.
enum class form : std::uint8_t { plain, coded };

/// The form that the client has and could get: a cache takes the tag in a 304 for that of the form to hand out, so a
/// client that takes no gzip must never be told that a gzip form is fresh.
std::optional<form> known_form(const exchange& request, const response& answer) {
  std::string several;
  const auto known = request.head.list("if-none-match", several);
  if (!known)
    return std::nullopt;
  if (answer.etag.empty())
    return names_tag(*known, {}) ? std::optional{form::plain} : std::nullopt;
  const auto names_coded = [&] { return names_tag(*known, gzip_entity_tag(answer.etag)); };
  if (is_to_be_coded(request, answer) && names_coded())
    return form::coded;
  if (names_tag(*known, answer.etag))
    return form::plain;
  if (may_be_coded(request, answer) && names_coded())
    return form::coded;
  return std::nullopt;
}

/// What `If-Match` has against an answer; a form without a tag is matched by `*` alone. A malformed `If-None-Match` is
/// refused here too: whoever means it would take every answer for a new one.
std::optional<problem> unmet(const exchange& request, const response& answer) {
  std::string several;
  if (const auto text = request.head.list("if-match", several)) {
    const auto wanted = parse_if_match(*text);
    if (!wanted)
      return malformed_tags("If-Match");
    if (!wanted->holds_for(answer.etag))
      return problem{problem_code::precondition_failed, {}, {}};
  }
  // The usual value is the one tag that the client has been given, and that is well-formed.
  const auto text = request.head.list("if-none-match", several);
  if (text && (text->empty() || *text != answer.etag) && !is_tag_list(*text))
    return malformed_tags("If-None-Match");
  return std::nullopt;
}

}  // namespace

problem malformed_tags(std::string_view field) {
  return {problem_code::malformed_request,
    std::string{field} + " is no list of entity tags; send the ETag as it was given, with its quotation marks", {}};
}

/// Half of SHA-256 is more than enough to tell the bodies of one person's list apart.
std::string tag_of_body(std::string_view body, const user_id& whose) {
  const auto hash = auth::sha256_of_parts({to_string(whose), body});
  const std::string_view bytes{reinterpret_cast<const char*>(hash.data()), hash.size() / 2};
  return '"' + auth::to_base64url(bytes) + '"';
}

void apply_conditions(const exchange& request, response& answer) {
  if (answer.status != 200)
    return;
  if (answer.etag.empty() && answer.body && (answer.cache == cache_class::private_list || is_public(answer.cache)))
    answer.etag = tag_of_body(*answer.body, request.who.user);
  const auto verb = request.head.verb();
  if (verb != method::get && verb != method::head)
    return;
  if (const auto no = unmet(request, answer)) {
    answer = problem_response(*no, request.request_id);
    return;
  }
  if (const auto known = known_form(request, answer)) {
    answer.status = 304;
    if (known == form::coded)
      answer.etag = gzip_entity_tag(answer.etag);
    answer.body = nullptr;
    answer.coded = nullptr;
    if (answer.cache == cache_class::stream) {  // what describes a file that does not come
      answer.content_coding = {};
      answer.fields.clear();
    }
  }
}

std::optional<response> instead_of_stream(const exchange& request, const stream_head& head) {
  response stream;
  stream.cache = cache_class::stream;
  stream.varies_by = head.varies_by;
  apply_conditions(request, stream);
  return stream.status == 200 ? std::nullopt : std::optional{std::move(stream)};
}

}  // namespace genesis::http
