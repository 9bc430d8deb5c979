#include "tests/actors/actor_fixture.hpp"

#include <gmock/gmock.h>

namespace genesis {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// What a reader of an export was sent.
struct export_reading {
  export_actor source;
  std::uint64_t number = 0;
  bool is_slow = false;       ///< Writes nothing by itself.
  std::size_t unwritten = 0;  ///< Bytes.
  std::string text;
  bool has_ended = false;
  bool is_dropped = false;

  [[nodiscard]] std::size_t lines() const { return static_cast<std::size_t>(std::ranges::count(text, '\n')); }
};
using export_reading_ptr = std::shared_ptr<export_reading>;
using export_readings = std::map<std::uint64_t, export_reading_ptr>;

reader_host_actor::behavior_type export_host(reader_host_actor::pointer self, export_readings* all) {
  return {
    [self, all](const reader_frames& batch) {
      auto& who = *all->at(batch.reader);
      EXPECT_FALSE(who.has_ended || who.is_dropped) << "frames behind the end";
      EXPECT_LT(who.unwritten, export_window_bytes) << "more before the rest was written";
      for (const auto& frame : batch.frames) {
        who.text += *frame;
        who.unwritten += frame->size();
      }
      who.has_ended = batch.is_last;
      if (!who.is_slow)
        self->send(who.source, reader_ready{batch.reader, std::exchange(who.unwritten, 0)},
          caf::actor_cast<reader_host_actor>(self));
    },
    [all](const reader_dropped& who) { all->at(who.reader)->is_dropped = true; },
  };
}

world_options options_with(config::settings settings, std::uint64_t seed = 0) {
  world_options options;
  options.seed = seed;
  options.settings = std::move(settings);
  return options;
}

/// People who export, and connections that read.
class exporting_world : public actor_world {
public:
  explicit exporting_world(world_options of = {}) : actor_world(std::move(of)) {
    host_ = system().spawn(export_host, &readings_);
  }
  ~exporting_world() {
    caf::anon_send_exit(host_, caf::exit_reason::user_shutdown);
    for (auto& [number, each] : readings_)
      each->source = nullptr;
    host_ = nullptr;
    run();
  }

  /// Messages of this length, which begin with their numbers.
  void add_messages(const person& who, const conversation_id& in, int count, std::size_t length = 0) {
    auto& row = stored(who);
    auto& thread = row.conversations.at(in);
    for (int i = 0; i < count; ++i) {
      message made;
      made.conversation = in;
      made.seq = ++thread.message_count;
      made.id.value.bytes[0] = 7;
      made.id.value.bytes[1] = in.value.bytes[15];
      made.id.value.bytes[14] = static_cast<std::uint8_t>(made.seq >> 8);
      made.id.value.bytes[15] = static_cast<std::uint8_t>(made.seq);
      made.content = std::to_string(made.seq);
      if (length > made.content.size())
        made.content.resize(length, '.');
      row.messages.emplace(made.id, made);
    }
  }

