#include "http/content_coding.hpp"

#include "http/field_values.hpp"

namespace genesis::http {

namespace {

/// What an entry takes beside its two texts: nodes of the list and the map, control blocks.
constexpr std::size_t entry_overhead_bytes = 256;

bool is_read(const exchange& request) noexcept {
  return request.head.verb() == method::get || request.head.verb() == method::head;
}

bool has_gzip_form(const response& answer) noexcept {
  return varies_by_coding(answer) && answer.body && answer.body->size() > plain_bytes_max;
}

/// What `Accept-Encoding` says of gzip; a client without the field gets plain texts.
bool says(const exchange& request, bool (*what)(std::string_view, std::string_view)) {
  std::string several;
  const auto accepted = request.head.list("accept-encoding", several);
  return accepted && what(*accepted, "gzip");
}

/// Only answers to reads: there the tag names these very bytes. An answer to a write may be worded for that write.
bool is_worth_keeping(const exchange& request, const response& answer) noexcept {
  return answer.status == 200 && !answer.etag.empty() && is_read(request);
}

}  // namespace

body_ptr gzip_encoder::encode(std::string_view text) {
  if (stream_)
    stream_->reset();
  else
    stream_.emplace();
  std::string coded;
  stream_->code(text, /*is_last=*/true, coded);
  coded.shrink_to_fit();
  return std::make_shared<const std::string>(std::move(coded));
}

std::size_t coded_bodies::weight_of(const entry& each) noexcept {
  return each.coded->size() + each.tag.size() + entry_overhead_bytes;
}

body_ptr coded_bodies::find(std::string_view tag) {
  const auto it = by_tag_.find(tag);
  if (it == by_tag_.end())
    return nullptr;
  entries_.splice(entries_.begin(), entries_, it->second);
  return it->second->coded;
}

void coded_bodies::keep(std::string tag, body_ptr coded) {
  if (by_tag_.contains(tag))
    return;
  entries_.push_front({std::move(tag), std::move(coded)});
  bytes_ += weight_of(entries_.front());
  by_tag_.emplace(entries_.front().tag, entries_.begin());
  while (bytes_ > bytes_max_) {
    bytes_ -= weight_of(entries_.back());
    by_tag_.erase(entries_.back().tag);
    entries_.pop_back();
  }
}

bool varies_by_coding(const response& answer) noexcept {
  return answer.content_type == json_media_type && !answer.is_secret && answer.cache != cache_class::stream &&
         (answer.body || answer.status == 304);
}

bool may_be_coded(const exchange& request, const response& answer) {
  return has_gzip_form(answer) && says(request, accepts_coding);
}

bool is_to_be_coded(const exchange& request, const response& answer) {
  return has_gzip_form(answer) && prefers_gzip(request);
}

bool prefers_gzip(const exchange& request) {
  return says(request, prefers_coding);
}

bool is_long_to_code(const exchange& request, const response& answer, coded_bodies& known) {
  return !answer.coded && answer.body && answer.body->size() > inline_coding_bytes_max &&
         is_to_be_coded(request, answer) && !(is_worth_keeping(request, answer) && known.find(answer.etag));
}

void apply_coding(const exchange& request, response& answer, coded_bodies& known) {
  if (!is_to_be_coded(request, answer))
    return;
  const bool is_kept = is_worth_keeping(request, answer);
  auto coded = answer.coded;
  if (!coded && is_kept)
    coded = known.find(answer.etag);
  if (!coded && answer.body->size() > inline_coding_bytes_max)
    return;
  if (!coded)
    coded = known.encoder().encode(*answer.body);
  if (is_kept)
    known.keep(answer.etag, coded);
  answer.body = std::move(coded);
  answer.content_coding = "gzip";
  if (!answer.etag.empty())
    answer.etag = gzip_entity_tag(answer.etag);
}

}  // namespace genesis::http
