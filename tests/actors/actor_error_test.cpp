#include "tests/actors/actor_fixture.hpp"

#include <caf/atom.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/exit_reason.hpp>

namespace genesis {

TEST(ActorError, KeepsOurCodesAndDetailsAcrossAnActor) {
  const error ours{errc::key_reused, "this key was used"};
  EXPECT_EQ(from_caf(to_caf(ours)), ours);
  EXPECT_EQ(from_caf(caf::make_error(errc::conflict)), (error{errc::conflict, {}}));
  const error faulty{
    errc::invalid_argument, {}, {{"value", "range", "must be between 1 and 5"}, {"note", "type", "must be a string"}}};
  EXPECT_EQ(from_caf(to_caf(faulty)), faulty);
}

TEST(ActorError, KnowsTheCategoriesThatCafUses) {
  EXPECT_EQ(caf::make_error(errc::conflict).category(), caf::atom("genesis"));
  EXPECT_EQ(caf::make_error(caf::sec::request_timeout).category(), caf::atom("system"));
  EXPECT_EQ(caf::make_error(caf::exit_reason::kill).category(), caf::atom("exit"));
}

TEST(ActorError, TellsCafsCodesFromOurs) {
  EXPECT_EQ(from_caf(caf::sec::request_receiver_down).code, errc::unavailable);
  EXPECT_EQ(from_caf(caf::sec::request_timeout).code, errc::outcome_unknown);
  EXPECT_EQ(from_caf(caf::sec::runtime_error).code, errc::internal);
  EXPECT_EQ(from_caf(caf::sec::unexpected_message).code, errc::internal);
  EXPECT_EQ(from_caf(caf::sec::invalid_argument).code, errc::internal);
}

/// Every code of CAF that has the number of one of ours must not be taken for it.
TEST(ActorError, NeverTakesAForeignNumberForOurs) {
  for (int number = 1; number < 60; ++number) {
    const auto foreign = caf::make_error(static_cast<caf::sec>(number));
    const auto code = from_caf(foreign).code;
    EXPECT_TRUE(code == errc::internal || code == errc::unavailable || code == errc::outcome_unknown) << number;
  }
}

class ActorErrors : public ActorTest {};

TEST_F(ActorErrors, ADeadActorBouncesRequests) {
  const auto owner = world.owner_of(ann.id);
  caf::anon_send_exit(owner, caf::exit_reason::kill);
  world.run();
  std::optional<caf::error> seen;
  world.act(0, [&](client_state& state) {
    state.self->request(owner, front_deadline, get_user{ann.session})
      .then([](const entity_reply&) {}, [&](const caf::error& failed) { seen = failed; });
  });
  world.run();
  ASSERT_TRUE(seen);
  EXPECT_TRUE(is_receiver_down(*seen));
}

TEST_F(ActorErrors, AnEmptyHandleIsAnErrorOfTheAsker) {
  const auto answer = world.ask<entity_reply>(user_actor{}, get_user{ann.session});
  EXPECT_CODE(world.wait_for<entity_reply>(answer), errc::internal);
}

TEST_F(ActorErrors, AHandlerThatThrowsEndsItsActorAlone) {
  world.failures_expected = 1;
  const auto conversation = world.add_conversation(ann);
  world.faults->throws_on_read = true;
  EXPECT_CODE(world.get_from_owner<entity_reply>(ann.id, get_conversation{ann.session, conversation}), errc::internal);
  world.faults->throws_on_read = false;
  EXPECT_TRUE(world.get_from_owner<entity_reply>(ann.id, get_conversation{ann.session, conversation}));
}

TEST_F(ActorErrors, APromiseThatDiesWithItsActorIsAnswered) {
  const auto answer = world.ask_owner<entity_reply>(ann.id, get_user{ann.session});
  const auto owner = world.owner_of(ann.id);
  caf::anon_send_exit(owner, caf::exit_reason::kill);
  EXPECT_TRUE(world.run_until([&] { return answer->has_value(); }, std::chrono::milliseconds{0}))
    << "nobody may have to wait for a deadline";
}

TEST(ActorError, CarriesTheLimitThatWasExceeded) {
  const auto limited = too_many({rate_limit::chats, {30, std::chrono::seconds{60}}, std::chrono::seconds{2}});
  EXPECT_EQ(from_caf(to_caf(limited)), limited);
}

}  // namespace genesis
