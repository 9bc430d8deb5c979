#include "benchmarks/load/user_worker.hpp"

#include <boost/asio/write.hpp>
#include <boost/json.hpp>

#include <numeric>

namespace genesis::load {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// Loopback addresses of clients: 127.1.0.1 and those behind it, so that nothing that counts by address sees one
/// client alone.
asio::ip::address source_of(std::size_t number, std::size_t sources) {
  const auto place = static_cast<std::uint32_t>(number % sources);
  return asio::ip::address_v4{0x7F010001U + place};
}

}  // namespace

void user_tally::add(const user_tally& other) {
  all.add(other.all);
  first_event.add(other.first_event);
  first_token.add(other.first_token);
  for (std::size_t i = 0; i < user_step_count; ++i) {
    by_step[i].add(other.by_step[i]);
    failed_by_step[i] += other.failed_by_step[i];
  }
  for (const auto& [reason, count] : other.failures)
    failures[reason] += count;
  tokens += other.tokens;
  renewals += other.renewals;
}

user_worker::user_worker(const user_plan& plan, std::size_t index, std::atomic<std::uint64_t>& number)
    : plan_(plan), loop_(plan, plan.users, index), values_(number), requests_(user_step_count) {
  const auto add = [&](user_step step, const char* method, const char* path, std::vector<std::string> headers,
                     std::string_view body) {
    headers.insert(headers.end(), plan.headers.begin(), plan.headers.end());
    requests_[static_cast<std::size_t>(step)].emplace_back(method, plan.target.authority(), path, headers, body);
  };
  add(user_step::profile, "GET", "/api/v1/users/me", {}, "");
  add(user_step::list, "GET", "/api/v1/conversations?limit=20", {}, "");
  add(user_step::list, "GET", "/api/v1/progress?metric=energy&limit=20", {}, "");
  add(user_step::post, "POST", "/api/v1/progress", {"Idempotency-Key: {uuid}"},
    R"({"metric":"energy","value":4,"note":"entry {n}"})");
  add(user_step::chat, "POST", "/api/v1/chat/stream", {"Accept: text/event-stream"},
    R"({"message":"How much protein do I need a day?"})");
  add(user_step::search, "GET", "/api/v1/messages/search?q=protein&limit=20", {}, "");
  add(user_step::export_, "GET", "/api/v1/messages/export", {}, "");
}

void user_worker::run(clock::time_point begin) {
  record_from_ = begin + plan_.warm_up;
  end_ = record_from_ + plan_.length;
  const auto places = static_cast<clock::rep>(plan_.users);
  for (auto& each : loop_.connections()) {
    each->timer.expires_at(begin + plan_.ramp * static_cast<clock::rep>(each->number) / places);
    each->timer.async_wait([this, &u = *each](const error_code&) { act(u); });
  }
  loop_.run();
}

void user_worker::think(user& u) {
  // Between half and one and a half times the mean, so that users do not march in step.
  const double share = std::uniform_real_distribution<double>{0.5, 1.5}(u.random);
  u.timer.expires_after(duration_cast<clock::duration>(std::chrono::duration<double>{plan_.think} * share));
  u.timer.async_wait([this, &u](const error_code&) { act(u); });
}

void user_worker::act(user& u) {
  if (clock::now() >= end_) {
    disconnect(u);
    loop_.close(u);
    return;
  }
  u.step = choose(u);
  u.sent = clock::now();
  u.is_waiting = true;
  u.deadline = u.sent + plan_.timeout;
  if (u.is_connected)
    send(u);
  else
    connect(u);
}

user_step user_worker::choose(user& u) const {
  const auto total = std::accumulate(plan_.shares.begin(), plan_.shares.end(), 0U);
  auto drawn = std::uniform_int_distribution<unsigned>{0, total - 1}(u.random);
  for (std::size_t i = 0; i < user_step_count; ++i) {
    if (drawn < plan_.shares[i])
      return static_cast<user_step>(i);
    drawn -= plan_.shares[i];
  }
  return user_step::profile;
}

void user_worker::connect(user& u) {
  error_code ec;
  u.socket.open(loop_.server().protocol(), ec);
  if (plan_.sources > 1 && loop_.server().address().is_v4()) {
    u.socket.set_option(tcp::socket::reuse_address{true}, ec);
    u.socket.bind({source_of(u.number, plan_.sources), 0}, ec);
  }
  u.socket.async_connect(loop_.server(), [this, &u](const error_code& failed) {
    if (failed) {
      done(u, u.reason("connect"), false);
      return;
    }
    u.is_connected = true;
    connected_.fetch_add(1, std::memory_order_relaxed);
    error_code ignored;
    u.socket.set_option(tcp::no_delay{true}, ignored);
    send(u);
  });
}