  result<export_ticket> start_for(const person& who, export_form form = {},
    std::optional<conversation_id> in = std::nullopt, std::optional<credential> by = std::nullopt) {
    return get_from_owner<export_ticket>(who.id, start_export{by.value_or(who.session), form, in});
  }
  result<bool> begin(const export_ticket& ticket) { return get<bool>(ticket.actor, begin_export{}); }
  export_reading_ptr attach(const export_ticket& ticket, bool is_slow = false) {
    auto added = std::make_shared<export_reading>();
    added->source = ticket.actor;
    added->number = next_++;
    added->is_slow = is_slow;
    readings_.emplace(added->number, added);
    caf::anon_send(ticket.actor, attach_reader{added->number}, host_);
    return added;
  }
  /// An export that has begun, and its reader.
  export_reading_ptr read(const person& who, bool is_slow = false, export_form form = {}) {
    const auto ticket = start_for(who, form);
    EXPECT_TRUE(ticket) << ticket.error().detail;
    if (!ticket || !begin(*ticket))
      return std::make_shared<export_reading>();
    return attach(*ticket, is_slow);
  }
  void detach(const export_reading& who) { caf::anon_send(who.source, detach_reader{who.number}, host_); }
  void give_credit(export_reading& who) {
    caf::anon_send(who.source, reader_ready{who.number, std::exchange(who.unwritten, 0)}, host_);
  }
  [[nodiscard]] bool is_over(const export_reading& who) { return who.has_ended || who.is_dropped; }

private:
  export_readings readings_;
  reader_host_actor host_;
  std::uint64_t next_ = 1;
};

std::int64_t exports_now() {
  return total_of(&actor_counters::exports_now);
}
std::int64_t ended_with(export_outcome how) {
  std::uint64_t sum = 0;
  per_thread<actor_counters>::for_each(
    [&](const actor_counters& thread) { sum += thread.exports_ended[static_cast<std::size_t>(how)].value(); });
  return static_cast<std::int64_t>(sum);
}

std::string numbered_lines(int from, int to) {
  std::string all;
  for (int i = from; i <= to; ++i)
    all += "message " + std::to_string(i) + '\n';
  return all;
}

/// Longer than a window together: three of them are a part.
constexpr std::size_t long_text = 30'000;

}  // namespace

class Exports : public ::testing::Test {
protected:
  /// As many ended so as `count` while the test ran.
  void expect_ended(export_outcome how, std::int64_t count = 1) {
    world.run();
    EXPECT_EQ(ended_with(how) - ended_before_[static_cast<std::size_t>(how)], count) << name_of(how);
    EXPECT_EQ(exports_now(), now_before_);
  }

private:
  std::int64_t now_before_ = exports_now();
  std::array<std::int64_t, enum_names<export_outcome>.size()> ended_before_ = [] {
    std::array<std::int64_t, enum_names<export_outcome>.size()> before{};
    for (const auto& [how, name] : enum_names<export_outcome>)
      before[static_cast<std::size_t>(how)] = ended_with(how);
    return before;
  }();

protected:
  exporting_world world;
  person ann = world.add_person(1);
  conversation_id talk = world.add_conversation(ann);
};

TEST_F(Exports, GiveEveryMessageInItsOrderAndThenTheEnd) {
  world.add_messages(ann, talk, 10);
  const auto bob = world.add_person(2);
  world.add_messages(bob, world.add_conversation(bob, 2), 2);
  const auto reader = world.read(ann);
  ASSERT_TRUE(world.run_until([&] { return reader->has_ended; }));
  EXPECT_EQ(reader->text, numbered_lines(1, 10) + "end \n");
  expect_ended(export_outcome::complete);
}

TEST_F(Exports, GiveTheEndToWhoHasNothing) {
  const auto reader = world.read(ann);
  ASSERT_TRUE(world.run_until([&] { return reader->has_ended; }));
  EXPECT_EQ(reader->text, "end \n");
  expect_ended(export_outcome::complete);
}

TEST_F(Exports, GiveTheMessagesOfOneConversation) {
  world.add_messages(ann, talk, 4);
  const auto other = world.add_conversation(ann, 2);
  world.add_messages(ann, other, 5);
  const auto ticket = world.start_for(ann, {}, other);
  ASSERT_TRUE(ticket);
  ASSERT_TRUE(world.begin(*ticket));
  const auto reader = world.attach(*ticket);
  ASSERT_TRUE(world.run_until([&] { return reader->has_ended; }));
  EXPECT_EQ(reader->text, numbered_lines(1, 5) + "end \n");
}

TEST_F(Exports, RefuseAConversationOfSomebodyElse) {
  const auto bob = world.add_person(2);
  EXPECT_CODE(world.start_for(bob, {}, talk), errc::not_found);
  expect_ended(export_outcome::failed, 0);
}

