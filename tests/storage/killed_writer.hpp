#pragma once

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <sys/wait.h>
#include <unistd.h>

namespace genesis::storage {

/// Has `write` run in a process of its own and kills that once it has acknowledged `kill_after` numbers, which it
/// counts from 1 and writes into the pipe that it is given. It must not return. Gives the last number that it
/// acknowledged; 0 when it failed by itself, which fails the test.
template <class Write>
std::uint32_t acknowledged_by_killed_writer(std::uint32_t kill_after, Write write) {
  std::array<int, 2> pipe_ends{};
  if (::pipe(pipe_ends.data()) != 0) {
    ADD_FAILURE() << "no pipe";
    return 0;
  }
  const auto child = ::fork();
  if (child == 0) {
    write(pipe_ends[1]);
    ::_exit(100);
  }
  ::close(pipe_ends[1]);
  std::uint32_t acknowledged = 0;
  while (acknowledged < kill_after && ::read(pipe_ends[0], &acknowledged, sizeof acknowledged) > 0) {
  }
  if (child > 0)
    ::kill(child, SIGKILL);
  std::uint32_t last = 0;
  while (::read(pipe_ends[0], &last, sizeof last) > 0)  // what it acknowledged before it died
    acknowledged = last;
  ::close(pipe_ends[0]);
  int status = 0;
  const bool was_killed = child > 0 && ::waitpid(child, &status, 0) == child && WIFSIGNALED(status);
  EXPECT_TRUE(was_killed) << "the writer failed by itself with " << WEXITSTATUS(status);
  EXPECT_GE(acknowledged, kill_after);
  return was_killed ? acknowledged : 0;
}

}  // namespace genesis::storage
