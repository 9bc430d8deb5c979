#pragma once

#include "tests/system/http_peer.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::system_test {

/// What `/openapi.json` promises, to hold answers against. Knows as much of JSON Schema as that document uses, and
/// reports a keyword that it does not know as a fault.
class api_document {
public:
  explicit api_document(boost::json::object root) : root_(std::move(root)) {}

  /// Reads the document of the server on this port, once per process: the program is the same everywhere.
  static const api_document& of_server(std::uint16_t port);

  /// Everything in which the answer to a request breaks a promise; empty for paths that the document does not have.
  [[nodiscard]] std::vector<std::string> faults_of(
    std::string_view verb, std::string_view target, const answer& given) const;

private:
  [[nodiscard]] const boost::json::object* operation_of(std::string_view verb, std::string_view target) const;
  [[nodiscard]] const boost::json::value& resolve(const boost::json::value& node) const;
  void check(const boost::json::value& schema, const boost::json::value& value, const std::string& where,
    std::vector<std::string>& faults) const;
  void check_object(const boost::json::object& schema, const boost::json::object& value, const std::string& where,
    std::vector<std::string>& faults) const;

  boost::json::object root_;
};

}  // namespace genesis::system_test
