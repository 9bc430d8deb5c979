#include "domain/coach/phrase_book.hpp"

#include <algorithm>
#include <utility>

namespace genesis::coach {

namespace {

constexpr std::size_t gap_words_max = 3;
constexpr std::size_t typo_length_min = 5;   // shorter words are one letter away from too many others
constexpr std::size_t typo_length_max = 20;  // bounds the work per word; no form is longer

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    if (end > 0)
      parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

/// True when one letter missing, added, wrong or swapped with its neighbour turns one word into the other.
bool is_one_slip_apart(std::string_view a, std::string_view b) {
  if (a.size() > b.size())
    std::swap(a, b);
  if (b.size() - a.size() > 1)
    return false;
  const auto [in_a, in_b] = std::ranges::mismatch(a, b);
  const auto at = static_cast<std::size_t>(in_a - a.begin());
  if (a.size() < b.size())
    return a.substr(at) == b.substr(at + 1);
  if (at == a.size() || a.substr(at + 1) == b.substr(at + 1))
    return true;
  return at + 1 < a.size() && a[at] == b[at + 1] && a[at + 1] == b[at] && a.substr(at + 2) == b.substr(at + 2);
}

/// The same letter, or one that Spanish ears cannot tell apart (`kalorias`, `vajar`).
bool sounds_alike(char a, char b) {
  const auto sound = [](char c) { return c == 'k' ? 'c' : c == 'v' ? 'b' : c == 'z' ? 's' : c; };
  return sound(a) == sound(b);
}

template <class Visit>
void for_each_without_one_letter(std::string_view word, Visit visit) {
  std::string shorter;
  for (std::size_t i = 0; i < word.size(); ++i) {
    shorter.assign(word.substr(0, i)).append(word.substr(i + 1));
    visit(shorter);
  }
}

void add_once(std::vector<std::uint16_t>& ids, std::uint16_t id) {
  if (std::ranges::find(ids, id) == ids.end())
    ids.push_back(id);
}

}  // namespace

phrase_book::phrase_book(std::span<const cue> cues, std::span<const std::string_view> leave_alone) : cues_(cues) {
  for (const auto word : leave_alone)
    if (word.ends_with('*'))
      leave_alone_beginnings_.push_back(word.substr(0, word.size() - 1));
    else
      leave_alone_.insert(word);
  for (std::size_t i = 0; i < cues_.size(); ++i) {
    patterns_.push_back(compile(cues_[i].pattern));
    for (const auto first : patterns_.back().front().forms)
      starts_[first].push_back(i);
  }
  index_typos();
}

phrase_book::pattern phrase_book::compile(std::string_view text) {
  pattern compiled;
  bool gap_before = false;
  for (const auto word : split(text, ' ')) {
    if (word == "_") {
      gap_before = true;
      continue;
    }
    element next{{}, std::exchange(gap_before, false)};
    for (const auto alternative : split(word, '|'))
      add_once(next.forms, intern(alternative));
    compiled.push_back(std::move(next));
  }
  return compiled;
}

phrase_book::form_id phrase_book::intern(std::string_view alternative) {
  const bool is_prefix = alternative.ends_with('*');
  if (is_prefix)
    alternative.remove_suffix(1);
  auto& known = is_prefix ? prefixes_ : exact_;
  const auto [at, is_new] = known.emplace(std::string{alternative}, static_cast<form_id>(forms_.size()));
  if (is_new)
    forms_.push_back({std::string{alternative}, is_prefix});
  if (is_prefix)
    prefix_length_max_ = std::max(prefix_length_max_, alternative.size());
  return at->second;
}

void phrase_book::index_typos() {
  for (std::size_t i = 0; i < forms_.size(); ++i) {
    const auto& text = forms_[i].text;
    if (text.size() < typo_length_min || text.size() > typo_length_max)
      continue;
    const auto id = static_cast<form_id>(i);
    add_once(typos_[text], id);
    for_each_without_one_letter(text, [&](const std::string& shorter) { add_once(typos_[shorter], id); });
  }
}

std::vector<phrase_book::form_id> phrase_book::forms_of(std::string_view word) const {
  std::vector<form_id> found;
  std::string key{word};
  if (const auto at = exact_.find(key); at != exact_.end())
    found.push_back(at->second);
  key.resize(std::min(word.size(), prefix_length_max_));
  for (; !key.empty(); key.pop_back())
    if (const auto at = prefixes_.find(key); at != prefixes_.end())
      found.push_back(at->second);
  if (found.empty() && word.size() >= typo_length_min && word.size() <= typo_length_max && !is_left_alone(word))
    add_mistyped(word, found);
  return found;
}

bool phrase_book::is_left_alone(std::string_view word) const {
  return leave_alone_.contains(word) ||
         std::ranges::any_of(leave_alone_beginnings_, [&](std::string_view each) { return word.starts_with(each); });
}

void phrase_book::add_mistyped(std::string_view word, std::vector<form_id>& found) const {
  add_near(word, false, found);
  for (auto length = word.size() - 1; length >= typo_length_min; --length)
    add_near(word.substr(0, length), true, found);
}

void phrase_book::add_near(std::string_view word, bool is_beginning, std::vector<form_id>& found) const {
  const auto consider = [&](const std::string& key) {
    const auto at = typos_.find(key);
    if (at == typos_.end())
      return;
    for (const auto id : at->second) {
      const auto& near = forms_[id];
      // Only a prefix may be the beginning of a word; a whole word may also be a mistyped prefix with no ending.
      if ((near.is_prefix || !is_beginning) && sounds_alike(near.text.front(), word.front()) &&
          is_one_slip_apart(near.text, word))
        add_once(found, id);
    }
  };
  consider(std::string{word});
  for_each_without_one_letter(word, consider);
}

std::size_t phrase_book::match(const pattern& wanted, std::size_t element_at,
  std::span<const std::vector<form_id>> text, std::size_t word_at) const {
  if (element_at == wanted.size())
    return word_at;
  const auto& next = wanted[element_at];
  const auto gap_max = next.gap_before ? gap_words_max : 0;
  for (auto at = word_at; at < text.size() && at <= word_at + gap_max; ++at) {
    const bool fits =
      std::ranges::any_of(text[at], [&](form_id id) { return std::ranges::find(next.forms, id) != next.forms.end(); });
    if (!fits)
      continue;
    if (const auto end = match(wanted, element_at + 1, text, at + 1))
      return end;
  }
  return 0;
}

std::vector<phrase_book::hit> phrase_book::find(const folded_text& text) const {
  std::vector<std::vector<form_id>> forms;
  forms.reserve(text.size());
  for (const auto& word : text)
    forms.push_back(forms_of(word.text));
  std::vector<hit> hits;
  for (std::size_t at = 0; at < forms.size(); ++at) {
    const auto first_here = hits.size();
    for (const auto id : forms[at]) {
      const auto patterns = starts_.find(id);
      if (patterns == starts_.end())
        continue;
      for (const auto index : patterns->second) {
        const auto is_known = std::any_of(hits.begin() + static_cast<std::ptrdiff_t>(first_here), hits.end(),
          [&](const hit& each) { return each.cue == index; });
        if (is_known)
          continue;
        if (const auto end = match(patterns_[index], 1, forms, at + 1))
          hits.push_back({index, at, end});
      }
    }
  }
  return hits;
}

bool is_excused(const phrase_book::hit& hit, std::span<const phrase_book::hit> excuses) noexcept {
  return std::ranges::any_of(
    excuses, [&](const phrase_book::hit& each) { return each.begin < hit.end && hit.begin < each.end; });
}

}  // namespace genesis::coach
