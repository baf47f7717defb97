#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen test with Linux: the console between the lines of the distro, outputs off the disk, jobs.
. "${0%/*}/../lib/e2e.sh"
shared_dir=1

spec() # NAME JSON
{
	mkdir -p "hello/$1"
	echo "{\"name\": \"$1\", \"base\": \"parent.json\", $2}" >"hello/$1.json"
}

run_test() # WORD...: sets $status; what is said is in test.log
{
	set +e
	(cd build && timeout -k 10 600 "$fmgen" test "$@") >test.log 2>&1 </dev/null
	status=$?
	set -e
}
verdict() # WORD NAME...
{
	word=$1
	shift
	for name; do
		grep -q "^$word  *$name\( \|\$\)" test.log || { cat test.log; fail "$name is not $word"; }
	done
}

start()
{
	from_base
	# What follows the last newline is the workload's own, too.
	spec one '"command": "printf \"one\\\\ntwo\"; echo 1 >/root/out; mkdir /root/results; echo 2 >/root/results/x",
		"outputs": ["/root/o*t", "/root/results"], "mem": "256MiB",
		"testing": {"refDir": "ref", "strip": true, "runTimeout": 300, "buildTimeout": 600}'
	mkdir -p hello/one/ref/one/results
	printf 'one\ntwo\n' >hello/one/ref/one/uartlog
	echo 1 >hello/one/ref/one/out
	echo 2 >hello/one/ref/one/results/x
	spec two '"mem": "256MiB", "testing": {"refDir": "ref", "strip": true, "runTimeout": 300}, "jobs": [
		{"name": "a", "command": "echo I am a"}, {"name": "b", "command": "echo I am b; exit 3"}]'
	for job in a b; do
		mkdir -p "hello/two/ref/two-$job"
		echo "I am $job" >"hello/two/ref/two-$job/uartlog"
	done
}

passes()
{
	run_test ../hello/one.json ../hello/two.json --junit=j.xml
	assert_eq "$status" 1 status
	verdict passed one
	verdict FAILED two
	assert_eq "$(grep -v '^two: ' build/out/test/two/report)" \
		"two-b: the guest's workload ended with status 3"
	assert_has build/j.xml '<testsuite name="one" tests="4" failures="0"'
	assert_has build/runOutput/one-latest/one/uartlog 'Linux version'
	assert_missing build/state/one.img build/state/two-a.img
}

is_kept()
{
	touch hello/one/ref/one/uartlog
	sed -i 's/; exit 3//' hello/two.json
	run_test one two
	assert_eq "$status" 0 status
	verdict unchanged one
	verdict passed two
}

fails()
{
	printf 'one\nthree\n' >hello/one/ref/one/uartlog
	printf '0\n' >hello/one/ref/one/out
	run_test -m runOutput/one-latest one
	assert_eq "$status" 1 status
	verdict FAILED one
	assert_has test.log '-three'
	assert_has test.log '+two'
	assert_has test.log '-0'
	assert_lacks test.log 'Linux version'
}

test_case "start from the built base" start
test_case "a command with outputs passes, a job with a bad status does not" passes
test_case "what has passed is not run again" is_kept
test_case "what differs is shown" fails
finish
