#include "cli/top.hpp"

#include "cli/metrics_snapshot.hpp"
#include "cli/printable_text.hpp"
#include "cli/problem_text.hpp"
#include "cli/top_view.hpp"

#include <ostream>

namespace genesis::cli {

namespace {

constexpr std::string_view clear_screen = "\x1b[H\x1b[2J";

result<metrics_snapshot> scrape(const std::string& server, http::transport& connection) {
  const auto answer = connection.exchange({"GET", "/metrics", {}, {}});
  if (!answer)
    return std::unexpected(unreachable(server, answer.error()));
  if (answer->status == 403)
    return fail(
      errc::forbidden, "The server does not show its metrics to this address. Add the address to metrics.allow there.");
  if (answer->status != 200)
    return fail(errc::unavailable,
      "The server answered /metrics with status " + std::to_string(answer->status) + ". " + explain(*answer));
  auto read = metrics_snapshot::parse(answer->body, metrics_snapshot::clock::now());
  if (!read)
    return fail(errc::unavailable, "What answers there is no GENESIS server: " + read.error().detail + '.');
  return read;
}

}  // namespace

int top(const top_options& options, const console& with, http::transport& connection) {
  auto before = scrape(options.server, connection);
  if (!before) {
    with.err << "genesis: " << printable(before.error().detail) << '\n';
    return 1;
  }
  for (std::size_t shown = 0; options.pages == 0 || shown < options.pages;) {
    if (!connection.wait(options.interval))
      break;
    auto after = scrape(options.server, connection);
    if (with.is_terminal)
      with.out << clear_screen;
    if (!after) {
      with.out << printable(after.error().detail) << " Waiting for it; Ctrl-C leaves.\n" << std::flush;
      if (!with.is_terminal)
        ++shown;  // a script must come to its end
      continue;
    }
    with.out << top_page(options.server, *before, *after, options.rows) << (with.is_terminal ? "" : "\n") << std::flush;
    before = std::move(after);
    ++shown;
  }
  return 0;
}

}  // namespace genesis::cli
