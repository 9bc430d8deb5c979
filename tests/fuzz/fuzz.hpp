#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// What every fuzz target shares. A target is one source `<name>_fuzz.cpp` that defines `fuzz`; it is linked with
/// libFuzzer (deploy/fuzz.sh) or with `replay.cpp`, which shows it the committed seeds.
namespace genesis::fuzz {

/// Looks at one input. Ends the process by `require` where a promise does not hold; any input at all may come.
void fuzz(std::string_view input);

/// Ends the process, so that the fuzzer keeps the input, unless `holds`.
inline void require(bool holds, const char* promise) {
  if (holds)
    return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

/// Takes the first byte off an input, as a choice among `count`.
inline std::size_t take_choice(std::string_view& input, std::size_t count) {
  if (input.empty())
    return 0;
  const auto byte = static_cast<unsigned char>(input.front());
  input.remove_prefix(1);
  return byte % count;
}

}  // namespace genesis::fuzz
