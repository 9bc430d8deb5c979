#include "storage/redis_connection.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <exception>
#include <utility>

namespace genesis::storage {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// What is wrong with the answer to a step of the greeting; nothing of what was sent may be in it.
std::string refusal(std::string_view step, const result<redis_reply>& answer) {
  if (!answer)
    return answer.error().detail;
  auto text = std::string{step} + " was refused";
  if (const auto code = answer->error_code(); !code.empty())
    text += " (" + std::string{code} + ")";
  return text;
}

}  // namespace

/// A handler of this connection: keeps it alive, does nothing once it is over, and makes a loss of what it throws.
template <class Handler>
auto redis_connection::guarded(Handler handler) {
  return [self = shared_from_this(), handler = std::move(handler)](const auto&... arguments) {
    if (self->is_over_)
      return;
    try {
      handler(arguments...);
    } catch (const std::exception& thrown) {
      self->lose(thrown.what());
    }
  };
}

redis_connection::redis_connection(asio::io_context& context, const redis_access& access, events told)
    : access_(access), told_(std::move(told)), socket_(context), timer_(context), poll_(context) {}

void redis_connection::start() {
  timer_.expires_after(access_.connect_timeout);
  timer_.async_wait(guarded([this](error_code failed) {
    if (!failed)
      lose("connecting takes too long");
  }));
  if (access_.url.is_local()) {
    connect({asio::local::stream_protocol::endpoint{access_.url.socket}});
    return;
  }
  error_code is_name;
  const auto address = asio::ip::make_address(access_.url.host, is_name);
  if (is_name)
    await(name_lookup::start(access_.url.host, access_.url.port));
  else
    connect({asio::ip::tcp::endpoint{address, access_.url.port}});
}

void redis_connection::await(std::shared_ptr<const name_lookup> lookup) {
  static constexpr std::chrono::milliseconds interval{10};
  if (!lookup->is_done()) {
    poll_.expires_after(interval);
    poll_.async_wait(guarded([this, lookup = std::move(lookup)](error_code failed) {
      if (!failed)
        await(lookup);
    }));
    return;
  }
  if (!lookup->found()) {
    lose("the host is not found: " + lookup->found().error().detail);
    return;
  }
  std::vector<protocol::endpoint> endpoints(lookup->found()->begin(), lookup->found()->end());
  connect(std::move(endpoints));
}

void redis_connection::connect(std::vector<protocol::endpoint> endpoints) {
  const auto on_connected = guarded([this](error_code failed) {
    if (failed) {
      lose(failed.message());
      return;
    }
    timer_.cancel();
    error_code ignored;  // a unix socket has no such option
    socket_.set_option(asio::ip::tcp::no_delay{true}, ignored);
    read();
    greet();
  });
  asio::async_connect(socket_, std::move(endpoints),
    [on_connected](error_code failed, const protocol::endpoint&) { on_connected(failed); });
}

void redis_connection::greet() {
  const auto step = [this](std::string_view name, bool is_last = false) -> redis_completion {
    return [this, name, is_last](const result<redis_reply>& answer) { on_greeted(name, answer, is_last); };
  };
  using words = std::vector<std::string_view>;
  if (!access_.password.empty()) {
    auto login = words{"AUTH"};
    if (!access_.url.user.empty())
      login.emplace_back(access_.url.user);
    login.emplace_back(access_.password);
    ask(login, step("the password"));
  }
  const auto database = std::to_string(access_.url.database);
  if (access_.url.database != 0)
    ask(words{"SELECT", database}, step("the database's number"));
  ask(words{"PING"}, step("the greeting", true));
}

void redis_connection::on_greeted(std::string_view step, const result<redis_reply>& answer, bool is_last) {
  if (is_over_)
    return;
  if (!answer || !answer->is_status(is_last ? "PONG" : "OK"))
    lose(refusal(step, answer));
  else if (is_last)
    told_.on_ready();
}

