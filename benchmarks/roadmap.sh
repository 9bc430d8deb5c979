#!/bin/bash
# Measures what was asked of GENESIS on two cores, load generator included: the health endpoint in a closed loop, up to 10,000
# users who read, list, post, chat, search and export, and 5,000 requests a second for a minute with 10,000 connections open.
# Prints Markdown, and ends with status 1 when a target is missed. Takes about five minutes after the build.
#
#   benchmarks/roadmap.sh [health] [users] [sustained]     all three when none is named
#
#   QUICK=1          shorter runs
#   DATA_PARENT=DIR  where the data directories are made (build/bench): a disk, for tmpfs makes commits free
#   ALLOW_TMPFS=1    measure on tmpfs nevertheless
#   SKIP_BUILD=1     use the programs as they are
#   GENESIS=FILE     measure this program (build/bench/genesis)
#   KEEP=1           keep data directories, logs and raw results
#   REPORT=FILE      write the Markdown there too
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-}" in
  -h | --help) sed -n '2,/^set/{/^set/!s/^# \{0,1\}//p}' "$0"; exit 0 ;;
esac
parts="${*:-health users sustained}"
for part in $parts; do
  case "$part" in
    health | users | sustained) ;;
    *) echo "roadmap.sh: no part is called '$part': health, users or sustained" >&2; exit 2 ;;
  esac
done

if [ -n "${QUICK:-}" ]; then
  user_seconds=6 most_users_seconds=10 sustained_seconds=10
else
  user_seconds=20 most_users_seconds=30 sustained_seconds=60
fi
load_limit=300  # seconds that one call of the generator may take
user_counts=(100 500 1000 5000 10000)
health_loops=(100x10 500x10 1000x5 5000x2)
most=10000

script=roadmap.sh
# shellcheck source=benchmarks/common.sh
source benchmarks/common.sh

start_nginx() {  # RESPONSE: serves the same body, when nginx is installed
  command -v nginx >/dev/null || return 0
  mkdir -p "$work/nginx"
  sed '1,/^\r$/d' "$1" >"$work/nginx/body"
  cat >"$work/nginx/nginx.conf" <<CONF
daemon off; user $(id -un) $(id -gn); worker_processes 2; pid $work/nginx/pid; error_log $work/nginx/error.log;
events { worker_connections 20000; }
http { access_log off; keepalive_requests 1000000; default_type application/json;
  client_body_temp_path $work/nginx/a; proxy_temp_path $work/nginx/b; fastcgi_temp_path $work/nginx/c;
  uwsgi_temp_path $work/nginx/d; scgi_temp_path $work/nginx/e;
  server { listen 127.0.0.1:$nginx_port reuseport; location = /api/v1/health { alias $work/nginx/body; } } }
CONF
  nginx -c "$work/nginx/nginx.conf" -e "$work/nginx/error.log" >"$work/nginx.log" 2>&1 &
  pid_of[nginx]=$!
  port_of[nginx]=$nginx_port
  sleep 0.5
}
nginx_port=28080

# --- health -----------------------------------------------------------------------------------------------------------------

measure_health() {
  start_server health
  "$load" record --target "127.0.0.1:${port_of[health]}" --path /api/v1/health --out "$work/health.response"
  start_raw "$work/health.response"
  start_nginx "$work/health.response"
  for loop in "${health_loops[@]}"; do
    for server in raw health ${port_of[nginx]:+nginx}; do
      measure "$server.$loop" "$server" closed --path /api/v1/health --users "${loop%x*}" --requests "${loop#*x}" --seconds 60
    done
  done
  stop nginx
  stop raw
  stop health
}

health_row() {  # LABEL RESULT
  printf '| %s |' "$1"
  for key in total successful failed mean_ms median_ms stddev_ms min_ms max_ms p95_ms p99_ms requests_per_second; do
    case $key in
      *_ms) printf ' %s |' "$(shown "$(figure "$2" "$key")" 2)" ;;
      *) printf ' %s |' "$(shown "$(figure "$2" "$key")" 0)" ;;
    esac
  done
  echo
}

report_health() {
  printf '\n### GET /api/v1/health, closed loop, users x requests each\n\n'
  echo '| | total | successful | failed | mean ms | median ms | stddev ms | min ms | max ms | p95 ms | p99 ms | requests/s |'
  echo '|---|---|---|---|---|---|---|---|---|---|---|---|'
  for loop in "${health_loops[@]}"; do
    health_row "raw Beast, $loop" "raw.$loop"
    [ ! -f "$work/nginx.$loop.json" ] || health_row "nginx, $loop" "nginx.$loop"
    health_row "GENESIS, $loop" "health.$loop"
    add_target "health $loop: p95 below 100 ms" "$(figure "health.$loop" p95_ms)" " ms" below 100
    add_target "health $loop: p99 below 200 ms" "$(figure "health.$loop" p99_ms)" " ms" below 200
    add_target "health $loop: nothing failed" "$(total "health.$loop" failed)" "" at_most 0
  done
}

