#include "storage/connection.hpp"
#include "storage/message_index.hpp"
#include "storage/row_stream.hpp"
#include "storage/sqlite.hpp"

namespace genesis::storage {

namespace {

struct finalize_statement {
  void operator()(sqlite3_stmt* what) const noexcept { ::sqlite3_finalize(what); }
};
using statement_ptr = std::unique_ptr<sqlite3_stmt, finalize_statement>;

[[noreturn]] void complain(sqlite3* handle, int code) {
  throw soci::sqlite3_soci_error(::sqlite3_errmsg(handle), code);
}

statement_ptr prepare(sqlite3* handle, const std::string& sql) {
  sqlite3_stmt* made = nullptr;
  if (const int code = ::sqlite3_prepare_v2(handle, sql.c_str(), -1, &made, nullptr); code != SQLITE_OK)
    complain(handle, code);
  return statement_ptr{made};
}

table_cell cell_at(sqlite3_stmt* row, int column) {
  using kind = table_cell::kind_type;
  const auto bytes = [&](const void* first) {
    return std::string_view{
      static_cast<const char*>(first), static_cast<std::size_t>(::sqlite3_column_bytes(row, column))};
  };
  switch (::sqlite3_column_type(row, column)) {
  case SQLITE_NULL: return {};
  case SQLITE_INTEGER: return table_cell::of(std::int64_t{::sqlite3_column_int64(row, column)});
  case SQLITE_FLOAT: return table_cell::of(::sqlite3_column_double(row, column));
  case SQLITE_TEXT: return table_cell::of(bytes(::sqlite3_column_text(row, column)));
  default: return {.kind = kind::other, .text = bytes(::sqlite3_column_blob(row, column))};
  }
}

class sqlite_source : public row_source {
public:
  sqlite_source(connection& from, const table_layout& layout, const std::string& sql)
      : handle_(sqlite_handle_of(from.backend().session())), columns_(layout.columns.size()),
        statement_(prepare(handle_, sql)) {}

  bool next(table_row& row) override {
    const int code = ::sqlite3_step(statement_.get());
    if (code == SQLITE_DONE)
      return false;
    if (code != SQLITE_ROW)
      complain(handle_, code);
    row.resize(columns_);
    for (std::size_t i = 0; i < columns_; ++i)
      row[i] = cell_at(statement_.get(), static_cast<int>(i));
    return true;
  }

private:
  sqlite3* handle_;
  std::size_t columns_;
  statement_ptr statement_;
};

class sqlite_sink : public row_sink {
public:
  sqlite_sink(connection& to, const table_layout& layout)
      : to_(to), handle_(sqlite_handle_of(to.backend().session())), is_of_messages_(layout.name == "messages"),
        statement_(prepare(handle_, insertion_into(layout))) {}

  void begin() override {}

  void put(const table_row& row) override {
    for (std::size_t i = 0; i < row.size(); ++i)
      bind(static_cast<int>(i) + 1, row[i]);
    const int code = ::sqlite3_step(statement_.get());
    if (code != SQLITE_DONE)
      complain(handle_, code);
    ::sqlite3_reset(statement_.get());
  }

  // Triggers have put the messages into the queue of the full-text index.
  void end() override {
    while (is_of_messages_ && index_queued_messages(to_) != 0) {
    }
  }

private:
  static std::string insertion_into(const table_layout& layout) {
    auto sql = "insert into " + std::string{layout.name} + " (" + layout.column_list() + ") values (";
    for (std::size_t i = 0; i < layout.columns.size(); ++i)
      sql += i == 0 ? "?" : ", ?";
    return sql + ")";
  }

  void bind(int place, const table_cell& cell) {
    using kind = table_cell::kind_type;
    int code = SQLITE_OK;
    switch (cell.kind) {
    case kind::null: code = ::sqlite3_bind_null(statement_.get(), place); break;
    case kind::integer: code = ::sqlite3_bind_int64(statement_.get(), place, cell.integer); break;
    case kind::real: code = ::sqlite3_bind_double(statement_.get(), place, cell.real); break;
    case kind::text:  // which outlasts the step
      code =
        ::sqlite3_bind_text64(statement_.get(), place, cell.text.data(), cell.text.size(), SQLITE_STATIC, SQLITE_UTF8);
      break;
    case kind::other: code = SQLITE_MISMATCH; break;
    }
    if (code != SQLITE_OK)
      complain(handle_, code);
  }

  connection& to_;
  sqlite3* handle_;
  bool is_of_messages_;
  statement_ptr statement_;
};

}  // namespace

std::unique_ptr<row_source> read_sqlite_rows(connection& from, const table_layout& layout, const std::string& sql) {
  return std::make_unique<sqlite_source>(from, layout, sql);
}

std::unique_ptr<row_sink> write_sqlite_rows(connection& to, const table_layout& layout) {
  return std::make_unique<sqlite_sink>(to, layout);
}

}  // namespace genesis::storage
