#include "storage/gathered_rows.hpp"

#include "storage/number_text.hpp"
#include "storage/sql_dialect.hpp"

#include <algorithm>
#include <stdexcept>

namespace genesis::storage {

namespace {

/// What a column keeps of its memory from one group to the next.
constexpr std::size_t kept_bytes_max = std::size_t{64} * 1'024;

constexpr std::string_view array_type_of(gathered_rows::kind what) {
  switch (what) {
  case gathered_rows::kind::integer: return "bigint[]";
  case gathered_rows::kind::real: return "double precision[]";
  case gathered_rows::kind::text: break;
  }
  return "text[]";
}

/// Looks for what is special by itself: `find_first_of` calls memchr for each character.
void append_quoted(std::string& text, std::string_view value) {
  const auto is_special = [](char c) { return c == '"' || c == '\\'; };
  text += '"';
  while (true) {
    const auto special = std::ranges::find_if(value, is_special);
    text.append(value.begin(), special);
    if (special == value.end())
      break;
    text += '\\';
    text += *special;
    value = {special + 1, value.end()};
  }
  text += '"';
}

/// Behind the parenthesis that closes the one at `open`.
std::size_t end_of_parentheses(std::string_view sql, std::size_t open) {
  int depth = 0;
  for (auto at = open; at < sql.size(); ++at) {
    depth += sql[at] == '(' ? 1 : sql[at] == ')' ? -1 : 0;
    if (depth == 0)
      return at + 1;
  }
  throw std::logic_error("a statement's parentheses do not match");
}

}  // namespace

void gathered_rows::begin_row() noexcept {
  next_ = 0;
  ++rows_;
}

std::string& gathered_rows::next_element(kind what) {
  if (next_ == columns_.size() && rows_ == 1)
    columns_.push_back({what, {}});
  auto& next = columns_.at(next_++);
  if (next.what != what)
    throw std::logic_error("a column changed its kind");
  if (rows_ > 1)
    next.elements += ',';
  return next.elements;
}

void gathered_rows::put(std::int64_t value) {
  append_number(next_element(kind::integer), value);
}

void gathered_rows::put(double value) {
  append_number(next_element(kind::real), value);
}

void gathered_rows::put(std::string_view value) {
  append_quoted(next_element(kind::text), value);
}

void gathered_rows::put_null(kind what) {
  next_element(what) += "NULL";
}

std::size_t gathered_rows::bytes() const noexcept {
  std::size_t sum = 0;
  for (const auto& each : columns_)
    sum += each.elements.size();
  return sum;
}

void gathered_rows::clear() noexcept {
  for (auto& each : columns_) {
    if (each.elements.capacity() > kept_bytes_max)
      std::string{}.swap(each.elements);
    each.elements.clear();
  }
  rows_ = 0;
}

std::string gathered_rows::statement_for(std::string_view sql) const {
  // No column of ours is called so, and each name means the row that is there, but for these.
  const auto text = with_parameters(sql, "gathered_").first;
  std::string names;
  std::string rows = " from unnest(";
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const auto name = "gathered_" + std::to_string(i + 1);
    rows.append(i == 0 ? "" : ", ").append("cast(:").append(name).append(" as ");
    rows.append(array_type_of(columns_[i].what)).append(")");
    names.append(i == 0 ? "" : ", ").append(name);
  }
  rows.append(") as gathered (").append(names).append(")");
  if (text.starts_with("update ")) {
    const auto condition = text.find(" where ");
    if (condition == std::string::npos)
      throw std::logic_error("an update of all rows cannot be gathered");
    return text.substr(0, condition) + rows + text.substr(condition);
  }
  constexpr std::string_view values = " values ";
  const auto list = text.find(values);
  if (!text.starts_with("insert ") || list == std::string::npos)
    throw std::logic_error("this statement cannot be gathered");
  const auto open = list + values.size();
  const auto end = end_of_parentheses(text, open);
  return text.substr(0, list) + " select " + text.substr(open + 1, end - open - 2) + rows + text.substr(end);
}

void gathered_rows::put_all(kept_statement& statement) {
  statement.rewind();
  for (const auto& each : columns_)
    statement.put("{" + each.elements + "}");
}

}  // namespace genesis::storage
