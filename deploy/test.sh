#!/usr/bin/env bash
# Builds and runs all tests on a machine that has Debian 12 and git: installs what is missing first.
#
#   deploy/test.sh
#
# Ends with ctest's summary and its exit status. Needs root, or `sudo -n`, only while a package is missing. Asks nothing.
set -euo pipefail
# shellcheck source=deploy/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
[ $# = 0 ] || die "unknown argument $1" "deploy/test.sh takes none; for single tests see 'ctest --help'."

install_packages "${build_packages[@]}" "${test_packages[@]}"
build dev all
run_tests dev
