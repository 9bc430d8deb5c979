#include "domain/coach/tokens.hpp"

namespace genesis::coach {

namespace {

constexpr std::string_view white_space = " \t\n\r\v\f";

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto word = text.find_first_not_of(white_space, begin);
    const auto word_end = text.find_first_of(white_space, word == std::string_view::npos ? begin : word);
    auto next = word_end == std::string_view::npos ? text.size() : text.find_first_not_of(white_space, word_end);
    if (next == std::string_view::npos)
      next = text.size();
    words.emplace_back(text.substr(begin, next - begin));
    begin = next;
  }
  return words;
}

}  // namespace genesis::coach
