#pragma once

#include "cli/answer_view.hpp"
#include "domain/user.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace genesis::cli {

/// Writes answers to a terminal or a pipe: the agent's name, the text as it comes, then its results as tables. Nothing
/// of the server's reaches the output unless it is printable.
class chat_view final : public answer_view {
public:
  /// Answers go to `out`, notes to `notes`; both outlive the view. Names are set off by weight where `is_terminal`.
  /// Tables are in `units`.
  chat_view(std::ostream& out, std::ostream& notes, bool is_terminal, unit_system units = unit_system::metric)
      : out_(out), notes_(notes), is_terminal_(is_terminal), units_(units) {}

  void show_agent(std::string_view name) override;
  void show_text(std::string_view piece) override;
  void show_artifact(const boost::json::object& artifact) override;
  void show_note(std::string_view sentence) override;
  void drop_results() override { tables_.clear(); }
  void finish_answer() override;

private:
  void end_line();

  std::ostream& out_;
  std::ostream& notes_;
  bool is_terminal_;
  unit_system units_;
  bool is_line_open_ = false;
  bool has_spoken_ = false;  // in this answer
  std::vector<std::string> tables_;
};

}  // namespace genesis::cli
