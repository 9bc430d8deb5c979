#include "auth/access_token.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <vector>

namespace genesis::auth {

namespace {

/// A ring of one fresh key, and a token that is good for a quarter of an hour.
struct token_bench {
  token_parties parties{.issuer = "genesis", .audience = "genesis-api"};
  signing_keys keys{make_keys()};
  timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
  access_claims claims{.user = *user_id::parse("01953f5e-7c00-7a3b-9d55-2f1f6f1c0a01"),
    .session = *session_id::parse("01953f5e-7c00-7a3b-9d55-2f1f6f1c0a02"),
    .issued_at = now,
    .expires_at = now + std::chrono::minutes{15},
    .authenticated_at = now,
    .role = user_role::user,
    .id = *parse_uuid("01953f5e-7c00-7a3b-9d55-2f1f6f1c0a03")};

  static std::vector<signing_key> make_keys() {
    std::vector<signing_key> made;
    made.push_back(signing_key::generate("01953f5e-7c00-7a3b-9d55-2f1f6f1c0a04").value());
    return made;
  }
};

void issue_access_token(benchmark::State& state) {
  const token_bench bench;
  for (auto _ : state) {
    const auto token = issue(bench.claims, bench.parties, bench.keys);
    if (!token)
      state.SkipWithError("no token");
    benchmark::DoNotOptimize(&token);
  }
}
BENCHMARK(issue_access_token)->Unit(benchmark::kMicrosecond);

void verify_access_token(benchmark::State& state) {
  const token_bench bench;
  const auto token = issue(bench.claims, bench.parties, bench.keys).value();
  for (auto _ : state) {
    const auto claims = verify(token, bench.parties, bench.keys, bench.now);
    if (!claims)
      state.SkipWithError("the token is refused");
    benchmark::DoNotOptimize(&claims);
  }
}
BENCHMARK(verify_access_token)->Unit(benchmark::kMicrosecond);

/// What a flood of forged tokens costs.
void refuse_forged_access_token(benchmark::State& state) {
  const token_bench bench;
  auto token = issue(bench.claims, bench.parties, bench.keys).value();
  const auto signature = token.rfind('.') + 1;
  token[signature] = token[signature] == 'A' ? 'B' : 'A';
  for (auto _ : state) {
    const auto claims = verify(token, bench.parties, bench.keys, bench.now);
    if (claims)
      state.SkipWithError("a forged token is accepted");
    benchmark::DoNotOptimize(&claims);
  }
}
BENCHMARK(refuse_forged_access_token)->Unit(benchmark::kMicrosecond);

}  // namespace

}  // namespace genesis::auth
