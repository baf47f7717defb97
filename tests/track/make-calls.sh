#!/bin/sh
# SPDX-License-Identifier: MIT
# How make is called: its options, the jobs that it shares with a kernel's make, outer makes. And
# pools, which are locks.
# shellcheck disable=SC2016
generator='make'
. "${0%/*}/../lib/stub.sh"
shared_dir=1

start()
{
	install_stub
	watch_jobs
	write_family
	generate src/family.json
	echo 1 >build/meet
	build
	sums >first
}

sums() { find build/out/stage build/images -type f ! -name '*.lock' -exec sha256sum {} + | sort; }

# Each stage, and each job of the make that a kernel and busybox call, notes how many of them run at
# that time. As many jobs of that make as the file "meet" says wait for each other.
watch_jobs()
{
	scripts=inst/share/fmgen/scripts
	cat >"$scripts"/stub.jobs <<-'END'
		mkdir -p on
		case $1 in
		kernel-* | busybox-*)
			(. out/share/scripts/lib.sh
			parallel 7
			echo "$parallel, ${MAKEFLAGS-}, ${MAKELEVEL-}" >"flags-${1%-*}"
			rm -rf at
			mkdir at
			echo 'a b c d: ; @sh out/share/scripts/stub.job $@ meet' >x.mk
			timeout 60 make -s $parallel -f x.mk a b c d) ;;
		*)	sh out/share/scripts/stub.job "$1" ;;
		esac
	END
	cat >"$scripts"/stub.job <<-'END'
		mkdir "on/$1"
		ls on | wc -l >>many
		if [ $# -eq 2 ]; then
			: >"at/$1"
			until [ "$(ls at | wc -l)" -ge "$(cat meet)" ]; do sleep 0.02; done
		fi
		sleep 0.05
		rmdir "on/$1"
	END
	sed -i '2i . out/share/scripts/stub.jobs' "$scripts"/stub
}

# Has stages run again, which is all that a make then does.
forget() # RULE...
{
	rm -f build/flags-* build/many
	for rule; do rm -r "build/out/done/$rule"; done
}

most() { sort -n build/many | tail -n 1; }

lent() # RULE
{
	case $(cat "build/flags-$1") in
	', -j --jobserver-auth='*', ') ;;
	*) fail "flags of the make in $1: $(cat "build/flags-$1")" ;;
	esac
	assert_lacks build.log 'jobserver unavailable'
}

makes() # WORD...
{
	make "$@" >build.log 2>&1 || { cat build.log; fail "make $*"; }
	sums >now
	assert_same now first
}

# With -jN no more than N run, a kernel's included, and that may use them all.
job_server()
{
	for jobs in 2 3 16; do
		forget kernel firmware rootfs-base
		echo $((jobs < 4 ? jobs : 4)) >build/meet
		makes -C build "-j$jobs" -k all --no-print-directory
		lent kernel
		[ "$(most)" -le "$jobs" ] || fail "$(most) at a time with -j$jobs"
	done
	echo 1 >build/meet
}

# Without -j make runs one command, and what that calls has all processors.
no_jobs()
{
	forget kernel
	makes -C build
	assert_eq "$(cat build/flags-kernel)" '-j7, , '
}

# One that waits for its pool gives its job to the one that runs, and takes it again.
lends_while_it_waits()
{
	forget kernel busybox
	echo 2 >build/meet
	makes -C build -j2
	lent kernel
	lent busybox
	assert_eq "$(most)" 2
	assert_lacks build.log 'INTERNAL'
	echo 1 >build/meet
}

# Variables of an outer make do not get in, its jobs do.
outer_make()
{
	cat >outer.mk <<-END
		all: one two
		one: ; \$(MAKE) -C build
		two: ; sleep 0.1
		fmgen: ; +'$stub' build -G make -C build src/family.json
		dry: ; \$(MAKE) -C build
	END
	for goal in all fmgen; do
		forget kernel rootfs-base
		makes -f outer.mk -j3 "$goal" bin=/x run=y kernel=z missing=m say=s stage=x V=0 ARCH=q flags=t
		lent kernel
		[ "$(most)" -le 3 ] || fail "$(most) at a time"
		assert_has build.log '	KERNEL	kernel-'
	done
	forget kernel
	kernel=x scripts=/y makes -e -C build -j2
	forget kernel
	makes -n -f outer.mk dry
	assert_missing build/flags-kernel
	makes -C build
}

# As a user may have them set
make_flags()
{
	forget kernel
	MAKEFLAGS='-k -j2' makes -C build
	lent kernel
	forget kernel
	MAKEFLAGS=k makes -C build
}

options()
{
	forget rootfs
	makes -s -C build
	assert_eq "$(cat build.log)" ''
	forget rootfs
	makes --warn-undefined-variables -C build
	assert_lacks build.log warning
	forget rootfs
	makes -C build V=0
	assert_lacks build.log 'out/fmgen'
	forget rootfs
	makes -C build V=1
	assert_has build.log 'out/fmgen run rootfs-'
	makes -C build -j2 -O -B
	assert_has build.log '	FIRMWARE	'
	makes -C build
	assert_has build.log "$idle"
}

