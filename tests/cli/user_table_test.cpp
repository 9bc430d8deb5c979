#include "cli/user_table.hpp"

#include <gtest/gtest.h>

#include <array>

namespace genesis::cli {

TEST(UserTable, PutsAccountsInColumns) {
  const std::array users{listed_user{"ann@example.com", "admin", true, "2026-03-01T07:30:00.000Z"},
    listed_user{"somebody.else@example.com", "user", false, "2026-03-02T07:30:00.000Z"}};
  EXPECT_EQ(user_table(users), "E-MAIL                     ROLE   ACTIVE  CREATED\n"
                               "ann@example.com            admin  yes     2026-03-01T07:30:00.000Z\n"
                               "somebody.else@example.com  user   no      2026-03-02T07:30:00.000Z\n");
}

TEST(UserTable, SaysThatThereIsNobody) {
  EXPECT_EQ(user_table({}), "There are no accounts. Make one with 'genesis user add'.\n");
}

TEST(UserTable, ShowsNothingThatSteersATerminal) {
  const std::array users{listed_user{"a\x1b[2Jb@example.com", "user", true, "now"}};
  EXPECT_EQ(user_table(users).find('\x1b'), std::string::npos);
}

}  // namespace genesis::cli
