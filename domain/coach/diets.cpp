#include "domain/coach/diets.hpp"

#include "domain/coach/denials.hpp"
#include "domain/coach/phrases.hpp"

#include <algorithm>
#include <optional>

namespace genesis::coach {

namespace {

/// A term, its name in both languages, and the beginnings of the folded words that name it.
struct term_words {
  diet_term term;
  phrase name;
  std::vector<std::string_view> beginnings;
};

const std::vector<term_words>& terms() {
  using enum diet_term;
  static const std::vector<term_words> all{
    {vegan, {"vegan", "dieta vegana"}, {"vegan"}},
    {vegetarian, {"vegetarian", "dieta vegetariana"}, {"vegetarian"}},
    {pescatarian, {"pescatarian", "dieta pescetariana"}, {"pescatarian", "pescetarian"}},
    {meat, {"meat", "carne"}, {"meat", "carne"}},
    {poultry, {"poultry", "aves"}, {"poultry", "chicken", "turkey", "pollo", "pavo"}},
    {pork, {"pork", "cerdo"}, {"pork", "cerdo"}},
    {beef, {"beef", "ternera"}, {"beef", "ternera"}},
    {fish, {"fish", "pescado"}, {"fish", "pescado", "tuna", "atun", "salmon"}},
    {shellfish, {"shellfish", "marisco"}, {"shellfish", "marisco", "shrimp", "prawn", "gambas", "crustace"}},
    {dairy, {"dairy", "lácteos"},
      {"dairy", "milk", "lactos", "lacteo", "leche", "cheese", "queso", "yogur", "yoghurt", "whey", "casein"}},
    {eggs, {"eggs", "huevo"}, {"egg", "huevo"}},
    {gluten, {"gluten", "gluten"}, {"gluten", "wheat", "trigo", "celiac", "coeliac", "celiaquia"}},
    {soy, {"soy", "soja"}, {"soy", "soja", "tofu", "tempeh", "edamame"}},
    {legumes, {"legumes", "legumbres"}, {"legum", "pulses", "bean", "judia", "alubia", "frijol"}},
    {lentils, {"lentils", "lentejas"}, {"lentil", "lentej"}},
    {chickpeas, {"chickpeas", "garbanzos"}, {"chickpea", "garbanzo", "hummus"}},
    {peas, {"peas", "guisantes"}, {"peas", "guisante"}},
    {peanuts, {"peanuts", "cacahuetes"}, {"peanut", "cacahuete", "cacahuate"}},
    {nuts, {"nuts", "frutos secos"}, {"nut", "nuts", "nuez", "nueces", "almond", "almendra", "walnut", "avellana"}},
    {sesame, {"sesame", "sésamo"}, {"sesame", "sesamo"}},
  };
  return all;
}

bool is_way_of_eating(diet_term term) noexcept {
  return term <= diet_term::pescatarian;
}

bool contains(const std::vector<diet_term>& terms, diet_term term) {
  return std::ranges::find(terms, term) != terms.end();
}

void add(std::vector<diet_term>& terms, diet_term term) {
  if (!contains(terms, term))
    terms.push_back(term);
}

/// What the words before a food say of it.
enum class stance : std::uint8_t { none, left_out, allergic, fine };

class diet_reader {
public:
  explicit diet_reader(const folded_text& words) : words_(words) {}

  told_diet read() {
    for (at_ = 0; at_ < words_.size(); ++at_)
      read_word();
    for (const auto term : found_.allergies)
      std::erase(found_.restrictions, term);
    return std::move(found_);
  }

private:
  static constexpr std::size_t list_gap_words_max = 2;  // "allergic to tree nuts"

  [[nodiscard]] std::string_view word(std::size_t at) const {
    return at < words_.size() ? std::string_view{words_[at].text} : std::string_view{};
  }
  [[nodiscard]] std::string_view before(std::size_t steps) const { return steps > at_ ? "" : word(at_ - steps); }

