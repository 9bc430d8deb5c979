#pragma once

#include "actors/io_runtime.hpp"
#include "domain/error.hpp"
#include "http/front_actor.hpp"
#include "http/front_desk.hpp"
#include "http/gate_actor.hpp"
#include "http/tls_context.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace genesis::http {

/// Listens on every address, on every I/O thread (SO_REUSEPORT), and gives each connection to the thread that accepted
/// it.
class server {
public:
  /// One desk and one front per I/O thread, in their order. An empty gate lets everybody in. Beyond `connections_max`
  /// at once clients wait, at least 1.
  server(io_runtime& runtime, std::vector<front_desk*> desks, std::vector<front_actor> fronts, const gate_actor& gate,
    std::size_t connections_max);
  ~server();

  /// Serves new connections over TLS from here on, with this certificate. Before `listen`, and again whenever there is
  /// a new one; connections that are open keep theirs.
  void use_tls(const tls_context_ptr& context);

  /// Opens the listeners. A port that somebody listens on already is refused, although SO_REUSEPORT would share it;
  /// port 0 takes a free one, the same for all addresses. Returns the port. Errors: `unavailable`, naming address and
  /// port.
  result<std::uint16_t> listen(const std::vector<std::string>& addresses, std::uint16_t port);

  /// No new connections from here on; idle ones are closed. Waits until every thread has done so.
  void stop_accepting();

  /// Connections that are still open, all threads together. Waits for every thread's word.
  [[nodiscard]] std::size_t connections();

  /// Refuses every request that has begun and has no answer yet; the connections end behind that.
  void end_pending();

  /// Ends every connection, whatever it does.
  void close_all();

private:
  class thread_part;
  template <class F>
  void on_every_thread(F work);

  io_runtime& runtime_;
  std::vector<std::shared_ptr<thread_part>> parts_;
};

}  // namespace genesis::http
