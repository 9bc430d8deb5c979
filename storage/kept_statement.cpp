#include "storage/kept_statement.hpp"

#include "storage/number_text.hpp"

#include <soci/soci.h>

#include <deque>

namespace genesis::storage {

struct kept_statement::cell {
  kind what = kind::integer;
  long long integer = 0;
  double real = 0;
  std::string text;  ///< Of a number too, where it is sent as one.
  soci::indicator state = soci::i_ok;
};

struct kept_statement::binding {
  binding(soci::session& session, engine of, std::string text)
      : statement(session), sql(std::move(text)), database(of) {}

  // Cells stay where they are while the statement lives, because it holds their addresses; it goes before them.
  std::deque<cell> parameters;
  std::deque<cell> columns;
  soci::statement statement;
  std::string sql;
  engine database;
  bool is_prepared = false;
  bool is_bound = false;
  std::size_t next_parameter = 0;
  std::size_t next_column = 0;
};

namespace {

template <class Cell, class Bind>
void bind_cell(Cell& cell, const Bind& bind) {
  switch (cell.what) {
  case kept_statement::kind::integer: bind(cell.integer); break;
  case kept_statement::kind::real: bind(cell.real); break;
  case kept_statement::kind::text: bind(cell.text); break;
  }
}

}  // namespace

kept_statement::kept_statement(soci::session& session, engine database, std::string sql)
    : binding_(std::make_unique<binding>(session, database, std::move(sql))) {}

kept_statement::~kept_statement() = default;

bool kept_statement::is_prepared() const noexcept {
  return binding_->is_prepared;
}

const soci::details::statement_backend* kept_statement::backend() const noexcept {
  return binding_->statement.get_backend();
}

void kept_statement::rewind() noexcept {
  binding_->next_parameter = 0;
}

kept_statement::cell& kept_statement::next_parameter(kind what) {
  auto& all = binding_->parameters;
  if (binding_->next_parameter == all.size() && !binding_->is_prepared)
    all.emplace_back().what = what;
  auto& next = all.at(binding_->next_parameter++);
  if (next.what != what)
    throw std::logic_error("a parameter changed its kind");
  return next;
}

void kept_statement::put(std::int64_t value) {
  auto& next = next_parameter(kind::integer);
  next.integer = value;
  next.state = soci::i_ok;
}

void kept_statement::put(double value) {
  auto& next = next_parameter(kind::real);
  next.real = value;
  next.state = soci::i_ok;
}

void kept_statement::put(std::string_view value) {
  // PostgreSQL's texts have no NUL, and SOCI would cut them there without a word.
  if (binding_->database == engine::postgresql && value.find('\0') != std::string_view::npos)
    throw unstorable_text("a text holds NUL");
  auto& next = next_parameter(kind::text);
  next.text = value;
  next.state = soci::i_ok;
}

void kept_statement::put_null(kind what) {
  next_parameter(what).state = soci::i_null;
}

void kept_statement::define(kind what) {
  binding_->columns.emplace_back().what = what;
}

void kept_statement::prepare() {
  auto& statement = binding_->statement;
  for (auto& each : binding_->columns)
    bind_cell(each, [&](auto& variable) { statement.exchange(soci::into(variable, each.state)); });
  for (auto& each : binding_->parameters)
    bind_cell(each, [&](auto& variable) { statement.exchange(soci::use(variable, each.state)); });
  statement.alloc();
  statement.prepare(binding_->sql);
  binding_->is_prepared = true;
}

void kept_statement::start() {
  auto& statement = binding_->statement;
  if (!binding_->is_prepared)
    prepare();
  if (!binding_->is_bound) {
    statement.define_and_bind();
    binding_->is_bound = true;
  }
  // Without columns the statement runs to its end here; with columns nothing is fetched yet.
  statement.execute(binding_->columns.empty());
}

void kept_statement::write_parameters(std::vector<const char*>& texts) {
  texts.clear();
  for (auto& each : binding_->parameters) {
    if (each.what != kind::text)
      each.text.clear();
    if (each.what == kind::integer)
      append_number(each.text, each.integer);
    else if (each.what == kind::real)
      append_number(each.text, each.real);
    texts.push_back(each.state == soci::i_null ? nullptr : each.text.c_str());
  }
}

bool kept_statement::make_fit() noexcept {
  if (!binding_->is_prepared)
    return false;
  binding_->statement.undefine_and_bind();
  binding_->is_bound = false;
  return true;
}

bool kept_statement::fetch() {
  binding_->next_column = 0;
  return !binding_->columns.empty() && binding_->statement.fetch();
}

std::int64_t kept_statement::affected_rows() {
  return binding_->statement.get_affected_rows();
}

kept_statement::cell& kept_statement::next_column() {
  auto& next = binding_->columns.at(binding_->next_column++);
  if (next.state == soci::i_null)
    throw unreadable_row("a stored value is missing");
  return next;
}

bool kept_statement::next_is_null() const {
  return binding_->columns.at(binding_->next_column).state == soci::i_null;
}

void kept_statement::skip() {
  ++binding_->next_column;
}

void kept_statement::take(std::int64_t& value) {
  value = next_column().integer;
}

void kept_statement::take(double& value) {
  value = next_column().real;
}

void kept_statement::take(std::string& value) {
  value = std::move(next_column().text);
}

}  // namespace genesis::storage
