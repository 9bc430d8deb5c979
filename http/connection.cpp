#include "http/connection.hpp"

#include "config/limits.hpp"
#include "http/answer_head.hpp"
#include "http/conditional.hpp"
#include "http/content_coding.hpp"
#include "http/forwarded.hpp"
#include "http/metrics.hpp"
#include "http/preference.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <array>

namespace genesis::http {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// Read at a time: most requests arrive whole, and an idle connection keeps no more than this.
constexpr std::size_t read_size = std::size_t{4} * 1'024;

/// Written at a time: what a socket's buffer takes at once.
constexpr std::size_t write_piece_bytes = std::size_t{64} * 1'024;

/// What is read and dropped after a refusal, so that the answer is not lost in a reset (RFC 9112 9.6): most clients
/// send all of a body before they look for the answer. Sixteen times the largest body that is taken; the time bounds it
/// for slow ones.
constexpr std::size_t drain_bytes_max = 16 * config::request_body_bytes_max;

/// A body that is as good as here: read to its end to keep the connection after a refusal.
constexpr std::uint64_t worth_reading_max = std::size_t{64} * 1'024;

}  // namespace

std::string_view connection::buffered() const noexcept {
  const auto data = buffer_.data();
  return {static_cast<const char*>(data.data()), data.size()};
}

void connection::read_more() {
  if (phase_ == phase::closed || is_reading_ || client_.is_finishing())
    return;
  is_reading_ = true;
  client_.async_read_some(
    buffer_.prepare(read_size), [self = shared_from_this()](const error_code& ec, std::size_t bytes) {
      self->is_reading_ = false;
      self->step([&] { ec ? self->on_read_end() : self->on_read(bytes); });
    });
}

void connection::on_read_end() {
  if (phase_ == phase::answering || phase_ == phase::writing) {
    // The client was told that its request took too long, and has stopped sending meanwhile: it still gets to read
    // that.
    must_close_ = true;
    has_unread_body_ = false;
    return;
  }
  if (phase_ == phase::reading_head && parser_.started()) {
    refuse(parse_fault::incomplete_head);
  } else if (phase_ == phase::reading_body) {
    if (!refuse_now())
      refuse(parse_fault::incomplete_body);
  } else {
    close();
  }
  has_unread_body_ = false;  // nothing more comes
}

void connection::on_read(std::size_t bytes) {
  buffer_.commit(bytes);
  switch (phase_) {
  case phase::reading_head: parse(); break;
  case phase::reading_body: parse_body(); break;
  case phase::draining: drain(); break;
  default: break;
  }
}

/// Looks for the next head in what is buffered.
void connection::parse() {
  switch (parser_.feed(buffered())) {
  case parse_step::need_more:
    if (parser_.started() && !request_) {
      // The clock of a head runs from its first byte in all, not from byte to byte.
      request_ = std::make_shared<exchange>();
      deadline_.begin(wait_kind::head, clock::now());
      show(connection_state::head);
    }
    read_more();
    break;
  case parse_step::failed: refuse(parser_.fault()); break;
  case parse_step::complete: on_head(); break;
  }
}

void connection::refuse(parse_fault fault) {
  count_refused(fault);
  answer_unread(to_problem(fault));
}

void connection::answer_unread(const problem& what) {
  if (!request_)
    request_ = std::make_shared<exchange>();
  if (phase_ == phase::reading_head)
    request_->head = parser_.take_head(buffered());
  if (phase_ != phase::reading_body)
    request_->received_at = clock::now();
  request_->peer = peer_;
  request_->sink = weak_from_this();
  if (request_->request_id.empty())
    desk_.identify(*request_);
  must_close_ = true;
  has_unread_body_ = true;
  enter(phase::answering);
  deadline_.begin(wait_kind::write, clock::now());
  request_->respond(problem_response(what, request_->request_id));
}

