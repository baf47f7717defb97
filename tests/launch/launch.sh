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
	: >out/inputs
	: >out/generated
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

# The workloads w-a and w-b, jobs of w, which end with 7 and 0; and v, which ends with 4.
made_jobs()
{
	made 3
	printf 'w\tw-a\tw-b\nw-a\nw-b\nv\n' >out/workloads
	for name in w-a w-b v; do
		case $name in w-a) order=7 ;; w-b) order=0 ;; v) order=4 ;; esac
		img=''
		parameters | sed "s/=w$/=$name/; s/images.w-bin/images\/$name-bin/" >"out/args/launch-$name"
		echo "build images/$name-bin: copy built/w-bin" >>build.ninja
		echo "build $name: phony images/$name-bin" >>build.ninja
	done
	img=images/w.img
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

# The board firechip has words for that; a snapshot is a copy, as Spike has none for it.
disk_for_spike()
{
	need ninja
	mkdir s b bin
	echo bin >s/bin
	truncate -s 1M s/img
	echo '{"name": "s", "base": "bare", "bin": "bin", "img": "img", "mem": 256, "cpus": 2,
		"spike-args": "--isa=rv64gc"}' >s.json
	printf '#!/bin/sh\necho "spike $*"\necho "fmgen: exit 5"\n' >bin/spike
	chmod +x bin/spike
	PATH=$PWD/bin:$PATH
	launch -C b -b firechip -s s.json
	assert_eq "$status" 5 status
	words='--isa=rv64gc -p2 -m256 images/s-bin'
	assert_has launch.log "spike --extlib=libspikedevices.so --device=iceblk,img=state/s.img $words"
	launch -C b -s --snapshot s
	assert_has launch.log "spike --extlib=libspikedevices.so --device=iceblk,img=/proc/self/fd/"
	launch -C b -b qemu -s s.json
	assert_eq "$status" 1 status
	assert_has launch.log 's cannot run on Spike with a disk'
}

on_a_terminal()
{
	need script
	made "$ECHO"
	on_terminal "'$fmgen' launch w"
}

wrong_numbers()
{
	made
	launch --timeout=soon w
	assert_eq "$status" 2 status
	launch --at-once= w
	assert_eq "$status" 2 status
	assert_missing images/w-bin
}

# launch-jobs-NAME of a generated graph. The hook gets what the user's own environment has.
targets_of_jobs() # TOOL
{
	need "$1"
	compile_guest
	mkdir s b
	cp "$work/guest" s/guest
	order='-device loader,addr=0x80100000,data-len=4,data='
	cat >s.json <<-END
		{"name": "s", "base": "bare", "bin": "guest", "qemu": "qemu-system-riscv64", "mem": 128,
		 "post_run_hook": "hook.sh 'two words'",
		 "jobs": [{"name": "a", "bin": "guest", "qemu-args": "${order}7"},
		          {"name": "b", "bin": "guest", "qemu-args": "${order}0"},
		          {"name": "c", "bin": "guest", "qemu-args": "${order}1", "launch": false}]}
	END
	# shellcheck disable=SC2016
	printf '#!/bin/sh\necho "<$1> ${2##*/} $(head -qn 1 "$2"/*/status) ${MAKEFLAGS-}."\n' >s/hook.sh
	chmod +x s/hook.sh
	(cd b && "$fmgen" -G "$1" ../s.json)
	assert_fails "$1" -C b launch-jobs-s >tool.log 2>&1 </dev/null
	assert_has tool.log 's-a: ended with status 7'
	assert_has tool.log 's-b: ended with status 0'
	assert_has tool.log 's-c is not launched'
	dir=$(readlink b/runOutput/s-latest)
	printf '<two words> %s 7\n0 .\n' "$dir" >expected
	assert_same b/runOutput/s-latest/hook.log expected
	"$1" -C b launch-s-b >tool.log 2>&1 </dev/null
	assert_has tool.log 'fmgen: exit 0'
	assert_has b/runOutput/s-b-latest/hook.log '<two words>'
	assert_missing b/out/args/launch-jobs-s-nodisk
	launch -C b --no-disk --all s
	assert_eq "$status" 7 status
	"$1" -C b launch-s-c >tool.log 2>&1 </dev/null
	assert_has tool.log 's-c is not launched'
}

# A spec that was edited since is known before the build: its new job can be named.
edited_spec()
{
	need ninja
	compile_guest
	mkdir s b
	cp "$work/guest" s/guest
	echo '{"name": "s", "base": "bare", "bin": "../s/guest", "qemu": "qemu-system-riscv64", "mem": 128,
		"qemu-args": "-device loader,addr=0x80100000,data=7,data-len=4"}' >s.json
	(cd b && "$fmgen" ../s.json)
	sed -i 's/"name": "s",/& "jobs": [{"name": "late", "bin": "guest"}],/' s.json
	launch -C b -j late s
	assert_eq "$status" 7 status
	assert_exists b/runOutput/s-latest/s-late/uartlog
	echo '{' >s.json
	launch -C b -j late s
	assert_eq "$status" 1 status
	assert_has launch.log 's.json:2'
	assert_lacks launch.log guest
}

