#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace genesis::coach {

/// Cuts an answer into what is streamed: each token is one word with the white space after it, and white space at the
/// very beginning belongs to the first. The tokens concatenate to the text, byte for byte.
std::vector<std::string> words_of(std::string_view text);

}  // namespace genesis::coach
