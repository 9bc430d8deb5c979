#include "actors/kept_pages.hpp"
#include "tests/actors/actor_fixture.hpp"

// What a person's lists say: held against what the database would, whatever was written, lost and asked in between.

namespace genesis {

namespace {

/// Asks for lists and writes into them at random.
class list_story {
public:
  list_story(actor_world& where, person who) : world_(where), who_(who) {
    for (std::uint32_t i = 1; i <= 3; ++i)
      world_.add_conversation(who_, i);
    for (std::uint32_t i = 1; i <= 4; ++i)
      world_.add_progress(who_, i, progress_metric::energy, 3, std::chrono::hours{i});
  }

  /// One write or one read; nobody waits for the answer.
  void do_something() {
    static constexpr auto things = std::to_array<void (list_story::*)()>(
      {&list_story::write_conversation, &list_story::write_message, &list_story::write_message, &list_story::chat,
        &list_story::write_progress, &list_story::write_progress, &list_story::write_workout_plan,
        &list_story::write_nutrition_plan, &list_story::write_log, &list_story::set_weight, &list_story::import,
        &list_story::read, &list_story::read, &list_story::read, &list_story::read});
    (this->*things[dice(things.size())])();
  }

  /// What the owner says of each list is what the database says.
  void compare() {
    const auto query = some_page();
    expect_same<conversation>(get_conversations{who_.session, archived_filter::active, query},
      storage::list_conversations{{}, archived_filter::active, query});
    expect_same<conversation>(get_conversations{who_.session, archived_filter::all, query},
      storage::list_conversations{{}, archived_filter::all, query});
    for (const auto& [id, each] : rows().conversations)
      expect_same<message>(get_messages{who_.session, id, query}, storage::list_messages{{}, id, query});
    for (const auto metric : metrics)
      expect_same<progress_record>(
        get_progress_list{who_.session, metric, {}, {}, query}, storage::list_progress{{}, metric, {}, {}, query});
    expect_same<progress_record>(get_progress_list{who_.session, {}, {}, world_.wall_time(), query},
      storage::list_progress{{}, {}, {}, world_.wall_time(), query});
    expect_same_plans<workout_plan>(query);
    expect_same_plans<nutrition_plan>(query);
    expect_same<nutrition_log>(
      get_nutrition_logs{who_.session, {}, {}, query}, storage::list_nutrition_logs{{}, {}, {}, query});
    expect_same_view();
  }

private:
  static constexpr auto metrics = std::to_array<std::optional<progress_metric>>(
    {std::nullopt, progress_metric::energy, progress_metric::stress, progress_metric::weight_kg});

  std::size_t dice(std::size_t sides) { return world_.dice()() % sides; }
  bool toss() { return dice(2) == 0; }
  storage::memory_person& rows() { return world_.stored(who_); }

  template <class Rows>
  auto some_id(const Rows& all) {
    using id_type = typename Rows::key_type;
    return all.empty() || dice(20) == 0 ? id_type{}
                                        : std::next(all.begin(), std::ssize(all) > 1 ? dice(all.size()) : 0)->first;
  }

