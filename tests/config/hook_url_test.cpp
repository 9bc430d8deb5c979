#include "config/hook_url.hpp"

#include <gtest/gtest.h>

namespace genesis::config {
namespace {

TEST(HookUrl, IsReadIntoItsParts) {
  EXPECT_EQ(*hook_url::parse("https://cdn.example/purge"), (hook_url{"https://cdn.example", "/purge"}));
  EXPECT_EQ(*hook_url::parse("https://cdn.example"), (hook_url{"https://cdn.example", "/"}));
  EXPECT_EQ(*hook_url::parse("http://127.0.0.1:6081"), (hook_url{"http://127.0.0.1:6081", "/"}));
  EXPECT_EQ(*hook_url::parse("http://[::1]:6081/a/?b=c%20d"), (hook_url{"http://[::1]:6081", "/a/?b=c%20d"}));
  EXPECT_EQ(*hook_url::parse("https://cdn.example?zone=7"), (hook_url{"https://cdn.example", "/?zone=7"}));
  EXPECT_EQ(hook_url::parse("https://cdn.example/" + std::string(2'047, 'x'))->target.size(), 2'048U);
}

TEST(HookUrl, IsNothingElse) {
  for (const auto* text : {"", "cdn.example", "ftp://cdn.example/", "https://", "https:///purge",
         "https://CDN.example/", "https://cdn.example:0/", "https://cdn.example:65536/", "https://cdn.example:443/",
         "https://cdn.example/#a", "https://cdn.example/a b", "https://cdn.example/\xC3\xA4",
         "https://cdn.example/\r\nX: y", "https://[::1", "https://cdn.example:80/ "})
    EXPECT_FALSE(hook_url::parse(text)) << text;
  EXPECT_FALSE(hook_url::parse("https://cdn.example/" + std::string(2'048, 'x')));
}

TEST(HookUrl, HoldsNoPasswordAndRepeatsNone) {
  const auto refused = hook_url::parse("https://me:hunter2@cdn.example/");
  ASSERT_FALSE(refused);
  EXPECT_FALSE(refused.error().contains("hunter2"));
}

}  // namespace
}  // namespace genesis::config
