#include "actors/housekeeper.hpp"
#include "tests/actors/actor_fixture.hpp"

namespace genesis {

namespace {

/// Says nothing to whoever asks, as a database that hangs, unless it is told to.
struct mute_database {
  bool answers = true;
  bool takes_changes = true;
  bool is_busy = false;  ///< So much that it takes no more questions.
  std::vector<caf::response_promise> unanswered;
};

caf::behavior mute_behavior(caf::event_based_actor* self, std::shared_ptr<mute_database> database) {
  self->set_default_handler(caf::drop);
  return {[self, database](const storage::check_database& question) {
    auto answer = self->make_response_promise();
    if (database->is_busy)
      answer.deliver(to_caf({errc::overloaded, "too many requests are waiting for the database"}));
    else if (question.of_writer && !database->takes_changes)
      answer.deliver(to_caf({errc::unavailable, "in use by another server"}));
    else if (database->answers)
      answer.deliver(true);
    else
      database->unanswered.push_back(answer);
    return answer;
  }};
}

}  // namespace

class Housekeeper : public ActorTest {
protected:
  Housekeeper() {
    housekeeper_options options;
    options.on_database = [this](bool is_there) { told_.push_back(is_there); };
    options.give_memory_back = [this] { ++given_back_; };
    keeper_ = world.system().spawn(
      housekeeper_behavior, caf::actor_cast<storage_pool_actor>(storage_), world.services->world, std::move(options));
  }
  ~Housekeeper() override {
    database_->unanswered.clear();
    caf::anon_send_exit(keeper_, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(storage_, caf::exit_reason::user_shutdown);
  }

  std::shared_ptr<mute_database> database_ = std::make_shared<mute_database>();
  caf::actor storage_ = world.system().spawn(mute_behavior, database_);
  std::vector<bool> told_;
  int given_back_ = 0;
  housekeeper_actor keeper_;
};

TEST_F(Housekeeper, HasMemoryGivenBackOnceAMinute) {
  world.advance(std::chrono::seconds{50});
  EXPECT_EQ(given_back_, 1);
  world.advance(std::chrono::minutes{3});
  EXPECT_EQ(given_back_, 4);
}

TEST_F(Housekeeper, NoticesWithinASecondThatTheDatabaseHangs) {
  world.advance(std::chrono::milliseconds{2'000});
  EXPECT_TRUE(told_.empty()) << "nothing has changed";
  database_->answers = false;
  world.advance(std::chrono::milliseconds{1'000});
  EXPECT_EQ(told_, std::vector<bool>{false});
  database_->answers = true;
  world.advance(std::chrono::milliseconds{3'000});
  EXPECT_EQ(told_, (std::vector<bool>{false, true}));
}

TEST_F(Housekeeper, TakesABusyDatabaseForWhatItWas) {
  database_->is_busy = true;
  world.advance(std::chrono::seconds{5});
  EXPECT_TRUE(told_.empty());
  database_->is_busy = false;
  database_->takes_changes = false;
  world.advance(std::chrono::seconds{2});
  database_->is_busy = true;
  world.advance(std::chrono::seconds{5});
  EXPECT_EQ(told_, std::vector<bool>{false});
}

TEST_F(Housekeeper, NoticesThatTheDatabaseTakesNoChangesThoughItAnswersQuestions) {
  world.advance(std::chrono::milliseconds{2'000});
  database_->takes_changes = false;
  world.advance(std::chrono::milliseconds{1'000});
  EXPECT_EQ(told_, std::vector<bool>{false});
  database_->takes_changes = true;
  world.advance(std::chrono::milliseconds{1'000});
  EXPECT_EQ(told_, (std::vector<bool>{false, true}));
}

}  // namespace genesis
