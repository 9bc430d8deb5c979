#!/bin/bash
# Measures how GENESIS uses its databases on two cores, load generator and servers included: durable writes, activation, lists,
# search, statements, exports and a database that stops, over SQLite and a PostgreSQL 15 of its own. Prints Markdown, and ends with
# status 1 when a target is missed. Takes about ten minutes after the build, most of it to make two databases of a million messages.
#
#   benchmarks/storage.sh [writes] [activation] [list] [search] [statements] [export] [pause]     all when none is named
#
#   QUICK=1          one short round of each, and databases a tenth as large
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
parts="${*:-writes activation list search statements export pause}"
for part in $parts; do
  case "$part" in
    writes | activation | list | search | statements | export | pause) ;;
    *) echo "storage.sh: no part is called '$part': writes, activation, list, search, statements, export or pause" >&2; exit 2 ;;
  esac
done

if [ -n "${QUICK:-}" ]; then
  rounds=1 seconds=3 warm_up=1 searchers=100 exported=100000
else
  rounds=3 seconds=5 warm_up=1.5 searchers=1000 exported=1000000
fi
connections=64 visitors=4000 visits=1000 entries=1000 search_rate=200 cached_rate=5000
load_limit=120  # seconds that one call of the generator may take

script=storage.sh more_targets=raw_list
# shellcheck source=benchmarks/common.sh
source benchmarks/common.sh
# shellcheck source=benchmarks/services.sh
source benchmarks/services.sh

start_on_postgres() {  # NAME FLAG...: over the database of that name
  local name=$1
  shift
  start_server "$name" --storage.url="$(database_url "$name")" "$@"
}

measure_with_database() {  # RESULT SERVER MODE OPTION...: adds what PostgreSQL used of the processors for each request
  local result=$1 before after requests
  before=$(postgres_cpu_us)
  measure "$@"
  after=$(postgres_cpu_us)
  requests=$(tail -n 1 "$work/$result.json" | sed -n 's/.*[{,]"total":\([^,}]*\).*/\1/p')
  # The warm-up is in the one and not in the other.
  awk -v us=$((after - before)) -v n="$requests" -v s="$seconds" -v w="$warm_up" \
    'BEGIN { printf "{\"database_cpu_us_per_request\":%.2f}\n", us / (n * (s + w) / s) }' >>"$work/$result.json"
}

request_header() {  # TITLE-OF-RATIO
  echo "| | CPU per request, us | PostgreSQL's CPU, us | $1 | requests/s | median ms | p95 ms | p99 ms | max ms | failed |"
  echo '|---|---|---|---|---|---|---|---|---|---|'
}

request_row() {  # LABEL RESULT RATIO
  printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$1" "$(shown "$(figure "$2" server_cpu_us_per_request)" 1)" \
    "$(shown "$(figure "$2" database_cpu_us_per_request)" 1)" "$3" "$(shown "$(figure "$2" requests_per_second)" 0)" \
    "$(shown "$(figure "$2" median_ms)" 2)" "$(shown "$(figure "$2" p95_ms)" 2)" "$(shown "$(figure "$2" p99_ms)" 2)" \
    "$(shown "$(figure "$2" max_ms)" 2)" "$(($(total "$2" failed) + $(total "$2" unsent)))"
}

difference() {  # A B
  awk -v a="$1" -v b="$2" 'BEGIN { if (a == "-" || b == "-") print "-"; else printf "%.3f", a - b }'
}

sum() {  # A B
  awk -v a="$1" -v b="$2" 'BEGIN { if (a == "-" || b == "-") print "-"; else printf "%.3f", a + b }'
}

# --- writes --------------------------------------------------------------------------------------------------------------------

note='Slept seven hours, trained legs, felt strong until the last set.'

