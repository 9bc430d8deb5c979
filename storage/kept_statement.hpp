#pragma once

#include "storage/database_url.hpp"
#include "storage/stored_value.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace soci {
class session;
namespace details {
class statement_backend;
}
}  // namespace soci

namespace genesis::storage {

/// A statement that is prepared once and run many times, with the variables that its parameters and columns are bound
/// to.
///
/// One run: `rewind`, a `put` per parameter, `start`, then `fetch` until it is false with a `take` per column after
/// each. Fetching to the end is what closes the read transaction that SQLite opened for the statement. The first run
/// fixes the kinds of parameters and columns; every later one puts and takes the same kinds. Throws what SOCI throws,
/// and `unstorable_text`.
class kept_statement {
public:
  enum class kind : std::uint8_t { integer, real, text };

  kept_statement(soci::session& session, engine database, std::string sql);
  kept_statement(const kept_statement&) = delete;
  kept_statement& operator=(const kept_statement&) = delete;
  ~kept_statement();

  [[nodiscard]] bool is_prepared() const noexcept;
  /// SOCI's half of it that knows the database.
  [[nodiscard]] const soci::details::statement_backend* backend() const noexcept;
  /// Starts over with the first parameter.
  void rewind() noexcept;

  void put(std::int64_t value);
  void put(double value);
  void put(std::string_view value);
  void put_null(kind what);

  /// Makes a statement without columns known to the database, once its parameters are put. After a throw it is of no
  /// use.
  void prepare();
  /// What its parameters are, as texts; null for null. They stay until the next `put`.
  void write_parameters(std::vector<const char*>& texts);

  /// After a run that threw: lets go of what was bound. False when the statement was not prepared and cannot run again.
  bool make_fit() noexcept;

  /// Adds a column; all of them before the first `start`.
  void define(kind what);

  void start();
  bool fetch();
  [[nodiscard]] std::int64_t affected_rows();

  [[nodiscard]] bool next_is_null() const;
  void skip();
  /// The next column. A null is an `unreadable_row`.
  void take(std::int64_t& value);
  void take(double& value);
  void take(std::string& value);

private:
  struct cell;
  struct binding;

  cell& next_parameter(kind what);
  cell& next_column();

  std::unique_ptr<binding> binding_;
};

template <class Base>
inline constexpr auto kind_of = std::same_as<Base, std::int64_t> ? kept_statement::kind::integer
                                : std::same_as<Base, double>     ? kept_statement::kind::real
                                                                 : kept_statement::kind::text;

/// Puts the members of a row into a statement's parameters, or into a row that is gathered for one.
template <class Parameters>
class parameter_writer {
public:
  explicit parameter_writer(Parameters& parameters) : parameters_(parameters) {}

  template <storable T>
  void operator()(const T& value) {
    if (writes_null_)
      parameters_.put_null(kind_of<typename stored<T>::base>);
    else
      parameters_.put(stored<T>::put(value));
  }
  template <class T>
  void operator()(const std::optional<T>& value) {
    if (value && !writes_null_)
      (*this)(*value);
    else
      parameters_.put_null(kind_of<typename stored<T>::base>);
  }
  template <class T, class Members>
  void group(const std::optional<T>& value, Members&& members) {
    const bool is_inside_null = writes_null_;
    writes_null_ = writes_null_ || !value;
    const T whole = value.value_or(T{});
    members(whole);
    writes_null_ = is_inside_null;
  }

private:
  Parameters& parameters_;
  bool writes_null_ = false;
};

/// Tells a statement what columns a row has.
class column_definer {
public:
  explicit column_definer(kept_statement& statement) : statement_(statement) {}

  template <storable T>
  void operator()(const T&) {
    statement_.define(kind_of<typename stored<T>::base>);
  }
  template <class T>
  void operator()(const std::optional<T>&) {
    statement_.define(kind_of<typename stored<T>::base>);
  }
  template <class T, class Members>
  void group(std::optional<T>&, Members&& members) {
    T whole{};
    members(whole);
  }

private:
  kept_statement& statement_;
};

/// Fills a row from the columns of the current result.
class column_reader {
public:
  explicit column_reader(kept_statement& statement) : statement_(statement) {}

  template <storable T>
  void operator()(T& value) {
    if (skips_) {
      statement_.skip();
      return;
    }
    typename stored<T>::base base{};
    statement_.take(base);
    value = stored<T>::take(std::move(base));
  }
  template <class T>
  void operator()(std::optional<T>& value) {
    if (skips_ || statement_.next_is_null()) {
      statement_.skip();
      value.reset();
    } else {
      (*this)(value.emplace());
    }
  }
  template <class T, class Members>
  void group(std::optional<T>& value, Members&& members) {
    const bool is_inside_skipped = skips_;
    const bool is_absent = skips_ = skips_ || statement_.next_is_null();
    T whole{};
    members(whole);
    value = is_absent ? std::nullopt : std::optional{std::move(whole)};
    skips_ = is_inside_skipped;
  }

private:
  kept_statement& statement_;
  bool skips_ = false;
};

}  // namespace genesis::storage
