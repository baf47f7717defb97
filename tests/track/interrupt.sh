#!/bin/sh
# SPDX-License-Identifier: MIT
# Each stage is stopped in each way: nothing runs on, nothing half made stays, and the next build
# ends with the bytes of one from scratch.
. "${0%/*}/../lib/stub.sh"
shared_dir=1

spec=src/parent.json # a chain with one stage of each kind
stages=${stages:-'kconfig kernel module busybox initramfs link firmware bin distro rootfs-base guest-init rootfs'}

start()
{
	need setsid flock pgrep
	install_stub
	write_family
	sed -i 's/"run":/"guest-init": "run.sh", "run":/' src/parent.json
	generate "$spec"
	build
	same_as_from_scratch
}

# Processes that work in the build directory.
processes()
{
	for process in /proc/[0-9]*; do
		case $(readlink "$process/cwd" 2>/dev/null) in
		"$work/build"*) tr '\0' ' ' <"$process/cmdline" 2>/dev/null && echo "(${process#/proc/})" ;;
		esac
	done
}

nothing_runs()
{
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ -n "$(processes)" ] || return 0
		sleep 0.1
	done
	fail "running: $(processes)"
}

outputs() # RULE: of all stages of that kind
{
	awk -F '\t' -v rule="$1" '
		{ id = $1; sub(/-[^-]*$/, "", id) }
		id == rule { n = split($2, outs, " "); for (i = 1; i <= n; i++) print "build/" outs[i] }
		' build/out/outputs
}

# Begins a build of which a stage is new, and returns when that runs.
begin() # RULE
{
	for out in $(outputs "$1"); do
		rm -rf "$out" "build/out/keep/stage/$(basename "$(dirname "$out")")"
	done
	rm -f build/ran
	(cd build && exec setsid env --default-signal=INT "$generator" -j2) >build.log 2>&1 &
	tool=$!
	wait_for "$1"
}

# process COMMAND: the first of that command line that works in the build directory, and no other
process()
{
	for process in $(pgrep -f "^$1"); do
		if [ "$(readlink "/proc/$process/cwd")" = "$work/build" ]; then
			echo "$process"
			return 0
		fi
	done
	fail "no process is called $1"
}

stop() # WAY RULE
{
	case $1 in
	interrupted)	kill -INT "-$tool" ;;
	killed)		kill -KILL "-$tool" ;;
	alone)		kill -KILL "$tool" ;;
	run)		kill -KILL "$(process "out/fmgen run $2-")" ;;
	command)	kill -KILL "$(process "sh out/share/scripts/stub $2-")" ;;
	esac
	wait "$tool" || return 0
	fail "the build did not fail"
}

# in_each_way RULE: all ways but that the command itself fails
in_each_way()
{
	echo 30 >"build/slow-$1"
	for way in interrupted killed alone run command; do
		begin "$1"
		stop "$way" "$1"
		nothing_runs
		for out in $(outputs "$1"); do
			assert_missing "$out"
		done
	done
	assert_has build.log 'ended by signal 9'
	rm "build/slow-$1"
	goes_on
}

fails() # RULE
{
	: >"build/fail-$1"
	begin "$1"
	stop fail "$1"
	assert_has build.log 'made to fail'
	rm "build/fail-$1"
	nothing_runs
	goes_on
}

goes_on()
{
	build
	build
	assert_has build.log "$idle"
	same_as_from_scratch
	find build -name '*.new' ! -path 'build/out/was/*' >left
	assert_same left /dev/null
}

# The whole build directory lies on a disk that is too small, then a little larger, and so on.
full_disk()
{
	unshare -rm true 2>/dev/null || skip_optional "no namespaces for users here"
	rm -rf build
	mkdir build copy
	# shellcheck disable=SC2016
	unshare -rm sh -c '
		stub=$1 spec=$2 failed=0
		mount -t tmpfs -o size=64k none build
		for size in 64 128 192 256 320 384 448 512 576 640 704 768 832 896 960 1024 4096; do
			mount -o remount,size=${size}k none build
			"$stub" -G "$4" -C build "$spec" && "$4" -C build && break
			failed=$((failed + 1))
		done
		[ "$failed" -gt 4 ] && "$4" -C build && "$4" -C build && cp -a build/. "$3"
		' sh "$stub" "$spec" "$work/copy" "$generator" >full.log 2>&1 || { tail -n 40 full.log; fail "it does not go on"; }
	assert_has full.log 'No space left on device'
	tail -n 2 full.log | grep -qF "$idle" || fail "not settled"
	rmdir build
	mv copy build
	goes_on
}

test_case "a build" start
test_case "a disk that is full" full_disk
for stage in $stages; do
	test_case "$stage is stopped" in_each_way "$stage"
	test_case "$stage fails" fails "$stage"
done
finish
