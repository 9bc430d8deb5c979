#pragma once

#include "actors/failure.hpp"
#include "http/body_decoder.hpp"
#include "http/client_stream.hpp"
#include "http/connection_list.hpp"
#include "http/deadline.hpp"
#include "http/exchange.hpp"
#include "http/front_desk.hpp"
#include "http/front_interface.hpp"
#include "http/gate_actor.hpp"
#include "http/metrics.hpp"
#include "http/outgoing_stream.hpp"
#include "http/proxy_header.hpp"
#include "http/request_parser.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <caf/mailbox_element.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace genesis::http {

/// What the connections of one I/O thread share. Outlives those that are not closed.
struct connection_home {
  front_desk& desk;
  front_actor front;
  gate_actor gate;  ///< Empty when the connections of an address are not limited.
  connection_list& list;
  tls_context_ptr tls;  ///< Of new connections; empty for plain HTTP.
};

/// One HTTP/1.1 connection: reads a request, has it answered, writes the answer, and so on, in order. Pipelined
/// requests wait in the buffer, and behind it in the kernel's: a client that does not read its answers is not read from
/// either.
///
/// States: reading the header of a proxy; arriving, while the gate decides about its address; shaking hands, over TLS;
/// then reading a head -> reading a body -> answering -> writing -> reading a head; or streaming until the end; or
/// draining what a client still sends after a refusal. Lives on one I/O thread, in its list, until it is closed.
class connection final : public response_sink, public std::enable_shared_from_this<connection> {
public:
  connection(tcp_socket socket, const connection_home& home);
  ~connection() override;

  void start();
  void sweep(std::chrono::steady_clock::time_point now);
  void close_if_idle();
  /// Refuses the request that is arriving or being worked on: its answer would come too late. Closes where none has
  /// begun.
  void end_pending();
  void close();

  void respond(response answer) override;
  void begin_stream(
    const stream_head& head, std::function<void(std::size_t)> on_ready, std::function<void()> on_gone) override;
  void write_frames(std::vector<body_ptr> frames, bool is_last) override;
  void abort_stream(body_ptr farewell) override;
  [[nodiscard]] std::optional<stream_format> format() const noexcept override;

private:
  enum class phase {
    reading_proxy_header,
    arriving,
    shaking_hands,
    reading_head,
    reading_body,
    answering,
    writing,
    streaming,
    draining,
    closed
  };
  using clock = deadline::clock;

  /// Goes on where something has ended that was waited for. What that throws is the end of the connection.
  template <class Work>
  void step(Work work) {
    if (!contain("connection", work))
      close();
  }
  void enter(phase next);
  void show(connection_state state);
  void count_time_out() const;
  [[nodiscard]] bool is_trusted(const config::ip_address& address) const noexcept;
  void read_proxy_header();
  void on_proxy_header();
  void refuse_proxy_header(proxy_fault fault);
  void arrive();
  void on_verdict(bool may_stay);
  void refuse_arrival();
  void leave_gate() noexcept;
  void shake_hands();
  void on_handshake(const boost::system::error_code& ec);
  void begin_serving();
  /// Answers what was not read to its end, or not at all. The connection ends behind it.
  void answer_unread(const problem& what);
  void read_more();
  void on_read(std::size_t bytes);
  void on_read_end();
  void parse();
  void on_head();
  void parse_body();
  /// Has the desk look at content in chunks as soon as there is some, or is none.
  void check_content(parse_step step);
  void refuse_body(parse_fault fault);
  void dispatch();
  /// Counts requests like the one at hand that are being worked on.
  [[nodiscard]] thread_counter& in_flight() const;
  void refuse(parse_fault fault);
  void look_at_progress(clock::time_point now) noexcept;
  void time_out();
  /// Sends the refusal that waits for the body, without it. False when there is none.
  bool refuse_now();
  /// Answers the request that is being worked on before its work is done; what it changes may still happen.
  void refuse_pending(problem_code of_reads, std::string why);
  void write_answer(const response& answer);
  std::function<std::size_t(const boost::system::error_code&, std::size_t)> while_it_progresses();
  void on_written();
  void begin_next();
  void finish();
  void drain();
  void go_on(outgoing_stream::next what);
  void write_stream();
  void finish_request(int status);
  [[nodiscard]] std::string_view buffered() const noexcept;

  client_stream client_;
  front_desk& desk_;
  front_actor front_;
  gate_actor gate_;
  connection_list& list_;
  tls_context_ptr tls_;  ///< Until the handshake.
  connection_list::entries::iterator place_;
  bool is_listed_ = false;
  config::ip_address address_;
  std::string peer_;
  bool is_proxy_ = false;              ///< Its word about who sent a request counts.
  bool is_counted_ = false;            ///< By the gate.
  caf::mailbox_element_ptr farewell_;  ///< To the gate. Made at the arrival, for it must not fail when memory is out.
  bool is_refused_ = false;            ///< And one of the list's `being_refused`.

  phase phase_ = phase::arriving;
  connection_state shown_ = connection_state::opening;  ///< As metrics count it.
  deadline deadline_;
  boost::beast::flat_buffer buffer_;
  std::unique_ptr<proxy_header_parser> proxy_header_;  ///< While it is read.
  request_parser parser_;
  std::optional<body_decoder> decoder_;
  exchange_ptr request_;
  bool is_in_flight_ = false;  ///< Counted as being worked on.
  bool must_close_ = false;
  bool has_unread_body_ = false;
  std::optional<response> refusal_;    ///< Given once the small body behind a refused head is read.
  bool is_content_unchecked_ = false;  ///< Of a body in chunks, of which nothing has come yet.
  bool is_reading_ = false;            ///< One read at a time: a second one would move the buffer under the first.
  bool is_continuing_ = false;         ///< "100 Continue" is on its way: one write at a time.
  std::size_t drained_ = 0;

  std::string out_;  ///< Head of the answer being written.
  body_ptr body_out_;
  std::size_t untaken_ = 0;  ///< Of what was written, when a sweep last saw it being written.

  std::optional<outgoing_stream> stream_;  ///< While streaming.
  clock::time_point silent_since_;
};

}  // namespace genesis::http