void redis_connection::send(std::span<const std::string_view> words, redis_completion then) {
  if (is_over_)
    then(fail(errc::unavailable, "the connection to Redis was lost"));
  else if (questions_.size() >= questions_max || unsent_.size() >= unsent_bytes_max)
    then(fail(errc::overloaded, "too much is waiting for Redis"));
  else
    ask(words, std::move(then));
}

void redis_connection::ask(std::span<const std::string_view> words, redis_completion then) {
  questions_.push_back({std::move(then), clock::now()});
  try {
    append_redis_command(unsent_, words);
  } catch (...) {
    questions_.pop_back();  // unanswered: nothing that was sent waits for it
    throw;
  }
  watch();
  if (!std::exchange(is_write_due_, true))
    asio::post(socket_.get_executor(), guarded([this] { write(); }));
}

/// Sends all there is; what comes meanwhile goes together afterwards.
void redis_connection::write() {
  if (unsent_.empty()) {
    is_write_due_ = false;
    return;
  }
  leaving_.clear();
  std::swap(leaving_, unsent_);
  asio::async_write(socket_, asio::buffer(leaving_), guarded([this](error_code failed, std::size_t) {
    if (failed)
      lose(failed.message());
    else
      write();
  }));
}

void redis_connection::read() {
  socket_.async_read_some(asio::buffer(received_), guarded([this](error_code failed, std::size_t size) {
    if (failed) {
      lose(failed == asio::error::eof ? "it closed the connection" : failed.message());
      return;
    }
    if (!reader_.feed({received_.data(), size})) {
      lose("its answer is too large");
      return;
    }
    take_replies();
    if (!is_over_)
      read();
  }));
}

void redis_connection::take_replies() {
  while (!is_over_) {
    auto reply = reader_.next();
    if (!reply) {
      lose(reply.error().detail);
      return;
    }
    if (!*reply) {
      if (questions_.empty())
        tell_settled(true);
      return;
    }
    if (questions_.empty()) {
      lose("it answers what was not asked");
      return;
    }
    auto asked = std::move(questions_.front());
    questions_.pop_front();
    if (asked.is_given_up) {
      --given_up_;
      continue;
    }
    told_.on_answer(clock::now() - asked.asked_at);
    asked.then(std::move(**reply));
  }
}

void redis_connection::settle(std::move_only_function<void(bool)> then) {
  settling_.push_back(std::move(then));
  if (is_over_ || questions_.empty())
    tell_settled(!is_over_);
}

void redis_connection::tell_settled(bool is_answered) {
  for (auto& then : std::exchange(settling_, {}))
    then(is_answered);
}

/// Waits for the moment at which the oldest question that is still waited for would be late.
void redis_connection::watch() {
  if (is_watching_ || given_up_ == questions_.size())
    return;
  timer_.expires_at(questions_[given_up_].asked_at + access_.timeout);
  timer_.async_wait(guarded([this](error_code failed) {
    is_watching_ = false;
    if (!failed)
      give_up_late();
    if (!is_over_)
      watch();
  }));
  is_watching_ = true;
}

void redis_connection::give_up_late() {
  const auto now = clock::now();
  while (!is_over_ && given_up_ < questions_.size() && questions_[given_up_].asked_at + access_.timeout <= now) {
    auto& late = questions_[given_up_++];
    late.is_given_up = true;
    auto then = std::move(late.then);
    told_.on_late();
    then(fail(errc::unavailable, "Redis did not answer in time"));
  }
}

void redis_connection::lose(const std::string& why) {
  if (is_over_)
    return;
  const auto self = shared_from_this();  // the owner lets it go
  is_over_ = true;
  told_.on_lost(why);
  shut(true);
}

void redis_connection::close() {
  const auto self = shared_from_this();
  shut(true);
}

void redis_connection::abandon() {
  shut(false);
}

void redis_connection::shut(bool answers) {
  is_over_ = true;
  error_code ignored;
  socket_.close(ignored);
  poll_.cancel();
  timer_.cancel();
  auto open = std::exchange(questions_, {});
  if (!answers)
    return;
  for (auto& each : open)
    if (!each.is_given_up)
      each.then(fail(errc::unavailable, "the connection to Redis was lost"));
  tell_settled(false);
}

}  // namespace genesis::storage