  page_query some_page() {
    page_query query;
    query.limit = static_cast<std::int64_t>(toss() ? 1 + dice(6) : 1 + dice(100));
    query.order = dice(4) == 0 ? list_order::oldest_first : list_order::newest_first;
    return query;
  }
  progress_metric some_metric() { return *metrics[1 + dice(metrics.size() - 1)]; }
  /// Few different ones, so that many are equal.
  timestamp some_time() { return world_.wall_time() - std::chrono::hours{dice(6)}; }
  calendar_day some_day() {
    return std::chrono::floor<std::chrono::days>(world_.wall_time()) - std::chrono::days{dice(4)};
  }
  /// Mostly short; sometimes too long for the page that it would be in.
  std::string some_text() { return std::string(dice(8) == 0 ? dice(20'000) : dice(40), 't'); }

  template <class R = entity_reply, class Q>
  void tell(Q question) {
    world_.ask_owner<R>(who_.id, std::move(question), dice(3));
  }

  void read() {
    const auto query = some_page();
    switch (dice(6)) {
    case 0: tell<page<conversation>>(get_conversations{who_.session, archived_filter::active, query}); return;
    case 1: tell<page<message>>(get_messages{who_.session, some_id(rows().conversations), query}); return;
    case 2:
      tell<page<progress_record>>(get_progress_list{who_.session, metrics[dice(metrics.size())], {}, {}, query});
      return;
    case 3: tell<page<workout_plan>>(get_plans<workout_plan>{who_.session, false, {}, {}, query}); return;
    case 4: tell<user_view>(get_user_view{who_.session, toss(), toss(), toss(), toss()}); return;
    default: tell<page<nutrition_log>>(get_nutrition_logs{who_.session, {}, {}, query}); return;
    }
  }

  void write_conversation() {
    switch (dice(6)) {
    case 0: tell(delete_conversation{who_.session, some_id(rows().conversations), {}}); return;
    case 1:
    case 2: tell(create_conversation{who_.session, some_text().substr(0, 100), {}, {}}); return;
    default: {
      patch_conversation what{who_.session, some_id(rows().conversations), {}, {}, {}};
      if (toss())
        what.title = std::optional{some_text().substr(0, 100)};
      else
        what.archived = toss();
      tell(what);
    }
    }
  }
  void write_message() { tell(post_message{who_.session, some_id(rows().conversations), some_text(), "{}", {}}); }
  void chat() {
    std::optional<conversation_id> thread;
    if (toss())
      thread = some_id(rows().conversations);
    world_.ask_chat(who_, std::to_string(dice(30)), thread);
  }
  void write_progress() {
    switch (dice(6)) {
    case 0: tell(delete_progress{who_.session, some_id(rows().progress), {}}); return;
    case 1: {
      patch_progress what{who_.session, some_id(rows().progress), {}, {}, {}};
      if (toss())
        what.changes.recorded_at = some_time();
      else
        what.changes.value = 1 + static_cast<double>(dice(5));
      tell(what);
      return;
    }
    default: tell(create_progress{who_.session, some_metric(), 3, some_time(), {}, {}});
    }
  }
  template <class T>
  void write_item(const std::map<decltype(T::id), T>& present, T value, typename T::patch_type changes) {
    switch (dice(5)) {
    case 0: tell(delete_item<T>{who_.session, some_id(present), {}}); return;
    case 1:
    case 2: tell(patch_item<T>{who_.session, some_id(present), std::move(changes), {}, {}}); return;
    default: tell(create_item<T>{who_.session, std::move(value), {}});
    }
  }
  void write_workout_plan() {
    workout_plan value;
    value.is_active = toss();
    value.days_json = '"' + some_text() + '"';
    write_item(rows().workout_plans, value, {.is_active = toss()});
  }
  void write_nutrition_plan() {
    nutrition_plan value;
    value.name = some_text();
    write_item(rows().nutrition_plans, value, {.name = some_text()});
  }
  void write_log() {
    nutrition_log value;
    value.log_date = some_day();
    write_item(rows().nutrition_logs, value, {.log_date = some_day()});
  }
  void set_weight() {
    patch_user what{who_.session, {}, {}};
    what.changes.weight_kg = 70 + static_cast<double>(dice(10));
    tell(what);
  }
  /// Rows of a backup: new ones, and ones that take the place of others.
  void import() {
    import_records what;
    progress_record record;
    record.id = some_id(rows().progress);
    record.metric = some_metric();
    record.recorded_at = some_time();
    record.created_at = record.updated_at = world_.wall_time();
    if (!record.id.is_nil())
      what.records.push_back(record);
    if (const auto thread = rows().conversations.find(some_id(rows().conversations));
      thread != rows().conversations.end()) {
      what.conversations.push_back(thread->second);
      what.conversations.back().created_at = some_time();
      what.conversations.back().is_archived = toss();
    }
    tell(what);
  }

  template <class T, class Q, class S>
  void expect_same(Q question, S stored) {
    stored.user = who_.id;
    // Twice: whatever was kept before, and what is kept then.
    for (int i = 0; i < 2; ++i) {
      const auto told = world_.get_from_owner<page<T>>(who_.id, question);
      const auto right = direct_.answer(stored);
      ASSERT_TRUE(told && right);
      EXPECT_TRUE(told->items == right->items) << typeid(T).name() << ": " << told->items.size() << " told, "
                                               << right->items.size() << " stored, of " << question.page.limit;
      EXPECT_EQ(told->has_more, right->has_more) << typeid(T).name() << ", " << question.page.limit;
    }
  }
  template <class Plan>
  void expect_same_plans(const page_query& query) {
    expect_same<Plan>(
      get_plans<Plan>{who_.session, false, {}, {}, query}, storage::list_plans<Plan>{{}, false, {}, {}, query});
    expect_same<Plan>(
      get_plans<Plan>{who_.session, true, {}, {}, query}, storage::list_plans<Plan>{{}, true, {}, {}, query});
  }
  void expect_same_view() {
    const auto told = world_.get_from_owner<user_view>(who_.id, get_user_view{who_.session, false, true, true, true});
    const auto right =
      direct_.answer(storage::load_first_pages{who_.id, {page_limit_default, page_limit_default, page_limit_default}});
    ASSERT_TRUE(told && right);
    EXPECT_TRUE(told->workout_plans->items == right->workout_plans->items);
    EXPECT_TRUE(told->nutrition_plans->items == right->nutrition_plans->items);
    EXPECT_TRUE(told->progress->items == right->progress->items);
    EXPECT_EQ(told->progress->has_more, right->progress->has_more);
  }

  actor_world& world_;
  person who_;
  storage::memory_store direct_{world_.database};
};

/// Reads of a world so far, by memory and by the database.
std::pair<std::int64_t, std::int64_t> reads_counted() {
  return {total_of(&actor_counters::l1_user_hits), total_of(&actor_counters::l1_user_misses)};
}

}  // namespace

TEST(UserLists, ComeWithThePersonInOneQuestion) {
  actor_world world{{.seed = 1}};
  const auto ann = world.add_person(1);
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(world.get_from_owner<entity_reply>(
      ann.id, create_progress{ann.session, progress_metric::energy, 1.0 + i, {}, {}, {}}));
  world.advance(std::chrono::hours{1});  // nobody is in memory any more
  const auto loads = world.database->loads;
  const auto reads = world.database->reads;
  const auto view = [&] {
    return world.get_from_owner<user_view>(ann.id, get_user_view{ann.session, true, true, true, true});
  };
  for (int i = 0; i < 2; ++i) {
    const auto told = view();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->progress->items.size(), 3U);
    EXPECT_TRUE(told->workout_plans->items.empty());
    EXPECT_EQ(world.database->loads, loads + 1);
    EXPECT_EQ(world.database->reads, reads);
  }
  EXPECT_TRUE(world.get_from_owner<page<progress_record>>(ann.id, get_progress_list{ann.session, {}, {}, {}, {}}));
  EXPECT_EQ(world.database->reads, reads) << "it is kept";
}

TEST(UserLists, ComeWithThePersonInOneQuestionThoughTheyAreTooLongToBeKept) {
  actor_world world{{.seed = 1}};
  const auto ann = world.add_person(1);
  for (std::size_t bytes = 0; bytes <= kept_page_bytes_max; bytes += progress_note_length_max)
    ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id,
      create_progress{ann.session, progress_metric::energy, 3, {}, std::string(progress_note_length_max, 'x'), {}}));
  world.advance(std::chrono::hours{1});  // nobody is in memory any more
  const auto loads = world.database->loads;
  const auto reads = world.database->reads;
  const auto told =
    world.get_from_owner<user_view>(ann.id, get_user_view{.by = ann.session, .workout_plans = true, .progress = true});
  ASSERT_TRUE(told);
  EXPECT_GT(told->progress->items.size(), kept_page_bytes_max / progress_note_length_max);
  EXPECT_EQ(world.database->loads, loads + 1);
  EXPECT_EQ(world.database->reads, reads);
}

TEST(UserLists, SayWhatIsStored) {
  for_each_seed(300, [](std::uint64_t seed) {
    actor_world world{{.seed = seed, .has_lagging_workers = true}};
    list_story story{world, world.add_person(1)};
    for (int round = 0; round < 6; ++round) {
      for (int i = 0; i < 12; ++i) {
        story.do_something();
        for (auto steps = world.dice()() % 12; steps > 0 && world.step(); --steps) {
        }
      }
      world.run();
      if (world.one_in(2))
        world.advance(std::chrono::seconds{1});
      story.compare();
    }
  });
}

/// The owner leaves between times, and the next one has its lists from the second cache.
TEST(UserLists, SayWhatIsStoredWhenTheyComeFromTheSecondCache) {
  const auto hits = total_of(&actor_counters::l2_hits);
  for_each_seed(200, [](std::uint64_t seed) {
    actor_world world{{.seed = seed, .has_cache = true, .has_lagging_workers = true}};
    list_story story{world, world.add_person(1)};
    for (int round = 0; round < 8; ++round) {
      if (world.one_in(6))
        world.database->commit_then_fail();
      for (int i = 0; i < 8; ++i) {
        world.cached->is_away = world.one_in(8);
        story.do_something();
        for (auto steps = world.dice()() % 12; steps > 0 && world.step(); --steps) {
        }
      }
      world.cached->is_away = false;
      world.advance(std::chrono::seconds{10});
      if (world.one_in(2))
        world.get<std::int64_t>(world.shard, let_people_go{key_pattern::parse("*").value()});
      story.compare();
    }
  });
  EXPECT_GT(total_of(&actor_counters::l2_hits), hits + 200);
}

TEST(UserLists, SayWhatIsStoredAfterWritesOfUnknownOutcome) {
  for_each_seed(100, [](std::uint64_t seed) {
    actor_world world{{.seed = seed, .has_lagging_workers = true}};
    list_story story{world, world.add_person(1)};
    for (int round = 0; round < 6; ++round) {
      if (world.one_in(2))
        world.database->commit_then_fail();
      for (int i = 0; i < 8; ++i) {
        world.database->refuse(world.one_in(4));
        story.do_something();
        for (auto steps = world.dice()() % 12; steps > 0 && world.step(); --steps) {
        }
      }
      world.database->refuse(false);
      world.advance(std::chrono::seconds{10});
      story.compare();
    }
  });
}

/// Replicas replay at random, go away and come back; what lists say is the same as without any.
class replicas_story {
public:
  /// What was put into the database by hand is in no log.
  explicit replicas_story(actor_world& where) : world_(where) {
    for (std::size_t i = 0; i < world_.replicas.size(); ++i)
      world_.catch_up(i);
  }