TEST_F(Exports, GiveEverythingThatIsKept) {
  world.add_messages(ann, talk, 2);
  world.add_progress(ann, 1, progress_metric::weight_kg, 80, std::chrono::hours{1});
  auto& row = world.stored(ann);
  workout_plan plan;
  plan.name = "squats";
  row.workout_plans.emplace(plan.id, plan);
  nutrition_log log;
  log.description = "soup";
  row.nutrition_logs.emplace(log.id, log);
  const auto reader = world.read(ann, false, {.is_everything = true});
  ASSERT_TRUE(world.run_until([&] { return reader->has_ended; }));
  EXPECT_EQ(
    reader->text, "profile person1@example.org\npreferences " + to_string(ann.id) + "\nthis session " +
                    to_string(ann.session) + "\nconversation " + to_string(talk) +
                    "\nmessage 1\nmessage 2\nprogress weight_kg\nworkout_plan squats\nnutrition_log soup\nend \n");
  expect_ended(export_outcome::complete);
}

TEST_F(Exports, ShowAnApiKeyNoSessionsAndNoKeys) {
  api_key key;
  key.id.value.bytes[0] = 9;
  key.name = "watch";
  key.scopes = {key_scope::read};
  world.stored(ann).api_keys.emplace(key.id, key);
  const auto read_with = [&](const credential& by) {
    const auto ticket = world.start_for(ann, {.is_everything = true}, std::nullopt, by);
    EXPECT_TRUE(ticket);
    EXPECT_TRUE(world.begin(*ticket));
    const auto reader = world.attach(*ticket);
    EXPECT_TRUE(world.run_until([&] { return reader->has_ended; }));
    world.run();
    return reader->text;
  };
  EXPECT_THAT(read_with(ann.session), HasSubstr("api_key watch\n"));
  const auto seen = read_with(key.id);
  EXPECT_THAT(seen, ::testing::Not(HasSubstr("api_key")));
  EXPECT_THAT(seen, ::testing::Not(HasSubstr("session")));
}

// --- credit

TEST_F(Exports, AskNothingOfTheDatabaseWhileTheirReaderTakesNothing) {
  world.add_messages(ann, talk, 60, long_text);
  const auto reader = world.read(ann, /*is_slow=*/true);
  world.run();
  const auto reads = world.database->reads;
  EXPECT_LE(reader->text.size(), export_window_bytes);
  world.advance(std::chrono::seconds{20});
  EXPECT_EQ(world.database->reads, reads);
  for (int pieces = 0; pieces < 4; ++pieces) {  // more than two parts have
    world.give_credit(*reader);
    world.run();
  }
  EXPECT_GT(world.database->reads, reads) << "it goes on where it stopped";
  while (!world.is_over(*reader)) {
    world.give_credit(*reader);
    world.run();
  }
  EXPECT_EQ(reader->lines(), 61u);
}

TEST_F(Exports, HoldAtMostThreePartsForAReaderThatTakesNothing) {
  world.add_messages(ann, talk, 60, long_text);
  const auto rows_before = total_of(&actor_counters::export_rows);
  const auto reader = world.read(ann, /*is_slow=*/true);
  world.advance(std::chrono::seconds{20});
  const auto rows = total_of(&actor_counters::export_rows) - rows_before;
  const auto sent = static_cast<std::int64_t>(reader->text.size() / long_text);
  EXPECT_LE(rows - sent, 3 * storage::memory_store::partition_rows);
}

TEST_F(Exports, EndWithTheirReader) {
  world.add_messages(ann, talk, 60, long_text);
  const auto reader = world.read(ann, /*is_slow=*/true);
  world.run();
  const auto reads = world.database->reads;
  world.detach(*reader);
  expect_ended(export_outcome::left);
  world.advance(std::chrono::minutes{1});
  EXPECT_EQ(world.database->reads, reads);
  EXPECT_FALSE(reader->is_dropped) << "whoever has gone is told nothing";
}

