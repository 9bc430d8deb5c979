#include "domain/nutrition_log.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace genesis {
namespace {

TEST(DayNumber, CountsFrom1970AndBack) {
  EXPECT_EQ(day_number(*parse_iso_date("1970-01-01")), 0);
  EXPECT_EQ(day_number(*parse_iso_date("2026-03-01")), 20'513);
  EXPECT_EQ(day_number(*parse_iso_date("1969-12-31")), -1);
  for (const auto number : {-25'567, -1, 0, 20'513})
    EXPECT_EQ(day_number(day_numbered(number)), number);
}

TEST(DayNumber, BeyondWhatCanBeWrittenIsTheLastOrFirstDay) {
  EXPECT_EQ(to_iso_date(day_numbered(std::numeric_limits<std::int64_t>::max())), "9999-12-31");
  EXPECT_EQ(to_iso_date(day_numbered(std::numeric_limits<std::int64_t>::min())), "0001-01-01");
}

TEST(NutritionLogPatch, ChangesWhatItNamesAndNothingElse) {
  nutrition_log what;
  what.description = "Porridge";
  what.fat_g = 7;
  what.note = "kept";
  auto expected = what;
  apply(nutrition_log_patch{}, what);
  EXPECT_EQ(what, expected);
  const auto day = *parse_iso_date("2026-03-01");
  apply({.log_date = day,
          .meal = meal::breakfast,
          .description = "Muesli",
          .energy_kcal = 400,
          .protein_g = std::optional{12.5},
          .carbs_g = std::optional{60.0},
          .fat_g = std::optional<double>{},
          .fibre_g = std::optional{8.0}},
    what);
  expected.log_date = day;
  expected.meal = meal::breakfast;
  expected.description = "Muesli";
  expected.energy_kcal = 400;
  expected.protein_g = 12.5;
  expected.carbs_g = 60;
  expected.fat_g.reset();
  expected.fibre_g = 8;
  EXPECT_EQ(what, expected);
  apply({.note = std::optional<std::string>{}}, what);
  EXPECT_EQ(what.note, std::nullopt);
}

}  // namespace
}  // namespace genesis
