# shellcheck shell=bash
# What the scripts of this project share. Sourced, not run; the caller has `set -euo pipefail`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
readonly root

# Nothing here asks anything, and a closed standard input would give its number to the first file that is opened.
exec </dev/null
export DEBIAN_FRONTEND=noninteractive

say() {
  printf '==> %s\n' "$*" >&2
}

# die WHAT-FAILED WHAT-TO-DO
die() {
  printf '\n%s: failed: %s\n    %s\n' "$0" "$1" "$2" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

# What building and running needs. tzdata is what the time zones of profiles are checked against.
# shellcheck disable=SC2034  # the callers use both lists
readonly build_packages=(
  g++ cmake ninja-build ccache mold pkg-config ca-certificates curl tzdata
  libcaf-dev libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libsoci-dev libsqlite3-dev libpq-dev libhiredis-dev
  libspdlog-dev prometheus-cpp-dev libtomlplusplus-dev libcli11-dev
  libssl-dev libsodium-dev libutf8proc-dev libstemmer-dev libzxcvbn-dev zlib1g-dev
)
# The servers that deploy/services.sh and the tests start for themselves.
# shellcheck disable=SC2034
readonly service_packages=(postgresql-15 postgresql-client-15 redis-server)
# What the tests and the micro benchmarks need besides.
# shellcheck disable=SC2034
readonly test_packages=(libgtest-dev libgmock-dev libbenchmark-dev libfaketime postgresql-15 redis-server)

# What the preset `asan` needs besides: the compiler, its runtime, and what gives names to the addresses in its reports.
# shellcheck disable=SC2034
readonly sanitizer_packages=(clang-19 libclang-rt-19-dev llvm-19)

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# install_packages PACKAGE... : through apt-get, and only when one is missing.
install_packages() {
  local package missing=()
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null ||
    die "this is not Debian, and these packages are missing: ${missing[*]}" "Use Debian 12, or install them yourself."
  if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
    die "packages are missing and this user may not install them" \
      "Run once as root: apt-get install --no-install-recommends ${missing[*]}"
  fi
  say "installing ${#missing[@]} packages: ${missing[*]}"
  as_root apt-get -q -o DPkg::Lock::Timeout=300 update >&2 ||
    die "apt-get update" "Check this machine's network and its package sources in /etc/apt."
  hold_back_services
  as_root apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install --no-install-recommends "${missing[@]}" >&2 ||
    die "apt-get install" "See the message above. GENESIS needs the packages of Debian 12 (bookworm)."
  let_services_start
}

# Servers are installed for their programs: no database of the machine's own is made or started. What forbids it stands only while
# packages are installed, and a machine that forbids it itself keeps its own files. What a killed run has left is known by its
# mark, or its name, and goes with the next installation.
readonly policy_file=/usr/sbin/policy-rc.d
readonly policy_mark='# Of the deploy scripts of GENESIS, while they install packages.'
readonly cluster_file=/etc/postgresql-common/createcluster.d/genesis-no-main.conf
held_back=()
hold_back_services() {
  held_back=()
  trap let_services_start EXIT
  if [ ! -e "$policy_file" ] || grep -qxF -- "$policy_mark" "$policy_file"; then
    held_back+=("$policy_file")
    as_root sh -c "printf '#!/bin/sh\n%s\nexit 101\n' '$policy_mark' >$policy_file && chmod 755 $policy_file"
  fi
  if [ -e "$cluster_file" ] || ! is_installed postgresql-common; then
    held_back+=("$cluster_file")
    as_root sh -c "mkdir -p '${cluster_file%/*}' && echo 'create_main_cluster = false' >'$cluster_file'"
  fi
}
let_services_start() {
  trap - EXIT
  [ ${#held_back[@]} = 0 ] || as_root rm -f "${held_back[@]}"
  held_back=()
}

# Compilers that may run side by side: one per core, and 1 GB of memory for each.
job_count() {
  local cores memory_gb
  cores=$(nproc)
  memory_gb=$(awk '/^MemAvailable:/ {print int($2 / 1048576)}' /proc/meminfo)
  [ "$memory_gb" -ge 1 ] || memory_gb=1
  echo $((cores < memory_gb ? cores : memory_gb))
}

# build PRESET TARGET...
build() {
  local preset=$1 directory=$root/build/$1 log
  shift
  log=$directory/configure.log
  mkdir -p "$directory"
  (cd "$root" && cmake --preset "$preset") >"$log" 2>&1 || {
    tail -n 25 "$log" >&2
    die "configuring $directory" "The whole log is $log. Delete $directory if it comes from another machine."
  }
  say "building $directory (the first time takes minutes)"
  NINJA_STATUS='[%f/%t %es] ' cmake --build "$directory" --parallel "$(job_count)" --target "$@" >&2 ||
    die "building $directory" "See the compiler's message above. If it was killed, the machine is short of memory."
}

# run_tests PRESET : ends with ctest's own summary.
run_tests() {
  local directory=$root/build/$1
  say "testing $directory"
  ctest --test-dir "$directory" -j2 --output-on-failure --no-tests=error ||
    die "tests in $directory" "Run one again with: ctest --test-dir $directory --output-on-failure -R NAME"
}
