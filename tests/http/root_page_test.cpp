#include "http/root_page.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

TEST(RootPage, ShowsTheCommandForTheHostThatWasAsked) {
  EXPECT_TRUE(root_page("127.0.0.1:20001", false).contains("POST 'http://127.0.0.1:20001/api/v1/auth/register'"));
  EXPECT_TRUE(root_page("[::1]:20001", false).contains("'http://[::1]:20001/api/"));
  EXPECT_TRUE(root_page("coach.example", true).contains("'https://coach.example/api/"));
}

TEST(RootPage, ShowsNoHostThatIsMoreThanThat) {
  for (const std::string host : {"", "a'; rm -rf /", "<b>", "a$(id)", "a b", "a&amp;"}) {
    EXPECT_TRUE(root_page(host, false).contains("'http://SERVER/api/")) << host;
  }
  EXPECT_TRUE(root_page(std::string(261, 'a'), false).contains("//aaa"));
  EXPECT_TRUE(root_page(std::string(262, 'a'), false).contains("//SERVER/"));
}

}  // namespace
}  // namespace genesis::http
