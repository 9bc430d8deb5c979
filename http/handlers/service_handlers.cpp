#include "http/encoders.hpp"
#include "http/handlers/handlers.hpp"
#include "http/root_page.hpp"

namespace genesis::http {

namespace {

std::string_view word_for(readiness state) noexcept {
  switch (state) {
  case readiness::starting: return "starting";
  case readiness::ready: return "ready";
  case readiness::draining: return "draining";
  case readiness::database: return "database";
  }
  return "starting";
}

response shared_response(const exchange& request, body_ptr body) {
  response answer;
  answer.body = std::move(body);
  answer.cache = request.route->cache;
  return answer;
}

}  // namespace

void show_live(front_state&, const exchange_ptr& request) {
  request->respond(json_response(*request, health_status_body("live")));
}

void show_ready(front_state& front, const exchange_ptr& request) {
  const auto state = front.desk().state().ready.load(std::memory_order_relaxed);
  auto answer = json_response(*request, health_status_body(word_for(state)), state == readiness::ready ? 200 : 503);
  if (state != readiness::ready)
    answer.fields.emplace_back("Retry-After", "1");
  request->respond(std::move(answer));
}

void show_health(front_state& front, const exchange_ptr& request) {
  const auto uptime = std::chrono::duration_cast<std::chrono::seconds>(
    std::chrono::steady_clock::now() - front.desk().where().started_at);
  const auto state = front.desk().state().ready.load(std::memory_order_relaxed);
  request->respond(
    json_response(*request, health_body(state == readiness::ready ? "ok" : word_for(state), GENESIS_VERSION, uptime)));
}

/// Adding everything up and writing it down takes ten milliseconds, during which an I/O thread would serve nobody.
void show_metrics(front_state& front, const exchange_ptr& request) {
  const auto text = std::make_shared<std::string>();
  front.run_elsewhere(
    request, [text, write = front.desk().where().metrics_text] { *text = write(); },
    [&front, request, text] {
      auto answer = json_response(*request, std::move(*text));
      answer.content_type = "text/plain; version=0.0.4; charset=utf-8";
      front.respond(request, std::move(answer));
    });
}

void show_openapi(front_state& front, const exchange_ptr& request) {
  auto answer = shared_response(*request, front.desk().where().openapi);
  answer.coded = front.desk().where().openapi_coded;
  answer.etag = front.desk().where().openapi_tag;
  request->respond(std::move(answer));
}

void show_keys(front_state& front, const exchange_ptr& request) {
  request->respond(shared_response(*request, front.desk().jwks()));
}

void show_problem(front_state&, const exchange_ptr& request) {
  auto page = problem_page(request->match.parameters[0]);
  if (page)
    request->respond(json_response(*request, std::move(*page)));
  else
    request->refuse({problem_code::not_found, {}, {}});
}

void show_root(front_state& front, const exchange_ptr& request) {
  const bool is_secure = !front.desk().where().settings.http.tls_certificate.empty();
  auto answer = json_response(*request, root_page(request->head.host(), is_secure));
  answer.content_type = "text/html; charset=utf-8";
  request->respond(std::move(answer));
}

}  // namespace genesis::http
