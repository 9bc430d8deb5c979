#include "auth/digest.hpp"
#include "auth/invitation_code.hpp"

#include <gtest/gtest.h>

namespace genesis::auth {
namespace {

TEST(InvitationCode, IsFoundByTheHashOfItsText) {
  const auto made = make_invitation_code();
  EXPECT_EQ(made.text.size(), 46);
  EXPECT_EQ(made.text.substr(0, 3), "gi_");
  EXPECT_EQ(made.hash, sha256(made.text));
  EXPECT_EQ(parse_invitation_code(made.text), made.hash);
}

TEST(InvitationCode, IsAnotherEachTime) {
  EXPECT_NE(make_invitation_code().text, make_invitation_code().text);
}

TEST(InvitationCode, ThatNobodyCanHaveMadeIsNone) {
  const auto good = make_invitation_code().text;
  EXPECT_EQ(parse_invitation_code(""), std::nullopt);
  EXPECT_EQ(parse_invitation_code("gi_"), std::nullopt);
  EXPECT_EQ(parse_invitation_code("gr_" + good.substr(3)), std::nullopt);
  EXPECT_EQ(parse_invitation_code(good.substr(0, 45)), std::nullopt);
  EXPECT_EQ(parse_invitation_code(good + "A"), std::nullopt);
  EXPECT_EQ(parse_invitation_code(good.substr(0, 44) + " A"), std::nullopt);
}

}  // namespace
}  // namespace genesis::auth
