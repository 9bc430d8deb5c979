#include "cli/chat.hpp"

#include "cli/api_client.hpp"
#include "cli/chat_session.hpp"
#include "cli/chat_view.hpp"
#include "cli/printable_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include <istream>
#include <ostream>

namespace genesis::cli {

namespace {

constexpr std::string_view prompt = "you> ";
/// The faults that a person can mend without the server are found before it is asked.
std::optional<std::string_view> fault_of(std::string_view line) {
  boost::system::error_code failure;
  boost::json::parse(boost::json::serialize(boost::json::string{line}), failure);
  if (failure)
    return "This line is not UTF-8 text. Set the terminal's, or the file's, encoding to UTF-8.";
  return std::nullopt;
}

constexpr std::string_view help =
  "Every line is a question. /new starts a new conversation, /quit leaves (so does Ctrl-D). "
  "Ctrl-C cancels an answer.\n";

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

// `why` says what is the matter with the saved login.
result<std::string> email_of(const chat_options& options, const console& with, const std::string& why) {
  if (!options.email.empty())
    return options.email;
  if (with.is_terminal)
    return ask_line(with, "E-mail: ");
  if (options.make_account)
    return fail(errc::unauthorized, "--register needs --email here, and the password in GENESIS_CHAT_PASSWORD.");
  return fail(errc::unauthorized, why + " Give --email and the password in GENESIS_CHAT_PASSWORD, or sign in once on a "
                                        "terminal with 'genesis chat'.");
}

result<std::string> password_of(const chat_options& options, const console& with) {
  if (options.password)
    return *options.password;
  if (!with.is_terminal)
    return fail(errc::unauthorized, "There is no terminal to ask for the password. Give it in GENESIS_CHAT_PASSWORD.");
  return options.make_account ? ask_new_password(with) : with.read_secret("Password: ");
}

// By the saved login where there is one, else by e-mail and password.
result<void> enter(api_client& api, const chat_options& options, const console& with) {
  std::string why = "Nobody is signed in here.";
  if (!options.make_account) {
    auto resumed = api.resume(options.email);
    if (resumed || resumed.error().code != errc::unauthorized)
      return resumed;
    why = resumed.error().detail;
  }
  const auto email = email_of(options, with, why);
  if (!email)
    return std::unexpected(email.error());
  const auto password = password_of(options, with);
  if (!password)
    return std::unexpected(password.error());
  return options.make_account ? api.sign_up(*email, *password, options.invite) : api.sign_in(*email, *password);
}

int complain(const console& with, std::string_view sentence) {
  with.err << "genesis: " << printable(sentence) << '\n' << std::flush;
  return 1;
}

// One program run: reads lines, asks them, and turns outcomes into what the person sees.
class chat_loop {
public:
  chat_loop(const console& with, chat_session& session) : with_(with), session_(session) {}

  int run() {
    std::string line;
    while (next_line(line)) {
      if (is_blank(line))
        continue;
      if (is_command(line)) {
        if (!obey(line))
          return 0;
        continue;
      }
      if (const int status = ask(line); status != 0)
        return status;
    }
    if (with_.is_terminal)
      with_.out << '\n' << std::flush;
    return 0;
  }

private:
  // On a terminal whatever begins like one; in a pipe, whose text may be anything, those that there are.
  [[nodiscard]] bool is_command(std::string_view line) const {
    return with_.is_terminal ? line.starts_with('/') : line == "/new" || line == "/quit" || line == "/exit";
  }

  bool next_line(std::string& line) {
    if (with_.is_terminal)
      with_.out << prompt << std::flush;
    return static_cast<bool>(std::getline(with_.in, line));
  }

  // False when the person wants to leave.
  bool obey(std::string_view command) {
    if (command == "/quit" || command == "/exit")
      return false;
    if (command == "/new") {
      session_.start_over();
      if (with_.is_terminal)
        with_.out << "The next question starts a new conversation.\n";
    } else {
      with_.out << help;
    }
    return true;
  }

  // Not 0: the program ends with this status. At a terminal the person decides, unless nothing more can succeed.
  int ask(std::string_view question) {
    if (const auto fault = fault_of(question)) {
      const int status = complain(with_, *fault);
      return with_.is_terminal ? 0 : status;
    }
    const auto outcome = session_.ask(question);
    const bool goes_on = with_.is_terminal && (outcome || outcome.error().code != errc::unauthorized);
    int status = 0;
    if (!outcome)
      status = complain(with_, outcome.error().code == errc::unauthorized
                                 ? outcome.error().detail + " Start 'genesis chat' again to sign in."
                                 : outcome.error().detail);
    else if (outcome->status != run_status::success)
      status = (complain(with_, outcome->sentence), outcome->status == run_status::cancelled ? interrupted_status : 1);
    return goes_on ? 0 : status;
  }

  const console& with_;
  chat_session& session_;
};

}  // namespace

int chat(const chat_options& options, const console& with, http::transport& connection) {
  const login_file file{options.login};
  api_client api{connection, file, options.server, options.way};
  if (const auto entered = enter(api, options, with); !entered)
    return complain(with, entered.error().detail);

  chat_view view{with.out, with.err, with.is_terminal, api.units()};
  chat_session session{api, view, options.agent, random_key};
  std::optional<std::string> title;
  if (!options.start_over) {
    auto last = session.continue_last();
    if (!last)
      return complain(with, last.error().detail);
    title = std::move(*last);
  }
  if (with.is_terminal) {
    with.out << "Signed in to " << options.server << " as " << printable(api.login().email) << ".\n";
    if (title)
      with.out << "This goes on with the conversation '" << printable(*title) << "'.\n";
    with.out << help;
  }
  return chat_loop{with, session}.run();
}

}  // namespace genesis::cli