  void do_something() {
    const auto which = world_.dice()() % world_.replicas.size();
    if (world_.one_in(3))
      world_.catch_up(which);
    if (world_.one_in(20))
      world_.replicas[which]->is_away = !world_.replicas[which]->is_away;
    if (world_.one_in(40))
      world_.kill_replica_worker(world_.dice()() % world_.replica_workers_spawned());
  }

private:
  actor_world& world_;
};

std::int64_t replica_reads_that(replica_read how) {
  std::uint64_t sum = 0;
  per_thread<actor_counters>::for_each(
    [&](const actor_counters& thread) { sum += thread.replica_reads[static_cast<std::size_t>(how)].value(); });
  return static_cast<std::int64_t>(sum);
}

TEST(UserLists, SayWhatIsStoredWhateverReplicasHave) {
  const auto answered = replica_reads_that(replica_read::answered);
  const auto behind = replica_reads_that(replica_read::behind);
  for_each_seed(300, [](std::uint64_t seed) {
    actor_world world{{.seed = seed, .replica_weights = {1, 2}, .has_lagging_workers = true}};
    list_story story{world, world.add_person(1)};
    replicas_story replicas{world};
    for (int round = 0; round < 6; ++round) {
      if (world.one_in(4))
        world.database->commit_then_fail();
      for (int i = 0; i < 12; ++i) {
        story.do_something();
        replicas.do_something();
        for (auto steps = world.dice()() % 12; steps > 0 && world.step(); --steps) {
        }
      }
      world.run();
      world.advance(std::chrono::seconds{world.one_in(2) ? 1 : 10});
      if (world.one_in(4))
        world.get<std::int64_t>(world.shard, let_people_go{key_pattern::parse("*").value()});
      story.compare();
    }
  });
  EXPECT_GT(replica_reads_that(replica_read::answered), answered + 500);
  EXPECT_GT(replica_reads_that(replica_read::behind), behind + 100);
}

/// Lists of one person who is in memory.
class UserListReads : public ActorTest {
protected:
  void SetUp() override {
    thread = world.add_conversation(ann);
    ask(get_user{ann.session});
    before = reads_counted();
    reads_before = world.database->reads;
  }
  template <class R = entity_reply, class Q>
  void ask(Q question) {
    EXPECT_TRUE(world.get_from_owner<R>(ann.id, std::move(question)));
  }
  /// Two that come with the person, and four that do not.
  void list_everything() {
    ask<page<conversation>>(get_conversations{ann.session, archived_filter::active, {}});
    ask<page<message>>(get_messages{ann.session, thread, {}});
    ask<page<progress_record>>(get_progress_list{ann.session, progress_metric::energy, {}, {}, {}});
    ask<page<workout_plan>>(get_plans<workout_plan>{ann.session, false, {}, {}, {}});
    ask<page<nutrition_plan>>(get_plans<nutrition_plan>{ann.session, false, {}, {}, {}});
    ask<page<nutrition_log>>(get_nutrition_logs{ann.session, {}, {}, {}});
  }
  /// Hits and misses since the beginning.
  std::pair<std::int64_t, std::int64_t> counted() {
    const auto now = reads_counted();
    return {now.first - before.first, now.second - before.second};
  }

