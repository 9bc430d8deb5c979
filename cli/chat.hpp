#pragma once

#include "cli/console.hpp"
#include "cli/login_file.hpp"
#include "http/transport.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace genesis::cli {

/// What `genesis chat` was asked to do.
struct chat_options {
  std::string server;                   ///< As `to_string(http::server_url)` writes it.
  remembered_way way;                   ///< To the server; kept with the login.
  std::string email;                    ///< Empty: whoever is signed in, else asked for.
  std::string agent;                    ///< Empty: the coach chooses.
  std::filesystem::path login;          ///< The file that keeps the login.
  std::optional<std::string> password;  ///< Given by the environment.
  bool make_account = false;
  std::string invite;  ///< For the new account, where the server asks for one; else empty.
  bool start_over = false;
};

/// Exit status after Ctrl-C, as shells have it (128 + SIGINT).
inline constexpr int interrupted_status = 130;

/// Signs in and answers questions until the input ends. Each line is a question, but for `/new` and `/quit`. On a
/// terminal a failure is shown; in a pipe the first one ends the program. Gives the exit status: 0, 1, or 130 after a
/// cancelled answer in a pipe.
int chat(const chat_options& options, const console& with, http::transport& connection);

}  // namespace genesis::cli
