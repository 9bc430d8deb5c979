#include "storage/name_lookup.hpp"

#include <boost/asio/ip/address.hpp>

#include <cstring>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>

namespace genesis::storage {

namespace {

using endpoint = boost::asio::ip::tcp::endpoint;
using addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

std::vector<endpoint> endpoints_of(const addrinfo* first, std::uint16_t port) {
  std::vector<endpoint> found;
  for (const auto* each = first; each != nullptr; each = each->ai_next) {
    endpoint next;
    if (each->ai_addrlen > next.capacity())
      continue;
    std::memcpy(next.data(), each->ai_addr, each->ai_addrlen);
    next.resize(each->ai_addrlen);
    next.port(port);
    found.push_back(next);
  }
  return found;
}

}  // namespace

std::shared_ptr<const name_lookup> name_lookup::start(std::string host, std::uint16_t port) {
  auto made = std::make_shared<name_lookup>();
  std::thread([made, host = std::move(host), port] { made->run(host, port); }).detach();
  return made;
}

void name_lookup::run(const std::string& host, std::uint16_t port) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* first = nullptr;
  const auto code = ::getaddrinfo(host.c_str(), nullptr, &wanted, &first);
  const addresses owned(code == 0 ? first : nullptr, &::freeaddrinfo);
  try {
    if (code == 0)
      found_ = endpoints_of(first, port);
    else
      found_ = fail(errc::unavailable, ::gai_strerror(code));
  } catch (const std::bad_alloc&) {
    found_ = std::unexpected(error{errc::unavailable, {}});
  }
  is_done_.store(true, std::memory_order_release);
}

}  // namespace genesis::storage