  using figures = std::pair<std::int64_t, std::int64_t>;

  conversation_id thread;
  figures before;
  std::int64_t reads_before = 0;
};

TEST_F(UserListReads, AskTheDatabaseOnce) {
  list_everything();
  EXPECT_EQ(counted(), (figures{2, 4}));
  const auto asked = world.database->reads;
  list_everything();
  EXPECT_EQ(counted(), (figures{8, 4}));
  EXPECT_EQ(world.database->reads, asked);
}

TEST_F(UserListReads, ThatThePersonIsLoadedForAreMisses) {
  for (int i = 0; i < 2; ++i) {
    world.advance(std::chrono::hours{1});  // nobody is in memory any more
    before = reads_counted();
    const auto asked = world.database->reads;
    ask<page<conversation>>(get_conversations{ann.session, archived_filter::active, {}});
    EXPECT_EQ(world.database->reads, asked) << "it comes with the person";
    EXPECT_EQ(counted(), (figures{0, 1})) << "but not from memory";
    ask<page<progress_record>>(get_progress_list{ann.session, progress_metric::stress, {}, {}, {}});
    EXPECT_EQ(counted(), (figures{1, 1}));
  }
}

TEST_F(UserListReads, OfSomebodyWhoWasJustMadeComeFromMemory) {
  const auto made = world.add_person(2);
  world.database->people.erase(made.id);
  world.database->emails.erase("person2@example.org");
  register_user what;
  what.person.email = "new@example.org";
  what.session = made.session;
  ASSERT_TRUE(world.get_from_owner<session_grant>(made.id, what));
  const auto asked = world.database->reads;
  before = reads_counted();
  const auto conversations =
    world.get_from_owner<page<conversation>>(made.id, get_conversations{made.session, archived_filter::active, {}});
  ASSERT_TRUE(conversations);
  EXPECT_TRUE(conversations->items.empty());
  const auto view = world.get_from_owner<user_view>(made.id, get_user_view{made.session, true, true, true, true});
  ASSERT_TRUE(view);
  EXPECT_TRUE(view->workout_plans->items.empty());
  EXPECT_EQ(counted(), (figures{2, 0}));
  EXPECT_EQ(world.database->reads, asked);
}

TEST_F(UserListReads, StayInMemoryOverWrites) {
  list_everything();
  ask(create_conversation{ann.session, "Legs", {}, {}});
  ask(post_message{ann.session, thread, "Hello", "{}", {}});
  ask(create_progress{ann.session, progress_metric::energy, 4, {}, "entry", {}});
  list_everything();
  EXPECT_EQ(counted(), (figures{8, 4}));
}

TEST_F(UserListReads, CountEachReadOnce) {
  ask(get_user{ann.session});
  ask(get_preferences{ann.session});
  ask<page<session>>(get_sessions{ann.session, {}});
  EXPECT_EQ(counted(), (figures{3, 0}));
  ask(get_conversation{ann.session, thread});
  EXPECT_EQ(counted(), (figures{3, 1}));
  ask(get_conversation{ann.session, thread});
  EXPECT_EQ(counted(), (figures{4, 1}));
  ask<page<message>>(get_messages{ann.session, thread, {1, list_position{}, {}}});
  EXPECT_EQ(counted(), (figures{4, 2})) << "the conversation came from memory, its messages did not";
}

TEST_F(UserListReads, OfThePersonWithTheirListsComeFromMemoryTogether) {
  const get_user_view all{ann.session, true, true, true, true};
  ask<user_view>(all);
  EXPECT_EQ(counted(), (figures{0, 1}));
  ask<user_view>(all);
  ask<page<progress_record>>(get_progress_list{ann.session, {}, {}, {}, {}});
  EXPECT_EQ(counted(), (figures{2, 1}));
}

TEST_F(UserListReads, ThatCannotBeKeptAreMisses) {
  for (int i = 0; i < 2; ++i) {
    ask<page<conversation>>(get_conversations{ann.session, archived_filter::all, {}});
    ask<page<progress_record>>(get_progress_list{ann.session, {}, world.wall_time(), {}, {}});
    ask<page<workout_plan>>(get_plans<workout_plan>{ann.session, true, {}, {}, {}});
  }
  EXPECT_EQ(counted(), (figures{0, 6}));
}

TEST_F(UserListReads, SearchesCountAsNoReads) {
  ask<page<found_message>>(get_found_messages{ann.session, *parse_search_query("legs"), {}});
  EXPECT_EQ(counted(), (figures{0, 0}));
}

TEST_F(UserListReads, RefusedOnesCountAsNoReads) {
  auto stranger = ann.session;
  stranger.value.bytes[3] ^= 1U;
  EXPECT_CODE(
    world.get_from_owner<page<conversation>>(ann.id, get_conversations{stranger, archived_filter::active, {}}),
    errc::unauthorized);
  EXPECT_EQ(counted(), (figures{0, 0}));
}

TEST(UserListFigures, AReadThatTakesThePersonIntoMemoryIsAMiss) {
  actor_world world;
  const auto ann = world.add_person(1);
  const auto before = reads_counted();
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, get_user{ann.session}));
  EXPECT_EQ(reads_counted(), std::pair(before.first, before.second + 1));
}