# What a single commit on our schema costs at best: the row of a message with its words, and nothing else, by one prepared statement.
prepare_pgbench() {
  sql grouped "insert into user_fences select 'client' || i, 1, 1, 0 from generate_series(0, 63) as i;
    insert into conversations (id, user_id, is_archived, message_count, created_at, updated_at, revision)
      select 'talk' || i, 'client' || i, 0, 0, 0, 0, 1 from generate_series(0, 63) as i"
  cat >"$work/single.pgbench" <<SQL
\\set number :number + 1
insert into messages (id, user_id, conversation_id, seq, role, content, status, artifacts, metadata, created_at, updated_at, revision,
  search_vector) values (gen_random_uuid(), 'client' || cast(:client_id as text), 'talk' || cast(:client_id as text), :number, 'user', '$note', 'complete',
  '[]', '{}', 1767225600000, 1767225600000, 1,
  '''felt'':6 ''hour'':3 ''last'':10 ''leg'':5 ''set'':11 ''seven'':2 ''slept'':1 ''strong'':7 ''train'':4 ''until'':8 ''uclient'':99');
SQL
}

measure_pgbench() {  # RESULT CLIENTS
  local before
  before=$(sql grouped "select coalesce(max(seq), 0) from messages where conversation_id like 'talk%'")
  timeout "$load_limit" "$binaries/pgbench" -n -M prepared -c "$2" -T "$seconds" -D number="$before" -h "$sockets" -U genesis \
    -f "$work/single.pgbench" grouped >"$work/$1.log" 2>&1 || give_up "$1" "has failed"
  sed -n 's/^tps = \([0-9.]*\).*/{"requests_per_second":\1}/p' "$work/$1.log" >>"$work/$1.json"
  printf '.' >&2
}

measure_writes() {
  start_postgres
  for name in grouped single; do make_database "$name"; done
  start_on_postgres grouped
  start_on_postgres single --storage.batch_size=1
  for name in grouped single; do make_people "$name" "$connections"; done
  prepare_pgbench
  local common=(closed --users "$connections" --method POST --path '/api/v1/conversations/{conversation}/messages'
    --body "{\"content\":\"$note\"}" --requests 0 --warm-up "$warm_up" --seconds "$seconds")
  for _ in $(seq $rounds); do
    measure_pgbench pgbench 1
    measure_pgbench crowded_pgbench "$connections"
    measure_with_database grouped.writes grouped "${common[@]}" --people "$work/grouped.people"
    measure_with_database keyed.writes grouped "${common[@]}" --people "$work/grouped.people" --idempotency-key '{uuid}'
    measure_with_database single.writes single "${common[@]}" --people "$work/single.people"
    measure_machine grouped
  done
  stop single
  stop grouped
}

report_writes() {
  local single bench grouped
  single=$(figure single.writes requests_per_second)
  bench=$(figure pgbench requests_per_second)
  grouped=$(figure grouped.writes requests_per_second)
  printf '\n### Durable POST of a message on PostgreSQL, 64 people on 64 connections\n\n'
  request_header "rate / batch size 1"
  request_row "batch size 1" single.writes 1
  request_row "group commit" grouped.writes "$(ratio "$grouped" "$single")"
  request_row "group commit, with an Idempotency-Key" keyed.writes "$(ratio "$(figure keyed.writes requests_per_second)" "$single")"
  printf '\npgbench inserts and commits %s rows a second one by one, and %s with 64 clients: a message each and nothing else.\n' \
    "$(shown "$bench" 0)" "$(shown "$(figure crowded_pgbench requests_per_second)" 0)"
  add_target "PostgreSQL, group commit: at least 4 x the rate of batch size 1" "$(ratio "$grouped" "$single")" " x" at_least 4
  add_target "PostgreSQL, group commit: at least 3.5 x the single commits of pgbench with one client" "$(ratio "$grouped" "$bench")" " x" at_least 3.5
  add_cpu_target "PostgreSQL, a durable write" "$(figure grouped.writes server_cpu_us_per_request)" 60
}

# --- activation ----------------------------------------------------------------------------------------------------------------

# With one place in memory for each shard and four people who take turns in it, every visit is an activation, over connections and
# tokens that are known.
start_crowded() {  # FLAG...
  start_on_postgres people --users.active_max=1024 --users.warm_up=0 "$@"
}

measure_visits() {  # RESULT [SOURCE]: and how long activations took, in the mean
  local result=$1 source=${2:-} took=genesis_user_activation_seconds before_s=0 before_n=0
  if [ -n "$source" ]; then
    # The first round makes everybody known: to the threads, and to Redis.
    measure unused people "${visit[@]}" --seconds $((visitors / visits + 1))
    before_s=$(sum_of people "${took}_sum{source=\"$source\"}")
    before_n=$(sum_of people "${took}_count{source=\"$source\"}")
  fi
  measure_with_database "$result" people "${visit[@]}" --warm-up "$warm_up" --seconds "$seconds"
  [ -n "$source" ] || return 0
  awk -v s="$(sum_of people "${took}_sum{source=\"$source\"}")" -v n="$(sum_of people "${took}_count{source=\"$source\"}")" \
    -v s0="$before_s" -v n0="$before_n" \
    'BEGIN { if (n > n0) printf "{\"activation_us\":%.2f,\"activations\":%d}\n", (s - s0) * 1e6 / (n - n0), n - n0 }' \
    >>"$work/$result.json"
}

measure_activation() {
  start_postgres
  make_database people
  start_on_postgres people
  make_people people "$visitors"
  # A month of somebody who uses it: what comes along when they are taken into memory.
  measure unused people closed --people "$work/people.people" --users "$visitors" --requests 30 --seconds "$load_limit" \
    --method POST --path /api/v1/progress --body '{"metric":"energy","value":4,"note":"entry {n}"}'
  measure unused people closed --people "$work/people.people" --users "$visitors" --requests 11 --seconds "$load_limit" \
    --method POST --path /api/v1/conversations --body '{"title":"Talk number {n}"}'
  visit=(open --people "$work/people.people" --path /api/v1/users/me --rate "$visits" --connections "$visitors")
  measure unused people "${visit[@]}" --seconds $((visitors / visits + 1))
  for _ in $(seq $rounds); do measure_visits from_memory; done
  stop people
  start_redis
  for _ in $(seq $rounds); do
    start_crowded
    measure_visits from_database database
    stop people
    start_crowded --cache.redis_url="unix://$work/redis.sock"
    measure_visits from_redis l2_redis
    kill -STOP "${pid_of[redis]}"
    measure_visits redis_stopped
    kill -CONT "${pid_of[redis]}"
    stop people
    # What answers under the address is another kind of server.
    start_server stranger
    start_crowded --cache.redis_url="redis://127.0.0.1:${port_of[stranger]}"
    measure_visits redis_garbage
    stop people
    stop stranger
  done
  stop redis
}

activation_cpu() {  # RESULT: of our process and of PostgreSQL, beyond that of a visit to somebody who is in memory
  difference "$(sum "$(figure "$1" server_cpu_us_per_request)" "$(figure "$1" database_cpu_us_per_request)")" \
    "$(sum "$(figure from_memory server_cpu_us_per_request)" "$(figure from_memory database_cpu_us_per_request)")"
}

report_activation() {
  printf '\n### GET /api/v1/users/me, %s/s, by people with 30 measurements and 12 conversations of whom nobody is in memory\n\n' \
    "$visits"
  request_header "activation, us"
  request_row "everybody is in memory" from_memory -
  request_row "without Redis" from_database "$(shown "$(figure from_database activation_us)" 0)"
  request_row "with Redis" from_redis "$(shown "$(figure from_redis activation_us)" 0)"
  request_row "Redis is stopped" redis_stopped -
  request_row "Redis is something else" redis_garbage -
  printf '\nAn activation takes %s us of CPU from PostgreSQL, its own included, and %s from Redis, with that of PostgreSQL.\n' \
    "$(shown "$(activation_cpu from_database)" 0)" "$(shown "$(activation_cpu from_redis)" 0)"
  add_target "activation from Redis: CPU at most 0.6 x that from PostgreSQL" \
    "$(ratio "$(activation_cpu from_redis)" "$(activation_cpu from_database)")" " x" at_most 0.6
  local state
  for state in from_redis redis_stopped redis_garbage; do
    add_target "$state: p99 below 2 x that without Redis" \
      "$(ratio "$(figure $state p99_ms)" "$(figure from_database p99_ms)")" " x" below 2
    add_target "$state: nothing failed" "$(total $state failed)" "" at_most 0
  done
}

# --- list ----------------------------------------------------------------------------------------------------------------------

measure_list() {
  start_postgres
  make_database list
  start_on_postgres list
  make_people list "$connections" --diary 500
  sql list 'vacuum analyze'
  local path='/api/v1/conversations/{talk}/messages?limit=50'
  "$load" record --target "127.0.0.1:${port_of[list]}" --people "$work/list.people" --path "$path" --out "$work/list.response"
  build/bench/benchmarks/raw_list --database "$(database_url list)" --people "$work/list.people" --response "$work/list.response" \
    --threads 2 --port-file "$work/raw_list.port" >"$work/raw_list.log" 2>&1 &
  pid_of[raw_list]=$!
  await_port raw_list "$work/raw_list.port"
  await_ready raw_list
  "$load" record --target "127.0.0.1:${port_of[raw_list]}" --people "$work/list.people" --path "$path" --out "$work/raw_list.response"
  cmp -s <(tail -n 1 "$work/list.response") <(tail -n 1 "$work/raw_list.response") \
    || { echo "$script: raw_list does not send what GENESIS sends" >&2; exit 1; }
  local common=(closed --people "$work/list.people" --path "$path" --users "$connections" --requests 0 --warm-up "$warm_up"
    --seconds "$seconds") before
  for _ in $(seq $rounds); do
    measure_with_database raw_list.lists raw_list "${common[@]}"
    before=$(sum_of list 'genesis_db_query_duration_seconds_count{query_type="list_messages_newest_first"}')
    measure_with_database list.lists list "${common[@]}"
    list_statements=$(difference "$(sum_of list 'genesis_db_query_duration_seconds_count{query_type="list_messages_newest_first"}')" "$before")
  done
  stop raw_list
  stop list
}

report_list() {
  local cpu
  cpu=$(ratio "$(figure list.lists server_cpu_us_per_request)" "$(figure raw_list.lists server_cpu_us_per_request)")
  printf '\n### 50 messages of a conversation from PostgreSQL, 64 connections, %s bytes\n\n' "$(tail -n 1 "$work/list.response" | wc -c)"
  request_header "CPU / raw"
  request_row "Beast, libpq and Boost.JSON" raw_list.lists 1
  request_row "GENESIS" list.lists "$cpu"
  printf '\nIn its last round GENESIS ran the statement %s times.\n' "$(shown "$list_statements" 0)"
  add_target "list of 50 messages: CPU at most 1.3 x raw" "$cpu" " x" at_most 1.3
}

# --- search --------------------------------------------------------------------------------------------------------------------

declare -A seeding_s

measure_search() {
  start_postgres
  make_database search
  local queries=() text
  for text in squats 'tired%20early' '%22heart%20rate%22' 'coffee' 'swim*' 'salmon%20-yoga' 'caminata' 'energia' 'pro*' \
    '%22rice%20and%20chicken%22' 'ma%C3%B1ana' 'kettlebell%20pancakes'; do
    queries+=(--path "/api/v1/messages/search?q=$text")
  done
  for on in sqlite postgresql; do
    if [ $on = sqlite ]; then start_server search; else start_on_postgres search; fi
    local begun=$SECONDS
    make_people search "$searchers" --diary "$entries"
    seeding_s[$on]=$((SECONDS - begun))
    printf '%s messages on %s in %s s ' $((searchers * entries)) $on "${seeding_s[$on]}" >&2
    [ $on = sqlite ] || sql search 'vacuum analyze'
    for _ in $(seq $rounds); do
      measure_with_database "search.$on" search open --rate "$search_rate" --connections "$searchers" \
        --people "$work/search.people" "${queries[@]}" --warm-up "$warm_up" --seconds "$seconds"
    done
    stop search
    rm -rf "$work/search"
  done
}

report_search() {
  printf '\n### Search in %s messages of %s people, %s/s\n\n' $((searchers * entries)) "$searchers" "$search_rate"
  request_header "made in s"
  local on
  for on in sqlite postgresql; do
    request_row "$on" "search.$on" "${seeding_s[$on]}"
    add_target "search, $on: p95 below 20 ms" "$(figure "search.$on" p95_ms)" " ms" below 20
    add_target "search, $on: nothing failed" "$(total "search.$on" failed)" "" at_most 0
  done
}

# --- statements ------------------------------------------------------------------------------------------------------------------

declare -A statement_mean_ms statement_count

measure_statements() {
  start_postgres
  make_database statements
  local took=genesis_db_query_duration_seconds s n
  for on in sqlite postgresql; do
    if [ $on = sqlite ]; then start_server statements; else start_on_postgres statements; fi
    make_people statements 1000
    s=$(sum_of statements ${took}_sum)
    n=$(sum_of statements ${took}_count)
    measure_with_database "statements.$on" statements users --people "$work/statements.people" --users 1000 --think 1 --ramp 2 \
      --warm-up 2 --seconds $((seconds * 3))
    statement_mean_ms[$on]=$(awk -v s="$s" -v n="$n" -v s1="$(sum_of statements ${took}_sum)" -v n1="$(sum_of statements ${took}_count)" \
      'BEGIN { if (n1 > n) print (s1 - s) * 1000 / (n1 - n); else print "-" }')
    statement_count[$on]=$(difference "$(sum_of statements ${took}_count)" "$n")
    stop statements
    rm -rf "$work/statements"
  done
}

report_statements() {
  printf '\n### 1,000 users: of 103 steps 60 profiles, 20 lists, 15 posts, 5 chats, 2 searches, 1 export; 1 s of thinking\n\n'
  echo '| | statements | mean ms | requests/s | p95 ms | p99 ms | failed |'
  echo '|---|---|---|---|---|---|---|'
  local on
  for on in sqlite postgresql; do
    printf '| %s | %s | %s | %s | %s | %s | %s |\n' $on "$(shown "${statement_count[$on]}" 0)" "$(shown "${statement_mean_ms[$on]}" 3)" \
      "$(shown "$(figure "statements.$on" requests_per_second)" 0)" "$(shown "$(figure "statements.$on" p95_ms)" 2)" \
      "$(shown "$(figure "statements.$on" p99_ms)" 2)" "$(total "statements.$on" failed)"
    add_target "statements, $on: mean below 50 ms" "${statement_mean_ms[$on]}" " ms" below 50
    add_target "statements, $on: mean below 2 ms, as expected" "${statement_mean_ms[$on]}" " ms" below 2
  done
}

# --- export ------------------------------------------------------------------------------------------------------------------------

kib_of() {  # SERVER NAME: of its /proc status
  awk -v name="$2:" '$1 == name { print $2 }' "/proc/${pid_of[$1]}/status"
}

measure_export() {
  start_server export
  local begun=$SECONDS
  make_people export 1 --diary "$exported"
  seeding_s[export]=$((SECONDS - begun))
  stop export
  export_bytes=0 export_grown=-
  start_server export
  for _ in $(seq $rounds); do
    local idle
    idle=$(kib_of export VmRSS)
    echo 5 >"/proc/${pid_of[export]}/clear_refs"  # the highest so far is forgotten
    measure export.ndjson export closed --users 1 --requests 1 --seconds 100 --timeout 100 --people "$work/export.people" \
      --path /api/v1/messages/export
    [ "$export_grown" != - ] || export_grown=$(awk -v a="$(kib_of export VmHWM)" -v b="$idle" 'BEGIN { print (a - b) / 1024 }')
    measure export.csv export closed --users 1 --requests 1 --seconds 100 --timeout 100 --people "$work/export.people" \
      --path '/api/v1/messages/export?format=csv'
  done
  stop export
}

export_rate() {  # RESULT
  awk -v n="$exported" -v ms="$(figure "$1" median_ms)" 'BEGIN { if (ms == "-") print "-"; else print n * 1000 / ms }'
}

report_export() {
  printf '\n### Export of %s messages of one person from SQLite, one client\n\n' "$exported"
  echo '| | rows/s | seconds | CPU per row, us | failed |'
  echo '|---|---|---|---|---|'
  local kind
  for kind in ndjson csv; do
    printf '| %s | %s | %s | %s | %s |\n' $kind "$(shown "$(export_rate export.$kind)" 0)" \
      "$(awk -v ms="$(figure export.$kind median_ms)" 'BEGIN { printf "%.2f", ms / 1000 }')" \
      "$(awk -v us="$(figure export.$kind server_cpu_us_per_request)" -v n="$exported" 'BEGIN { printf "%.2f", us / n }')" \
      "$(total export.$kind failed)"
    add_target "export, $kind: at least 200,000 rows/s" "$(export_rate export.$kind)" "/s" at_least 200000
    add_target "export, $kind: nothing failed" "$(total export.$kind failed)" "" at_most 0
  done
  printf '\nThe messages were made in %s s. Memory grew by %s MiB while the first export ran.\n' "${seeding_s[export]}" "$(shown "$export_grown" 1)"
  add_target "export: memory below 32 MiB above idle" "$export_grown" " MiB" below 32
}

# --- pause -------------------------------------------------------------------------------------------------------------------------

measure_pause() {
  start_postgres
  make_database pause
  start_on_postgres pause
  make_people pause 1000
  local common=(open --people "$work/pause.people" --path /api/v1/users/me --connections 1000 --rate)
  measure unused pause "${common[@]}" 1000 --seconds 2
  (sleep 7; pause_postgres; sleep 5; resume_postgres) &
  measure pause pause "${common[@]}" "$cached_rate" --warm-up 2 --seconds 15
  wait $!
  stop pause
}

report_pause() {
  printf '\n### %s cached reads a second for 15 s, while PostgreSQL stands still for 5 s\n\n' "$cached_rate"
  request_header "-"
  request_row "stopped from the 5th to the 10th second" pause -
  add_target "PostgreSQL stopped: no cached read fails" "$(total pause failed)" "" at_most 0
  add_target "PostgreSQL stopped: all cached reads are sent" "$(total pause unsent)" "" at_most 0
}

# shellcheck disable=SC2086
run_parts $parts
