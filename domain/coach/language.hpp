#pragma once

#include "domain/coach/reply.hpp"

#include <optional>
#include <string_view>

namespace genesis::coach {

/// A language that the coach answers in.
enum class language : std::uint8_t { english, spanish };

/// The language a text is written in, judged by its function words, its accents and the marks that open a Spanish
/// question. Nothing when it does not say (`1RM 100x5`, `ok`).
std::optional<language> detect_language(std::string_view text);

/// True for a text that is written in neither of them, as far as its function words tell: German, French, Italian or
/// Portuguese.
bool is_in_another_language(std::string_view text);

/// The language to answer in: that of the question; else that of what the person wrote last in this conversation and
/// that says; else the locale's; else English.
language language_of(const turn& asked);

}  // namespace genesis::coach
