#include "tests/system/http_peer.hpp"

#include "tests/system/child_process.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <charconv>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace genesis::system_test {

namespace {

[[noreturn]] void fail_with_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(
    left, right, [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

std::size_t number(std::string_view text, int base) {
  std::size_t value = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (ec != std::errc{} || end != text.data() + text.size())
    throw std::runtime_error("no number: " + std::string{text});
  return value;
}

void wait_until(int socket, short event) {
  pollfd watched{socket, event, 0};
  const int ready = ::poll(&watched, 1, static_cast<int>(std::chrono::milliseconds{patience}.count()));
  if (ready == 0)
    throw std::runtime_error("nothing came from the server in time");
  if (ready < 0)
    fail_with_errno("poll");
}

}  // namespace

std::optional<std::string> answer::field(std::string_view name) const {
  std::optional<std::string> found;
  for (const auto& [each, value] : head) {
    if (!equal_ignoring_case(each, name))
      continue;
    if (found)
      throw std::runtime_error("more than one " + each);
    found = value;
  }
  return found;
}

boost::json::object answer::json() const {
  boost::system::error_code ec;
  const auto value = boost::json::parse(body, ec);
  if (ec || !value.is_object())
    throw std::runtime_error("the body is no JSON object: " + body);
  return value.get_object();
}

std::string answer::code() const {
  if (field("Content-Type") != "application/problem+json")
    return {};
  const auto object = json();
  const auto* const code = object.if_contains("code");
  return code != nullptr && code->is_string() ? std::string{code->get_string()} : std::string{};
}

std::string request_text(std::string_view verb, std::string_view target, const fields& head, std::string_view body) {
  std::string text = std::string{verb} + ' ' + std::string{target} + " HTTP/1.1\r\nHost: genesis.test\r\n";
  for (const auto& [name, value] : head)
    text += name + ": " + value + "\r\n";
  if (!body.empty())
    text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  text += "\r\n";
  text += body;
  return text;
}

http_peer::http_peer(std::uint16_t port, int receive_buffer) : http_peer(port, receive_buffer, INADDR_ANY) {}

http_peer http_peer::from(std::uint8_t last, std::uint16_t port) {
  return {port, 0, (INADDR_LOOPBACK & ~0xffU) | last};
}

http_peer::http_peer(std::uint16_t port, int receive_buffer, std::uint32_t source)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (socket_ < 0)
    fail_with_errno("socket");
  if (receive_buffer != 0)
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (source != INADDR_ANY) {
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(source);
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0)
      fail_with_errno("bind");
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    const int why = errno;
    ::close(socket_);
    throw std::system_error(why, std::generic_category(), "connect");
  }
}

http_peer::http_peer(http_peer&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), tls_(std::move(other.tls_)), buffer_(std::move(other.buffer_)),
      is_ended_(other.is_ended_), is_complete_(other.is_complete_) {}

http_peer& http_peer::operator=(http_peer&& other) noexcept {
  std::swap(socket_, other.socket_);
  std::swap(tls_, other.tls_);
  buffer_ = std::move(other.buffer_);
  is_ended_ = other.is_ended_;
  is_complete_ = other.is_complete_;
  return *this;
}

http_peer::~http_peer() {
  if (socket_ >= 0)
    ::close(socket_);
}

/// The socket stays blocking, with a time-out, and OpenSSL waits in it.
struct http_peer::tls_session {
  explicit tls_session(SSL_CTX* made) : context(made), ssl(SSL_new(made)) {}
  tls_session(const tls_session&) = delete;
  tls_session& operator=(const tls_session&) = delete;
  ~tls_session() {
    SSL_free(ssl);
    SSL_CTX_free(context);
  }

  SSL_CTX* context;
  SSL* ssl;
};

bool http_peer::secure(const tls_offer& offer) {
  tls_ = std::make_shared<tls_session>(SSL_CTX_new(TLS_client_method()));
  auto* const ssl = tls_->ssl;
  if (offer.version_max != 0) {
    SSL_set_security_level(ssl, 0);  // at the usual one the client itself refuses what is old
    SSL_set_min_proto_version(ssl, TLS1_VERSION);
    SSL_set_max_proto_version(ssl, offer.version_max);
  }
  std::string protocols;
  for (const auto& each : offer.protocols)
    protocols += static_cast<char>(each.size()) + each;
  SSL_set_alpn_protos(
    ssl, reinterpret_cast<const unsigned char*>(protocols.data()), static_cast<unsigned>(protocols.size()));
  const timeval wait{std::chrono::seconds{patience}.count(), 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  SSL_set_fd(ssl, socket_);
  return SSL_connect(ssl) == 1;
}

std::string http_peer::protocol() const {
  const unsigned char* name = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(tls_->ssl, &name, &length);
  return {reinterpret_cast<const char*>(name), length};
}

std::string http_peer::server_name() const {
  const auto* const certificate = SSL_get0_peer_certificate(tls_->ssl);
  std::array<char, 256> name{};
  X509_NAME_get_text_by_NID(
    X509_get_subject_name(certificate), NID_commonName, name.data(), static_cast<int>(name.size()));
  return name.data();
}

bool http_peer::was_told_of_end() const {
  return (SSL_get_shutdown(tls_->ssl) & SSL_RECEIVED_SHUTDOWN) != 0;
}

long http_peer::receive(char* into, std::size_t count) {
  if (tls_)
    return SSL_read(tls_->ssl, into, static_cast<int>(count));
  wait_until(socket_, POLLIN);
  return ::recv(socket_, into, count, 0);
}

long http_peer::transmit(std::string_view bytes) {
  if (tls_)
    return SSL_write(tls_->ssl, bytes.data(), static_cast<int>(bytes.size()));
  return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

bool http_peer::try_send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = transmit(bytes);
    if (sent >= 0)
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    else if (errno == EAGAIN)
      wait_until(socket_, POLLOUT);
    else
      return false;
  }
  return true;
}

