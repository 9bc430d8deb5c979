#include "tests/storage/redis_server.hpp"

#include <hiredis/hiredis.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace genesis::storage {

namespace {

constexpr auto program = "/usr/bin/redis-server";
constexpr std::chrono::seconds patience{30};

using handle = std::unique_ptr<redisContext, decltype(&::redisFree)>;
using answer = std::unique_ptr<redisReply, decltype(&::freeReplyObject)>;

std::string text_of(const redisReply& reply) {
  switch (reply.type) {
  case REDIS_REPLY_INTEGER: return std::to_string(reply.integer);
  case REDIS_REPLY_NIL: return "(nil)";
  case REDIS_REPLY_ARRAY: {
    std::string text;
    for (std::size_t i = 0; i < reply.elements; ++i)
      text += text_of(*reply.element[i]) + '\n';
    return text;
  }
  default: return {reply.str, static_cast<std::size_t>(reply.len)};
  }
}

answer ask(redisContext& connection, const std::vector<std::string>& words) {
  std::vector<const char*> texts;
  std::vector<std::size_t> sizes;
  for (const auto& word : words) {
    texts.push_back(word.data());
    sizes.push_back(word.size());
  }
  return {static_cast<redisReply*>(
            ::redisCommandArgv(&connection, static_cast<int>(words.size()), texts.data(), sizes.data())),
    &::freeReplyObject};
}

}  // namespace

redis_server::redis_server(std::vector<std::string> options) : options_(std::move(options)) {
  start();
}

redis_server::~redis_server() {
  stop();
}

void redis_server::start() {
  std::vector<std::string> words{program, "--port", "0", "--unixsocket", socket(), "--save", "", "--appendonly", "no",
    "--dir", directory_.path().string(), "--logfile", (directory_.path() / "log").string()};
  words.insert(words.end(), options_.begin(), options_.end());
  std::vector<char*> arguments;
  for (auto& each : words)
    arguments.push_back(each.data());
  arguments.push_back(nullptr);
  const auto parent = ::getpid();
  process_ = ::fork();
  if (process_ < 0)
    throw std::runtime_error("fork");
  if (process_ == 0) {  // only calls that are safe between fork and exec
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
      ::_exit(126);
    ::execv(program, arguments.data());
    ::_exit(127);
  }
  const auto until = std::chrono::steady_clock::now() + patience;
  while (true) {
    const handle connection(::redisConnectUnix(socket().c_str()), &::redisFree);
    if (connection && connection->err == 0 && ask(*connection, {"PING"}))
      return;
    if (std::chrono::steady_clock::now() > until || ::waitpid(process_, nullptr, WNOHANG) != 0)
      throw std::runtime_error("redis-server did not start; see deploy/common.sh for what to install");
    std::this_thread::yield();
  }
}

void redis_server::stop() {
  if (process_ < 0)
    return;
  ::kill(process_, SIGKILL);
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
  process_ = -1;
  ::unlink(socket().c_str());
}

void redis_server::pause() const {
  ::kill(process_, SIGSTOP);
  ::waitpid(process_, nullptr, WUNTRACED);  // it stands still from here on
}

void redis_server::resume() const {
  ::kill(process_, SIGCONT);
}

std::string redis_server::command(const std::vector<std::string>& words, int database) const {
  const handle connection(::redisConnectUnix(socket().c_str()), &::redisFree);
  if (!connection || connection->err != 0)
    throw std::runtime_error("redis-server cannot be reached");
  ask(*connection, {"SELECT", std::to_string(database)});
  const auto reply = ask(*connection, words);
  if (!reply)
    throw std::runtime_error("redis-server does not answer");
  return text_of(*reply);
}

}  // namespace genesis::storage
