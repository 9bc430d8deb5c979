#include "http/json_span.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace genesis::http {
namespace {

std::vector<std::string> elements_of(std::string_view array) {
  std::vector<std::string> all;
  json_span items{array};
  while (const auto each = items.next_element())
    all.emplace_back(*each);
  return all;
}

TEST(JsonSpan, GivesElementsAsTheyAreWritten) {
  EXPECT_EQ(elements_of(R"( [ 1 , "a,]\"" ,[ 2,3 ],{"b" : "}"}, null,-1.50e2 ] )"),
    (std::vector<std::string>{"1", R"("a,]\"")", "[ 2,3 ]", R"({"b" : "}"})", "null", "-1.50e2"}));
  EXPECT_TRUE(elements_of("[]").empty());
  EXPECT_TRUE(elements_of("[ ]").empty());
}

TEST(JsonSpan, FindsTheTextOfAMember) {
  const std::string_view object = R"({ "a" : 1 , "met\u0061data" : { "x" : [1, 2 ] , "y":"\\" } ,"c":"\\"})";
  EXPECT_EQ(member_text(object, "a"), "1");
  EXPECT_EQ(member_text(object, "metadata"), R"({ "x" : [1, 2 ] , "y":"\\" })");
  EXPECT_EQ(member_text(object, "c"), R"("\\")");
  EXPECT_EQ(member_text(object, "x"), std::nullopt);
  EXPECT_EQ(member_text("{}", "a"), std::nullopt);
}

TEST(JsonNumbers, AreGivenAsTheyAreWritten) {
  json_numbers numbers{R"({"1":-1.50e+2,"a":[true,false,{"\"7":0}, 8 ],"b":"9\\","c":12E-3})"};
  for (const auto* each : {"-1.50e+2", "0", "8", "12E-3", "", ""})
    EXPECT_EQ(numbers.next(), each);
}

}  // namespace
}  // namespace genesis::http
