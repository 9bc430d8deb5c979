#include "auth/password_strength.hpp"

#include "auth/password.hpp"
#include "domain/utf8.hpp"

#include <zxcvbn.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>

namespace genesis::auth {

namespace {

constexpr std::size_t word_length_min = 3;
constexpr std::size_t word_length_max = 64;
constexpr std::size_t words_max = 32;

using match_list = std::unique_ptr<ZxcMatch_t, decltype(&ZxcvbnFreeInfo)>;

/// UTF-8 with one byte for each code point, for zxcvbn knows bytes alone: it would see eight times one ideograph as 24
/// characters that hardly repeat. The same code point gets the same byte, and beyond ASCII neighbours get none that
/// look like a sequence; that two may share one only makes the estimate lower.
std::string with_a_byte_each(std::string_view text) {
  constexpr std::uint32_t scatter = 2'654'435'769U;  // Knuth's multiplicative hashing: 2^32 over the golden ratio
  std::string bytes;
  std::uint32_t code_point = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      bytes += text[at];
      continue;
    }
    code_point = continues_character(text[at]) ? code_point << 6U | (byte & 0x3fU) : byte;
    const bool is_last = at + 1 == text.size() || !continues_character(text[at + 1]);
    if (is_last)
      bytes += static_cast<char>(0x80U | (code_point * scatter) >> 25U);
  }
  return bytes;
}

char to_lower(char each) noexcept {
  return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
}

/// Letters, digits, and every byte outside ASCII.
bool is_word_byte(char each) noexcept {
  const char lower = to_lower(each);
  return (lower >= 'a' && lower <= 'z') || (each >= '0' && each <= '9') ||
         (static_cast<unsigned char>(each) & 0x80) != 0;
}

/// The personal texts and the words in them in the form zxcvbn compares with: lower case, few and short.
class personal_dictionary {
public:
  explicit personal_dictionary(std::span<const std::string> texts) {
    words_.reserve(words_max);
    for (const auto& each : texts) {
      const auto text = with_a_byte_each(each);
      add(text);
      for (auto at = text.begin(); at != text.end();) {
        const auto first = std::find_if(at, text.end(), is_word_byte);
        at = std::find_if_not(first, text.end(), is_word_byte);
        add({first, at});
      }
    }
    for (const auto& word : words_)
      pointers_.push_back(word.c_str());
    pointers_.push_back(nullptr);
  }

  /// Null-terminated, as zxcvbn takes it. Valid as long as the dictionary.
  const char** pointers() noexcept { return pointers_.data(); }

private:
  void add(std::string_view text) {
    if (words_.size() == words_max || text.size() < word_length_min || text.size() > word_length_max ||
        text.find('\0') != std::string_view::npos)
      return;
    std::string word(text);
    std::ranges::transform(word, word.begin(), to_lower);
    if (std::ranges::find(words_, word) == words_.end())
      words_.push_back(std::move(word));
  }

  std::vector<std::string> words_;
  std::vector<const char*> pointers_;
};

/// What a kind of match says to the person. Kinds are without zxcvbn's mark for repetition.
std::string_view explain(int kind) noexcept {
  switch (kind) {
  case DICTIONARY_MATCH: return "Common words, names and passwords are guessed first.";
  case DICT_LEET_MATCH:
    return "Putting digits or signs for letters in a common word, such as @ for a, helps very little.";
  case USER_MATCH:
  case USER_LEET_MATCH: return "Your name and e-mail address are guessed first: leave them out.";
  case REPEATS_MATCH: return "Repeated characters add next to nothing.";
  case SEQUENCE_MATCH: return "Sequences such as abc or 4321 are easy to guess.";
  case SPATIAL_MATCH: return "Rows and patterns of keys on the keyboard are easy to guess.";
  case DATE_MATCH:
  case YEAR_MATCH: return "Dates and years are easy to guess.";
  default: return {};
  }
}

constexpr std::string_view repetition = "Repeating a part adds next to nothing.";
constexpr std::string_view remedy = "Add more words that have nothing to do with each other or with you.";

/// The sentences of all matches, that of the longest match first, each once, and what would help at the end.
std::vector<std::string> advice_for(const ZxcMatch_t* matches) {
  std::vector<std::pair<int, std::string_view>> found;
  for (const auto* each = matches; each != nullptr; each = each->Next) {
    const int kind = static_cast<int>(each->Type);
    if (kind >= MULTIPLE_MATCH)
      found.emplace_back(each->Length, repetition);
    found.emplace_back(each->Length, explain(kind % MULTIPLE_MATCH));
  }
  std::ranges::stable_sort(found, std::greater<>{}, &std::pair<int, std::string_view>::first);
  std::vector<std::string> advice;
  for (const auto& [length, sentence] : found)
    if (!sentence.empty() && std::ranges::find(advice, sentence) == advice.end())
      advice.emplace_back(sentence);
  advice.emplace_back(remedy);
  return advice;
}

/// More than zxcvbn takes for the longest text: at most one match of 64 bytes for each place and length.
constexpr std::size_t memory_block_bytes =
  std::size_t{64} * 1'024;  // small enough to come from the heap, not from a mapping
constexpr std::size_t memory_blocks = 8;
static_assert(memory_block_bytes * memory_blocks >= estimated_length_max * (estimated_length_max + 1) / 2 * 64);

/// zxcvbn takes for granted that malloc succeeds. So all that it may need is asked for before, which throws when it is
/// not there. Given back, it stays in this thread's heap, where zxcvbn finds it.
void require_memory() {
  std::array<std::unique_ptr<std::byte[]>, memory_blocks> blocks;  // NOLINT(modernize-avoid-c-arrays)
  for (auto& each : blocks)
    each = std::make_unique_for_overwrite<std::byte[]>(memory_block_bytes);  // NOLINT(modernize-avoid-c-arrays)
}

}  // namespace

password_strength estimate_password(std::string_view password, std::span<const std::string> personal) {
  // zxcvbn reads C strings, so NUL would hide what stands behind it; a normalised password has none.
  const auto estimated = with_a_byte_each(password.substr(0, password.find('\0'))).substr(0, estimated_length_max);
  personal_dictionary dictionary(personal);
  require_memory();
  ZxcMatch_t* matches = nullptr;
  password_strength strength;
  strength.bits = ZxcvbnMatch(estimated.c_str(), dictionary.pointers(), &matches);
  const match_list owner(matches, ZxcvbnFreeInfo);
  strength.is_acceptable = strength.bits >= password_bits_min;
  if (!strength.is_acceptable)
    strength.advice = advice_for(matches);
  return strength;
}

result<std::string> accept_password(std::string_view password, std::span<const std::string> personal) {
  auto normal = normalise_password(password);
  if (!normal)
    return normal;
  const auto strength = estimate_password(*normal, personal);
  if (strength.is_acceptable)
    return normal;
  std::string advice = "is too easy to guess.";
  for (const auto& sentence : strength.advice)
    advice += " " + sentence;
  return fail(errc::invalid_argument, std::move(advice));
}

}  // namespace genesis::auth
