#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace genesis::storage {

/// Accepts connections on a port of the loopback and answers what it receives as a function says.
class false_server {
public:
  using answering = std::function<std::string(const std::string& received)>;

  false_server(boost::asio::io_context& context, answering answers)
      : acceptor_(context, {boost::asio::ip::address_v4::loopback(), 0}), answers_(std::move(answers)) {
    accept();
  }
  [[nodiscard]] std::string url() const {
    return "redis://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
  }
  /// Connections so far.
  [[nodiscard]] int accepted() const { return accepted_; }

private:
  struct peer {
    explicit peer(boost::asio::ip::tcp::socket accepted) : socket(std::move(accepted)) {}
    boost::asio::ip::tcp::socket socket;
    std::array<char, 4'096> received{};
    std::string answer;
  };

  void accept() {
    acceptor_.async_accept([this](boost::system::error_code failed, boost::asio::ip::tcp::socket socket) {
      if (failed)
        return;
      ++accepted_;
      serve(std::make_shared<peer>(std::move(socket)));
      accept();
    });
  }
  void serve(const std::shared_ptr<peer>& who) {
    who->socket.async_read_some(
      boost::asio::buffer(who->received), [this, who](boost::system::error_code failed, std::size_t size) {
        if (failed)
          return;
        who->answer = answers_({who->received.data(), size});
        boost::asio::async_write(who->socket, boost::asio::buffer(who->answer),
          [this, who](boost::system::error_code, std::size_t) { serve(who); });
      });
  }

  boost::asio::ip::tcp::acceptor acceptor_;
  answering answers_;
  int accepted_ = 0;
};

}  // namespace genesis::storage
