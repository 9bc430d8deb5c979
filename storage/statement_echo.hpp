#pragma once

#include "storage/connection.hpp"
#include "storage/database_url.hpp"

namespace genesis::storage {

/// Writes every statement to the log, with its text as it was prepared: the values are not in it. Passes on what it is
/// told.
class statement_echo final : public statement_observer {
public:
  /// `next` may be null, and outlives this.
  statement_echo(engine kind, statement_observer* next) : kind_(kind), next_(next) {}

  void on_statement(const statement_run& run) noexcept override;

private:
  engine kind_;
  statement_observer* next_;
};

}  // namespace genesis::storage
