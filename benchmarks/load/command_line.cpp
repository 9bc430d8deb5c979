#include "benchmarks/load/command_line.hpp"

#include "benchmarks/load/exchange.hpp"
#include "benchmarks/load/request_run.hpp"
#include "benchmarks/load/stream_run.hpp"
#include "benchmarks/load/user_run.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <sys/resource.h>

namespace genesis::load {

namespace {

/// A command line that cannot be carried out; the sentence says why.
struct bad_usage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <class T>
T value_or_throw(std::expected<T, std::string> maybe) {
  if (!maybe)
    throw bad_usage(maybe.error());
  return std::move(*maybe);
}

constexpr const char* description =
  "Puts a server on this machine under load and prints what it saw, as a table or (--json) as one flat JSON object.\n"
  "Latencies are in milliseconds. Only loopback addresses are accepted.\n\n"
  "Paths, bodies, headers and idempotency keys are templates: {n} counts up over the run, {uuid} is a new UUID each "
  "time,\n"
  "{user} is the person's id, {conversation} a conversation of the person, which is made before the run, {talk} and "
  "{tag}\n"
  "the conversation_id and the entity_tag that a line of the people's file may have.";

constexpr const char* examples =
  "Examples:\n"
  "  genesis_load closed --target 127.0.0.1:8080 --people people.jsonl --path /api/v1/users/me --users 64 --requests "
  "1000\n"
  "  genesis_load open --target 127.0.0.1:8080 --people people.jsonl --path /api/v1/users/me --rate 5000 --seconds 10\n"
  "  genesis_load closed --target 127.0.0.1:8080 --people people.jsonl --method POST \\\n"
  "    --path '/api/v1/conversations/{conversation}/messages' --body '{\"content\":\"message {n}\"}' \\\n"
  "    --idempotency-key '{uuid}' --users 64 --requests 0 --seconds 10\n"
  "  genesis_load streams --target 127.0.0.1:8080 --people people.jsonl --streams 1000 --ramp 4\n"
  "  genesis_load users --target 127.0.0.1:8080 --people people.jsonl --users 10000 --think 2 --ramp 10 --warm-up 20 "
  "--seconds 60\n"
  "People are a JSON-lines file as `genesis demo --people N --tokens FILE` writes it; connection i acts for person i, "
  "modulo\n"
  "their number. Access tokens live for 15 minutes at most: make the file shortly before.";

clock::duration from_seconds(double seconds) {
  return duration_cast<clock::duration>(std::chrono::duration<double>{seconds});
}

/// What CLI11 writes into; turned into a plan once everything is read.
struct arguments {
  std::string target;
  std::filesystem::path people;
  std::vector<std::string> headers;
  std::vector<std::string> paths;
  std::string method = "GET";
  std::string body;
  std::string idempotency_key;
  std::string message = "How many calories should I eat a day?";
  std::filesystem::path out;
  std::size_t threads = 1;
  std::size_t connections = 64;
  std::uint64_t requests = 1'000;
  double rate = 1'000;
  double seconds = 10;
  double warm_up = 0;
  double ramp = 2;
  double think = 2;
  std::vector<unsigned> shares;
  std::size_t sources = 200;
  std::size_t steps_per_connection = 0;
  std::uint64_t answers_per_connection = 0;
  double timeout = 10;
  double stream_timeout = 60;
  pid_t server = 0;
  bool is_json = false;
};

void add_common(CLI::App& command, arguments& args) {
  command.add_option("--target", args.target, "Where the server listens: ADDRESS:PORT")->required();
  command.add_option("--people", args.people, "File of tokens to act for; without it no token is sent")
    ->type_name("FILE");
  command.add_option("--header", args.headers, "Field to send, 'Name: value'; may be repeated")
    ->type_name("LINE")
    ->allow_extra_args(false);
}

void add_run(CLI::App& command, arguments& args) {
  add_common(command, args);
  command.add_option("--threads", args.threads, "Threads of the generator")
    ->check(CLI::Range(1, 2))
    ->capture_default_str();
  command.add_option("--server-pid", args.server, "Process whose CPU time is read, for the CPU per request")
    ->type_name("PID");
  command.add_option("--idempotency-key", args.idempotency_key, "Template of the Idempotency-Key field");
  command.add_flag("--json", args.is_json, "Print JSON instead of a table");
}

void add_requests(CLI::App& command, arguments& args) {
  add_run(command, args);
  command.add_option("--path", args.paths, "Path to ask for; several are taken in turn")
    ->required()
    ->allow_extra_args(false);
  command.add_option("--method", args.method, "Method")->capture_default_str();
  command.add_option("--body", args.body, "Template of a JSON body");
  command.add_option("--answers-per-connection", args.answers_per_connection,
    "Answers after which the client closes and connects anew; 0: never");
  command.add_option("--warm-up", args.warm_up, "Seconds of load before the counting begins")
    ->check(CLI::Range(0.0, seconds_max))
    ->capture_default_str();
  command.add_option("--timeout", args.timeout, "Seconds to wait for an answer")
    ->check(CLI::Range(0.1, seconds_max))
    ->capture_default_str();
}

/// What is the same in every kind of run.
void fill_common(common_plan& plan, const arguments& args) {
  plan.target = value_or_throw(parse_endpoint(args.target));
  if (!args.people.empty())
    plan.people = value_or_throw(read_people(args.people));
  plan.headers = args.headers;
  if (!args.idempotency_key.empty())
    plan.headers.push_back("Idempotency-Key: " + args.idempotency_key);
  for (const auto& line : plan.headers)
    if (line.find(':') == std::string::npos || line.find_first_of("\r\n") != std::string::npos)
      throw bad_usage("'" + line + "' is no header: write 'Name: value'");
  plan.threads = args.threads;
  plan.timeout = from_seconds(args.timeout);
  if (args.server != 0)
    plan.server = args.server;
}

void open_conversations_if_used(common_plan& plan, const request_template& request, std::size_t connections) {
  if (!request.uses_conversation())
    return;
  const auto made = open_conversations(plan, connections);
  if (!made)
    throw bad_usage(made.error());
}

/// A loop of requests: `rate` 0 for a closed one.
report requests_from(const arguments& args, double rate) {
  request_plan plan;
  fill_common(plan, args);
  plan.method = args.method;
  plan.paths = args.paths;
  plan.body = args.body;
  plan.threads = std::min(args.threads, args.connections);
  plan.connections = args.connections;
  plan.requests_per_connection = rate > 0 ? 0 : args.requests;
  plan.answers_per_connection = args.answers_per_connection;
  plan.rate = rate;
  plan.length = from_seconds(args.seconds);
  plan.warm_up = from_seconds(args.warm_up);
  if (static_cast<double>(args.connections * args.requests) > static_cast<double>(samples_max) ||
      rate * args.seconds > static_cast<double>(samples_max))
    throw bad_usage("more than " + std::to_string(samples_max) + " requests in one run");
  for (const auto& path : plan.paths)
    open_conversations_if_used(
      plan, {plan.method, plan.target.authority(), path, plan.headers, plan.body}, plan.connections);
  return run_requests(plan);
}

report streams_from(const arguments& args) {
  stream_plan plan;
  fill_common(plan, args);
  plan.path = args.paths.empty() ? "/api/v1/chat/stream" : args.paths.front();
  plan.body = args.body.empty() ? "{\"message\":\"" + args.message + "\"}" : args.body;
  plan.streams = args.connections;
  plan.threads = std::min(args.threads, args.connections);
  plan.ramp = from_seconds(args.ramp);
  plan.timeout = from_seconds(args.stream_timeout);
  plan.headers.push_back("Accept: text/event-stream");
  open_conversations_if_used(plan, {"POST", plan.target.authority(), plan.path, plan.headers, plan.body}, plan.streams);
  return run_streams(plan);
}

report users_from(const arguments& args) {
  user_plan plan;
  fill_common(plan, args);
  if (plan.people.size() < args.connections)
    throw bad_usage("the file names " + std::to_string(plan.people.size()) + " people; each user is one of them");
  if (!args.shares.empty()) {
    std::ranges::copy(args.shares, plan.shares.begin());
    if (std::ranges::all_of(plan.shares, [](unsigned share) { return share == 0; }))
      throw bad_usage("--shares leaves nothing to do");
  }
  plan.users = args.connections;
  plan.threads = std::min(args.threads, args.connections);
  plan.think = from_seconds(args.think);
  plan.sources = args.sources;
  plan.steps_per_connection = args.steps_per_connection;
  plan.ramp = from_seconds(args.ramp);
  plan.length = from_seconds(args.seconds);
  plan.warm_up = from_seconds(std::max(args.warm_up, args.ramp));
  return run_users(plan);
}

/// Writes one whole response to a file, as raw_beast reads it.
void record(const arguments& args) {
  common_plan plan;
  fill_common(plan, args);
  const request_template request{args.method, plan.target.authority(), args.paths.front(), plan.headers, args.body};
  open_conversations_if_used(plan, request, 1);
  const auto answer =
    value_or_throw(exchange(plan.target, request, plan.people.empty() ? person{} : plan.people.front()));
  if (answer.status >= 400)
    throw bad_usage("the answer is " + std::to_string(answer.status) + ": " + answer.body);
  std::ofstream out{args.out, std::ios::binary};
  out << answer.raw;
  if (!out.flush())
    throw bad_usage("cannot write " + args.out.string());
}

/// A connection is a descriptor, and the soft limit is often 1,024.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

int print(const report& found, const arguments& args) {
  if (args.is_json)
    found.print_json(std::cout);
  else
    found.print_table(std::cout);
  return found.has_failures() ? 1 : 0;
}

/// Declares the commands; each leaves what it does in `action`.
void declare(CLI::App& program, arguments& args, std::function<int()>& action) {
  const auto count = CLI::Range(std::size_t{1}, connections_max);
  const auto time = CLI::Range(0.1, seconds_max);

  auto* closed =
    program.add_subcommand("closed", "Closed loop: users who each send a request when the last one was answered");
  add_requests(*closed, args);
  closed->add_option("--users,--connections", args.connections, "Users, a connection each")
    ->check(count)
    ->capture_default_str();
  closed->add_option("--requests", args.requests, "Requests of each user; 0 for as many as --seconds allow")
    ->check(CLI::Range(std::uint64_t{0}, samples_max))
    ->capture_default_str();
  closed->add_option("--seconds", args.seconds, "Longest the run may take")->check(time)->capture_default_str();
  closed->callback([&] { action = [&args] { return print(requests_from(args, 0), args); }; });

  auto* open = program.add_subcommand("open",
    "Open loop: requests are due at a fixed rate whatever the server does, and latency counts from when they were due");
  add_requests(*open, args);
  open->add_option("--rate", args.rate, "Requests per second in all")
    ->check(CLI::Range(0.1, rate_max))
    ->capture_default_str();
  open->add_option("--connections", args.connections, "Connections that share them")
    ->check(count)
    ->capture_default_str();
  open->add_option("--seconds", args.seconds, "Length of the run")->check(time)->capture_default_str();
  open->callback([&] { action = [&args] { return print(requests_from(args, args.rate), args); }; });

  auto* streams =
    program.add_subcommand("streams", "Answers of the coach, read as server-sent events, all at the same time");
  add_run(*streams, args);
  streams->add_option("--streams", args.connections, "Streams, a connection each")->check(count)->capture_default_str();
  streams->add_option("--ramp", args.ramp, "Seconds from the first start to the last")
    ->check(CLI::Range(0.0, seconds_max))
    ->capture_default_str();
  streams->add_option("--message", args.message, "What is asked; plain text without quotes")->capture_default_str();
  streams->add_option("--body", args.body, "Template of the whole JSON body, instead of --message");
  streams->add_option("--path", args.paths, "Path to post to (/api/v1/chat/stream)")->expected(1);
  streams->add_option("--timeout", args.stream_timeout, "Seconds that one stream may take")
    ->check(time)
    ->capture_default_str();
  streams->callback([&] { action = [&args] { return print(streams_from(args), args); }; });

  auto* users = program.add_subcommand(
    "users", "Users who each read, list, post and chat on a connection of their own, with time to think between");
  add_run(*users, args);
  users->add_option("--users", args.connections, "Users, each another person")->check(count)->capture_default_str();
  users->add_option("--think", args.think, "Seconds between two steps, on average")
    ->check(CLI::Range(0.0, seconds_max))
    ->capture_default_str();
  users
    ->add_option(
      "--shares", args.shares, "How often each step is chosen: profile list post chat search export (60 20 15 5 2 1)")
    ->expected(static_cast<int>(user_step_count))
    ->check(CLI::Range(0U, 1'000U));
  users->add_option("--sources", args.sources, "Loopback addresses that connections come from")
    ->check(CLI::Range(std::size_t{1}, std::size_t{60'000}))
    ->capture_default_str();
  users->add_option("--steps-per-connection", args.steps_per_connection, "Steps before a user connects anew; 0: never")
    ->capture_default_str();
  users->add_option("--ramp", args.ramp, "Seconds from the first user's start to the last")
    ->check(CLI::Range(0.0, seconds_max))
    ->capture_default_str();
  users->add_option("--warm-up", args.warm_up, "Seconds of load before the counting begins, at least the ramp")
    ->check(CLI::Range(0.0, seconds_max))
    ->capture_default_str();
  users->add_option("--seconds", args.seconds, "Length of the run")->check(time)->capture_default_str();
  users->add_option("--timeout", args.timeout, "Seconds to wait for an answer")->check(time)->capture_default_str();
  users->callback([&] { action = [&args] { return print(users_from(args), args); }; });

  auto* recording =
    program.add_subcommand("record", "Sends one request and writes the answer, head and body, to a file");
  add_common(*recording, args);
  recording->add_option("--path", args.paths, "Path to ask for")->required()->expected(1);
  recording->add_option("--method", args.method, "Method")->capture_default_str();
  recording->add_option("--body", args.body, "Template of a JSON body");
  recording->add_option("--out", args.out, "File to write")->required()->type_name("FILE");
  recording->callback([&] {
    action = [&args] {
      record(args);
      return 0;
    };
  });
}

}  // namespace

int run_command_line(int argc, char** argv) {
  CLI::App program{description, "genesis_load"};
  program.footer(examples);
  program.require_subcommand(1);
  arguments args;
  std::function<int()> action;
  declare(program, args, action);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? 0 : 2;
  }
  raise_descriptor_limit();
  try {
    return action();
  } catch (const bad_usage& error) {
    std::cerr << "genesis_load: " << error.what() << '\n';
    return 2;
  } catch (const boost::system::system_error& error) {
    std::cerr << "genesis_load: " << args.target << ": " << error.code().message() << '\n';
    return 3;
  } catch (const std::exception& error) {
    std::cerr << "genesis_load: " << error.what() << '\n';
    return 3;
  }
}

}  // namespace genesis::load
