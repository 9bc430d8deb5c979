#include "tests/system/program.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <sys/resource.h>
#include <unistd.h>
#include <utility>

namespace genesis::system_test {

namespace {

#ifdef GENESIS_ADDRESS_SANITIZER
/// Objects, those in quarantine too, have red zones and shadow around them: up to three times their size for small
/// ones.
constexpr std::size_t bytes_allowed(std::size_t growth) {
  return 4 * (growth + quarantine_mb * 1'024 * 1'024);
}
#else
constexpr std::size_t bytes_allowed(std::size_t growth) {
  return growth;
}
#endif

}  // namespace

program::program(settings flags, settings environment)
    : flags_(std::move(flags)), environment_(std::move(environment)) {
  start();
}

program::~program() {
  expect_alive();
}

/// Unless the test has ended it and waited for that.
void program::expect_alive() const {
  if (process_ && process_->has_ended_unasked())
    ADD_FAILURE() << "the server ended on its own; its log:\n" << log();
}

void program::start() {
  expect_alive();
  process_ = nullptr;
  std::error_code ec;
  std::filesystem::remove(data() / "http.port", ec);  // a crash leaves it behind
  settings arguments{"serve", "--data.directory=" + data().string()};
  if (std::ranges::none_of(flags_, [](const auto& each) { return each.starts_with("--http.port="); }))
    arguments.emplace_back("--http.port=0");
  arguments.insert(arguments.end(), flags_.begin(), flags_.end());
  process_ = std::make_unique<child_process>(arguments, home(), environment_);
  if (!process_->wait_for_out("Ctrl-C ends the server"))
    throw std::runtime_error("the server did not start:\n" + process_->out() + process_->err());
  std::ifstream file{data() / "http.port"};
  if (!(file >> port_) || port_ == 0)
    throw std::runtime_error("the server wrote no port");
  ++starts_;
}

void program::start(settings flags) {
  flags_ = std::move(flags);
  start();
}

int program::end() {
  expect_alive();
  signal(SIGTERM);
  return wait();
}

void program::crash() {
  signal(SIGKILL);
  wait();
}

std::unique_ptr<child_process> program::start_another(settings flags) const {
  flags.insert(flags.begin(), "serve");
  return std::make_unique<child_process>(flags, home());
}

int program::command(settings arguments) const {
  arguments.push_back("--data.directory=" + data().string());
  return child_process{arguments, home()}.wait();
}

std::size_t program::descriptors() const {
  return static_cast<std::size_t>(
    std::distance(std::filesystem::directory_iterator{"/proc/" + std::to_string(process_->pid()) + "/fd"}, {}));
}

std::size_t program::bytes_of(std::size_t column_of_statm) const {
  std::ifstream file{"/proc/" + std::to_string(process_->pid()) + "/statm"};
  std::size_t pages = 0;
  for (std::size_t i = 0; i <= column_of_statm; ++i)
    file >> pages;
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::size_t program::mapped_bytes() const {
  return bytes_of(0);
}

std::size_t program::resident_bytes() const {
  return bytes_of(1);
}

testing::AssertionResult program::has_grown_less(std::size_t before, std::size_t growth) const {
  const auto now = resident_bytes();
  const auto allowed = bytes_allowed(growth);
  if (now < before + allowed)
    return testing::AssertionSuccess();
  return testing::AssertionFailure() << "resident memory grew from " << before << " to " << now << " bytes, by "
                                     << now - before << "; allowed are " << allowed;
}

std::size_t raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

}  // namespace genesis::system_test
