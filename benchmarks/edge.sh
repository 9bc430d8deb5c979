#!/bin/bash
# Measures what the edge of GENESIS costs on two cores, load generator included: answers "not modified", refusals on new connections,
# memory of idle connections and of people, and ten thousand streams at a time. Prints Markdown, and ends with status 1 when a
# target is missed. Takes about three minutes after the build.
#
#   benchmarks/edge.sh [answers] [connections] [people] [streams]     all four when none is named
#
#   QUICK=1          one short round of each, and fewer people
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
parts="${*:-answers connections people streams}"
for part in $parts; do
  case "$part" in
    answers | connections | people | streams) ;;
    *) echo "edge.sh: no part is called '$part': answers, connections, people or streams" >&2; exit 2 ;;
  esac
done

if [ -n "${QUICK:-}" ]; then
  rounds=1 seconds=2 warm_up=0.5 passes=3 stream_tokens=50
else
  rounds=3 seconds=4 warm_up=1 passes=10 stream_tokens=100
fi
connections=64 readers=16 fresh_rate=8000 idle_connections=10000 people_per_pass=10000 streams=10000
load_limit=180  # seconds that one call of the generator may take

script=edge.sh
# shellcheck source=benchmarks/common.sh
source benchmarks/common.sh

anonymous_kib() {  # SERVER: memory that is its own
  awk '/^Anonymous:/ { print $2 }' "/proc/${pid_of[$1]}/smaps_rollup"
}

# --- answers: the price of 304, and of a refusal on a connection of its own -----------------------------------------------------

add_tags() {  # to each person the entity tag of what is read
  local line tag
  while read -r line; do
    printf '%s\n' "$line" >"$work/reader"
    "$load" record --target "127.0.0.1:${port_of[answers]}" --people "$work/reader" --path /api/v1/users/me --out "$work/me.response"
    tag=$(sed -n 's/^ETag: *\(.*\)\r$/\1/pI' "$work/me.response")
    printf '%s,"entity_tag":"%s"}\n' "${line%\}}" "${tag//\"/\\\"}"
  done <"$work/answers.people" >"$work/answers.tagged"
  mv "$work/answers.tagged" "$work/answers.people"
}

measure_answers() {
  start_server answers
  make_people answers "$readers"
  local common kept fresh
  add_tags
  common=(--people "$work/answers.people" --path /api/v1/users/me --warm-up "$warm_up" --seconds "$seconds")
  kept=(closed --users "$connections" --requests 0 "${common[@]}")
  fresh=(open --rate "$fresh_rate" --connections "$connections" --answers-per-connection 1 "${common[@]}")
  for _ in $(seq $rounds); do
    measure kept answers "${kept[@]}"
    measure unchanged answers "${kept[@]}" --header 'If-None-Match: {tag}'
    measure left answers "${fresh[@]}"
    measure closed answers "${fresh[@]}" --header 'Connection: close'
    measure refused answers "${fresh[@]}" --header 'Host: elsewhere'
    measure unframed answers "${fresh[@]}" --header 'Transfer-Encoding: chunked, chunked'
  done
  stop answers
}

answer_row() {  # LABEL RESULT STATUS BASE
  printf '| %s | %s | %s | %s |\n' "$1" "$(shown "$(figure "$2" server_cpu_us_per_request)" 1)" \
    "$(answer_ratio "$2" "$4")" "$(total "$2" "status_$3") of $(total "$2" total)"
}

answer_ratio() {  # RESULT BASE
  ratio "$(figure "$1" server_cpu_us_per_request)" "$(figure "$2" server_cpu_us_per_request)"
}

share() {  # RESULT STATUS: in percent of all requests
  awk -v n="$(total "$1" "status_$2")" -v all="$(total "$1" total)" 'BEGIN { if (all == 0) print "-"; else print 100 * n / all }'
}

report_answers() {
  printf '\n### GET /api/v1/users/me: saturated on %s connections, and at %s/s on a new connection each\n\n' \
    "$connections" "$fresh_rate"
  echo '| | server CPU per request, us | ratio | answered as expected |'
  echo '|---|---|---|---|'
  answer_row "200" kept 200 kept
  answer_row "304" unchanged 304 kept
  answer_row "200 on a new connection that the client closes" left 200 left
  answer_row "200 on a new connection that the server closes" closed 200 left
  answer_row "400 on a new connection, two Host fields" refused 400 left
  answer_row "400 on a new connection, a body without an end" unframed 400 left
  add_target "a 304 is cheaper than a 200" "$(answer_ratio unchanged kept)" " x" below 1
  add_target "refusing on a new connection is cheaper than answering" "$(answer_ratio refused left)" " x" below 1
  add_target "the same where the end of the request is not known" "$(answer_ratio unframed left)" " x" below 1
  add_target "plain reads answered 200" "$(share kept 200)" " %" at_least 100
  add_target "conditional reads answered 304" "$(share unchanged 304)" " %" at_least 100
  add_target "bad requests answered 400" "$(share refused 400)" " %" at_least 100
  add_target "bad requests with bodies answered 400" "$(share unframed 400)" " %" at_least 100
}

