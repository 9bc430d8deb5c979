#!/usr/bin/env bash
# Private database servers for development and tests: PostgreSQL 15 with a streaming replica, and Redis.
#
#   deploy/services.sh start|stop|status [DIRECTORY]
#
# They listen on unix sockets in DIRECTORY only, build/services by default, and know nothing of what else runs on this machine.
# start installs what is missing, makes the databases on its first run and prints where they listen; on a running directory it
# changes nothing. DIRECTORY must be new, empty or one that start made. stop ends what start began in it and keeps the data; remove
# the directory to be rid of it. status exits with 0 when all three run and with 3 otherwise.
#
# Called by root, the servers run as the user postgres (PostgreSQL refuses root), who must be able to enter DIRECTORY.
# GENESIS speaks to them with, for instance: genesis serve --storage.url='postgresql://genesis@/genesis?host=DIRECTORY'
# --cache.redis_url=unix://DIRECTORY/redis.sock --storage.replicas='postgresql://genesis@/genesis?host=DIRECTORY&port=5433'
set -euo pipefail
if [ "${1-}" = --help ] || [ "${1-}" = -h ]; then
  sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
  exit 0
fi
# shellcheck source=deploy/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

readonly usage='deploy/services.sh start|stop|status [DIRECTORY]; see --help.'
case ${1-} in
  start | stop | status) readonly action=$1 ;;
  '') die "no action was given" "$usage" ;;
  *) die "unknown action $1" "$usage" ;;
esac
[ $# -le 2 ] || die "unknown argument $3" "$usage"
directory=$(realpath -m -- "${2:-$root/build/services}")
readonly directory

readonly binaries=/usr/lib/postgresql/15/bin
readonly patience_s=30 # for a server to start or to end: both take below a second on an idle machine
readonly primary_port=5432 replica_port=5433
readonly socket_path_max=107 # bytes, of a unix socket's address
longest=$directory/.s.PGSQL.$replica_port
[ "$(printf %s "$longest" | wc -c)" -le $socket_path_max ] ||
  die "the path $directory is too long for a socket" "Give a shorter one: deploy/services.sh $action /tmp/genesis-services"

# as_service COMMAND... : as the user that the servers run as, without the lock's descriptor and away from private directories.
as_service() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=postgres --regid=postgres --init-groups env -C "$directory" "$@" 9>&-
  else
    env -C "$directory" "$@" 9>&-
  fi
}

# sql PORT STATEMENT
sql() {
  as_service env PGCONNECT_TIMEOUT=5 psql -X -q -A -t -h "$directory" -p "$1" -U genesis -d postgres -c "$2"
}

# process_is PIDFILE WORDS : the process that the file names has these words in its command line. One that has ended has none,
# also while nobody has waited for it, and another one that was given its number has others.
process_is() {
  local pid
  pid=$(head -n 1 "$1" 2>/dev/null) && [ -n "$pid" ] || return 1
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$2"
}

# is_postgres PID : a process that is there; one that has ended, and that nobody has waited for, has no command line.
is_postgres() {
  [ "$(cat "/proc/$1/comm" 2>/dev/null)" = postgres ] && [ -n "$(tr -d '\0' 2>/dev/null <"/proc/$1/cmdline")" ]
}

# remove_outdated LOCKFILE : when the number in it is now that of a process which is no server of PostgreSQL. In all other cases
# PostgreSQL finds out itself whether the file and what it guards are still in use.
remove_outdated() {
  local pid
  pid=$(head -n 1 "$directory/$1" 2>/dev/null | tr -cd 0-9) && [ -n "$pid" ] || return 0
  [ -e "/proc/$pid" ] && ! is_postgres "$pid" || return 0
  as_service rm -f "$1"
}

postgres_runs() { process_is "$directory/$1/postmaster.pid" "-D $directory/$1 "; }

# start_postgres NAME PORT
start_postgres() {
  ! postgres_runs "$1" || return 0
  remove_outdated "$1/postmaster.pid"
  remove_outdated ".s.PGSQL.$2.lock"
  as_service "$binaries/pg_ctl" -D "$directory/$1" -l "$directory/$1.log" -w -t $patience_s \
    -o "-p $2 -k '$directory' -c listen_addresses='' -c unix_socket_permissions=0700" start >/dev/null ||
    die "starting the $1 of PostgreSQL" "See $directory/$1.log."
}

stop_postgres() {
  postgres_runs "$1" || return 0
  as_service "$binaries/pg_ctl" -D "$directory/$1" -m fast -w -t $patience_s stop >/dev/null ||
    die "ending the $1 of PostgreSQL" "See $directory/$1.log."
}

# A half-made database of an interrupted start is made anew: the name is given when it is whole.
make_primary() {
  [ ! -d "$directory/primary" ] || return 0
  as_service rm -rf primary.new
  as_service "$binaries/initdb" -D "$directory/primary.new" -U genesis --auth=trust -E UTF8 --locale=C.UTF-8 \
    --no-instructions >"$directory/initdb.log" 2>&1 || die "making the database" "See $directory/initdb.log."
  # A replica that is away holds back this much of the log, and must be made anew beyond it.
  as_service sh -c 'echo "max_slot_wal_keep_size = 256MB" >>primary.new/postgresql.conf'
  as_service mv primary.new primary
}

