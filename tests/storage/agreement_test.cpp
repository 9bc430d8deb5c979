#include "tests/storage/store_under_test.hpp"

#include <algorithm>
#include <random>
#include <typeinfo>

namespace genesis::storage {
namespace {

/// Random work on both stores at once: they give the same receipts and the same answers.
class twin_stores {
public:
  twin_stores(kind_of_store real, std::uint32_t seed) : random_(seed), sql_(real) {}

  void do_something() {
    if (pick(10) < 7)
      write_group();
    else if (pick(2) == 0)
      append();
    compare();
  }

private:
  std::uint32_t pick(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }

  /// Neighbouring events that begin early in a run: chunks overlap, and grow under the same first number.
  std::vector<run_event> random_events() {
    std::vector<run_event> events;
    const auto first = 1 + pick(4);
    const auto count = 1 + pick(4);
    for (std::uint32_t i = 0; i < count; ++i)
      events.push_back(token_of(first + i, std::to_string(pick(100))));
    return events;
  }

  mutation random_mutation(const user_id& who, std::uint32_t number) {
    const auto own = [&](std::uint32_t n) { return number * 100 + pick(n); };
    const auto talk = id_of<conversation_id>(own(3));
    switch (pick(20)) {
    case 0: return put_conversation{conversation_of(own(3), pick(5))};
    case 1: return remove_conversation{talk};
    case 2:
    case 3: return put_message{message_of(own(6), talk, 1 + pick(4))};
    case 4:
      return put_progress{
        record_of(own(6), pick(5), pick(2) == 0 ? progress_metric::weight_kg : progress_metric::energy, pick(5))};
    case 5: return remove_progress{id_of<progress_id>(own(6))};
    case 6:
      return put_run{
        run_of(own(3), talk, id_of<message_id>(own(6)), pick(2) == 0 ? run_status::running : run_status::success)};
    case 7: return put_run_events{id_of<run_id>(own(3)), random_events()};
    case 8: return put_session{session_of(own(3))};
    case 9: return remove_sessions{{id_of<session_id>(own(3))}};
    case 10:
      return put_used_refresh_token{
        hash_of(static_cast<std::uint8_t>(pick(4))), id_of<session_id>(own(3)), at_ms(pick(9))};
    case 11: return put_idempotency{{{"key" + std::to_string(pick(2)), hash_of(1)}, 200, "b", "", "", "", at_ms(1)}};
    case 12: {
      auto person = plain_user(number);
      person.email = "mail" + std::to_string(pick(4));
      person.id = who;
      return put_user{person};
    }
    case 13: return put_api_key{api_key_of(own(3))};
    case 14: return remove_api_keys{{id_of<api_key_id>(own(3))}};
    case 15: {
      auto changed = plain_workout_plan(own(4), pick(5));
      changed.is_active = pick(3) == 0;
      return put_item<workout_plan>{changed};
    }
    case 16: return remove_item<workout_plan>{id_of<workout_plan_id>(own(4))};
    case 17: return put_item<nutrition_log>{log_of(own(6), static_cast<int>(pick(5)))};
    case 18: return remove_item<nutrition_log>{id_of<nutrition_log_id>(own(6))};
    default: return pick(12) == 0 ? mutation{remove_user{}} : mutation{put_password{std::to_string(pick(9))}};
    }
  }

  write_batch random_batch() {
    const auto number = 1 + pick(3);
    const auto who = id_of<user_id>(number);
    const auto known = sql_->answer(load_user{who});
    auto batch = batch_of(who, known ? known->version : 0, {});
    if (!known)
      batch.mutations.emplace_back(create_user{plain_user(number), {}, "h"});
    batch.steps = 1 + pick(3);
    batch.version += pick(12) == 0 ? 1 : 0;
    batch.epoch = pick(15) == 0 ? 2 : 1;
    for (auto i = pick(4); i > 0; --i)
      batch.mutations.push_back(random_mutation(who, number));
    // Nothing may follow the removal of a person.
    const auto removal = std::ranges::find_if(
      batch.mutations, [](const mutation& each) { return std::holds_alternative<remove_user>(each); });
    if (removal != batch.mutations.end())
      batch.mutations.erase(std::next(removal), batch.mutations.end());
    return batch;
  }

  void write_group() {
    std::vector<write_batch> batches(1 + pick(3));
    for (auto& each : batches)
      each = random_batch();
    std::vector<const write_batch*> group;
    for (const auto& each : batches)
      group.push_back(&each);
    const auto model = memory_->write(group);
    const auto real = sql_->write(group);
    for (std::size_t i = 0; i < group.size(); ++i) {
      ASSERT_EQ(code_of(real[i]), code_of(model[i])) << (real[i] ? "" : real[i].error().detail);
      ASSERT_EQ(real[i].value_or(write_receipt{}).version, model[i].value_or(write_receipt{}).version);
    }
  }

  void append() {
    const auto number = 1 + pick(3);
    const append_run_chunks chunk{
      {{id_of<user_id>(number), 1, id_of<run_id>(number * 100 + pick(3)), random_events()}}};
    ASSERT_EQ(code_of(sql_->write(chunk)), code_of(memory_->write(chunk)));
  }

