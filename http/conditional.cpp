#include "http/conditional.hpp"

#include "auth/base64url.hpp"
#include "auth/digest.hpp"
#include "http/field_values.hpp"

namespace genesis::http {

/// Half of SHA-256 is more than enough to tell the bodies of one person's list apart.
std::string tag_of_body(std::string_view body) {
  const auto hash = auth::sha256(body);
  const std::string_view bytes{reinterpret_cast<const char*>(hash.data()), hash.size() / 2};
  return '"' + auth::to_base64url(bytes) + '"';
}

void apply_conditions(const exchange& request, response& answer) {
  if (answer.status != 200)
    return;
  if (answer.etag.empty() && answer.body &&
      (answer.cache == cache_class::private_list || answer.cache == cache_class::public_page))
    answer.etag = tag_of_body(*answer.body);
  const auto verb = request.head.verb();
  if (answer.etag.empty() || (verb != method::get && verb != method::head))
    return;
  const auto known = request.head.joined("if-none-match");
  if (known && names_tag(*known, answer.etag)) {
    answer.status = 304;
    answer.body = nullptr;
  }
}

}  // namespace genesis::http