void connection::on_head() {
  if (!request_)
    request_ = std::make_shared<exchange>();
  auto& request = *request_;
  const auto consumed = parser_.consumed();
  request.head = parser_.take_head();
  buffer_.consume(consumed);
  parser_.reset();
  request.received_at = clock::now();
  request.peer = peer_;
  request.sink = weak_from_this();
  must_close_ = !request.head.keep_alive() || desk_.state().is_closing.load(std::memory_order_relaxed);
  has_unread_body_ = request.head.framing().kind != body_kind::none;
  enter(phase::answering);
  if (is_proxy_) {
    auto client = client_of(request.head.joined("forwarded"), request.head.joined("x-forwarded-for"), address_,
      desk_.where().trusted_proxies);
    if (!client) {
      answer_unread({problem_code::malformed_request,
        "the Forwarded and X-Forwarded-For fields are malformed or name different clients", {}});
      return;
    }
    request.peer = *std::move(client);
  } else if (request.head.asks_for_https() && !client_.is_secure()) {  // RFC 9110 7.4
    answer_unread({problem_code::malformed_request,
      "the target is one of https, and this connection is not secured; connect with TLS", {}});
    return;
  }
  auto answer = desk_.check(request);
  const bool is_refused = answer || request.fault;
  if (request.fault && request.fault->code == problem_code::payload_too_large)
    count_refused(parse_fault::body_too_large);
  const auto framing = request.head.framing();
  const bool is_small =
    framing.kind == body_kind::length && framing.length <= worth_reading_max && !request.head.expects_continue();
  if (!has_unread_body_ || (is_refused && !is_small)) {
    must_close_ = must_close_ || has_unread_body_;
    if (answer)
      request.respond(*std::move(answer));
    else
      dispatch();
    return;
  }
  refusal_ = std::move(answer);  // after the body
  is_content_unchecked_ = !is_refused && may_turn_out_empty(request.head);
  decoder_.emplace(framing, request.route ? request.route->body_bytes_max : config::request_body_bytes_max);
  enter(phase::reading_body);
  deadline_.begin(wait_kind::body, clock::now());
  if (request.head.expects_continue() && buffer_.size() == 0) {
    is_continuing_ = true;
    client_.async_write(asio::buffer(continue_response), asio::transfer_all(),
      [self = shared_from_this()](const error_code& ec, std::size_t) {
        self->is_continuing_ = false;
        self->step([&] { ec ? self->close() : self->parse_body(); });
      });
    return;
  }
  parse_body();
}

void connection::parse_body() {
  if (phase_ != phase::reading_body)
    return;
  auto input = buffered();
  const auto before = input.size();
  const auto step = decoder_->feed(input, request_->body);
  buffer_.consume(before - input.size());
  const bool is_first_content = is_content_unchecked_;
  check_content(step);
  switch (step) {
  case parse_step::need_more:
    if (!is_first_content || !refuse_now())  // what is refused need not come as a whole
      read_more();
    break;
  case parse_step::failed: refuse_body(decoder_->fault()); break;
  case parse_step::complete:
    has_unread_body_ = false;
    decoder_.reset();
    enter(phase::answering);
    if (refusal_)
      request_->respond(*std::exchange(refusal_, std::nullopt));
    else
      dispatch();
    break;
  }
}

void connection::check_content(parse_step step) {
  if (!is_content_unchecked_)
    return;
  const bool has_content = !request_->body.empty() || decoder_->fault() == parse_fault::body_too_large;
  if (!has_content && step != parse_step::complete)
    return;
  is_content_unchecked_ = false;
  front_desk::check_content(*request_, has_content);
}

/// What the head was refused for comes before the size of the body, and behind faults of its framing.
void connection::refuse_body(parse_fault fault) {
  if (fault == parse_fault::body_too_large && refuse_now())
    return;
  count_refused(fault);
  must_close_ = true;
  enter(phase::answering);
  if (fault == parse_fault::body_too_large) {
    request_->fault = body_too_large(request_->route->body_bytes_max);
    dispatch();
  } else {
    request_->respond(problem_response(to_problem(fault), request_->request_id));
  }
}

thread_counter& connection::in_flight() const {
  return counters().routes[request_->route ? request_->match.route : no_route].in_flight_now;
}

void connection::dispatch() {
  request_->dispatched_at = clock::now();
  deadline_.begin(wait_kind::answer, request_->dispatched_at);
  in_flight().add();
  is_in_flight_ = true;
  caf::anon_send(front_, request_arrived{request_});
}

void connection::close() {
  if (phase_ == phase::closed)
    return;
  const auto self = shared_from_this();
  if (std::exchange(is_listed_, false))
    list_.remove(place_);
  else
    list_.remove_unlisted();
  if (is_in_flight_) {
    is_in_flight_ = false;
    in_flight().subtract();
  }
  const bool is_cut = phase_ == phase::streaming;
  if (is_cut)
    counters().streams_now.subtract();
  enter(phase::closed);
  if (is_cut && stream_ && stream_->ends_with_connection())
    client_.reset();
  else
    client_.close();
  leave_gate();
  if (stream_)
    contain("connection", [&] { stream_->leave(); });
}

void connection::respond(response answer) {
  if (phase_ != phase::answering)
    return;
  apply_preference(*request_, answer);
  apply_conditions(*request_, answer);
  apply_coding(*request_, answer, desk_.coded());
  write_answer(answer);
}

/// Goes on with a write, piece by piece: each piece that is out gives the next one its full time. A slow client is not
/// a stalled one.
std::function<std::size_t(const error_code&, std::size_t)> connection::while_it_progresses() {
  return [self = shared_from_this()](const error_code& ec, std::size_t) -> std::size_t {
    self->deadline_.begin(wait_kind::write, clock::now());
    return ec ? 0 : write_piece_bytes;
  };
}

