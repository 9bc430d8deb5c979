#include "cli/people_writer.hpp"

#include "auth/refresh_token.hpp"
#include "cli/demo_talk.hpp"

#include <array>

namespace genesis::cli {

namespace {

using namespace std::chrono_literals;

/// Different people who are made up in full; all others are copies of them under ids of their own.
constexpr std::int64_t pattern_count = 12;

/// How long ago everybody's conversation took place.
constexpr auto conversation_age = 1min;

struct pattern {
  user person;
  progress_record weight;
  told_conversation talk;
};

user pattern_profile(std::int64_t index) {
  const auto i = static_cast<int>(index);
  user person;
  person.date_of_birth = std::chrono::year{1970 + i * 2} / std::chrono::April / 12;
  person.sex = index % 2 == 0 ? sex::female : sex::male;
  person.height_cm = 160 + 2 * i;
  person.activity_level = static_cast<activity_level>(index % 5);
  person.goal = static_cast<goal>(index % 5);
  person.experience_level = static_cast<experience_level>(index % 3);
  person.timezone = "Europe/London";
  person.locale = index % 4 == 3 ? "es" : "en";
  return person;
}

std::string pattern_question(std::int64_t index) {
  static const std::array<std::string, 4> questions{"How much should I eat a day?", "How much protein do I need?",
    "How much water should I drink?", "¿Cuántas calorías necesito?"};
  return questions[static_cast<std::size_t>(index) % questions.size()];
}

pattern make_pattern(std::int64_t index, const encoders& encode, timestamp at, uuid_source& ids) {
  pattern made;
  made.person = pattern_profile(index);
  made.weight.id = ids.next_id<progress_id>(at);
  made.weight.value = 58 + 3 * static_cast<double>(index);
  made.weight.recorded_at = made.weight.created_at = made.weight.updated_at = at;
  coach::turn turn;
  turn.person = made.person;
  turn.records = {made.weight};
  turn.now = at;
  const std::array questions{pattern_question(index)};
  made.talk = tell_conversation(std::move(turn), questions, encode, ids);
  return made;
}

/// The same conversation under ids of its own.
told_conversation copy_of(const told_conversation& talk, timestamp at, uuid_source& ids) {
  auto copy = talk;
  copy.thread.id = ids.next_id<conversation_id>(at);
  for (auto& each : copy.messages) {
    each.id = ids.next_id<message_id>(at);
    each.conversation = copy.thread.id;
  }
  for (std::size_t i = 0; i < copy.runs.size(); ++i) {
    auto& each = copy.runs[i];
    each.id = ids.next_id<run_id>(at);
    each.conversation = copy.thread.id;
    auto& question = copy.messages[2 * i];
    auto& answer = copy.messages[2 * i + 1];
    question.run = answer.run = each.id;
    each.user_message = question.id;
    each.assistant_message = answer.id;
  }
  return copy;
}

class people_maker {
public:
  people_maker(const people_order& order, const session_maker& sessions, const encoders& encode, timestamp now,
    const uuid_source::random_fill& random)
      : order_(order), sessions_(sessions), now_(now), at_(now - conversation_age), ids_(random), past_ids_(random) {
    for (std::int64_t i = 0; i < pattern_count; ++i)
      patterns_.push_back(make_pattern(i, encode, at_, past_ids_));
  }

  result<ordered_person> make(std::int64_t number) {
    const auto& model = patterns_[static_cast<std::size_t>(number % pattern_count)];
    ordered_person made;
    const auto id = ids_.next_id<user_id>(now_);
    made.user = made.batch.user = id;
    auto weight = model.weight;
    weight.id = past_ids_.next_id<progress_id>(at_);
    const auto talk = copy_of(model.talk, at_, past_ids_);
    made.conversation = talk.thread.id;
    const auto session = open_session_of(id, made);
    auto token = access_token_of(id, session);
    if (!token)
      return std::unexpected(token.error());
    made.access_token = *std::move(token);

    auto& changes = made.batch.mutations;
    preferences prefs;
    prefs.owner = id;
    prefs.created_at = prefs.updated_at = at_;
    changes.emplace_back(storage::create_user{profile_of(model, number, id, weight), prefs, order_.password_hash});
    changes.emplace_back(storage::put_session{session});
    changes.emplace_back(storage::put_progress{weight});
    changes.emplace_back(storage::put_conversation{talk.thread});
    for (const auto& each : talk.messages)
      changes.emplace_back(storage::put_message{each});
    for (const auto& each : talk.runs)
      changes.emplace_back(storage::put_run{each});
    return made;
  }

private:
  user profile_of(const pattern& model, std::int64_t number, const user_id& id, const progress_record& weight) const {
    auto person = model.person;
    person.id = id;
    person.email = ordered_email(order_, number);
    person.full_name = "Load Test " + std::to_string(number);
    person.weight_kg = latest_measurement{weight.id, weight.recorded_at, weight.value};
    person.created_at = person.updated_at = at_;
    return person;
  }

  session open_session_of(const user_id& user, ordered_person& made) {
    session opened;
    opened.id = ids_.next_id<session_id>(now_);
    opened.created_at = opened.last_used_at = opened.authenticated_at = now_;
    opened.expires_at = now_ + sessions_.refresh_lifetime;
    opened.user_agent = "genesis demo";
    auto token = auth::make_refresh_token(user, opened.id);
    opened.refresh_hash = token.hash;
    made.refresh_token = std::move(token.text);
    return opened;
  }

  result<std::string> access_token_of(const user_id& user, const session& opened) {
    auth::access_claims claims;
    claims.user = user;
    claims.session = opened.id;
    claims.issued_at = claims.authenticated_at = now_;
    claims.expires_at = now_ + sessions_.access_lifetime;
    claims.id = ids_.next(now_);
    return auth::issue(claims, sessions_.parties, *sessions_.keys);
  }

  const people_order& order_;
  const session_maker& sessions_;
  timestamp now_;
  timestamp at_;
  uuid_source ids_;
  uuid_source past_ids_;  ///< Ids rise, so that what lies a minute back needs a source of its own.
  std::vector<pattern> patterns_;
};

}  // namespace

std::string ordered_email(const people_order& order, std::int64_t number) {
  return "load-" + order.series + "-" + std::to_string(number) + "@example.com";
}

result<std::vector<ordered_person>> order_people(const people_order& order, const session_maker& sessions,
  const encoders& encode, timestamp now, const uuid_source::random_fill& random) {
  people_maker maker{order, sessions, encode, now, random};
  std::vector<ordered_person> people;
  for (std::int64_t i = 0; i < order.count; ++i) {
    auto made = maker.make(order.first + i);
    if (!made)
      return std::unexpected(made.error());
    people.push_back(std::move(*made));
  }
  return people;
}

}  // namespace genesis::cli
