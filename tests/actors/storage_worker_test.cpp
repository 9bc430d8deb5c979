#include "tests/actors/actor_fixture.hpp"
#include "tests/actors/log_reader.hpp"

namespace genesis {

namespace {

/// Connections to one database server, as far as a worker can tell.
struct database_server {
  bool is_up = true;
  int restarts = 0;                ///< Each ends the connections that there are.
  int opened = 0;                  ///< Connections, successful or not.
  int settled = 0;                 ///< How often what writes leave for later was done.
  bool has_read_fault = false;     ///< Of the connections that there are, and those to come.
  bool loses_commits = false;      ///< The next write commits, and the connection is lost before the word of it.
  bool commits_later = false;      ///< A write that was started has its commit under way.
  std::vector<std::string> steps;  ///< Of writes that were started, and of questions.
  std::function<void()> when_started = [] {};  ///< Is called once.
  std::chrono::milliseconds time_to_open{0};
  std::chrono::milliseconds time_to_fail{0};  ///< Until a call finds out that its connection is lost.
  std::function<void(std::chrono::milliseconds)> pass_time = [](std::chrono::milliseconds) {};
};

/// A connection that is lost when its server was restarted, and finds that out with the next call.
class losable_store final : public storage::memory_store {
public:
  losable_store(std::shared_ptr<storage::memory_database> database, database_server& server)
      : memory_store(std::move(database)), server_(server), born_(server.restarts) {}

  using memory_store::answer;
  using memory_store::write;

  result<storage::user_snapshot> answer(const storage::load_user& question) override {
    server_.steps.emplace_back("load");
    if (!reaches_server())
      return fail(errc::unavailable, "the server closed the connection");
    if (server_.has_read_fault)
      return fail(errc::unavailable, "disk I/O error");
    return memory_store::answer(question);
  }
  result<bool> answer(const storage::check_database& question) override {
    if (!reaches_server())
      return fail(errc::unavailable, "the server closed the connection");
    return memory_store::answer(question);
  }
  storage::write_results write(std::span<const storage::write_batch* const> batches) override {
    if (!reaches_server())
      return {batches.size(), fail(errc::unavailable, "the server closed the connection")};
    auto written = memory_store::write(batches);
    if (!std::exchange(server_.loses_commits, false))
      return written;
    is_lost_ = true;
    server_.pass_time(server_.time_to_fail);
    return {batches.size(), fail(errc::outcome_unknown, "the server closed the connection")};
  }
  std::optional<storage::write_results> start_write(std::span<const storage::write_batch* const> batches,
    const std::function<void(storage::write_results)>& on_finished) override {
    server_.steps.push_back("start " + std::to_string(batches.size()));
    if (committing_)
      on_finished(finish_write());
    auto written = write(batches);
    if (!server_.commits_later || (is_lost_ && written.front().error().code == errc::unavailable))
      return written;
    committing_ = std::move(written);
    std::exchange(server_.when_started, [] {})();
    return std::nullopt;
  }
  storage::write_results finish_write() override {
    server_.steps.emplace_back("finish");
    return *std::exchange(committing_, std::nullopt);
  }
  result<storage::write_receipt> write(const storage::append_run_chunks& chunks) override {
    if (!reaches_server())
      return fail(errc::unavailable, "the server closed the connection");
    return memory_store::write(chunks);
  }
  void settle() override { ++server_.settled; }
  [[nodiscard]] bool is_lost() const noexcept override { return is_lost_; }

private:
  bool reaches_server() {
    is_lost_ |= !server_.is_up || server_.restarts != born_;
    if (is_lost_)
      server_.pass_time(server_.time_to_fail);
    return !is_lost_;
  }

