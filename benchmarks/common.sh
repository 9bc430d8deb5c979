# shellcheck shell=bash disable=SC2154,SC2034
# What the measuring scripts share: servers of their own, one call of the generator, figures out of its results. Sourced from the
# root of the tree by a script that has `set -euo pipefail` and $load_limit, and calls itself $script. Builds the programs unless SKIP_BUILD is set.

bin="${GENESIS:-build/bench/genesis}"
load=build/bench/benchmarks/genesis_load
raw=build/bench/benchmarks/raw_beast
if [ -z "${SKIP_BUILD:-}" ]; then
  { cmake --preset bench && cmake --build build/bench --target genesis genesis_load raw_beast ${more_targets:-}; } >&2
fi
for program in "$bin" "$load" "$raw" ${more_targets:+"build/bench/benchmarks/$more_targets"}; do
  [ -x "$program" ] || { echo "$script: $program is missing" >&2; exit 1; }
done

parent="${DATA_PARENT:-build/bench}"
filesystem=$(stat -f -c %T "$parent")
case "$filesystem" in
  tmpfs | ramfs)
    if [ -z "${ALLOW_TMPFS:-}" ]; then
      echo "$script: $parent is on $filesystem, where a commit costs nothing: set DATA_PARENT to a directory on a disk" >&2
      exit 1
    fi ;;
esac
work=$(mktemp -d -p "$parent" "${script%.sh}.XXXXXX")
work=$(cd "$work" && pwd)

# --- processes -------------------------------------------------------------------------------------------------------------

declare -A pid_of port_of signal_of

stop() {  # NAME: ends one process that this script started, by its id
  local pid="${pid_of[$1]:-}"
  [ -n "$pid" ] || return 0
  unset "pid_of[$1]"
  kill -"${signal_of[$1]:-TERM}" "$pid" 2>/dev/null || return 0
  for _ in $(seq 200); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

finish() {
  local status=$?
  trap - EXIT INT TERM
  ! declare -F before_the_end >/dev/null || before_the_end
  for name in "${!pid_of[@]}"; do stop "$name"; done
  if [ -n "${KEEP:-}" ]; then
    echo "kept: $work" >&2
  else
    rm -rf "$work"
  fi
  exit $status
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

give_up() {  # NAME SENTENCE: with the end of the server's log
  echo "$script: $1 $2" >&2
  tail -n 20 "$work/$1.log" >&2 || true
  exit 1
}

await_port() {  # NAME FILE
  for _ in $(seq 100); do
    kill -0 "${pid_of[$1]}" 2>/dev/null || give_up "$1" "has ended"
    if [ -s "$2" ]; then
      port_of[$1]=$(tr -d '[:space:]' <"$2")
      return
    fi
    sleep 0.1
  done
  give_up "$1" "has not written its port"
}

# Every server, the bare one too, has answered the same requests on connections of their own before it is measured: what a
# first connection costs or warms must not stand on one side of a ratio alone.
await_ready() {  # NAME
  for _ in $(seq 100); do
    "$load" record --target "127.0.0.1:${port_of[$1]}" --path /health/ready --out "$work/ready" 2>/dev/null && return
    sleep 0.1
  done
  give_up "$1" "is not ready"
}

# As in service: a line for each request in the access log, and limits, which are counted and never reached.
as_in_service=(--log.access=true --log.level=info --limits.reads_per_minute=1000000 --limits.writes_per_minute=1000000
  --limits.chats_per_minute=1000000 --limits.auth_per_minute=1000000 --http.connections_per_address_max=65536)

start_server() {  # NAME FLAG...
  local name=$1 directory="$work/$1"
  shift
  rm -f "$directory/http.port"  # of a run before
  "$bin" serve --http.port=0 --http.threads=2 --data.directory="$directory" --log.file="$work/$name.access.log" \
    "${as_in_service[@]}" "$@" >"$work/$name.log" 2>&1 &
  pid_of[$name]=$!
  await_port "$name" "$directory/http.port"
  await_ready "$name"
}

start_raw() {  # RESPONSE
  rm -f "$work/raw.port"  # of a run before
  "$raw" --response "$1" --threads 2 --port-file "$work/raw.port" >"$work/raw.log" 2>&1 &
  pid_of[raw]=$!
  await_port raw "$work/raw.port"
  await_ready raw
}

make_people() {  # NAME COUNT FLAG...
  local name=$1 count=$2
  shift 2
  rm -f "$work/$name.people"
  "$bin" demo --people "$count" --tokens "$work/$name.people" --data.directory="$work/$name" "$@" >"$work/$name.demo.log" 2>&1 \
    || { cat "$work/$name.demo.log" >&2; exit 1; }
}

sum_of() {  # SERVER TEXT...: the sum of the metrics' samples that begin with one of the texts, now
  local server=$1
  shift
  "$load" record --target "127.0.0.1:${port_of[$server]}" --path /metrics --out "$work/metrics"
  awk -v texts="$(printf '%s\n' "$@")" 'BEGIN { n = split(texts, of, "\n") }
    { for (i = 1; i <= n; i++) if (index($0, of[i]) == 1) s += $NF } END { printf "%.15g", s }' "$work/metrics"
}

# --- measuring and figures ---------------------------------------------------------------------------------------------------

measure() {  # RESULT SERVER MODE OPTION...: appends one line of JSON to the result
  local result=$1 server=$2 mode=$3
  shift 3
  # Failed requests give status 1; the table shows them.
  timeout "$load_limit" "$load" "$mode" --json --target "127.0.0.1:${port_of[$server]}" --server-pid "${pid_of[$server]}" "$@" \
    >>"$work/$result.json" || [ $? -eq 1 ]
  printf '.' >&2
}

values() {  # RESULT KEY: the figure of every round, one a line
  sed -n "s/.*[{,]\"$2\":\([^,}]*\).*/\1/p" "$work/$1.json"
}

figure() {  # RESULT KEY: the median of the rounds
  values "$1" "$2" | grep -v null | sort -g | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)]; else print "-" }'
}