TEST_F(Exports, DropAReaderThatTakesNothing) {
  world.add_messages(ann, talk, 60, long_text);
  const auto reader = world.read(ann, /*is_slow=*/true);
  world.advance(std::chrono::seconds{29});
  EXPECT_FALSE(reader->is_dropped);
  world.advance(std::chrono::seconds{10});
  EXPECT_TRUE(reader->is_dropped);
  EXPECT_FALSE(reader->has_ended);
  expect_ended(export_outcome::stalled);
}

TEST_F(Exports, KeepAReaderThatTakesSomethingNowAndThen) {
  world.add_messages(ann, talk, 60, long_text);
  const auto reader = world.read(ann, /*is_slow=*/true);
  while (!world.is_over(*reader)) {
    world.advance(std::chrono::seconds{25});
    world.give_credit(*reader);
    world.run();
  }
  world.give_credit(*reader);
  EXPECT_EQ(reader->lines(), 61u);
  expect_ended(export_outcome::complete);
}

TEST_F(Exports, EndWhenNobodyComesToReadThem) {
  const auto ticket = world.start_for(ann);
  ASSERT_TRUE(ticket);
  ASSERT_TRUE(world.begin(*ticket));
  world.advance(std::chrono::seconds{40});
  expect_ended(export_outcome::left);
}

TEST_F(Exports, EndWhenTheFrontHasNobodyToReadThem) {
  const auto ticket = world.start_for(ann);
  ASSERT_TRUE(ticket);
  caf::anon_send(ticket->actor, detach_reader{}, world.host);
  expect_ended(export_outcome::left);
}

TEST_F(Exports, HaveOneReader) {
  world.add_messages(ann, talk, 60, long_text);
  const auto ticket = world.start_for(ann);
  ASSERT_TRUE(ticket && world.begin(*ticket));
  const auto first = world.attach(*ticket);
  const auto second = world.attach(*ticket);
  ASSERT_TRUE(world.run_until([&] { return first->has_ended; }));
  EXPECT_TRUE(second->is_dropped);
  EXPECT_EQ(second->text, "");
  EXPECT_EQ(first->lines(), 61u);
}

TEST_F(Exports, EndAfterTheirLongestTimeHoweverTheirReaderReads) {
  config::settings settings;
  settings.exports.duration_max = std::chrono::minutes{2};
  exporting_world other{options_with(settings)};
  const auto bob = other.add_person(2);
  other.add_messages(bob, other.add_conversation(bob), 60, long_text);
  const auto reader = other.read(bob, /*is_slow=*/true);
  for (int i = 0; i < 7 && !reader->is_dropped; ++i) {
    other.advance(std::chrono::seconds{20});
    other.give_credit(*reader);
    other.run();
  }
  EXPECT_TRUE(reader->is_dropped);
  EXPECT_FALSE(reader->has_ended);
  expect_ended(export_outcome::late);
}

// --- faults

TEST_F(Exports, AskAgainForAPartThatTheDatabaseDoesNotGive) {
  world.add_messages(ann, talk, 30, long_text);
  const auto reader = world.read(ann);
  for (const auto code : {errc::unavailable, errc::overloaded, errc::unavailable})
    world.database->fail_next(code);
  ASSERT_TRUE(world.run_until([&] { return world.is_over(*reader); }));
  EXPECT_TRUE(reader->has_ended);
  EXPECT_EQ(reader->lines(), 31u);
  expect_ended(export_outcome::complete);
}

TEST_F(Exports, BreakOffWhenTheDatabaseStaysAway) {
  config::settings settings;
  settings.storage.pool_timeout = std::chrono::seconds{3};
  exporting_world other{options_with(settings)};
  const auto bob = other.add_person(2);
  other.add_messages(bob, other.add_conversation(bob), 30, long_text);
  const auto reader = other.read(bob);
  for (int i = 0; i < 100; ++i)
    other.database->fail_next(errc::unavailable);
  ASSERT_TRUE(other.run_until([&] { return other.is_over(*reader); }, std::chrono::seconds{10}));
  EXPECT_TRUE(reader->is_dropped);
  EXPECT_FALSE(reader->has_ended) << "a stream that failed never ends like a good one";
  expect_ended(export_outcome::failed);
}

