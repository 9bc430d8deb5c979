#pragma once

#include "domain/api_key.hpp"
#include "domain/conversation.hpp"
#include "domain/message.hpp"
#include "domain/nutrition_log.hpp"
#include "domain/nutrition_plan.hpp"
#include "domain/preferences.hpp"
#include "domain/progress.hpp"
#include "domain/run.hpp"
#include "domain/search.hpp"
#include "domain/session.hpp"
#include "domain/user.hpp"
#include "domain/workout_plan.hpp"
#include "http/json_writer.hpp"

/// The API's objects as members of JSON, without braces, always in the same order: equal objects have equal texts.
namespace genesis::http {

/// A session as the one that asks sees it.
struct seen_session {
  const session& value;
  session_id current;
};

void write(json_writer& json, const user& who);
void write(json_writer& json, const preferences& prefs);
void write(json_writer& json, const conversation& what);
void write(json_writer& json, const message& what);
void write(json_writer& json, const progress_record& what);
void write(json_writer& json, const workout_plan& what);
void write(json_writer& json, const nutrition_plan& what);
void write(json_writer& json, const nutrition_log& what);
void write(json_writer& json, const api_key& what);
void write(json_writer& json, const seen_session& what);
void write(json_writer& json, const token_usage& usage);
void write(json_writer& json, const run_failure& failure);
void write(json_writer& json, const run& what);
void write(json_writer& json, const found_message& what);

template <class Object>
void write_object(json_writer& json, const Object& what) {
  json.begin_object();
  write(json, what);
  json.end_object();
}

}  // namespace genesis::http
