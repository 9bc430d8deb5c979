#!/bin/bash
# Measures the spine of GENESIS on two cores, load generator included: cached reads beside a bare Beast server, durable
# writes with and without group commit, and a thousand streams. Prints Markdown, and ends with status 1 when a target is missed.
# Takes about two minutes after the build.
#
#   benchmarks/spine.sh [reads] [writes] [streams]     all three when none is named
#
#   QUICK=1          one short round of each instead of the median of three
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
parts="${*:-reads writes streams}"
for part in $parts; do
  case "$part" in
    reads | writes | streams) ;;
    *) echo "spine.sh: no part is called '$part': reads, writes or streams" >&2; exit 2 ;;
  esac
done

if [ -n "${QUICK:-}" ]; then
  rounds=1 seconds=2 warm_up=0.5 stream_tokens=160 ramp=2
else
  rounds=3 seconds=4 warm_up=1 stream_tokens=300 ramp=4
fi
streams=1000 open_rate=5000 connections=64
load_limit=120  # seconds that one call of the generator may take

script=spine.sh
# shellcheck source=benchmarks/common.sh
source benchmarks/common.sh

request_row() {  # LABEL RESULT RATIO
  printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$1" "$(shown "$(figure "$2" server_cpu_us_per_request)" 1)" "$3" \
    "$(shown "$(figure "$2" requests_per_second)" 0)" "$(shown "$(figure "$2" median_ms)" 2)" \
    "$(shown "$(figure "$2" p95_ms)" 2)" "$(shown "$(figure "$2" p99_ms)" 2)" "$(shown "$(figure "$2" max_ms)" 2)" \
    "$(($(total "$2" failed) + $(total "$2" unsent)))"
}

request_header() {  # RATIO-TITLE
  echo "| | server CPU per request, us | $1 | requests/s | median ms | p95 ms | p99 ms | max ms | failed |"
  echo '|---|---|---|---|---|---|---|---|---|'
}

# --- the three parts -----------------------------------------------------------------------------------------------------------

measure_reads() {
  start_server reads
  make_people reads "$connections"
  "$load" record --target "127.0.0.1:${port_of[reads]}" --people "$work/reads.people" --path /api/v1/users/me \
    --out "$work/me.response"
  start_raw "$work/me.response"
  "$load" record --target "127.0.0.1:${port_of[raw]}" --people "$work/reads.people" --path /api/v1/users/me \
    --out "$work/raw.response"
  cmp -s <(tail -n 1 "$work/me.response") <(tail -n 1 "$work/raw.response") \
    || { echo "$script: raw_beast does not send the recorded body" >&2; exit 1; }
  local common=(--people "$work/reads.people" --path /api/v1/users/me --warm-up "$warm_up" --seconds "$seconds")
  for _ in $(seq $rounds); do
    for server in raw reads; do
      measure "$server.saturated" "$server" closed --users "$connections" --requests 0 "${common[@]}"
    done
    for server in raw reads; do
      measure "$server.open" "$server" open --rate "$open_rate" --connections "$connections" "${common[@]}"
    done
  done
  stop raw
  stop reads
}

report_reads() {
  local saturated open
  saturated=$(ratio "$(figure reads.saturated server_cpu_us_per_request)" "$(figure raw.saturated server_cpu_us_per_request)")
  open=$(ratio "$(figure reads.open server_cpu_us_per_request)" "$(figure raw.open server_cpu_us_per_request)")
  printf '\n### Cached GET /api/v1/users/me beside a bare Beast handler, %s connections\n\n' "$connections"
  request_header "CPU / raw"
  request_row "raw Beast, saturated" raw.saturated 1
  request_row "GENESIS, saturated" reads.saturated "$saturated"
  request_row "raw Beast, $open_rate/s open loop" raw.open 1
  request_row "GENESIS, $open_rate/s open loop" reads.open "$open"
  add_target "cached read, saturated: CPU at most 1.6 x raw" "$saturated" " x" at_most 1.6
  add_target "cached read at $open_rate/s: CPU at most 1.8 x raw" "$open" " x" at_most 1.8
  add_target "cached read at $open_rate/s: p99 below 5 ms" "$(figure reads.open p99_ms)" " ms" below 5
}

