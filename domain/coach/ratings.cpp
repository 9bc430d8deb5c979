#include "domain/coach/ratings.hpp"

#include "domain/coach/denials.hpp"
#include "domain/coach/quantities.hpp"

#include <algorithm>
#include <cmath>

namespace genesis::coach {

namespace {

using measure = impossible_value::kind_type;

constexpr range rating_range = range_of(progress_metric::energy);
constexpr std::size_t words_to_number_max = 3;  // "energy level is about 2"
constexpr std::size_t impossible_count_max = 3;

// What a word without a number is taken for.
constexpr double slight_rating = 2;
constexpr double plain_rating = 3;
constexpr double strong_rating = 4;
constexpr double tired_energy = 2;
constexpr double exhausted_energy = 1;

std::optional<double>* field_of(told_ratings& ratings, progress_metric metric) noexcept {
  switch (metric) {
  case progress_metric::sleep_quality: return &ratings.sleep_quality;
  case progress_metric::soreness: return &ratings.soreness;
  case progress_metric::energy: return &ratings.energy;
  case progress_metric::motivation: return &ratings.motivation;
  default: return nullptr;
  }
}

class rating_reader {
public:
  rating_reader(const folded_text& words, mentions& said)
      : words_(words), numbers_(read_quantities(words)), said_(said) {}

  void read() {
    for (std::size_t at = 0; at < words_.size(); ++at)
      if (const auto metric = metric_at(at))
        read_number(*metric, at);
    for (std::size_t at = 0; at < words_.size(); ++at) {
      read_word(at);
      read_night(at);
    }
  }

private:
  [[nodiscard]] std::string_view word(std::size_t at) const {
    return at < words_.size() ? std::string_view{words_[at].text} : std::string_view{};
  }

  /// The metric that a word names; `sleep` and `sueño` are a quality only beside that word or when rated out of five.
  [[nodiscard]] std::optional<progress_metric> metric_at(std::size_t at) const {
    if (is_one_of(word(at), {"sore", "soreness", "agujetas"}))
      return progress_metric::soreness;
    if (is_one_of(word(at), {"energy", "energia"}))
      return progress_metric::energy;
    if (is_one_of(word(at), {"motivation", "motivated", "motivacion", "motivado", "motivada", "ganas"}))
      return progress_metric::motivation;
    const bool is_sleep = is_one_of(word(at), {"sleep", "sueno"});
    const bool is_quality =
      is_sleep && (word(at + 1) == "quality" || (at > 1 && is_one_of(word(at - 1), {"of", "de", "del"}) &&
                                                  is_one_of(word(at - 2), {"quality", "calidad"})));
    return is_quality ? std::optional{progress_metric::sleep_quality} : std::nullopt;
  }

  /// A bare number in the same clause, behind the metric or right before it: "soreness: 4", "energy 2", "3 motivation".
  void read_number(progress_metric metric, std::size_t at) {
    const auto* found = number_behind(at);
    if (found == nullptr)
      found = number_before(at);
    if (found == nullptr)
      return;
    auto& field = *field_of(said_.ratings, metric);
    if (field)
      return;
    auto value = found->value;
    if (out_of(*found) == 10)
      value = std::max(1.0, std::round(value / 2));  // told on a scale of ten
    if (rating_range.contains(value))
      field = std::round(value);
    else if (said_.impossible.size() < impossible_count_max)
      said_.impossible.push_back({measure::rating, value, rating_range});
  }

  [[nodiscard]] const quantity* number_at(std::size_t at) const {
    const auto found = std::ranges::find(numbers_, at, &quantity::begin);
    return found == numbers_.end() || found->unit != unit::none ? nullptr : &*found;
  }

  [[nodiscard]] const quantity* number_behind(std::size_t at) const {
    for (auto next = at + 1; next <= at + words_to_number_max && next < words_.size(); ++next) {
      if (const auto* number = number_at(next))
        return number;
      // A mark may stand between ("energy: 2"), another metric or any other word may not.
      if (!is_one_of(word(next), {"is", "level", "levels", "of", "at", "a", "about", "around", "quality", "today", "es",
                                   "de", "nivel", "un", "una", "hoy", "sobre", "del", "are", "like", "esta"}))
        return nullptr;
    }
    return nullptr;
  }

  [[nodiscard]] const quantity* number_before(std::size_t at) const {
    for (const auto& each : numbers_) {
      const bool is_right_before =
        each.end == at || (each.end + 1 == at && is_one_of(word(each.end), {"for", "of", "de"}));
      const bool belongs_to_another =
        each.begin > 0 && (metric_at(each.begin - 1) || is_one_of(word(each.begin - 1), {"of", "out", "de", "sobre"}));
      if (is_right_before && each.unit == unit::none && !words_[at].begins_clause && !belongs_to_another)
        return &each;
    }
    return nullptr;
  }

