#include "storage/redis_client.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace genesis::storage {

namespace {

using kind = redis_reply::kind;
using clock = std::chrono::steady_clock;

/// Passes an answer on as what it stands for, or as the error that it is not that.
template <class T, class Read>
redis_client::callback<redis_reply> read_as(redis_client::callback<T> then, Read read) {
  return [then = std::move(then), read](result<redis_reply> answer) mutable {
    if (!answer) {
      then(std::unexpected(std::move(answer).error()));
      return;
    }
    if (std::optional<T> value = read(*answer))
      then(std::move(*value));
    else
      then(fail(errc::unavailable, "Redis answers with something else"));
  };
}

std::optional<bool> read_count(const redis_reply& answer) {
  return answer.what == kind::integer ? std::optional{answer.number > 0} : std::nullopt;
}

}  // namespace

/// A removal by pattern that is under way.
struct redis_client::removal {
  std::string pattern;
  std::string cursor = "0";
  clock::time_point until;
  std::int64_t removed = 0;
  callback<std::int64_t> then;
};

redis_client::redis_client(boost::asio::io_context& context, options how, redis_observer* observer)
    : context_(context), options_(std::move(how)), observer_(observer), breaker_(options_.breaker), retry_(context) {}

redis_client::~redis_client() {
  if (connection_)
    connection_->abandon();
  if (is_ready_ && observer_ != nullptr)
    observer_->on_usable(false);
}

void redis_client::start() {
  connect();
}

void redis_client::connect() {
  breaker_.begin_trial();
  const auto told = [is_alive = std::weak_ptr{alive_}](auto what) {
    return [is_alive, what](const auto&... arguments) {
      if (!is_alive.expired())
        what(arguments...);
    };
  };
  connection_ = std::make_shared<redis_connection>(context_, options_.access,
    redis_connection::events{
      .on_ready = told([this] { on_ready(); }),
      .on_lost = told([this](const std::string& why) { on_lost(why); }),
      .on_answer = told([this](std::chrono::nanoseconds took) { on_answer(took); }),
      .on_late = told([this] { on_late(); }),
    });
  connection_->start();
}

void redis_client::on_ready() {
  is_ready_ = true;
  breaker_.on_success(clock::now());
  if (observer_ != nullptr)
    observer_->on_usable(true);
  if (std::exchange(is_reported_away_, false))
    spdlog::info("Redis at {} is used again", options_.access.url.text());
  else
    spdlog::debug("Redis at {} is used", options_.access.url.text());
}

void redis_client::on_lost(const std::string& why) {
  fail_at(redis_failure::lost);
  breaker_.on_loss(clock::now());
  rest(why);
}

void redis_client::on_late() {
  fail_at(redis_failure::late);
  if (is_ready_ && breaker_.on_failure(clock::now()))
    leave("its answers come too late");
}

void redis_client::on_answer(std::chrono::nanoseconds took) {
  if (!is_ready_)
    return;  // the greeting
  if (observer_ != nullptr)
    observer_->on_answer(took);
  if (took <= options_.slow_after)
    breaker_.on_success(clock::now());
  else if (breaker_.on_slow(clock::now()))
    leave("its answers come slowly");
}

/// Gives up a connection that is there.
void redis_client::leave(const std::string& why) {
  const auto left = connection_;
  rest(why);
  left->close();
}

/// Leaves Redis alone until the next trial is due.
void redis_client::rest(const std::string& why) {
  if (std::exchange(is_ready_, false) && observer_ != nullptr)
    observer_->on_usable(false);
  connection_ = nullptr;
  if (!std::exchange(is_reported_away_, true))
    spdlog::warn("Redis at {} cannot be used: {}; the server goes on without it", options_.access.url.text(), why);
  retry_.expires_at(breaker_.try_again_at());
  retry_.async_wait([this, is_alive = std::weak_ptr{alive_}](boost::system::error_code failed) {
    if (failed || is_alive.expired())
      return;
    try {
      connect();
    } catch (const std::exception& thrown) {  // for want of memory or threads: the next try may have them
      breaker_.on_loss(clock::now());
      rest(thrown.what());
    }
  });
}

void redis_client::fail_at(redis_failure what) noexcept {
  if (observer_ != nullptr)
    observer_->on_failure(what);
}

