#include "cli/logging.hpp"

#include "actors/audit.hpp"
#include "http/access_log.hpp"
#include "http/json_writer.hpp"

#include <spdlog/async.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <fcntl.h>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace genesis::cli {

namespace {

constexpr std::size_t queue_lines_max = 8'192;

/// Pieces of the access log, of 8 KiB: when the disk cannot keep up, the oldest are dropped.
constexpr std::size_t queue_pieces_max = 512;

/// How long the end waits for what is still queued: a disk that is merely slow takes some milliseconds for all of it.
constexpr std::chrono::seconds last_lines_time{1};

constexpr std::string_view access_name = "access";

/// One line of text per message: whatever a message holds, it cannot begin another line. The access log comes as lines
/// (`http::access_lines`).
class one_line_formatter final : public spdlog::formatter {
public:
  explicit one_line_formatter(config::log_format format) : format_(format) {}

  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    const std::string_view name{message.logger_name.data(), message.logger_name.size()};
    if (name == access_name) {
      out.append(message.payload.data(), message.payload.data() + message.payload.size());
      return;
    }
    const auto at = std::chrono::floor<std::chrono::milliseconds>(message.time);
    const auto level = spdlog::level::to_string_view(message.level);
    const std::string_view level_text{level.data(), level.size()};
    const std::string_view text{message.payload.data(), message.payload.size()};
    std::string line;
    if (format_ == config::log_format::json) {
      http::json_writer writer{line};
      writer.begin_object();
      writer.member("time", at).member("level", level_text).member("log", name).member("message", printable(text));
      writer.end_object();
    } else {
      line = to_rfc3339(at);
      line += ' ';
      line += level_text;
      line += ' ';
      line += printable(text);
    }
    line += '\n';
    out.append(line.data(), line.data() + line.size());
  }

  [[nodiscard]] std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<one_line_formatter>(format_);
  }

private:
  static std::string printable(std::string_view text) {
    std::string clean{text};
    for (auto& c : clean)
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
        c = ' ';
    return clean;
  }

  config::log_format format_;
};

/// A new file is its owner's alone; one that is there keeps the mode that somebody has given it.
void make_log_file(const spdlog::filename_t& file) {
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_NONBLOCK | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made >= 0)
    ::close(made);
}

/// Where lines go: the file, or standard error. Throws `spdlog::spdlog_ex`.
spdlog::sink_ptr make_sink(const config::settings::log_settings& settings) {
  if (settings.file.empty())
    return std::make_shared<spdlog::sinks::stderr_sink_mt>();
  spdlog::file_event_handlers handlers;
  handlers.before_open = make_log_file;
  const auto old_files = settings.file_count - 1;  // spdlog does not count the one being written
  return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(settings.file.string(),
    static_cast<std::size_t>(settings.file_bytes_max), static_cast<std::size_t>(old_files), false, handlers);
}

void keep_trail(std::shared_ptr<spdlog::logger> trail) {
  trail->set_level(spdlog::level::info);
  spdlog::drop(trail->name());
  spdlog::register_logger(std::move(trail));
}

/// The thread that writes the access log, while there is one.
std::shared_ptr<spdlog::details::thread_pool>& access_writer() {
  static std::shared_ptr<spdlog::details::thread_pool> writer;
  return writer;
}

}  // namespace

result<void> start_logging(const config::settings::log_settings& settings) {
  try {
    const auto sink = make_sink(settings);
    sink->set_formatter(std::make_unique<one_line_formatter>(settings.format));
    spdlog::init_thread_pool(queue_lines_max, 1);
    const auto make = [&](std::string_view name, const std::shared_ptr<spdlog::details::thread_pool>& by) {
      auto log = std::make_shared<spdlog::async_logger>(
        std::string{name}, sink, by, spdlog::async_overflow_policy::overrun_oldest);
      log->set_level(spdlog::level::from_str(settings.level));
      log->flush_on(spdlog::level::warn);
      return log;
    };
    spdlog::set_default_logger(make("genesis", spdlog::thread_pool()));
    keep_trail(make(audit_log_name, spdlog::thread_pool()));
    if (settings.access) {
      access_writer() = std::make_shared<spdlog::details::thread_pool>(queue_pieces_max, 1);
      http::set_access_log({make(access_name, access_writer()), settings.format});
    }
    spdlog::flush_every(std::chrono::seconds{1});
  } catch (const spdlog::spdlog_ex& failed) {
    return fail(errc::unavailable, "log.file: " + std::string{failed.what()});
  }
  return {};
}

result<void> keep_audit_trail(const config::settings::log_settings& settings) {
  if (settings.file.empty())
    return {};
  try {
    const auto sink = make_sink(settings);
    sink->set_formatter(std::make_unique<one_line_formatter>(settings.format));
    auto trail = std::make_shared<spdlog::logger>(audit_log_name, sink);
    trail->flush_on(spdlog::level::info);
    keep_trail(std::move(trail));
  } catch (const spdlog::spdlog_ex& failed) {
    return fail(errc::unavailable, "log.file: " + std::string{failed.what()});
  }
  return {};
}

void log_warnings_only() {
  auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  sink->set_formatter(std::make_unique<one_line_formatter>(config::log_format::text));
  auto log = std::make_shared<spdlog::logger>("genesis", std::move(sink));
  log->set_level(spdlog::level::warn);
  spdlog::set_default_logger(std::move(log));
}

bool stop_logging() {
  http::set_access_log({});
  auto written = std::make_shared<std::promise<void>>();
  const auto is_written = written->get_future();
  std::thread ending{[written, access = std::move(access_writer())]() mutable {
    access.reset();  // has written everything when it is gone
    spdlog::shutdown();
    written->set_value();
  }};
  if (is_written.wait_for(last_lines_time) == std::future_status::ready) {
    ending.join();
    return true;
  }
  ending.detach();
  return false;
}

}  // namespace genesis::cli
