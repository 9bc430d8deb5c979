#!/usr/bin/env bash
# Fuzzes what reads bytes of strangers: heads, bodies, paths, tokens, fields, and the encoders of streams against a decoder.
#
#   deploy/fuzz.sh [SECONDS [TARGET...]]     e.g. deploy/fuzz.sh 600 request body
#
# SECONDS per target, 10 if not said, two targets at a time. Starts from the seeds in tests/fuzz/corpus and keeps what it finds in
# build/asan/found/TARGET: an input that broke a promise is the file named at the end. Mend the fault, then commit that file as a seed.
# Needs root, or `sudo -n`, only while clang-19 is missing.
set -euo pipefail
# shellcheck source=deploy/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

case ${1-} in
  -h | --help)
    sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
    ;;
esac
seconds=${1-10}
[[ $seconds =~ ^[1-9][0-9]{0,4}$ ]] || die "$seconds is no number of seconds" "Write for instance: deploy/fuzz.sh 60"
[ $# = 0 ] || shift
cd "$root"
if [ $# = 0 ]; then
  for source in tests/fuzz/*_fuzz.cpp; do
    source=$(basename "$source")
    set -- "$@" "${source%_fuzz.cpp}"
  done
fi
for target in "$@"; do
  [ -f "tests/fuzz/${target}_fuzz.cpp" ] || die "there is no target $target" "They are the names of tests/fuzz/*_fuzz.cpp."
done

install_packages "${build_packages[@]}" "${test_packages[@]}" "${sanitizer_packages[@]}"
build asan genesis_fuzz

# fuzz TARGET : exit status 1 for a finding; the log tells which input it was.
fuzz() {
  local found=build/asan/found/$1
  mkdir -p "$found"
  "build/asan/tests/fuzz/genesis_${1}_fuzz" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=40000 \
    -print_final_stats=1 -artifact_prefix="$found/fault-" "$found" "tests/fuzz/corpus/$1" >"build/asan/$1.log" 2>&1
}
export -f fuzz
export seconds UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1

say "fuzzing $# targets, $seconds s each"
failed=()
while [ $# -gt 0 ]; do
  pair=("${@:1:2}")
  shift ${#pair[@]}
  pids=()
  for target in "${pair[@]}"; do
    fuzz "$target" &
    pids+=($!)
  done
  for i in "${!pair[@]}"; do
    target=${pair[$i]}
    verdict="nothing found"
    wait "${pids[$i]}" || { failed+=("$target") verdict="BROKEN"; }
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "build/asan/$target.log")
    printf '%-10s %12s inputs  %s\n' "$target" "${runs:-0}" "$verdict"
  done
done
for target in "${failed[@]}"; do
  grep -E 'broken promise|ERROR: |SUMMARY: |runtime error|Test unit written' "build/asan/$target.log" >&2 || tail -n 20 "build/asan/$target.log" >&2
done
[ ${#failed[@]} = 0 ] || die "fuzzing ${failed[*]}" "The whole logs are $root/build/asan/TARGET.log."
say "nothing found"
