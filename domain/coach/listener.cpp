#include "domain/coach/listener.hpp"

#include "domain/coach/denials.hpp"
#include "domain/coach/facts.hpp"
#include "domain/coach/open_questions.hpp"
#include "domain/coach/short_answers.hpp"
#include "domain/coach/wishes.hpp"
#include "domain/readiness.hpp"

#include <algorithm>

namespace genesis::coach {

namespace {

constexpr double sure_score = 2;               // from here on a question stands on its own
constexpr std::size_t fragment_words_max = 5;  // "with harris-benedict?", "in pounds"

/// True for topics whose answer changes with what a person states about the body, training or goal.
bool uses_facts(topic what) {
  switch (what) {
  case topic::pain:
  case topic::illness:
  case topic::medical_question:
  case topic::low_mood:
  case topic::emergency:
  case topic::eating_disorder: return false;
  default: return true;
  }
}

bool stands_on_resting_energy(topic what) noexcept {
  return what == topic::energy_target || what == topic::macros || what == topic::resting_energy;
}

bool is_trend(topic what) noexcept {
  return what == topic::weight_trend || what == topic::progress_trend;
}

bool asks_for(const std::vector<std::string>& open, std::string_view field) {
  return std::ranges::find(open, field) != open.end();
}

/// What is asked for again where a number cannot be: a field of the profile, or the maximal heart rate. Empty for
/// others.
std::string_view field_behind(impossible_value::kind_type kind) noexcept {
  switch (kind) {
  case impossible_value::kind_type::weight_kg: return "weight_kg";
  case impossible_value::kind_type::height_cm: return "height_cm";
  case impossible_value::kind_type::age_years: return "date_of_birth";
  case impossible_value::kind_type::body_fat_pct: return "body_fat_pct";
  case impossible_value::kind_type::max_bpm: return "max_heart_rate_bpm";
  default: return {};
  }
}

/// True when a text has a word that questions are made of, wherever it stands.
bool asks(const folded_text& words) {
  return std::ranges::any_of(words, [](const folded_word& each) {
    return is_one_of(each.text,
      {"how", "what", "whats", "which", "when", "why", "should", "can", "could", "would", "do", "does", "is", "cuanto",
        "cuanta", "cuantos", "cuantas", "que", "cual", "como", "cuando", "debo", "deberia", "puedo", "conviene"});
  });
}

/// "what is that in pounds?", "¿cuánto es eso en libras?"
bool refers_back(const folded_text& words) {
  return std::ranges::any_of(words, [](const folded_word& each) {
    return is_one_of(each.text, {"that", "it", "this", "those", "thats", "eso", "esto", "aquello"});
  });
}

}  // namespace

bool is_about_energy(topic what) noexcept {
  return what == topic::energy_target || what == topic::macros || what == topic::protein ||
         what == topic::resting_energy;
}

void listener::hear(std::string_view question, timestamp at) {
  const auto words = fold(question);
  now_ = read_topic(words);
  said_now_ = read_mentions(question, words, context());
  if (asked_.now - at > readiness_age_max) {
    said_now_.sleep_hours.reset();
    said_now_.ratings = {};
  }
  hear_answer(words);
  settle_goal_weight();
  settle_unwanted_goal();
  follow_emergency();
  correct_topic(words.size());
  topic_before_ = previous_;
  part_persons(words);
  answers_question_ = answers_question_ && now_.what != topic::emergency && now_.what != topic::eating_disorder;
  is_follow_up_ = answers_question_ || (previous_ && continues_previous(words));
  misses_question_ = !is_follow_up_ && may_miss(words);
  // A number that nobody says is theirs is no fact of them: "convert 80 kg to pounds".
  if (!is_follow_up_ && now_.what == topic::out_of_scope && !speaks_of_oneself(words))
    said_now_.is_supposed = true;
  if (is_follow_up_ || misses_question_)
    join();
  else
    start_anew();
  settle_trend();
  remember();
  note_open_questions();
}

number_context listener::context() const {
  number_context around;
  around.units = talk_units_.value_or(asked_.person.units);
  around.is_about_lifting = previous_ == topic::one_rep_max && open_.empty();
  around.is_maximal_rate_open = asks_for(open_, "max_heart_rate_bpm");
  around.is_about_pulse = previous_ == topic::heart_rate_zones;
  around.is_about_training = previous_ == topic::training_advice || asks_for(open_, "activity_level");
  around.is_about_energy =
    (previous_ == topic::energy_target || previous_ == topic::macros) && !asks_for(open_, "weight_kg");
  around.last_change_kg = previous_ && is_about_energy(*previous_) ? said_.change_kg.value_or(0) : 0;
  if (said_.used_units && around.last_change_kg != 0)
    around.units = *said_.used_units;
  around.today = day_of(asked_.now);
  return around;
}

/// Reads what the coach asked for, where the text says it and asks nothing else.
void listener::hear_answer(const folded_text& words) {
  answers_question_ = may_answer(words) && read_short_answer(words_of_oneself(words), open_,
                                             talk_units_.value_or(asked_.person.units), said_now_);
  if (!answers_question_)
    return;
  if (open_topic_ != topic::greeting)
    previous_ = open_topic_;
  said_now_.is_supposed = false;
}

bool listener::may_answer(const folded_text& words) const {
  if (open_.empty() || words.size() > short_answer_words_max || now_.is_question || now_.emergency ||
      now_.shows_disordered_eating || said_now_.about)
    return false;
  if (now_.score < sure_score || now_.what == open_topic_)
    return true;
  if (now_.continues)
    return false;
  // The words of an answer are those of topics: "soreness 2", "3 workouts a week", "maintenance".
  switch (now_.what) {
  case topic::sleep:
  case topic::readiness: return open_topic_ == topic::readiness;
  case topic::training_advice: return (asks_for(open_, "activity_level") || asks_for(open_, "goal")) && !asks(words);
  case topic::energy_target: return asks_for(open_, "goal") && !asks(words);
  default: return false;
  }
}

/// A few words about nothing else, where the coach waits for a value: "I don't know".
bool listener::may_miss(const folded_text& words) const {
  return !open_.empty() && open_topic_ != topic::greeting && open_topic_ != topic::profile_gaps && !words.empty() &&
         words.size() <= fragment_words_max && now_.what == topic::out_of_scope && now_.score == 0 &&
         !now_.is_question && !said_now_.about && !said_now_.keeps_units && !ends_emergency_ &&
         !said_now_.is_pregnant && !said_now_.denies_pregnancy && !said_now_.is_lactating && !said_now_.diet.any();
}

/// A weight to reach is a weight to lose or gain.
void listener::settle_goal_weight() {
  const auto height_cm = said_now_.height_cm ? said_now_.height_cm
                         : said_now_.about   ? std::nullopt
                                             : asked_.person.height_cm;
  if (said_now_.goal_bmi && height_cm && !said_now_.goal_weight_kg)
    said_now_.goal_weight_kg = *said_now_.goal_bmi * (*height_cm / 100) * (*height_cm / 100);
  if (!said_now_.goal_weight_kg || said_now_.change_kg)
    return;
  const auto& profile = asked_.person.weight_kg;
  const auto now_kg = said_now_.weight_kg ? said_now_.weight_kg
                      : profile           ? std::optional{profile->value}
                                          : said_.weight_kg;
  if (!now_kg)
    return;
  said_now_.change_kg = *said_now_.goal_weight_kg - *now_kg;
  said_now_.goal = *said_now_.change_kg < 0 ? goal::lose_weight : goal::gain_muscle;
}

/// Whoever does not want the goal that they had stays as they are, unless they say what else.
void listener::settle_unwanted_goal() {
  if (!said_now_.unwanted_goal)
    return;
  const auto goal_before = told_.goal ? told_.goal : said_.goal ? said_.goal : asked_.person.goal;
  if (!said_now_.goal && goal_before == said_now_.unwanted_goal)
    said_now_.goal = goal::maintain;
  said_now_.owns_goal = said_now_.goal.has_value();  // whoever turns one goal down speaks of their own
}

void listener::follow_emergency() {
  if (now_.emergency)
    open_emergency_ = now_.emergency;
  ends_emergency_ = open_emergency_ && now_.denies_emergency && !now_.emergency;
  if (ends_emergency_)
    open_emergency_.reset();
}

/// Keeps what was said of the person apart from what is said of somebody else, of whom it holds only that an eating
/// disorder is about: it is asked for "a friend" often enough.
void listener::part_persons(const folded_text& words) {
  if (said_now_.about && !said_.about) {
    own_ = said_;
    said_ = {};
    said_.goal = own_.goal;
    said_.has_eating_disorder = own_.has_eating_disorder;
  } else if (said_.about && !said_now_.about && speaks_of_oneself(words)) {
    said_ = own_;
  }
}

/// What the facts of a question say about its topic when the words leave it open.
void listener::correct_topic(std::size_t word_count) {
  const bool states_illness = said_now_.uses_insulin || said_now_.has_diabetes || said_now_.has_kidney_disease;
  if (states_illness && now_.what == topic::out_of_scope)
    settle(topic::medical_question);
  said_now_.has_eating_disorder = said_now_.has_eating_disorder || now_.shows_disordered_eating;
  if (said_now_.has_eating_disorder && now_.what != topic::emergency)
    now_.what = topic::eating_disorder;
  // "and my sleep?" behind a trend asks for the next one.
  const bool names_another = previous_ && is_trend(*previous_) && now_.continues && !said_now_.metrics.empty() &&
                             word_count <= fragment_words_max;
  if (names_another && (now_.what == topic::sleep || now_.what == topic::readiness ||
                         now_.what == topic::heart_rate_zones || now_.what == topic::progress_log)) {
    now_.what = topic::out_of_scope;
    now_.score = 0;
  }
  // "from now on use pounds" alone, with nothing to say again.
  if (said_now_.keeps_units && now_.what == topic::out_of_scope && (!previous_ || word_count > fragment_words_max))
    settle(topic::progress_log);
  if (said_now_.asks_to_save || (said_now_.asks_diary && !said_now_.intake_kcal))
    settle_records(word_count);
  if (now_.score >= sure_score)
    return;
  // "and at rest?"
  if (said_now_.names_rest && previous_ && stands_on_resting_energy(*previous_) && word_count <= fragment_words_max)
    return settle(topic::resting_energy);
  if (said_now_.lifted_kg && said_now_.repetitions)
    settle(topic::one_rep_max);
  else if (said_now_.intake_kcal || said_now_.change_kg || said_now_.pace_kg_per_week || said_now_.goal_weight_kg)
    settle(topic::energy_target);
}

/// What the coach can neither write nor read: plans and the food diary. Only where nothing graver is asked.
void listener::settle_records(std::size_t word_count) {
  constexpr std::size_t request_words_max = 10;
  const bool is_harmless = now_.what == topic::out_of_scope || now_.what == topic::energy_target ||
                           now_.what == topic::macros || now_.what == topic::progress_log;
  if (is_harmless && word_count <= request_words_max)
    settle(topic::progress_log);
}

void listener::settle(topic what) {
  now_.what = what;
  now_.next_score = now_.score;
  now_.score = sure_score;
}

/// A question that continues the one before.
void listener::join() {
  said_ = merged(said_, said_now_);
  if (answers_question_ || misses_question_) {
    now_.what = open_topic_ == topic::greeting ? topic::profile_gaps : open_topic_;
    return;
  }
  if (stands_alone_) {
    // "and my macros?" behind what one burns asks for something else; "why so many calories?" does not.
    if (now_.what != previous_ || !said_now_.wants_reason)
      said_.asks_expenditure = said_now_.asks_expenditure;
    return;
  }
  now_.what = *previous_;
  now_.emergency = emergency_;
  now_.subject = subject_;
}

/// A question of its own, with what outlives those before.
void listener::start_anew() {
  if (now_.what == topic::out_of_scope && !said_now_.keeps_units)
    said_now_.units.reset();  // "what's 100 kg in pounds?" asks for no other number in them
  const bool ends_talk_of_another = said_.about && !said_now_.about;
  auto kept = lasting(ends_talk_of_another ? own_ : said_, asked_.person);
  if (!said_now_.about)
    kept = merged(kept, told_);
  said_ = merged(kept, said_now_);
}

/// A trend is of the weight, which has a line of its own, or of what else was named.
void listener::settle_trend() {
  if (!is_trend(now_.what) || said_now_.metrics.empty())
    return;
  const bool is_named = now_.what == topic::progress_trend || (is_follow_up_ && !stands_alone_);
  const bool is_of_weight = said_now_.metrics == std::vector{progress_metric::weight_kg};
  if (is_named)
    now_.what = is_of_weight ? topic::weight_trend : topic::progress_trend;
}

void listener::remember() {
  if (said_now_.keeps_units)
    talk_units_ = said_now_.units;
  if (!said_.about) {
    auto own = told_by(said_now_);
    if (is_unsafe(said_now_, with_facts(asked_.person, said_, asked_.now)))
      forget_wish(own);
    told_ = merged(told_, own);
  }
  if (!is_social(now_.what) && now_.what != topic::unsafe_target) {
    previous_ = now_.what;
    subject_ = now_.subject;
    emergency_ = now_.emergency;
  }
  if (is_about_energy(now_.what))
    energy_topic_ = now_.what;
  is_right_after_emergency_ = now_.what == topic::emergency && !is_follow_up_;
}

/// What the coach asks for in its answer, so that the next text may be a reply to it.
void listener::note_open_questions() {
  const bool is_first = heard_count_++ == 0;
  const auto said = for_answer(said_);
  open_topic_ = now_.what;
  open_.clear();
  if (now_.what != topic::greeting || is_first)
    open_ = missing_for(now_.what, with_facts(asked_.person, said, asked_.now), said, asked_);
  for (const auto& each : said_now_.impossible)
    if (const auto field = field_behind(each.kind); !field.empty() && !asks_for(open_, field))
      open_.emplace_back(field);
}

bool listener::continues_previous(const folded_text& words) {
  const auto word_count = words.size();
  stands_alone_ = false;
  if (now_.what == topic::emergency || now_.what == topic::eating_disorder)
    return false;
  // Whoever adds a word to an emergency is not sent away with it; after that, life goes on.
  if (*previous_ == topic::emergency)
    return !ends_emergency_ && is_right_after_emergency_ &&
           (now_.what == topic::out_of_scope || now_.what == topic::pain);
  if (is_social(now_.what) && now_.what != topic::out_of_scope)
    return false;
  const bool asks_why = said_now_.wants_reason && now_.score == 0;
  const bool has_content = has_facts_for(*previous_) || asks_why;
  if (now_.score < sure_score || is_only_a_formula(word_count)) {
    const bool is_addition = now_.continues || now_.is_statement || asks_why || said_now_.diet.any() ||
                             (word_count <= fragment_words_max && !now_.is_question) ||
                             (said_now_.units && refers_back(words));
    if (has_content && is_addition) {
      // "and for 90 kg?" behind water goes back to the energy that was asked for before.
      const bool is_of_the_body = said_now_.goal || said_now_.weight_kg || said_now_.activity_level;
      if (*previous_ == topic::water && energy_topic_ && is_of_the_body)
        previous_ = topic_before_ = energy_topic_;
      return true;
    }
  }
  stands_alone_ = true;
  const bool asks_more_of_it = now_.what == *previous_ && said_now_.wants_reason;
  return (now_.continues || asks_more_of_it) && now_.what != topic::out_of_scope;
}

/// True when the question states something that the answer on a topic is told from.
bool listener::has_facts_for(topic what) const {
  const auto& now = said_now_;
  const bool is_of_anybody = now.units || !now.impossible.empty();
  switch (what) {
  case topic::one_rep_max:
    return is_of_anybody || now.lifted_kg || now.repetitions || now.strength_formula || now.in_reserve != 0;
  case topic::water:
    if (energy_topic_)
      break;  // to which a weight or a goal goes back
    return is_of_anybody || now.sex || now.age_years || now.is_pregnant || now.is_lactating || now.denies_pregnancy;
  case topic::protein: return now.has_facts() || now.diet.any();
  case topic::weight_trend:
  case topic::progress_trend: return now.has_facts() || !now.metrics.empty() || now.past;
  default: break;
  }
  return (now.has_facts() || (now.denies_pregnancy && is_about_energy(what))) && uses_facts(what);
}

/// "with harris-benedict?" after a question that uses resting energy.
bool listener::is_only_a_formula(std::size_t word_count) const {
  return now_.what == topic::resting_energy && said_now_.resting_formula && stands_on_resting_energy(*previous_) &&
         (now_.continues || word_count <= fragment_words_max);
}

}  // namespace genesis::coach
