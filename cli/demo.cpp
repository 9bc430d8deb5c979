#include "auth/password_strength.hpp"
#include "cli/chat_session.hpp"
#include "cli/control_client.hpp"
#include "cli/control_protocol.hpp"
#include "cli/demo_command.hpp"
#include "cli/diary.hpp"
#include "cli/json_reading.hpp"
#include "cli/logging.hpp"
#include "cli/people_writer.hpp"
#include "cli/printable_text.hpp"
#include "cli/token_file.hpp"

#include <algorithm>
#include <functional>
#include <ostream>
#include <vector>

namespace genesis::cli {

namespace {

namespace json = boost::json;

std::int64_t number_in(const json::object& answer, std::string_view name) {
  const auto* member = answer.if_contains(name);
  return member != nullptr && member->is_int64() ? member->get_int64() : 0;
}

void show_login(const demo_options& options, const console& with, std::string_view email) {
  with.out << "  e-mail    " << printable(email) << "\n  password  "
           << (options.is_password_made ? options.password : "that of GENESIS_CHAT_PASSWORD") << '\n';
}

/// Of a password that the environment gave, what the server would refuse once there is a database.
result<void> judge_password_of(const demo_options& options) {
  if (options.is_password_made)
    return {};
  std::vector<std::string> personal;
  if (options.people == 0)
    personal.push_back(options.email);
  const auto accepted = auth::accept_password(options.password, personal);
  if (!accepted)
    return fail(accepted.error().code, "GENESIS_CHAT_PASSWORD: the password " + accepted.error().detail);
  return {};
}

int make_demo_person(control_channel& server, const demo_options& options, const console& with) {
  with.err << "Making the demo person: profile, 90 days of records, conversations ..." << '\n' << std::flush;
  const auto answer = server.ask(http::json_object([&](http::json_writer& line) {
    line.member("command", "demo.person").member("email", options.email).member("password", options.password);
  }),
    import_patience);
  if (!answer)
    return fail_with(with, answer.error());
  with.out << (flag_member(*answer, "was_there") ? "The demo person is back at the beginning: "
                                                 : "Made the demo person: ")
           << number_in(*answer, "records") << " records, " << number_in(*answer, "conversations")
           << " conversations.\n";
  show_login(options, with, options.email);
  return success_status;
}

/// Shows how far it is: in place on a terminal, else a line each tenth.
class progress_line {
public:
  progress_line(const console& with, std::int64_t total, std::string_view of_what)
      : with_(with), total_(total), of_what_(of_what) {}

  void show(std::int64_t done) {
    const auto tenth = done * 10 / total_;
    if (!with_.is_terminal && tenth == tenth_)
      return;
    tenth_ = tenth;
    with_.err << (with_.is_terminal ? "\r" : "") << done << " of " << total_ << ' ' << of_what_
              << (with_.is_terminal && done < total_ ? "" : "\n") << std::flush;
  }

private:
  const console& with_;
  std::int64_t total_;
  std::string_view of_what_;
  std::int64_t tenth_ = -1;
};

std::string people_request(const people_order& order) {
  return http::json_object([&](http::json_writer& line) {
    line.member("command", "demo.people").member("series", order.series).member("first", order.first);
    line.member("count", order.count).member("password_hash", order.password_hash);
  });
}

std::string diary_request(std::string_view user, std::string_view diary, const diary_order& part) {
  return http::json_object([&](http::json_writer& line) {
    line.member("command", "demo.diary").member("user_id", user).member("conversation_id", diary);
    line.member("version", part.version).member("first", part.first).member("count", part.count);
  });
}

/// Writes somebody's diary, which becomes the conversation of their line.
result<void> write_diary(control_channel& server, std::int64_t length, json::object& person,
  const std::function<void(std::int64_t)>& on_part) {
  const std::string user{text_member(person, "user_id")};
  std::string diary;
  diary_order part;
  while (part.first <= length) {
    part.count = std::min(entries_per_order_max, length - part.first + 1);
    const auto answer = server.ask(diary_request(user, diary, part), import_patience);
    if (!answer)
      return std::unexpected(answer.error());
    diary = text_member(*answer, "conversation_id");
    part.version = number_in(*answer, "version");
    part.first += part.count;
    on_part(part.count);
  }
  person["conversation_id"] = diary;
  return {};
}

int make_people(control_channel& server, const demo_options& options, const console& with) {
  auto tokens = token_file::open(options.tokens);
  if (!tokens)
    return fail_with(with, tokens.error());
  const auto hashed = server.ask(http::json_object([&](http::json_writer& line) {
    line.member("command", "demo.hash").member("password", options.password);
  }),
    import_patience);
  if (!hashed)
    return fail_with(with, hashed.error());
  people_order order;
  order.series = random_key().substr(0, 8);
  order.password_hash = text_member(*hashed, "password_hash");
  progress_line progress = options.diary == 0
                             ? progress_line{with, options.people, "people"}
                             : progress_line{with, options.people * options.diary, "messages of diaries"};
  std::int64_t entries = 0;
  const auto on_part = [&](std::int64_t count) { progress.show(entries += count); };
  while (order.first <= options.people) {
    order.count = std::min(people_per_order_max, options.people - order.first + 1);
    auto answer = server.ask(people_request(order), import_patience);
    if (!answer)
      return fail_with(with, answer.error());
    auto* people = answer->if_contains("people");
    if (people == nullptr || !people->is_array())
      return fail_with(with, {errc::internal, "the server's answer cannot be read; is it another version of genesis?"});
    for (auto& each : people->get_array())
      if (options.diary > 0 && each.is_object())
        if (auto written = write_diary(server, options.diary, each.get_object(), on_part); !written)
          return fail_with(with, written.error());
    if (auto written = tokens->append(people->get_array()); !written)
      return fail_with(with, written.error());
    order.first += order.count;
    if (options.diary == 0)
      progress.show(order.first - 1);
  }
  with.out << "Made " << options.people << " people; their tokens are in " << options.tokens.string()
           << ". Access tokens expire in a quarter of an hour unless auth.access_token_lifetime says otherwise.\n";
  show_login(options, with, ordered_email(order, 1) + " and so on");
  return success_status;
}

}  // namespace

int demo(const config::loaded& settings, const demo_options& options, const console& with) {
  log_warnings_only();
  if (const auto fits = judge_password_of(options); !fits)
    return fail_with(with, fits.error());
  const auto server = open_control(settings);
  if (!server)
    return fail_with(with, server.error());
  return options.people == 0 ? make_demo_person(**server, options, with) : make_people(**server, options, with);
}

}  // namespace genesis::cli
