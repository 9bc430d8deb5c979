#include "domain/api_key.hpp"
#include "http/schema_parts.hpp"
#include "http/schemas.hpp"

namespace genesis::http {

namespace {

using namespace parts;

// --- API keys
// --------------------------------------------------------------------------------------------------------------

constexpr field name = string_field("name", "What the person calls the key.")
                         .length(1, api_key_name_length_max)
                         .shown()
                         .like(R"("Kitchen scale")");
constexpr field scopes =
  strings_field("scopes", "What the key lets its holder do: read, write (which does not include read), chat.")
    .one_of<key_scope>()
    .unique()
    .at_least(1)
    .at_most(names_of<key_scope>.size())
    .like(R"(["read","write"])");
constexpr field expires_at = string_field("expires_at", "Refused from here on; null for a key that lasts.").nullable();

constexpr std::array new_api_key_fields{
  name.required(),
  scopes.required(),
  expires_at.as(text_format::future_time).like(R"("2099-12-31T23:59:59.000Z")"),
};

constexpr auto api_key_fields = joined(
  std::array{
    id_field("id", "The key's id.", example_api_key),
    name,
    string_field("prefix", "How the key begins, to find it again.").like(R"("gk_AZjForLEfRCntpPE")"),
    scopes,
    expires_at.as(text_format::date_time).like(R"("2099-12-31T23:59:59.000Z")"),
    time_field(
      "last_used_at", "When it was last used. Kept once in five minutes at most, so it may be that far behind.")
      .nullable()
      .like("null"),
  },
  times);

constexpr auto created_api_key_fields = [] {
  auto all = joined(api_key_fields,
    std::array{string_field("key", "The key itself, shown this once: nobody can find it out again. Left out of a "
                                   "repeated answer.")
        .like(R"("gk_AZjForLEfRCntpPE4bByBwGYxaJ7HnOpQS1ui1ocAQ")")});
  for (auto& each : all)
    each.is_required = each.name != "key";
  return all;
}();
constexpr auto api_key_list_fields = fields_of_page(api_key_schema);

// --- sessions
// --------------------------------------------------------------------------------------------------------------

constexpr std::array session_fields{
  id_field("id", "The session's id.", example_session),
  time_field("created_at", "When it began."),
  time_field("last_used_at",
    "When its tokens were last given or exchanged: at the login and at each refresh, not with each "
    "request. A session in use may be an access token's life, 15 minutes, behind."),
  string_field("user_agent", "What the client called itself when it logged in.").like(R"("curl/8.5.0")"),
  string_field("address", "Where the login came from.").like(R"("127.0.0.1")"),
  boolean_field("current", "The session that asks.").like("true"),
};
constexpr auto session_list_fields = fields_of_page(session_schema);

}  // namespace

constinit const schema new_api_key_schema{
  .name = "NewApiKey", .doc = "An API key to make.", .fields = new_api_key_fields, .resource = &api_key_schema};
constinit const schema api_key_schema{.name = "ApiKey",
  .doc = "A key with which programs act for a person, without the key itself.",
  .fields = api_key_fields,
  .is_complete = true};
constinit const schema created_api_key_schema{
  .name = "CreatedApiKey", .doc = "An API key that was just made.", .fields = created_api_key_fields};
constinit const schema api_key_list_schema{
  .name = "ApiKeyList", .doc = "A page of API keys.", .fields = api_key_list_fields, .is_complete = true};
constinit const schema session_schema{
  .name = "OpenSession", .doc = "A login that has not ended.", .fields = session_fields, .is_complete = true};
constinit const schema session_list_schema{
  .name = "OpenSessionList", .doc = "A page of sessions.", .fields = session_list_fields, .is_complete = true};

constinit const std::span<const field> api_key_list_parameters = list_parameters;
constinit const std::span<const field> session_list_parameters = list_parameters;

}  // namespace genesis::http