total() {  # RESULT KEY: the sum over the rounds
  values "$1" "$2" | awk '{ s += $1 } END { print s + 0 }'
}

shown() {  # NUMBER DECIMALS
  if [ "$1" = - ]; then echo -; else printf "%.$2f" "$1"; fi
}

ratio() {  # A B
  awk -v a="$1" -v b="$2" 'BEGIN { if (a == "-" || b == "-" || b == 0) print "-"; else printf "%.2f", a / b }'
}

verdict() {  # VALUE below|above|at_most|at_least LIMIT
  awk -v v="$1" -v how="$2" -v limit="$3" 'BEGIN {
    if (v == "-") print "not measured"
    else print (how == "below" ? v < limit : how == "above" ? v > limit : how == "at_most" ? v <= limit : v >= limit) ? "yes" : "NO"
  }'
}

target_rows="" target_missed=0
add_target() {  # LABEL MEASURED UNIT HOW LIMIT
  local met
  met=$(verdict "$2" "$4" "$5")
  [ "$met" = yes ] || target_missed=1
  target_rows+="| $1 | $(shown "$2" 2)$3 | $met |"$'\n'
}

# --- targets in microseconds -------------------------------------------------------------------------------------------------

# They are set for a machine on which a bare Beast handler takes this much for a saturated read of somebody's profile. What a
# slower one takes, or one that others use too, is measured in the same minutes, and allowed for.
reference_read_us=9.4

measure_machine() {  # SERVER: what a bare handler takes for the answer that it gives to those in SERVER.people
  "$load" record --target "127.0.0.1:${port_of[$1]}" --people "$work/$1.people" --path /api/v1/users/me --out "$work/machine.response"
  start_raw "$work/machine.response"
  measure machine raw closed --users 64 --requests 0 --people "$work/$1.people" --path /api/v1/users/me --warm-up 0.5 --seconds 2
  stop raw
}

allowed_us() {  # MICROSECONDS: on this machine
  awk -v us="$1" -v here="$(figure machine server_cpu_us_per_request)" -v there="$reference_read_us" \
    'BEGIN { printf "%.1f", here == "-" || here < there ? us : us * here / there }'
}

add_cpu_target() {  # LABEL MEASURED MICROSECONDS
  local allowed
  allowed=$(allowed_us "$3")
  add_target "$1: at most $3 us of CPU where a bare read takes $reference_read_us; here $(shown "$(figure machine server_cpu_us_per_request)" 1), so $allowed" \
    "$2" " us" at_most "$allowed"
}

# --- a run: its parts, then its report -------------------------------------------------------------------------------------------

print_report() {  # PART...: what each part has to say, between what was measured where and the targets
  printf '## GENESIS %s, %s\n\n' "${script%.sh}" "$(date -u +%Y-%m-%dT%H:%MZ)"
  printf 'Commit %s; %s; cores %s (servers and load generator together); data on %s; %s. Program measured as GENESIS: %s.\n' \
    "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
    "$cores" "$filesystem" "$(uname -sr)" "$bin"
  printf 'Load average when the measuring began: %s (other work on the machine distorts every figure below).\n' "$load_before"
  local part
  for part in "$@"; do "report_$part"; done
  printf '\n### Targets\n\n| target | measured | met |\n|---|---|---|\n%s' "$target_rows"
}

run_parts() {  # PART...: measures and reports each; the status says whether all targets are met
  load_before=$(cut -d' ' -f1-3 /proc/loadavg)
  echo "data directories: $work, on $filesystem" >&2
  local part
  for part in "$@"; do
    printf '%s ' "$part" >&2
    "measure_$part"
    echo >&2
  done
  print_report "$@" >"$work/report"
  cat "$work/report"
  [ -z "${REPORT:-}" ] || cp "$work/report" "$REPORT"
  exit "$target_missed"
}

# Two cores for everything, however many the machine has.
cores=$(taskset -cp $$ 2>/dev/null | sed 's/.*: //') || cores=unknown
if [ "$(nproc)" -gt 2 ]; then
  taskset -cp 0,1 $$ >/dev/null
  cores=0,1
fi
ulimit -n "$(ulimit -Hn)"  # a stream is a descriptor on either side