  void read_word() {
    const auto term = term_here();
    if (term && is_way_of_eating(*term))
      return note(*term, is_denied(words_, at_, denial_reach::wide) ? stance::fine : stance::left_out);
    // "coeliac" is the allergy and its food in one word.
    if (term && (word(at_).starts_with("celia") || word(at_).starts_with("coelia")))
      return note(*term, is_denied(words_, at_, denial_reach::wide) ? stance::fine : stance::allergic);
    if (term) {
      if (const auto how = stance_of_food(); how != stance::none)
        note(*term, how);
      return;
    }
    if (const auto opened = stance_opened(); opened != stance::none) {
      stance_ = opened;
      gap_ = 0;
    } else if (is_break(word(at_)) || ++gap_ > list_gap_words_max) {
      stance_ = stance::none;
    }
  }

  [[nodiscard]] std::optional<diet_term> term_here() const {
    const auto here = word(at_);
    if (here == "soy" && !is_the_bean())
      return std::nullopt;
    for (const auto& each : terms())
      for (const auto beginning : each.beginnings)
        if (here.starts_with(beginning) && (beginning.size() > 3 || here.size() <= beginning.size() + 1))
          return each.term;
    return std::nullopt;
  }

  /// "soy" is the Spanish "I am" too: "no soy alérgico".
  [[nodiscard]] bool is_the_bean() const {
    const bool ends = at_ + 1 >= words_.size() || words_[at_ + 1].begins_clause;
    return ends ? !is_one_of(before(1), {"yo", "que"})
                : is_one_of(word(at_ + 1), {"and", "or", "free", "allergy", "allergies", "intolerance", "intolerant",
                                             "milk", "products", "protein", "sauce", "please", "beans", "either"}) ||
                    is_one_of(before(1), {"to", "and", "or", "without", "avoid", "eat", "eating", "like", "have", "any",
                                           "hate", "is", "are"});
  }

  /// "nut allergy", "dairy free", "lactose intolerant"; else what the words before opened.
  [[nodiscard]] stance stance_of_food() {
    const auto next = word(at_ + 1);
    const bool is_same_clause = at_ + 1 < words_.size() && !words_[at_ + 1].begins_clause;
    if (is_same_clause && (next.starts_with("intoleran") || next.starts_with("allerg")))
      return is_denied(words_, at_, denial_reach::wide) ? stance::fine : stance::allergic;
    if (is_same_clause && next == "free")
      return stance::left_out;
    // "allergic to nuts, eggs are fine"
    if (is_same_clause && is_one_of(next, {"is", "are", "fine", "ok", "okay", "son", "esta", "estan", "si"}))
      return stance::none;
    gap_ = 0;
    return stance_;
  }

  /// The stance that a word opens for the foods behind it.
  [[nodiscard]] stance stance_opened() const {
    const auto here = word(at_);
    if (here.starts_with("allerg") || here.starts_with("alergi") || here.starts_with("intoleran"))
      return is_denied(words_, at_, denial_reach::wide) ? stance::fine : stance::allergic;
    if (is_one_of(before(1), {"should", "debo", "deberia"}) || is_one_of(before(2), {"should", "debo", "deberia"}))
      return stance::none;  // "should I avoid dairy?"
    if (is_one_of(here, {"without", "avoid", "avoids", "avoiding", "hate", "dislike", "sin", "evito", "evitar",
                          "evitando", "odio", "detesto", "ni", "nor"}))
      return stance::left_out;
    if (is_one_of(here, {"no", "nada", "zero", "cero", "quit"}) && leads_to_food())
      return stance::left_out;
    const bool is_eating =
      is_one_of(here, {"eat", "eating", "like", "have", "drink", "do", "want", "consume", "touch", "stand", "tolerate",
                        "digest", "como", "comer", "tomo", "tomar", "bebo", "beber", "consumo", "consumir", "gusta",
                        "gustan", "soporto", "tolero", "tolerar", "digiero", "sienta", "sientan", "quiero"});
    if (is_eating && is_refused())
      return stance::left_out;
    const bool is_given_up = is_one_of(here, {"eating", "up", "comer", "tomar"}) &&
                             (is_one_of(before(1), {"stopped", "quit", "gave", "given"}) ||
                               (before(1) == "de" && is_one_of(before(2), {"deje", "dejado"})));
    return is_given_up ? stance::left_out : stance::none;
  }