/// What people of the load benchmark do: profile 60 %, lists 20 %, posts 15 %, chats 5 %.
TEST(UserListFigures, MostReadsOfAnActivePersonComeFromMemory) {
  actor_world world{{.seed = 7}};
  const auto ann = world.add_person(1);
  const auto before = reads_counted();
  for (int i = 0; i < 400; ++i) {
    const auto drawn = world.dice()() % 100;
    if (drawn < 60)
      world.get_from_owner<entity_reply>(ann.id, get_user{ann.session});
    else if (drawn < 70)
      world.get_from_owner<page<conversation>>(
        ann.id, get_conversations{ann.session, archived_filter::active, {20, {}, {}}});
    else if (drawn < 80)
      world.get_from_owner<page<progress_record>>(
        ann.id, get_progress_list{ann.session, progress_metric::energy, {}, {}, {20, {}, {}}});
    else if (drawn < 95)
      world.get_from_owner<entity_reply>(
        ann.id, create_progress{ann.session, progress_metric::energy, 4, {}, "entry", {}});
    else
      world.wait_for<run_ticket>(world.ask_chat(ann, "How much protein do I need a day?"));
    world.advance(std::chrono::seconds{2});
  }
  const auto now = reads_counted();
  EXPECT_EQ(now.second - before.second, 2)
    << "the person, and the measurements when they have become too many to be all known";
  EXPECT_GT(now.first - before.first, 280);
}

}  // namespace genesis
