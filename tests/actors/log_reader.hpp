#pragma once

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace genesis {

/// What is logged while this object lives, by this thread.
class log_reader {
public:
  explicit log_reader(spdlog::level::level_enum from = spdlog::level::err) {
    sinks().push_back(sink_);
    spdlog::set_level(from);
  }
  ~log_reader() {
    spdlog::set_level(level_);
    std::erase(sinks(), sink_);
  }
  log_reader(const log_reader&) = delete;
  log_reader& operator=(const log_reader&) = delete;

  [[nodiscard]] std::size_t count(std::string_view what) const {
    const auto text = out_.str();
    std::size_t found = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
      ++found;
    return found;
  }

private:
  static std::vector<spdlog::sink_ptr>& sinks() { return spdlog::default_logger()->sinks(); }

  spdlog::level::level_enum level_ = spdlog::get_level();
  std::ostringstream out_;
  spdlog::sink_ptr sink_ = std::make_shared<spdlog::sinks::ostream_sink_st>(out_);
};

}  // namespace genesis