measure_writes() {
  start_server grouped
  start_server single --storage.batch_size=1
  make_people grouped "$connections"
  make_people single "$connections"
  head -n 1 "$work/grouped.people" >"$work/one.people"
  local common=(--method POST --path '/api/v1/conversations/{conversation}/messages' --idempotency-key '{uuid}'
    --body '{"content":"Message {n}: slept seven hours, trained legs, felt strong until the last set."}'
    --requests 0 --warm-up "$warm_up" --seconds "$seconds")
  for _ in $(seq $rounds); do
    measure grouped.writes grouped closed --people "$work/grouped.people" --users "$connections" "${common[@]}"
    measure single.writes single closed --people "$work/single.people" --users "$connections" "${common[@]}"
    measure one.writes grouped closed --people "$work/one.people" --users 32 "${common[@]}"
  done
  stop single
  stop grouped
}

report_writes() {
  local single group one
  single=$(figure single.writes requests_per_second)
  group=$(ratio "$(figure grouped.writes requests_per_second)" "$single")
  one=$(ratio "$(figure one.writes requests_per_second)" "$single")
  printf '\n### Durable POST of a message with an Idempotency-Key\n\n'
  request_header "rate / batch size 1"
  request_row "batch size 1, 64 people on 64 connections" single.writes 1
  request_row "group commit, 64 people on 64 connections" grouped.writes "$group"
  request_row "group commit, one person on 32 connections" one.writes "$one"
  add_target "group commit: at least 3 x the rate of batch size 1" "$group" " x" at_least 3
}

measure_streams() {
  start_server streams --coach.tokens_per_second=20 --coach.repeat_tokens="$stream_tokens"
  make_people streams "$streams"
  for _ in $(seq $rounds); do
    measure streams streams streams --people "$work/streams.people" --streams "$streams" --ramp "$ramp" \
      --timeout $((stream_tokens / 20 + 30))
    measure_machine streams
  done
  stop streams
}

stream_row() {  # LABEL PREFIX
  printf '| %s | %s | %s | %s | %s |\n' "$1" "$(shown "$(figure streams "$2_median_ms")" 2)" \
    "$(shown "$(figure streams "$2_p95_ms")" 2)" "$(shown "$(figure streams "$2_p99_ms")" 2)" \
    "$(shown "$(figure streams "$2_max_ms")" 2)"
}

gap_error() {  # how much later than its due time a token comes, at the 99th percentile
  awk -v p99="$(figure streams gap_p99_ms)" 'BEGIN { if (p99 == "-") print "-"; else print p99 - 1000 / 20 }'
}

report_streams() {
  printf '\n### %s streams of 20 tokens/s, stored as they grow\n\n' "$streams"
  echo '| | median ms | p95 ms | p99 ms | max ms |'
  echo '|---|---|---|---|---|'
  stream_row "start to first event" first_event
  stream_row "start to first token" first_token
  stream_row "token to token" gap
  printf '\n| server CPU per token, steady | over the whole run | client | tokens/s, steady | per stream, median | merged | failed |\n'
  echo '|---|---|---|---|---|---|---|'
  printf '| %s us | %s us | %s us | %s | %s | %s | %s |\n' "$(shown "$(figure streams server_cpu_us_per_token)" 1)" \
    "$(shown "$(figure streams run_server_cpu_us_per_token)" 1)" "$(shown "$(figure streams client_cpu_us_per_token)" 1)" \
    "$(shown "$(figure streams steady_tokens_per_second)" 0)" \
    "$(shown "$(figure streams stream_tokens_per_second_median)" 2)" "$(total streams merged_tokens)" "$(total streams failed)"
  add_cpu_target "streamed token" "$(figure streams server_cpu_us_per_token)" 13
  add_target "token to token: p99 of the error below 10 ms" "$(gap_error)" " ms" below 10
  add_target "first event: median below 5 ms" "$(figure streams first_event_median_ms)" " ms" below 5
  add_target "first token: median below 50 ms" "$(figure streams first_token_median_ms)" " ms" below 50
}

# shellcheck disable=SC2086
run_parts $parts
