#include "actors/limiter.hpp"
#include "tests/actors/actor_fixture.hpp"

#include <spdlog/fmt/fmt.h>

namespace genesis {

namespace {

using namespace std::chrono_literals;

std::uint64_t refused_by(rate_limit limit) {
  std::uint64_t sum = 0;
  per_thread<actor_counters>::for_each(
    [&](const actor_counters& each) { sum += each.rate_limited[static_cast<std::size_t>(limit)].value(); });
  return sum;
}

}  // namespace

/// Three calls of the auth kind a minute; two failed logins of an account and four of an address in 15 minutes.
class Limiter : public ActorTest {
protected:
  Limiter() {
    limiter_options options;
    options.auth = {3, 60s};
    options.account_failures = {2, 900s};
    options.address_failures = {4, 900s};
    options.places = 1'000;
    limiter_ = world.system().spawn(limiter_behavior, options, world.services->world);
  }
  ~Limiter() override {
    caf::anon_send_exit(limiter_, caf::exit_reason::user_shutdown);
    limiter_ = nullptr;
    world.run();
  }

  result<bool> call_from(std::string address) { return world.get<bool>(limiter_, take_auth_token{std::move(address)}); }
  result<bool> try_password(std::string email, std::string address) {
    return world.get<bool>(limiter_, admit_login{std::move(email), std::move(address)});
  }
  void forgive(std::string email, std::string address) {
    caf::anon_send(limiter_, forgive_login{{std::move(email), std::move(address)}});
    world.run();
  }

