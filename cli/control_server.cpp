#include "cli/control_server.hpp"

#include "actors/io_runtime.hpp"
#include "cli/control_protocol.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <spdlog/spdlog.h>

#include <set>
#include <sys/stat.h>

namespace genesis::cli {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using stream_socket = asio::local::stream_protocol::socket;

/// Pause after accepting failed, for instance for want of descriptors.
constexpr auto accept_pause = std::chrono::milliseconds{200};

}  // namespace

control_limits::control_limits() : deadline(control_deadline) {}

/// The listener and its connections. Everything but the constructor runs on the I/O thread.
class control_server::part : public std::enable_shared_from_this<part> {
public:
  part(io_thread& thread, control_handler handler, control_limits limits)
      : thread_(thread), acceptor_(thread.context()), pause_(thread.context()), handler_(std::move(handler)),
        limits_(limits) {}

  [[nodiscard]] io_thread& thread() noexcept { return thread_; }

  result<void> open(const std::filesystem::path& socket) {
    ::unlink(socket.c_str());
    const asio::local::stream_protocol::endpoint endpoint{socket.native()};
    error_code ec;
    acceptor_.open(endpoint.protocol(), ec);
    if (!ec)
      acceptor_.bind(endpoint, ec);
    if (!ec && ::chmod(socket.c_str(), S_IRUSR | S_IWUSR) != 0)
      ec.assign(errno, boost::system::system_category());
    if (!ec)
      acceptor_.listen(static_cast<int>(limits_.connections_max), ec);
    if (ec)
      return fail(errc::unavailable, "cannot listen for commands on " + socket.native() + ": " + ec.message());
    socket_ = socket;
    accept();
    return {};
  }

  void close();

private:
  friend control_server;
  class connection;

  void accept();
  void accept_later();
  void remove(const std::shared_ptr<connection>& gone);

  io_thread& thread_;
  asio::local::stream_protocol::acceptor acceptor_;
  asio::steady_timer pause_;
  control_handler handler_;
  control_limits limits_;
  std::filesystem::path socket_;
  std::set<std::shared_ptr<connection>> connections_;
  bool is_full_ = false;
};

/// One command: asks, waits for the answer, asks again.
class control_server::part::connection : public std::enable_shared_from_this<connection> {
public:
  connection(stream_socket socket, part& owner)
      : socket_(std::move(socket)), timer_(socket_.get_executor()), owner_(owner.weak_from_this()),
        limits_(owner.limits_) {}

  void read() {
    if (!read_.empty())
      return read_line();
    wait(limits_.idle, [](connection& self) { self.close(); });
    socket_.async_wait(stream_socket::wait_read, [self = shared_from_this()](const error_code& ec) {
      if (ec)
        self->close();
      else
        self->read_line();
    });
  }

  void read_line() {
    wait(limits_.line, [](connection& self) { self.close(); });
    asio::async_read_until(socket_, asio::dynamic_buffer(read_, control_request_bytes_max), '\n',
      [self = shared_from_this()](const error_code& ec, std::size_t size) {
        if (ec == asio::error::not_found)
          self->answer(control_failure({errc::invalid_argument, "the request is too long"}), /*is_last=*/true);
        else if (ec)
          self->close();
        else
          self->ask(size);
      });
  }

  void close() {
    error_code ignored;
    timer_.cancel();
    socket_.close(ignored);
    if (const auto owner = owner_.lock())
      owner->remove(shared_from_this());
  }

private:
  void ask(std::size_t size) {
    const auto owner = owner_.lock();
    if (!owner || !owner->handler_)
      return close();
    auto request = read_.substr(0, size - 1);
    read_.erase(0, size);
    const auto number = ++asked_;
    wait(limits_.deadline, [](connection& self) {
      ++self.asked_;  // an answer that comes yet is too late
      self.answer(control_failure({errc::outcome_unknown, "there was no answer in time; it may happen yet"}), true);
    });
    owner->handler_(
      std::move(request), [weak = weak_from_this(), executor = socket_.get_executor(), number](std::string text) {
        asio::post(executor, [weak, number, text = std::move(text)]() mutable {
          if (const auto self = weak.lock(); self && self->asked_ == number) {
            ++self->asked_;
            self->answer(std::move(text), false);
          }
        });
      });
  }

  void answer(std::string text, bool is_last) {
    written_ = std::move(text);
    written_ += '\n';
    wait(limits_.deadline, [](connection& self) { self.close(); });
    asio::async_write(
      socket_, asio::buffer(written_), [self = shared_from_this(), is_last](const error_code& ec, std::size_t) {
        if (ec || is_last)
          self->close();
        else
          self->read();
      });
  }

  void wait(std::chrono::milliseconds time, void (*expired)(connection&)) {
    timer_.expires_after(time);
    // A timer that has expired cannot be taken back: its word counts only while nothing else is waited for.
    timer_.async_wait([weak = weak_from_this(), expired, number = ++waits_](const error_code& ec) {
      if (const auto self = weak.lock(); self && !ec && self->waits_ == number)
        expired(*self);
    });
  }

  stream_socket socket_;
  asio::steady_timer timer_;
  std::weak_ptr<part> owner_;
  control_limits limits_;
  std::string read_;
  std::string written_;
  std::uint64_t asked_ = 0;  ///< Number of the request that waits for its answer.
  std::uint64_t waits_ = 0;
};

void control_server::part::accept() {
  is_full_ = connections_.size() >= limits_.connections_max;
  if (is_full_)  // whoever comes now waits in the kernel's queue
    return;
  acceptor_.async_accept([self = shared_from_this()](const error_code& ec, stream_socket socket) {
    if (!self->acceptor_.is_open())
      return;
    if (ec) {
      spdlog::warn("accepting a command failed: {}", ec.message());
      return self->accept_later();
    }
    const auto added = std::make_shared<connection>(std::move(socket), *self);
    self->connections_.insert(added);
    added->read();
    self->accept();
  });
}

void control_server::part::accept_later() {
  pause_.expires_after(accept_pause);
  pause_.async_wait([self = shared_from_this()](const error_code& ec) {
    if (!ec && self->acceptor_.is_open())
      self->accept();
  });
}

void control_server::part::remove(const std::shared_ptr<connection>& gone) {
  connections_.erase(gone);
  if (is_full_ && acceptor_.is_open())
    accept();
}

void control_server::part::close() {
  error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
  handler_ = nullptr;
  for (const auto& each : std::exchange(connections_, {}))
    each->close();
  if (!socket_.empty())
    ::unlink(socket_.c_str());
}

control_server::control_server(io_thread& thread, control_handler handler, control_limits limits)
    : part_(std::make_shared<part>(thread, std::move(handler), limits)) {}

control_server::~control_server() {
  part_->thread().run_and_wait([this] { part_->close(); });
}

result<void> control_server::listen(const std::filesystem::path& data_directory) {
  const auto socket = control_socket_of(data_directory);
  if (!socket)
    return std::unexpected(socket.error());
  return part_->thread().run_and_wait([&] { return part_->open(*socket); });
}

}  // namespace genesis::cli
