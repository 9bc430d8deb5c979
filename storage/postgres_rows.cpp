#include "storage/connection.hpp"
#include "storage/number_text.hpp"
#include "storage/postgres.hpp"
#include "storage/row_stream.hpp"
#include "storage/search_terms.hpp"

#include <bit>
#include <stdexcept>

// SOCI knows nothing of COPY, and runs a statement for each row: 85 us each.

namespace genesis::storage {

namespace {

using result_ptr = std::unique_ptr<PGresult, decltype(&PQclear)>;
using buffer_ptr = std::unique_ptr<char, decltype(&PQfreemem)>;

[[noreturn]] void complain(PGconn* handle, const PGresult* answer) {
  const char* const state = ::PQresultErrorField(answer, PG_DIAG_SQLSTATE);
  throw soci::postgresql_soci_error(::PQerrorMessage(handle), state != nullptr ? state : "08000");
}

void start_copy(PGconn* handle, const std::string& sql, ExecStatusType expected) {
  const result_ptr answer(::PQexec(handle, sql.c_str()), &PQclear);
  if (::PQresultStatus(answer.get()) != expected)
    complain(handle, answer.get());
}

/// What the server says at the end of a copy.
void finish_copy(PGconn* handle) {
  result_ptr last(nullptr, &PQclear);
  bool is_good = true;
  while (result_ptr answer{::PQgetResult(handle), &PQclear})
    if (is_good) {
      is_good = ::PQresultStatus(answer.get()) == PGRES_COMMAND_OK;
      last = std::move(answer);
    }
  if (!is_good || !last)
    complain(handle, last.get());
}

/// Reads PostgreSQL's binary form (the manual's chapter on COPY): big-endian, each field behind its length.
class binary_reader {
public:
  explicit binary_reader(std::string_view bytes) : left_(bytes) {}

  std::string_view take(std::size_t count) {
    if (left_.size() < count)
      throw std::runtime_error("a row came that is cut off");
    const auto taken = left_.substr(0, count);
    left_.remove_prefix(count);
    return taken;
  }
  template <class Number>
  Number number() {
    std::make_unsigned_t<Number> value = 0;
    for (const char byte : take(sizeof(Number)))
      value =
        static_cast<std::make_unsigned_t<Number>>((std::uint64_t{value} << 8U) | static_cast<unsigned char>(byte));
    return static_cast<Number>(value);
  }
  [[nodiscard]] bool is_empty() const noexcept { return left_.empty(); }

private:
  std::string_view left_;
};

class postgres_source : public row_source {
public:
  postgres_source(connection& from, const table_layout& layout, const std::string& sql)
      : handle_(postgres_handle_of(from.backend().session())), layout_(layout) {
    start_copy(handle_, "copy (" + sql + ") to stdout (format binary)", PGRES_COPY_OUT);
  }

  bool next(table_row& row) override {
    for (;;) {
      char* received = nullptr;
      const int size = ::PQgetCopyData(handle_, &received, 0);
      buffer_ = buffer_ptr{received, &PQfreemem};
      if (size < 0) {
        finish_copy(handle_);
        throw std::runtime_error("rows came without their end");
      }
      binary_reader bytes({received, static_cast<std::size_t>(size)});
      if (!has_begun_)
        skip_head(bytes);
      has_begun_ = true;
      if (!bytes.is_empty())
        return take_row(bytes, row);
    }
  }

private:
  static void skip_head(binary_reader& bytes) {
    constexpr std::size_t signature_size = 11;
    bytes.take(signature_size);
    bytes.number<std::int32_t>();  // flags
    bytes.take(static_cast<std::size_t>(bytes.number<std::int32_t>()));
  }

