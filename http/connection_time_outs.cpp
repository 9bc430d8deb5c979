// What a connection does when what it waits for does not come, or may be waited for no longer.

#include "http/connection.hpp"
#include "http/metrics.hpp"

#include <algorithm>

namespace genesis::http {

namespace {

/// What a client must have taken since it last counted as one that reads: 1 KiB for each second that a write may take.
std::size_t progress_bytes_min(std::chrono::milliseconds write_timeout) noexcept {
  return std::max<std::size_t>(512, 1'024 * static_cast<std::size_t>(write_timeout.count()) / 1'000);
}

/// Of a request that has not arrived as a whole when the server leaves: nobody has begun to do what it asks for.
problem came_too_late() {
  return {
    problem_code::shutting_down, "the server is shutting down and could not wait for the rest of the request", {}};
}

}  // namespace

void connection::sweep(clock::time_point now) {
  if (phase_ == phase::streaming && !stream_->is_writing()) {
    if (now - silent_since_ >= desk_.where().settings.http.heartbeat)
      go_on(stream_->beat());
    return;
  }
  if (phase_ == phase::writing || phase_ == phase::streaming)
    look_at_progress(now);
  if (deadline_.is_over(now))
    time_out();
}

/// Linux says that a full socket can be written to when a third of its buffer is free, which takes a client that reads
/// slowly, but all the time, longer than the time of a write.
void connection::look_at_progress(clock::time_point now) noexcept {
  const auto left = client_.untaken();
  const auto enough = progress_bytes_min(desk_.where().settings.http.write_timeout);
  if (left + enough <= untaken_ || (left == 0 && untaken_ != 0))
    deadline_.begin(wait_kind::write, now);
  else if (left <= untaken_)
    return;  // what is taken in small pieces adds up
  untaken_ = left;
}

/// What the head was refused for counts, also when the body behind it does not come.
bool connection::refuse_now() {
  if (!refusal_ && !request_->fault)
    return false;
  must_close_ = true;
  enter(phase::answering);
  deadline_.begin(wait_kind::write, clock::now());
  if (refusal_)
    request_->respond(*std::exchange(refusal_, std::nullopt));
  else
    dispatch();
  return true;
}

void connection::count_time_out() const {
  counters().time_outs[static_cast<std::size_t>(deadline_.what())].add();
}

void connection::time_out() {
  switch (phase_) {
  case phase::reading_proxy_header:
    count_time_out();
    refuse_proxy_header(proxy_fault::no_header);
    break;
  case phase::shaking_hands:
    count_time_out();
    counters().handshakes_failed.add();
    close();
    break;
  case phase::reading_head:
    count_time_out();
    if (parser_.started())
      answer_unread({problem_code::request_timeout, {}, {}});
    else
      close();
    break;
  case phase::reading_body:
    if (deadline_.extend_body(request_->body.size(), request_->received_at, clock::now()))
      return;
    count_time_out();
    // The read that is under way goes on when what still comes is drained. A client that has not even taken the
    // interim answer takes no other behind it.
    if (is_continuing_)
      close();
    else if (!refuse_now())
      answer_unread({problem_code::request_timeout, {}, {}});
    break;
  case phase::answering:
    if (request_->is_answered) {  // by an answer that could not be written
      close();
      return;
    }
    count_time_out();
    deadline_.begin(wait_kind::write, clock::now());
    refuse_pending(problem_code::unavailable, "the answer took too long");
    break;
  case phase::writing:
  case phase::streaming:
    count_time_out();
    close();
    break;
  default: close(); break;
  }
}

void connection::close_if_idle() {
  const bool has_not_begun =
    phase_ == phase::reading_proxy_header || phase_ == phase::arriving || phase_ == phase::shaking_hands;
  if (has_not_begun || (phase_ == phase::reading_head && !parser_.started()))
    close();
}

void connection::end_pending() {
  switch (phase_) {
  case phase::reading_head:
    if (parser_.started())
      answer_unread(came_too_late());
    else
      close();
    break;
  case phase::reading_body:
    if (is_continuing_)
      close();
    else if (refusal_)
      refuse_now();
    else
      answer_unread(came_too_late());
    break;
  case phase::answering:
    if (request_->is_answered)
      close();
    else
      refuse_pending(problem_code::shutting_down, "the server is shutting down and could not wait for the answer");
    break;
  default: break;
  }
}

void connection::refuse_pending(problem_code of_reads, std::string why) {
  must_close_ = true;
  const auto verb = request_->head.verb();
  const bool is_read = verb == method::get || verb == method::head;
  request_->refuse({is_read ? of_reads : problem_code::outcome_unknown, std::move(why), {}});
}

}  // namespace genesis::http
