#include "http/formats.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

TEST(Formats, KnowsTheLocalesOfTheCoach) {
  for (const char* tag : {"en", "es", "en-GB", "es-MX", "es-419"})
    EXPECT_TRUE(is_locale(tag)) << tag;
  for (const char* tag :
    {"", "e", "fr", "EN", "en-", "en-gb", "en_GB", "en-GBR", "es-41", "es-4190", "english", "en-GB-x"})
    EXPECT_FALSE(is_locale(tag)) << tag;
}

}  // namespace
}  // namespace genesis::http
