#include "tests/actors/actor_fixture.hpp"

namespace genesis {

namespace {

/// Connections to one database server, as far as a worker can tell.
struct database_server {
  bool is_up = true;
  int restarts = 0;            ///< Each ends the connections that there are.
  int opened = 0;              ///< Connections, successful or not.
  bool loses_commits = false;  ///< The next write commits, and the connection is lost before the word of it.
};

/// A connection that is lost when its server was restarted, and finds that out with the next call.
class losable_store final : public storage::memory_store {
public:
  losable_store(std::shared_ptr<storage::memory_database> database, database_server& server)
      : memory_store(std::move(database)), server_(server), born_(server.restarts) {}

  using memory_store::answer;
  using memory_store::write;

  result<storage::user_snapshot> answer(const storage::load_user& question) override {
    if (!reaches_server())
      return fail(errc::unavailable, "the server closed the connection");
    return memory_store::answer(question);
  }
  std::vector<result<storage::write_receipt>> write(std::span<const storage::write_batch* const> batches) override {
    if (!reaches_server())
      return {batches.size(), fail(errc::unavailable, "the server closed the connection")};
    auto written = memory_store::write(batches);
    if (!std::exchange(server_.loses_commits, false))
      return written;
    is_lost_ = true;
    return {batches.size(), fail(errc::outcome_unknown, "the server closed the connection")};
  }
  result<storage::write_receipt> write(const storage::append_run_chunks& chunks) override {
    if (!reaches_server())
      return fail(errc::unavailable, "the server closed the connection");
    return memory_store::write(chunks);
  }
  [[nodiscard]] bool is_lost() const noexcept override { return is_lost_; }

private:
  bool reaches_server() {
    is_lost_ |= !server_.is_up || server_.restarts != born_;
    return !is_lost_;
  }

  database_server& server_;
  int born_;
  bool is_lost_ = false;
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
  StorageWorker() {
    worker_ =
      world.system().spawn(storage_worker_behavior, store_factory{[this]() -> result<std::unique_ptr<storage::store>> {
        ++server_.opened;
        if (!server_.is_up)
          return fail(errc::unavailable, "connection refused");
        return std::make_unique<losable_store>(world.database, server_);
      }},
        std::size_t{8});
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

TEST_F(StorageWorker, AGroupThatWasNotBegunIsWrittenOnTheNewConnection) {
  const auto bob = world.add_person(2);
  EXPECT_TRUE(load());
  ++server_.restarts;
  const auto first = world.ask<storage::write_receipt>(worker_, new_password(ann, 0));
  const auto second = world.ask<storage::write_receipt>(worker_, new_password(bob, 0));
  EXPECT_EQ(world.wait_for<storage::write_receipt>(first)->version, 1);
  EXPECT_EQ(world.wait_for<storage::write_receipt>(second)->version, 1);
}

}  // namespace genesis
