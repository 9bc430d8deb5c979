#include "cli/top_command.hpp"

#include "cli/connect_line.hpp"
#include "cli/local_server.hpp"
#include "cli/printable_text.hpp"
#include "cli/top.hpp"

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>

#include <cmath>
#include <ostream>
#include <sys/ioctl.h>
#include <unistd.h>

namespace genesis::cli {

namespace {

struct top_line {
  std::string url;
  connect_line way;
  double interval_s = 2;
  std::size_t pages = 0;
};

std::size_t terminal_rows() {
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : top_options{}.rows;
}

int run_top(const top_line& line, const command_settings& settings, const console& with) {
  if (const auto flag = settings.first_flag(); !flag.empty() && !line.url.empty()) {
    with.err << "genesis: " << flag << " would have no effect: --url says already where the server is\n";
    return usage_status;
  }
  std::string url = line.url;
  std::string address;
  if (url.empty()) {
    const auto loaded = settings.load();
    if (!loaded)
      return loaded.error();
    auto expected = expected_way(*loaded);
    if (!expected) {
      with.err << "genesis: " << printable(expected.error().detail) << '\n';
      return failure_status;
    }
    url = expected->url;
    address = expected->address;
  }
  const auto server = http::parse_server_url(url);
  if (!server) {
    with.err << "genesis: " << server.error().detail << '\n';
    return line.url.empty() ? failure_status : usage_status;
  }
  auto way = line.way.options();
  if (!way) {
    with.err << "genesis: " << printable(way.error().detail) << '\n';
    return usage_status;
  }
  if (way->address.empty())
    way->address = address;
  top_options options;
  options.server = to_string(*server);
  options.interval = std::chrono::milliseconds{std::llround(line.interval_s * 1'000)};
  options.pages = line.pages;
  if (with.is_terminal)
    options.rows = terminal_rows();
  http::http_client connection{*server, {}, *std::move(way)};
  return top(options, with, connection);
}

}  // namespace

void add_top_command(CLI::App& program, invocation& asked) {
  auto* command = program.add_subcommand("top", "Shows what a running server does, refreshed until Ctrl-C");
  const command_settings settings{*command, asked,
    "Reads the server's /metrics, which must allow this address (metrics.allow). The first page comes after one\n"
    "interval: all rates are of that interval, and so are the quantiles, read from the histogram's buckets."};
  settings.use_only(*command, {settings_of_way.begin(), settings_of_way.end()});
  const auto line = std::make_shared<top_line>();
  command
    ->add_option("--url", line->url,
      "Server, like http://127.0.0.1:8080 or https://coach.example; else the one that runs on the data directory")
    ->type_name("URL");
  add_connect_options(*command, line->way);
  command->add_option("--interval", line->interval_s, "Time between pages, 2 if not said")
    ->type_name("SECONDS")
    ->check(CLI::Range(0.1, 3600.0))
    ->check([](const std::string& text) {  // which a range does not exclude
      return text.find_first_of("nN") == std::string::npos ? std::string{} : std::string{"is no number of seconds"};
    });
  command->add_option("--pages", line->pages, "End after so many pages; 0, the default, goes on until Ctrl-C")
    ->type_name("COUNT")
    ->check(CLI::Range(0, 1'000'000));
  command->callback([&asked, settings, line] {
    asked.action = [&asked, settings, line] { return run_top(*line, settings, asked.with); };
  });
}

}  // namespace genesis::cli
