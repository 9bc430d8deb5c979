#include "actors/accounts.hpp"
#include "actors/failure.hpp"
#include "actors/limiter.hpp"
#include "actors/password_pool.hpp"
#include "auth/invitation_code.hpp"
#include "tests/actors/actor_fixture.hpp"

namespace genesis {

namespace {

using namespace std::chrono_literals;

std::uint64_t logins_that_were(login_outcome outcome) {
  std::uint64_t sum = 0;
  per_thread<actor_counters>::for_each(
    [&](const actor_counters& each) { sum += each.logins[static_cast<std::size_t>(outcome)].value(); });
  return sum;
}

}  // namespace

/// Logins and registrations with a password worker that only counts: the hash of a password is the password. Three
/// wrong passwords per account and five per address in 15 minutes.
class Accounts : public ActorTest {
protected:
  Accounts() {
    world.stored(ann).password_hash = "abc";
    passwords_ = world.system().spawn(password_pool_behavior,
      spawn_password_worker{[this] { return world.system().spawn(counting_worker, &verified_, &hashed_); }},
      password_pool_options{1, 8});
    limiter_options options;
    options.account_failures = {3, 900s};
    options.address_failures = {5, 900s};
    limiter_ = world.system().spawn(limiter_behavior, options, world.services->world);
    accounts_ = world.system().spawn(
      accounts_behavior, accounts_services{world.pool, passwords_, {world.shard}, world.services->world, limiter_});
  }
  ~Accounts() override {
    caf::anon_send_exit(accounts_, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(limiter_, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(passwords_, caf::exit_reason::user_shutdown);
    accounts_ = nullptr;
    limiter_ = nullptr;
    passwords_ = nullptr;
    world.run();
  }

  static password_worker_actor::behavior_type counting_worker(
    password_worker_actor::pointer self, int* verified, int* hashed) {
    contain_failures(self, "password worker");
    return {
      [hashed](const hash_password& what) { return ++*hashed, password_hashed{what.password}; },
      [](const judge_password& what) -> caf::result<bool> {
        if (what.password != "weak")
          return true;
        std::string words;
        for (const auto& each : what.personal_words)
          words += " " + each;
        return to_caf({errc::invalid_argument, {}, {{"password", "value", "is weak for" + words}}});
      },
      [verified](const verify_password& what) {
        return ++*verified, password_verdict{!what.hash.empty() && what.hash == what.password, std::nullopt};
      },
    };
  }

  result<signed_in> log_in_with(
    std::string password, std::string email = "person1@example.org", std::string address = "192.0.2.1") {
    return world.get<signed_in>(accounts_, log_in{std::move(email), std::move(password), {"", std::move(address)}});
  }
  std::string invite(std::string email, user_role role = user_role::user, std::chrono::seconds lifetime = 60s) {
    auto code = auth::make_invitation_code();
    const auto now = world.wall_time();
    world.database->invitations[email] = {code.hash, email, role, now, now + lifetime};
    return code.text;
  }
  static sign_up registration(std::string email, std::optional<std::string> invite = std::nullopt) {
    sign_up made;
    made.person.email = std::move(email);
    made.password = "abc";
    made.invite = std::move(invite);
    return made;
  }

  int verified_ = 0;
  int hashed_ = 0;
  password_pool_actor passwords_;
  limiter_actor limiter_;
  accounts_actor accounts_;
};

TEST_F(Accounts, RefuseALoginBeyondTheFailuresBeforeThePasswordIsLookedAt) {
  const auto limited = logins_that_were(login_outcome::limited);
  for (int i = 0; i < 3; ++i)
    EXPECT_CODE(log_in_with("wrong"), errc::unauthorized);
  const auto refused = log_in_with("abc");
  EXPECT_CODE(refused, errc::rate_limited);
  EXPECT_EQ(refused.error().rate, (rate_refusal{rate_limit::failed_logins_account, {3, 900s}, 300s}));
  EXPECT_EQ(verified_, 3);
  EXPECT_EQ(logins_that_were(login_outcome::limited), limited + 1);
  world.advance(300s);
  EXPECT_TRUE(log_in_with("abc"));
}

TEST_F(Accounts, CountNoSuccess) {
  const auto successes = logins_that_were(login_outcome::success);
  for (int i = 0; i < 20; ++i)
    EXPECT_TRUE(log_in_with("abc"));
  EXPECT_EQ(logins_that_were(login_outcome::success), successes + 20);
  for (int i = 0; i < 3; ++i)
    EXPECT_CODE(log_in_with("wrong"), errc::unauthorized);
  EXPECT_CODE(log_in_with("wrong"), errc::rate_limited);
}

TEST_F(Accounts, ASuccessDoesNotResetTheCountOfItsAddress) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_CODE(log_in_with("wrong", "nobody" + std::to_string(i) + "@example.org"), errc::unauthorized);
    if (i < 4) {
      EXPECT_TRUE(log_in_with("abc"));
    }
  }
  EXPECT_EQ(log_in_with("abc").error().rate->limit, rate_limit::failed_logins_address);
  EXPECT_TRUE(log_in_with("abc", "person1@example.org", "192.0.2.2")) << "somebody else's address";
}

/// Else who tries passwords learns which accounts there are.
TEST_F(Accounts, DoTheSameForAccountsThatAreThereNotThereOrDisabled) {
  const auto bob = world.add_person(2);
  world.stored(bob).password_hash = "abc";
  world.stored(bob).person.is_active = false;
  const std::pair<const char*, const char*> attempts[] = {
    {"person1@example.org", "wrong"}, {"nobody@example.org", "abc"}, {"person2@example.org", "abc"}};
  std::size_t address = 0;
  for (const auto& [email, password] : attempts) {
    const auto from = "192.0.2." + std::to_string(++address);
    const auto before = verified_;
    for (int i = 0; i < 3; ++i) {
      const auto refused = log_in_with(password, email, from);
      EXPECT_CODE(refused, errc::unauthorized);
      EXPECT_EQ(refused.error().detail, "the e-mail address or the password is wrong") << email;
    }
    const auto limited = log_in_with(password, email, from);
    EXPECT_CODE(limited, errc::rate_limited);
    EXPECT_EQ(limited.error().rate, (rate_refusal{rate_limit::failed_logins_account, {3, 900s}, 300s})) << email;
    EXPECT_EQ(verified_ - before, 3) << email;
  }
}

TEST_F(Accounts, TryNoMorePasswordsAtOnceThanMayFail) {
  std::vector<asked<signed_in>> all;
  for (int i = 0; i < 8; ++i)
    all.push_back(world.ask<signed_in>(accounts_, log_in{"person1@example.org", "wrong", {"", "192.0.2.1"}}));
  world.run();
  EXPECT_EQ(verified_, 3);
  EXPECT_EQ(
    std::ranges::count_if(all, [](const auto& each) { return (*each)->error().code == errc::rate_limited; }), 5);
}

TEST_F(Accounts, CountNoLoginThatCouldNotBeChecked) {
  for (int i = 0; i < 10; ++i) {
    world.database->fail_next(errc::unavailable);
    EXPECT_CODE(log_in_with("wrong"), errc::unavailable);
  }
  EXPECT_TRUE(log_in_with("abc"));
}

TEST_F(Accounts, CountTheCurrentPasswordOfAChangeAsALogin) {
  const auto confirmations = [](login_outcome outcome) {
    std::uint64_t sum = 0;
    per_thread<actor_counters>::for_each(
      [&](const actor_counters& each) { sum += each.confirmations[static_cast<std::size_t>(outcome)].value(); });
    return sum;
  };
  const std::array before{
    confirmations(login_outcome::wrong), confirmations(login_outcome::limited), confirmations(login_outcome::success)};
  const auto change = [&](std::string current) {
    return world.get<entity_reply>(
      accounts_, renew_password{ann.id, ann.session, std::move(current), "other", "192.0.2.1"});
  };
  for (int i = 0; i < 3; ++i)
    EXPECT_CODE(change("wrong"), errc::forbidden);
  EXPECT_CODE(change("abc"), errc::rate_limited);
  EXPECT_EQ(verified_, 3);
  world.advance(300s);
  EXPECT_TRUE(change("abc"));
  EXPECT_EQ(world.stored(ann).password_hash, "other");
  EXPECT_EQ(confirmations(login_outcome::wrong), before[0] + 3);
  EXPECT_EQ(confirmations(login_outcome::limited), before[1] + 1);
  EXPECT_EQ(confirmations(login_outcome::success), before[2] + 1);
}

TEST_F(Accounts, NameAWeakPasswordTogetherWithTheOtherFaults) {
  world.stored(ann).person.full_name = "Ann Other";
  const field_error unknown{"nickname", "unknown", "is not a field of this object"};
  auto made = registration("new@example.org");
  made.person.full_name = "Ann";
  made.password = "weak";
  made.faults = {unknown};
  auto refused = world.get<signed_in>(accounts_, made);
  EXPECT_CODE(refused, errc::invalid_argument);
  EXPECT_EQ(refused.error().faults, (field_errors{unknown, {"password", "value", "is weak for new@example.org Ann"}}));
  made.password = "strong";
  EXPECT_EQ(world.get<signed_in>(accounts_, made).error().faults, field_errors{unknown});
  made.password = "weak";
  made.faults = {{"password", "length", "must have 8 to 256 characters"}};
  EXPECT_EQ(world.get<signed_in>(accounts_, made).error().faults, made.faults) << "one fault of a field is enough";
  EXPECT_EQ(world.database->people.size(), 1U);
  EXPECT_EQ(hashed_, 0);

  const renew_password change{ann.id, ann.session, "wrong", "weak", "192.0.2.1", {unknown}};
  const auto unchanged = world.get<entity_reply>(accounts_, change);
  EXPECT_CODE(unchanged, errc::invalid_argument);
  EXPECT_EQ(unchanged.error().faults,
    (field_errors{unknown, {"new_password", "value", "is weak for person1@example.org Ann Other"}}));
  auto ended = change;
  ended.session = world.add_person(2).session;
  EXPECT_CODE(world.get<entity_reply>(accounts_, ended), errc::unauthorized);
  EXPECT_EQ(verified_, 0) << "the current password is not tried";
}

TEST_F(Accounts, NameTheFaultsThatAreKnownWhenThePasswordCannotBeJudged) {
  auto made = registration("new@example.org");
  made.password = "weak";
  made.faults = {{"nickname", "unknown", "is not a field of this object"}};
  caf::anon_send_exit(passwords_, caf::exit_reason::kill);
  world.run();
  const auto refused = world.get<signed_in>(accounts_, made);
  EXPECT_CODE(refused, errc::invalid_argument);
  EXPECT_EQ(refused.error().faults, made.faults);
}

TEST_F(Accounts, GiveTheInvitedTheRoleOfTheInvitationOnce) {
  const auto code = invite("new@example.org", user_role::coach);
  const auto made = world.get<signed_in>(accounts_, registration("new@example.org", code));
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(made->grant.role, user_role::coach);
  EXPECT_TRUE(world.database->invitations.empty());
  const auto again = world.get<signed_in>(accounts_, registration("new@example.org", code));
  EXPECT_CODE(again, errc::forbidden);
  EXPECT_EQ(again.error().detail, "this invitation is not valid, or was used");
  EXPECT_EQ(hashed_, 1) << "an invitation is looked at before a password";
}

TEST_F(Accounts, LetNobodyInWithAnInvitationThatIsNotTheirsOrHasExpired) {
  const auto code = invite("new@example.org");
  EXPECT_CODE(world.get<signed_in>(accounts_, registration("other@example.org", code)), errc::forbidden);
  EXPECT_CODE(world.get<signed_in>(accounts_, registration("new@example.org", "gi_nonsense")), errc::forbidden);
  EXPECT_CODE(world.get<signed_in>(accounts_, registration("new@example.org", auth::make_invitation_code().text)),
    errc::forbidden);
  world.advance(59'900ms);
  EXPECT_EQ(world.database->invitations.size(), 1U);
  world.advance(100ms);
  const auto late = world.get<signed_in>(accounts_, registration("new@example.org", code));
  EXPECT_CODE(late, errc::forbidden);
  EXPECT_EQ(late.error().detail, "this invitation has expired");
  EXPECT_EQ(hashed_, 0);
}

TEST(AccountRaces, TwoUsesOfAnInvitationHaveOneEffect) {
  for_each_seed(50, [](std::uint64_t seed) {
    world_options options;
    options.seed = seed;
    actor_world world{options};
    const auto code = auth::make_invitation_code();
    const auto now = world.wall_time();
    world.database->invitations["new@example.org"] = {code.hash, "new@example.org", user_role::user, now, now + 60s};
    auto passwords = world.system().spawn(password_pool_behavior, spawn_password_worker{[&] {
      return world.system().spawn([](password_worker_actor::pointer) -> password_worker_actor::behavior_type {
        return {
          [](const hash_password& what) { return password_hashed{what.password}; },
          [](const judge_password&) { return true; },
          [](const verify_password&) { return password_verdict{}; },
        };
      });
    }},
      password_pool_options{2, 8});
    auto accounts = world.system().spawn(
      accounts_behavior, accounts_services{world.pool, passwords, {world.shard}, world.services->world});
    std::vector<asked<signed_in>> all;
    for (std::size_t i = 0; i < 4; ++i) {
      sign_up made;
      made.person.email = "new@example.org";
      made.password = "abc";
      made.invite = code.text;
      all.push_back(world.ask<signed_in>(accounts, made, front_deadline, i % 2));
    }
    std::size_t succeeded = 0;
    for (const auto& each : all) {
      const auto outcome = world.wait_for<signed_in>(each);
      succeeded += outcome ? 1 : 0;
      if (!outcome) {
        EXPECT_TRUE(outcome.error().code == errc::forbidden || outcome.error().code == errc::email_taken);
      }
    }
    EXPECT_EQ(succeeded, 1U);
    EXPECT_EQ(world.database->people.size(), 1U);
    caf::anon_send_exit(accounts, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(passwords, caf::exit_reason::user_shutdown);
  });
}

}  // namespace genesis
