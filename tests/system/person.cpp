#include "tests/system/person.hpp"

#include "tests/system/api_document.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <stdexcept>

namespace genesis::system_test {

namespace {

fields with_token(fields head, const std::string& token) {
  if (!token.empty())
    head.emplace_back("Authorization", "Bearer " + token);
  return head;
}

}  // namespace

http_peer& api_client::peer() {
  if (!peer_ || starts_ != server_->starts()) {
    peer_.emplace(server_->port());
    starts_ = server_->starts();
  }
  return *peer_;
}

answer api_client::call(std::string_view verb, std::string_view target, std::string_view body, fields head) {
  peer().send(request_text(verb, target, with_token(std::move(head), token), body));
  auto given = peer().read_answer(verb == "HEAD");
  if (given.field("Connection") == "close")
    peer_.reset();
  for (const auto& fault : api_document::of_server(server_->port()).faults_of(verb, target, given))
    ADD_FAILURE() << fault;
  return given;
}

person::person(const program& server, std::string email) : server_(&server), client_(server), email_(std::move(email)) {
  const auto given = call("POST", "/api/v1/auth/register",
    R"({"email":)" + json_string(email_) + R"(,"password":)" + json_string(good_password) + '}');
  if (given.status != 201)
    throw std::runtime_error("no account: " + given.body);
  take_tokens(given);
}

void person::take_tokens(const answer& given) {
  const auto session = given.json();
  client_.token = member(session, "access_token");
  refresh_token_ = member(session, "refresh_token");
  id_ = member(session.at("user").as_object(), "id");
}

person::person(const program& server, std::string email, const answer& session)
    : server_(&server), client_(server), email_(std::move(email)) {
  take_tokens(session);
}

person person::log_in_again() const {
  const auto given = api_client{*server_}.call("POST", "/api/v1/auth/login",
    R"({"email":)" + json_string(email_) + R"(,"password":)" + json_string(good_password) + '}');
  if (given.status != 200)
    throw std::runtime_error("no login: " + given.body);
  return {*server_, email_, given};
}

std::string person::request(std::string_view verb, std::string_view target, std::string_view body, fields head) const {
  return request_text(verb, target, with_token(std::move(head), token()), body);
}

stream_reader person::ask(std::string_view body, stream_form form, fields head) {
  http_peer peer{server_->port()};
  peer.send(request("POST", form == stream_form::sse ? "/api/v1/chat/stream" : "/api/v1/chat/stream?format=ndjson",
    body, std::move(head)));
  return {std::move(peer), form};
}

stream_reader person::resume(std::string_view run, std::int64_t after, stream_form form) {
  http_peer peer{server_->port()};
  const auto target = "/api/v1/runs/" + std::string{run} + "/stream";
  if (form == stream_form::sse)
    peer.send(request("GET", target, {}, {{"Last-Event-ID", std::to_string(after)}}));
  else
    peer.send(request("GET", target + "?format=ndjson&after=" + std::to_string(after)));
  return {std::move(peer), form};
}

std::string person::new_conversation() {
  return member(call("POST", "/api/v1/conversations"), "id");
}

std::map<std::string, std::string> person::new_plans_and_log() {
  const std::pair<std::string, std::string_view> bodies[] = {
    {"/api/v1/workout-plans", R"({"name":"Legs"})"},
    {"/api/v1/nutrition-plans", R"({"name":"Cut","energy_kcal":1800,"protein_g":130,"carbs_g":190,"fat_g":55})"},
    {"/api/v1/nutrition-logs", R"({"log_date":"2026-03-01","meal":"lunch","description":"Rice","energy_kcal":500})"},
  };
  std::map<std::string, std::string> ids;
  for (const auto& [path, body] : bodies)
    ids.emplace(path + '/', member(call("POST", path, body), "id"));
  return ids;
}

std::string member(const boost::json::object& object, std::string_view name) {
  const auto* const value = object.if_contains(name);
  if (value == nullptr)
    throw std::runtime_error("no member " + std::string{name} + " in " + boost::json::serialize(object));
  return value->is_string() ? std::string{value->get_string()} : boost::json::serialize(*value);
}

std::string member(const answer& of, std::string_view name) {
  return member(of.json(), name);
}

std::string json_string(std::string_view text) {
  return boost::json::serialize(boost::json::string_view{text.data(), text.size()});
}

}  // namespace genesis::system_test
