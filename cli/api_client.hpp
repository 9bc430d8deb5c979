#pragma once

#include "cli/login_file.hpp"
#include "domain/user.hpp"
#include "http/transport.hpp"

#include <string>
#include <string_view>

namespace genesis::cli {

/// Speaks to the API as one person: signs in, sends the access token along, and renews it when the server refuses it.
///
/// Failures are sentences for a person. `errc::unauthorized` means that only a new sign-in helps, `errc::unavailable`
/// that the server could not be reached.
class api_client {
public:
  /// `server` is spelt as `to_string(server_url)` does, `way` is kept with the login. Both references outlive the
  /// client.
  api_client(http::transport& connection, const login_file& file, std::string server, remembered_way way = {});

  /// Takes over the saved login and proves it by renewing its access token. `errc::unauthorized` when there is none for
  /// this server, or none for `email` when one is given, or when it has ended.
  result<void> resume(std::string_view email);

  result<void> sign_in(std::string_view email, std::string_view password);
  /// `invite` is empty for none.
  result<void> sign_up(std::string_view email, std::string_view password, std::string_view invite = {});

  [[nodiscard]] const saved_login& login() const noexcept { return login_; }

  /// Those in which the person wants to be answered; metric until a login has said.
  [[nodiscard]] unit_system units() const noexcept { return units_; }

  /// One call in the person's name. A refusal by the server is a response like any other.
  result<http::http_response> call(http::http_request request);

  /// The same for a streamed answer.
  result<http::stream_outcome> stream(
    http::http_request request, const http::byte_sink& sink, http::on_interrupt interrupt);

  /// Keeps the conversation that the next start goes on with; empty for none.
  result<void> remember_conversation(const std::string& id);

  bool wait(std::chrono::milliseconds time) { return connection_.wait(time); }

private:
  result<void> begin(
    std::string_view target, std::string_view email, std::string_view password, std::string_view invite = {});
  result<void> renew();
  result<void> take_tokens(const http::http_response& answer);
  result<http::http_response> exchange(const http::http_request& request);

  http::transport& connection_;
  const login_file& file_;
  std::string server_;
  remembered_way way_;
  saved_login login_;
  std::string access_token_;
  unit_system units_ = unit_system::metric;
};

}  // namespace genesis::cli