void http_peer::send(std::string_view bytes) {
  if (!try_send(bytes))
    fail_with_errno("send");
}

void http_peer::finish_sending() {
  ::shutdown(socket_, SHUT_WR);
}

/// Reads what has come; false at the end. A reset is an end too.
bool http_peer::fill() {
  if (is_ended_)
    return false;
  std::array<char, 65'536> piece{};
  const auto bytes = receive(piece.data(), piece.size());
  if (bytes <= 0) {
    is_ended_ = true;
    is_reset_ = bytes < 0;
    return false;
  }
  buffer_.append(piece.data(), static_cast<std::size_t>(bytes));
  return true;
}

void http_peer::fill_or_throw(const char* while_reading) {
  if (!fill())
    throw std::runtime_error(
      std::string{"the server closed the connection inside "} + while_reading + "; unread: " + buffer_);
}

std::string http_peer::take(std::size_t count) {
  auto taken = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return taken;
}

std::string http_peer::take_line() {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n")) == std::string::npos)
    fill_or_throw("a line");
  auto line = take(end);
  buffer_.erase(0, 2);
  return line;
}

answer http_peer::read_head() {
  answer read;
  const auto status_line = take_line();
  if (!status_line.starts_with("HTTP/1.") || status_line.size() < 12 || status_line[8] != ' ')
    throw std::runtime_error("no status line: " + status_line);
  read.version_minor = status_line[7] - '0';
  read.status = static_cast<int>(number(std::string_view{status_line}.substr(9, 3), 10));
  for (auto line = take_line(); !line.empty(); line = take_line()) {
    const auto colon = line.find(": ");
    if (colon == std::string::npos)
      throw std::runtime_error("no field: " + line);
    read.head.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  read.is_chunked = read.field("Transfer-Encoding") == "chunked";
  is_complete_ = false;
  return read;
}

void http_peer::read_body(answer& into, bool is_for_head) {
  if (is_for_head || into.status < 200 || into.status == 204 || into.status == 304) {
    into.is_whole = true;
    return;
  }
  if (const auto length = into.field("Content-Length"); length && !into.is_chunked) {
    const auto count = number(*length, 10);
    while (buffer_.size() < count)
      fill_or_throw("a body");
    into.body = take(count);
    into.is_whole = true;
    return;
  }
  while (const auto piece = read_chunk(into))
    into.body += *piece;
  into.is_whole = is_complete_;
}

answer http_peer::read_answer(bool is_for_head) {
  auto read = read_head();
  read_body(read, is_for_head);
  return read;
}

std::optional<std::string> http_peer::read_chunk(const answer& of) {
  if (is_complete_)
    return std::nullopt;
  if (!of.is_chunked) {
    if (buffer_.empty() && !fill()) {
      is_complete_ = !is_reset_;
      return std::nullopt;
    }
    return take(buffer_.size());
  }
  // A cut may come anywhere, between chunks as well as within one.
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n")) == std::string::npos)
    if (!fill())
      return std::nullopt;
  const auto size = number(std::string_view{buffer_}.substr(0, end), 16);
  while (buffer_.size() < end + 2 + size + 2)
    if (!fill())
      return std::nullopt;
  buffer_.erase(0, end + 2);
  auto piece = take(size);
  if (take(2) != "\r\n")
    throw std::runtime_error("a chunk is longer than its size says");
  if (size != 0)
    return piece;
  is_complete_ = true;
  return std::nullopt;
}

bool http_peer::is_closed_silently() {
  return buffer_.empty() && !fill();
}

void wait_for_answers(const std::vector<http_peer*>& peers, std::size_t count) {
  std::vector<pollfd> watched;
  for (const auto* each : peers)
    watched.push_back({each->socket(), POLLIN, 0});
  for (std::size_t i = 0; i < count; ++i) {
    const int ready =
      ::poll(watched.data(), watched.size(), static_cast<int>(std::chrono::milliseconds{patience}.count()));
    if (ready <= 0)
      throw std::runtime_error("only " + std::to_string(i) + " answers came");
    for (auto& each : watched) {
      if (each.fd >= 0 && each.revents != 0) {
        each.fd = -1;
        break;
      }
    }
  }
}

bool http_peer::is_quiet() const {
  pollfd watched{socket_, POLLIN, 0};
  return buffer_.empty() && !is_ended_ && ::poll(&watched, 1, 0) == 0;
}

void expect_told_of_shutdown(http_peer& peer) {
  const auto given = peer.read_answer();
  EXPECT_EQ(given.status, 503);
  EXPECT_EQ(given.code(), "SHUTTING_DOWN");
  EXPECT_EQ(given["Connection"], "close");
  EXPECT_TRUE(given.field("Retry-After"));
  EXPECT_TRUE(peer.is_closed_silently());
}

}  // namespace genesis::system_test
