// The life of a connection before its first request.

#include "http/connection.hpp"
#include "http/forwarded.hpp"
#include "http/metrics.hpp"

#include <boost/asio/dispatch.hpp>
#include <caf/no_stages.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace genesis::http {

namespace {

/// Of one I/O thread, that are told at the same time that their address has too many connections.
constexpr std::size_t being_refused_max = 256;

config::ip_address address_of(const tcp_socket& socket) {
  boost::system::error_code ec;
  const auto endpoint = socket.remote_endpoint(ec);  // fails when the client has gone already
  return config::ip_address::parse(ec ? "0.0.0.0" : endpoint.address().to_string()).value_or(config::ip_address{});
}

}  // namespace

connection::connection(tcp_socket socket, const connection_home& home)
    : client_(std::move(socket)), desk_(home.desk), front_(home.front), gate_(home.gate), list_(home.list),
      tls_(home.tls), address_(address_of(client_.socket())), peer_(address_.text()),
      deadline_(home.desk.where().settings.http, clock::now()) {
  counters().connections_now[static_cast<std::size_t>(shown_)].add();
}

connection::~connection() {
  counters().connections_now[static_cast<std::size_t>(shown_)].subtract();
}

void connection::enter(phase next) {
  phase_ = next;
  switch (next) {
  case phase::reading_proxy_header:
  case phase::arriving:
  case phase::shaking_hands: show(connection_state::opening); break;
  case phase::reading_head: show(connection_state::idle); break;  // until a byte has come
  case phase::reading_body: show(connection_state::body); break;
  case phase::answering:
  case phase::writing: show(connection_state::answering); break;
  case phase::streaming: show(connection_state::streaming); break;
  case phase::draining:
  case phase::closed: show(connection_state::closing); break;
  }
}

void connection::show(connection_state state) {
  if (state == shown_)
    return;
  auto& now = counters().connections_now;
  now[static_cast<std::size_t>(shown_)].subtract();
  now[static_cast<std::size_t>(state)].add();
  shown_ = state;
}

void connection::start() {
  counters().connections_opened.add();
  place_ = list_.add(shared_from_this());
  is_listed_ = true;
  deadline_.begin(wait_kind::opening, clock::now());
  is_proxy_ = is_trusted(address_);
  if (is_proxy_ && desk_.where().settings.http.proxy_protocol) {
    enter(phase::reading_proxy_header);
    proxy_header_ = std::make_unique<proxy_header_parser>();
    read_proxy_header();
  } else {
    arrive();
  }
}

bool connection::is_trusted(const config::ip_address& address) const noexcept {
  return std::ranges::any_of(
    desk_.where().trusted_proxies, [&](const config::network& each) { return each.contains(address); });
}

/// Not a byte more than the header has: what follows may be TLS.
void connection::read_proxy_header() {
  client_.async_read_some(buffer_.prepare(proxy_header_->missing()),
    [self = shared_from_this()](const boost::system::error_code& ec, std::size_t bytes) {
      if (self->phase_ != phase::reading_proxy_header)
        return;
      if (ec) {
        self->refuse_proxy_header(proxy_fault::no_header);
        return;
      }
      self->buffer_.commit(bytes);
      self->step([&] { self->on_proxy_header(); });
    });
}

void connection::on_proxy_header() {
  const auto step = proxy_header_->feed(buffered());
  buffer_.consume(buffer_.size());
  switch (step) {
  case parse_step::need_more: read_proxy_header(); break;
  case parse_step::failed: refuse_proxy_header(proxy_header_->fault()); break;
  case parse_step::complete:
    if (const auto& client = proxy_header_->client()) {
      address_ = *client;
      peer_ = address_.text();
      is_proxy_ = is_trusted(address_);
    } else if (!proxy_header_->is_local()) {
      is_proxy_ = false;  // somebody speaks through the proxy: what they say of themselves is not the proxy's word
      peer_ = unknown_client;
    }
    proxy_header_ = nullptr;
    enter(phase::arriving);
    arrive();
    break;
  }
}

/// Without an answer: whoever is on the other side does not speak HTTP yet.
void connection::refuse_proxy_header(proxy_fault fault) {
  counters().proxy_headers_refused[static_cast<std::size_t>(fault)].add();
  close();
}

void connection::arrive() {
  if (!gate_ || is_proxy_) {
    shake_hands();
    return;
  }
  farewell_ = caf::make_mailbox_element(nullptr, caf::make_message_id(), caf::no_stages, connection_gone{address_});
  const auto take_home = [self = shared_from_this()](bool may_stay) {
    boost::asio::dispatch(
      self->client_.socket().get_executor(), [self, may_stay] { self->step([&] { self->on_verdict(may_stay); }); });
  };
  caf::anon_send(gate_, connection_arrived{address_, take_home});
}

void connection::on_verdict(bool may_stay) {
  is_counted_ = may_stay;
  if (phase_ == phase::closed)
    leave_gate();
  else if (may_stay)
    shake_hands();
  else
    refuse_arrival();
}

/// Not after its request is read: it would hold a place for as long as it likes. Over TLS it is closed without a word,
/// which would cost a handshake: a hundred times of what the cap is to save.
void connection::refuse_arrival() {
  counters().connections_refused.add();
  if (tls_ || list_.being_refused >= being_refused_max) {
    close();
    return;
  }
  ++list_.being_refused;
  is_refused_ = true;
  problem why{problem_code::rate_limit_exceeded, "too many connections from your address", {}};
  why.fields.emplace_back("RateLimit-Policy",  // of connections at the same time: without a window
    fmt::format(R"("connections";q={})", desk_.where().settings.http.connections_per_address_max));
  why.fields.emplace_back("RateLimit", R"("connections";r=0)");
  answer_unread(why);
}

void connection::leave_gate() noexcept {
  if (std::exchange(is_counted_, false))
    caf::actor_cast<caf::abstract_actor*>(gate_)->enqueue(std::move(farewell_), nullptr);
  if (std::exchange(is_refused_, false))
    --list_.being_refused;
}

void connection::shake_hands() {
  if (!tls_) {
    begin_serving();
    return;
  }
  enter(phase::shaking_hands);
  client_.async_handshake(
    *std::exchange(tls_, nullptr), [self = shared_from_this()](const boost::system::error_code& ec) {
      if (self->phase_ == phase::shaking_hands)
        self->step([&] { self->on_handshake(ec); });
    });
}

void connection::on_handshake(const boost::system::error_code& ec) {
  if (!ec) {
    begin_serving();
    return;
  }
  counters().handshakes_failed.add();
  const bool is_plain_http = ec.category() == boost::asio::error::get_ssl_category() &&
                             ERR_GET_REASON(static_cast<unsigned long>(ec.value())) == SSL_R_HTTP_REQUEST;
  if (is_plain_http)
    answer_unread({problem_code::malformed_request, "this port speaks TLS: ask for https://", {}});
  else
    close();
}

void connection::begin_serving() {
  if (desk_.state().is_stopped.load(std::memory_order_relaxed)) {
    close();
    return;
  }
  enter(phase::reading_head);
  deadline_.begin(wait_kind::idle, clock::now());
  read_more();
}

}  // namespace genesis::http