void connection::write_answer(const response& answer) {
  enter(phase::writing);
  deadline_.begin(wait_kind::write, clock::now());
  must_close_ = must_close_ || answer.close || desk_.state().is_closing.load(std::memory_order_relaxed);
  out_.clear();
  write_answer_head(
    out_, *request_, answer, {desk_.date(), must_close_, desk_.where().cross_origin, client_.is_secure()});
  body_out_ = has_content_to_send(*request_, answer) ? answer.body : nullptr;
  finish_request(answer.status);
  const auto done = [self = shared_from_this()](const error_code& ec, std::size_t bytes) {
    counters().bytes_written.add(bytes);
    self->step([&] { ec ? self->close() : self->on_written(); });
  };
  if (body_out_)
    client_.async_write(
      std::array{asio::const_buffer{asio::buffer(out_)}, asio::const_buffer{asio::buffer(*body_out_)}},
      while_it_progresses(), done);
  else
    client_.async_write(asio::buffer(out_), while_it_progresses(), done);
}

void connection::finish_request(int status) {
  if (is_in_flight_) {
    is_in_flight_ = false;
    in_flight().subtract();
  }
  const auto duration = clock::now() - request_->received_at;
  count_request(request_->route ? request_->match.route : no_route, request_->head.verb(), status, duration);
  desk_.log_request(*request_, status, body_out_ ? body_out_->size() : 0, duration);
}

void connection::on_written() {
  if (phase_ != phase::writing)
    return;
  body_out_ = nullptr;
  if (must_close_)
    finish();
  else
    begin_next();
}

/// In stages (RFC 9112 9.6): what a client sends once its connection is closed resets it, and with it what is still on
/// the way to the client. Over TLS the client's own word that it has read everything is waited for.
void connection::finish() {
  enter(phase::draining);
  drained_ = 0;
  deadline_.begin_draining(clock::now());
  client_.async_finish([self = shared_from_this()] {
    if (self->phase_ == phase::draining)
      self->step([&] { self->has_unread_body_ || !self->client_.is_secure() ? self->drain() : self->close(); });
  });
}

void connection::drain() {
  drained_ += buffer_.size();
  buffer_.consume(buffer_.size());
  if (drained_ > drain_bytes_max)
    close();
  else
    read_more();
}

void connection::begin_next() {
  request_ = nullptr;
  enter(phase::reading_head);
  deadline_.begin(wait_kind::idle, clock::now());
  if (desk_.state().is_stopped.load(std::memory_order_relaxed) && buffer_.size() == 0) {
    close();
    return;
  }
  if (buffer_.size() == 0) {
    if (buffer_.capacity() > 4 * read_size) {
      buffer_.clear();
      buffer_.shrink_to_fit();
    }
    read_more();
  } else {
    parse();
  }
}

void connection::begin_stream(
  const stream_head& particulars, std::function<void(std::size_t)> on_ready, std::function<void()> on_gone) {
  if (phase_ != phase::answering) {
    on_gone();
    return;
  }
  const bool is_chunked = request_->head.version_minor() >= 1;
  must_close_ = must_close_ || !is_chunked;
  std::string head;
  write_stream_head(
    head, *request_, particulars, {desk_.date(), must_close_, desk_.where().cross_origin, client_.is_secure()});
  stream_.emplace(particulars.events, is_chunked, std::move(on_ready), std::move(on_gone));
  enter(phase::streaming);
  counters().streams_opened.add();
  counters().streams_now.add();
  finish_request(200);
  go_on(stream_->begin(std::move(head)));
}

std::optional<stream_format> connection::format() const noexcept {
  return stream_ ? stream_->format() : std::nullopt;
}

void connection::write_frames(std::vector<body_ptr> frames, bool is_last) {
  if (phase_ == phase::streaming)
    go_on(stream_->add(std::move(frames), is_last));
}

void connection::abort_stream(body_ptr farewell) {
  if (phase_ != phase::streaming)
    return;
  must_close_ = true;  // also where the end is on its way, behind which nothing may come
  go_on(stream_->abort(std::move(farewell)));
}

void connection::go_on(outgoing_stream::next what) {
  switch (what) {
  case outgoing_stream::next::nothing: break;
  case outgoing_stream::next::write: write_stream(); break;
  case outgoing_stream::next::close: close(); break;
  case outgoing_stream::next::finished:
    counters().streams_now.subtract();
    stream_.reset();
    enter(phase::writing);
    on_written();
    break;
  }
}

/// In one system call where it fits.
void connection::write_stream() {
  silent_since_ = clock::now();
  deadline_.begin(wait_kind::write, silent_since_);
  std::vector<asio::const_buffer> buffers;
  for (const auto part : stream_->parts())
    buffers.emplace_back(part.data(), part.size());
  client_.async_write(
    buffers, while_it_progresses(), [self = shared_from_this()](const error_code& ec, std::size_t written) {
      counters().bytes_written.add(written);
      if (ec)
        self->close();
      else if (self->phase_ == phase::streaming)
        self->step([&] { self->go_on(self->stream_->on_written()); });
    });
}

}  // namespace genesis::http