  /// A message holds one row.
  bool take_row(binary_reader& bytes, table_row& row) {
    const auto columns = bytes.number<std::int16_t>();
    if (columns < 0) {
      char* nothing = nullptr;
      while (::PQgetCopyData(handle_, &nothing, 0) > 0)
        ::PQfreemem(nothing);
      finish_copy(handle_);
      return false;
    }
    if (std::cmp_not_equal(columns, layout_.columns.size()))
      throw std::runtime_error("a row came with other columns");
    row.resize(layout_.columns.size());
    for (std::size_t i = 0; i < row.size(); ++i)
      row[i] = cell_of(bytes, layout_.columns[i].kind);
    return true;
  }

  static table_cell cell_of(binary_reader& bytes, column_kind kind) {
    const auto size = bytes.number<std::int32_t>();
    if (size < 0)
      return {};
    if (kind == column_kind::text)
      return table_cell::of(bytes.take(static_cast<std::size_t>(size)));
    if (kind == column_kind::real)
      return table_cell::of(std::bit_cast<double>(bytes.number<std::int64_t>()));
    return table_cell::of(
      size == sizeof(std::int32_t) ? std::int64_t{bytes.number<std::int32_t>()} : bytes.number<std::int64_t>());
  }

  PGconn* handle_;
  const table_layout& layout_;
  buffer_ptr buffer_{nullptr, &PQfreemem};
  bool has_begun_ = false;
};

/// Of what goes to libpq at once.
constexpr std::size_t piece_bytes = 65'536;

/// The text form, because that of a `tsvector` is what the program makes.
class postgres_sink : public row_sink {
public:
  postgres_sink(connection& to, const table_layout& layout) : handle_(postgres_handle_of(to.backend().session())) {
    auto columns = layout.column_list();
    if (layout.name == "messages") {
      columns += ", search_vector";
      owner_ = layout.place_of("user_id");
      content_ = layout.place_of("content");
      words_.emplace();
    }
    sql_ = "copy " + std::string{layout.name} + " (" + columns + ") from stdin";
  }

  void begin() override { start_copy(handle_, sql_, PGRES_COPY_IN); }

  void put(const table_row& row) override {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0)
        text_ += '\t';
      append(row[i]);
    }
    if (words_) {
      text_ += '\t';
      append_escaped(to_tsvector(row[content_].text, stored<user_id>::take(std::string{row[owner_].text}), *words_));
    }
    text_ += '\n';
    if (text_.size() >= piece_bytes)
      send();
  }

  void end() override {
    send();
    if (::PQputCopyEnd(handle_, nullptr) != 1)
      complain(handle_, nullptr);
    finish_copy(handle_);
  }

private:
  void send() {
    // When the server has refused a row, libpq goes on taking data, and `end` hears of it.
    if (!text_.empty() && ::PQputCopyData(handle_, text_.data(), static_cast<int>(text_.size())) != 1)
      complain(handle_, nullptr);
    text_.clear();
  }

  void append(const table_cell& cell) {
    using kind = table_cell::kind_type;
    switch (cell.kind) {
    case kind::null: text_ += "\\N"; return;
    case kind::integer: append_number(text_, cell.integer); return;
    case kind::real: append_number(text_, cell.real + 0.0); return;  // digits that give the same number back
    case kind::text:
    case kind::other: append_escaped(cell.text); return;
    }
  }

  void append_escaped(std::string_view value) {
    for (const char c : value) {
      switch (c) {
      case '\\': text_ += "\\\\"; break;
      case '\t': text_ += "\\t"; break;
      case '\n': text_ += "\\n"; break;
      case '\r': text_ += "\\r"; break;
      default: text_ += c;
      }
    }
  }

  PGconn* handle_;
  std::string sql_;
  std::string text_;
  std::size_t owner_ = 0;
  std::size_t content_ = 0;
  std::optional<stemmers> words_;  ///< Of messages.
};

}  // namespace

std::unique_ptr<row_source> read_postgres_rows(connection& from, const table_layout& layout, const std::string& sql) {
  return std::make_unique<postgres_source>(from, layout, sql);
}

std::unique_ptr<row_sink> write_postgres_rows(connection& to, const table_layout& layout) {
  return std::make_unique<postgres_sink>(to, layout);
}

}  // namespace genesis::storage