  database_server& server_;
  int born_;
  bool is_lost_ = false;
  std::optional<storage::write_results> committing_;
};

storage::write_batch new_password(const person& who, std::int64_t version) {
  storage::write_batch batch;
  batch.user = who.id;
  batch.version = version;
  batch.mutations.emplace_back(storage::put_password{"new"});
  return batch;
}

}  // namespace

class StorageWorker : public ActorTest {
protected:
  explicit StorageWorker(storage_worker_options options = {.batch_size = 8}) {
    server_.pass_time = [this](std::chrono::milliseconds time) { world.scheduler().clock().current_time += time; };
    worker_ =
      world.system().spawn(storage_worker_behavior, store_factory{[this]() -> result<std::unique_ptr<storage::store>> {
        ++server_.opened;
        server_.pass_time(server_.time_to_open);
        if (!server_.is_up)
          return fail(errc::unavailable, "connection refused");
        return std::make_unique<losable_store>(world.database, server_);
      }},
        options);
    world.run();
  }
  ~StorageWorker() override { caf::anon_send_exit(worker_, caf::exit_reason::user_shutdown); }

  result<storage::user_snapshot> load() {
    return world.get<storage::user_snapshot>(worker_, storage::load_user{ann.id});
  }
  result<storage::write_receipt> write(std::int64_t version) {
    return world.get<storage::write_receipt>(worker_, new_password(ann, version));
  }

