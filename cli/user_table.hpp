#pragma once

#include <span>
#include <string>

namespace genesis::cli {

/// An account as `genesis user list` shows it.
struct listed_user {
  std::string email;
  std::string role;
  bool is_active = true;
  std::string created_at;  ///< RFC 3339.
  std::string id;
};

/// A line of headings and one per account, in columns; a sentence when there is none.
std::string user_table(std::span<const listed_user> users);

}  // namespace genesis::cli
