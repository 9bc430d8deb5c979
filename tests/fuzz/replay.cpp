#include "tests/fuzz/fuzz.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

/// Shows a target every file of the directories that are named, and each file's beginnings: what was found once stays
/// found without a fuzzer at hand.
int main(int count, char** arguments) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < count; ++i)
    for (const auto& entry : std::filesystem::directory_iterator(arguments[i]))
      files.push_back(entry.path());
  if (files.empty()) {
    std::cerr << "there are no seeds; name a directory of tests/fuzz/corpus\n";
    return 1;
  }
  std::ranges::sort(files);
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::cout << file.filename().string() << std::endl;
    genesis::fuzz::fuzz(bytes);
    const std::size_t step = std::max<std::size_t>(bytes.size() / 64, 1);
    for (std::size_t size = 0; size < bytes.size(); size += step)
      genesis::fuzz::fuzz(std::string_view(bytes).substr(0, size));
  }
  std::cout << files.size() << " seeds\n";
  return 0;
}
