#include "domain/entity_tag.hpp"

#include <gtest/gtest.h>

#include <set>

namespace genesis {
namespace {

const uuid one = *parse_uuid("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
const uuid other = *parse_uuid("017f22e2-79b0-7cc3-98c4-dc0c0c073990");

TEST(EntityTag, IsAQuotedStrongTag) {
  EXPECT_EQ(entity_tag(one, 12), "\"o017f22e279b07cc398c4dc0c0c07398f.12\"");
  EXPECT_EQ(entity_tag(one, 12, 'o', 1), entity_tag(one, 12)) << "a database's first timeline is not said";
  EXPECT_EQ(entity_tag(one, 12, 'o', 3), "\"o017f22e279b07cc398c4dc0c0c07398f.12.3\"");
}

TEST(EntityTag, IsItsOwnForEveryObjectRevisionAndPart) {
  std::set<std::string> tags;
  for (const auto& object : {one, other})
    for (const std::int64_t revision : {1, 2, 11, 12})
      for (const char part : {'o', 'p'})
        tags.insert(entity_tag(object, revision, part));
  EXPECT_EQ(tags.size(), 16u);
}

TEST(Precondition, HoldsForATagThatIsNamed) {
  const precondition asked{.any = false, .tags = {entity_tag(one, 1), entity_tag(one, 2)}};
  EXPECT_TRUE(asked.holds_for(entity_tag(one, 2)));
  EXPECT_FALSE(asked.holds_for(entity_tag(one, 3)));
}

TEST(Precondition, HoldsForAnythingByTheAsterisk) {
  EXPECT_TRUE((precondition{.any = true, .tags = {}}).holds_for(entity_tag(one, 3)));
  EXPECT_FALSE(precondition{}.holds_for(entity_tag(one, 3)));
  EXPECT_TRUE((precondition{false, {"\"a\""}, true}.holds_for("\"b\"")));
  EXPECT_FALSE((precondition{false, {"\"a\""}, true}.holds_for("\"a\"")));
  EXPECT_FALSE((precondition{true, {}, true}.holds_for("\"a\"")));
}

TEST(Precondition, HoldsTogetherWithAnotherWhereBothDo) {
  std::vector<precondition> all;
  for (const bool is_negated : {false, true})
    for (const bool any : {false, true})
      for (const auto& tags : {std::vector<std::string>{}, {"a"}, {"b"}, {"a", "b"}})
        all.push_back({any, tags, is_negated});
  for (const auto& left : all)
    for (const auto& right : all)
      for (const auto* current : {"a", "b", "c"})
        EXPECT_EQ(both(left, right).holds_for(current), left.holds_for(current) && right.holds_for(current));
}

}  // namespace
}  // namespace genesis
