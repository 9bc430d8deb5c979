#include "http/root_page.hpp"

namespace genesis::http {

namespace {

/// Of a host that may stand in a page and in a shell's command as it is.
constexpr std::string_view plain_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]";
constexpr std::size_t host_length_max = 261;  // a name of 255 (RFC 1035 2.3.4), a colon and a port

bool is_plain(std::string_view host) noexcept {
  return !host.empty() && host.size() <= host_length_max &&
         host.find_first_not_of(plain_characters) == std::string_view::npos;
}

}  // namespace

std::string root_page(std::string_view host, bool is_secure) {
  std::string url{is_secure ? "https://" : "http://"};
  url += is_plain(host) ? host : "SERVER";
  return R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GENESIS</title>
<style>
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 42rem; margin: 4rem auto; padding: 0 1.5rem; color: #1d2733; }
  h1 { font-size: 2rem; letter-spacing: .04em; margin-bottom: .25rem; }
  p.lead { color: #52606d; margin-top: 0; }
  a { color: #0b6e4f; }
  dt { font-weight: 600; margin-top: 1rem; }
  dd { margin: 0; }
  code, pre { font: 14px/1.5 ui-monospace, monospace; background: #f2f5f4; border-radius: 4px; }
  code { padding: .1em .3em; }
  pre { padding: 1rem; overflow-x: auto; }
</style>
<h1>GENESIS</h1>
<p class="lead">The backend of an AI health and fitness coach, version )" GENESIS_VERSION R"(.</p>
<p>People keep a profile, progress and conversations here; the coach answers from those records, names the formula behind
every number, and streams its answers word by word.</p>
<dl>
  <dt><a href="/openapi.json">/openapi.json</a></dt><dd>The API, as an OpenAPI 3.1 document.</dd>
  <dt><a href="/api/v1/health">/api/v1/health</a></dt><dd>Status, version and uptime.</dd>
  <dt><a href="/health/live">/health/live</a>, <a href="/health/ready">/health/ready</a></dt><dd>For whoever restarts or balances.</dd>
  <dt><a href="/metrics">/metrics</a></dt><dd>Figures for Prometheus, for allowed addresses.</dd>
  <dt><a href="/.well-known/jwks.json">/.well-known/jwks.json</a></dt><dd>The public keys of access tokens.</dd>
  <dt><a href="/problems/validation-error">/problems/&hellip;</a></dt><dd>What each kind of error means; errors link here.</dd>
</dl>
<p>Begin with an account:</p>
<pre>curl -s -X POST ')" +
         url + R"(/api/v1/auth/register' \
  -H 'Content-Type: application/json' \
  -d '{"email":"you@example.com","password":"a long enough passphrase"}'</pre>
</html>
)";
}

}  // namespace genesis::http
