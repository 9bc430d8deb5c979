#include "http/csv_writer.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

std::string record_of(std::initializer_list<std::string_view> values) {
  std::string out;
  csv_writer csv{out};
  for (const auto each : values)
    csv.value(each);
  csv.end_record();
  return out;
}

std::string text_as_written(std::string_view text) {
  std::string out;
  csv_writer{out}.text(text);
  return out;
}

TEST(CsvWriter, SeparatesValuesAndEndsRecords) {
  EXPECT_EQ(record_of({"a", "b c", ""}), "a,b c,\r\n");
  EXPECT_EQ(record_of({"", ""}), ",\r\n");
  std::string out;
  csv_writer csv{out};
  csv.value("1").value("2").end_record();
  csv.value("3").end_record();
  EXPECT_EQ(out, "1,2\r\n3\r\n");
}

TEST(CsvWriter, QuotesWhatRfc4180Says) {
  EXPECT_EQ(record_of({"a,b", "c"}), "\"a,b\",c\r\n");
  EXPECT_EQ(record_of({"say \"hi\""}), "\"say \"\"hi\"\"\"\r\n");
  EXPECT_EQ(record_of({"\""}), "\"\"\"\"\r\n");
  EXPECT_EQ(record_of({"two\nlines", "two\r\nlines"}), "\"two\nlines\",\"two\r\nlines\"\r\n");
  EXPECT_EQ(record_of({" a ", "\xC3\xA9;\t'"}), " a ,\xC3\xA9;\t'\r\n");
}

TEST(CsvWriter, KeepsSpreadsheetsFromReadingTextsAsFormulas) {
  for (const std::string_view start :
    {"=", "+", "-", "@", "\t", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"})
    EXPECT_EQ(text_as_written(std::string{start} + "1"), '\'' + std::string{start} + '1') << start;
  EXPECT_EQ(text_as_written("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
  EXPECT_EQ(text_as_written("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(text_as_written("\n=1"), "\"'\n=1\"");
  EXPECT_EQ(text_as_written("1 = 1 - 0"), "1 = 1 - 0");
  EXPECT_EQ(text_as_written(""), "");
}

TEST(CsvWriter, MarksAnApostropheSoThatTakingOneOffGivesTheText) {
  EXPECT_EQ(text_as_written("'quoted'"), "''quoted'");
  EXPECT_EQ(text_as_written("it's"), "it's");
}

}  // namespace
}  // namespace genesis::http
