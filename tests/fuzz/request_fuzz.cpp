#include "tests/fuzz/fuzz.hpp"
#include "tests/http/transcript.hpp"

namespace genesis::fuzz {

/// Request heads and body framing: the verdict depends on the bytes alone, never on how they were split, and whatever
/// is accepted obeys the limits.
void fuzz(std::string_view input) {
  constexpr std::size_t bytewise_max = 4'096;  // a byte at a time costs the square of a head's size
  const auto whole = http::testing::read_whole(input);
  require(whole.rest.size() <= input.size(), "nothing is left over that did not arrive");

  std::mt19937_64 random(input.size());
  for (const std::size_t piece_max : {3U, 64U, 5'000U}) {
    if (piece_max == 3 && input.size() > bytewise_max)
      continue;
    const auto split = http::testing::read_in_pieces(input, random, piece_max);
    require(split.text == whole.text, "the same requests, however they are split");
    require(split.fault == whole.fault, "the same fault, however they are split");
    require(split.rest == whole.rest, "the same rest, however they are split");
  }
}

}  // namespace genesis::fuzz
