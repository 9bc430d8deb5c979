#include "http/access_log.hpp"

#include "http/json_writer.hpp"

#include <spdlog/fmt/fmt.h>

#include <iterator>

namespace genesis::http {

namespace {

/// Some fifty lines. What a thread keeps of them is twice that at most.
constexpr std::size_t lines_bytes_max = std::size_t{8} * 1'024;

access_log& target() {
  static access_log where;
  return where;
}

/// Nothing of it can end the line: methods, templates and addresses are the server's words, ids have been looked at.
template <class Out>
void write_message(Out out, const exchange& request, int status, std::size_t bytes, std::chrono::nanoseconds duration) {
  const auto microseconds = std::chrono::round<std::chrono::microseconds>(duration).count();
  fmt::format_to(out, "{} {} {} {}.{:03}ms {}B peer={} request_id={}", to_string(request.head.verb()),
    request.match.path.empty() ? std::string_view{"none"} : request.match.path, status, microseconds / 1'000,
    microseconds % 1'000, bytes, request.peer, request.request_id);
  if (request.trace)
    fmt::format_to(out, " trace_id={} span_id={}", request.trace->trace_id, request.trace->span_id);
}

}  // namespace

void set_access_log(access_log where) {
  target() = std::move(where);
}

void access_lines::add(
  const exchange& request, timestamp now, int status, std::size_t bytes, std::chrono::nanoseconds duration) noexcept {
  const auto& log = target().log;
  if (!log || !log->should_log(spdlog::level::info))
    return;
  const auto before = lines_.size();
  try {
    write(request, now, status, bytes, duration);
  } catch (...) {
    lines_.resize(before);
  }
  if (lines_.size() >= lines_bytes_max)
    flush();
}

void access_lines::write_time(timestamp now) {
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  if (second != second_ || second_text_.empty()) {
    second_text_ = to_rfc3339(now);
    second_text_.resize(second_text_.find('.') + 1);
    second_ = second;
  }
  fmt::format_to(std::back_inserter(lines_), "{}{:03}Z", second_text_, (now - second).count());
}

void access_lines::write(
  const exchange& request, timestamp now, int status, std::size_t bytes, std::chrono::nanoseconds duration) {
  if (target().format == config::log_format::json) {
    std::string message;
    write_message(std::back_inserter(message), request, status, bytes, duration);
    json_writer writer{lines_};
    writer.begin_object();
    writer.member("time", now).member("level", "info").member("log", "access").member("message", message);
    writer.end_object();
  } else {
    write_time(now);
    lines_ += " info access ";
    write_message(std::back_inserter(lines_), request, status, bytes, duration);
  }
  lines_ += '\n';
}

void access_lines::flush() noexcept {
  if (lines_.empty())
    return;
  if (const auto& log = target().log)
    log->log(spdlog::level::info, spdlog::string_view_t{lines_.data(), lines_.size()});  // keeps its faults to itself
  lines_.clear();
}

}  // namespace genesis::http
