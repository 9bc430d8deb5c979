#pragma once

#include "domain/coach/composer.hpp"

namespace genesis::coach {

/// "Got it: 36 years old, a woman.": what the question has just told of the person. False when it told nothing.
bool acknowledge(composer& answer);

/// Says once in a conversation that what is told here is not stored, and where it could be.
void tell_how_to_keep(composer& answer);

/// Names what the person told earlier in the conversation and the answer on this topic is worked out with, and once in
/// a conversation how to make it stay. Nothing of it is stored.
void tell_told_facts(composer& answer, topic what);

}  // namespace genesis::coach
