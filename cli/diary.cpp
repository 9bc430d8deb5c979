#include "cli/diary.hpp"

#include "domain/message.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace genesis::cli {

namespace {

constexpr std::chrono::days diary_age{730};

constexpr std::array<std::string_view, 24> doings{"Squats", "Deadlifts", "Bench press", "An easy run", "Intervals",
  "A long walk", "Rowing", "Swimming", "Cycling to work", "Yoga", "Stretching", "Pull-ups", "Kettlebell swings",
  "A tempo run", "Lunges", "Climbing", "Tennis", "Football", "Skipping rope", "Planks", "Caminata", "Sentadillas",
  "Natación", "Carrera suave"};
constexpr std::array<std::string_view, 16> feelings{"felt strong until the last set", "legs were heavy",
  "slept badly before", "slept seven hours before", "knee was fine", "shoulder hurt a little", "best time so far",
  "was tired and stopped early", "breathing was easy", "heart rate stayed low", "sweated a lot", "could do more",
  "con mucha energía", "cansado pero contento", "sin dolor", "me costó empezar"};
constexpr std::array<std::string_view, 24> meals{"oatmeal with berries", "rice and chicken", "a salad with tuna",
  "eggs on toast", "lentil soup", "salmon and potatoes", "greek yoghurt", "a protein shake", "pasta with tomatoes",
  "beans and avocado", "pizza", "tofu curry", "an apple and nuts", "cottage cheese", "a burrito", "porridge", "hummus",
  "steak and broccoli", "pancakes", "dark chocolate", "tortilla de patatas", "gazpacho", "arroz con pollo",
  "plátano y leche"};
constexpr std::array<std::string_view, 24> plans{"Tomorrow is a rest day.", "More water next time.",
  "Deload next week.", "Coffee later than usual.", "Weighed myself in the morning.", "Will add weight to the bar.",
  "Went to bed late.", "The gym was crowded.", "New shoes arrived.", "Skipped dessert.", "Counted calories again.",
  "Measured my waist.", "Called the physiotherapist.", "Took creatine.", "Back to the plan.", "Holiday from Friday.",
  "Snow all day.", "Trained with Anna.", "Trained with Miguel.", "Race in June.", "Mañana descanso.", "Más proteína.",
  "Dormí ocho horas.", "Semana de descarga."};

/// Numbers side by side become numbers far apart (SplitMix64).
constexpr std::uint64_t scattered(std::uint64_t number) {
  number += 0x9E3779B97F4A7C15;
  number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
  number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
  return number ^ (number >> 31);
}

/// Takes one of them, the first ones more often.
template <std::size_t Size>
std::string_view one_of(const std::array<std::string_view, Size>& all, std::uint64_t& chance) {
  const auto place = chance % Size;
  const auto other = chance / Size % Size;
  chance /= Size * Size;
  return all[std::min(place, other)];
}

}  // namespace

std::string diary_entry(std::uint64_t number) {
  auto chance = scattered(number);
  std::string text{one_of(doings, chance)};
  text += ", " + std::to_string(10 + chance % 80) + " minutes; ";
  text += one_of(feelings, chance);
  text += ". Ate ";
  text += one_of(meals, chance);
  text += ". ";
  chance = scattered(number ^ 0x5DEECE66D);
  text += one_of(plans, chance);
  return text;
}

diary_part order_diary(const diary_order& order, timestamp now, const uuid_source::random_fill& random) {
  uuid_source ids{random};
  const auto at_number = [now](std::int64_t number) { return now - diary_age + std::chrono::minutes{number}; };
  conversation diary;
  diary.id = order.diary ? *order.diary : ids.next_id<conversation_id>(at_number(0));
  diary.title = "Diary";
  diary.message_count = order.first + order.count - 1;
  diary.created_at = at_number(0);
  diary.updated_at = *(diary.last_message_at = at_number(diary.message_count));
  diary.revision = diary.message_count + 1;

  diary_part made;
  made.diary = diary.id;
  made.batch.user = order.user;
  made.batch.version = order.version;
  made.batch.mutations.emplace_back(storage::put_conversation{diary});
  const auto seed = stable_hash(order.user.value);
  for (auto number = order.first; number < order.first + order.count; ++number) {
    message entry;
    entry.created_at = entry.updated_at = at_number(number);
    entry.id = ids.next_id<message_id>(entry.created_at);
    entry.conversation = diary.id;
    entry.seq = number;
    entry.content = diary_entry(seed + static_cast<std::uint64_t>(number));
    made.batch.mutations.emplace_back(storage::put_message{std::move(entry)});
  }
  return made;
}

}  // namespace genesis::cli
