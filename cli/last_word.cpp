#include "cli/last_word.hpp"

#include <boost/system/system_error.hpp>

#include <array>
#include <atomic>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <poll.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <system_error>
#include <unistd.h>

namespace genesis::cli {

namespace {

constexpr std::string_view no_memory =
  "there is not enough memory; raise the limit (ulimit -v, or MemoryMax= of a systemd unit)";
/// The system gives one answer for a stack that it cannot map and for a thread too many.
constexpr std::string_view no_thread = "a thread could not be started; raise the limit of memory (ulimit -v) or of "
                                       "threads (ulimit -u, or TasksMax= of a systemd unit)";
constexpr std::string_view no_descriptor =
  "there are not enough descriptors; raise the limit (ulimit -n, or LimitNOFILE= of a systemd unit)";

/// `Code` is an error code of the standard or of Boost.
template <class Code, class Condition>
std::string_view refused_resource(
  const Code& code, Condition memory, Condition thread, Condition own_files, Condition all_files) noexcept {
  if (code == memory)
    return no_memory;
  if (code == thread)
    return no_thread;
  return code == own_files || code == all_files ? no_descriptor : std::string_view{};
}

/// How long a line waits for whoever reads standard error: nobody does any more, when a pipe stays full.
constexpr int reader_wait_ms = 500;

/// What malloc asks the system for when a heap is used up, and a little: without so much it has nothing to give.
constexpr std::size_t memory_asked_for = std::size_t{2} * 1'024 * 1'024;

/// Asks the system alone, as a handler of signals may.
[[maybe_unused]] bool is_memory_out() noexcept {
  void* const got = ::mmap(nullptr, memory_asked_for, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (got == MAP_FAILED)
    return true;
  ::munmap(got, memory_asked_for);
  return false;
}

/// Far more than the end of the server needs, and nothing beside what a process has.
constexpr std::size_t claimed_stack_bytes = std::size_t{512} * 1'024;
constexpr std::size_t page_bytes = 4'096;

}  // namespace

std::string_view what_ran_out(const std::exception& thrown) noexcept {
  if (dynamic_cast<const std::bad_alloc*>(&thrown) != nullptr)
    return no_memory;
  if (const auto* of_std = dynamic_cast<const std::system_error*>(&thrown))
    return refused_resource(of_std->code(), std::errc::not_enough_memory, std::errc::resource_unavailable_try_again,
      std::errc::too_many_files_open, std::errc::too_many_files_open_in_system);
  if (const auto* of_boost = dynamic_cast<const boost::system::system_error*>(&thrown)) {
    namespace errc = boost::system::errc;
    return refused_resource(of_boost->code(), errc::not_enough_memory, errc::resource_unavailable_try_again,
      errc::too_many_files_open, errc::too_many_files_open_in_system);
  }
  return {};
}

void say(std::initializer_list<std::string_view> parts) noexcept {
  std::array<iovec, 8> pieces{};
  std::size_t used = 0;
  const auto add = [&](std::string_view text) {
    if (used < pieces.size())
      pieces[used++] = {const_cast<char*>(text.data()), text.size()};
  };
  add("genesis: ");
  for (const auto part : parts)
    add(part);
  add("\n");
  pollfd reader{STDERR_FILENO, POLLOUT, 0};
  if (::poll(&reader, 1, reader_wait_ms) > 0)
    static_cast<void>(!::writev(STDERR_FILENO, pieces.data(), static_cast<int>(used)));
}

void end_with_a_word() noexcept {
  static std::atomic_flag is_ending;
  while (is_ending.test_and_set())  // another thread has the word
    ::pause();
  try {
    if (const auto thrown = std::current_exception())
      std::rethrow_exception(thrown);
    say({"ends at once: something failed that it cannot do without"});
  } catch (const std::exception& what) {
    if (const auto lacking = what_ran_out(what); !lacking.empty()) {
      say({"ends at once: ", lacking});
      ::_exit(1);
    }
    say({"ends at once: ", what.what()});
  } catch (...) {
    say({"ends at once: an unknown exception"});
  }
  std::abort();
}

void explain_signals_of_want() noexcept {
#ifndef GENESIS_ADDRESS_SANITIZER  // which has handlers of its own, and no end of memory
  struct sigaction action{};
  action.sa_handler = [](int) {
    if (is_memory_out()) {
      say({"ends at once: ", no_memory});
      ::_exit(1);
    }
  };
  // Behind the handler the signal comes again, and does what it does by default.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (const int each : {SIGABRT, SIGSEGV})
    ::sigaction(each, &action, nullptr);
#endif
}

void claim_stack() noexcept {
  volatile char pages[claimed_stack_bytes];  // NOLINT(modernize-avoid-c-arrays): it is written, and never read
  for (std::size_t i = sizeof pages; i >= page_bytes; i -= page_bytes)  // it grows downwards
    pages[i - 1] = 0;
}

}  // namespace genesis::cli
