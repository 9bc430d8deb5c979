#include "benchmarks/load/request_worker.hpp"

namespace genesis::load {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// Failures after which a connection gives up: a server that is gone ends the run instead of being asked for ever.
constexpr int failures_in_a_row_max = 20;

}  // namespace

request_worker::request_worker(const request_plan& plan, std::size_t index, std::atomic<std::uint64_t>& number)
    : plan_(plan), index_(index), loop_(plan, plan.connections, index), values_(number) {
  for (const auto& path : plan.paths)
    requests_.emplace_back(plan.method, plan.target.authority(), path, plan.headers, plan.body);
  for (auto& each : loop_.connections()) {
    each->turn = each->number;  // so that not all begin with the same path
    each->socket.connect(loop_.server());
    each->socket.set_option(tcp::no_delay{true});
    each->socket.non_blocking(true);
  }
}

void request_worker::run(clock::time_point begin) {
  begin_ = begin;
  record_from_ = begin + plan_.warm_up;
  end_ = record_from_ + plan_.length;
  for (auto& each : loop_.connections())
    take_turn(*each);
  if (is_open_loop())
    pace();
  loop_.run();
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
  c.is_waiting = true;
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
        failed(c, c.reason("write"));
      else
        write(c);
    });
  }
}

void request_worker::read(connection& c) {
  loop_.read(c, nullptr, [this, &c](read_step step, const error_code& ec) {
    if (step == read_step::need_more)
      read(c);
    else if (step == read_step::complete)
      answered(c, !ec && c.reader.keeps_alive());
    else
      failed(c, c.reason(ec ? "closed" : "malformed"));
  });
}

void request_worker::answered(connection& c, bool stays_open) {
  const auto now = clock::now();
  const int status = c.reader.status();
  c.reader.reset();
  c.is_waiting = false;
  c.failures_in_a_row = 0;
  if (c.due >= record_from_) {
    ++c.recorded;
    ++tally_.statuses[status];
    tally_.last_answer = now;
    if (status < 400)
      tally_.latencies_ms.push_back(std::chrono::duration<float, std::milli>{now - c.due}.count());
  }
  const bool is_used_up = plan_.answers_per_connection != 0 && ++c.answers >= plan_.answers_per_connection;
  if (stays_open && !is_used_up)
    take_turn(c);
  else
    reconnect(c);
}

void request_worker::failed(connection& c, const std::string& reason) {
  c.reader.reset();
  c.is_waiting = false;
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
  c.answers = 0;
  if (!may_send_more(c, clock::now())) {
    close(c);
    return;
  }
  c.is_waiting = true;
  c.deadline = clock::now() + plan_.timeout;
  c.due = clock::now();
  c.socket.async_connect(loop_.server(), [this, &c](const error_code& ec) {
    if (ec) {
      failed(c, "connect");
      return;
    }
    c.is_waiting = false;
    error_code without_options;
    c.socket.set_option(tcp::no_delay{true}, without_options);
    c.socket.non_blocking(true, without_options);
    take_turn(c);
  });
}

void request_worker::close(connection& c) {
  if (!loop_.close(c))
    return;
  pacer_.cancel();
  while (is_open_loop() && next_due() < end_) {
    tally_.unsent += next_due() >= record_from_ ? 1U : 0U;
    ++issued_;
  }
}

}  // namespace genesis::load
