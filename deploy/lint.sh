#!/usr/bin/env bash
# Checks format and code of what changed, with clang-format-19 and clang-tidy-19.
#
#   deploy/lint.sh                what differs from main (on main: from the last commit)
#   deploy/lint.sh --base REV     what differs from where this branch left REV
#   deploy/lint.sh FILE...        these files
#
# Needs what deploy/test.sh installs. Headers are checked through the sources that include them.
set -euo pipefail
caller=$PWD
# shellcheck source=deploy/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

base='' files=()
while [ $# -gt 0 ]; do
  case $1 in
    --base)
      [ $# -ge 2 ] || die "--base names no revision" "Write for instance: deploy/lint.sh --base main"
      base=$2
      shift
      ;;
    -h | --help)
      sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
      exit 0
      ;;
    -*) die "unknown flag $1" "See deploy/lint.sh --help." ;;
    *) files+=("$(cd "$caller" && realpath -e -- "$1")") || die "there is no file $1" "Name files relative to $caller." ;;
  esac
  shift
done
cd "$root"

if [ ${#files[@]} = 0 ]; then
  if [ -z "$base" ]; then
    base=main
    [ "$(git symbolic-ref --short -q HEAD || true)" != main ] || base=HEAD
  fi
  from=$(git merge-base "$base" HEAD 2>/dev/null) || die "there is no revision $base" "Name one with --base."
  mapfile -t files < <({ git diff --name-only --diff-filter=d "$from"; git ls-files --others --exclude-standard; } | sort -u)
fi

sources=() units=()
for file in "${files[@]}"; do
  file=${file#"$root"/}
  case $file in
    *.cpp) sources+=("$file") units+=("$file") ;;
    *.hpp) sources+=("$file") ;;
  esac
done
if [ ${#sources[@]} = 0 ]; then
  say "no C++ file to check"
  exit 0
fi
install_packages clang-format-19 clang-tidy-19

status=0
say "clang-format-19: ${#sources[@]} files"
clang-format-19 --dry-run -Werror "${sources[@]}" || status=1
if [ ${#units[@]} -gt 0 ]; then
  # Configured only: each file is read by itself, with the headers that it names.
  cmake --preset dev -B build/lint -DGENESIS_PRECOMPILE=OFF -DGENESIS_BATCHES=OFF >/dev/null ||
    die "configuring $root/build/lint" "Run deploy/test.sh once: it installs what is missing."
  say "clang-tidy-19: ${#units[@]} sources"
  printf '%s\0' "${units[@]}" | xargs -0 -n 1 -P "$(job_count)" clang-tidy-19 -p build/lint --quiet || status=1
fi
[ "$status" = 0 ] || die "lint" "Format with: clang-format-19 -i FILE. What clang-tidy says stands above."
say "nothing to complain about"
