#include "tests/system/child_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace genesis::system_test {

namespace {

[[noreturn]] void fail_with_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    fail_with_errno("pipe2");
  return ends;
}

/// What the test was given in this variable.
std::string given(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr ? value : "";
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& each : texts)
    all.push_back(each.data());
  all.push_back(nullptr);
  return all;
}

}  // namespace

child_process::child_process(const std::vector<std::string>& arguments, const std::filesystem::path& home,
  const std::vector<std::string>& environment, std::optional<std::size_t> address_space) {
  std::vector<std::string> words{GENESIS_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables{"PATH=/usr/bin:/bin", "HOME=" + home.string()};
  // A sanitized program needs its suppressions; later options hold.
  variables.push_back("ASAN_OPTIONS=" + given("ASAN_OPTIONS") + ":quarantine_size_mb=" + std::to_string(quarantine_mb));
  variables.push_back("UBSAN_OPTIONS=" + given("UBSAN_OPTIONS"));
  variables.insert(variables.end(), environment.begin(), environment.end());
  auto argv = pointers(words);
  auto envp = pointers(variables);
  const auto in = make_pipe();
  const auto out = make_pipe();
  const auto err = make_pipe();
  pid_ = ::fork();
  if (pid_ < 0)
    fail_with_errno("fork");
  if (pid_ == 0) {  // only calls that are safe between fork and exec
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(in[0], STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    ::dup2(err[1], STDERR_FILENO);
    if (address_space) {
      const rlimit limit{*address_space, *address_space};
      ::setrlimit(RLIMIT_AS, &limit);
    }
    ::execve(argv[0], argv.data(), envp.data());
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(out[1]);
  ::close(err[1]);
  input_ = in[1];
  out_pipe_ = out[0];
  err_pipe_ = err[0];
  reader_ = std::thread{[this] { capture(); }};
}

child_process::~child_process() {
  if (exit_status_ < 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  close_input();
  reader_.join();
  ::close(out_pipe_);
  ::close(err_pipe_);
}

void child_process::capture() {
  std::array<pollfd, 2> watched{pollfd{out_pipe_, POLLIN, 0}, pollfd{err_pipe_, POLLIN, 0}};
  std::array<char, 16'384> buffer{};
  while (watched[0].fd >= 0 || watched[1].fd >= 0) {
    if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR)
      break;
    for (std::size_t i = 0; i < watched.size(); ++i) {
      if (watched[i].fd < 0 || watched[i].revents == 0)
        continue;
      const std::lock_guard lock{mutex_};
      if (i == 1 && is_err_left_) {
        watched[i].fd = -1;
        continue;
      }
      const auto bytes = ::read(watched[i].fd, buffer.data(), buffer.size());
      if (bytes <= 0)
        watched[i].fd = -1;
      else
        (i == 0 ? out_ : err_).append(buffer.data(), static_cast<std::size_t>(bytes));
      changed_.notify_all();
    }
  }
  const std::lock_guard lock{mutex_};
  is_closed_ = true;
  changed_.notify_all();
}

void child_process::leave_err_unread() {
  const std::lock_guard lock{mutex_};
  is_err_left_ = true;
  if (::fcntl(err_pipe_, F_SETPIPE_SZ, 4'096) < 0)
    fail_with_errno("fcntl");
}

void child_process::write_input(std::string_view text) const {
  while (!text.empty()) {
    const auto written = ::write(input_, text.data(), text.size());
    if (written < 0)
      fail_with_errno("write to the program");
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void child_process::close_input() {
  if (input_ >= 0)
    ::close(input_);
  input_ = -1;
}

std::string child_process::out() const {
  const std::lock_guard lock{mutex_};
  return out_;
}

std::string child_process::err() const {
  const std::lock_guard lock{mutex_};
  return err_;
}

bool child_process::wait_for(const std::string& where, std::string_view text) {
  std::unique_lock lock{mutex_};
  const auto is_there = [&] { return where.find(text) != std::string::npos; };
  changed_.wait_for(lock, patience, [&] { return is_there() || is_closed_; });
  return is_there();
}

void child_process::signal(int number) const {
  if (exit_status_ < 0)
    ::kill(pid_, number);
}

int child_process::wait() {
  if (exit_status_ >= 0)
    return exit_status_;
  const int handle = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  pollfd watched{handle, POLLIN, 0};
  const int ready = ::poll(&watched, 1, static_cast<int>(std::chrono::milliseconds{patience}.count()));
  ::close(handle);
  if (ready != 1)
    throw std::runtime_error("the program did not end; its log:\n" + err());
  int status = 0;
  if (::waitpid(pid_, &status, 0) != pid_)
    fail_with_errno("waitpid");
  exit_status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  std::unique_lock lock{mutex_};
  changed_.wait_for(lock, patience, [&] { return is_closed_; });
  return exit_status_;
}

bool child_process::has_ended_unasked() const {
  siginfo_t info{};
  return exit_status_ < 0 && ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == pid_;
}

}  // namespace genesis::system_test
