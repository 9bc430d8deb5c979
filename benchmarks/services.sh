# shellcheck shell=bash disable=SC2154,SC2034
# A PostgreSQL and a Redis for the measuring scripts: started where the script's data is, with what their packages come with, so that
# a commit is on the disk when it is answered. Sourced behind common.sh.

binaries=/usr/lib/postgresql/15/bin
for program in "$binaries/postgres" "$binaries/pgbench" /usr/bin/redis-server; do
  [ -x "$program" ] || { echo "$script: $program is missing: install postgresql-15 and redis-server" >&2; exit 1; }
done
sockets="$work/postgres.sockets"
[ ${#sockets} -le 85 ] || { echo "$script: $work is too long for a socket: set DATA_PARENT to a shorter directory" >&2; exit 1; }

# In front of a command: as a user that PostgreSQL accepts. No function, so that the process in the background is the command's own.
as_postgres=()
[ "$(id -u)" != 0 ] || as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups env -C "$sockets")

start_postgres() {
  [ -z "${pid_of[postgres]:-}" ] || return 0
  mkdir -p "$work/postgres" "$sockets"
  if [ "$(id -u)" = 0 ]; then
    chmod 711 "$work"
    chown postgres: "$work/postgres" "$sockets"
  fi
  "${as_postgres[@]}" "$binaries/initdb" -D "$work/postgres" -U genesis --auth=trust -E UTF8 --locale=C.UTF-8 >"$work/postgres.log" 2>&1 \
    || give_up postgres "cannot make its data directory"
  "${as_postgres[@]}" "$binaries/postgres" -D "$work/postgres" -p 5432 -k "$sockets" -c listen_addresses= >>"$work/postgres.log" 2>&1 &
  pid_of[postgres]=$!
  signal_of[postgres]=INT  # ends its sessions too
  for _ in $(seq 100); do
    "$binaries/pg_isready" -q -h "$sockets" && return
    sleep 0.1
  done
  give_up postgres "does not answer"
}

sql() {  # DATABASE STATEMENT
  psql -X -q -A -t -h "$sockets" -U genesis -d "$1" -v ON_ERROR_STOP=1 -c "$2"
}

make_database() {  # NAME: its URL is that of `database_url NAME`
  sql postgres "create database \"$1\""
}

database_url() {  # NAME
  echo "postgresql://genesis@/$1?host=$sockets"
}

processes_of_postgres() {
  echo "${pid_of[postgres]}"
  pgrep -P "${pid_of[postgres]}" || true
}

pause_postgres() {  # with the postmaster first, so that nobody is missed
  # shellcheck disable=SC2046
  kill -STOP "${pid_of[postgres]}" $(pgrep -P "${pid_of[postgres]}")
}

resume_postgres() {
  # shellcheck disable=SC2046
  kill -CONT $(processes_of_postgres) 2>/dev/null || true
}

# What is stopped cannot end.
before_the_end() {
  [ -z "${pid_of[postgres]:-}" ] || resume_postgres
  [ -z "${pid_of[redis]:-}" ] || kill -CONT "${pid_of[redis]}" 2>/dev/null || true
}

postgres_cpu_us() {  # of all its processes, those that have ended too
  local ticks=0 pid
  for pid in $(processes_of_postgres); do
    ticks=$((ticks + $(awk -v all="${pid_of[postgres]}" '{ pid = $1; sub(/^.*\) /, ""); n = $12 + $13
      if (pid == all) n += $14 + $15; print n }' "/proc/$pid/stat" 2>/dev/null || echo 0)))
  done
  echo $((ticks * 1000000 / $(getconf CLK_TCK)))
}

start_redis() {
  redis-server --port 0 --unixsocket "$work/redis.sock" --save '' --dir "$work" >"$work/redis.log" 2>&1 &
  pid_of[redis]=$!
  for _ in $(seq 100); do
    [ "$(redis-cli -s "$work/redis.sock" ping 2>/dev/null)" != PONG ] || return 0
    sleep 0.1
  done
  give_up redis "does not answer"
}
