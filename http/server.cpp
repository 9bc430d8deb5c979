#include "http/server.hpp"

#include "actors/failure.hpp"
#include "http/connection.hpp"

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <spdlog/spdlog.h>

namespace genesis::http {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using acceptor = asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type>;
using reuse_port = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

/// How often connections are looked at for time-outs.
constexpr auto sweep_interval = std::chrono::milliseconds{250};
/// Pause when the descriptors or the connections are used up; what waits stays in the kernel's queue.
constexpr auto accept_pause = std::chrono::milliseconds{100};
constexpr int backlog = 4'096;

/// What an operator can do about an address and port that cannot be listened on.
std::string advice_on(error_code why) {
  if (why == asio::error::address_in_use)
    return "; stop the other server or choose another port with --http.port";
  if (why == asio::error::access_denied)
    return "; choose a port above 1023 with --http.port, or give the program the right to this one";
  return "; choose an address of this machine with --http.address";
}

}  // namespace

/// What one I/O thread listens with. Its members are touched on that thread alone.
class server::thread_part : public std::enable_shared_from_this<thread_part> {
public:
  thread_part(
    io_thread& thread, front_desk& desk, front_actor front, gate_actor gate, std::shared_ptr<connection_places> places)
      : thread_(thread), places_(places), connections_(std::move(places)),
        home_{desk, std::move(front), std::move(gate), connections_, nullptr}, sweep_timer_(thread.context()) {}

  /// Without memory for the next one the process ends: nothing would time out any more.
  void start_sweep() noexcept {
    sweep_timer_.expires_after(sweep_interval);
    sweep_timer_.async_wait([self = shared_from_this()](const error_code& ec) {
      if (ec || self->is_closed_)  // a tick that was due already cannot be cancelled any more
        return;
      self->start_sweep();
      self->connections_.sweep(std::chrono::steady_clock::now());
      self->home_.desk.flush_log();
      self->revive_listeners();
    });
  }

  /// Before the thread runs, or on it.
  result<std::uint16_t> open(const asio::ip::address& address, std::uint16_t port) {
    const asio::ip::tcp::endpoint endpoint{address, port};
    auto added = std::make_unique<listener>(thread_.context());
    auto& socket = added->socket;
    error_code ec;
    socket.open(endpoint.protocol(), ec);
    if (!ec)
      socket.set_option(asio::socket_base::reuse_address{true}, ec);
    if (!ec)
      socket.set_option(reuse_port{true}, ec);
    if (!ec && address.is_v6())
      socket.set_option(asio::ip::v6_only{true}, ec);
    if (!ec)
      socket.bind(endpoint, ec);
    if (!ec)
      socket.listen(backlog, ec);
    if (ec)
      return fail(errc::unavailable, "cannot listen on " + address.to_string() + " port " + std::to_string(port) +
                                       ": " + ec.message() + advice_on(ec));
    const auto chosen = socket.local_endpoint().port();
    listeners_.push_back(std::move(added));
    return chosen;
  }

  void start() {
    for (auto& each : listeners_)
      accept(*each);
    start_sweep();
  }

  void stop_accepting() {
    error_code ec;
    for (auto& each : listeners_) {
      each->waiting.reset();
      each->socket.close(ec);
      each->pause.cancel();
    }
    connections_.close_idle();
  }

  void use_tls(tls_context_ptr context) { home_.tls = std::move(context); }

  void end_pending() { connections_.end_pending(); }

  void close_all() {
    is_closed_ = true;
    sweep_timer_.cancel();
    connections_.close_all();
    home_.desk.flush_log();
  }

  [[nodiscard]] std::size_t connections() const noexcept { return connections_.size(); }
  io_thread& thread() noexcept { return thread_; }

private:
  struct listener {
    explicit listener(asio::io_context& context) : socket(context), pause(context) {}
    acceptor socket;
    std::optional<tcp_socket> waiting;  ///< Accepted, and no place is free.
    asio::steady_timer pause;
    int turns = 0;  ///< Accepts and pauses under way: 1, or 0 when one was lost.
  };

  /// Held by what is to go on with a listener. Asio drops an accept, without a word to its handler, when there is no
  /// memory for the new socket.
  class turn {
  public:
    explicit turn(listener& of) noexcept : of_(&of) { ++of.turns; }
    turn(turn&& other) noexcept : of_(std::exchange(other.of_, nullptr)) {}
    turn& operator=(turn&&) = delete;
    ~turn() {
      if (of_ != nullptr)
        --of_->turns;
    }

  private:
    listener* of_;
  };

