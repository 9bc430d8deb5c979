// A bare server that gives one recorded answer to every request.

#include "benchmarks/raw/bare_server.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <iterator>
#include <string>

namespace {

using namespace genesis::raw;

/// Reads a whole response, as `genesis_load record` writes it. Fields that framing decides anew are left out.
answer read_answer(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  http::response_parser<http::string_body> parser;
  parser.eager(true);
  error_code ec;
  parser.put(asio::buffer(bytes), ec);
  if (!ec && !parser.is_done())
    parser.put_eof(ec);
  if (ec || !parser.is_done())
    throw std::runtime_error(file.string() + " holds no whole response");
  auto recorded = parser.release();
  recorded.erase(http::field::connection);
  recorded.keep_alive(true);
  recorded.prepare_payload();
  return recorded;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{
    "Answers every request on a free loopback port with one recorded response. Ends on SIGTERM.", "raw_beast"};
  std::filesystem::path response;
  std::filesystem::path port_file;
  std::size_t threads = 2;
  program.add_option("--response", response, "File with the response, head and body")->required()->type_name("FILE");
  program.add_option("--threads", threads, "Threads, an io_context each")
    ->check(CLI::Range(1, 64))
    ->capture_default_str();
  program.add_option("--port-file", port_file, "Where to write the port; standard output without it")
    ->type_name("FILE");
  CLI11_PARSE(program, argc, argv);
  try {
    const auto recorded = read_answer(response);
    // Built for each request, field by field, as a handler has to.
    serve([&] { return [&](const request&, answer& out) { out = recorded; }; }, threads, port_file);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "raw_beast: " << error.what() << '\n';
    return 1;
  }
}
