#include "storage/database_url.hpp"

#include <algorithm>
#include <libpq-fe.h>
#include <memory>

namespace genesis::storage {

namespace {

constexpr std::string_view sqlite_scheme = "sqlite://";
constexpr std::string_view postgresql_scheme = "postgresql://";
constexpr std::string_view postgresql_short_scheme = "postgres://";

std::string in_quotes(std::string_view value) {
  std::string text = "'";
  for (const char each : value) {
    if (each == '\'' || each == '\\')
      text += '\\';
    text += each;
  }
  return text + "'";
}

void append(std::string& text, const database_url::parameter& each) {
  text += (text.empty() ? "" : " ") + each.first + "=" + in_quotes(each.second);
}

/// What libpq understands of the URL; nothing when it does not understand it.
std::vector<database_url::parameter> parameters_of(const std::string& url) {
  char* complaint = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> all(
    ::PQconninfoParse(url.c_str(), &complaint), &PQconninfoFree);
  ::PQfreemem(complaint);  // it may quote the password
  std::vector<database_url::parameter> stated;
  for (const auto* each = all.get(); each != nullptr && each->keyword != nullptr; ++each)
    if (each->val != nullptr)
      stated.emplace_back(each->keyword, each->val);
  return stated;
}

/// Where a password with `/` or `@` in it has ended up among hosts, ports and the database's name, in which libpq takes
/// anything: `user:12/34@host/name` is the host `user` and the database `34@host/name`.
bool names_a_server(std::string_view host, std::string_view port, std::string_view database) {
  return !host.contains('@') && !database.contains('@') &&
         port.find_first_not_of("0123456789,") == std::string_view::npos;
}

/// SOCI takes a connect string apart at white space and joins it with single spaces.
bool survives_soci(const database_url::parameter& each) {
  const std::string_view value = each.second;
  return value.find_first_of("\t\n\v\f\r") == std::string_view::npos && value.find("  ") == std::string_view::npos;
}

}  // namespace

result<database_url> database_url::parse(std::string_view url, std::string_view setting) {
  const auto refuse = [setting](std::string_view rule) {
    return fail(errc::invalid_argument, std::string{setting} + (setting.empty() ? "" : ": ") + std::string{rule});
  };
  if (url.starts_with(sqlite_scheme) && url.size() > sqlite_scheme.size())
    return database_url{std::filesystem::path{url.substr(sqlite_scheme.size())}};
  if (!url.starts_with(postgresql_scheme) && !url.starts_with(postgresql_short_scheme))
    return refuse("must be sqlite:// and a file's path, or begin with postgresql://");
  database_url made;
  made.kind_ = engine::postgresql;
  // A NUL would end the text for libpq.
  if (url.find('\0') == std::string_view::npos)
    made.parameters_ = parameters_of(std::string{url});
  if (made.value_of("dbname").empty())
    return refuse("must be a URL as PostgreSQL's clients take it, with the name of a database, and behind a question "
                  "mark only parameters that libpq knows: postgresql://user@host:5432/database?sslmode=verify-full");
  if (!names_a_server(made.value_of("host"), made.value_of("port"), made.value_of("dbname")))
    return refuse(
      "must have a host's name and a number as port behind the user's name and password; write %2F for / in "
      "a password, and %40 for @");
  if (!std::ranges::all_of(made.parameters_, survives_soci))
    return refuse("must hold no tab, no line's end and no two spaces in a row; a password with them can be given in "
                  "the environment variable PGPASSWORD or in a file that PGPASSFILE names");
  return made;
}

std::string database_url::value_of(std::string_view name) const {
  const auto found = std::ranges::find(parameters_, name, &parameter::first);
  return found == parameters_.end() ? std::string{} : found->second;
}

std::string database_url::connect_string(
  std::initializer_list<parameter> defaults, std::initializer_list<parameter> forced) const {
  std::string text;
  for (const auto& each : parameters_)
    append(text, each);
  for (const auto& each : defaults)
    if (std::ranges::find(parameters_, each.first, &parameter::first) == parameters_.end())
      append(text, each);
  for (const auto& each : forced)  // the last one of a name holds
    append(text, each);
  return text;
}

std::string database_url::text() const {
  if (kind_ == engine::sqlite)
    return file_.string();
  const auto user = value_of("user");
  const auto host = value_of("host").empty() ? value_of("hostaddr") : value_of("host");
  const auto port = value_of("port");
  auto text = std::string{postgresql_scheme} + (user.empty() ? "" : user + "@");
  if (host.starts_with('/') || host.contains(','))
    return text + "/" + value_of("dbname") + "?host=" + host + (port.empty() ? "" : "&port=" + port);
  return text + host + (port.empty() ? "" : ":" + port) + "/" + value_of("dbname");
}

}  // namespace genesis::storage
