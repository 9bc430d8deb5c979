#include "cli/metrics_snapshot.hpp"
#include "cli/printable_text.hpp"
#include "cli/top.hpp"
#include "cli/top_view.hpp"
#include "tests/cli/scripted_transport.hpp"

#include <gmock/gmock.h>

#include <sstream>

namespace genesis::cli {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

metrics_snapshot snapshot(std::string_view text, seconds at = seconds{0}) {
  auto read = metrics_snapshot::parse(text, metrics_snapshot::clock::time_point{at});
  EXPECT_TRUE(read) << read.error().detail;
  return read.value_or(metrics_snapshot{});
}

TEST(MetricsSnapshot, AddsUpTheSamplesThatHaveTheLabels) {
  const auto read =
    snapshot("# HELP a Text {of} help.\n# TYPE a counter\n"
             "a{x=\"1\",y=\"p\"} 2\na{x=\"1\",y=\"q\"} 3.5\na{x=\"2\",y=\"p\"} 1e2\nb 7 1700000000000\n");
  EXPECT_EQ(read.sum("a"), 105.5);
  EXPECT_EQ(read.sum("a", {{"x", "1"}}), 5.5);
  EXPECT_EQ(read.sum("a", {{"x", "1"}, {"y", "q"}}), 3.5);
  EXPECT_EQ(read.sum("a", {{"x", "3"}}), 0);
  EXPECT_EQ(read.sum("b"), 7);
  EXPECT_EQ(read.sum("c"), 0);
  EXPECT_THAT(read.label_values("a", "x"), ::testing::ElementsAre("1", "2"));
}

TEST(MetricsSnapshot, UndoesTheEscapesOfLabelValues) {
  const auto read = snapshot("a{x=\"q\\\"b\\\\n\\n,}\"} 1\n");
  EXPECT_EQ(read.sum("a", {{"x", "q\"b\\n\n,}"}}), 1);
}

TEST(MetricsSnapshot, NamesTheLineThatIsNoMetric) {
  for (const char* broken : {"a 1\nb\n", "a 1\nb{x=\"1} 2\n", "a 1\nb{x} 2\n", "a 1\n{} 2\n", "a 1\nb 2z\n"}) {
    const auto read = metrics_snapshot::parse(broken, {});
    ASSERT_FALSE(read) << broken;
    EXPECT_THAT(read.error().detail, HasSubstr("line 2")) << broken;
  }
}

TEST(Quantile, InterpolatesInsideTheBucketOfWhatCameBetween) {
  const cumulative_buckets before{{0.1, 100}, {0.2, 100}, {1.0, 100}};
  const cumulative_buckets after{{0.1, 150}, {0.2, 200}, {1.0, 200}};
  EXPECT_DOUBLE_EQ(quantile(0.5, before, after).value(), 0.1);
  EXPECT_DOUBLE_EQ(quantile(0.75, before, after).value(), 0.15);
  EXPECT_FALSE(quantile(0.5, after, after));
  EXPECT_FALSE(quantile(0.5, {}, {}));
}

TEST(Quantile, AboveTheLastBoundIsThatBound) {
  const cumulative_buckets after{{0.1, 0}, {10, 0}, {std::numeric_limits<double>::infinity(), 5}};
  EXPECT_DOUBLE_EQ(quantile(0.99, {}, after).value(), 10);
}

std::string scrape(int requests, int failed) {
  const auto number = [](int value) { return std::to_string(value); };
  std::string text = "genesis_build_info{version=\"9.8.7\"} 1\ngenesis_uptime_seconds 3725\n"
                     "genesis_requests_in_flight 3\ngenesis_connections 12345\n"
                     "genesis_cache_hits_total{cache_type=\"l1_user\"} " +
                     number(9 * requests) + "\ngenesis_cache_misses_total{cache_type=\"l1_user\"} " + number(requests) +
                     '\n';
  for (const char* route : {"/api/v1/users/me", "/quiet"}) {
    const int share = route == std::string_view{"/quiet"} ? 0 : 1;
    const std::string labels = std::string{"method=\"GET\",endpoint=\""} + route + '"';
    text += "genesis_requests_total{" + labels + ",status=\"200\"} " + number(share * (requests - failed)) + '\n';
    text += "genesis_requests_total{" + labels + ",status=\"503\"} " + number(share * failed) + '\n';
    text += "genesis_request_duration_seconds_bucket{" + labels + ",le=\"0.001\"} " + number(share * requests) + '\n';
    text += "genesis_request_duration_seconds_bucket{" + labels + ",le=\"+Inf\"} " + number(share * requests) + '\n';
  }
  return text;
}

TEST(TopPage, ShowsRatesQuantilesHitsAndTheBusyRoutes) {
  const auto page = top_page("http://h:1", snapshot(scrape(0, 0)), snapshot(scrape(10'000, 100), seconds{2}), 24);
  EXPECT_THAT(page, HasSubstr("GENESIS 9.8.7  http://h:1  up 1 h 2 min"));
  EXPECT_THAT(page, HasSubstr("requests   5,000/s   p50 0.5 ms  p95 0.9 ms  p99 1.0 ms   5xx 1.00 %"));
  EXPECT_THAT(page, HasSubstr("3 in flight   12,345 connections"));
  EXPECT_THAT(page, HasSubstr("cache hits 90.0 %"));
  EXPECT_THAT(page, HasSubstr("GET     /api/v1/users/me"));
  EXPECT_THAT(page, Not(HasSubstr("/quiet")));
}

TEST(TopPage, FitsEightyColumnsAndTheRows) {
  std::string text = scrape(1'000'000, 999);
  std::string none = "genesis_uptime_seconds 1\n";
  for (int i = 0; i < 60; ++i)
    text += "genesis_requests_total{method=\"OPTIONS\",endpoint=\"/api/v1/" + std::string(90, 'x') + std::to_string(i) +
            "\",status=\"200\"} 123456789\n";
  const auto page = top_page("http://" + std::string(200, 'h'), snapshot(none), snapshot(text, seconds{1}), 24);
  std::istringstream lines{page};
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count)
    EXPECT_LE(column_count(line), top_columns) << line;
  EXPECT_LE(count, 24U);
  EXPECT_GE(count, 20U);
}

TEST(TopPage, SaysSoWhenNothingCame) {
  const auto still = snapshot(scrape(5, 0));
  const auto page = top_page("http://h", still, snapshot(scrape(5, 0), seconds{2}), 24);
  EXPECT_THAT(page, HasSubstr("p50 -"));
  EXPECT_THAT(page, HasSubstr("no requests in this interval"));
}

TEST(TopPage, ARestartedServerShowsNoNegativeRates) {
  const auto page = top_page("http://h", snapshot(scrape(500, 5)), snapshot(scrape(5, 0), seconds{2}), 24);
  EXPECT_THAT(page, HasSubstr("requests   0.0/s   p50 -"));
}

class top_run {
public:
  scripted_transport server;
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;

  int run(std::size_t pages) {
    top_options options;
    options.server = "http://h";
    options.pages = pages;
    return top(options, console{in, out, err, false, {}}, server);
  }
};

TEST(Top, ShowsAPageForEachScrapeAfterTheFirst) {
  top_run shown;
  for (int i = 0; i < 3; ++i)
    shown.server.expect("GET /metrics", 200, scrape(i, 0));
  EXPECT_EQ(shown.run(2), 0);
  EXPECT_EQ(shown.err.str(), "");
  EXPECT_THAT(shown.out.str(), HasSubstr("GENESIS 9.8.7"));
}

TEST(Top, SaysWhyThereIsNothingToSee) {
  top_run refused;
  refused.server.expect("GET /metrics", scripted_transport::refuses{});
  EXPECT_EQ(refused.run(1), 1);
  EXPECT_THAT(refused.err.str(), HasSubstr("Cannot reach the server at http://h: "));
  EXPECT_THAT(refused.err.str(), HasSubstr("genesis serve"));

  top_run forbidden;
  forbidden.server.expect("GET /metrics", 403, "{}");
  EXPECT_EQ(forbidden.run(1), 1);
  EXPECT_THAT(forbidden.err.str(), HasSubstr("metrics.allow"));

  top_run other;
  other.server.expect("GET /metrics", 200, "<html>");
  EXPECT_EQ(other.run(1), 1);
  EXPECT_THAT(other.err.str(), HasSubstr("no GENESIS server"));
}

TEST(Top, WaitsForAServerThatIsAwayForAWhile) {
  top_run back;
  back.server.expect("GET /metrics", 200, scrape(1, 0));
  back.server.expect("GET /metrics", scripted_transport::refuses{});
  back.server.expect("GET /metrics", 200, scrape(2, 0));
  EXPECT_EQ(back.run(2), 0);
  EXPECT_THAT(back.out.str(), HasSubstr("Waiting for it"));
  EXPECT_THAT(back.out.str(), HasSubstr("GENESIS 9.8.7"));
}

}  // namespace
}  // namespace genesis::cli
