#include "tests/http/transcript.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace genesis::http {
namespace {

using namespace std::string_literals;

/// Makes sound requests and damages them, from one seed.
class request_source {
public:
  explicit request_source(std::uint64_t seed) : random_(seed) {}

  std::mt19937_64& random() noexcept { return random_; }

  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

  /// A few requests, one behind the other.
  std::string sound_requests() {
    std::string bytes;
    for (std::size_t count = 1 + below(3); count > 0; --count)
      bytes += sound_request();
    return bytes;
  }

  /// Changes, removes, repeats or inserts a few bytes.
  std::string damaged(std::string bytes) {
    for (std::size_t times = 1 + below(4); times > 0 && !bytes.empty(); --times) {
      const std::size_t at = below(bytes.size());
      switch (below(5)) {
      case 0: bytes[at] = static_cast<char>(below(256)); break;
      case 1: bytes.erase(at, 1 + below(8)); break;
      case 2:
        bytes.insert(at, pick({"\r\n", "\n", "\r", " ", "\t", ":", "\0"s, ";", ",", "%", "HTTP/1.1", "chunked"}));
        break;
      case 3: bytes.insert(at, bytes.substr(at, below(60))); break;
      default: std::swap(bytes[at], bytes[below(bytes.size())]); break;
      }
    }
    return bytes;
  }

private:
  std::string pick(const std::vector<std::string>& choices) { return choices[below(choices.size())]; }

  std::string sound_request() {
    std::string bytes = below(8) == 0 ? "\r\n" : "";
    bytes += pick({"GET", "POST", "DELETE", "BREW"}) + ' ';
    bytes += pick({"/", "/api/v1/users/me", "/a%20b/c?x=1&y=%41", "http://h/x", "/" + std::string(below(300), 'p')});
    bytes += pick({" HTTP/1.1\r\n", " HTTP/1.1\r\n", " HTTP/1.2\r\n"}) + "Host: h\r\n";
    for (std::size_t count = below(6); count > 0; --count)
      bytes += pick({"Accept: */*\r\n", "X-Long: " + std::string(below(100), 'v') + "\r\n", "Connection: close\r\n",
        "X:\r\n", "Expect: 100-continue\r\n", "If-Match: \"a\"\r\n"});
    return bytes + sound_body();
  }

  std::string sound_body() {
    const std::string content(below(200), 'c');
    switch (below(3)) {
    case 0: return "\r\n";
    case 1: return "Content-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content;
    default: break;
    }
    std::string bytes = "Transfer-Encoding: chunked\r\n\r\n";
    for (std::size_t count = below(4); count > 0; --count)
      bytes += pick({"3\r\nabc\r\n", "1;x=y\r\n\n\r\n", "00a;q=\"\\\"\"\r\n0123456789\r\n"});
    return bytes + pick({"0\r\n\r\n", "0\r\nX: y\r\n\r\n", "000;e\r\n\r\n"});
  }

  std::mt19937_64 random_;
};

void expect_same_verdict(const std::string& bytes, std::mt19937_64& random) {
  const auto whole = testing::read_whole(bytes);
  for (const auto& split : {testing::read_bytewise(bytes), testing::read_in_pieces(bytes, random, 7),
         testing::read_in_pieces(bytes, random, 100)}) {
    ASSERT_EQ(split.text, whole.text) << bytes;
    ASSERT_EQ(split.fault, whole.fault) << bytes;
    ASSERT_EQ(split.requests, whole.requests) << bytes;
    ASSERT_EQ(split.rest, whole.rest) << bytes;
  }
}

TEST(RequestParserProperty, SoundRequestsAreReadHoweverTheyAreSplit) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    request_source source(seed);
    const std::string bytes = source.sound_requests();
    const auto whole = testing::read_whole(bytes);
    ASSERT_EQ(whole.fault, parse_fault::none) << bytes;
    ASSERT_GE(whole.requests, 1U) << bytes;
    ASSERT_EQ(whole.rest, "") << bytes;
    expect_same_verdict(bytes, source.random());
  }
}

TEST(RequestParserProperty, DamagedRequestsGetTheSameVerdictHoweverTheyAreSplit) {
  std::size_t refused = 0;
  for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
    SCOPED_TRACE(seed);
    request_source source(seed);
    const std::string bytes = source.damaged(source.sound_requests());
    refused += testing::read_whole(bytes).fault == parse_fault::none ? 0 : 1;
    expect_same_verdict(bytes, source.random());
    ASSERT_FALSE(HasFatalFailure());
  }
  EXPECT_GT(refused, 1'000U) << "most damage must be of a kind that matters";
}

TEST(RequestParserProperty, NoiseGetsTheSameVerdictHoweverItIsSplit) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    request_source source(seed);
    std::string bytes(source.below(400), '\0');
    std::ranges::generate(bytes, [&source] { return static_cast<char>(source.below(256)); });
    expect_same_verdict(bytes, source.random());
    ASSERT_FALSE(HasFatalFailure());
  }
}

TEST(RequestParserProperty, InputsAroundTheLimitsGetTheSameVerdictHoweverTheyAreSplit) {
  std::mt19937_64 random(1);
  for (const std::size_t size :
    {16'000U, 16'384U, 16'390U, 16'425U, 16'426U, 16'427U, 32'700U, 32'767U, 32'768U, 32'769U, 40'000U}) {
    const std::string filler(size, 'a');
    for (const auto& bytes : {filler, "GET /" + filler, "GET /" + filler + " HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET / " + filler, "GET / HTTP/1.1\r\nX: " + filler.substr(0, size - 23) + "\r\n\r\n",
           "GET / HTTP/1.1\r\nX: " + filler.substr(0, size - 20) + "\r", "GET / HTTP/1.1\r\nX: " + filler + "\n",
           "\r\nGET / HTTP/1.1\r\nX: " + filler}) {
      SCOPED_TRACE(size);
      const auto whole = testing::read_whole(bytes);
      // Byte by byte is quadratic in the test's own reader only where nothing is consumed; pieces of 7 are enough
      // there.
      const auto pieces = testing::read_in_pieces(bytes, random, 7);
      ASSERT_EQ(pieces.text, whole.text);
      ASSERT_EQ(pieces.fault, whole.fault);
    }
  }
}

}  // namespace
}  // namespace genesis::http
