#include "benchmarks/load/request_worker.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/write.hpp>

namespace genesis::load {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto watch_period = std::chrono::milliseconds{100};

/// Failures after which a connection gives up: a server that is gone ends the run instead of being asked for ever.
constexpr int failures_in_a_row_max = 20;

tcp::endpoint to_asio(const endpoint& target) {
  return {asio::ip::make_address(target.address), target.port};
}

}  // namespace

request_worker::request_worker(const request_plan& plan, std::size_t index, std::atomic<std::uint64_t>& number)
    : plan_(plan), index_(index), values_(number) {
  for (const auto& path : plan.paths)
    requests_.emplace_back(plan.method, plan.target.authority(), path, plan.headers, plan.body);
  for (std::size_t i = index; i < plan.connections; i += plan.threads) {
    const auto& who = plan.people.empty() ? nobody_ : plan.people[i % plan.people.size()];
    auto& made = *connections_.emplace_back(std::make_unique<connection>(io_, i, who));
    made.turn = i;  // so that not all begin with the same path
    made.socket.connect(to_asio(plan.target));
    made.socket.set_option(tcp::no_delay{true});
    made.socket.non_blocking(true);
  }
}

void request_worker::run(clock::time_point begin) {
  begin_ = begin;
  record_from_ = begin + plan_.warm_up;
  end_ = record_from_ + plan_.length;
  watch();
  for (auto& each : connections_)
    take_turn(*each);
  if (is_open_loop())
    pace();
  io_.run();
}

/// When the next request of this thread is due: the threads take turns, so that together they keep the rate evenly.
clock::time_point request_worker::next_due() const {
  const auto place = static_cast<double>(issued_ * plan_.threads + index_);
  return begin_ + duration_cast<clock::duration>(std::chrono::duration<double>{place / plan_.rate});
}

bool request_worker::may_send_more(const connection& c, clock::time_point now) const {
  if (is_open_loop())
    return next_due() < end_ && now < end_ + plan_.timeout;
  const bool has_enough = plan_.requests_per_connection != 0 && c.recorded >= plan_.requests_per_connection;
  return now < end_ && !has_enough;
}

/// A connection is free: it sends what is due, waits for it, or has done its part.
void request_worker::take_turn(connection& c) {
  const auto now = clock::now();
  if (!may_send_more(c, now)) {
    close(c);
  } else if (!is_open_loop()) {
    send(c, now);
  } else if (next_due() <= now) {
    const auto due = next_due();
    ++issued_;
    send(c, due);
  } else {
    idle_.push_back(&c);
    pace();
  }
}

/// Waits until the next request is due, if a connection is there to send it.
void request_worker::pace() {
  if (is_pacing_ || idle_.empty())
    return;
  is_pacing_ = true;
  pacer_.expires_at(std::min(next_due(), end_));
  pacer_.async_wait([this](const error_code& ec) {
    is_pacing_ = false;
    if (!ec)
      send_due();
  });
}

void request_worker::send_due() {
  const auto now = clock::now();
  while (!idle_.empty() && next_due() < end_ && next_due() <= now) {
    auto& c = *idle_.front();
    idle_.pop_front();
    const auto due = next_due();
    ++issued_;
    send(c, due);
  }
  if (next_due() < end_) {
    pace();
    return;
  }
  for (auto* c : idle_)
    close(*c);
  idle_.clear();
}

void request_worker::send(connection& c, clock::time_point due) {
  c.is_busy = true;
  c.due = due;
  c.deadline = clock::now() + plan_.timeout;
  c.out.clear();
  c.written = 0;
  requests_[c.turn++ % requests_.size()].append_to(c.out, *c.who, values_);
  write(c);
}

void request_worker::write(connection& c) {
  error_code ec;
  c.written += c.socket.write_some(asio::buffer(c.out.data() + c.written, c.out.size() - c.written), ec);
  if (ec && ec != asio::error::would_block) {
    failed(c, "write");
  } else if (c.written == c.out.size()) {
    read(c);
  } else {
    c.socket.async_wait(tcp::socket::wait_write, [this, &c](const error_code& wait_ec) {
      if (wait_ec)
        failed(c, c.is_overdue ? "timeout" : "write");
      else
        write(c);
    });
  }
}

void request_worker::read(connection& c) {
  c.socket.async_read_some(
    asio::buffer(c.in), [this, &c](const error_code& ec, std::size_t size) { on_read(c, ec, size); });
}

void request_worker::on_read(connection& c, const error_code& ec, std::size_t size) {
  const auto step = ec == asio::error::eof ? c.reader.end_of_stream()
                    : ec                   ? read_step::malformed
                                           : c.reader.feed({c.in.data(), size});
  if (step == read_step::need_more)
    read(c);
  else if (step == read_step::complete)
    answered(c, !ec && c.reader.keeps_alive());
  else
    failed(c, c.is_overdue ? "timeout" : ec ? "closed" : "malformed");
}

void request_worker::answered(connection& c, bool stays_open) {
  const auto now = clock::now();
  const int status = c.reader.status();
  c.reader.reset();
  c.is_busy = false;
  c.failures_in_a_row = 0;
  if (c.due >= record_from_) {
    ++c.recorded;
    ++tally_.statuses[status];
    tally_.last_answer = now;
    if (status < 400)
      tally_.latencies_ms.push_back(std::chrono::duration<float, std::milli>{now - c.due}.count());
  }
  if (stays_open)
    take_turn(c);
  else
    reconnect(c);
}

void request_worker::failed(connection& c, const std::string& reason) {
  c.reader.reset();
  c.is_busy = false;
  if (c.due >= record_from_) {
    ++c.recorded;
    ++tally_.failures[reason];
  }
  if (++c.failures_in_a_row < failures_in_a_row_max)
    reconnect(c);
  else
    close(c);
}

void request_worker::reconnect(connection& c) {
  error_code ignored;
  c.socket.close(ignored);
  c.is_overdue = false;
  if (!may_send_more(c, clock::now())) {
    close(c);
    return;
  }
  c.is_busy = true;
  c.deadline = clock::now() + plan_.timeout;
  c.due = clock::now();
  c.socket.async_connect(to_asio(plan_.target), [this, &c](const error_code& ec) {
    if (ec) {
      failed(c, "connect");
      return;
    }
    c.is_busy = false;
    error_code without_options;
    c.socket.set_option(tcp::no_delay{true}, without_options);
    c.socket.non_blocking(true, without_options);
    take_turn(c);
  });
}

void request_worker::close(connection& c) {
  if (c.is_closed)
    return;
  c.is_closed = true;
  error_code ignored;
  c.socket.close(ignored);
  if (++closed_ < connections_.size())
    return;
  watchman_.cancel();
  pacer_.cancel();
  while (is_open_loop() && next_due() < end_) {
    tally_.unsent += next_due() >= record_from_ ? 1U : 0U;
    ++issued_;
  }
}

/// Closes what has waited too long; its read then fails and says so.
void request_worker::watch() {
  watchman_.expires_after(watch_period);
  watchman_.async_wait([this](const error_code& ec) {
    if (ec)
      return;
    const auto now = clock::now();
    for (auto& c : connections_) {
      if (!c->is_busy || c->is_overdue || now < c->deadline)
        continue;
      c->is_overdue = true;
      error_code ignored;
      c->socket.close(ignored);
    }
    if (closed_ < connections_.size())
      watch();
  });
}

}  // namespace genesis::load
