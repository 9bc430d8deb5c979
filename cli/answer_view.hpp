#pragma once

#include <boost/json/object.hpp>

#include <string_view>

namespace genesis::cli {

/// Shows one answer after the other to a person. Texts come from the server as they are, not yet printable.
class answer_view {
public:
  answer_view() = default;
  answer_view(const answer_view&) = delete;
  answer_view& operator=(const answer_view&) = delete;
  virtual ~answer_view() = default;

  /// Who speaks from here on.
  virtual void show_agent(std::string_view name) = 0;
  /// The next piece of the text.
  virtual void show_text(std::string_view piece) = 0;
  /// `{type, data, sources}`.
  virtual void show_artifact(const boost::json::object& artifact) = 0;
  /// A sentence about the connection or the queue, not part of the answer.
  virtual void show_note(std::string_view sentence) = 0;
  /// The results that have come are of an answer that was cancelled, and are not to be shown.
  virtual void drop_results() = 0;
  /// No more of this answer comes, whatever its outcome.
  virtual void finish_answer() = 0;
};

}  // namespace genesis::cli
