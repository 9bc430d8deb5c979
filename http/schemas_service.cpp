#include "http/schema_parts.hpp"
#include "http/schemas.hpp"

namespace genesis::http {

namespace {

using namespace parts;

constexpr std::array fault_fields{
  string_field("field", "Path of the field.").like(R"("height_cm")"),
  string_field("rule", "Name of the rule that it breaks.").like(R"("range")"),
  string_field("message", "What it has to be.").like(R"("must be between 50 and 272")"),
};
constinit const schema fault_schema{
  .name = "FieldError", .doc = "One fault of one field.", .fields = fault_fields, .is_complete = true};

constexpr std::array problem_fields{
  string_field("type", "A path that answers with a sentence of help.").required().like(R"("/problems/not-found")"),
  string_field("title", "What kind of problem it is.").required().like(R"("Not found")"),
  integer_field("status", "The status of the answer.").within({400, 599}).required().like("404"),
  string_field("detail", "What happened here.").required().like(R"("There is no such conversation.")"),
  string_field("code", "The kind of problem, for programs.").required().like(R"("NOT_FOUND")"),
  string_field("request_id", "Under which the request is logged.").required().like(R"("req-5f2c1a")"),
  objects_field("errors", "The faults of single fields, all of them.", fault_schema).like("[]"),
};

constexpr std::array page_fields{
  string_field("type", "Path of this page.").like(R"("/problems/not-found")"),
  string_field("title", "What kind of problem it is.").like(R"("Not found")"),
  integer_field("status", "The status of such answers.").within({400, 599}).like("404"),
  string_field("code", "The kind of problem, for programs.").like(R"("NOT_FOUND")"),
  string_field("help", "What happened, and what to do.")
    .like(R"("What the request names does not exist, or is not yours to see.")"),
};

constexpr std::array status_fields{
  string_field("status", "ok or ready; starting, draining or database when not ready.").like(R"("ready")"),
};
constexpr std::array health_fields{
  string_field("status", "ok, or why not.").like(R"("ok")"),
  string_field("version", "Of the server.").like(R"("0.1.0")"),
  integer_field("uptime_s", "Seconds since the start.").within({0, 9e15}).like("86400"),
};

constexpr std::array key_fields{
  string_field("kty", "Key type (RFC 8037).").like(R"("OKP")"),
  string_field("crv", "Curve.").like(R"("Ed25519")"),
  string_field("x", "The public key.").like(R"("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")"),
  string_field("kid", "Which key a token names.").like(R"("2026-03")"),
  string_field("use", "Signatures.").like(R"("sig")"),
  string_field("alg", "Algorithm.").like(R"("EdDSA")"),
};
constinit const schema key_schema{
  .name = "Key", .doc = "A public key (RFC 7517).", .fields = key_fields, .is_complete = true};
constexpr std::array key_set_fields{
  objects_field("keys", "The keys that access tokens may be signed with.", key_schema),
};

}  // namespace

constinit const schema problem_schema{
  .name = "Problem", .doc = "Why a request failed (RFC 9457).", .fields = problem_fields};
constinit const schema problem_page_schema{
  .name = "ProblemPage", .doc = "Help for one kind of problem.", .fields = page_fields, .is_complete = true};
constinit const schema health_status_schema{
  .name = "HealthStatus", .doc = "Whether the server lives or is ready.", .fields = status_fields, .is_complete = true};
constinit const schema health_schema{
  .name = "Health", .doc = "The server's health.", .fields = health_fields, .is_complete = true};
constinit const schema key_set_schema{.name = "KeySet",
  .doc = "Public keys for checking access tokens (RFC 7517).",
  .fields = key_set_fields,
  .is_complete = true};

}  // namespace genesis::http
