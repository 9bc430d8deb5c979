#pragma once

#include "domain/error.hpp"

#include <boost/json/array.hpp>

#include <filesystem>
#include <fstream>

namespace genesis::cli {

/// Where the tokens of people for load tests go: one JSON object a line, readable by its owner alone.
class token_file {
public:
  /// Makes the file (mode 0600). `conflict` when there is one; errors name it.
  static result<token_file> open(const std::filesystem::path& file);

  /// Writes a line per person, as the answer of `demo.people` lists them.
  result<void> append(const boost::json::array& people);

private:
  token_file(std::filesystem::path file, std::ofstream out) : file_(std::move(file)), out_(std::move(out)) {}

  std::filesystem::path file_;
  std::ofstream out_;
};

}  // namespace genesis::cli
