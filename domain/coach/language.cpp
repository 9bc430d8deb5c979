#include "domain/coach/language.hpp"

#include "domain/coach/folded_text.hpp"

#include <algorithm>
#include <array>
#include <ranges>

namespace genesis::coach {

namespace {

// Folded and sorted, so that they can be searched. Words that both languages have (`me`, `no`, `a`, `come`, `plan`) say
// nothing and stand in neither.
constexpr auto english_words = std::to_array<std::string_view>(
  {"about", "after", "again", "all", "also", "am", "and", "any", "are", "at", "ate", "be", "because", "been", "benched",
    "best", "better", "body", "but", "by", "calories", "can", "cant", "could", "day", "days", "did", "do", "does",
    "doing", "dont", "drink", "drinking", "eat", "eating", "energy", "enough", "every", "explain", "far", "fat", "feel",
    "feeling", "food", "for", "from", "get", "give", "go", "going", "good", "got", "had", "has", "have", "heart",
    "hello", "help", "hey", "hi", "hours", "how", "i", "if", "im", "in", "into", "is", "it", "its", "ive", "just",
    "know", "last", "less", "lift", "lose", "losing", "make", "many", "max", "meal", "meals", "more", "much", "muscle",
    "my", "need", "night", "not", "of", "on", "or", "out", "pounds", "please", "progress", "protein", "reps", "rest",
    "run", "should", "sleep", "slept", "so", "some", "squat", "take", "target", "tell", "than", "thank", "thanks",
    "that", "the", "them", "then", "there", "this", "time", "to", "today", "train", "trained", "training", "use",
    "using", "want", "was", "water", "we", "week", "weeks", "weigh", "weighed", "weight", "were", "what", "whats",
    "when", "which", "who", "why", "will", "with", "without", "work", "workout", "would", "you", "your", "zones"});
constexpr auto spanish_words = std::to_array<std::string_view>(
  {"agua", "ahora", "al", "algo", "asi", "ayer", "ayuda", "bajar", "beber", "bien", "buenas", "buenos", "calorias",
    "cansado", "cansada", "comer", "como", "con", "corazon", "cual", "cuales", "cuando", "cuanta", "cuantas", "cuanto",
    "cuantos", "dame", "de", "debo", "deberia", "del", "descanso", "desde", "dia", "dias", "donde", "dormi", "dormir",
    "duele", "duermo", "el", "ella", "en", "energia", "entrenar", "entreno", "eres", "es", "esta", "estas", "este",
    "esto", "estoy", "gano", "ganar", "gracias", "grasa", "gusta", "ha", "haces", "hacer", "hago", "hay", "he", "hice",
    "hola", "horas", "hoy", "kilos", "la", "las", "le", "libras", "lo", "los", "mas", "maximo", "mejor", "menos", "mi",
    "mis", "mucho", "musculo", "muy", "necesito", "noche", "o", "para", "pecho", "perder", "pero", "peso", "pesara",
    "por", "porque", "proteina", "proteinas", "puedes", "puedo", "que", "quien", "quiero", "repeticiones", "saber",
    "se", "semana", "semanas", "si", "sin", "sobre", "soy", "su", "sueno", "tal", "tengo", "tiempo", "tomar", "tu",
    "un", "una", "unas", "unos", "uso", "va", "vez", "voy", "y", "ya", "yo", "zonas"});

// Of German, French, Italian and Portuguese; none that English or Spanish has too.
constexpr auto other_words = std::to_array<std::string_view>({"ich", "soll", "sollte", "wie", "viel", "viele", "essen",
  "kalorien", "brauche", "und", "nicht", "mein", "meine", "kann", "heute", "bin", "habe", "mit", "abnehmen", "wiege",
  "fur", "wasser", "trinken", "hallo", "gewicht", "mochte", "schlafen", "je", "dois", "combien", "manger", "et", "pour",
  "avec", "suis", "poids", "veux", "quel", "quelle", "puis", "perdre", "bonjour", "est", "jour", "boire", "quanto",
  "devo", "mangiare", "voglio", "sono", "ciao", "giorno", "perdere", "dimagrire", "bere", "acqua", "eu", "nao", "quero",
  "minha", "meu", "voce", "preciso", "emagrecer", "ola", "estou", "quantas"});

/// Sorted at compile time, so that the lists above may be in any order.
template <std::size_t Size>
consteval std::array<std::string_view, Size> sorted(std::array<std::string_view, Size> words) {
  std::ranges::sort(words);
  return words;
}
constexpr auto english_sorted = sorted(english_words);
constexpr auto spanish_sorted = sorted(spanish_words);

constexpr auto other_sorted = sorted(other_words);

constexpr std::size_t words_looked_at_max = 400;  // a page of text has long said which language it is in

/// Marks that English does without: accented vowels, ñ, ¿ and ¡, each two bytes of UTF-8.
int spanish_marks(std::string_view text) {
  constexpr auto marks =
    std::to_array<std::string_view>({"¿", "¡", "ñ", "Ñ", "á", "é", "í", "ó", "ú", "Á", "É", "Í", "Ó", "Ú"});
  int count = 0;
  for (std::size_t at = 0; at + 1 < text.size() && count < 4; ++at)
    if (std::ranges::find(marks, text.substr(at, 2)) != marks.end())
      ++count;
  return count;
}

constexpr std::size_t questions_looked_at_max = 6;

}  // namespace

std::optional<language> detect_language(std::string_view text) {
  const auto words = fold(text);
  int english = 0;
  int spanish = 2 * spanish_marks(text);
  for (const auto& word : words | std::views::take(words_looked_at_max)) {
    english += std::ranges::binary_search(english_sorted, word.text) ? 1 : 0;
    spanish += std::ranges::binary_search(spanish_sorted, word.text) ? 1 : 0;
  }
  if (english == spanish)
    return std::nullopt;
  return english > spanish ? language::english : language::spanish;
}

bool is_in_another_language(std::string_view text) {
  constexpr int words_min = 2;
  int known = 0;
  int other = 0;
  for (const auto& word : fold(text) | std::views::take(words_looked_at_max)) {
    known +=
      std::ranges::binary_search(english_sorted, word.text) || std::ranges::binary_search(spanish_sorted, word.text)
        ? 1
        : 0;
    other += std::ranges::binary_search(other_sorted, word.text) ? 1 : 0;
  }
  return other >= words_min && other > known;
}

language language_of(const turn& asked) {
  if (const auto written = detect_language(asked.question))
    return *written;
  std::size_t looked_at = 0;
  for (const auto& earlier : asked.history | std::views::reverse) {
    if (earlier.role != message_role::user)
      continue;
    if (const auto written = detect_language(earlier.content))
      return *written;
    if (++looked_at == questions_looked_at_max)
      break;
  }
  const auto& locale = asked.person.locale;
  return locale && locale->starts_with("es") ? language::spanish : language::english;
}

}  // namespace genesis::coach