void redis_client::send(std::span<const std::string_view> words, callback<redis_reply> then) {
  if (!is_ready_) {
    fail_at(redis_failure::unsent);
    then(fail(errc::unavailable, "there is no connection to Redis"));
    return;
  }
  connection_->send(words, [this, then = std::move(then)](result<redis_reply> answer) mutable {
    if (!answer && answer.error().code == errc::overloaded)
      fail_at(redis_failure::unsent);
    if (answer && answer->what == kind::error) {
      fail_at(redis_failure::refused);
      answer = fail(errc::unavailable, "Redis refused: " + std::string{answer->error_code()});
    }
    then(std::move(answer));
  });
}

void redis_client::get(std::string_view key, callback<std::optional<std::string>> then) {
  const std::array<std::string_view, 2> words{"GET", key};
  send(words, read_as<std::optional<std::string>>(
                std::move(then), [](redis_reply& answer) -> std::optional<std::optional<std::string>> {
                  if (answer.what == kind::nothing)
                    return std::optional<std::string>{};
                  if (answer.what == kind::text)
                    return std::optional{std::move(answer.text)};
                  return std::nullopt;
                }));
}

void redis_client::put(
  std::string_view key, std::string_view value, std::chrono::milliseconds keep, callback<bool> then) {
  if (value.size() > value_bytes_max) {
    fail_at(redis_failure::unsent);
    then(fail(errc::overloaded, "the value is too large for Redis"));
    return;
  }
  const auto milliseconds = std::to_string(keep.count());
  const std::array<std::string_view, 5> words{"SET", key, value, "PX", milliseconds};
  send(words, read_as<bool>(std::move(then),
                [](const redis_reply& answer) { return answer.is_status("OK") ? std::optional{true} : std::nullopt; }));
}

void redis_client::remove(std::string_view key, callback<bool> then) {
  const std::array<std::string_view, 2> words{"UNLINK", key};
  send(words, read_as<bool>(std::move(then), read_count));
}

void redis_client::settle(callback<bool> then) {
  if (!is_ready_) {
    then(fail(errc::unavailable, "there is no connection to Redis"));
    return;
  }
  connection_->settle([then = std::move(then)](bool is_answered) mutable {
    if (is_answered)
      then(true);
    else
      then(fail(errc::unavailable, "the connection to Redis was lost"));
  });
}

void redis_client::remove_matching(
  std::string_view pattern, std::chrono::milliseconds within, callback<std::int64_t> then) {
  auto under_way = std::make_shared<removal>();
  under_way->pattern = pattern;
  under_way->until = clock::now() + within;
  under_way->then = std::move(then);
  step(std::move(under_way));
}

/// A callback holds `this`: it is destroyed uncalled when the client is.
void redis_client::step(std::shared_ptr<removal> under_way) {
  if (clock::now() > under_way->until) {
    under_way->then(fail(errc::unavailable, "there are too many keys to be looked at in time"));
    return;
  }
  const std::array<std::string_view, 6> words{
    "SCAN", under_way->cursor, "MATCH", under_way->pattern, "COUNT", scan_step};
  send(words, [this, under_way](result<redis_reply> answer) {
    if (!answer) {
      under_way->then(std::unexpected(std::move(answer).error()));
      return;
    }
    auto& parts = answer->items;
    if (parts.size() != 2 || parts[0].what != kind::text || parts[1].what != kind::list) {
      under_way->then(fail(errc::unavailable, "Redis answers with something else"));
      return;
    }
    under_way->cursor = std::move(parts[0].text);
    unlink(under_way, parts[1].items);
  });
}

void redis_client::unlink(std::shared_ptr<removal> under_way, const std::vector<redis_reply>& keys) {
  const auto go_on = [this, under_way] {
    if (under_way->cursor == "0")
      under_way->then(under_way->removed);
    else
      step(under_way);
  };
  if (keys.empty()) {
    go_on();
    return;
  }
  std::vector<std::string_view> words{"UNLINK"};
  for (const auto& each : keys)
    words.emplace_back(each.text);
  send(words, [under_way, go_on](result<redis_reply> answer) {
    if (answer && answer->what == kind::integer) {
      under_way->removed += answer->number;
      go_on();
    } else {
      under_way->then(
        answer ? fail(errc::unavailable, "Redis answers with something else") : std::unexpected(answer.error()));
    }
  });
}

}  // namespace genesis::storage
