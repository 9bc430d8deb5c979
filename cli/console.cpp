#include "cli/console.hpp"

#include "auth/password.hpp"
#include "cli/printable_text.hpp"

#include <cerrno>
#include <iostream>
#include <system_error>
#include <termios.h>
#include <unistd.h>

namespace genesis::cli {

namespace {

// Keeps the terminal from showing what is typed while it lives.
//
// Ctrl-C while a password is typed ends the process, and with it would leave a mute terminal behind: so the terminal's
// own signals are off too, and the character is read like any other.
class silence {
public:
  silence() {
    is_active_ = ::tcgetattr(STDIN_FILENO, &before_) == 0;
    if (!is_active_)
      return;
    auto quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG | ICANON);
    quiet.c_cc[VMIN] = 1;
    quiet.c_cc[VTIME] = 0;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  silence(const silence&) = delete;
  silence& operator=(const silence&) = delete;
  ~silence() {
    if (is_active_)
      ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
  }

private:
  termios before_{};
  bool is_active_ = false;
};

constexpr char ctrl_c = 3;
constexpr char ctrl_d = 4;
constexpr char ctrl_u = 21;
constexpr char backspace = 8;
constexpr char delete_key = 127;

// Takes the last character away, however many bytes it has.
void erase_last(std::string& text) {
  while (!text.empty()) {
    const auto gone = static_cast<unsigned char>(text.back());
    text.pop_back();
    if ((gone & 0xC0U) != 0x80U)
      return;
  }
}

result<std::string> read_quietly() {
  std::string typed;
  while (true) {
    char c = 0;
    const auto count = ::read(STDIN_FILENO, &c, 1);
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0 || c == ctrl_c || (c == ctrl_d && typed.empty()))
      return fail(errc::invalid_argument, "No password was given.");
    if (c == '\n' || c == '\r')
      return typed;
    if (c == backspace || c == delete_key)
      erase_last(typed);
    else if (c == ctrl_u)
      typed.clear();
    else if (c != ctrl_d)
      typed += c;
  }
}

result<std::string> read_secret_from_terminal(std::string_view prompt) {
  std::cerr << prompt << std::flush;
  auto typed = [] {
    const silence while_typing;
    return read_quietly();
  }();
  std::cerr << '\n' << std::flush;
  return typed;
}

/// A line of a file may end as it does on Windows.
bool read_line(std::istream& from, std::string& line) {
  if (!std::getline(from, line))
    return false;
  if (line.ends_with('\r'))
    line.pop_back();
  return true;
}

}  // namespace

console standard_console() {
  const bool is_terminal = ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1;
  return {std::cin, std::cout, std::cerr, is_terminal, read_secret_from_terminal};
}

int fail_with(const console& with, const error& why) {
  with.err << "genesis: " << printable(why.detail.empty() ? std::string{to_string(why.code)} : why.detail) << '\n';
  return 1;
}

result<std::string> ask_line(const console& with, std::string_view prompt) {
  std::string line;
  while (line.empty()) {
    with.err << prompt << std::flush;
    if (!read_line(with.in, line))
      return fail(errc::invalid_argument, "Nothing was given.");
  }
  return line;
}

result<std::string> ask_new_password(const console& with) {
  if (!with.is_terminal) {
    std::string line;
    if (!read_line(with.in, line) || line.empty())
      return fail(errc::invalid_argument, "Give the password as the first line of standard input.");
    return line;
  }
  auto first = with.read_secret("Password: ");
  if (!first)
    return first;
  // What the server would refuse anyway is said before it is typed again; how easily it is guessed, only that knows.
  if (const auto allowed = auth::normalise_password(*first); !allowed && allowed.error().code == errc::invalid_argument)
    return fail(errc::invalid_argument, "The password " + allowed.error().detail + ".");
  const auto second = with.read_secret("The same again: ");
  if (!second)
    return second;
  if (*first != *second)
    return fail(errc::invalid_argument, "The two passwords differ. Try again.");
  return first;
}

}  // namespace genesis::cli
