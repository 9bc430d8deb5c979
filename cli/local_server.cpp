#include "cli/local_server.hpp"

#include "config/settings_table.hpp"
#include "http/server_url.hpp"

#include <charconv>
#include <cstdint>
#include <fstream>

namespace genesis::cli {

namespace {

bool is_flag(const config::loaded& loaded, std::string_view setting) {
  const auto row = config::find_setting(setting) - config::settings_table().data();
  return loaded.origins.at(static_cast<std::size_t>(row)).from == config::origin::source::flag;
}

}  // namespace

std::optional<std::string> chosen_port(const config::settings& settings) {
  std::ifstream file{settings.data.directory / "http.port"};
  std::string line;
  if (!std::getline(file, line))
    return std::nullopt;
  std::uint16_t port = 0;
  const auto [end, failure] = std::from_chars(line.data(), line.data() + line.size(), port);
  if (failure != std::errc{} || end != line.data() + line.size() || port == 0)
    return std::nullopt;
  return std::to_string(port);
}

std::string local_address(const config::settings& settings) {
  const auto address = settings.http.address.empty() ? std::string{"127.0.0.1"} : settings.http.address.front();
  if (address == "0.0.0.0")
    return "127.0.0.1";
  return address == "::" ? "::1" : address;
}

std::string local_url(const config::settings& settings, const std::string& port) {
  return to_string(http::server_url{local_address(settings), port, {}, !settings.http.tls_certificate.empty()});
}

std::string to_string(const local_way& way) {
  return way.url + '\n' + (way.address.empty() ? std::string{} : way.address + '\n');
}

std::optional<local_way> way_to_running(const config::settings& settings) {
  const auto port = chosen_port(settings);
  if (!port)
    return std::nullopt;
  std::ifstream file{settings.data.directory / way_file};
  local_way way;
  if (!std::getline(file, way.url) || !http::parse_server_url(way.url))
    return local_way{local_url(settings, *port), {}};
  std::getline(file, way.address);
  return way;
}

std::optional<local_way> way_as_told(const config::loaded& loaded) {
  const auto& settings = loaded.values;
  const bool names_address = is_flag(loaded, "http.address");
  const bool names_port = is_flag(loaded, "http.port") && settings.http.port != 0;
  const auto running = chosen_port(settings);
  const auto named = std::to_string(settings.http.port);
  if (!names_address && (!names_port || named == running))
    return std::nullopt;
  return local_way{local_url(settings, names_port ? named : running.value_or(named)), {}};
}

result<local_way> expected_way(const config::loaded& loaded) {
  if (auto told = way_as_told(loaded))
    return *std::move(told);
  const auto& settings = loaded.values;
  if (auto found = look_for_named_directory(settings); !found)
    return std::unexpected(std::move(found.error()));
  return way_to_running(settings).value_or(local_way{local_url(settings, std::to_string(settings.http.port)), {}});
}

result<void> look_for_named_directory(const config::settings& settings) {
  const auto& directory = settings.data.directory;
  std::error_code ignored;
  if (directory == config::settings{}.data.directory || std::filesystem::is_directory(directory, ignored))
    return {};
  const auto where = std::filesystem::absolute(directory).lexically_normal().string();
  return fail(errc::not_found, (std::filesystem::exists(directory, ignored) ? where + " is no data directory"
                                                                            : "there is no data directory " + where) +
                                 "; name the server's with --data.directory, or the server with --url");
}

}  // namespace genesis::cli
