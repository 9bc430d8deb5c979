#include "tests/actors/actor_fixture.hpp"

namespace genesis {

namespace {

progress_record weight(const timestamp& at, std::uint8_t number, double kg) {
  progress_record made;
  made.id.value.bytes[15] = number;
  made.value = kg;
  made.recorded_at = made.created_at = made.updated_at = at;
  return made;
}

}  // namespace

class UserAdministration : public ActorTest {
protected:
  template <class Q>
  result<entity_reply> tell(Q question) {
    return world.get_from_owner<entity_reply>(ann.id, std::move(question));
  }
};

TEST_F(UserAdministration, MakesAnAccountWithoutASession) {
  uuid_source ids{[](std::uint8_t* bytes, std::size_t size) { std::fill_n(bytes, size, std::uint8_t{7}); }};
  const auto id = ids.next_id<user_id>(world.wall_time());
  create_account asked;
  asked.person.email = "bea@example.org";
  asked.person.role = user_role::coach;
  asked.password_hash = "hash";
  asked.created_at = world.wall_time() - std::chrono::days{90};
  const auto made = world.get_from_owner<entity_reply>(id, asked);
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(made->status, 201);
  const auto& stored = world.database->people.at(id);
  EXPECT_EQ(stored.person.role, user_role::coach);
  EXPECT_EQ(stored.person.created_at, *asked.created_at);
  EXPECT_EQ(stored.prefs.owner, id);
  EXPECT_TRUE(stored.sessions.empty());
  EXPECT_CODE(world.get_from_owner<entity_reply>(id, asked), errc::conflict);
}

TEST_F(UserAdministration, RemovesAnAccountWithoutASessionOfIt) {
  const auto run = world.chat(ann, "3");
  ASSERT_TRUE(tell(remove_account{}));
  EXPECT_FALSE(world.database->people.contains(ann.id));
  EXPECT_CODE(tell(get_user{ann.session}), errc::unauthorized);
  EXPECT_CODE(tell(remove_account{}), errc::not_found);
}

TEST_F(UserAdministration, LetsTheProfileFollowImportedRecordsInOneStep) {
  const auto now = world.wall_time();
  import_records what;
  what.records = {weight(now - std::chrono::days{3}, 1, 82), weight(now - std::chrono::days{1}, 3, 80),
    weight(now - std::chrono::days{2}, 2, 81)};
  const auto before = world.stored(ann).person.revision;
  ASSERT_TRUE(tell(what));
  const auto& person = world.stored(ann).person;
  ASSERT_TRUE(person.weight_kg);
  EXPECT_EQ(person.weight_kg->value, 80);
  EXPECT_EQ(person.weight_kg->record, what.records[1].id);
  EXPECT_EQ(person.revision, before + 1) << "one transaction raises it once";
  import_records older;
  older.records = {weight(now - std::chrono::days{9}, 9, 99)};
  ASSERT_TRUE(tell(older));
  EXPECT_EQ(world.stored(ann).person.weight_kg->value, 80);
  EXPECT_EQ(world.stored(ann).person.revision, before + 1) << "nothing that it shows has changed";
}

TEST_F(UserAdministration, TakesTheLargestImportAndRefusesOneRowMore) {
  import_records what;
  for (std::size_t i = 0; i < import_rows_max; ++i) {
    what.records.push_back(weight(world.wall_time() - std::chrono::minutes{i}, 0, 80));
    what.records.back().metric = progress_metric::energy;
    what.records.back().value = 3;
    what.records.back().id.value.bytes[14] = static_cast<std::uint8_t>(i / 256);
    what.records.back().id.value.bytes[15] = static_cast<std::uint8_t>(i % 256);
  }
  ASSERT_TRUE(tell(what));
  what.conversations.emplace_back();
  EXPECT_CODE(tell(what), errc::invalid_argument);
}

TEST_F(UserAdministration, ShowsAnImportedConversationAtOnce) {
  import_records what;
  auto& thread = what.conversations.emplace_back();
  thread.id.value.bytes[15] = 5;
  thread.message_count = 1;
  auto& said = what.messages.emplace_back();
  said.id.value.bytes[15] = 6;
  said.conversation = thread.id;
  said.seq = 1;
  said.content = "hello";
  ASSERT_TRUE(tell(what));
  EXPECT_TRUE(tell(get_conversation{ann.session, thread.id}));
  EXPECT_TRUE(tell(get_message{ann.session, said.id}));
}

}  // namespace genesis
