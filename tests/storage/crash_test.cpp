#include "tests/storage/fixtures.hpp"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace genesis::storage {
namespace {

/// Writes one conversation after the other and tells each number through the pipe once it is committed. Never returns.
[[noreturn]] void write_for_ever(const std::filesystem::path& file, const user_id& who, int acknowledge) {
  store_options options;
  options.database = file;
  const auto opened = sql_store::open(options, access::writer);
  if (!opened)
    ::_exit(1);
  for (std::uint32_t number = 1;; ++number) {
    if (!write_alone(**opened, batch_of(who, number, {put_conversation{conversation_of(number)}})))
      ::_exit(2);
    if (::write(acknowledge, &number, sizeof number) != sizeof number)
      ::_exit(3);
  }
}

TEST(Crash, KeepsEveryAcknowledgedWriteWhenKilled) {
  for (const std::uint32_t kill_after : {1u, 7u, 60u}) {
    const database_directory directory;
    ASSERT_TRUE(migrate(directory.file()));
    user_id who;
    {
      store_options options;
      options.database = directory.file();
      who = add_person(**sql_store::open(options, access::writer), 1);
    }
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    const auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0)
      write_for_ever(directory.file(), who, pipe_ends[1]);
    ::close(pipe_ends[1]);
    std::uint32_t acknowledged = 0;
    while (acknowledged < kill_after && ::read(pipe_ends[0], &acknowledged, sizeof acknowledged) > 0) {
    }
    ::kill(child, SIGKILL);
    std::uint32_t last = 0;
    while (::read(pipe_ends[0], &last, sizeof last) > 0)  // what it acknowledged before it died
      acknowledged = last;
    ::close(pipe_ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child failed by itself with " << WEXITSTATUS(status);
    ASSERT_GE(acknowledged, kill_after);

    store_options options;
    options.database = directory.file();
    const auto reopened = sql_store::open(options, access::writer);
    ASSERT_TRUE(reopened);
    EXPECT_EQ((*reopened)->database().ask("pragma integrity_check")[0][0], "ok");
    for (std::uint32_t number = 1; number <= acknowledged; ++number)
      EXPECT_TRUE((*reopened)->answer(find_conversation{who, id_of<conversation_id>(number)})) << number;
    const auto version = (*reopened)->answer(load_user{who})->version;
    EXPECT_GE(version, acknowledged + 1);
    EXPECT_LE(version, acknowledged + 2) << "at most one commit was under way";
  }
}

}  // namespace
}  // namespace genesis::storage
