#pragma once

#include "http/body_decoder.hpp"
#include "http/exchange.hpp"
#include "http/front_desk.hpp"
#include "http/front_interface.hpp"
#include "http/request_parser.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <array>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

namespace genesis::http {

using tcp_socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

class connection;

/// Owns the connections of one I/O thread; one timer watches all their deadlines.
class connection_list {
public:
  using entries = std::list<std::shared_ptr<connection>>;

  entries::iterator add(std::shared_ptr<connection> each) { return all_.insert(all_.end(), std::move(each)); }
  void remove(entries::iterator where) { all_.erase(where); }
  [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }

  /// Ends or nudges what has waited too long.
  void sweep(std::chrono::steady_clock::time_point now);
  /// Closes idle connections; the others close after their answer.
  void close_idle();
  void close_all();

private:
  entries all_;
};

/// One HTTP/1.1 connection: reads a request, has it answered, writes the answer, and so on, in order. Pipelined
/// requests wait in the buffer, and behind it in the kernel's: a client that does not read its answers is not read from
/// either.
///
/// States: reading a head -> reading a body -> answering -> writing -> reading a head; or streaming until the end; or
/// draining what a client still sends after a refusal. Lives on one I/O thread, in its list, until it is closed.
class connection final : public response_sink, public std::enable_shared_from_this<connection> {
public:
  connection(tcp_socket socket, front_desk& desk, front_actor front, connection_list& list);
  ~connection() override;

  void start();
  void sweep(std::chrono::steady_clock::time_point now);
  void close_if_idle();
  void close();

  void respond(response answer) override;
  void begin_stream(stream_format format, std::function<void()> on_ready, std::function<void()> on_gone) override;
  void write_frames(std::vector<body_ptr> frames, bool is_last) override;
  void abort_stream(body_ptr farewell) override;
  [[nodiscard]] stream_format format() const noexcept override { return format_; }

private:
  enum class phase { reading_head, reading_body, answering, writing, streaming, draining, closed };
  using clock = std::chrono::steady_clock;

  void read_more();
  void on_read(std::size_t bytes);
  void on_read_end();
  void parse();
  void on_head();
  void parse_body();
  void dispatch();
  void refuse(parse_fault fault);
  void time_out();
  void write_answer(const response& answer);
  std::function<std::size_t(const boost::system::error_code&, std::size_t)> while_it_progresses();
  void on_written();
  void begin_next();
  void drain();
  void write_stream_parts(std::vector<boost::asio::const_buffer> parts);
  void on_stream_written();
  void finish_request(int status);
  [[nodiscard]] std::string_view buffered() const noexcept;
  [[nodiscard]] bool is_head_request() const noexcept;

  tcp_socket socket_;
  front_desk& desk_;
  front_actor front_;
  connection_list& list_;
  connection_list::entries::iterator place_;
  bool is_listed_ = false;
  std::string peer_;

  phase phase_ = phase::reading_head;
  clock::time_point deadline_;
  boost::beast::flat_buffer buffer_;
  request_parser parser_;
  std::optional<body_decoder> decoder_;
  exchange_ptr request_;
  bool is_in_flight_ = false;  ///< Counted as being worked on.
  bool must_close_ = false;
  bool has_unread_body_ = false;
  std::optional<response> refusal_;  ///< Given once the small body behind a refused head is read.
  bool is_reading_ = false;          ///< One read at a time: a second one would move the buffer under the first.
  std::size_t drained_ = 0;

  std::string out_;  ///< Head of the answer being written, or framing of chunks.
  body_ptr body_out_;

  // Streaming.
  stream_format format_ = stream_format::sse;
  std::function<void()> on_ready_;
  std::function<void()> on_gone_;
  std::vector<body_ptr> frames_out_;
  bool is_chunked_ = true;
  bool is_writing_ = false;
  bool has_frames_ = false;  ///< What is being written is a batch of the run, not a head or a heartbeat.
  bool is_last_written_ = false;
  std::array<char, 24> chunk_size_{};
  bool is_aborting_ = false;
  std::vector<body_ptr> frames_waiting_;
  bool is_last_waiting_ = false;
  body_ptr farewell_;
  clock::time_point silent_since_;
};

}  // namespace genesis::http
