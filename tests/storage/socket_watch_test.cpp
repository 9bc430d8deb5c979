#include "storage/socket_watch.hpp"

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace genesis::storage {
namespace {

using std::chrono::milliseconds;

/// Two ends of a connection.
class socket_pair {
public:
  socket_pair() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_), 0); }
  ~socket_pair() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  [[nodiscard]] int ours() const { return ends_[0]; }
  [[nodiscard]] int theirs() const { return ends_[1]; }

private:
  int ends_[2] = {-1, -1};
};

TEST(SocketWatch, EndsAWaitForASilentPeer) {
  const socket_pair sockets;
  socket_watch watch;
  const auto watched = watch.watch(sockets.ours(), milliseconds{20});
  char byte = 0;
  watched->start();
  EXPECT_EQ(::read(sockets.ours(), &byte, 1), 0) << "without the watch this never returns";
  watched->stop();
  EXPECT_TRUE(watched->is_over());
  watched->start();
  EXPECT_TRUE(watched->is_over()) << "it is of no use any more";
}

TEST(SocketWatch, LeavesSocketsAloneThatAreNotWaitedFor) {
  const socket_pair idle;
  const socket_pair late;
  socket_watch watch;
  const auto resting = watch.watch(idle.ours(), milliseconds{1});
  resting->start();
  resting->stop();
  const auto waiting = watch.watch(late.ours(), milliseconds{30});
  char byte = 0;
  waiting->start();
  EXPECT_EQ(::read(late.ours(), &byte, 1), 0);  // many limits of the other have gone by
  waiting->stop();
  EXPECT_FALSE(resting->is_over());
  EXPECT_EQ(::write(idle.theirs(), "x", 1), 1);
  EXPECT_EQ(::read(idle.ours(), &byte, 1), 1);
}

TEST(SocketWatch, NeverTouchesASocketThatCameBehindTheNumber) {
  socket_watch watch;
  std::shared_ptr<watched_socket> watched;
  const socket_pair sockets;
  int number = ::dup(sockets.ours());
  watched = watch.watch(number, milliseconds{10});
  ::close(number);
  const socket_pair other;
  ASSERT_TRUE(other.ours() == number || other.theirs() == number) << "the kernel gives the lowest free number";
  watched->start();
  char byte = 0;
  EXPECT_EQ(::read(sockets.ours(), &byte, 1), 0) << "the watched connection itself is shut down";
  EXPECT_EQ(::write(other.theirs(), "x", 1), 1);
  EXPECT_EQ(::read(other.ours(), &byte, 1), 1);
}

TEST(SocketWatch, RefusesWhatIsNoDescriptor) {
  socket_watch watch;
  EXPECT_THROW(watch.watch(-1, milliseconds{1}), std::system_error);
}

}  // namespace
}  // namespace genesis::storage
