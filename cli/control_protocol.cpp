#include "cli/control_protocol.hpp"

#include "cli/json_reading.hpp"

#include <sys/un.h>

namespace genesis::cli {

namespace {

errc code_named(std::string_view name) noexcept {
  for (auto code = errc::invalid_argument; code != errc::internal; code = static_cast<errc>(static_cast<int>(code) + 1))
    if (to_string(code) == name)
      return code;
  return errc::internal;
}

}  // namespace

result<std::filesystem::path> control_socket_of(const std::filesystem::path& data_directory) {
  auto socket = std::filesystem::absolute(data_directory).lexically_normal() / "control.sock";
  if (socket.native().size() >= sizeof(sockaddr_un::sun_path))
    return fail(errc::invalid_argument,
      "the path " + socket.native() + " has " + std::to_string(socket.native().size()) +
        " bytes, and a socket may have 107 at most; choose a data directory with a shorter path with --data.directory");
  return socket;
}

std::string control_failure(const error& what) {
  return http::json_object([&](http::json_writer& json) {
    json.member("ok", false).member("code", to_string(what.code)).member("message", what.detail);
  });
}

result<boost::json::object> read_control_answer(std::string_view line) {
  auto answer = parse_object(line);
  const auto* ok = answer ? answer->if_contains("ok") : nullptr;
  if (ok == nullptr || !ok->is_bool())
    return fail(errc::internal, "the server's answer cannot be read; is it another version of genesis?");
  if (ok->get_bool())
    return *std::move(answer);
  return fail(code_named(text_member(*answer, "code")), std::string{text_member(*answer, "message")});
}

}  // namespace genesis::cli