  template <class Question, class Same>
  void compare(const Question& question, const Same& is_same) {
    const auto model = memory_->answer(question);
    const auto real = sql_->answer(question);
    ASSERT_EQ(code_of(real), code_of(model)) << (real ? "" : real.error().detail);
    ASSERT_TRUE(!real || is_same(*real, *model)) << typeid(Question).name();
  }

  void compare() {
    const auto same = [](const auto& a, const auto& b) { return a == b; };
    const auto same_page = [](const auto& a, const auto& b) { return a.items == b.items && a.has_more == b.has_more; };
    for (std::uint32_t number = 1; number <= 3; ++number) {
      const auto who = id_of<user_id>(number);
      compare(load_user{who}, [](const auto& a, const auto& b) {
        return a.person == b.person && a.prefs == b.prefs && a.sessions == b.sessions && a.api_keys == b.api_keys &&
               a.version == b.version;
      });
      for (const std::int64_t version : {0, 1, 2, 3})
        compare(load_newer{who, 1, version, sql_->timeline()}, [](const auto& a, const auto& b) {
          return a.has_value() == b.has_value() && (!a || (a->person == b->person && a->version == b->version));
        });
      compare(
        find_credentials_of{who}, [](const auto& a, const auto& b) { return a.password_hash == b.password_hash; });
      const page_query page{
        1 + pick(3), std::nullopt, pick(2) == 0 ? list_order::newest_first : list_order::oldest_first};
      compare(list_conversations{who, archived_filter::all, page}, same_page);
      compare(list_progress{who, std::nullopt, at_ms(1), at_ms(4), page}, same_page);
      compare(list_plans<workout_plan>{who, pick(4) == 0, at_ms(1), at_ms(4), page}, same_page);
      compare(find_plan_standing<workout_plan>{who}, same);
      compare(list_nutrition_logs{who, day_at(1), day_at(3), page}, same_page);
      compare(latest_progress{who, progress_metric::energy}, same);
      compare(latest_progress{who, progress_metric::energy, 7}, same);
      compare(find_idempotency{who, "key0"}, same);
      compare(list_idempotency_keys{who, 100}, [](auto a, auto b) {
        std::ranges::sort(a);
        std::ranges::sort(b);
        return a == b;
      });
      compare(find_used_refresh_token{who, hash_of(static_cast<std::uint8_t>(pick(4)))}, same);
      compare(list_messages{who, id_of<conversation_id>(number * 100 + pick(3)), page}, same_page);
      compare(load_run_log{who, id_of<run_id>(number * 100 + pick(3))},
        [](const auto& a, const auto& b) { return a.run == b.run && a.events == b.events && a.answer == b.answer; });
    }
    compare(list_users{}, same_page);
  }

  std::mt19937 random_;
  store_under_test sql_;
  store_under_test memory_{kind_of_store::memory, sql_->timeline()};
};

TEST(Stores, AgreeOnChunksThatGrowUnderTheSameNumber) {
  for (const auto kind : {kind_of_store::memory, kind_of_store::sqlite, kind_of_store::postgresql}) {
    SCOPED_TRACE(name_of(kind));
    store_under_test store{kind};
    const auto who = add_person(*store, 1);
    const auto talk = id_of<conversation_id>(1);
    const auto answer = id_of<message_id>(1);
    const auto told = id_of<run_id>(1);
    ASSERT_TRUE(write_alone(*store, batch_of(who, 1,
                                      {put_conversation{conversation_of(1, 1)}, put_message{message_of(1, talk, 1)},
                                        put_run{run_of(1, talk, answer, run_status::running)}})));
    const auto append = [&](std::vector<run_event> events) {
      return store->write(append_run_chunks{{{who, 1, told, std::move(events)}}});
    };
    ASSERT_TRUE(append({token_of(1, "a"), token_of(2, "b")}));
    ASSERT_TRUE(append({token_of(3, "c")}));
    // The writer was not told of the chunk: it comes again, with what has been said since.
    const std::vector<run_event> longer{token_of(3, "c"), token_of(4, "d"), token_of(5, "e")};
    ASSERT_TRUE(append(longer));
    EXPECT_EQ(text_of(store->answer(load_run_log{who, told})->events), "abcde");
    const auto version = store->answer(load_user{who})->version;
    ASSERT_TRUE(write_alone(*store, batch_of(who, version, {put_run_events{told, {token_of(5, "E")}}})));
    EXPECT_EQ(text_of(store->answer(load_run_log{who, told})->events), "abcdE");
  }
}

void expect_agreement(kind_of_store real, std::uint32_t seeds) {
  for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    twin_stores twins(real, seed);
    for (int step = 0; step < 60 && !::testing::Test::HasFailure(); ++step)
      twins.do_something();
    if (::testing::Test::HasFailure())
      return;
  }
}

TEST(Stores, AgreeOnWhateverIsDone) {
  expect_agreement(kind_of_store::sqlite, 40);
}

TEST(Stores, AgreeOnWhateverIsDoneToPostgresql) {
  expect_agreement(kind_of_store::postgresql, 20);
}

}  // namespace
}  // namespace genesis::storage
