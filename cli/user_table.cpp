#include "cli/user_table.hpp"

#include "cli/printable_text.hpp"

#include <algorithm>
#include <string_view>

namespace genesis::cli {

namespace {

constexpr std::string_view email_heading = "E-MAIL";
constexpr std::size_t role_width = 7;
constexpr std::size_t active_width = 8;
constexpr std::size_t created_width = 26;

void append_padded(std::string& line, std::string_view text, std::size_t width) {
  line += text;
  line.append(width > column_count(text) ? width - column_count(text) : 1, ' ');
}

}  // namespace

std::string user_table(std::span<const listed_user> users) {
  if (users.empty())
    return "There are no accounts. Make one with 'genesis user add'.\n";
  std::size_t email_width = email_heading.size();
  for (const auto& each : users)
    email_width = std::max(email_width, each.email.size());
  email_width += 2;
  std::string table;
  const auto append_row = [&](std::string_view email, std::string_view role, std::string_view active,
                            std::string_view created, std::string_view id) {
    append_padded(table, email, email_width);
    append_padded(table, role, role_width);
    append_padded(table, active, active_width);
    append_padded(table, created, created_width);
    (table += id) += '\n';
  };
  append_row(email_heading, "ROLE", "ACTIVE", "CREATED", "ID");
  for (const auto& each : users)
    append_row(printable(each.email), printable(each.role), each.is_active ? "yes" : "no", printable(each.created_at),
      printable(each.id));
  return table;
}

}  // namespace genesis::cli
