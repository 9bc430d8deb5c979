#pragma once

/// The columns of a run in the order of `each_column` (rows.hpp), for texts of SQL.
#define GENESIS_RUN_COLUMNS                                                                                            \
  "id, conversation_id, user_message_id, message_id, agent_name, status, created_at, started_at, "                     \
  "ended_at, last_seq, input_tokens, output_tokens, is_estimated, failure_code, failure_message, "                     \
  "is_retryable"
