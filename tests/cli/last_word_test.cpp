#include "cli/last_word.hpp"
#include "tests/unread_pipe.hpp"

#include <boost/system/system_error.hpp>
#include <gmock/gmock.h>

#include <array>
#include <csignal>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <unistd.h>

namespace genesis::cli {
namespace {

using ::testing::HasSubstr;

template <class Exception>
[[noreturn]] void end_with(const Exception& thrown) {
  try {
    throw thrown;
  } catch (...) {
    end_with_a_word();
  }
}

std::system_error of_std(std::errc why) {
  return std::system_error{std::make_error_code(why), "while it was started"};
}

boost::system::system_error of_boost(boost::system::errc::errc_t why) {
  return boost::system::system_error{boost::system::errc::make_error_code(why)};
}

TEST(LastWord, NamesTheLimitOfWhatRanOut) {
  EXPECT_THAT(std::string{what_ran_out(std::bad_alloc{})}, HasSubstr("ulimit -v"));
  EXPECT_THAT(std::string{what_ran_out(std::bad_array_new_length{})}, HasSubstr("ulimit -v")) << "which is one of them";
  EXPECT_THAT(std::string{what_ran_out(of_std(std::errc::not_enough_memory))}, HasSubstr("ulimit -v"));
  EXPECT_THAT(std::string{what_ran_out(of_std(std::errc::resource_unavailable_try_again))}, HasSubstr("ulimit -u"));
  EXPECT_THAT(std::string{what_ran_out(of_std(std::errc::too_many_files_open))}, HasSubstr("ulimit -n"));
  EXPECT_THAT(std::string{what_ran_out(of_std(std::errc::too_many_files_open_in_system))}, HasSubstr("ulimit -n"));
  namespace errc = boost::system::errc;
  EXPECT_THAT(std::string{what_ran_out(of_boost(errc::not_enough_memory))}, HasSubstr("ulimit -v"));
  EXPECT_THAT(std::string{what_ran_out(of_boost(errc::resource_unavailable_try_again))}, HasSubstr("ulimit -u"));
  EXPECT_THAT(std::string{what_ran_out(of_boost(errc::too_many_files_open))}, HasSubstr("ulimit -n"));
}

TEST(LastWord, TakesNothingElseForAShortage) {
  EXPECT_EQ(what_ran_out(std::runtime_error{"not enough memory"}), "");
  EXPECT_EQ(what_ran_out(of_std(std::errc::permission_denied)), "");
  EXPECT_EQ(what_ran_out(of_boost(boost::system::errc::address_in_use)), "");
}

TEST(LastWord, WaitsForNobodyWhoDoesNotRead) {
  const unread_pipe nobody;
  const int standard_error = ::dup(STDERR_FILENO);
  ::dup2(nobody.write_end(), STDERR_FILENO);
  say({"nobody will ever know"});
  ::dup2(standard_error, STDERR_FILENO);
  ::close(standard_error);
}

TEST(LastWord, IsOneLine) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const int standard_error = ::dup(STDERR_FILENO);
  ::dup2(ends[1], STDERR_FILENO);
  say({"ends", " at once", "", ": it is over"});
  ::dup2(standard_error, STDERR_FILENO);
  std::array<char, 100> got{};
  const auto size = ::read(ends[0], got.data(), got.size());
  for (const int each : {ends[0], ends[1], standard_error})
    ::close(each);
  EXPECT_EQ(std::string(got.data(), static_cast<std::size_t>(size)), "genesis: ends at once: it is over\n");
}

TEST(LastWordDeathTest, EndsAShortageWithStatusOne) {
  EXPECT_EXIT(end_with(std::bad_alloc{}), testing::ExitedWithCode(1), "genesis: ends at once: there is not enough mem");
  EXPECT_EXIT(end_with(of_std(std::errc::too_many_files_open)), testing::ExitedWithCode(1), "descriptors; raise the");
}

TEST(LastWordDeathTest, LeavesACoreOfAFaultOfTheProgram) {
  EXPECT_EXIT(
    end_with(std::logic_error{"a fault"}), testing::KilledBySignal(SIGABRT), "genesis: ends at once: a fault");
  EXPECT_EXIT(end_with(7), testing::KilledBySignal(SIGABRT), "genesis: ends at once: an unknown exception");
  EXPECT_EXIT(end_with_a_word(), testing::KilledBySignal(SIGABRT), "something failed that it cannot do without");
}

}  // namespace
}  // namespace genesis::cli