TEST_F(Exports, BreakOffAtOnceOverWhatDoesNotPass) {
  world.add_messages(ann, talk, 30, long_text);
  const auto reader = world.read(ann);
  world.database->fail_next(errc::internal);
  ASSERT_TRUE(world.run_until([&] { return world.is_over(*reader); }, std::chrono::seconds{1}));
  EXPECT_TRUE(reader->is_dropped);
}

TEST_F(Exports, SayBeforeTheFirstByteThatTheDatabaseIsAway) {
  const auto ticket = world.start_for(ann);
  ASSERT_TRUE(ticket);
  world.database->fail_next(errc::overloaded);
  EXPECT_CODE(world.begin(*ticket), errc::unavailable);
  expect_ended(export_outcome::failed);
}

TEST_F(Exports, EndWithTheirOwner) {
  world.add_messages(ann, talk, 30, long_text);
  const auto reader = world.read(ann, /*is_slow=*/true);
  caf::anon_send_exit(world.owner_of(ann.id), caf::exit_reason::kill);
  world.run();
  EXPECT_TRUE(reader->is_dropped);
  expect_ended(export_outcome::failed);
}

// --- limits

TEST_F(Exports, OfOnePersonAreOneAtATime) {
  world.add_messages(ann, talk, 30, long_text);
  const auto reader = world.read(ann, /*is_slow=*/true);
  EXPECT_CODE(world.start_for(ann), errc::overloaded);
  world.detach(*reader);
  world.run();
  EXPECT_TRUE(world.start_for(ann)) << "the place is free again";
}

TEST_F(Exports, OfOnePersonAreOneAtATimeAlsoWhenTheyBeginTogether) {
  const auto first = world.ask_owner<export_ticket>(ann.id, start_export{ann.session, {}});
  const auto second = world.ask_owner<export_ticket>(ann.id, start_export{ann.session, {}}, 1);
  const bool has_first = world.wait_for<export_ticket>(first).has_value();
  const bool has_second = world.wait_for<export_ticket>(second).has_value();
  EXPECT_NE(has_first, has_second);
}

TEST_F(Exports, OfAllPeopleAreSoManyAtATime) {
  config::settings settings;
  settings.exports.at_once = 2;
  exporting_world other{options_with(settings)};
  std::vector<person> people;
  std::vector<result<export_ticket>> tickets;
  for (std::uint32_t i = 1; i <= 3; ++i) {
    people.push_back(other.add_person(i));
    tickets.push_back(other.start_for(people.back()));
  }
  EXPECT_TRUE(tickets[0] && tickets[1]);
  EXPECT_CODE(tickets[2], errc::overloaded);
  ASSERT_TRUE(other.begin(*tickets[0]));
  const auto reader = other.attach(*tickets[0]);
  ASSERT_TRUE(other.run_until([&] { return reader->has_ended; }));
  other.run();
  EXPECT_TRUE(other.start_for(people[2])) << "one has ended";
}

// --- rights

TEST_F(Exports, AreRefusedWithoutALiveSession) {
  EXPECT_CODE(world.start_for(ann, {}, std::nullopt, session_id{}), errc::unauthorized);
}

TEST_F(Exports, AreCutWhenWhoAskedSignsOut) {
  world.add_messages(ann, talk, 30, long_text);
  const auto reader = world.read(ann, /*is_slow=*/true);
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, close_session{ann.session}));
  world.run();
  EXPECT_TRUE(reader->is_dropped);
  EXPECT_FALSE(reader->has_ended);
  expect_ended(export_outcome::revoked);
}

