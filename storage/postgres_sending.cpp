#include "storage/kept_statement.hpp"
#include "storage/postgres.hpp"
#include "storage/postgres_backend.hpp"
#include "storage/socket_watch.hpp"

#include <cstdlib>
#include <string_view>

/// Statements that are sent one behind the other, in libpq's pipeline mode (PostgreSQL 15, 34.5).
namespace genesis::storage {

namespace {

/// Behind a commit that was waited for, what is durable has it; what is inserted may have more, which replicas get a
/// quarter of a second later.
constexpr auto flushed_position = "select pg_current_wal_flush_lsn()";

}  // namespace

bool postgres_backend::is_sending() const noexcept {
  return ::PQpipelineStatus(handle_) != PQ_PIPELINE_OFF;
}

bool postgres_backend::begin_sending() noexcept {
  return is_sending() || ::PQenterPipelineMode(handle_) == 1;
}

void postgres_backend::send(kept_statement& statement) {
  const auto& name = static_cast<const soci::postgresql_statement_backend*>(statement.backend())->statementName_;
  statement.write_parameters(parameters_);
  start_clock();  // for once in a while there is no room left, and what was sent goes out
  const bool is_sent =
    begin_sending() && ::PQsendQueryPrepared(handle_, name.c_str(), static_cast<int>(parameters_.size()),
                         parameters_.data(), nullptr, nullptr, 0) == 1;
  stop_clock();
  if (!is_sent) {
    is_lost_ = true;
    throw soci::postgresql_soci_error(::PQerrorMessage(handle_), "08000");
  }
  ++sent_;
}

/// Who sends or receives next is told of a failure, with the server's last words.
void postgres_backend::push() noexcept {
  start_clock();
  static_cast<void>(::PQflush(handle_));
  stop_clock();
}

void postgres_backend::receive(const std::function<void(std::optional<std::int64_t>)>& on_answer) {
  result_ptr refusal(nullptr, &PQclear);
  is_synchronised_ = ::PQpipelineSync(handle_) == 1;
  is_lost_ |= !is_synchronised_;
  while (sent_ > 0 && !refusal && !is_lost_) {
    auto answer = next_answer();
    --sent_;
    if (is_good(answer.get())) {
      on_answer(std::strtoll(::PQcmdTuples(answer.get()), nullptr, 10));
      continue;
    }
    note_refusal(answer.get());
    on_answer(std::nullopt);
    refusal = std::move(answer);
  }
  end_sending();
  if (refusal || is_lost_)
    check(refusal.get());
}

/// The clock runs for each answer by itself, as it does for each statement that is sent alone.
postgres_backend::result_ptr postgres_backend::next_answer() noexcept {
  start_clock();
  result_ptr answer(::PQgetResult(handle_), &PQclear);
  if (answer != nullptr)
    while (const result_ptr end{::PQgetResult(handle_), &PQclear}) {
    }
  stop_clock();
  return answer;
}

/// An answer and a null for each that is left, then the point.
void postgres_backend::skip_to_point() noexcept {
  start_clock();
  for (int nulls = 0; !is_lost_;) {
    const result_ptr rest{::PQgetResult(handle_), &PQclear};
    if (rest != nullptr && ::PQresultStatus(rest.get()) == PGRES_PIPELINE_SYNC)
      break;
    nulls = rest == nullptr ? nulls + 1 : 0;
    is_lost_ = nulls > 1 || ::PQstatus(handle_) != CONNECTION_OK;
  }
  stop_clock();
}

void postgres_backend::end_sending() noexcept {
  if (!is_sending())
    return;
  if (!is_synchronised_ && ::PQpipelineSync(handle_) != 1)
    is_lost_ = true;
  skip_to_point();
  is_lost_ |= ::PQexitPipelineMode(handle_) != 1;
  is_synchronised_ = false;
  sent_ = 0;
}

/// Behind the point, what is refused leaves what is sent afterwards as it is; before it, a position that is refused
/// leaves the commit as it is.
void postgres_backend::send_commit(bool locates) noexcept {
  const auto send = [this](const char* sql) {
    return ::PQsendQueryParams(handle_, sql, 0, nullptr, nullptr, nullptr, nullptr, 0) == 1;
  };
  is_locating_ = locates;
  start_clock();
  is_lost_ |=
    !(begin_sending() && send("commit") && (!locates || send(flushed_position)) && ::PQpipelineSync(handle_) == 1);
  stop_clock();
}

std::optional<log_position> postgres_backend::receive_commit() {
  const auto committed = next_answer();
  const auto located = is_locating_ && committed != nullptr ? next_answer() : result_ptr(nullptr, &PQclear);
  if (committed != nullptr)
    skip_to_point();
  if (sent_ == 0)
    is_lost_ |= ::PQexitPipelineMode(handle_) != 1;
  note_silence(committed.get());
  check(committed.get());
  if (std::string_view{::PQcmdStatus(committed.get())} != "COMMIT")  // of a transaction that had failed
    throw soci::postgresql_soci_error("the server has rolled back", "25000");
  if (located == nullptr || !is_good(located.get()))
    return std::nullopt;
  return log_position::parse(::PQgetvalue(located.get(), 0, 0));
}

}  // namespace genesis::storage
