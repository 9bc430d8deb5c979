#include "benchmarks/load/exchange.hpp"

#include "benchmarks/load/response_reader.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <sys/socket.h>
#include <sys/time.h>

namespace genesis::load {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr timeval receive_timeout{.tv_sec = 10, .tv_usec = 0};

std::string id_of(const std::string& body) {
  boost::json::error_code ec;
  const auto value = boost::json::parse(body, ec);
  const auto* object = ec ? nullptr : value.if_object();
  const auto* id = object == nullptr ? nullptr : object->if_contains("id");
  const auto* text = id == nullptr ? nullptr : id->if_string();
  return text == nullptr ? std::string{} : std::string{text->data(), text->size()};
}

}  // namespace

std::expected<exchanged, std::string> exchange(
  const endpoint& target, const request_template& request, const person& who) {
  std::atomic<std::uint64_t> number{0};
  template_values values{number};
  std::string out;
  request.append_to(out, who, values);

  boost::system::error_code ec;
  asio::io_context io;
  tcp::socket socket{io};
  socket.connect({asio::ip::make_address(target.address), target.port}, ec);
  if (ec)
    return std::unexpected("cannot connect to " + target.authority() + ": " + ec.message());
  ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &receive_timeout, sizeof receive_timeout);
  asio::write(socket, asio::buffer(out), ec);

  exchanged answer;
  response_reader reader;
  std::array<char, 16 * 1'024> in{};
  auto step = read_step::need_more;
  while (step == read_step::need_more) {
    // Not read_some of Asio, which would wait for ever behind a time-out of the socket.
    const auto size = ::recv(socket.native_handle(), in.data(), in.size(), 0);
    if (size < 0)
      return std::unexpected(target.authority() + " does not answer");
    answer.raw.append(in.data(), static_cast<std::size_t>(size));
    step = size == 0 ? reader.end_of_stream() : reader.feed({in.data(), static_cast<std::size_t>(size)}, &answer.body);
  }
  if (step == read_step::malformed)
    return std::unexpected(target.authority() + " gives no whole answer");
  answer.status = reader.status();
  return answer;
}

std::expected<void, std::string> open_conversations(common_plan& plan, std::size_t count) {
  if (plan.people.empty())
    return std::unexpected("{conversation} needs people: --people FILE");
  const request_template request{"POST", plan.target.authority(), "/api/v1/conversations", {}, R"({"title":"Load"})"};
  for (std::size_t i = 0; i < std::min(count, plan.people.size()); ++i) {
    auto& who = plan.people[i];
    const auto answer = exchange(plan.target, request, who);
    if (!answer)
      return std::unexpected(answer.error());
    who.conversation = id_of(answer->body);
    if (answer->status != 201 || who.conversation.empty())
      return std::unexpected(
        "a conversation was answered with " + std::to_string(answer->status) + ": " + answer->body);
  }
  return {};
}

}  // namespace genesis::load
