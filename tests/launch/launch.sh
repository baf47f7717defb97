#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen launch: which workload, the build before, and what is handed to boot.
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/machine.sh"
img=images/w.img

# As generation would leave it, but that nothing is compiled: ninja publishes the guest.
made()
{
	need ninja
	build_dir
	mkdir -p out/args built
	mv images/* built
	: >out/roots
	echo w >out/workloads
	order=${1-0}
	parameters >out/args/launch-w
	img='' order=5
	parameters | sed 's/images.w-bin/&-nodisk/' >out/args/launch-w-nodisk
	img=images/w.img
	cat >build.ninja <<'END'
rule copy
  command = cp $in $out
rule fail
  command = echo this went wrong; false
build images/w-bin: copy built/w-bin
build images/w-bin-nodisk: copy built/w-bin
build images/w.img: copy built/w.img
build w: phony images/w-bin images/w.img
build w-nodisk: phony images/w-bin-nodisk
build broken: fail
END
}

launch() # WORD...
{
	set +e
	timeout -k 5 60 "$fmgen" launch "$@" >launch.log 2>&1
	status=$?
	set -e
}

builds_and_boots()
{
	made 3
	launch w
	assert_eq "$status" 3 status
	assert_has launch.log 'cp built/w.img images/w.img'
	assert_has launch.log 'fmgen: exit 3'
	launch w
	assert_has launch.log 'no work to do'
	assert_has launch.log 'disk: 1'
}

without_disk()
{
	made
	launch --no-disk w
	assert_eq "$status" 5 status
	assert_missing images/w-bin images/w.img state
}

keeps_nothing()
{
	made
	launch --snapshot w
	assert_eq "$status" 0 status
	assert_missing state
}

in_another_directory()
{
	made
	mkdir elsewhere
	cd elsewhere
	launch -C .. w
	assert_eq "$status" 0 status
	assert_exists ../runOutput/w-latest/w/uartlog
	launch --builddir=../nowhere w
	assert_eq "$status" 1 status
	launch w
	assert_eq "$status" 1 status
	assert_has launch.log 'not a build directory'
}

timeout_is_passed_on()
{
	made "$HANG"
	launch --timeout=1 w
	assert_eq "$status" 124 status
}

build_fails()
{
	made
	cp out/args/launch-w out/args/launch-broken
	echo broken >>out/workloads
	launch broken
	assert_eq "$status" 1 status
	assert_has launch.log 'this went wrong'
	assert_missing runOutput
}

unknown_names()
{
	made
	printf '%s\n' hello-world hello-word >>out/workloads
	launch hello-wrld
	assert_eq "$status" 1 status
	assert_has launch.log 'did you mean hello-wor'
	launch nothing-like-it
	assert_has launch.log 'there is hello-world'
	launch
	assert_eq "$status" 2 status
}

other_simulators()
{
	made
	launch --spike w
	assert_eq "$status" 1 status
	assert_has launch.log 'w cannot run on Spike with a disk'
	launch -d -s w
	assert_has launch.log 'w cannot run on Spike'
	rm out/args/launch-w-nodisk
	launch -d w
	assert_has launch.log 'w has no binary that holds its root file system'
	echo --unsupported=qemu >>out/args/launch-w
	launch w
	assert_eq "$status" 1 status
	assert_has launch.log 'w does not support qemu'
}

spec_with_errors()
{
	made
	echo '{"name": "x", "no' >x.json
	launch x.json
	assert_eq "$status" 1 status
	assert_has launch.log x.json:1
	assert_missing runOutput
	launch ./none.json
	assert_eq "$status" 1 status
}

# The target launch-NAME of the graph; all that it started dies with ninja.
as_a_target()
{
	made 3
	ln -s "$fmgen" out/fmgen
	cat >>build.ninja <<'END'
rule launch
  command = exec out/fmgen run $id --console -- out/fmgen boot
  pool = console
build launch-w: launch w
  id = launch-w
END
	assert_fails ninja launch-w >ninja.log
	assert_has ninja.log 'fmgen: exit 3'
	order=$HANG
	parameters >out/args/launch-w
	ninja launch-w </dev/null >behind.log 2>&1 &
	pid=$!
	wait_for grep -qs guest behind.log
	qemu=$(for dir in /proc/[0-9]*; do
		[ "$(readlink "$dir/cwd")" != "$PWD" ] || case $(readlink "$dir/exe") in
		*/qemu-*) echo "${dir#/proc/}" ;;
		esac
	done)
	[ -n "$qemu" ] || fail "there is no QEMU"
	kill -9 "$pid"
	wait_for is_gone "$qemu"
}

no_ninja()
{
	made
	mkdir bin
	ln -s "$(command -v timeout)" bin/timeout
	export PATH="$PWD/bin"
	launch w
	PATH=$OLDPATH
	assert_eq "$status" 1 status
	assert_has launch.log 'ninja is not on PATH: install it (Debian package ninja-build)'
}
OLDPATH=$PATH

test_case "it builds, boots and gives the guest's status" builds_and_boots
test_case "the binary without a disk" without_disk
test_case "a snapshot" keeps_nothing
test_case "from another directory" in_another_directory
test_case "a timeout" timeout_is_passed_on
test_case "a build that fails is not booted" build_fails
test_case "unknown workloads" unknown_names
test_case "simulators and binaries that a workload has not" other_simulators
test_case "a spec with errors" spec_with_errors
test_case "as a target of the graph" as_a_target
test_case "without ninja" no_ninja
finish
