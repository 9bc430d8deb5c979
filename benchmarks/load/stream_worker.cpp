#include "benchmarks/load/stream_worker.hpp"

#include "benchmarks/load/raw_member.hpp"

#include <boost/asio/write.hpp>

#include <utility>

namespace genesis::load {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

}  // namespace

stream_worker::stream_worker(
  const stream_plan& plan, std::size_t index, std::atomic<std::uint64_t>& number, std::atomic<std::uint64_t>& tokens)
    : plan_(plan), token_count_(tokens), loop_(plan, plan.streams, index), values_(number),
      request_("POST", plan.target.authority(), plan.path, plan.headers, plan.body) {}

float stream_worker::seconds_since_begin() const {
  return std::chrono::duration<float>{clock::now() - begin_}.count();
}

void stream_worker::run(clock::time_point begin) {
  begin_ = begin;
  const auto places = static_cast<clock::rep>(std::max<std::size_t>(plan_.streams - 1, 1));
  for (auto& each : loop_.connections()) {
    const auto after_begin = plan_.ramp * static_cast<clock::rep>(each->number) / places;
    each->record.who = each->who;
    each->record.due_s = std::chrono::duration<float>{after_begin}.count();
    each->is_waiting = true;
    each->deadline = begin + after_begin + plan_.timeout;
    each->start_timer.expires_at(begin + after_begin);
    each->start_timer.async_wait([this, &s = *each](const error_code&) { start(s); });
  }
  loop_.run();
}

void stream_worker::start(stream& s) {
  s.socket.async_connect(loop_.server(), [this, &s](const error_code& ec) {
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
      end(s, s.reason("write"));
    else
      read(s);
  });
}

void stream_worker::read(stream& s) {
  loop_.read(s, &s.text, [this, &s](read_step step, const error_code& ec) { on_read(s, step, ec); });
}

void stream_worker::on_read(stream& s, read_step step, const error_code& ec) {
  const float now_s = seconds_since_begin();
  if (s.reader.status() == 200)
    s.scanner.feed(s.text, [&](const scanned_event& event) { take_event(s, event, now_s); });
  s.text.clear();
  if (step == read_step::need_more) {
    read(s);
  } else if (step == read_step::malformed) {
    end(s, s.reason(ec ? "closed" : "malformed"));
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
    s.record.text += raw_member(event.data, "text");
    token_count_.fetch_add(1, std::memory_order_relaxed);
  } else if (event.type == "error") {
    s.record.failure = "error_event";
  } else if (event.type == "end") {
    s.has_end = true;
    s.record.message = raw_member(event.data, "message_id");
    if (event.data.find(R"("status":"success")") == std::string_view::npos && s.record.failure.empty())
      s.record.failure = "not_success";
  }
  if (event.id != 0)
    s.last_id = event.id;
}

void stream_worker::end(stream& s, std::string failure) {
  if (s.is_closed)
    return;
  s.record.failure = std::move(failure);
  loop_.close(s);
}

std::vector<stream_record> stream_worker::take_records() {
  std::vector<stream_record> records;
  for (auto& each : loop_.connections())
    records.push_back(std::move(each->record));
  return records;
}

}  // namespace genesis::load