  database_server server_;
  storage_worker_actor worker_;
};

TEST_F(StorageWorker, DoesWhatWritesHaveLeftForLater) {
  EXPECT_EQ(write(0)->version, 1);
  EXPECT_EQ(server_.settled, 1);
  EXPECT_TRUE(load());
  EXPECT_EQ(server_.settled, 1) << "a read has left nothing";
  server_.loses_commits = true;
  EXPECT_CODE(write(1), errc::outcome_unknown);
  EXPECT_EQ(server_.settled, 1) << "there is no connection to do it on";
}

// Changes ask before they write: nothing else would say why they are refused.
TEST_F(StorageWorker, TellsOnceAMinuteThatQuestionsFail) {
  const log_reader log;
  server_.has_read_fault = true;
  for (int i = 0; i < 3; ++i)
    EXPECT_CODE(load(), errc::unavailable);
  EXPECT_EQ(log.count("the database fails to answer a question (disk I/O error)"), 1U);
  server_.has_read_fault = false;
  EXPECT_TRUE(load());
  server_.has_read_fault = true;
  EXPECT_CODE(load(), errc::unavailable);
  EXPECT_EQ(log.count("the database fails to answer"), 1U);
  world.advance(std::chrono::minutes{1});
  EXPECT_CODE(load(), errc::unavailable);
  EXPECT_EQ(log.count("the database fails to answer"), 2U);
}

TEST_F(StorageWorker, NobodyNoticesThatTheServerWasRestarted) {
  EXPECT_TRUE(load());
  ++server_.restarts;
  EXPECT_TRUE(load());
  ++server_.restarts;
  EXPECT_EQ(write(0)->version, 1);
  ++server_.restarts;
  EXPECT_TRUE(world.get<storage::write_receipt>(worker_, storage::append_run_chunks{}));
  EXPECT_EQ(server_.opened, 4) << "one connection after each restart";
}

TEST_F(StorageWorker, ALostServerIsUnavailableUntilItIsBack) {
  EXPECT_TRUE(load());
  server_.is_up = false;
  EXPECT_CODE(load(), errc::unavailable);
  EXPECT_CODE(write(0), errc::unavailable);
  EXPECT_CODE(world.get<storage::write_receipt>(worker_, storage::append_run_chunks{}), errc::unavailable);
  server_.is_up = true;
  EXPECT_TRUE(load());
  EXPECT_EQ(write(0)->version, 1);
}

TEST_F(StorageWorker, AWriteOfUnknownOutcomeIsNeverRepeated) {
  EXPECT_TRUE(load());
  server_.loses_commits = true;
  EXPECT_CODE(write(0), errc::outcome_unknown);
  EXPECT_EQ(world.stored(ann).version, 1);
  EXPECT_EQ(load()->version, 1) << "on a new connection";
  EXPECT_EQ(server_.opened, 2);
}

/// The server may have done the work before it fell silent, and the time is up.
TEST_F(StorageWorker, WhatWasLostAfterASecondIsNotDoneAgain) {
  EXPECT_TRUE(load());
  server_.time_to_fail = std::chrono::milliseconds{999};
  ++server_.restarts;
  EXPECT_EQ(write(0)->version, 1) << "soon enough";
  server_.time_to_fail = std::chrono::milliseconds{1'000};
  ++server_.restarts;
  EXPECT_CODE(write(1), errc::unavailable);
  EXPECT_EQ(server_.opened, 2) << "no new connection for it";
  EXPECT_CODE(write(1), errc::unavailable);  // nor for whoever waited behind it
  EXPECT_CODE(load(), errc::unavailable);
  EXPECT_EQ(server_.opened, 2);
  world.advance(std::chrono::milliseconds{250});
  EXPECT_EQ(write(1)->version, 2) << "the next request gets one";

  ++server_.restarts;
  EXPECT_CODE(load(), errc::unavailable);
  world.advance(std::chrono::milliseconds{250});
  server_.time_to_fail = std::chrono::milliseconds{999};
  EXPECT_TRUE(load());
  ++server_.restarts;
  EXPECT_TRUE(load());
}

/// Those who wait behind an attempt that took long are refused and not held for another one.
TEST_F(StorageWorker, OpeningRestsAQuarterOfTheTimeItTook) {
  EXPECT_EQ(server_.opened, 0);
  server_.is_up = false;
  EXPECT_CODE(load(), errc::unavailable);
  EXPECT_CODE(load(), errc::unavailable);
  EXPECT_EQ(server_.opened, 2) << "what fails at once is tried with every request";
  server_.time_to_open = std::chrono::milliseconds{4'000};
  EXPECT_CODE(load(), errc::unavailable);
  EXPECT_EQ(server_.opened, 3);
  server_.time_to_open = std::chrono::milliseconds{0};
  server_.is_up = true;
  world.advance(std::chrono::milliseconds{999});
  EXPECT_CODE(load(), errc::unavailable);
  EXPECT_CODE(write(0), errc::unavailable);
  EXPECT_EQ(server_.opened, 3);
  world.advance(std::chrono::milliseconds{1});
  EXPECT_TRUE(load());
  EXPECT_EQ(server_.opened, 4);
}

TEST_F(StorageWorker, AGroupThatWasNotBegunIsWrittenOnTheNewConnection) {
  const auto bob = world.add_person(2);
  EXPECT_TRUE(load());
  ++server_.restarts;
  const auto first = world.ask<storage::write_receipt>(worker_, new_password(ann, 0));
  const auto second = world.ask<storage::write_receipt>(worker_, new_password(bob, 0));
  EXPECT_EQ(world.wait_for<storage::write_receipt>(first)->version, 1);
  EXPECT_EQ(world.wait_for<storage::write_receipt>(second)->version, 1);
}

class CarefulStorageWorker : public StorageWorker {
protected:
  CarefulStorageWorker()
      : StorageWorker({.batch_size = 8, .recycle_after = std::chrono::minutes{10}, .pre_ping = true}) {}
};

TEST_F(CarefulStorageWorker, TriesAConnectionThatHasRestedBeforeItIsUsed) {
  EXPECT_TRUE(load());
  server_.time_to_fail = std::chrono::milliseconds{1'000};  // a write that found out itself would not be repeated
  ++server_.restarts;
  world.advance(rest_before_ping);
  EXPECT_EQ(write(0)->version, 1);
  EXPECT_EQ(server_.opened, 2);
  ++server_.restarts;
  world.advance(rest_before_ping - std::chrono::seconds{2});
  EXPECT_CODE(write(1), errc::unavailable);  // one that has just worked is not tried
}

TEST_F(CarefulStorageWorker, ReplacesAConnectionAtItsAge) {
  EXPECT_TRUE(load());
  world.advance(std::chrono::minutes{10} - std::chrono::milliseconds{1});
  EXPECT_TRUE(load());
  EXPECT_EQ(server_.opened, 1);
  world.advance(std::chrono::milliseconds{1});
  EXPECT_TRUE(load());
  EXPECT_EQ(write(0)->version, 1);
  EXPECT_EQ(server_.opened, 2);
}

/// Over a store whose commits take time of their own.
class PatientStorageWorker : public StorageWorker {
protected:
  PatientStorageWorker() : StorageWorker({.batch_size = 8, .recycle_after = std::chrono::minutes{10}}) {
    server_.commits_later = true;
  }
  void send_writes(const std::vector<person>& of) {
    for (const auto& each : of)
      caf::anon_send(worker_, new_password(each, 0));
  }
  /// Ann's write, and what comes while its commit is under way.
  result<storage::write_receipt> write_beside(std::function<void()> what) {
    server_.when_started = std::move(what);
    auto written = write(0);
    world.run();
    return written;
  }

  person bob_ = world.add_person(2);
  person cid_ = world.add_person(3);
  using steps = std::vector<std::string>;
};

TEST_F(PatientStorageWorker, WaitsForACommitWhenNothingElseHasCome) {
  EXPECT_EQ(write(0)->version, 1);
  EXPECT_EQ(server_.steps, (steps{"start 1", "finish"}));
  EXPECT_EQ(server_.settled, 1);
}

TEST_F(PatientStorageWorker, SendsTheNextGroupBeforeItWaitsForTheCommit) {
  EXPECT_EQ(write_beside([&] { send_writes({bob_, cid_}); })->version, 1);
  EXPECT_EQ(server_.steps, (steps{"start 1", "start 2", "finish", "finish"}));
  EXPECT_EQ(world.stored(bob_).version, 1);
  EXPECT_EQ(world.stored(cid_).version, 1);
}

TEST_F(PatientStorageWorker, WaitsForTheCommitBeforeAQuestion) {
  EXPECT_EQ(write_beside([&] { caf::anon_send(worker_, storage::load_user{ann.id}); })->version, 1);
  EXPECT_EQ(server_.steps, (steps{"start 1", "finish", "load"}));
}

TEST_F(PatientStorageWorker, WritesTheNextGroupOnANewConnectionWhenTheCommitWasLost) {
  server_.loses_commits = true;
  EXPECT_CODE(write_beside([&] { send_writes({bob_}); }), errc::outcome_unknown);
  EXPECT_EQ(world.stored(bob_).version, 1);
  EXPECT_EQ(server_.opened, 2);
  EXPECT_EQ(server_.steps, (steps{"start 1", "finish", "start 1", "finish"}));
}

TEST_F(PatientStorageWorker, WritesTheNextGroupOnANewConnectionWhenItWasLostBehindTheCommit) {
  const auto first = write_beside([&] {
    ++server_.restarts;
    send_writes({bob_});
  });
  EXPECT_EQ(first->version, 1);
  EXPECT_EQ(world.stored(bob_).version, 1);
  EXPECT_EQ(server_.opened, 2);
  EXPECT_EQ(server_.steps, (steps{"start 1", "start 1", "finish", "start 1", "finish"}));
}

TEST_F(PatientStorageWorker, WaitsForTheCommitBeforeItReplacesTheConnection) {
  const auto first = write_beside([&] {
    server_.pass_time(std::chrono::minutes{10});
    send_writes({bob_});
  });
  EXPECT_EQ(first->version, 1);
  EXPECT_EQ(world.stored(bob_).version, 1);
  EXPECT_EQ(server_.opened, 2);
  EXPECT_EQ(server_.steps, (steps{"start 1", "finish", "start 1", "finish"}));
}

class WaitingStorageWorker : public StorageWorker {
protected:
  WaitingStorageWorker() : StorageWorker({.batch_size = 2, .batch_wait = std::chrono::milliseconds{20}}) {}
};

TEST_F(WaitingStorageWorker, HoldsAWriteForOthersUntilTheBatchIsFullOrTheTimeIsUp) {
  const auto alone = world.ask<storage::write_receipt>(worker_, new_password(ann, 0));
  world.run();
  EXPECT_FALSE(*alone) << "it waits";
  world.advance(std::chrono::milliseconds{20});
  EXPECT_TRUE(world.wait_for<storage::write_receipt>(alone));
  EXPECT_EQ(world.database->groups, 1);

  const auto bob = world.add_person(2);
  const auto one = world.ask<storage::write_receipt>(worker_, new_password(ann, 1));
  const auto two = world.ask<storage::write_receipt>(worker_, new_password(bob, 0));
  world.run();
  EXPECT_TRUE(*one && *two) << "a full batch goes at once";
  EXPECT_EQ(world.database->groups, 2);
}

}  // namespace genesis
