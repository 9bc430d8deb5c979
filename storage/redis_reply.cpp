#include "storage/redis_reply.hpp"

#include <hiredis/hiredis.h>

#include <algorithm>
#include <new>

namespace genesis::storage {

namespace {

using kind = redis_reply::kind;

/// Where the parser wants an element put: in its list, which has its size already, or by itself. Null without memory;
/// the parser then gives up.
redis_reply* place_for(const redisReadTask* task) noexcept {
  if (task->parent == nullptr)
    return new (std::nothrow) redis_reply;
  auto& items = static_cast<redis_reply*>(task->parent->obj)->items;
  return &items[static_cast<std::size_t>(task->idx)];
}

/// Nothing may be thrown through the parser, which is C.
template <class Fill>
void* made(const redisReadTask* task, Fill fill) noexcept {
  auto* reply = place_for(task);
  if (reply == nullptr)
    return nullptr;
  try {
    if (fill(*reply))
      return reply;
  } catch (const std::bad_alloc&) {
    reply->text.clear();
  }
  if (task->parent == nullptr)
    delete reply;
  return nullptr;
}

kind text_kind(int type) noexcept {
  switch (type) {
  case REDIS_REPLY_STATUS: return kind::status;
  case REDIS_REPLY_ERROR: return kind::error;
  default: return kind::text;
  }
}

void* make_text(const redisReadTask* task, char* bytes, std::size_t size) {
  return made(task, [&](redis_reply& reply) {
    reply.what = text_kind(task->type);
    reply.text.assign(bytes, size);
    return true;
  });
}

void* make_list(const redisReadTask* task, int size) {
  return made(task, [&](redis_reply& reply) {
    auto& left = *static_cast<int*>(task->privdata);
    if (size < 0 || size > left)
      return false;
    left -= size;
    reply.what = kind::list;
    reply.items.resize(static_cast<std::size_t>(size));
    return true;
  });
}

void* make_integer(const redisReadTask* task, long long number) {
  return made(task, [&](redis_reply& reply) {
    reply.what = kind::integer;
    reply.number = number;
    return true;
  });
}

void* make_nothing(const redisReadTask* task) {
  return made(task, [](redis_reply& reply) {
    reply.what = kind::nothing;
    return true;
  });
}

void drop(void* reply) {
  delete static_cast<redis_reply*>(reply);
}

redisReplyObjectFunctions functions{make_text, make_list, make_integer, make_nothing, drop};

}  // namespace

std::string_view redis_reply::error_code() const noexcept {
  static constexpr std::size_t length_max = 16;
  if (what != kind::error)
    return {};
  const auto word = std::string_view{text}.substr(0, text.find(' '));
  const auto is_capital = [](char each) { return each >= 'A' && each <= 'Z'; };
  return word.size() <= length_max && std::ranges::all_of(word, is_capital) ? word : std::string_view{};
}

redis_reply_reader::redis_reply_reader()
    : parser_(::redisReaderCreateWithFunctions(&functions)), elements_left_(std::make_unique<int>(reply_elements_max)) {
  if (!parser_)
    throw std::bad_alloc{};
  parser_->privdata = elements_left_.get();
}

void redis_reply_reader::parser_deleter::operator()(redisReader* parser) const noexcept {
  ::redisReaderFree(parser);
}

bool redis_reply_reader::feed(std::string_view bytes) {
  unread_bytes_ += bytes.size();
  return unread_bytes_ <= reply_bytes_max && ::redisReaderFeed(parser_.get(), bytes.data(), bytes.size()) == REDIS_OK;
}

result<std::optional<redis_reply>> redis_reply_reader::next() {
  void* whole = nullptr;
  if (::redisReaderGetReply(parser_.get(), &whole) != REDIS_OK)
    return fail(errc::invalid_argument, "the answer is not Redis' protocol");
  if (whole == nullptr)
    return std::nullopt;
  const std::unique_ptr<redis_reply> owned{static_cast<redis_reply*>(whole)};
  unread_bytes_ = parser_->len - parser_->pos;
  *elements_left_ = reply_elements_max;
  return std::move(*owned);
}

void append_redis_command(std::string& out, std::span<const std::string_view> words) {
  std::vector<const char*> texts;
  std::vector<std::size_t> sizes;
  for (const auto word : words) {
    texts.push_back(word.data() == nullptr ? "" : word.data());
    sizes.push_back(word.size());
  }
  char* formatted = nullptr;
  const auto size = ::redisFormatCommandArgv(&formatted, static_cast<int>(words.size()), texts.data(), sizes.data());
  if (size < 0)
    throw std::bad_alloc{};
  const std::unique_ptr<char, decltype(&::redisFreeCommand)> owned(formatted, &::redisFreeCommand);
  out.append(formatted, static_cast<std::size_t>(size));
}

}  // namespace genesis::storage