  /// "no dairy", "nada de leche", "no dairy": a food stands right behind, past articles.
  [[nodiscard]] bool leads_to_food() const {
    auto at = at_ + 1;
    while (is_one_of(word(at), {"de", "the", "any", "more", "mas", "la", "el", "los", "las", "red"}))
      ++at;
    return std::ranges::any_of(terms(), [&](const term_words& each) {
      return std::ranges::any_of(
        each.beginnings, [&](std::string_view beginning) { return word(at).starts_with(beginning); });
    });
  }

  /// "don't eat", "can't have", "never really liked", "no puedo comer", "no me gustan".
  [[nodiscard]] bool is_refused() const {
    constexpr std::size_t looked_back_max = 3;
    for (std::size_t back = 0; back < looked_back_max && !words_[at_ - back].begins_clause; ++back)
      if (is_one_of(word(at_ - back - 1), {"dont", "cant", "cannot", "wont", "never", "not", "doesnt", "no", "nunca"}))
        return true;
    return false;
  }

  static bool is_break(std::string_view word) noexcept {
    return is_one_of(word, {"but", "pero", "how", "what", "which", "when", "can", "should", "que", "cual", "cuanto",
                             "cuanta", "puedo", "debo", "need", "necesito", "only", "solo", "love", "enough"});
  }

  void note(diet_term term, stance how) {
    switch (how) {
    case stance::none: return;
    case stance::left_out: return add(found_.restrictions, term);
    case stance::allergic: return add(found_.allergies, term);
    case stance::fine: return add(found_.taken_back, term);
    }
  }

  const folded_text& words_;
  told_diet found_;
  std::size_t at_ = 0;
  std::size_t gap_ = 0;
  stance stance_ = stance::none;
};

std::string name_in_words(const wording& words, diet_term term) {
  const auto found = std::ranges::find(terms(), term, &term_words::term);
  return words.say(found->name);
}

}  // namespace

told_diet read_diet(const folded_text& words) {
  return diet_reader{words}.read();
}

told_diet merged(const told_diet& earlier, const told_diet& later) {
  told_diet both;
  for (const auto term : earlier.allergies)
    if (!contains(later.taken_back, term))
      add(both.allergies, term);
  for (const auto term : later.allergies)
    add(both.allergies, term);
  for (const auto* terms : {&earlier.restrictions, &later.restrictions})
    for (const auto term : *terms)
      if (!contains(both.allergies, term) && (terms == &later.restrictions || !contains(later.taken_back, term)))
        add(both.restrictions, term);
  return both;
}

void forget(told_diet& diet, const told_diet& other) {
  const auto is_told = [&](diet_term term) {
    return contains(other.restrictions, term) || contains(other.allergies, term);
  };
  std::erase_if(diet.restrictions, is_told);
  std::erase_if(diet.allergies, is_told);
}

std::vector<std::string> diet_in_words(const wording& words, const told_diet& diet) {
  std::vector<std::string> texts;
  for (const auto term : diet.restrictions)
    texts.push_back(is_way_of_eating(term) ? name_in_words(words, term)
                                           : words.say(phrases::told_left_out, {{"food", name_in_words(words, term)}}));
  for (const auto term : diet.allergies)
    texts.push_back(words.say(phrases::told_allergy, {{"food", name_in_words(words, term)}}));
  return texts;
}

}  // namespace genesis::coach
