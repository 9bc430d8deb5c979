// A bare server that lists messages from PostgreSQL: Beast, libpq and Boost.JSON with nothing between them. The measure
// for what GENESIS adds to a list, with the same statement and the same bytes.

#include "benchmarks/raw/bare_server.hpp"
#include "storage/column_lists.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json.hpp>

#include <array>
#include <charconv>
#include <chrono>
#include <iterator>
#include <libpq-fe.h>
#include <map>
#include <string>
#include <string_view>

namespace {

using namespace genesis::raw;
namespace json = boost::json;

/// The text of `list_messages_newest_first` (storage/statements.cpp) as SOCI hands it on.
constexpr auto statement =
  "select " GENESIS_MESSAGE_COLUMNS
  " from messages where conversation_id = $1 and user_id || '' = $2 and seq < $3 order by seq desc limit $4";
constexpr auto statement_name = "list";
constexpr int page_size = 50;
constexpr auto behind_all = "9223372036854775807";

/// Columns of a row, in the order of the statement.
enum column : int {
  id,
  conversation_id,
  seq,
  role,
  agent_name,
  content,
  status,
  run_id,
  artifacts,
  metadata,
  created_at,
  updated_at,
  revision
};

/// Whose each conversation is, and the body that was recorded for one of them.
struct known_talks {
  std::map<std::string, std::string, std::less<>> owners;
  std::string cursor;  ///< Of a page; all are equally long, and this is not about making them.
};

std::string text_of(const json::value& of, std::string_view name) {
  return std::string{of.as_object().at(name).as_string()};
}

known_talks read_talks(const std::filesystem::path& people, const std::filesystem::path& recorded) {
  known_talks known;
  std::ifstream lines{people};
  for (std::string line; std::getline(lines, line);) {
    const auto person = json::parse(line);
    known.owners.emplace(text_of(person, "conversation_id"), text_of(person, "user_id"));
  }
  std::ifstream in{recorded, std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  const auto head_end = bytes.find("\r\n\r\n");
  if (known.owners.empty() || head_end == std::string::npos)
    throw std::runtime_error("no people, or no response");
  known.cursor = text_of(json::parse(bytes.substr(head_end + 4)), "next_cursor");
  return known;
}

std::int64_t number_in(const PGresult* rows, int row, int of) {
  const std::string_view text{PQgetvalue(rows, row, of), static_cast<std::size_t>(PQgetlength(rows, row, of))};
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

json::value text_or_null(const PGresult* rows, int row, int of, const json::storage_ptr& in) {
  if (PQgetisnull(rows, row, of) != 0)
    return json::value(nullptr, in);
  return json::value(
    json::string_view{PQgetvalue(rows, row, of), static_cast<std::size_t>(PQgetlength(rows, row, of))}, in);
}

json::value time_in(const PGresult* rows, int row, int of, const json::storage_ptr& in) {
  const auto ms = number_in(rows, row, of);
  const std::time_t seconds = ms / 1'000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  const int size = std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900,
    parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, static_cast<int>(ms % 1'000));
  return json::value(json::string_view{text.data(), static_cast<std::size_t>(size)}, in);
}

/// One thread's connection, and the answers it makes.
class lister {
public:
  lister(const std::string& database, const known_talks& known)
      : known_(known), connection_(PQconnectdb(database.c_str()), &PQfinish) {
    const result_ptr prepared{PQprepare(connection_.get(), statement_name, statement, 0, nullptr), &PQclear};
    if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK)
      throw std::runtime_error(PQerrorMessage(connection_.get()));
  }

  void handle(const request& asked, answer& out) const {
    out = {};
    out.version(11);
    out.set(http::field::content_type, "application/json");
    out.set(http::field::cache_control, "private, no-cache, max-age=0");
    const auto target = asked.target();
    constexpr std::string_view before = "/api/v1/conversations/";
    const auto talk = std::string_view{target.data(), target.size()}.substr(
      std::min(before.size(), target.size()), known_.owners.begin()->first.size());
    if (const auto found = known_.owners.find(talk); found != known_.owners.end()) {
      list(found->first, found->second, out.body());
    } else {  // as a probe that asks whether the server is ready
      out.result(http::status::ok);
      out.body() = "{}";
    }
    out.prepare_payload();
  }

private:
  using result_ptr = std::unique_ptr<PGresult, void (*)(PGresult*)>;

  void list(const std::string& talk, const std::string& owner, std::string& body) const {
    const auto limit = std::to_string(page_size + 1);
    const std::array<const char*, 4> parameters{talk.c_str(), owner.c_str(), behind_all, limit.c_str()};
    const result_ptr rows{
      PQexecPrepared(connection_.get(), statement_name, 4, parameters.data(), nullptr, nullptr, 0), &PQclear};
    if (PQresultStatus(rows.get()) != PGRES_TUPLES_OK)
      throw std::runtime_error(PQerrorMessage(connection_.get()));
    std::array<unsigned char, 64 * 1'024> room;  // NOLINT(cppcoreguidelines-pro-type-member-init): written before read
    json::monotonic_resource memory{room.data(), room.size()};
    const json::storage_ptr in(&memory);
    const int found = PQntuples(rows.get());
    json::array data(in);
    data.reserve(page_size);
    for (int row = 0; row < std::min(found, page_size); ++row)
      data.emplace_back(message_of(rows.get(), row, in));
    json::object page(in);
    page.emplace("data", std::move(data));
    page.emplace("has_more", found > page_size);
    if (found > page_size)
      page.emplace("next_cursor", known_.cursor);
    else
      page.emplace("next_cursor", nullptr);
    body = json::serialize(page);
  }

  static json::object message_of(const PGresult* rows, int row, const json::storage_ptr& in) {
    json::object made(in);
    made.reserve(13);
    const auto text = [&](std::string_view name, int of) { made.emplace(name, text_or_null(rows, row, of, in)); };
    text("id", id);
    text("conversation_id", conversation_id);
    made.emplace("seq", number_in(rows, row, seq));
    text("role", role);
    text("agent", agent_name);
    text("content", content);
    text("status", status);
    text("run_id", run_id);
    made.emplace("artifacts", json::parse(PQgetvalue(rows, row, artifacts), in));
    made.emplace("metadata", json::parse(PQgetvalue(rows, row, metadata), in));
    made.emplace("created_at", time_in(rows, row, created_at, in));
    made.emplace("updated_at", time_in(rows, row, updated_at, in));
    made.emplace("revision", number_in(rows, row, revision));
    return made;
  }

  const known_talks& known_;
  std::unique_ptr<PGconn, void (*)(PGconn*)> connection_;
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{
    "Lists the newest 50 messages of a conversation, on a free loopback port, until SIGTERM.", "raw_list"};
  std::filesystem::path people;
  std::filesystem::path response;
  std::filesystem::path port_file;
  std::string database;
  std::size_t threads = 2;
  program.add_option("--database", database, "Connection string of libpq")->required()->type_name("TEXT");
  program.add_option("--people", people, "File of people and conversations")->required()->type_name("FILE");
  program.add_option("--response", response, "File with such a list of another server")->required()->type_name("FILE");
  program.add_option("--threads", threads, "Threads, an io_context and a connection to the database each")
    ->check(CLI::Range(1, 64))
    ->capture_default_str();
  program.add_option("--port-file", port_file, "Where to write the port; standard output without it")
    ->type_name("FILE");
  CLI11_PARSE(program, argc, argv);
  try {
    const auto known = read_talks(people, response);
    serve(
      [&]() -> handler {
        const auto one = std::make_shared<lister>(database, known);
        return [one](const request& asked, answer& out) { one->handle(asked, out); };
      },
      threads, port_file);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "raw_list: " << error.what() << '\n';
    return 1;
  }
}
