#include "benchmarks/load/stream_worker.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/write.hpp>

#include <utility>

namespace genesis::load {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto watch_period = std::chrono::milliseconds{100};

}  // namespace

stream_worker::stream_worker(
  const stream_plan& plan, std::size_t index, std::atomic<std::uint64_t>& number, std::atomic<std::uint64_t>& tokens)
    : plan_(plan), token_count_(tokens), values_(number),
      request_("POST", plan.target.authority(), plan.path, plan.headers, plan.body) {
  for (std::size_t i = index; i < plan.streams; i += plan.threads) {
    const auto& who = plan.people.empty() ? nobody_ : plan.people[i % plan.people.size()];
    streams_.push_back(std::make_unique<stream>(io_, i, who));
  }
}

float stream_worker::seconds_since_begin() const {
  return std::chrono::duration<float>{clock::now() - begin_}.count();
}

void stream_worker::run(clock::time_point begin) {
  begin_ = begin;
  const auto places = static_cast<clock::rep>(std::max<std::size_t>(plan_.streams - 1, 1));
  for (auto& each : streams_) {
    const auto after_begin = plan_.ramp * static_cast<clock::rep>(each->number) / places;
    each->record.due_s = std::chrono::duration<float>{after_begin}.count();
    each->deadline = begin + after_begin + plan_.timeout;
    each->start_timer.expires_at(begin + after_begin);
    each->start_timer.async_wait([this, &s = *each](const error_code&) { start(s); });
  }
  watch();
  io_.run();
}

void stream_worker::start(stream& s) {
  const tcp::endpoint server{asio::ip::make_address(plan_.target.address), plan_.target.port};
  s.socket.async_connect(server, [this, &s](const error_code& ec) {
    if (ec)
      end(s, "connect");
    else
      send(s);
  });
}

void stream_worker::send(stream& s) {
  error_code ignored;
  s.socket.set_option(tcp::no_delay{true}, ignored);
  request_.append_to(s.out, *s.who, values_);
  asio::async_write(s.socket, asio::buffer(s.out), [this, &s](const error_code& ec, std::size_t) {
    if (ec)
      end(s, s.is_overdue ? "timeout" : "write");
    else
      read(s);
  });
}

void stream_worker::read(stream& s) {
  s.socket.async_read_some(
    asio::buffer(s.in), [this, &s](const error_code& ec, std::size_t size) { on_read(s, ec, size); });
}

void stream_worker::on_read(stream& s, const error_code& ec, std::size_t size) {
  const float now_s = seconds_since_begin();
  const auto step = ec == asio::error::eof ? s.reader.end_of_stream()
                    : ec                   ? read_step::malformed
                                           : s.reader.feed({s.in.data(), size}, &s.text);
  if (s.reader.status() == 200)
    s.scanner.feed(s.text, [&](const scanned_event& event) { take_event(s, event, now_s); });
  s.text.clear();
  if (step == read_step::need_more) {
    read(s);
  } else if (step == read_step::malformed) {
    end(s, s.is_overdue ? "timeout" : ec ? "closed" : "malformed");
  } else if (s.reader.status() != 200) {
    end(s, "status_" + std::to_string(s.reader.status()));
  } else {
    end(s, s.has_end && s.scanner.is_at_rest() ? std::move(s.record.failure) : "truncated");
  }
}

void stream_worker::take_event(stream& s, const scanned_event& event, float now_s) {
  if (s.record.first_event_s == 0)
    s.record.first_event_s = now_s;
  if (event.type == "token") {
    s.record.tokens_s.push_back(now_s);
    if (event.id > s.last_id + 1)
      s.record.merged_tokens += event.id - s.last_id - 1;
    token_count_.fetch_add(1, std::memory_order_relaxed);
  } else if (event.type == "error") {
    s.record.failure = "error_event";
  } else if (event.type == "end") {
    s.has_end = true;
    if (event.data.find(R"("status":"success")") == std::string_view::npos && s.record.failure.empty())
      s.record.failure = "not_success";
  }
  if (event.id != 0)
    s.last_id = event.id;
}

void stream_worker::end(stream& s, std::string failure) {
  if (s.is_over)
    return;
  s.is_over = true;
  s.record.failure = std::move(failure);
  error_code ignored;
  s.socket.close(ignored);
  if (++over_ == streams_.size())
    watchman_.cancel();
}

/// Closes what takes too long; its read then fails and says so.
void stream_worker::watch() {
  watchman_.expires_after(watch_period);
  watchman_.async_wait([this](const error_code& ec) {
    if (ec)
      return;
    const auto now = clock::now();
    for (auto& s : streams_) {
      if (s->is_over || s->is_overdue || now < s->deadline)
        continue;
      s->is_overdue = true;
      error_code ignored;
      s->socket.close(ignored);
    }
    if (over_ < streams_.size())
      watch();
  });
}

std::vector<stream_record> stream_worker::take_records() {
  std::vector<stream_record> records;
  for (auto& each : streams_)
    records.push_back(std::move(each->record));
  return records;
}

}  // namespace genesis::load
