#include "storage/cached_value.hpp"
#include "tests/storage/fixtures.hpp"

#include <limits>
#include <random>

namespace genesis::storage {

/// A value of a test's own: any type can be cached that says what it is called and made of.
struct weather {
  double degrees = 0;
  std::optional<std::string> place;
  std::vector<std::string> warnings;

  friend bool operator==(const weather&, const weather&) = default;
};

void each_column(row_of<weather> auto& row, auto& visit) {
  visit(row.degrees);
  visit(row.place);
  visit(row.warnings);
}

template <>
struct cached<weather> {
  static constexpr std::string_view name = "weather";
  static inline std::int64_t number = 1;
  static std::int64_t layout() noexcept { return number; }
};

template <>
struct cached<std::int64_t> {
  static constexpr std::string_view name = "number";
  static std::int64_t layout() noexcept { return 1; }
};

namespace {

session session_of(std::uint32_t number) {
  return {id_of<session_id>(number), at_ms(1), at_ms(2), at_ms(3), at_ms(4), hash_of(9), awkward_text, "::1"};
}

user_snapshot full_snapshot() {
  user_snapshot snapshot{full_user(1), full_preferences(), {session_of(1), session_of(2)}, 41};
  api_key key;
  key.id = id_of<api_key_id>(5);
  key.name = awkward_text;
  key.scopes = {key_scope::chat, key_scope::read};
  key.hash = hash_of(3);
  key.expires_at = at_ms(99);
  key.created_at = at_ms(7);
  key.updated_at = at_ms(8);
  snapshot.api_keys.push_back(key);
  snapshot.timeline = 3;
  snapshot.lists.workout_plans = {{full_workout_plan(1), plain_workout_plan(2)}, true};
  snapshot.lists.nutrition_plans = {{full_nutrition_plan(1)}, false};
  snapshot.lists.progress = page<progress_record>{};
  snapshot.lists.conversations = {{conversation_of(1)}, false};
  return snapshot;
}

void expect_same(const user_snapshot& left, const user_snapshot& right) {
  EXPECT_EQ(left.person, right.person);
  EXPECT_EQ(left.prefs, right.prefs);
  EXPECT_EQ(left.sessions, right.sessions);
  EXPECT_EQ(left.version, right.version);
  EXPECT_EQ(left.api_keys, right.api_keys);
  EXPECT_EQ(left.timeline, right.timeline);
  const auto expect_same_list = [](const auto& a, const auto& b) {
    ASSERT_EQ(a.has_value(), b.has_value());
    if (a) {
      EXPECT_EQ(a->items, b->items);
      EXPECT_EQ(a->has_more, b->has_more);
    }
  };
  expect_same_list(left.lists.workout_plans, right.lists.workout_plans);
  expect_same_list(left.lists.nutrition_plans, right.lists.nutrition_plans);
  expect_same_list(left.lists.progress, right.lists.progress);
  expect_same_list(left.lists.conversations, right.lists.conversations);
}

TEST(CachedValue, KeepsEverythingOfAPerson) {
  auto snapshot = full_snapshot();
  snapshot.prefs.owner = {};  // known by the key
  const auto found = from_cached<user_snapshot>(to_cached(snapshot));
  ASSERT_TRUE(found);
  expect_same(*found, snapshot);
  const user_snapshot plain{plain_user(2), {}, {}, 0};
  expect_same(from_cached<user_snapshot>(to_cached(plain)).value(), plain);
}

TEST(CachedValue, KeepsNumbersOfEverySize) {
  for (const std::int64_t number : {0L, 1L, -1L, 63L, 64L, -64L, -65L, 1L << 40,
         std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()})
    EXPECT_EQ(from_cached<std::int64_t>(to_cached(number)), number);
  EXPECT_EQ(to_cached(std::int64_t{-64}).size(), 2U) << "the layout and one byte";
  for (const double number : {0.0, -0.1, 1e300, std::numeric_limits<double>::denorm_min()})
    EXPECT_EQ(from_cached<weather>(to_cached(weather{number, {}, {}}))->degrees, number);
}

TEST(CachedValue, KeepsValuesOfAnyTypeThatSaysWhatItIsMadeOf) {
  const weather storm{-3.5, "Zo\u00ebville", {"wind", ""}};
  EXPECT_EQ(from_cached<weather>(to_cached(storm)), storm);
}

TEST(CachedValue, IsNotReadInAnotherLayout) {
  const auto bytes = to_cached(weather{1, "here", {}});
  cached<weather>::number = 2;
  EXPECT_EQ(from_cached<weather>(bytes), std::nullopt);
  cached<weather>::number = 1;
  EXPECT_TRUE(from_cached<weather>(bytes));
}

/// Whoever adds a column, or changes how one is written, raises `columns` in `cached<user_snapshot>::layout`.
TEST(CachedValue, HasTheLayoutThatItsNumberStandsFor) {
  const auto bytes = to_cached(full_snapshot());
  std::uint64_t sum = 14'695'981'039'346'656'037U;           // FNV-1a
  for (const auto each : std::string_view{bytes}.substr(3))  // behind the layout's number
    sum = (sum ^ static_cast<std::uint8_t>(each)) * 1'099'511'628'211U;
  EXPECT_EQ(cached<user_snapshot>::layout() / 10'000, 3);
  EXPECT_EQ(sum, 9'020'803'121'512'593'997U);
}

TEST(CachedValue, IsRefusedWhenCutOrLengthened) {
  const auto whole = to_cached(full_snapshot());
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(from_cached<user_snapshot>(std::string_view{whole}.substr(0, size))) << size;
  EXPECT_FALSE(from_cached<user_snapshot>(whole + '\0'));
}

TEST(CachedValue, SurvivesDamageOfAnyKind) {
  const auto whole = to_cached(full_snapshot());
  std::mt19937 dice{11};
  for (int i = 0; i < 20'000; ++i) {
    auto damaged = whole;
    for (auto count = 1 + dice() % 4; count > 0; --count)
      damaged[dice() % damaged.size()] = static_cast<char>(dice());
    from_cached<user_snapshot>(damaged);
  }
  for (int i = 0; i < 20'000; ++i) {
    std::string noise = whole.substr(0, 3);
    for (auto size = dice() % 200; size > 0; --size)
      noise += static_cast<char>(dice());
    from_cached<user_snapshot>(noise);
  }
}

TEST(CachedValue, BelievesNoCount) {
  value_writer claim;
  claim(cached<user_snapshot>::layout());
  const auto person = plain_user(1);
  const preferences prefs;
  each_column(person, claim);
  each_column(prefs, claim);
  claim(std::numeric_limits<std::int64_t>::max());  // sessions
  EXPECT_FALSE(from_cached<user_snapshot>(claim.take()));
}

}  // namespace
}  // namespace genesis::storage