TEST_F(Exports, AreCutWhenTheKeyThatAskedExpires) {
  api_key key;
  key.id.value.bytes[0] = 9;
  key.scopes = {key_scope::read};
  key.expires_at = world.wall_time() + std::chrono::seconds{42};
  world.stored(ann).api_keys.emplace(key.id, key);
  world.add_messages(ann, talk, 60, long_text);
  const auto ticket = world.start_for(ann, {}, std::nullopt, key.id);
  ASSERT_TRUE(ticket && world.begin(*ticket));
  const auto reader = world.attach(*ticket, /*is_slow=*/true);
  world.advance(std::chrono::seconds{20});
  world.give_credit(*reader);
  world.advance(std::chrono::seconds{21});
  EXPECT_FALSE(reader->is_dropped);
  world.advance(std::chrono::seconds{2});
  EXPECT_TRUE(reader->is_dropped);
  EXPECT_FALSE(reader->has_ended);
  expect_ended(export_outcome::revoked);
}

TEST_F(Exports, GoOnWhenAnotherSessionEnds) {
  session other;
  other.id.value.bytes[0] = 5;
  other.expires_at = world.wall_time() + std::chrono::days{1};
  world.stored(ann).sessions.emplace(other.id, other);
  world.add_messages(ann, talk, 30, long_text);
  const auto reader = world.read(ann, /*is_slow=*/true);
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, close_session{other.id}));
  world.run();
  EXPECT_FALSE(reader->is_dropped);
}

TEST_F(Exports, AreCutWhenTheAccountIsDeleted) {
  world.add_messages(ann, talk, 30, long_text);
  const auto reader = world.read(ann, /*is_slow=*/true);
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, delete_user{ann.session, std::nullopt}));
  world.run();
  EXPECT_TRUE(reader->is_dropped);
  expect_ended(export_outcome::revoked);
}

TEST_F(Exports, KeepTheirOwnerInMemory) {
  world.add_messages(ann, talk, 60, long_text);
  const auto reader = world.read(ann, /*is_slow=*/true);
  const auto may_leave = [&] { return *world.get<bool>(world.owner_of(ann.id), passivate{}); };
  EXPECT_FALSE(may_leave());
  world.detach(*reader);
  world.run();
  EXPECT_TRUE(may_leave());
}

TEST(ExportRaces, GiveEachMessageOnceWhateverIsWrittenMeanwhile) {
  for_each_seed(60, [](std::uint64_t seed) {
    exporting_world world{options_with({}, seed)};
    const auto ann = world.add_person(1);
    const auto talk = world.add_conversation(ann);
    const auto other = world.add_conversation(ann, 2);
    world.add_messages(ann, talk, 12, long_text);
    world.add_messages(ann, other, 3, long_text);
    const auto ticket = world.ask_owner<export_ticket>(ann.id, start_export{ann.session, {}});
    for (int i = 0; i < 3; ++i)
      world.ask_owner<entity_reply>(
        ann.id, post_message{ann.session, i == 1 ? talk : other, "new", "{}", std::nullopt}, 1);
    const auto made = world.wait_for<export_ticket>(ticket);
    ASSERT_TRUE(made);
    ASSERT_TRUE(world.begin(*made));
    const auto reader = world.attach(*made);
    ASSERT_TRUE(world.run_until([&] { return reader->has_ended || reader->is_dropped; }));
    EXPECT_TRUE(reader->has_ended);
    for (int i = 1; i <= 12; ++i) {
      const auto line = "message " + std::to_string(i) + '.';
      const auto first = reader->text.find(line);
      EXPECT_NE(first, std::string::npos) << line;
      const bool is_in_both = i <= 3;
      const auto second = reader->text.find(line, first + 1);
      EXPECT_EQ(second != std::string::npos, is_in_both) << line;
    }
    EXPECT_LE(reader->lines(), 12u + 3u + 3u + 1u);
    EXPECT_GE(reader->lines(), 12u + 3u + 1u);
  });
}

}  // namespace genesis
