#include "cli/user_table.hpp"

#include <gtest/gtest.h>

#include <array>

namespace genesis::cli {

TEST(UserTable, PutsAccountsInColumns) {
  const std::array users{listed_user{"ann@example.com", "admin", true, "2026-03-01T07:30:00.000Z", "0198c5a2"},
    listed_user{"somebody.else@example.com", "user", false, "2026-03-02T07:30:00.000Z", "0198c5a3"}};
  EXPECT_EQ(user_table(users), "E-MAIL                     ROLE   ACTIVE  CREATED                   ID\n"
                               "ann@example.com            admin  yes     2026-03-01T07:30:00.000Z  0198c5a2\n"
                               "somebody.else@example.com  user   no      2026-03-02T07:30:00.000Z  0198c5a3\n");
}

TEST(UserTable, SaysThatThereIsNobody) {
  EXPECT_EQ(user_table({}), "There are no accounts. Make one with 'genesis user add'.\n");
}

TEST(UserTable, ShowsNothingThatSteersATerminal) {
  const std::array users{listed_user{"a\x1b[2Jb@example.com", "user", true, "now", "0198c5a2"}};
  EXPECT_EQ(user_table(users).find('\x1b'), std::string::npos);
}

}  // namespace genesis::cli
