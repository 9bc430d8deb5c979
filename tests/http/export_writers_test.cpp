#include "domain/ensure.hpp"
#include "http/encoders.hpp"
#include "http/export_writers.hpp"
#include "tests/http/gunzip.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis::http {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Not;
using ::testing::Pointee;
using ::testing::SizeIs;

message message_saying(std::string content) {
  message what;
  what.id.value.bytes[15] = 1;
  what.conversation.value.bytes[15] = 2;
  what.seq = 3;
  what.content = std::move(content);
  what.metadata_json = R"({"a":1})";
  return what;
}

std::string taken(export_writer& writer) {
  std::string all;
  for (const auto& each : writer.take())
    all += *each;
  return all;
}

std::string whole(const export_form& form, const message& what) {
  const auto writer = make_export_writer(form);
  writer->add(what);
  writer->end();
  return taken(*writer);
}

TEST(ExportWriters, WriteMessagesAsTheApiShowsThem) {
  const auto what = message_saying("two\nlines");
  EXPECT_EQ(whole({}, what), json_encoders().message_body(what) + '\n');
}

TEST(ExportWriters, WriteMessagesAsRecords) {
  auto what = message_saying("Say \"hi\", twice\n=1");
  what.agent = agent::sage;
  what.role = message_role::assistant;
  what.run = run_id{};
  EXPECT_EQ(whole({.format = export_format::csv}, what),
    "id,conversation_id,seq,role,agent,content,status,run_id,artifacts,metadata,created_at,updated_at,revision\r\n"
    "00000000-0000-0000-0000-000000000001,00000000-0000-0000-0000-000000000002,3,assistant,sage,"
    "\"Say \"\"hi\"\", twice\n=1\",complete,00000000-0000-0000-0000-000000000000,[],\"{\"\"a\"\":1}\","
    "1970-01-01T00:00:00.000Z,1970-01-01T00:00:00.000Z,1\r\n");
  EXPECT_THAT(whole({.format = export_format::csv}, message_saying("=1+1")), HasSubstr(",'=1+1,"));
}

TEST(ExportWriters, WriteTheHeaderOfNoRecords) {
  const auto writer = make_export_writer({.format = export_format::csv});
  writer->end();
  EXPECT_THAT(taken(*writer), ::testing::EndsWith(",revision\r\n"));
}

TEST(ExportWriters, NameTheTypeOfEachThingAndCountThem) {
  const auto writer = make_export_writer({.is_everything = true});
  user person;
  person.email = "ann@example.org";
  session open;
  open.id.value.bytes[0] = 1;
  writer->add(person);
  writer->add(preferences{});
  writer->add(open, open.id);
  writer->add(api_key{});
  writer->add(conversation{});
  writer->add(message_saying("Hello"));
  writer->add(run{});
  writer->add(progress_record{});
  writer->add(workout_plan{});
  writer->add(nutrition_plan{});
  writer->add(nutrition_log{});
  writer->end();
  const auto text = taken(*writer);
  std::string types;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    const auto begin = std::string_view{"{\"type\":\""}.size() + at;
    types += text.substr(begin, text.find('"', begin) - begin) + ' ';
  }
  EXPECT_EQ(types, "profile preferences session api_key conversation message run progress workout_plan nutrition_plan "
                   "nutrition_log end ");
  EXPECT_THAT(
    text, HasSubstr(R"({"type":"profile","id":"00000000-0000-0000-0000-000000000000","email":"ann@example.org")"));
  EXPECT_THAT(text, HasSubstr(R"("current":true})"));
  EXPECT_TRUE(text.ends_with("{\"type\":\"end\",\"lines\":11}\n"));
}

TEST(ExportWriters, ShowNoSecrets) {
  const auto writer = make_export_writer({.is_everything = true});
  session open;
  open.refresh_hash.fill(0xAB);
  api_key key;
  key.hash.fill(0xCD);
  writer->add(open, session_id{});
  writer->add(key);
  const auto text = taken(*writer);
  EXPECT_THAT(text, Not(HasSubstr("abab")));
  EXPECT_THAT(text, Not(HasSubstr("cdcd")));
  EXPECT_THAT(text, Not(HasSubstr("hash")));
}

TEST(ExportWriters, GivePiecesOfABoundedSize) {
  const auto writer = make_export_writer({});
  std::string expected;
  for (int i = 0; i < 30; ++i) {
    const auto what = message_saying(std::string(30'000, 'a'));
    writer->add(what);
    expected += json_encoders().message_body(what) + '\n';
  }
  const auto pieces = writer->take();
  EXPECT_THAT(pieces, Each(Pointee(SizeIs(Le(export_piece_bytes_max)))));
  std::string all;
  for (const auto& each : pieces)
    all += *each;
  EXPECT_EQ(all, expected);
  EXPECT_TRUE(writer->take().empty()) << "each byte is given once";
}

TEST(ExportWriters, CodeEverythingTheyGiveAsOneMember) {
  for (const auto format : {export_format::ndjson, export_format::csv}) {
    const auto plain = make_export_writer({.format = format});
    const auto coded = make_export_writer({.format = format, .is_gzip = true});
    std::string text;
    std::string bytes;
    for (int i = 0; i < 100; ++i) {
      for (const auto& each : {plain.get(), coded.get()})
        each->add(message_saying("message " + std::to_string(i * 7'919)));
      text += taken(*plain);
      bytes += taken(*coded);
    }
    plain->end();
    coded->end();
    text += taken(*plain);
    bytes += taken(*coded);
    EXPECT_EQ(http::testing::gunzip(bytes), text);
    EXPECT_LT(bytes.size(), text.size() / 3);
  }
}

TEST(ExportWriters, RefuseRecordsOfAnythingButMessages) {
  const auto writer = make_export_writer({.format = export_format::csv});
  EXPECT_THROW(writer->add(conversation{}), broken_invariant);
}

TEST(ExportWriters, NameTheirMediaTypes) {
  EXPECT_EQ(export_media_type(export_format::ndjson), "application/x-ndjson");
  EXPECT_EQ(export_media_type(export_format::csv), "text/csv; charset=utf-8; header=present");
}

}  // namespace
}  // namespace genesis::http
