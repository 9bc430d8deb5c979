#include "tests/system/metrics_page.hpp"

#include <sstream>
#include <string>

namespace genesis::system_test {

double metric(http_peer& peer, std::string_view name, std::string_view label) {
  peer.send(request_text("GET", "/metrics"));
  std::istringstream page{peer.read_answer().body};
  double sum = 0;
  for (std::string line; std::getline(page, line);)
    if (line.starts_with(name) && (line[name.size()] == ' ' || line[name.size()] == '{') &&
        line.find(label) != std::string::npos)
      sum += std::stod(line.substr(line.rfind(' ') + 1));
  return sum;
}

}  // namespace genesis::system_test
