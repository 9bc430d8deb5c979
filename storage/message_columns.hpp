#pragma once

/// The columns of a message in the order of `each_column` (rows.hpp), for texts of SQL.
#define GENESIS_MESSAGE_COLUMNS                                                                                        \
  "id, conversation_id, seq, role, agent_name, content, status, run_id, artifacts, metadata, "                         \
  "created_at, updated_at, revision"