make_replica() {
  [ ! -d "$directory/replica" ] || return 0
  as_service rm -rf replica.new
  sql $primary_port "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = 'replica'" >/dev/null
  as_service "$binaries/pg_basebackup" -d "host='$directory' port=$primary_port user=genesis application_name=replica" \
    -D "$directory/replica.new" -R -X stream -C -S replica -c fast >"$directory/basebackup.log" 2>&1 ||
    die "making the replica" "See $directory/basebackup.log."
  as_service mv replica.new replica
}

redis_command() {
  as_service timeout 5 redis-cli -s "$directory/redis.sock" "$@" 2>/dev/null
}

redis_runs() { process_is "$directory/redis.pid" "redis-server unixsocket:$directory/redis.sock"; }

# wait_until COMMAND... : false when it does not come true in time.
wait_until() {
  local until=$((SECONDS + patience_s))
  until "$@"; do
    [ $SECONDS -lt $until ] || return 1
    sleep 0.05
  done
}

start_redis() {
  ! redis_runs || return 0
  as_service redis-server --port 0 --unixsocket "$directory/redis.sock" --unixsocketperm 700 --save '' --dir "$directory" \
    --pidfile "$directory/redis.pid" --logfile "$directory/redis.log" --daemonize yes >/dev/null ||
    die "starting Redis" "See $directory/redis.log."
  wait_until redis_answers || die "Redis does not answer" "See $directory/redis.log."
}

redis_answers() { [ "$(redis_command ping)" = PONG ]; }
redis_ended() { ! redis_runs; }

stop_redis() {
  redis_runs || return 0
  as_service kill "$(cat "$directory/redis.pid")"
  wait_until redis_ended || die "ending Redis" "See $directory/redis.log."
}

# Prints a line about each server; false unless all run.
show() {
  local all=0 lag
  if postgres_runs primary; then
    printf 'primary  runs  postgresql://genesis@/genesis?host=%s\n' "$directory"
  else
    printf 'primary  ended\n'
    all=3
  fi
  if postgres_runs replica; then
    lag=$(sql $primary_port "select coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), coalesce(replay_lsn, sent_lsn))), -1)::bigint
      from pg_stat_replication where application_name = 'replica'" 2>/dev/null) || lag=
    case $lag in
      '' | -1) lag='not streaming' ;;
      *) lag="$lag bytes behind" ;;
    esac
    printf 'replica  runs  postgresql://genesis@/genesis?host=%s&port=%s  (%s)\n' "$directory" $replica_port "$lag"
  else
    printf 'replica  ended\n'
    all=3
  fi
  if redis_runs; then
    printf 'redis    runs  %s\n' "$directory/redis.sock"
  else
    printf 'redis    ended\n'
    all=3
  fi
  return $all
}

replica_streams() {
  [ "$(sql $primary_port "select count(*) from pg_stat_replication where application_name = 'replica' and state = 'streaming'")" = 1 ]
}

# The mark tells a directory that start made from anybody else's, whose owner and rights stay as they are.
readonly mark=genesis-services
is_ours() { [ -f "$directory/$mark" ]; }
is_empty() { [ -d "$directory" ] && [ -z "$(ls -A -- "$directory")" ]; }

prepare_directory() {
  if [ -e "$directory" ] && ! is_ours && ! is_empty; then
    die "$directory has something else in it" "Give a new directory: deploy/services.sh start /tmp/genesis-services"
  fi
  install_packages "${service_packages[@]}"
  mkdir -p "$directory"
  touch "$directory/$mark"
  chmod 700 "$directory"
  if [ "$(id -u)" = 0 ]; then
    chown postgres: "$directory"
    setpriv --reuid=postgres --regid=postgres --init-groups test -x "$directory" ||
      die "the user postgres may not enter $directory" "Give another directory: deploy/services.sh start /tmp/genesis-services"
  fi
}

if [ "$action" != start ] && ! is_ours; then
  [ "$action" = stop ] || { show && exit 0 || exit 3; }
  [ ! -d "$directory" ] || is_empty || die "$directory is none that start made" "Name the directory that start was given."
  exit 0
fi
[ "$action" != start ] || prepare_directory
exec 9>"$directory/lock"
flock -w $patience_s 9 || die "another deploy/services.sh is at work in $directory" "Try again when it has ended."

case $action in
  start)
    make_primary
    start_postgres primary $primary_port
    [ "$(sql $primary_port "select count(*) from pg_database where datname = 'genesis'")" = 1 ] ||
      sql $primary_port 'create database genesis'
    make_replica
    start_postgres replica $replica_port
    wait_until replica_streams || die "the replica does not follow" "See $directory/replica.log."
    start_redis
    show
    ;;
  stop)
    stop_redis
    stop_postgres replica
    stop_postgres primary
    ;;
  status) show || exit 3 ;;
esac
