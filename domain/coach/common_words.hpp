#pragma once

#include <array>
#include <string_view>

namespace genesis::coach {

/// Everyday words of both languages, folded, that are one letter away from something the coach looks for and are never
/// meant as it: `cooking` is no choking, and `desayuno` no fainting (`desmay*`). All that begin alike where a star ends
/// the word. A word that somebody in need may well write by mistake (`I feinted`) is not among them.
inline constexpr auto common_words = std::to_array<std::string_view>({"about", "acres", "arches", "ashes", "atraco*",
  "banging", "beber", "being", "binding", "bingo", "bring", "bringing", "calle", "comer", "cooking", "could", "deber",
  "dentro", "desayun*", "desmadr*", "desmanch*", "desmantel*", "desmara*", "diamet*", "dismay*", "dolar*", "donde",
  "donor*", "event", "fewer", "flint", "fresh", "goals", "grape*", "great", "grita*", "grito*", "hambre", "heard",
  "hearing", "hombre", "hombres", "hunting", "hunts", "incurr*", "incurs*", "infuriat*", "injert*", "injust*", "insur*",
  "learn", "least", "legion*", "lesson*", "loose", "lovely", "marco", "marcos", "mario", "marzo", "maybe", "meditat*",
  "might", "muero", "never", "other", "overdo", "overdoing", "overdone", "pasado", "phone", "place", "poder", "point",
  "polls", "poner", "prescind*", "pulls", "puree*", "purse*", "quick", "quiet", "quite", "recomendar", "recomienda",
  "recomiendas", "right", "saber", "selling", "shelling", "shout", "since", "sleet", "small", "smelling", "sobre",
  "spelling", "spring*", "sprinkl*", "sprint*", "stained", "state", "still", "swarm*", "there", "these", "think",
  "those", "threat", "three", "tiene", "todos", "tomar", "traer", "trail", "traste*", "under", "until", "waste",
  "where", "which", "while", "whole", "world", "worst", "would", "write"});

}  // namespace genesis::coach
