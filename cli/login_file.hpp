#pragma once

#include "domain/error.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace genesis::cli {

/// How a server was reached, beside its URL.
struct remembered_way {
  std::string address;      ///< Where to connect; empty for what the URL's name resolves to.
  std::string authorities;  ///< Absolute path of a file with the certificates to believe; empty for the system's.

  friend bool operator==(const remembered_way&, const remembered_way&) = default;
};

/// What the chat client remembers between two starts.
struct saved_login {
  std::string server;  ///< As `to_string(http::server_url)` writes it. The token goes to no other.
  std::string email;
  std::string refresh_token;
  std::string conversation_id;  ///< The last one; empty before the first.
  remembered_way way = {};

  friend bool operator==(const saved_login&, const saved_login&) = default;
};

/// Keeps one person's login in a file that nobody else may read.
///
/// Several clients may share the file. A refresh token is good for one use, and a second use ends the login, so whoever
/// uses it reads it under the lock and has written its successor before letting go.
class login_file {
public:
  /// Held while one process uses the token. Released by its end, whatever way the process goes.
  class lock {
  public:
    explicit lock(int descriptor) noexcept : descriptor_(descriptor) {}
    lock(lock&& other) noexcept;
    lock& operator=(lock&&) = delete;
    ~lock();

  private:
    int descriptor_;
  };

  explicit login_file(std::filesystem::path path) : path_(std::move(path)) {}

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  /// Nothing when there is no file. `errc::forbidden` when others may read it, `errc::invalid_argument` when it holds
  /// something else, `errc::unavailable` when it cannot be read; each with a sentence.
  [[nodiscard]] result<std::optional<saved_login>> load() const;

  /// Replaces the file as a whole, mode 0600, and makes its directory, mode 0700. `errc::unavailable` with a sentence.
  [[nodiscard]] result<void> save(const saved_login& login) const;

  /// Waits until no other process holds the lock. `errc::unavailable` with a sentence.
  [[nodiscard]] result<lock> acquire() const;

private:
  std::filesystem::path path_;
};

/// `$XDG_STATE_HOME/genesis/login.json`, else below `~/.local/state` (XDG Base Directory 0.8). Nothing without a home.
std::optional<std::filesystem::path> default_login_path(const char* state_home, const char* home);

}  // namespace genesis::cli
