#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen test, with real machines: what is compared, told, kept, and what becomes of failures.
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/tool.sh"
. "$srcdir/tests/lib/machine.sh"
export FMGEN_CACHE="$work/cache"

# workload NAME ORDER [LINE...]: a spec in s/ whose guest does that; more lines of YAML
workload()
{
	compile_guest
	mkdir -p "s/$1"
	cp "$work/guest" "s/$1/guest"
	cat >"s/$1.yaml" <<-END
		name: $1
		base: bare
		bin: guest
		mem: 128MiB
		cpus: 1
		qemu: qemu-system-riscv64
		qemu-args: $(order "$2")
	END
	shift 2
	[ $# -eq 0 ] || printf '%s\n' "$@" >>"s/$spec.yaml"
}
order() # NUMBER [FILE]: what the guest does; the text that it says
{
	printf -- '-device loader,addr=0x80100000,data=%s,data-len=4' "$1"
	[ -z "${2-}" ] || printf -- ' -device loader,addr=0x80200000,force-raw=on,file=%s' "$2"
}
# tested NAME ORDER [LINE...]: one with a reference of one line
tested()
{
	spec=$1
	workload "$@"
	echo "testing: {refDir: ref${options-}}" >>"s/$1.yaml"
	mkdir -p "s/$1/ref/$1"
	echo guest >"s/$1/ref/$1/uartlog"
}
says() # NAME TEXT: a workload whose guest says that
{
	printf %b "$2" >"$1.text"
	tested "$1" "$SAY"
	sed -i "s|^qemu-args: .*|qemu-args: $(order "$SAY" "$PWD/$1.text")|" "s/$1.yaml"
}

run_test() # WORD...: sets $status; what is said is in test.log
{
	need "$generator"
	set +e
	timeout -k 5 120 "$fmgen" test -G "$generator" -C b "$@" >test.log 2>&1 </dev/null
	status=$?
	set -e
}
verdict() # WORD NAME...: what became of these workloads
{
	word=$1
	shift
	for name; do
		grep -q "^$word  *$name\( \|\$\)" test.log || { cat test.log; fail "$name is not $word"; }
	done
}
runs() { echo b/runOutput/*-test-*/ | wc -w; }

passes_and_is_kept()
{
	tested w 0
	run_test s/w.yaml --junit j.xml
	assert_eq "$status" 0 status
	verdict passed w
	assert_exists b/out/test/w/passed b/runOutput/w-latest/w/uartlog
	run_test w
	assert_eq "$status" 0 status
	verdict unchanged w
	touch s/w/ref/w/uartlog s/w.yaml s/w/guest
	run_test w
	verdict unchanged w
	assert_eq "$(runs)" 1 runs
	run_test --force w
	verdict passed w
	assert_eq "$(runs)" 2 runs
	tool b test-w >ninja.log
	assert_has ninja.log "$idle"
}

runs_again_after_edits()
{
	tested w 0
	run_test s/w.yaml
	echo 'fmgen: exit 0' >>s/w/ref/w/uartlog
	run_test w
	verdict FAILED w
	sed -i '1a disk: 0' s/w/ref/w/uartlog
	run_test w
	verdict passed w
	assert_eq "$(stages test.log)" TEST
	printf x >>s/w/guest
	run_test w
	verdict passed w
	sed -i 's/128MiB/130MiB/' s/w.yaml
	"$fmgen" why -C b test-w >why.log
	assert_has why.log 'parameters of launch-w: --mem=134217728 -> --mem=136314880'
	tool b >build.log
	run_test w
	verdict passed w
	assert_eq "$(stages test.log)" TEST
	mkdir s/w/ref/w/results
	run_test w
	assert_eq "$status" 1 status
	assert_has test.log 'w/results: the run has no such directory'
	rmdir s/w/ref/w/results
	run_test w
	verdict passed w
}

# A script that runs in each build, and may write the reference.
waits_for_scripts()
{
	tested w 0 'host-init: make'
	# shellcheck disable=SC2016
	printf '#!/bin/sh\ncp -p text ref/w/uartlog; echo x >>ran\n' >s/w/make
	chmod +x s/w/make
	echo guest >s/w/text
	run_test s/w.yaml
	verdict passed w
	run_test w
	verdict unchanged w
	assert_eq "$(wc -l <s/w/ran)" 2
	echo other >s/w/text
	run_test w
	verdict FAILED w
}

# What has failed is not kept.
fails_again()
{
	tested w 3
	for try in 1 2; do
		run_test s/w.yaml
		assert_eq "$status" 1 status
		verdict FAILED w
		assert_eq "$(runs)" "$try" runs
	done
	assert_has test.log "w: the guest's workload ended with status 3"
	assert_missing b/out/test/w/passed
	assert_fails tool b test-w >ninja.log 2>&1
	assert_has ninja.log "w: the guest's workload ended with status 3"
}

shows_the_first_difference()
{
	says w 'boot\r\none\r\ntwo\r\nthree\r\n\0033[1mbold\r\nsix\r\n'
	printf 'one\ntwo\n3\n\033[1mbold' >s/w/ref/w/uartlog
	run_test s/w.yaml
	assert_eq "$status" 1 status
	sed -n '/^--- /,/^w: /p' test.log | sed 's/-test-.*\/w\//\/w\//' >got
	cat >expected <<-'END'
		--- ../s/w/ref/w/uartlog
		+++ runOutput/w/w/uartlog
		@@ -1,4 +4,4 @@
		 one
		 two
		-3
		+three
		 \x1b[1mbold
		w: 1 of 2 failed; all of it: out/test/w/report
	END
	assert_same got expected
	assert_has b/out/test/w/report '+three'
	assert_has b/runOutput/w-latest/w/uartlog three
	assert_eq "$(sed -n 6p b/runOutput/w-latest/w/uartlog | tr -d '\r')" three
}

judges_machines()
{
	tested panics "$PANIC"
	tested hangs "$HANG"
	sed -i 's/refDir: ref/&, runTimeout: 1/' s/hangs.yaml
	tested silent "$SILENT"
	tested unsupported 0
	sed -i 's/^qemu: .*/qemu: null/' s/unsupported.yaml
	run_test s/panics.yaml s/hangs.yaml s/silent.yaml s/unsupported.yaml
	assert_eq "$status" 1 status
	verdict FAILED panics hangs unsupported
	verdict passed silent
	assert_has b/out/test/panics/report 'panics: the kernel panicked'
	assert_has b/out/test/hangs/report 'hangs: ended after 1 s'
	assert_has test.log 'unsupported does not support qemu'
	assert_has test.log '4 tests: 1 passed, 3 FAILED'
}

jobs_run_at_once()
{
	tested w 9 'jobs:' "  - {name: a, bin: guest, qemu-args: '$(order 0)'}" \
		"  - {name: b, bin: guest, qemu-args: '$(order "$SILENT")'}" "  - {name: c, launch: no}"
	mkdir s/w/ref/w-a
	mv s/w/ref/w s/w/ref/w-b
	printf 'guest\ndisk: 0\nfmgen: exit 0\n' >s/w/ref/w-a/uartlog
	run_test s/w.yaml
	assert_eq "$status" 0 status
	verdict passed w
	assert_exists b/runOutput/w-latest/w-a/uartlog b/runOutput/w-latest/w-b/uartlog
	assert_missing b/runOutput/w-latest/w b/runOutput/w-latest/w-c
	sed -i "s/name: b, .*data=$SILENT/name: b, bin: guest, qemu-args: '-device loader,addr=0x80100000,data=7/" s/w.yaml
	run_test w
	verdict FAILED w
	assert_has b/out/test/w/report "w-b: the guest's workload ended with status 7"
	assert_lacks b/out/test/w/report 'w-a'
}

compares_a_run()
{
	tested w 0
	run_test s/w.yaml
	mkdir -p old/w
	echo 'guests' >old/w/uartlog
	run_test -m old w
	assert_eq "$status" 1 status
	assert_has test.log '+guests'
	echo 'guest' >old/w/uartlog
	run_test -m old s/w.yaml
	assert_eq "$status" 0 status
	verdict passed w
	assert_eq "$(runs)" 1 runs
	rm b/out/test/w/passed
	run_test --manual=b/runOutput/w-latest w
	assert_eq "$status" 0 status
	assert_missing b/out/test/w/passed
	run_test -m nowhere w
	assert_eq "$status" 1 status
	assert_has test.log 'nowhere is not a directory'
}

many_workloads()
{
	tested good 0
	tested bad 4
	spec=plain workload plain 0
	tested unbuilt 0 'host-init: {script: make, outputs: [made]}'
	printf '#!/bin/sh\nexit 5\n' >s/unbuilt/make
	chmod +x s/unbuilt/make
	run_test s/good.yaml s/bad.yaml s/plain.yaml s/unbuilt.yaml --junit=j.xml
	assert_eq "$status" 1 status
	verdict passed good
	verdict FAILED bad
	verdict skipped plain
	verdict 'NOT BUILT' unbuilt
	assert_has test.log '4 tests: 1 passed, 1 FAILED, 1 NOT BUILT, 1 skipped'
	run_test good bad plain unbuilt
	verdict unchanged good
	verdict FAILED bad
	verdict 'NOT BUILT' unbuilt
	run_test plain good
	assert_eq "$status" 0 status
	cat >expected <<-'END'
		<testsuites name="fmgen" tests="6" failures="1" errors="1" skipped="1" time="T">
		  <testsuite name="good" tests="2" failures="0" errors="0" skipped="0" time="T">
		    <testcase classname="good" name="good"/>
		    <testcase classname="good" name="good/uartlog"/>
		  </testsuite>
		  <testsuite name="bad" tests="2" failures="1" errors="0" skipped="0" time="T">
		    <testcase classname="bad" name="bad">
		      <failure message="the guest's workload ended with status 4"/>
		    </testcase>
		    <testcase classname="bad" name="bad/uartlog"/>
		  </testsuite>
		  <testsuite name="plain" tests="1" failures="0" errors="0" skipped="1" time="T">
		    <testcase classname="plain" name="plain">
		      <skipped message="it has no `testing`, or nothing to boot"/>
		    </testcase>
		  </testsuite>
		  <testsuite name="unbuilt" tests="1" failures="0" errors="1" skipped="0" time="T">
		    <testcase classname="unbuilt" name="build">
		      <error message="the build failed"/>
		    </testcase>
		  </testsuite>
		</testsuites>
	END
	sed '1d; s/time="[0-9.]*"/time="T"/' j.xml >got
	assert_same got expected
}

build_takes_too_long()
{
	tested slow 0 'host-init: {script: make, outputs: [made]}'
	sed -i 's/refDir: ref/&, buildTimeout: 1/' s/slow.yaml
	printf '#!/bin/sh\nsleep 60; : >made\n' >s/slow/make
	chmod +x s/slow/make
	tested quick 0
	sed -i 's/refDir: ref/&, buildTimeout: 60/' s/quick.yaml
	run_test s/slow.yaml s/quick.yaml
	assert_eq "$status" 1 status
	verdict 'NOT BUILT' slow
	assert_has test.log 'the build took longer than 1 s'
	verdict passed quick
	printf '#!/bin/sh\n: >made\n' >s/slow/make
	run_test slow
	verdict passed slow
}

# An image as a user has it; the guest does not touch it.
outputs_are_compared()
{
	need mke2fs
	mkdir -p disk/root/results
	echo 1 >disk/root/results/1
	printf 'a\0b' >disk/root/results/bin
	tested w 0 'img: disk.img' 'outputs: [/root/results, "/root/*.csv"]'
	echo a,b >disk/root/x.csv
	"$fmgen" ext4 --out=s/w/disk.img --layer=disk
	cp -R disk/root/results s/w/ref/w/results
	echo a,b >s/w/ref/w/x.csv
	run_test s/w.yaml
	assert_eq "$status" 0 status
	assert_missing b/state
	echo a,c >s/w/ref/w/x.csv
	printf 'a\0c' >s/w/ref/w/results/bin
	: >s/w/ref/w/results/more
	run_test w
	assert_eq "$status" 1 status
	assert_has b/out/test/w/report '-a,c'
	assert_has b/out/test/w/report '+a,b'
	assert_has b/out/test/w/report 'w/results/bin: the file differs from byte 3 on'
	assert_has b/out/test/w/report 'w/results/more: the run has no such file'
	assert_has test.log 'w: 3 of 6 failed'
}

# A distro that says what to strip.
strips()
{
	mkdir -p inst/bin inst/share/fmgen
	cp "$fmgen" inst/bin
	for dir in templates boards initramfs scripts; do cp -R "$data/$dir" inst/share/fmgen; done
	echo 'strip: {from: "fmgen: start", to: "fmgen: exit"}' >>inst/share/fmgen/boards/distros/bare/distro.yaml
	options=', strip: yes'
	says w 'hello\r\nfmgen: start\r\nmine\r\nfmgen: exit 0\r\n'
	echo mine >s/w/ref/w/uartlog
	fmgen=$PWD/inst/bin/fmgen
	run_test s/w.yaml
	assert_eq "$status" 0 status
	echo hello >s/w/ref/w/uartlog
	run_test w
	assert_eq "$status" 1 status
	assert_has test.log '-hello'
	assert_lacks test.log '+hello'
}

any_bytes_are_valid_xml()
{
	need python3
	says w '<&>"]]>\0001\0033\0377\0200\0303(\0355\0240\0200\r\nthe end\r\n'
	odd=$(printf 'o<d&d "\001\377\n]]>')
	: >"s/w/ref/w/$odd"
	printf 'b<\001\377&\nthe end\n' >s/w/ref/w/uartlog
	run_test s/w.yaml --junit "j.xml"
	assert_eq "$status" 1 status
	python3 -c '
import sys, xml.etree.ElementTree as tree
suites = tree.parse("j.xml").getroot()
cases = suites.find("testsuite").findall("testcase")
assert [suites.get(k) for k in ("tests", "failures")] == ["3", "2"], suites.attrib
assert sum(c.find("failure") is not None for c in cases) == 2
text = [c.find("failure").text for c in cases if c.get("name") == "w/uartlog"][0]
assert "+<&>\"]]>\\x01\\x1b\\xff" in text, text
assert "\n the end" in text, text'
}

hook_is_run()
{
	tested w 0 'post_run_hook: hook with words'
	# shellcheck disable=SC2016
	printf '#!/bin/sh\necho "$1 $2 $(cat "$3"/w/status)" >hooked\n[ ! -e fail ]\n' >s/w/hook
	chmod +x s/w/hook
	run_test s/w.yaml
	assert_eq "$status" 0 status
	assert_eq "$(cat s/w/hooked)" 'with words 0'
	: >s/w/fail
	run_test -f w
	assert_eq "$status" 1 status
	assert_has b/out/test/w/report 'post_run_hook: it failed'
}

# All that it started ends with it.
is_interrupted()
{
	tested w "$HANG"
	"$fmgen" test -G "$generator" -C b s/w.yaml >behind.log 2>&1 </dev/null &
	pid=$!
	wait_for grep -qs guest b/runOutput/w-latest/w/uartlog
	kill "$pid"
	set +e
	wait "$pid"
	status=$?
	set -e
	assert_eq "$status" 143 status
	qemus=$(for dir in /proc/[0-9]*; do
		case $(readlink "$dir/exe") in
		*/qemu-*) [ "$(readlink "$dir/cwd")" != "$PWD/b" ] || echo "${dir#/proc/}" ;;
		esac
	done)
	for qemu in $qemus; do wait_for is_gone "$qemu"; done
	mv behind.log test.log
	verdict 'NOT RUN' w
}

# A stand-in for Spike: it knows no disk.
other_machines()
{
	need mke2fs
	mkdir bin empty
	printf '#!/bin/sh\necho guest\necho "fmgen: exit 0"\n' >bin/spike
	chmod +x bin/spike
	tested w 3
	tested disk 0 'img: disk.img'
	"$fmgen" ext4 --out=s/disk/disk.img --layer=empty
	PATH=$PWD/bin:$PATH run_test --spike s/w.yaml s/disk.yaml
	assert_eq "$status" 1 status
	verdict passed w
	verdict 'NOT RUN' disk
	assert_has test.log 'it cannot run on Spike'
	run_test -d disk w
	verdict 'NOT RUN' disk
	verdict FAILED w
	assert_exists b/out/test/w-spike/passed b/out/test/w-nodisk/report
}

wrong_words()
{
	run_test
	assert_eq "$status" 2 status
	tested w 0
	run_test s/w.yaml
	run_test nope
	assert_eq "$status" 1 status
	assert_has test.log 'there is no workload nope'
	run_test --spike w
	assert_eq "$status" 1 status
	run_test --junit b w
	assert_eq "$status" 1 status
	assert_has test.log 'cannot write'
}

test_case "what has passed and not changed is not run again" passes_and_is_kept
test_case "edits run it again" runs_again_after_edits
test_case "a host-init is waited for" waits_for_scripts
test_case "what has failed is run again" fails_again
test_case "the first difference is shown as diff does" shows_the_first_difference
test_case "machines that panic, hang or cannot be started" judges_machines
test_case "jobs are booted in the place of their workload" jobs_run_at_once
test_case "a run that is there is compared only" compares_a_run
test_case "many workloads: skipped, failed, not built; JUnit XML" many_workloads
test_case "a build that takes too long" build_takes_too_long
test_case "outputs are compared" outputs_are_compared
test_case "what the distro says is stripped" strips
test_case "odd bytes make valid XML" any_bytes_are_valid_xml
test_case "the hook behind a run" hook_is_run
test_case "a signal ends all" is_interrupted
test_case "Spike, and machines without a disk" other_machines
test_case "wrong words" wrong_words
finish