kill_leaves_nothing() # LOG WORD...: of a machine that runs then
{
	log=$1
	shift
	made_jobs
	for name in w w-a w-b; do
		sed -i "s/data=[0-9]*/data=$HANG/" "out/args/launch-$name"
	done
	"$fmgen" launch "$@" w </dev/null >behind.log 2>&1 &
	pid=$!
	wait_for grep -qs guest "$log"
	[ -n "$(machines)" ] || fail "there is no QEMU"
	kill -9 "$pid"
	gone() { [ -z "$(machines)" ]; }
	wait_for gone
}

# The target launch-NAME of the graph; all that it started dies with ninja.
# One after the other; the first failure counts.
several()
{
	made_jobs
	launch v w
	assert_eq "$status" 4 status
	assert_has launch.log "v: the guest's workload ended with status 4"
	assert_has launch.log "w: the guest's workload ended with status 3"
	assert_has runOutput/v-latest/v/uartlog 'fmgen: exit 4'
	assert_has runOutput/w-latest/w/uartlog 'fmgen: exit 3'
	launch w w
	assert_eq "$(grep -c '^disk: ' launch.log)" 2 'boots of w'
	launch v none
	assert_eq "$status" 1 status
	assert_has launch.log 'there is no workload none'
	assert_lacks launch.log guest
}

jobs()
{
	made_jobs
	launch --all w
	assert_eq "$status" 7 status
	assert_has launch.log 'w-a: ended with status 7'
	assert_has launch.log 'w-b: ended with status 0'
	assert_exists runOutput/w-latest/w-a/uartlog runOutput/w-latest/w-b/uartlog
	assert_missing runOutput/w-latest/w images/w-bin
	launch -j b w
	assert_eq "$status" 0 status
	assert_has launch.log 'fmgen: exit 0'
	assert_exists runOutput/w-latest/w-b/uartlog
	assert_missing runOutput/w-latest/w-a
	launch -j w-b --job=a w
	assert_eq "$status" 7 status
	assert_exists runOutput/w-latest/w-a/uartlog runOutput/w-latest/w-b/uartlog
	launch w-b
	assert_exists runOutput/w-b-latest/w-b/uartlog
}

no_such_jobs()
{
	made_jobs
	launch -j c w
	assert_eq "$status" 1 status
	assert_has launch.log 'w has no job c'
	assert_has launch.log 'there is b'
	launch -a v
	assert_eq "$status" 1 status
	assert_has launch.log 'v has no jobs'
	assert_missing runOutput
}

# Spike is not there as a rule: a stand-in that shows what it is started with.
with_spike()
{
	made
	parameters | sed '/^--machine-arg/d; /^--disk-arg/d; /^--package/d; /^--img/d; /^--arg/d;
		s/^--program=.*/--program=spike/' >out/args/launch-w-nodisk-spike
	printf '%s\n' '--machine-arg=-p{cpus}' '--machine-arg=-m{mem}' '--machine-arg={args}' \
		'--machine-arg={bin}' --arg=--isa=rv64gc >>out/args/launch-w-nodisk-spike
	launch -d -s w
	assert_eq "$status" 1 status
	assert_has launch.log 'spike is not on PATH: install it, or give its path in the spec'
	mkdir bin
	printf '#!/bin/sh\necho "spike $*"\necho "fmgen: exit 5"\n' >bin/spike
	chmod +x bin/spike
	PATH=$PWD/bin:$PATH
	launch -i -s w
	assert_eq "$status" 5 status
	assert_has runOutput/w-latest/w/uartlog 'spike -p1 -m128 --isa=rv64gc images/w-bin'
}

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
	qemu=$(machines)
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
test_case "several, one after the other" several
test_case "jobs" jobs
test_case "jobs that are not there" no_such_jobs
test_case "Spike" with_spike
test_case "jobs as a target of ninja" targets_of_jobs ninja
test_case "jobs as a target of make" targets_of_jobs make
test_case "a spec that was edited" edited_spec
test_case "on a terminal keys go to the guest" on_a_terminal
test_case "wrong numbers are told before the build" wrong_numbers
test_case "kill -9 leaves no QEMU" kill_leaves_nothing runOutput/w-latest/w/uartlog
test_case "nor of jobs" kill_leaves_nothing runOutput/w-latest/w-b/uartlog --all
test_case "a disk for Spike" disk_for_spike
test_case "as a target of the graph" as_a_target
test_case "without ninja" no_ninja
finish
