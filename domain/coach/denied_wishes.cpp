#include "domain/coach/denied_wishes.hpp"

#include "domain/coach/denials.hpp"

#include <string_view>

namespace genesis::coach {

namespace {

bool is_wish(std::string_view word) {
  return is_one_of(
    word, {"want", "wanna", "wanting", "trying", "try", "looking", "need", "plan", "planning", "wish", "like", "aim",
            "aiming", "going", "hoping", "here", "quiero", "quisiera", "busco", "buscando", "pretendo", "intento",
            "intentando", "tratando", "trato", "necesito", "deseo", "interesa", "gustaria", "apetece"});
}

/// What people aim at with a weight, without its object.
bool is_change(std::string_view word) {
  return is_one_of(word, {"lose", "losing", "gain", "gaining", "drop", "bulk", "bulking", "cut", "cutting", "maintain",
                           "perder", "ganar", "bajar", "subir", "adelgazar", "engordar", "aumentar", "mantener"});
}

class wish_reader {
public:
  explicit wish_reader(const folded_text& words) : words_(words), denied_(words.size()) {}

  std::vector<bool> read() {
    for (std::size_t at = 0; at < words_.size(); ++at)
      if (const auto begin = denied_from(at); begin != 0)
        deny(begin);
    return std::move(denied_);
  }

private:
  [[nodiscard]] std::string_view word(std::size_t at) const {
    return at < words_.size() ? std::string_view{words_[at].text} : std::string_view{};
  }
  [[nodiscard]] bool begins_clause(std::size_t at) const { return at >= words_.size() || words_[at].begins_clause; }

  /// Where what is not wanted begins, when the denial of a wish stands at `at`; 0 when none does.
  [[nodiscard]] std::size_t denied_from(std::size_t at) const {
    const auto here = word(at);
    if ((is_one_of(here, {"rather", "other"}) && word(at + 1) == "than") ||
        (here == "instead" && word(at + 1) == "of") ||
        (here == "en" && is_one_of(word(at + 1), {"vez", "lugar"}) && word(at + 2) == "de"))
      return at + (here == "en" ? 3 : 2);
    if (is_one_of(here, {"without", "sin"}) && is_change(word(at + 1)))
      return at + 1;
    if (!is_one_of(
          here, {"dont", "not", "no", "never", "nunca", "didnt", "wouldnt", "doesnt", "isnt", "nor", "tampoco", "ni"}))
      return 0;
    // "to gain, not lose", "ganar y no perder": the denial stands between two wishes.
    const bool is_contrast = at > 0 && (begins_clause(at) || is_one_of(word(at - 1), {"and", "but", "y", "pero"}));
    const auto behind_to = at + (word(at + 1) == "to" ? 2 : 1);
    if (is_contrast && !begins_clause(at + 1) && is_change(word(behind_to)))
      return behind_to;
    auto next = at + 1;
    while (!begins_clause(next) && is_one_of(word(next), {"really", "actually", "me", "even", "i", "do", "am", "a",
                                                           "estoy", "interested", "longer"}))
      ++next;
    return !begins_clause(next) && is_wish(word(next)) ? next + 1 : 0;
  }

  void deny(std::size_t begin) {
    auto end = begin;
    bool is_limit = false;
    for (; !begins_clause(end) && !is_one_of(word(end), {"but", "pero", "sino", "i", "im", "just", "quiero", "instead",
                                                          "only", "solo", "busco"});
      ++end)
      is_limit = is_limit || is_one_of(word(end), {"too", "fast", "quickly", "demasiado", "rapido", "deprisa"}) ||
                 (is_one_of(word(end), {"more", "mas"}) && is_one_of(word(end + 1), {"than", "de", "que"}));
    if (is_limit)
      return;
    for (auto at = begin; at < end; ++at)
      denied_[at] = true;
  }

  const folded_text& words_;
  std::vector<bool> denied_;
};

}  // namespace

std::vector<bool> denied_wishes(const folded_text& words) {
  return wish_reader{words}.read();
}

}  // namespace genesis::coach
