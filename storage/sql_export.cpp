#include "storage/paging.hpp"
#include "storage/sql_store.hpp"
#include "storage/storage_error.hpp"

#include <algorithm>

namespace genesis::storage {

namespace {

/// Rows of a statement. libpq holds a whole result, and these may be of the longest messages there are: 160 KiB each. A
/// statement costs as much as two or three short rows.
constexpr std::int64_t slice_rows_max = 32;

/// Conversations that are looked into for one part, be it that they have few messages.
constexpr std::int64_t conversations_max = 64;

std::size_t bytes_of(const message& each) noexcept {
  return each.content.size() + each.artifacts_json.size() + each.metadata_json.size();
}

/// Fills one part, through the indexes that serve the lists of conversations and of messages.
class partition_reader {
public:
  partition_reader(connection& database, const read_message_partition& question)
      : database_(database), question_(question) {}

  message_partition read() {
    const auto after = question_.after.value_or(export_place{});
    if (question_.conversation)
      read_conversation({{0, question_.conversation->value}, after.seq});
    else if (!question_.after || read_conversation(after))
      read_conversations_behind(question_.after);
    if (question_.with_runs && !partition_.messages.empty())
      read_runs();
    return std::move(partition_);
  }

private:
  [[nodiscard]] std::int64_t rows_left() const noexcept {
    return bytes_ >= partition_bytes_max ? 0 : partition_rows_max - std::ssize(partition_.messages);
  }

  /// False when the part is full before the conversation has come to its end.
  bool read_conversation(const export_place& from) {
    const conversation_id id{from.conversation.id};
    read_to_ = from;
    for (;;) {
      const auto limit = std::min(rows_left(), slice_rows_max);
      if (limit <= 0) {
        partition_.next = read_to_;
        return false;
      }
      auto rows =
        database_.rows<message>(statement_id::list_messages_oldest_first, id, question_.user, read_to_.seq, limit);
      for (auto& each : rows) {
        read_to_.seq = each.seq;
        bytes_ += bytes_of(each);
        partition_.messages.push_back(std::move(each));
      }
      if (std::ssize(rows) < limit)
        return true;
    }
  }

  void read_conversations_behind(const std::optional<export_place>& place) {
    page_query query{conversations_max, std::nullopt, list_order::oldest_first};
    if (place)
      query.after = place->conversation;
    const auto start = start_of(query);
    const auto found = database_.rows<conversation>(
      statement_id::list_conversations_oldest_first, question_.user, start.key, start.id, query.limit);
    for (const auto& each : found) {
      const export_place beginning{{each.created_at.time_since_epoch().count(), each.id.value}, 0};
      if (each.message_count == 0)
        read_to_ = beginning;
      else if (!read_conversation(beginning))
        return;
    }
    if (std::ssize(found) == conversations_max)
      partition_.next = read_to_;
  }

  void read_runs() {
    std::vector<std::string> ids;
    for (const auto& each : partition_.messages)
      if (each.run && each.role == message_role::assistant)
        ids.push_back(to_string(*each.run));
    if (!ids.empty())
      partition_.runs = database_.rows<run>(statement_id::select_runs, ids, question_.user);
  }

  connection& database_;
  const read_message_partition& question_;
  message_partition partition_;
  std::size_t bytes_ = 0;
  export_place read_to_;
};

}  // namespace

result<message_partition> sql_store::answer(const read_message_partition& question) {
  return attempt([&] { return partition_reader{*database_, question}.read(); });
}

}  // namespace genesis::storage