# --- users --------------------------------------------------------------------------------------------------------------------

measure_users() {
  start_server users
  make_people users "$most"
  local hits misses
  hits=$(sum_of users genesis_cache_hits_total)
  misses=$(sum_of users genesis_cache_misses_total)
  for count in "${user_counts[@]}"; do
    local seconds=$user_seconds
    [ "$count" -lt "$most" ] || seconds=$most_users_seconds
    measure "users.$count" users users --people "$work/users.people" --users "$count" --think 2 --ramp $((1 + count / 1000)) \
      --warm-up $((3 + count / 1000)) --seconds "$seconds"
  done
  users_hits=$(($(sum_of users genesis_cache_hits_total) - hits))
  users_misses=$(($(sum_of users genesis_cache_misses_total) - misses))
  stop users
}

report_users() {
  printf '\n### Users on a connection and an account each: of 103 steps 60 profiles, 20 lists, 15 posts, 5 chats, 2 searches, 1 export; 2 s of thinking\n\n'
  echo '| users | requests/s | median ms | p95 ms | p99 ms | max ms | posts p95 ms | first token median ms | p99 ms | server CPU, % of a core | failed | of |'
  echo '|---|---|---|---|---|---|---|---|---|---|---|---|'
  for count in "${user_counts[@]}"; do
    local from="users.$count"
    printf '| %s |' "$count"
    for key in requests_per_second median_ms p95_ms p99_ms max_ms post_p95_ms first_token_median_ms first_token_p99_ms server_cpu_pct; do
      printf ' %s |' "$(shown "$(figure "$from" "$key")" 1)"
    done
    printf ' %s | %s |\n' "$(total "$from" failed)" "$(total "$from" total)"
    add_target "$count users: p95 below 100 ms" "$(figure "$from" p95_ms)" " ms" below 100
    add_target "$count users: p99 below 200 ms" "$(figure "$from" p99_ms)" " ms" below 200
    add_target "$count users: first token p99 below 1 s" "$(figure "$from" first_token_p99_ms)" " ms" below 1000
    add_target "$count users: errors below 0.1 %" "$(figure "$from" failed_pct)" " %" below 0.1
    add_target "$count users: CPU below 70 % of two cores" "$(figure "$from" server_cpu_pct)" " % of a core" below 140
  done
  local rate
  rate=$(awk -v h="$users_hits" -v m="$users_misses" 'BEGIN { if (h + m > 0) print 100 * h / (h + m); else print "-" }')
  printf '\nCache hits %s, misses %s.\n' "$users_hits" "$users_misses"
  add_target "cache hit rate above 85 %" "$rate" " %" above 85
}

# --- sustained ------------------------------------------------------------------------------------------------------------------

measure_sustained() {
  start_server sustained
  make_people sustained "$most"
  measure sustained sustained open --people "$work/sustained.people" --path /api/v1/users/me --rate 5000 \
    --connections "$most" --warm-up 5 --seconds "$sustained_seconds"
  stop sustained
}

report_sustained() {
  printf '\n### 5,000 cached reads a second for %s s with %s connections open\n\n' "$sustained_seconds" "$most"
  echo '| requests/s | median ms | p95 ms | p99 ms | max ms | server CPU per request, us | failed | unsent |'
  echo '|---|---|---|---|---|---|---|---|'
  printf '| %s | %s | %s | %s | %s | %s | %s | %s |\n' "$(shown "$(figure sustained requests_per_second)" 0)" \
    "$(shown "$(figure sustained median_ms)" 2)" "$(shown "$(figure sustained p95_ms)" 2)" \
    "$(shown "$(figure sustained p99_ms)" 2)" "$(shown "$(figure sustained max_ms)" 2)" \
    "$(shown "$(figure sustained server_cpu_us_per_request)" 1)" "$(total sustained failed)" "$(total sustained unsent)"
  local cpu
  cpu=$(awk -v us="$(figure sustained server_cpu_us_per_request)" -v rps="$(figure sustained requests_per_second)" \
    'BEGIN { if (us == "-" || rps == "-") print "-"; else print us * rps / 1e4 }')
  add_target "5,000/s: sustained" "$(figure sustained requests_per_second)" "/s" at_least 4950
  add_target "5,000/s: p95 below 100 ms" "$(figure sustained p95_ms)" " ms" below 100
  add_target "5,000/s: p99 below 5 ms" "$(figure sustained p99_ms)" " ms" below 5
  add_target "5,000/s: CPU below 70 % of two cores" "$cpu" " % of a core" below 140
  add_target "5,000/s: nothing failed" "$(total sustained failed)" "" at_most 0
}

# shellcheck disable=SC2086
run_parts $parts