  /// The scale behind a number: "4 of 5", "7 out of 10", "4 sobre 5".
  [[nodiscard]] double out_of(const quantity& number) const {
    auto at = number.end;
    if (word(at) == "out")
      ++at;
    if (!is_one_of(word(at), {"of", "de", "sobre"}))
      return rating_range.high;
    return number_of(word(at + 1)).value_or(rating_range.high);
  }

  void read_word(std::size_t at) {
    const bool is_sore = is_one_of(word(at), {"sore", "agujetas"});
    const bool is_tired = is_one_of(word(at), {"tired", "cansado", "cansada"});
    const bool is_exhausted =
      is_one_of(word(at), {"exhausted", "drained", "agotado", "agotada", "reventado", "reventada"});
    if (!(is_sore || is_tired || is_exhausted) || !is_of_now(at))
      return;
    const bool is_slight = degree_before(at, {"bit", "little", "slightly", "poco", "algo", "pocas", "algunas"});
    const bool is_strong = degree_before(
      at, {"very", "really", "so", "super", "extremely", "too", "muy", "muchas", "bastante", "demasiado"});
    if (is_sore && !said_.ratings.soreness) {
      said_.ratings.soreness = is_slight ? slight_rating : is_strong ? strong_rating : plain_rating;
      said_.ratings.is_soreness_read = true;
    }
    if (!is_sore && !said_.ratings.energy) {
      said_.ratings.energy = is_exhausted || is_strong ? exhausted_energy : is_slight ? plain_rating : tired_energy;
      said_.ratings.is_energy_read = true;
    }
  }

  /// "I slept badly", "he dormido fatal", "dormí muy bien".
  void read_night(std::size_t at) {
    if (!is_one_of(word(at), {"slept", "dormi", "dormido"}) || said_.ratings.sleep_quality ||
        is_denied(words_, at, denial_reach::narrow))
      return;
    constexpr std::size_t looked_at_max = 3;
    for (auto next = at + 1; next <= at + looked_at_max && next < words_.size() && !words_[next].begins_clause; ++next)
      if (is_one_of(word(next), {"badly", "poorly", "terribly", "mal", "fatal", "awful"}))
        said_.ratings.sleep_quality = slight_rating;
      else if (is_one_of(word(next), {"well", "great", "bien", "genial"}))
        said_.ratings.sleep_quality = strong_rating;
  }

  [[nodiscard]] bool degree_before(std::size_t at, std::initializer_list<std::string_view> any) const {
    return (at > 0 && is_one_of(word(at - 1), any)) || (at > 1 && is_one_of(word(at - 2), any));
  }

  /// The person's own word about now: "I feel sore", "tengo agujetas"; not "what if I'm sore?", "why am I always
  /// sore?".
  [[nodiscard]] bool is_of_now(std::size_t at) const {
    if (is_denied(words_, at, denial_reach::wide))
      return false;
    constexpr std::size_t looked_back_max = 5;
    for (std::size_t back = 1; back <= looked_back_max && back <= at; ++back) {
      const auto before = word(at - back);
      if (is_one_of(before, {"if", "when", "always", "why", "cuando", "siempre", "porque", "yesterday", "ayer", "si"}))
        return false;
      if (is_one_of(before, {"im", "am", "feel", "feeling", "felt", "i", "estoy", "tengo", "siento", "ando", "still",
                              "pretty", "and", "y"}))
        return !(back < at && is_one_of(word(at - back - 1), {"if", "when", "why", "si", "cuando"}));
    }
    return at == 0 || words_[at].begins_clause;
  }

  const folded_text& words_;
  std::vector<quantity> numbers_;
  mentions& said_;
};

}  // namespace

void read_ratings(const folded_text& words, mentions& said) {
  rating_reader{words, said}.read();
}

std::optional<double> told_reading(const mentions& said, progress_metric metric) noexcept {
  switch (metric) {
  case progress_metric::sleep_hours: return said.sleep_hours;
  case progress_metric::sleep_quality: return said.ratings.sleep_quality;
  case progress_metric::soreness: return said.ratings.soreness;
  case progress_metric::energy: return said.ratings.energy;
  case progress_metric::motivation: return said.ratings.motivation;
  default: return std::nullopt;
  }
}

}  // namespace genesis::coach
