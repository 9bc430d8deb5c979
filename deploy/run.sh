#!/usr/bin/env bash
# Starts the server on a machine that has Debian 12 and git: installs what is missing, builds, and becomes the server.
#
#   deploy/run.sh [--demo] [SETTING...]       for instance: deploy/run.sh --demo --http.port=9000
#
# SETTING is any flag of `genesis serve` (see `genesis serve --help`). Started again, it is up within seconds. Data is kept in
# the project's directory data/, unless --data.directory, --config or GENESIS_DATA_DIRECTORY say otherwise.
#
# --demo first fills the database with a demo person, and shows one question of theirs answered in this terminal as soon as the
# server is ready. The server goes on in the foreground.
#
# Needs root, or `sudo -n`, only while a package is missing. Asks nothing.
set -euo pipefail
if [ "${1-}" = --help ] || [ "${1-}" = -h ]; then
  sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
  exit 0
fi
# shellcheck source=deploy/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

demo=0 has_place=0 settings=()
while [ $# -gt 0 ]; do
  case $1 in
    --demo) demo=1 ;;
    *)
      case $1 in --data.directory | --data.directory=* | --config | --config=*) has_place=1 ;; esac
      settings+=("$1")
      ;;
  esac
  shift
done

install_packages "${build_packages[@]}"
build release genesis
genesis=$root/build/release/genesis
if [ "$has_place" = 0 ]; then
  export GENESIS_DATA_DIRECTORY=${GENESIS_DATA_DIRECTORY:-$root/data}
  say "data directory: $GENESIS_DATA_DIRECTORY"
fi

# Asks one question as soon as the server that this process becomes is ready.
ask_demo_question() {
  local question='How many calories should I eat to lose weight?' state
  state=$(mktemp -d)
  printf '\nyou> %s\n\n' "$question"
  printf '%s\n' "$question" |
    "$genesis" chat --wait 60 --new --email "$email" --login "$state/login.json" "${settings[@]}" ||
    say "the demo question was not answered; the message above says why"
  rm -rf "$state"
  printf '\nGo on with it:  GENESIS_CHAT_PASSWORD=%s %s chat --email %s %s\n\n' \
    "$GENESIS_CHAT_PASSWORD" "$genesis" "$email" "${settings[*]}"
}

if [ "$demo" = 1 ]; then
  email=demo@example.com
  password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
  say "filling the database with the demo person $email"
  GENESIS_CHAT_PASSWORD=$password "$genesis" demo --email "$email" "${settings[@]}" ||
    die "genesis demo" "See the message above. Without --demo the server starts with the data it has."
  # The subshell around it hands the child to init: the server is to have no children it does not know.
  (GENESIS_CHAT_PASSWORD=$password ask_demo_question &)
fi

say "starting $genesis"
exec "$genesis" serve "${settings[@]}"
