#include "actors/background_worker.hpp"
#include "actors/mailbox_metrics.hpp"
#include "actors/metrics_collector.hpp"
#include "tests/actors/actor_fixture.hpp"

#include <prometheus/metric_family.h>

#include <functional>
#include <memory>

namespace genesis {

namespace {

/// The histogram of one kind of actor, as /metrics shows it.
prometheus::ClientMetric::Histogram lengths_of(std::string_view kind) {
  for (const auto& family : actor_collector{}.Collect())
    if (family.name == "genesis_mailbox_messages")
      for (const auto& metric : family.metric)
        if (metric.label.at(0).value == kind)
          return metric.histogram;
  ADD_FAILURE() << "no mailboxes of " << kind;
  return {};
}

background_job nothing_to_do() {
  return {std::make_shared<const std::function<void()>>([] {})};
}

class Mailboxes : public ActorTest {};

TEST_F(Mailboxes, AreCountedWhenTheTurnOfTheirActorComes) {
  const auto actor = world.system().spawn(background_behavior);
  world.run();
  const auto before = lengths_of("background");
  for (int i = 0; i < 5; ++i)
    caf::anon_send(actor, nothing_to_do());
  world.run();  // an actor's turn is one message here
  const auto after = lengths_of("background");
  EXPECT_EQ(after.sample_sum - before.sample_sum, 5 + 4 + 3 + 2 + 1);
  EXPECT_EQ(after.sample_count - before.sample_count, 5U);
  const auto above_four = [](const auto& histogram) {
    return histogram.sample_count - histogram.bucket.at(2).cumulative_count;
  };
  EXPECT_EQ(above_four(after) - above_four(before), 1U);
  caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
}

TEST_F(Mailboxes, OfActorsThatEndedStayClosed) {
  const auto actor = world.system().spawn(background_behavior);
  world.run();
  caf::anon_send(actor, nothing_to_do());
  caf::anon_send_exit(actor, caf::exit_reason::kill);
  caf::anon_send(actor, nothing_to_do());
  world.run();
  const auto late = world.ask<bool>(actor, nothing_to_do());
  world.run();
  ASSERT_TRUE(late->has_value());
  EXPECT_FALSE((*late)->has_value());
}

}  // namespace

}  // namespace genesis
