#!/bin/sh
# SPDX-License-Identifier: MIT
# The workloads of tests/workloads, one for each feature of the run side and for pairs that meet:
# each is built, booted, and compared with what it has to leave.
. "${0%/*}/../lib/e2e.sh"
shared_dir=1

# The specs, as build/ names them; $1: the one that is tested from memory, or the others.
specs()
{
	for spec in "$srcdir"/tests/workloads/*.json "$srcdir"/tests/workloads/*.yaml; do
		case ${spec##*/} in
		nodisk-*) [ "$1" = nodisk ] || continue ;;
		*)	[ "$1" = disk ] || continue ;;
		esac
		echo "../hello/${spec##*/}"
	done
}

# fmgen test: its status is $status, its words are in test.log, its verdicts in NAME.xml.
run_tests() # NAME WORD...
{
	name=$1
	shift
	set +e
	(cd build && timeout -k 10 1200 "$fmgen" test --junit "../$name.xml" "$@") >test.log 2>&1 </dev/null
	status=$?
	set -e
}

start()
{
	from_base
	cp -R "$srcdir/tests/workloads/." hello/
	# shellcheck disable=SC2046
	run_tests disk $(specs disk)
	[ "$status" -eq 0 ] || { tail -n 200 test.log; fail "fmgen test gave status $status"; }
}

passed() # WORKLOAD
{
	grep -F "<testsuite name=\"$1\" " disk.xml >suite || fail "$1 was not tested"
	assert_has suite 'failures="0" errors="0" skipped="0"'
}

from_memory()
{
	# shellcheck disable=SC2046
	run_tests nodisk -d $(specs nodisk)
	[ "$status" -eq 0 ] || { tail -n 100 test.log; fail "fmgen test gave status $status"; }
	assert_has nodisk.xml '<testcase classname="nodisk-overlay" name="nodisk-overlay/uartlog"/>'
}

runs()
{
	(cd build/runOutput && find . -mindepth 1 -maxdepth 1 -type d | sort)
}

# What was tested is not tested again; what changed is.
tests_what_changed()
{
	runs >before
	echo 'one more' >>hello/overlay-files/renamed.txt
	echo 'one more' >>hello/overlay-files/ref/overlay-files/missing
	# shellcheck disable=SC2046
	run_tests again $(specs disk)
	[ "$status" -ne 0 ] || fail "a reference that cannot be met was met"
	runs | comm -13 before - >new
	assert_eq "$(wc -l <new)" 1 "runs"
	assert_has new overlay-files
	assert_has test.log 'overlay-files/missing'
	assert_has test.log '+one more'
	assert_lacks again.xml 'errors="1"'
}

test_case "all workloads are built and tested" start
for spec in $(specs disk); do
	name=${spec##*/}
	name=${name%.*}
	[ ! -d "$srcdir/tests/workloads/$name/ref" ] || test_case "$name" passed "$name"
done
test_case "only what changed is tested again" tests_what_changed
test_case "a workload whose root is in its binary" from_memory
finish
