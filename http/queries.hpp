#pragma once

#include "actors/encoders.hpp"
#include "domain/conversation.hpp"
#include "domain/page.hpp"
#include "domain/progress.hpp"
#include "domain/search.hpp"
#include "http/problem.hpp"
#include "http/target.hpp"

#include <optional>
#include <vector>

/// Reads the queries of requests. Faulty values, and a known parameter that is given twice, are MALFORMED_REQUEST with
/// every fault named; unknown parameters are ignored.
namespace genesis::http {

struct conversations_query {
  archived_filter archived = archived_filter::active;
  page_query page;
};
struct messages_query {
  page_query page;
};
struct message_search_query {
  search_query sought;
  page_query page;
};
struct progress_query {
  std::optional<progress_metric> metric;
  std::optional<timestamp> from;   ///< Inclusive.
  std::optional<timestamp> until;  ///< Exclusive.
  page_query page;
};
struct plans_query {
  bool only_active = false;
  std::optional<timestamp> from;   ///< Of `created_at`; inclusive.
  std::optional<timestamp> until;  ///< Likewise; exclusive.
  page_query page;
};
struct nutrition_logs_query {
  std::optional<calendar_day> from;  ///< Inclusive.
  std::optional<calendar_day> to;    ///< Inclusive.
  page_query page;
};
struct stream_query {
  std::optional<std::int64_t> after;    ///< Only of a run's stream.
  std::optional<stream_format> format;  ///< Else the Accept header decides.
};

struct export_query {
  std::optional<export_format> format;  ///< Else the Accept header decides.
  std::optional<conversation_id> conversation;
};

/// What is wanted beside the profile.
struct user_view_query {
  bool preferences = false;
  bool workout_plans = false;
  bool nutrition_plans = false;
  bool progress = false;

  [[nodiscard]] bool is_empty() const noexcept {
    return !preferences && !workout_plans && !nutrition_plans && !progress;
  }
};
struct people_query {
  std::vector<user_id> users;  ///< In the order of ids, none twice, at most `people_per_question_max`.
};

accepted<user_view_query> read_user_view_query(const query_parameters& query);
accepted<people_query> read_people_query(const query_parameters& query);
accepted<page_query> read_api_keys_query(const query_parameters& query);
accepted<page_query> read_sessions_query(const query_parameters& query);
accepted<conversations_query> read_conversations_query(const query_parameters& query);
accepted<messages_query> read_messages_query(const query_parameters& query);
/// A text that cannot be read is a fault of `q` that says at which character.
accepted<message_search_query> read_message_search_query(const query_parameters& query);
accepted<progress_query> read_progress_query(const query_parameters& query);
accepted<plans_query> read_workout_plans_query(const query_parameters& query);
accepted<plans_query> read_nutrition_plans_query(const query_parameters& query);
accepted<nutrition_logs_query> read_nutrition_logs_query(const query_parameters& query);
accepted<stream_query> read_chat_stream_query(const query_parameters& query);
accepted<stream_query> read_run_stream_query(const query_parameters& query);
accepted<export_query> read_export_query(const query_parameters& query);

}  // namespace genesis::http