  limiter_actor limiter_;
};

TEST_F(Limiter, GrantsAnAddressItsQuotaAndNotOneMore) {
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(call_from("192.0.2.1"));
  const auto before = refused_by(rate_limit::auth);
  const auto refused = call_from("192.0.2.1");
  EXPECT_CODE(refused, errc::rate_limited);
  EXPECT_EQ(refused.error().rate, (rate_refusal{rate_limit::auth, {3, 60s}, 20s}));
  EXPECT_EQ(refused_by(rate_limit::auth), before + 1);
  EXPECT_TRUE(call_from("192.0.2.2"));
  world.advance(19'900ms);
  EXPECT_CODE(call_from("192.0.2.1"), errc::rate_limited);
  world.advance(100ms);
  EXPECT_TRUE(call_from("192.0.2.1"));
  EXPECT_CODE(call_from("192.0.2.1"), errc::rate_limited);
}

TEST_F(Limiter, TakesA64OfIpv6ForOneAddressAndAMappedAddressForIpv4) {
  EXPECT_TRUE(call_from("2001:db8:0:1::1"));
  EXPECT_TRUE(call_from("2001:db8:0:1:ffff::2"));
  EXPECT_TRUE(call_from("2001:db8:0:1:1:2:3:4"));
  EXPECT_CODE(call_from("2001:db8:0:1::9"), errc::rate_limited);
  EXPECT_TRUE(call_from("2001:db8:0:2::1"));

  EXPECT_TRUE(call_from("192.0.2.1"));
  EXPECT_TRUE(call_from("::ffff:192.0.2.1"));
  EXPECT_TRUE(call_from("192.0.2.1"));
  EXPECT_CODE(call_from("::ffff:192.0.2.1"), errc::rate_limited);
}

TEST_F(Limiter, CountsEachFailureForTheAccountAndForTheAddress) {
  EXPECT_TRUE(try_password("ann@example.org", "192.0.2.1"));
  EXPECT_TRUE(try_password("ann@example.org", "192.0.2.2"));
  const auto refused = try_password("ann@example.org", "192.0.2.3");
  EXPECT_CODE(refused, errc::rate_limited);
  EXPECT_EQ(refused.error().rate, (rate_refusal{rate_limit::failed_logins_account, {2, 900s}, 450s}));

  for (const auto* email : {"b@example.org", "c@example.org", "d@example.org"})
    EXPECT_TRUE(try_password(email, "192.0.2.1"));
  const auto full = try_password("e@example.org", "192.0.2.1");
  EXPECT_CODE(full, errc::rate_limited);
  EXPECT_EQ(full.error().rate, (rate_refusal{rate_limit::failed_logins_address, {4, 900s}, 225s}));
  EXPECT_TRUE(try_password("e@example.org", "192.0.2.2")) << "a refusal counts for nobody";
  EXPECT_TRUE(try_password("e@example.org", "192.0.2.2"));

  world.advance(450s);
  EXPECT_TRUE(try_password("ann@example.org", "192.0.2.3"));
  EXPECT_CODE(try_password("ann@example.org", "192.0.2.3"), errc::rate_limited);
}

TEST_F(Limiter, CountsAnApiKeyOnceItIsKnownToBeWrong) {
  const admit_login guess{"hash of a key", "192.0.2.1"};
  for (int i = 0; i < 50; ++i)
    EXPECT_TRUE(world.get<bool>(limiter_, admit_key{guess})) << "fifty connections begin at the same time";
  caf::anon_send(limiter_, count_failed_key{guess});
  EXPECT_TRUE(world.get<bool>(limiter_, admit_key{guess}));
  caf::anon_send(limiter_, count_failed_key{guess});
  const auto refused = world.get<bool>(limiter_, admit_key{guess});
  EXPECT_CODE(refused, errc::rate_limited);
  EXPECT_EQ(refused.error().rate, (rate_refusal{rate_limit::failed_logins_account, {2, 900s}, 450s}));
  EXPECT_TRUE(try_password("ann@example.org", "192.0.2.1"));
  EXPECT_TRUE(try_password("bob@example.org", "192.0.2.1"));
  EXPECT_CODE(try_password("cleo@example.org", "192.0.2.1"), errc::rate_limited);  // two keys and two passwords
}

TEST_F(Limiter, ASuccessTakesBackItsOwnCountAndNoOther) {
  EXPECT_TRUE(try_password("ann@example.org", "192.0.2.1"));
  for (int i = 0; i < 50; ++i) {
    EXPECT_TRUE(try_password("ann@example.org", "192.0.2.1"));
    forgive("ann@example.org", "192.0.2.1");
  }
  EXPECT_TRUE(try_password("ann@example.org", "192.0.2.1"));
  EXPECT_CODE(try_password("ann@example.org", "192.0.2.1"), errc::rate_limited);  // two failures are still counted
  EXPECT_TRUE(try_password("bob@example.org", "192.0.2.1"));
  EXPECT_TRUE(try_password("cleo@example.org", "192.0.2.1"));
  EXPECT_CODE(try_password("dora@example.org", "192.0.2.1"), errc::rate_limited);  // likewise of the address
}

TEST_F(Limiter, SpentBucketsOutliveAMillionOtherAddresses) {
  while (call_from("192.0.2.1")) {
  }
  // Past the places that there are; a million of them are the table's own test.
  for (std::uint32_t i = 0; i < 5'000; ++i)
    ASSERT_TRUE(call_from(fmt::format("10.{}.{}.{}", i >> 16U, i >> 8U & 0xFFU, i & 0xFFU)));
  EXPECT_CODE(call_from("192.0.2.1"), errc::rate_limited);
}

/// A person whose three limits are small.
class PersonalLimits : public ::testing::Test {
protected:
  static world_options small_limits() {
    world_options options;
    options.rates = personal_quotas{rate_quota{4, 60s}, rate_quota{2, 60s}, rate_quota{1, 60s}};
    return options;
  }
  template <class R, class Q>
  result<R> tell(Q question, std::size_t client = 0) {
    return world.wait_for<R>(world.ask_owner<R>(ann.id, std::move(question), client));
  }
  result<entity_reply> read(std::size_t client = 0) { return tell<entity_reply>(get_user{ann.session}, client); }
  result<entity_reply> write() {
    create_conversation made;
    made.by = ann.session;
    return tell<entity_reply>(std::move(made));
  }
  result<run_ticket> chat() {
    start_chat made;
    made.by = ann.session;
    made.text = "hello";
    return tell<run_ticket>(std::move(made));
  }

  actor_world world{small_limits()};
  person ann = world.add_person(1);
};

TEST_F(PersonalLimits, GrantEachKindItsQuotaAndNotOneMore) {
  for (int i = 0; i < 4; ++i)
    EXPECT_TRUE(read());
  const auto refused = read();
  EXPECT_CODE(refused, errc::rate_limited);
  EXPECT_EQ(refused.error().rate, (rate_refusal{rate_limit::reads, {4, 60s}, 15s}));
  EXPECT_TRUE(write());
  EXPECT_TRUE(write());
  EXPECT_EQ(write().error().rate, (rate_refusal{rate_limit::writes, {2, 60s}, 30s}));
  EXPECT_TRUE(chat());
  EXPECT_EQ(chat().error().rate, (rate_refusal{rate_limit::chats, {1, 60s}, 60s}));
  EXPECT_EQ(world.stored(ann).conversations.size(), 3U) << "what was refused has done nothing";
}

TEST_F(PersonalLimits, FillDropByDrop) {
  while (read()) {
  }
  world.advance(14'900ms);
  EXPECT_CODE(read(), errc::rate_limited);
  world.advance(100ms);
  EXPECT_TRUE(read());
  EXPECT_CODE(read(), errc::rate_limited);
  world.advance(60s);
  for (int i = 0; i < 4; ++i)
    EXPECT_TRUE(read());
  EXPECT_CODE(read(), errc::rate_limited);
}

TEST_F(PersonalLimits, AreOneForAllConnectionsOfAPerson) {
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_TRUE(read(i % 2));
  EXPECT_CODE(read(0), errc::rate_limited);
  EXPECT_CODE(read(1), errc::rate_limited);
  const auto bob = world.add_person(2);
  EXPECT_TRUE(world.get_from_owner<entity_reply>(bob.id, get_user{bob.session}));
}

TEST_F(PersonalLimits, AreOneForAllWhoWaitForTheLoad) {
  std::vector<asked<entity_reply>> all;
  for (std::size_t i = 0; i < 6; ++i)
    all.push_back(world.ask_owner<entity_reply>(ann.id, get_user{ann.session}, i % 2));
  world.run();
  EXPECT_EQ(std::ranges::count_if(all, [](const auto& each) { return (*each)->has_value(); }), 4);
}

TEST_F(PersonalLimits, SayNothingToARevokedSessionAndTakeNothingFromIt) {
  const get_user stranger{session_id{ann.id.value}};
  for (int i = 0; i < 10; ++i)
    EXPECT_CODE(tell<entity_reply>(stranger), errc::unauthorized);
  for (int i = 0; i < 4; ++i)
    EXPECT_TRUE(read());
  EXPECT_CODE(tell<entity_reply>(stranger), errc::unauthorized);
}

TEST_F(PersonalLimits, CountARequestThatTheFrontRefuses) {
  for (int i = 0; i < 2; ++i)
    EXPECT_TRUE(tell<session_facts>(check_session{ann.session, rate_limit::writes}));
  EXPECT_CODE(tell<session_facts>(check_session{ann.session, rate_limit::writes}), errc::rate_limited);
  EXPECT_TRUE(tell<session_facts>(check_session{ann.session})) << "a question of the server itself";
}

TEST_F(PersonalLimits, AreKeptByAnOwnerWhoIsIdle) {
  ASSERT_TRUE(chat());
  const auto owner = world.owner_of(ann.id);
  world.advance(30s);
  EXPECT_FALSE(*world.get<bool>(owner, passivate{1s})) << "the bucket of chats is not full yet";
  world.advance(30s);
  EXPECT_TRUE(*world.get<bool>(owner, passivate{1s}));
}

TEST_F(ActorTest, WithoutLimitsEverybodyMayAskAsOftenAsTheyLike) {
  for (int i = 0; i < 5'000; ++i)
    ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, get_user{ann.session}));
}

}  // namespace genesis
