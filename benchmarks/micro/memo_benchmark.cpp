#include "actors/memo.hpp"
#include "actors/statistics.hpp"
#include "benchmarks/micro/sample_person.hpp"
#include "domain/coach/reply.hpp"
#include "domain/energy.hpp"
#include "domain/macros.hpp"
#include "domain/progress.hpp"
#include "storage/migrations.hpp"
#include "storage/sql_store.hpp"
#include "tests/temporary_directory.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <stdexcept>

/// What a memo saves: each computation, and the same value found. The argument of the second pair is the number of
/// records that somebody has in the coach's window. A hit costs its asker an actor hop more (actor_hop_benchmark.cpp),
/// a read of the database two, both between threads.
namespace genesis {

namespace {

// --- nutrition maths

struct nutrition {
  energy_target energy;
  macro_targets macros;
};

nutrition nutrition_of(const user& person, calendar_day day) {
  const auto energy = energy_target_of(person, day);
  const auto macros = macro_targets_for(energy->target_kcal, person.weight_kg->value, *person.goal, 4);
  return {*energy, *macros};
}

/// Everything that it follows from.
using nutrition_memo = memo<nutrition(double, double, double, int, sex, activity_level, goal, std::int64_t, int)>;

nutrition_memo::key arguments_of(const user& person, calendar_day day) {
  const auto age = age_of(person, day);
  return {person.weight_kg->value, *person.height_cm, person.body_fat_pct ? person.body_fat_pct->value : 0,
    age.value_or(0), *person.sex, *person.activity_level, *person.goal,
    std::chrono::sys_days{day}.time_since_epoch().count(), 4};
}

template <class Value>
std::size_t nothing_beside(const Value&) {
  return sizeof(Value);
}

void nutrition_maths_computed(benchmark::State& state) {
  const auto person = benchmarks::sample_person();
  for (auto _ : state) {
    auto made = nutrition_of(person, benchmarks::sample_day());
    benchmark::DoNotOptimize(&made);
  }
}
BENCHMARK(nutrition_maths_computed);

void nutrition_maths_remembered(benchmark::State& state) {
  const auto person = benchmarks::sample_person();
  const auto day = benchmarks::sample_day();
  nutrition_memo known{
    memoised::recent_records, {}, [] { return std::chrono::steady_clock::time_point{}; }, nothing_beside};
  for (auto _ : state) {
    nutrition_memo::value_ptr found;
    known.recall(
      arguments_of(person, day),
      [&](const nutrition_memo::computation_ptr& begun) {
        begun->end(std::make_shared<const nutrition>(nutrition_of(person, day)));
      },
      [&](const nutrition_memo::outcome& outcome) { found = *outcome; });
    benchmark::DoNotOptimize(&found);
  }
}
BENCHMARK(nutrition_maths_remembered);

// --- what trends are worked out from

/// A database with one person, who has measured so often.
class measured_person {
public:
  explicit measured_person(std::int64_t records) {
    const storage::database_url file{directory_.path() / "genesis.db"};
    if (!storage::migrate(file))
      throw std::runtime_error("no database");
    storage::store_options options;
    options.database = file;
    store_ = std::move(*storage::sql_store::open(options, storage::access::writer));
    storage::write_batch batch;
    batch.user = person_.id;
    batch.mutations.emplace_back(storage::create_user{person_, {}, "hash"});
    for (std::int64_t i = 0; i < records; ++i) {
      progress_record one;
      one.id = *progress_id::parse("01953f5e-7c00-7a3b-9d55-2f1f6f1c0a01");
      for (std::size_t byte = 0; byte < 8; ++byte)
        one.id.value.bytes[15 - byte] = static_cast<std::uint8_t>(i >> (8 * byte));
      one.recorded_at = person_.created_at - std::chrono::minutes{i * 200};
      one.value = 80;
      batch.mutations.emplace_back(storage::put_progress{one});
    }
    const std::array<const storage::write_batch*, 1> all{&batch};
    if (!store_->write(all).front())
      throw std::runtime_error("nothing was written");
  }

  [[nodiscard]] const user& person() const noexcept { return person_; }

  std::vector<progress_record> read() {
    storage::list_progress question;
    question.user = person_.id;
    question.from = person_.created_at - coach::records_window;
    question.page.limit = storage::coaching_records_max;
    auto found = store_->answer(question);
    std::ranges::reverse(found->items);
    return std::move(found->items);
  }

private:
  temporary_directory directory_;
  user person_ = benchmarks::sample_person();
  std::unique_ptr<storage::sql_store> store_;
};

void recent_records_read(benchmark::State& state) {
  measured_person somebody{state.range(0)};
  for (auto _ : state) {
    auto found = somebody.read();
    benchmark::DoNotOptimize(&found);
  }
}
BENCHMARK(recent_records_read)->Arg(0)->Arg(30)->Arg(450);

void recent_records_remembered(benchmark::State& state) {
  using records = std::vector<progress_record>;
  using records_memo = memo<records(user_id, std::int64_t)>;
  measured_person somebody{state.range(0)};
  records_memo known{memoised::recent_records, statistics_limits,
    [] { return std::chrono::steady_clock::time_point{}; }, nothing_beside};
  for (auto _ : state) {
    records found;  // a turn has its own
    known.recall(
      {somebody.person().id, 7},
      [&](const records_memo::computation_ptr& begun) { begun->end(std::make_shared<const records>(somebody.read())); },
      [&](const records_memo::outcome& outcome) { found = **outcome; });
    benchmark::DoNotOptimize(&found);
  }
}
BENCHMARK(recent_records_remembered)->Arg(0)->Arg(30)->Arg(450);

}  // namespace

}  // namespace genesis
