#!/bin/bash
# Lets users work for half an hour, on connections that are closed and made anew, with chats among what they do, and watches the
# server: errors stay below 0.1 %, and after a warm-up neither memory nor descriptors grow by more than 3 %. Prints Markdown;
# status 1 when it does not hold.
#
#   benchmarks/soak.sh [MINUTES]     30 when not said; the first fifth is the warm-up
#
#   USERS=2000       users at the same time
#   DATA_PARENT=DIR  ALLOW_TMPFS=1  SKIP_BUILD=1  GENESIS=FILE  KEEP=1     as for benchmarks/roadmap.sh
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-}" in
  -h | --help) sed -n '2,/^set/{/^set/!s/^# \{0,1\}//p}' "$0"; exit 0 ;;
esac
minutes=${1:-30}
[[ $minutes =~ ^[1-9][0-9]?$ ]] || { echo "soak.sh: '$minutes' is no number of minutes from 1 to 59" >&2; exit 2; }
users=${USERS:-2000}
seconds=$((minutes * 60))
load_limit=$((seconds + 120))

script=soak.sh
# shellcheck source=benchmarks/common.sh
source benchmarks/common.sh

sample_s=5
watch() {  # appends "second memory-in-KiB descriptors" until the server ends
  local begin=$SECONDS
  while kill -0 "${pid_of[soak]}" 2>/dev/null; do
    printf '%s %s %s\n' $((SECONDS - begin)) "$(awk '/^VmRSS:/ {print $2}' "/proc/${pid_of[soak]}/status")" \
      "$(find "/proc/${pid_of[soak]}/fd" -mindepth 1 | wc -l)" >>"$work/samples"
    sleep "$sample_s"
  done
}

mean() {  # COLUMN FROM TO: of the samples between two seconds
  awk -v c="$1" -v from="$2" -v to="$3" '$1 >= from && $1 < to { s += $c; n++ } END { if (n) print s / n; else print "-" }' "$work/samples"
}

growth() {  # COLUMN: of the last fifth over the second one, in percent
  local early late
  early=$(mean "$1" $((seconds / 5)) $((seconds * 2 / 5)))
  late=$(mean "$1" $((seconds * 4 / 5)) "$seconds")
  awk -v a="$early" -v b="$late" 'BEGIN { if (a == "-" || b == "-" || a == 0) print "-"; else print 100 * (b - a) / a }'
}

# Idle people leave memory soon, so that the number in memory is that of the users all the time; conversations and measurements
# of the users grow all the while.
start_server soak
make_people soak "$users"
watch &
watcher=$!
measure soak soak users --people "$work/soak.people" --users "$users" --think 1 --shares 55 20 15 10 2 1 --steps-per-connection 20 \
  --ramp 5 --warm-up 10 --seconds $((seconds - 10))
stop soak
wait "$watcher" || true

printf '## GENESIS soak, %s minutes, %s users, %s\n\n' "$minutes" "$users" "$(date -u +%Y-%m-%dT%H:%MZ)"
printf 'Commit %s; data on %s; load average %s.\n\n' "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)" "$filesystem" \
  "$(cut -d' ' -f1-3 /proc/loadavg)"
echo '| requests | requests/s | p95 ms | p99 ms | first token p99 ms | failed | tokens renewed | memory at the end, MiB | descriptors |'
echo '|---|---|---|---|---|---|---|---|---|'
printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n\n' "$(total soak total)" "$(shown "$(figure soak requests_per_second)" 0)" \
  "$(shown "$(figure soak p95_ms)" 1)" "$(shown "$(figure soak p99_ms)" 1)" "$(shown "$(figure soak first_token_p99_ms)" 1)" \
  "$(total soak failed)" "$(total soak renewals)" "$(awk 'END { printf "%.0f", $2 / 1024 }' "$work/samples")" \
  "$(awk 'END { print $3 }' "$work/samples")"
add_target "errors below 0.1 %" "$(figure soak failed_pct)" " %" below 0.1
add_target "memory grows by at most 3 % after the warm-up" "$(growth 2)" " %" at_most 3
add_target "descriptors grow by at most 3 % after the warm-up" "$(growth 3)" " %" at_most 3
printf '| target | measured | met |\n|---|---|---|\n%s' "$target_rows"
exit "$target_missed"
