#pragma once

#include "tests/system/program.hpp"
#include "tests/system/stream_reader.hpp"

#include <map>

namespace genesis::system_test {

inline constexpr std::string_view good_password = "correct horse battery staple";

/// A client on one keep-alive connection, which it makes anew when the server has closed it or was started again. Every
/// answer is held against the API's document.
class api_client {
public:
  explicit api_client(const program& server) : server_(&server) {}

  answer call(std::string_view verb, std::string_view target, std::string_view body = {}, fields head = {});
  /// As its next call: exactly these bytes.
  http_peer& peer();

  /// `Authorization` that goes with every call; empty for none.
  std::string token;

private:
  const program* server_;
  std::optional<http_peer> peer_;
  int starts_ = 0;
};

/// Somebody with an account.
class person {
public:
  /// Registers with `good_password`.
  person(const program& server, std::string email);
  /// Who got this answer from one of the auth calls.
  person(const program& server, std::string email, const answer& session);

  answer call(std::string_view verb, std::string_view target, std::string_view body = {}, fields head = {}) {
    return client_.call(verb, target, body, std::move(head));
  }
  answer get(std::string_view target) { return call("GET", target); }
  /// Begins an answer of the coach; `body` is that of the chat calls.
  stream_reader ask(std::string_view body, stream_form form = stream_form::sse, fields head = {});
  stream_reader resume(std::string_view run, std::int64_t after, stream_form form = stream_form::sse);
  /// A new conversation's id.
  std::string new_conversation();
  /// Makes a plan of each kind and an entry of the food diary: their ids, by what stands before them in their paths.
  std::map<std::string, std::string> new_plans_and_log();
  /// The bytes of a request with this person's token.
  [[nodiscard]] std::string request(
    std::string_view verb, std::string_view target, std::string_view body = {}, fields head = {}) const;

  [[nodiscard]] const std::string& id() const noexcept { return id_; }
  [[nodiscard]] const std::string& email() const noexcept { return email_; }
  [[nodiscard]] const std::string& token() const noexcept { return client_.token; }
  [[nodiscard]] const std::string& refresh_token() const noexcept { return refresh_token_; }
  /// Takes the tokens of an answer of one of the auth calls.
  void take_tokens(const answer& given);
  /// Logs in again, as on another device.
  [[nodiscard]] person log_in_again() const;

private:
  const program* server_;
  api_client client_;
  std::string email_;
  std::string id_;
  std::string refresh_token_;
};

/// A member of a JSON object as text: strings bare, everything else as JSON.
std::string member(const boost::json::object& object, std::string_view name);
std::string member(const answer& of, std::string_view name);
/// A JSON string.
std::string json_string(std::string_view text);

}  // namespace genesis::system_test
