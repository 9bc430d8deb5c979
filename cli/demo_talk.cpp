#include "cli/demo_talk.hpp"

#include "cli/demo_person.hpp"
#include "domain/coach/intent.hpp"
#include "domain/coach/records.hpp"
#include "domain/coach/specialists.hpp"
#include "domain/coach/tokens.hpp"

#include <algorithm>

namespace genesis::cli {

namespace {

using namespace std::chrono_literals;

constexpr auto between_questions = 90s;
constexpr auto time_to_answer = 40ms;

struct spoken {
  std::string text;
  std::vector<artifact> artifacts;
  std::int64_t words = 0;
  std::int64_t events = 0;  ///< Of the run, `start` to `end`.
};

/// What a run makes of a reply: a word a token, two events a tool, and around them start, intent, usage and end.
spoken speak(const coach::reply& reply) {
  spoken said;
  said.events = 4;
  for (const auto& step : reply.steps) {
    if (const auto* text = std::get_if<coach::says>(&step)) {
      const auto words = static_cast<std::int64_t>(coach::words_of(text->text).size());
      said.text += text->text;
      said.words += words;
      said.events += words;
    } else if (const auto* shown = std::get_if<coach::shows>(&step)) {
      said.artifacts.push_back(shown->artifact);
      ++said.events;
    } else {
      said.events += std::holds_alternative<coach::uses_tool>(step) ? 2 : 1;
    }
  }
  return said;
}

/// The person as the profile showed them at the moment of the turn.
void weigh(coach::turn& turn) {
  if (const auto* record = coach::latest_record(turn.records, progress_metric::weight_kg))
    turn.person.weight_kg = latest_measurement{record->id, record->recorded_at, record->value};
}

class teller {
public:
  teller(coach::turn turn, const encoders& encode, uuid_source& ids)
      : turn_(std::move(turn)), encode_(encode), ids_(ids) {
    weigh(turn_);
    auto& thread = told_.thread;
    thread.id = ids_.next_id<conversation_id>(turn_.now);
    thread.created_at = turn_.now;
    thread.revision = 0;
  }

  void ask(const std::string& text) {
    turn_.question = text;
    const auto intent = coach::read_intent(turn_);
    const auto who = intent.agents.empty() ? agent::nexus : intent.agents.front();
    const auto said = speak(coach::answer(who, turn_, intent));
    auto& asked = told_.runs.emplace_back();
    asked.id = ids_.next_id<run_id>(turn_.now);
    asked.conversation = told_.thread.id;
    asked.agent = who;
    asked.status = run_status::success;
    asked.created_at = asked.started_at.emplace(turn_.now);
    asked.ended_at = turn_.now + time_to_answer;
    asked.last_seq = said.events;
    asked.usage = token_usage{static_cast<std::int64_t>(coach::words_of(text).size()), said.words, true};
    asked.user_message = add_question(asked, text);
    asked.assistant_message = add_answer(asked, said);
    touch_thread(text);
    turn_.now += between_questions;
  }

  told_conversation take() { return std::move(told_); }

private:
  message& add_message(const run& asked) {
    auto& added = told_.messages.emplace_back();
    added.id = ids_.next_id<message_id>(turn_.now);
    added.conversation = told_.thread.id;
    added.seq = ++told_.thread.message_count;
    added.run = asked.id;
    added.created_at = added.updated_at = turn_.now;
    return added;
  }

  message_id add_question(const run& asked, const std::string& text) {
    auto& question = add_message(asked);
    question.content = text;
    turn_.history.push_back(question);
    return question.id;
  }

  /// Stored empty with the question, and again when it was complete.
  message_id add_answer(const run& asked, const spoken& said) {
    auto& answer = add_message(asked);
    answer.role = message_role::assistant;
    answer.agent = asked.agent;
    answer.content = said.text;
    answer.artifacts_json = encode_.artifact_array(said.artifacts);
    answer.updated_at = *asked.ended_at;
    answer.revision = 2;
    turn_.history.push_back(answer);
    return answer.id;
  }

  void touch_thread(const std::string& question) {
    auto& thread = told_.thread;
    if (!thread.title)
      thread.title = title_from(question);
    thread.last_message_at = turn_.now;
    thread.updated_at = turn_.now;
    ++thread.revision;
  }

  coach::turn turn_;
  const encoders& encode_;
  uuid_source& ids_;
  told_conversation told_;
};

struct planned_talk {
  int days_ago;
  std::chrono::minutes after_waking;
  std::vector<std::string> questions;
};

std::vector<planned_talk> demo_plan() {
  return {
    {81, 35min, {"How much should I eat to lose weight?", "And how much protein?", "How much water should I drink?"}},
    {34, 20min, {"How am I doing?", "Why?", "And if I train more, how many calories?"}},
    {17, 11h, {"I benched 40 kg for 6, what's my max?", "and in pounds?", "When should I add weight to the bar?"}},
    {6, 13h,
      {"¿Cuánto debo comer para bajar de peso?", "¿y la proteína?", "¿cuáles son mis zonas de frecuencia cardiaca?",
        "gracias"}},
    {0, 15min, {"Should I train today?", "how did I sleep?", "Thanks!"}},
  };
}

/// What the coach looks at: 90 days up to the moment.
std::vector<progress_record> records_until(std::span<const progress_record> records, timestamp until) {
  std::vector<progress_record> seen;
  std::ranges::copy_if(records, std::back_inserter(seen), [&](const progress_record& each) {
    return each.recorded_at <= until && each.recorded_at > until - std::chrono::days{90};
  });
  return seen;
}

}  // namespace

told_conversation tell_conversation(
  coach::turn turn, std::span<const std::string> questions, const encoders& encode, uuid_source& ids) {
  teller told{std::move(turn), encode, ids};
  for (const auto& each : questions)
    told.ask(each);
  return told.take();
}

std::vector<told_conversation> demo_conversations(const user& person, const preferences& prefs,
  std::span<const progress_record> records, timestamp now, const encoders& encode, uuid_source& ids) {
  std::vector<told_conversation> all;
  for (const auto& plan : demo_plan()) {
    coach::turn turn;
    turn.person = person;
    turn.prefs = prefs;
    turn.now = demo_morning(now) - std::chrono::days{plan.days_ago} + plan.after_waking;
    turn.records = records_until(records, turn.now);
    all.push_back(tell_conversation(std::move(turn), plan.questions, encode, ids));
  }
  return all;
}

}  // namespace genesis::cli
