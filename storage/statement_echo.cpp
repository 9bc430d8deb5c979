#include "storage/statement_echo.hpp"

#include "storage/sql_dialect.hpp"

#include <spdlog/spdlog.h>

namespace genesis::storage {

void statement_echo::on_statement(const statement_run& run) noexcept {
  if (next_ != nullptr)
    next_->on_statement(run);
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(run.duration).count();
  spdlog::info("statement {}: {} us, {}: {}", run.name, microseconds,
    run.is_ok ? fmt::format("{} rows", run.rows) : std::string{"failed"}, statement_for(kind_, run.id).sql);
}

}  // namespace genesis::storage
