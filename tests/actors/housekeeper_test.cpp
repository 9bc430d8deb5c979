#include "actors/housekeeper.hpp"
#include "tests/actors/actor_fixture.hpp"

namespace genesis {

namespace {

/// Says nothing to whoever asks, as a database that hangs, until it is told to.
struct mute_database {
  bool answers = false;
  std::vector<caf::response_promise> unanswered;
};

caf::behavior mute_behavior(caf::event_based_actor* self, std::shared_ptr<mute_database> database) {
  self->set_default_handler(caf::drop);
  return {[self, database](const storage::check_database&) {
    auto answer = self->make_response_promise();
    if (database->answers)
      answer.deliver(true);
    else
      database->unanswered.push_back(answer);
    return answer;
  }};
}

}  // namespace

class Housekeeper : public ActorTest {};

TEST_F(Housekeeper, NoticesWithinASecondThatTheDatabaseHangs) {
  const auto database = std::make_shared<mute_database>();
  database->answers = true;
  auto storage = world.system().spawn(mute_behavior, database);
  std::vector<bool> told;
  housekeeper_options options;
  options.on_database = [&told](bool is_there) { told.push_back(is_there); };
  auto keeper = world.system().spawn(
    housekeeper_behavior, caf::actor_cast<storage_pool_actor>(storage), world.services->world, std::move(options));
  world.advance(std::chrono::milliseconds{2'000});
  EXPECT_TRUE(told.empty()) << "nothing has changed";
  database->answers = false;
  world.advance(std::chrono::milliseconds{1'000});
  EXPECT_EQ(told, std::vector<bool>{false});
  database->answers = true;
  world.advance(std::chrono::milliseconds{1'000});
  EXPECT_EQ(told, (std::vector<bool>{false, true}));
  database->unanswered.clear();
  caf::anon_send_exit(keeper, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(storage, caf::exit_reason::user_shutdown);
}

}  // namespace genesis
