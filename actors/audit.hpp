#pragma once

#include <spdlog/spdlog.h>

#include <utility>

namespace genesis {

/// The name of the log that lines of the audit trail go to, when there is one: it takes them whatever `log.level` is.
inline constexpr auto audit_log_name = "audit";

/// Writes down who changed or looked at what is another person's, or the whole installation's. The line begins with
/// `audit: `. On any thread.
template <class... Args>
void audit(spdlog::format_string_t<Args...> text, Args&&... args) {
  const auto own = spdlog::get(audit_log_name);
  auto* const log = own ? own.get() : spdlog::default_logger_raw();
  log->info("audit: {}", fmt::format(text, std::forward<Args>(args)...));
}

}  // namespace genesis
