#pragma once

#include "storage/database_url.hpp"
#include "storage/statements.hpp"

#include <string>
#include <string_view>
#include <utility>

/// Where the SQL of the two databases differs. Everything else is the one text that both understand (statements.cpp).
namespace genesis::storage {

/// The statement as this database takes it.
statement_text statement_for(engine kind, statement_id id) noexcept;

/// The text with the prefix and 1, 2, ... in place of each `:name`, and how many there are. Every place is a parameter
/// of its own.
std::pair<std::string, int> with_parameters(std::string_view sql, std::string_view prefix);

}  // namespace genesis::storage
