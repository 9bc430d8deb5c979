#include "tests/storage/fixtures.hpp"
#include "tests/storage/killed_writer.hpp"

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
    const auto acknowledged = acknowledged_by_killed_writer(
      kill_after, [&](int acknowledge) { write_for_ever(directory.file(), who, acknowledge); });
    ASSERT_GT(acknowledged, 0u);

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
