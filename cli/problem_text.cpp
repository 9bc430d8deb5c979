#include "cli/problem_text.hpp"

#include "cli/json_reading.hpp"
#include "cli/printable_text.hpp"

#include <array>
#include <utility>

namespace genesis::cli {

namespace {

constexpr auto advice = std::to_array<std::pair<std::string_view, std::string_view>>({
  {"EMAIL_TAKEN", "Leave out --register to sign in to it."},
  {"UNAUTHORIZED", "Check e-mail and password; --register makes a new account."},
  {"TOKEN_EXPIRED", "Start the program again to sign in."},
  {"OVERLOADED", "Ask again in a moment."},
  {"UNAVAILABLE", "Ask again in a moment; if it lasts, look at the server's log."},
  {"SHUTTING_DOWN", "Ask again when the server is back."},
  {"INTERNAL", "Ask again; if it happens again, tell whoever runs the server."},
});

std::string_view advice_for(std::string_view code) {
  for (const auto& [each, sentence] : advice)
    if (each == code)
      return sentence;
  return {};
}

void add_sentence(std::string& text, std::string_view sentence) {
  if (sentence.empty())
    return;
  if (!text.empty())
    text += ' ';
  text += sentence;
  if (std::string_view{".!?"}.find(text.back()) == std::string_view::npos)
    text += '.';
}

/// What it says to whoever wrote the client is left out, as the seconds are told in its place, or said of this program.
std::string for_people(std::string_view detail) {
  static constexpr std::string_view member = "send it as the member invite";
  std::string text{detail.substr(0, detail.find(" Wait as long as the Retry-After header"))};
  if (const auto at = text.find(member); at != std::string::npos)
    text.replace(at, member.size(), "give it with --invite CODE");
  return text;
}

/// What is wrong with which field; empty when it is not about fields.
std::string faulty_fields(const boost::json::object& problem) {
  std::string text;
  const auto* errors = problem.if_contains("errors");
  if (errors == nullptr || !errors->is_array())
    return text;
  for (const auto& each : errors->get_array())
    if (const auto* fault = each.if_object())
      add_sentence(
        text, "The " + std::string{text_member(*fault, "field")} + ' ' + std::string{text_member(*fault, "message")});
  return text;
}

}  // namespace

std::string problem_code(const http::http_response& refused) {
  const auto problem = parse_object(refused.body);
  return problem ? std::string{text_member(*problem, "code")} : std::string{};
}

error unreachable(const std::string& server, const error& why) {
  std::string text = "Cannot reach the server at " + server + ": " + why.detail + '.';
  if (why.code == errc::not_found)
    text += " Say where it is with --address, or name another one with --url.";
  else if (why.code != errc::forbidden)  // else there is one, which this program does not believe
    text += " Start it with 'genesis serve', or name another one with --url or --address.";
  return {errc::unavailable, std::move(text)};
}

std::string explain(const http::http_response& refused) {
  const auto problem = parse_object(refused.body);
  if (!problem || text_member(*problem, "title").empty())
    return "The server answered with status " + std::to_string(refused.status) +
           " and nothing that this program understands. Check that the URL is that of a Genesis server.";
  // Beside the fields, the detail is about bodies and members: words for whoever wrote the client.
  auto text = faulty_fields(*problem);
  const auto detail = for_people(text_member(*problem, "detail"));
  if (text.empty())
    add_sentence(text, detail.empty() ? text_member(*problem, "title") : detail);
  if (const auto seconds = refused.header("Retry-After"); !seconds.empty())
    add_sentence(text, "Try again in " + std::string{seconds} + " s.");
  else
    add_sentence(text, advice_for(text_member(*problem, "code")));
  if (refused.status >= 500)
    if (const auto id = text_member(*problem, "request_id"); !id.empty())
      add_sentence(text, "(request " + std::string{id} + ")");
  return printable(text);
}

}  // namespace genesis::cli
