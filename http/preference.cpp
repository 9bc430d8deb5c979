#include "http/preference.hpp"

#include "http/field_values.hpp"

#include <algorithm>

namespace genesis::http {

namespace {

/// Sessions may read whatever is their person's.
bool may_read(const caller& who) {
  return std::holds_alternative<session_id>(who.by) ||
         std::ranges::find(who.scopes, key_scope::read) != who.scopes.end();
}

}  // namespace

bool prefers_minimal(const exchange& request) {
  std::string several;
  const auto wishes = request.head.list("prefer", several);
  return wishes && preference(*wishes, "return") == "minimal";
}

void apply_preference(const exchange& request, response& answer) {
  const bool is_result = answer.body && (answer.status == 200 || answer.status == 201);
  if (!is_result || request.route == nullptr || !shows_change(*request.route))
    return;
  const bool is_preferred = prefers_minimal(request);
  if (!is_preferred && may_read(request.who))
    return;
  if (answer.status == 200)
    answer.status = 204;
  answer.body = nullptr;
  answer.coded = nullptr;
  if (is_preferred)
    answer.fields.emplace_back("Preference-Applied", "return=minimal");
}

}  // namespace genesis::http
