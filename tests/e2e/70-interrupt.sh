#!/bin/sh
# SPDX-License-Identifier: MIT
# A build or a generation that is killed at any time leaves nothing running and nothing wrong: the
# next one goes on from there. Builds at the same time do no harm to each other.
. "${0%/*}/../lib/e2e.sh"
shared_dir=1

start()
{
	need setsid flock strace pgrep
	from_base
	settled
	(cd build/images && sha256sum ./*) >sums
}

# What a killed build left is gone, and the bytes are those of the first build.
right_again()
{
	build
	settled
	(cd build/images && sha256sum -c --quiet ../../sums)
	find build \( -name O -o -name scratch \) -prune -o -name '*.tmp' -print >left
	[ ! -s left ] || fail "left behind: $(cat left)"
}

# stage_id STAGE: the last stage of that name that hello needs
stage_id()
{
	(cd build && ninja -t inputs hello) |
		sed -n "s|^ *out/stage/\($1-[0-9a-f]\{16\}\)/.*|\1|p" | sort -u | tail -n 1
}

# forget STAGE/FILE: an output, so that it has to be made
forget()
{
	rm -rf "build/out/stage/$1" "build/out/keep/stage/${1%/*}"
}

held() { ! flock -n "build/out/stage/$1.lock" true; }

# begin ID TARGET: starts ninja in a process group of its own; returns when the stage runs
begin()
{
	(cd build && exec setsid ninja "$2") >begin.log 2>&1 &
	ninja=$!
	until held "$1"; do
		kill -0 "$ninja" 2>/dev/null || { cat begin.log; fail "the build ended before $1 ran"; }
	done
}

# The fmgen run of a stage, in this build directory and no other.
run_of() # ID
{
	for process in $(pgrep -f "^out/fmgen run $1 "); do
		if [ "$(readlink "/proc/$process/cwd")" = "$work/build" ]; then
			echo "$process"
			return 0
		fi
	done
}

# interrupt WAY ID TARGET SECONDS: stops a build that many seconds into a stage
interrupt()
{
	begin "$2" "$3"
	sleep "$4"
	case $1 in
	INT | TERM)	kill -"$1" "-$ninja" ;;
	group)	kill -KILL "-$ninja" ;;
	alone)	kill -KILL "$ninja" ;;
	run)	kill -KILL "$(run_of "$2")" ;;
	esac || [ "$4" != 0 ] || fail "too late to stop $2"
	wait "$ninja" || :
	nothing_runs "$2"
}

# Processes that work in the build directory, or name it.
processes()
{
	for process in $(pgrep -u "$(id -u)"); do
		case $(readlink "/proc/$process/cwd" 2>/dev/null):$(tr '\0' ' ' <"/proc/$process/cmdline") in
		"$work/build"* | *:*"$work/build"*) ps -o pid=,args= -p "$process" ;;
		esac
	done 2>/dev/null
}

# All that a stage starts has its lock open.
nothing_runs() # ID
{
	flock -w 20 "build/out/stage/$1.lock" true || fail "a process still holds the lock of $1"
	for try in 1 2 3 4 5 6 7 8 9 10; do
		[ -n "$(processes)" ] || return 0
		sleep 0.2
	done
	fail "still running after $try looks: $(processes)"
}

# stage STAGE OUTPUT SECONDS: stops it in all ways, one after the other
stage()
{
	id=$(stage_id "$1")
	forget "$id/$2"
	for way in INT group alone run; do
		interrupt "$way" "$id" "out/stage/$id/$2" "$3"
		assert_missing "build/out/stage/$id/$2"
	done
	(cd build/images && sha256sum -c --quiet ../../sums)
	right_again
}

kconfig()
{
	echo '# a comment' >>hello/parent/linux.config
	id=$(stage_id kconfig)
	for way in INT group alone run; do
		interrupt "$way" "$id" "out/stage/$id/config" 0.3
	done
	build
	ran_only kconfig
	sed -i '$d' hello/parent/linux.config
	right_again
}

# A short compile of its own: half written objects are found and made again.
kernel()
{
	id=$(stage_id kernel)
	forget "$id/kernel.sum"
	find "build/out/stage/$id/O/lib" "build/out/stage/$id/O/mm" -name '*.o' -exec rm {} +
	for way in INT group alone run; do
		interrupt "$way" "$id" "out/stage/$id/kernel.sum" 4
		assert_missing "build/out/stage/$id/kernel.sum"
	done
	right_again
}

# Short stages are stopped at many points.
image()
{
	for delay in 0 0.02 0.05 0.1 0.15; do
		for stage in rootfs-base rootfs; do
			id=$(stage_id "$stage")
			forget "$id/rootfs.img"
			interrupt alone "$id" "out/stage/$id/rootfs.img" "$delay"
			if [ -e "build/out/stage/$id/rootfs.img" ]; then
				assert_eq "$(e2fsck_of "$id")" 0 "e2fsck"
			fi
		done
	done
	right_again
}
e2fsck_of()
{
	PATH=$PATH:/sbin:/usr/sbin
	e2fsck -fn "build/out/stage/$1/rootfs.img" >e2fsck.log 2>&1 && echo 0
}

# Whatever runs at the time
any_time()
{
	for delay in 0.1 0.3 0.6 1 1.5; do
		rm -rf build/out/keep/stage build/out/stage/bin-*/bin build/out/stage/link-*/Image build/images/* \
			build/out/stage/initramfs-*/initramfs.cpio build/out/stage/rootfs*/rootfs.img
		(cd build && exec setsid ninja) >begin.log 2>&1 &
		ninja=$!
		sleep "$delay"
		kill -KILL "-$ninja" || :
		wait "$ninja" || :
	done
	right_again
}

# --- generation

# A graph that a killed generation left is brought to its end by ninja itself; the first one of a
# directory by a second call.
differs_from() # DIR EXPECTED
{
	! diff -r --no-dereference -x inputs -x cache -x .ninja_log -x .ninja_deps -x tree -x keep \
		-x '.tmp-*' "$1" "$2" >differs || return 1
	cat differs
	fail "generation did not recover"
}

generate_killed() # DIR N ARGUMENT...: fmgen in DIR, killed when it renames its Nth file
{
	dir=$1 n=$2
	shift 2
	set +e
	(cd "$dir" && strace -qq -o /dev/null -e trace=rename -e "inject=rename:signal=KILL:when=$n" \
		"$fmgen" "$@")
	killed=$?
	set -e
}

first_generation()
{
	mkdir -p whole
	(cd whole && "$fmgen" ../hello/parent.json ../hello/hello.json)
	killed=1
	n=1
	while :; do
		rm -rf part
		mkdir part
		generate_killed part "$n" ../hello/parent.json ../hello/hello.json
		[ "$killed" -ne 0 ] || break
		if [ -e part/build.ninja ]; then
			(cd part && ninja build.ninja) >part.log 2>&1 || { cat part.log; fail "$n"; }
		else
			(cd part && "$fmgen" ../hello/parent.json ../hello/hello.json)
		fi
		differs_from part whole || :
		n=$((n + 1 + n / 4))
	done
	[ "$n" -gt 20 ] || fail "only $n files"
}

later_generation()
{
	cp hello/hello.json saved
	sed -i 's|"overlay": "overlay"|"overlay": "overlay", "linux": {"config": "linux.config"}|' \
		hello/hello.json
	echo '# more' >hello/hello/linux.config
	cp -a whole before
	(cd whole && "$fmgen" ../hello/parent.json ../hello/hello.json)
	killed=1
	n=1
	while [ "$killed" -ne 0 ]; do
		rm -rf part
		cp -a before part
		generate_killed part "$n" regen
		(cd part && ninja build.ninja) >part.log 2>&1 || { cat part.log; fail "$n"; }
		differs_from part whole || :
		n=$((n + 1))
	done
	[ "$n" -gt 10 ] || fail "only $n files"
	cp saved hello/hello.json
	rm hello/hello/linux.config
}

# --- at the same time

two_ninjas()
{
	for round in 1 2 3; do
		rm -rf build/out/keep/stage build/out/stage/bin-*/bin build/out/stage/link-*/Image build/images/* \
			build/out/stage/initramfs-*/initramfs.cpio build/out/stage/rootfs*/rootfs.img
		# Ninja itself cannot have two of it tidy up one log.
		(cd build && ninja -t recompact)
		(cd build && ninja) >first.log 2>&1 &
		first=$!
		(cd build && ninja) >second.log 2>&1 &
		second=$!
		wait "$first" || { cat first.log; fail "the first of two builds, round $round"; }
		wait "$second" || { cat second.log; fail "the second of two builds, round $round"; }
		(cd build/images && sha256sum -c --quiet ../../sums)
	done
	right_again
}

two_directories()
{
	cp -a --reflink=auto build other
	rm -rf ./*/out/keep/stage ./*/out/stage/bin-*/bin ./*/out/stage/module-*/*.ko ./*/out/stage/rootfs*/rootfs.img
	begin "$(stage_id module)" all
	(cd other && ninja) >other.log 2>&1 &
	second=$!
	sleep 0.5
	kill -KILL "-$ninja"
	wait "$second" || { cat other.log; fail "the build beside the killed one"; }
	(cd other/images && sha256sum -c --quiet ../../sums)
	right_again
}

test_case "start from the built base" start
test_case "stopped while it configures the kernel" kconfig
test_case "stopped while it compiles the kernel" kernel
test_case "stopped while it compiles busybox" stage busybox busybox 1
test_case "stopped while it compiles the firmware" stage firmware firmware.stamp 1
test_case "stopped while it links the boot binary" stage bin bin 0.3
test_case "stopped while it makes images" image
test_case "stopped at any time" any_time
test_case "a first generation that is killed" first_generation
test_case "a later generation that is killed" later_generation
test_case "two builds of one directory at the same time" two_ninjas
test_case "two build directories on the same sources" two_directories
finish
