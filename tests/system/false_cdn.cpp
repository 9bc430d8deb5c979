#include "tests/system/false_cdn.hpp"

#include "tests/system/child_process.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>

#include <stdexcept>

namespace genesis::system_test {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

std::unique_ptr<asio::ssl::context> context_with(
  const std::filesystem::path& certificate, const std::filesystem::path& key) {
  auto made = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  made->use_certificate_chain_file(certificate.string());
  made->use_private_key_file(key.string(), asio::ssl::context::pem);
  return made;
}

std::size_t body_length(std::string_view head) {
  static constexpr std::string_view name = "\r\nContent-Length: ";
  const auto at = head.find(name);
  return at == std::string_view::npos ? 0 : std::stoul(std::string{head.substr(at + name.size())});
}

}  // namespace

std::string purge_request::keys() const {
  std::string text;
  const auto sent = boost::json::parse(body);
  for (const auto& each : sent.as_object().at("surrogate_keys").as_array())
    (text += text.empty() ? "" : " ") += std::string_view{each.as_string()};
  return text;
}

false_cdn::false_cdn() : false_cdn(std::unique_ptr<asio::ssl::context>{}) {}

false_cdn::false_cdn(const std::filesystem::path& certificate, const std::filesystem::path& key)
    : false_cdn(context_with(certificate, key)) {}

false_cdn::false_cdn(std::unique_ptr<asio::ssl::context> tls)
    : acceptor_(context_, tcp::endpoint{asio::ip::address_v4::loopback(), 0}), tls_(std::move(tls)) {
  asio::co_spawn(context_, accept(), asio::detached);
  thread_ = std::thread{[this] { context_.run(); }};
}

false_cdn::~false_cdn() {
  context_.stop();
  thread_.join();
}

void false_cdn::answer_with(std::deque<int> statuses) {
  const std::scoped_lock lock{mutex_};
  statuses_ = std::move(statuses);
}

std::vector<purge_request> false_cdn::wait_for(std::size_t count) {
  std::unique_lock lock{mutex_};
  if (!changed_.wait_for(lock, patience, [&] { return told_.size() >= count; }))
    throw std::runtime_error("the CDN was told " + std::to_string(told_.size()) + " times");
  return {told_.begin(), told_.begin() + static_cast<std::ptrdiff_t>(count)};
}

std::size_t false_cdn::count() const {
  const std::scoped_lock lock{mutex_};
  return told_.size();
}

std::string false_cdn::url() const {
  return (tls_ ? "https" : "http") + std::string{"://127.0.0.1:"} + std::to_string(acceptor_.local_endpoint().port()) +
         "/purge?zone=7";
}

asio::awaitable<void> false_cdn::accept() {
  while (true) {
    auto [failure, socket] = co_await acceptor_.async_accept(as_result);
    if (failure)
      co_return;
    asio::co_spawn(context_, serve(std::move(socket)), asio::detached);
  }
}

asio::awaitable<void> false_cdn::serve(tcp::socket socket) {
  if (!tls_) {
    co_await serve_over(socket);
    co_return;
  }
  asio::ssl::stream<tcp::socket> secured{std::move(socket), *tls_};
  if (auto [failure] = co_await secured.async_handshake(asio::ssl::stream_base::server, as_result); !failure)
    co_await serve_over(secured);
}

template <class Stream>
asio::awaitable<void> false_cdn::serve_over(Stream& stream) {
  std::string text;
  const auto [no_head, head_size] =
    co_await asio::async_read_until(stream, asio::dynamic_buffer(text), "\r\n\r\n", as_result);
  if (no_head)
    co_return;
  const auto whole = head_size + body_length(std::string_view{text}.substr(0, head_size));
  if (text.size() < whole) {
    const auto [no_body, rest] = co_await asio::async_read(
      stream, asio::dynamic_buffer(text), asio::transfer_exactly(whole - text.size()), as_result);
    if (no_body)
      co_return;
  }
  const auto first = text.find(' ');
  const auto status = take(
    {text.substr(first + 1, text.find(' ', first + 1) - first - 1), text.substr(0, head_size), text.substr(head_size)});
  if (status == silence) {
    std::string nothing;
    co_await asio::async_read(stream, asio::dynamic_buffer(nothing), as_result);  // until the client has had enough
    co_return;
  }
  const auto answer = "HTTP/1.1 " + std::to_string(status) + " As Told\r\nContent-Length: 2\r\n\r\n{}";
  co_await asio::async_write(stream, asio::buffer(answer), as_result);
}

int false_cdn::take(purge_request request) {
  const std::scoped_lock lock{mutex_};
  told_.push_back(std::move(request));
  changed_.notify_all();
  const auto status = statuses_.front();
  if (statuses_.size() > 1)
    statuses_.pop_front();
  return status;
}

}  // namespace genesis::system_test
