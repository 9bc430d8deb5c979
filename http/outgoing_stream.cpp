#include "http/outgoing_stream.hpp"

#include "config/limits.hpp"
#include "http/encoders.hpp"

#include <cstdio>
#include <iterator>
#include <utility>

namespace genesis::http {

outgoing_stream::outgoing_stream(std::optional<stream_format> events, bool is_chunked,
  std::function<void(std::size_t)> on_ready, std::function<void()> on_gone)
    : format_(events), is_chunked_(is_chunked), on_ready_(std::move(on_ready)), on_gone_(std::move(on_gone)) {}

outgoing_stream::next outgoing_stream::write() noexcept {
  is_writing_ = true;
  return next::write;
}

outgoing_stream::next outgoing_stream::begin(std::string head) {
  head_ = std::move(head);
  return write();
}

outgoing_stream::next outgoing_stream::add(std::vector<body_ptr> frames, bool is_last) {
  if (is_aborting_)
    return next::nothing;
  if (is_writing_) {
    waiting_.insert(waiting_.end(), std::move_iterator{frames.begin()}, std::move_iterator{frames.end()});
    is_last_waiting_ = is_last;
    return next::nothing;
  }
  frames_ = std::move(frames);
  is_last_ = is_last;
  for (const auto& frame : frames_)
    frame_bytes_ += frame->size();
  return write();
}

outgoing_stream::next outgoing_stream::beat() {
  if (is_writing_ || !format_)
    return next::nothing;
  frames_ = {std::make_shared<const std::string>(heartbeat(*format_))};
  return write();
}

outgoing_stream::next outgoing_stream::abort(body_ptr farewell) {
  if (is_aborting_ || is_last_)
    return next::nothing;
  if (!farewell)
    return next::close;
  is_aborting_ = true;
  if (is_writing_) {
    farewell_ = std::move(farewell);
    return next::nothing;
  }
  frames_ = {std::move(farewell)};
  return write();
}

outgoing_stream::next outgoing_stream::on_written() {
  head_.clear();
  frames_.clear();
  unconfirmed_ += std::exchange(frame_bytes_, 0);
  is_writing_ = false;
  if (is_aborting_) {
    if (!farewell_)
      return next::close;
    frames_ = {std::exchange(farewell_, nullptr)};
    return write();
  }
  if (is_last_)
    return finish();
  if (!waiting_.empty() || is_last_waiting_)
    return add(std::exchange(waiting_, {}), std::exchange(is_last_waiting_, false));
  confirm(config::stream_window_bytes / 2);
  return next::nothing;
}

outgoing_stream::next outgoing_stream::finish() {
  confirm(0);
  leave();
  return next::finished;
}

/// Tells the run what has been written, when it is at least this much.
void outgoing_stream::confirm(std::size_t from) {
  if (on_ready_ && unconfirmed_ >= from)
    on_ready_(std::exchange(unconfirmed_, 0));
}

void outgoing_stream::leave() {
  on_ready_ = nullptr;
  if (const auto gone = std::exchange(on_gone_, nullptr))
    gone();
}

std::vector<std::string_view> outgoing_stream::parts() {
  static constexpr std::string_view line_end = "\r\n";
  static constexpr std::string_view last_chunk = "0\r\n\r\n";
  std::vector<std::string_view> parts;
  if (!head_.empty())
    parts.push_back(head_);
  std::size_t bytes = 0;
  for (const auto& frame : frames_)
    bytes += frame->size();
  if (bytes != 0) {
    if (is_chunked_) {
      const auto length = std::snprintf(chunk_size_.data(), chunk_size_.size(), "%zx\r\n", bytes);
      parts.emplace_back(chunk_size_.data(), static_cast<std::size_t>(length));
    }
    for (const auto& frame : frames_)
      parts.emplace_back(*frame);
    if (is_chunked_)
      parts.push_back(line_end);
  }
  if (is_last_ && !is_aborting_ && is_chunked_)
    parts.push_back(last_chunk);
  return parts;
}

}  // namespace genesis::http
