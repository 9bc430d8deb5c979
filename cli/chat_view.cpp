#include "cli/chat_view.hpp"

#include "cli/artifact_table.hpp"
#include "cli/printable_text.hpp"

#include <algorithm>
#include <ostream>

namespace genesis::cli {

namespace {

constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view dim = "\x1b[2m";
constexpr std::string_view plain = "\x1b[0m";

}  // namespace

void chat_view::show_agent(std::string_view name) {
  end_line();
  if (has_spoken_)
    out_ << '\n';
  has_spoken_ = true;
  auto shown = printable(name);
  std::ranges::replace(shown, '\n', ' ');
  out_ << (is_terminal_ ? bold : "") << shown << ':' << (is_terminal_ ? plain : "") << ' ' << std::flush;
  is_line_open_ = true;
}

void chat_view::show_text(std::string_view piece) {
  const auto text = printable(piece);
  if (text.empty())
    return;
  out_ << text << std::flush;
  has_spoken_ = true;
  is_line_open_ = !text.ends_with('\n');
}

void chat_view::show_artifact(const boost::json::object& artifact) {
  tables_.push_back(artifact_table(artifact, units_));
}

void chat_view::show_note(std::string_view sentence) {
  // In a pipe the answer's line goes on behind the note, which may come out in the same place all the same.
  if (is_terminal_)
    end_line();
  else if (is_line_open_)
    notes_ << '\n';
  notes_ << (is_terminal_ ? dim : "") << printable(sentence) << (is_terminal_ ? plain : "") << '\n' << std::flush;
}

void chat_view::finish_answer() {
  end_line();
  for (const auto& table : tables_)
    out_ << '\n' << table;
  out_ << std::flush;
  tables_.clear();
  has_spoken_ = false;
}

void chat_view::end_line() {
  if (is_line_open_)
    out_ << '\n';
  is_line_open_ = false;
}

}  // namespace genesis::cli