# dry COMMANDS GOAL TEXT...: after these edits `make -q` fails, and `make -n` prints each TEXT, and
# both write nothing; when the edits are undone nothing is left to be done.
dry()
{
	makes -C build
	rm -rf saved
	cp -a src saved
	files >before
	eval "$1"
	goal=$2
	shift 2
	status=0
	make -C build -q "$goal" >build.log 2>&1 || status=$?
	assert_eq "$status" 1 'status of make -q'
	make --no-print-directory -C build -n "$goal" >dry.log 2>&1 || { cat dry.log; fail 'make -n'; }
	for text; do assert_has dry.log "$text"; done
	files >after
	assert_same after before
	rm -rf src
	mv saved src
	make -C build "$goal" >build.log 2>&1
	assert_has build.log 'Nothing to be done'
	make -C build -q "$goal"
}

files() { find build -type f ! -path 'build/out/cache/*' -printf '%p %T@ %s\n' | sort; }

dry_runs()
{
	dry 'echo x >>src/parent/overlay/etc/motd' all 'IMAGE	rootfs-base-' 'PUBLISH	images/family.img'
	assert_lacks dry.log KERNEL
	dry 'echo CONFIG_X=y >>src/parent/one.config' family CONFIG KERNEL LINK
	dry 'sed -i "s/\"command\": \"true\"/\"command\": \"no\"/" src/family.json' all 'out/fmgen regen'
	dry 'rm src/family.json' family 'out/fmgen regen'
	forget kernel
	assert_fails make -C build -t >build.log 2>&1
	assert_has build.log 'make -t is of no use here'
	makes -C build
	assert_has build.log KERNEL
}

elsewhere()
{
	assert_fails make -f build/Makefile >build.log 2>&1
	assert_has build.log 'call make where this file is: make -C DIRECTORY'
}

goes_on_with_the_rest()
{
	: >build/fail-link
	forget link rootfs-base
	assert_fails make -C build -j2 -k >build.log 2>&1
	assert_has build.log 'made to fail'
	assert_has build.log '	IMAGE	rootfs-base-'
	rm build/fail-link
	makes -C build
}

# They share one terminal.
two_launches()
{
	sed -i 's/^\(override boot = .*\) -- out.fmgen$/\1 -- sh -c "mkdir at.terminal \&\& sleep 0.3 \&\& rmdir at.terminal"/' \
		inst/share/fmgen/templates/rules.mk
	grep -q at.terminal inst/share/fmgen/templates/rules.mk || fail "there is no such rule"
	makes -C build -j4 launch-family launch-family-other
	assert_eq "$(grep -c LAUNCH build.log)" 2
}

pools()
{
	mkdir -p pool/out/args pool/out/stage
	cd pool
	printf 'spec\t.\n' >out/roots
	for i in 1 2 3 4 5; do
		: >"out/args/e$i"
		"$fmgen" run "e$i" --stamp="out/done/x/e$i" --pool=p:2 -- sh -c '
			mkdir "on-$1"; set -- on-*; [ $# -le 2 ] || echo $# >many; sleep 0.1; rmdir "$0"' "on-e$i" "e$i" &
	done
	wait
	assert_missing many
	assert_eq "$(echo out/done/x/*)" 'out/done/x/e1 out/done/x/e2 out/done/x/e3 out/done/x/e4 out/done/x/e5'
	"$fmgen" run e1 --pool=p:1 -- sleep 60 &
	while flock -n out/stage/pool-p.0.lock true; do sleep 0.02; done
	kill -KILL $!
	timeout 20 "$fmgen" run e2 --pool=p:1 -- true
	assert_fails "$fmgen" run e2 --pool=p -- true 2>err
	assert_has err 'NAME:DEPTH'
	assert_fails "$fmgen" run e2 --stamp=out/done/x/e9 -- false 2>err
	assert_missing out/done/x/e9
}

builds_by_itself()
{
	PATH=$work/only:$PATH
	mkdir only
	printf '#!/bin/sh\nexit 9\n' >only/ninja
	chmod +x only/ninja
	"$stub" build -G make -C b src/family.json >build.log 2>&1
	assert_exists b/images/family.img
	assert_has b/out/command --generator=make
}

test_case "first build" start
test_case "no more than N commands run with -jN" job_server
test_case "without -j" no_jobs
test_case "a command that waits for its pool gives its job away" lends_while_it_waits
test_case "an outer make" outer_make
test_case "MAKEFLAGS" make_flags
test_case "options" options
test_case "dry runs" dry_runs
test_case "from another directory" elsewhere
test_case "-k" goes_on_with_the_rest
test_case "two launches" two_launches
test_case "pools" pools
test_case "fmgen build" builds_by_itself
finish