void user_worker::send(user& u) {
  u.out.clear();
  u.has_event = u.has_token = u.has_success = false;
  const auto& choices = requests_[static_cast<std::size_t>(u.step)];
  choices[u.random() % choices.size()].append_to(u.out, *u.who, values_);
  asio::async_write(u.socket, asio::buffer(u.out), [this, &u](const error_code& ec, std::size_t) {
    if (ec)
      done(u, u.reason("write"), false);
    else
      read(u);
  });
}

/// The access token has expired: the step that found out is repeated after the exchange, as a client does it.
void user_worker::renew(user& u) {
  u.is_renewing = true;
  u.reader.reset();
  u.text.clear();
  const request_template request{"POST", plan_.target.authority(), "/api/v1/auth/refresh", {},
    R"({"refresh_token":")" + u.self.refresh_token + "\"}"};
  u.out.clear();
  request.append_to(u.out, person{}, values_);
  asio::async_write(u.socket, asio::buffer(u.out), [this, &u](const error_code& ec, std::size_t) {
    if (ec)
      done(u, u.reason("write"), false);
    else
      read(u);
  });
}

void user_worker::on_renewed(user& u, bool stays_open) {
  boost::system::error_code ec;
  const auto body = boost::json::parse(u.text, ec);
  const auto* object = ec ? nullptr : body.if_object();
  const auto* access = object == nullptr ? nullptr : object->if_contains("access_token");
  const auto* refresh = object == nullptr ? nullptr : object->if_contains("refresh_token");
  u.text.clear();
  if (access == nullptr || refresh == nullptr || !access->is_string() || !refresh->is_string() || !stays_open) {
    done(u, "renewal", false);
    return;
  }
  u.self.access_token = access->get_string();
  u.self.refresh_token = refresh->get_string();
  ++tally_.renewals;
  u.is_renewing = false;
  u.reader.reset();
  u.sent = clock::now();
  send(u);
}

void user_worker::read(user& u) {
  auto* body = u.step == user_step::chat || u.is_renewing ? &u.text : nullptr;
  loop_.read(u, body, [this, &u](read_step step, const error_code& ec) { on_read(u, step, ec); });
}

void user_worker::on_read(user& u, read_step step, const error_code& ec) {
  if (u.step == user_step::chat && u.reader.status() == 200 && !u.is_renewing)
    u.scanner.feed(u.text, [&](const scanned_event& event) { take_event(u, event); });
  if (!u.is_renewing)
    u.text.clear();
  if (step == read_step::need_more) {
    read(u);
    return;
  }
  const int status = u.reader.status();
  const bool stays_open = step == read_step::complete && !ec && u.reader.keeps_alive();
  if (step == read_step::malformed)
    done(u, u.reason(ec ? "closed" : "malformed"), false);
  else if (u.is_renewing)
    on_renewed(u, stays_open && status == 200);
  else if (status == 401 && stays_open && !u.self.refresh_token.empty())
    renew(u);
  else if (status >= 400)
    done(u, "status_" + std::to_string(status), stays_open);
  else if (u.step == user_step::chat && !(u.has_success && u.scanner.is_at_rest()))
    done(u, "stream", false);
  else
    done(u, {}, stays_open);
}

void user_worker::take_event(user& u, const scanned_event& event) {
  const auto since = clock::now() - u.sent;
  if (!u.has_event && counts(u))
    tally_.first_event.add(since);
  u.has_event = true;
  if (event.type == "token") {
    if (counts(u)) {
      ++tally_.tokens;
      if (!u.has_token)
        tally_.first_token.add(since);
    }
    u.has_token = true;
  } else if (event.type == "end") {
    u.has_success = event.data.find(R"("status":"success")") != std::string_view::npos;
  }
}

void user_worker::done(user& u, const std::string& failure, bool stays_open) {
  const auto taken = clock::now() - u.sent;
  const auto step = static_cast<std::size_t>(u.step);
  u.is_waiting = false;
  u.reader.reset();
  if (counts(u)) {
    if (failure.empty()) {
      tally_.by_step[step].add(taken);
      if (u.step != user_step::chat)
        tally_.all.add(taken);
    } else {
      ++tally_.failed_by_step[step];
      ++tally_.failures[failure];
    }
  }
  steps_done_.fetch_add(1, std::memory_order_relaxed);
  u.is_renewing = false;
  const bool is_worn = plan_.steps_per_connection != 0 && ++u.steps >= plan_.steps_per_connection;
  if (!stays_open || is_worn)
    disconnect(u);
  think(u);
}

void user_worker::disconnect(user& u) {
  if (std::exchange(u.is_connected, false))
    connected_.fetch_sub(1, std::memory_order_relaxed);
  error_code ignored;
  u.socket.close(ignored);
  u.is_overdue = false;
  u.steps = 0;
  u.scanner = {};
}

}  // namespace genesis::load
