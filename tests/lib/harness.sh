# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# For tests written in shell. A test file tests/SUITE/NAME.sh is
#
#	#!/bin/sh
#	# SPDX-License-Identifier: MIT
#	. "${0%/*}/../lib/harness.sh"
#
#	copies_a_file() { cp "$srcdir/README.md" x; assert_exists x; }
#	test_case "a file is copied" copies_a_file
#	finish
#
# Each case runs in a subshell under set -eu, in a new directory below $work, which stays when the
# case failed (or KEEP=1). With shared_dir=1 all cases of the file run in $work itself, in order.
# It can be run by hand: sh tests/SUITE/NAME.sh; tests/run runs all. Output is TAP.
#
# Set here: srcdir, build, fmgen (the program to test), data (its data), work; all absolute.

set -u
export LC_ALL=C TZ=UTC
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES

srcdir=$(cd "${0%/*}/../.." && pwd -P)
build=${BUILD:-$srcdir/build}
# shellcheck disable=SC2034
fmgen=${FMGEN:-$build/fmgen}
# shellcheck disable=SC2034
data=$srcdir
test_root=${TEST_WORK:-$srcdir/tests/work}
test_name=${TEST_NAME:-$(basename "$(dirname "$0")")-$(basename "$0" .sh)}
work=$test_root/$test_name
shared_dir=
test_count=0
test_failures=0
slow=5 # seconds; a case that takes as long says so

wipe() # DIR: removes it, whatever its modes; files are not touched, they may be hard links
{
	rm -rf "$1" 2>/dev/null && return
	find "$1" -type d ! -perm -700 -exec chmod u+rwx {} \;
	rm -rf "$1"
}

wipe "$work"
mkdir -p "$work"
cd "$work" || exit 1

# test_case TITLE FUNCTION [ARGUMENT...]
test_case()
{
	title=$1
	shift
	test_count=$((test_count + 1))
	dir=$work/$test_count
	[ -z "$shared_dir" ] || dir=$work
	log=$work/log.$test_count
	why=$work/skip.$test_count
	mkdir -p "$dir"
	began=$(date +%s)
	# A condition would switch off set -e inside.
	set +e
	(
		set -eu
		cd "$dir"
		"$@"
	) >"$log" 2>&1 </dev/null
	status=$?
	case $status in
	0)	took=$(($(date +%s) - began))
		[ "$took" -lt "$slow" ] || title="$title, $took s"
		echo "ok $test_count - $title" ;;
	77)	skip_line required ;;
	78)	skip_line optional ;;
	*)	test_failures=$((test_failures + 1))
		echo "not ok $test_count - $title"
		sed 's/^/# /' "$log"
		echo "# status $status; see $dir"
		return 0 ;;
	esac
	[ -n "${KEEP-}" ] || [ -n "$shared_dir" ] || wipe "$dir"
}

skip_line() # KIND
{
	if [ "$1" = required ] && [ "${CI-}" = true ]; then
		test_failures=$((test_failures + 1))
		echo "not ok $test_count - $title"
		echo "# skipped, and in CI nothing required may be: $(cat "$why")"
	else
		echo "ok $test_count - $title # SKIP $(cat "$why")"
	fi
}

# Whether a process is there, and is not just waited for.
lives() # PID
{
	case $(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null) in
	'' | Z*) return 1 ;;
	esac
}

# Waits until a process has ended.
ends() # PID WHAT
{
	tries=0
	while lives "$1"; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || fail "$2"
		sleep 0.05
	done
}

# The last call of a file.
finish()
{
	echo "1..$test_count"
	cd "$srcdir" || exit 1
	[ "$test_failures" -eq 0 ] || exit 1
	[ -n "${KEEP-}" ] || wipe "$work"
	exit 0
}

# Inside a case: ends it as skipped. In CI that is a failure.
skip() { echo "$*" >"$why"; exit 77; }
# The same for what CI may lack too.
skip_optional() { echo "$*" >"$why"; exit 78; }
# need COMMAND... : skips where a command is not on PATH.
need()
{
	for command; do
		command -v "$command" >/dev/null || skip "there is no $command"
	done
}

fail() { echo "FAILED: $*" >&2; exit 1; }

assert_eq() # GOT WANT [WHAT]
{
	[ "$1" = "$2" ] || fail "${3:-value}: got '$1', expected '$2'"
}
assert_exists() # PATH...
{
	for path; do
		[ -e "$path" ] || [ -L "$path" ] || fail "$path does not exist"
	done
}
assert_missing() # PATH...
{
	for path; do
		if [ -e "$path" ] || [ -L "$path" ]; then fail "$path exists"; fi
	done
}
assert_same() # FILE EXPECTED: equal bytes
{
	cmp -s "$1" "$2" && return
	diff -u "$2" "$1" | head -n 60
	fail "$1 differs from $2"
}
assert_has() # FILE TEXT: some line has the text
{
	grep -qF -e "$2" "$1" && return
	tail -n 40 "$1"
	fail "$1 does not say: $2"
}
assert_lacks() # FILE TEXT
{
	! grep -nF -e "$2" "$1" || fail "$1 says: $2"
}
assert_fails() # COMMAND...: fails by its own decision, not by a signal or for want of the command
{
	set +e
	"$@"
	status=$?
	set -e
	[ "$status" -ne 0 ] || fail "succeeded: $*"
	[ "$status" -lt 126 ] || fail "status $status: $*"
}