  void revive_listeners() {
    for (auto& each : listeners_)
      if (each->turns == 0 && each->socket.is_open())
        go_on(*each);
  }

  void accept(listener& from) {
    from.socket.async_accept(thread_.context().get_executor(),
      [self = shared_from_this(), &from, held = turn{from}](const error_code& ec, tcp_socket socket) {
        if (!from.socket.is_open())
          return;
        if (ec) {
          self->on_accept_failure(ec);
          self->pause(from);
          return;
        }
        self->serve(from, std::move(socket));
      });
  }

  /// Ten times a second while descriptors are used up: a line tells of the first and of every hundredth.
  void on_accept_failure(const error_code& ec) {
    counters().accepts_failed.add();
    if (accepts_failed_++ % 100 == 0)
      spdlog::warn("accepting a connection failed: {}; trying again", ec.message());
  }

  void serve(listener& from, tcp_socket socket) {
    if (!places_->take()) {
      from.waiting.emplace(std::move(socket));
      pause(from);
      return;
    }
    error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay{true}, ignored);
    std::shared_ptr<connection> made;
    const auto begin = [&] {
      made = std::make_shared<connection>(std::move(socket), home_);
      made->start();
    };
    if (contain("connection", begin)) {
      accept(from);
      return;
    }
    if (made)
      made->close();
    else
      places_->give_back();
    pause(from);
  }

  void pause(listener& from) {
    from.pause.expires_after(accept_pause);
    from.pause.async_wait([self = shared_from_this(), &from, held = turn{from}](const error_code& ec) {
      if (!ec && from.socket.is_open())
        self->go_on(from);
    });
  }

  void go_on(listener& from) {
    if (from.waiting)
      serve(from, *std::exchange(from.waiting, std::nullopt));
    else
      accept(from);
  }

  io_thread& thread_;
  std::shared_ptr<connection_places> places_;
  connection_list connections_;
  connection_home home_;
  asio::steady_timer sweep_timer_;
  std::vector<std::unique_ptr<listener>> listeners_;
  bool is_closed_ = false;
  std::size_t accepts_failed_ = 0;
};

server::server(io_runtime& runtime, std::vector<front_desk*> desks, std::vector<front_actor> fronts,
  const gate_actor& gate, std::size_t connections_max)
    : runtime_(runtime) {
  const auto places = std::make_shared<connection_places>(connections_max);
  for (std::size_t i = 0; i < runtime.size(); ++i)
    parts_.push_back(std::make_shared<thread_part>(runtime[i], *desks[i], fronts[i], gate, places));
}

server::~server() = default;

template <class F>
void server::on_every_thread(F work) {
  for (auto& part : parts_)
    part->thread().run_and_wait([&] { work(*part); });
}

void server::use_tls(const tls_context_ptr& context) {
  on_every_thread([&](thread_part& part) { part.use_tls(context); });
}

result<std::uint16_t> server::listen(const std::vector<std::string>& addresses, std::uint16_t port) {
  for (const auto& text : addresses) {
    error_code ec;
    const auto address = asio::ip::make_address(text, ec);
    if (ec)
      return fail(errc::unavailable, "http.address: " + text + " is no address");
    if (port != 0) {
      // Without SO_REUSEPORT, so that a server of somebody else on this port shows.
      acceptor probe{runtime_[0].context()};
      probe.open(address.is_v6() ? asio::ip::tcp::v6() : asio::ip::tcp::v4(), ec);
      probe.set_option(asio::socket_base::reuse_address{true}, ec);
      if (address.is_v6())
        probe.set_option(asio::ip::v6_only{true}, ec);
      probe.bind({address, port}, ec);
      if (!ec)
        probe.listen(1, ec);
      if (ec)
        return fail(errc::unavailable,
          "cannot listen on " + text + " port " + std::to_string(port) + ": " + ec.message() + advice_on(ec));
    }
    for (auto& part : parts_) {
      auto opened = part->open(address, port);
      if (!opened)
        return opened;
      port = *opened;
    }
  }
  for (auto& part : parts_)
    asio::post(part->thread().context(), [part] { part->start(); });
  return port;
}

void server::stop_accepting() {
  on_every_thread([](thread_part& part) { part.stop_accepting(); });
}

std::size_t server::connections() {
  std::size_t sum = 0;
  on_every_thread([&](thread_part& part) { sum += part.connections(); });
  return sum;
}

void server::end_pending() {
  on_every_thread([](thread_part& part) { part.end_pending(); });
}

void server::close_all() {
  on_every_thread([](thread_part& part) { part.close_all(); });
}

}  // namespace genesis::http