# --- connections: each has carried requests, and then waits ---------------------------------------------------------------------

measure_connections() {
  start_server connections --http.idle_timeout=600s
  make_people connections 1
  local before
  "$load" closed --target "127.0.0.1:${port_of[connections]}" --path /health/live --users 64 --requests 200 >/dev/null
  before=$(anonymous_kib connections)
  measure connections connections open --people "$work/connections.people" --path /health/live --rate 2000 \
    --connections "$idle_connections" --warm-up 6 --seconds 6 &
  sleep 9
  idle_kib=$(($(anonymous_kib connections) - before))
  wait $!
  stop connections
}

report_connections() {
  local each
  each=$(awk -v kib="$idle_kib" -v n="$idle_connections" 'BEGIN { print kib / n }')
  printf '\n### %s connections that have been used and wait\n\nMemory of each: %s KiB.\n' "$idle_connections" "$(shown "$each" 1)"
  add_target "an idle connection: at most 12 KiB" "$each" " KiB" at_most 12
  add_target "connections: requests answered" "$(total connections status_200)" "" at_least 11900
}

# --- people: what one more of them in memory takes, when connections have made their room ---------------------------------------

measure_people() {
  start_server people --users.active_max=$((passes * people_per_pass + 20000))
  make_people people $((passes * people_per_pass))
  local pass before
  for pass in $(seq 0 $((passes - 1))); do
    sed -n "$((pass * people_per_pass + 1)),$(((pass + 1) * people_per_pass))p" "$work/people.people" >"$work/some.people"
    measure people people closed --people "$work/some.people" --path /api/v1/users/me --users "$people_per_pass" --requests 1 \
      --seconds 60 --timeout 60
    [ "$pass" -gt 0 ] || before=$(anonymous_kib people)
  done
  people_kib=$(($(anonymous_kib people) - before))
  head -n 1 "$work/people.people" >"$work/some.people"
  "$load" record --target "127.0.0.1:${port_of[people]}" --people "$work/some.people" --path /api/v1/users/me --out "$work/me.response"
  body_bytes=$(sed '1,/^\r$/d' "$work/me.response" | wc -c)
  stop people
}

report_people() {
  local each beyond
  each=$(awk -v kib="$people_kib" -v n=$(((passes - 1) * people_per_pass)) 'BEGIN { print kib / n }')
  beyond=$(awk -v each="$each" -v body="$body_bytes" 'BEGIN { print each - body / 1024 }')
  printf '\n### %s people in memory\n\nMemory of each: %s KiB, of which the answer with their rows is %s KiB.\n' \
    $((passes * people_per_pass)) "$(shown "$each" 2)" "$(awk -v b="$body_bytes" 'BEGIN { printf "%.2f", b / 1024 }')"
  add_target "a person in memory: at most 4 KiB beyond their rows" "$beyond" " KiB" at_most 4
  add_target "people that were read" "$(total people successful)" "" at_least $((passes * people_per_pass))
}

# --- streams --------------------------------------------------------------------------------------------------------------------

measure_streams() {
  start_server streams --coach.tokens_per_second=5 --coach.repeat_tokens="$stream_tokens"
  make_people streams "$streams"
  measure streams streams streams --people "$work/streams.people" --streams "$streams" --ramp 8 \
    --timeout $((stream_tokens / 5 + 40))
  stop streams
}

report_streams() {
  printf '\n### %s streams of 5 tokens/s, stored as they grow\n\n' "$streams"
  echo '| tokens/s, steady | server CPU per token, us | first token median ms | p99 ms | gap p99 ms | merged | failed |'
  echo '|---|---|---|---|---|---|---|'
  printf '| %s |' "$(shown "$(figure streams steady_tokens_per_second)" 0)"
  for key in server_cpu_us_per_token first_token_median_ms first_token_p99_ms gap_p99_ms; do
    printf ' %s |' "$(shown "$(figure streams "$key")" 1)"
  done
  printf ' %s | %s |\n' "$(total streams merged_tokens)" "$(total streams failed)"
  add_target "$streams streams: tokens/s" "$(figure streams steady_tokens_per_second)" "/s" at_least $((streams * 495 / 100))
  add_target "$streams streams: none lost" "$(total streams failed)" "" at_most 0
  add_target "$streams streams: first token p99 below 1 s" "$(figure streams first_token_p99_ms)" " ms" below 1000
}

# shellcheck disable=SC2086
run_parts $parts
