#include "benchmarks/micro/sample_person.hpp"
#include "domain/energy.hpp"
#include "domain/macros.hpp"
#include "domain/strength.hpp"

#include <benchmark/benchmark.h>

namespace genesis {

namespace {

void energy_target_from_profile(benchmark::State& state) {
  const auto person = benchmarks::sample_person();
  for (auto _ : state) {
    const auto target = energy_target_of(person, benchmarks::sample_day());
    if (!target)
      state.SkipWithError("the profile has gaps");
    benchmark::DoNotOptimize(&target);
  }
}
BENCHMARK(energy_target_from_profile);

void macro_targets_of_four_meals(benchmark::State& state) {
  for (auto _ : state) {
    const auto targets = macro_targets_for(2'000, 64.5, goal::lose_weight, 4);
    if (!targets)
      state.SkipWithError("the energy is too little");
    benchmark::DoNotOptimize(&targets);
  }
}
BENCHMARK(macro_targets_of_four_meals);

void one_rep_max_by_all_formulas(benchmark::State& state) {
  for (auto _ : state) {
    const auto estimate = one_rep_max_of(100, 5);
    if (!estimate)
      state.SkipWithError("the set is out of range");
    benchmark::DoNotOptimize(&estimate);
  }
}
BENCHMARK(one_rep_max_by_all_formulas);

}  // namespace

}  // namespace genesis
