#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen run: what a command is given, what is shown of it, and that nothing of it stays.
# shellcheck disable=SC2016
. "${0%/*}/../lib/harness.sh"

args() # LINE...: the parameters of the edge "it"
{
	mkdir -p out/args
	printf 'spec\t/some where\n' >out/roots
	printf '%s\n' "$@" >out/args/it
}

# run [OPTION...] -- COMMAND...: sets $status; out and err have what was said
run()
{
	status=0
	"$fmgen" run it "$@" >out.said 2>err.said || status=$?
}

gives_arguments()
{
	args '--a=@spec/x y' '\@b' ''
	run -- sh -c 'printf "<%s>" "$@"; exit 0' x
	assert_eq "$status" 0
	assert_eq "$(tail -n 1 out/log/it.log)" '<--a=/some where/x y><@b><>'
	assert_eq "$(cat out.said err.said)" ''
}

gives_an_environment()
{
	umask 077
	TZ=CET run --no-args -- sh -c 'echo $LC_ALL $TZ $SOURCE_DATE_EPOCH $E2FSPROGS_FAKE_TIME; umask; cat'
	assert_eq "$(sed 1d out/log/it.log)" 'C UTC 0 1
0022'
}

refuses()
{
	run -- true
	assert_eq "$status" 1
	assert_has err.said 'cannot read out/roots'
	args '@other/x'
	run -- true
	assert_eq "$status" 1
	assert_has err.said 'out/args/it:1: bad escape or unknown root'
	run
	assert_has err.said usage
	run --no-args --
	assert_has err.said usage
}

shows_failures()
{
	args "it's"
	run -- sh -c 'seq 1 40; printf end; exit 3' x
	assert_eq "$status" 3
	{
		echo "it failed with status 3:"
		printf '%s\n' "sh -c 'seq 1 40; printf end; exit 3' x 'it'\\''s'"
		seq 17 40
		echo end
		echo 'log: out/log/it.log'
	} >expected
	assert_same err.said expected
	run --no-args -- sh -c 'kill -SEGV $$'
	assert_eq "$status" 139
	assert_has err.said 'it ended by signal 11'
	run --no-args -- /none
	assert_eq "$status" 127
	assert_has err.said 'cannot start /none'
}

shows_what_must_be_said()
{
	run --no-args -- sh -c 'cd /; echo warning >>"$FMGEN_SAY"; echo other'
	assert_eq "$status" 0
	assert_eq "$(cat out.said err.said)" warning
	assert_has out/log/it.log warning
	assert_missing out/log/it.say
}

uses_a_launcher()
{
	FMGEN_LAUNCHER='env "A=b c"' run --no-args -- sh -c 'echo "$A"; exit 1'
	assert_has err.said 'b c'
	FMGEN_LAUNCHER='"' run --no-args -- true
	assert_eq "$status" 1
	assert_has err.said FMGEN_LAUNCHER
}

leaves_a_console_alone()
{
	echo in | { run --console --no-args -- sh -c 'cat; echo err >&2; exit 5'; assert_eq "$status" 5; }
	assert_eq "$(cat out.said)" in
	assert_eq "$(cat err.said)" err
	assert_missing out/log
}

# What a command leaves behind writes its number to the file "left".
leave='sh -c "echo \$\$ >left; exec sleep 1000" & while [ ! -s left ]; do sleep 0.1; done;'

wait_for() { while [ ! -s "$1" ]; do sleep 0.1; done; }

kills_what_is_left()
{
	run --no-args -- sh -c "$leave exit 0"
	assert_eq "$status" 0
	! lives "$(cat left)" || fail "a process is left after success"
}

# A daemon: in a session of its own. It has the descriptors of the command that started it.
daemon='setsid sh -c "echo \$\$ >left; exec sleep 1000" & while [ ! -s left ]; do sleep 0.1; done;'

daemon_goes_with_a_failure()
{
	run --no-args -- sh -c "$daemon exit 3"
	assert_eq "$status" 3
	! lives "$(cat left)" || fail "a daemon is left after a failure"
	rm left
	"$fmgen" run it --no-args -- sh -c "$daemon wait" &
	wait_for left
	kill -INT $!
	wait $! || :
	! lives "$(cat left)" || fail "a daemon is left after SIGINT"
}

daemon_holds_no_lock()
{
	run --no-args --pool=p:1 --stamp=out/done -- sh -c "$daemon exit 0"
	assert_eq "$status" 0
	lives "$(cat left)" || fail "the daemon is gone"
	timeout 10 "$fmgen" run it --no-args --pool=p:1 -- true || fail "a daemon has the lock"
	flock -n out/running true || fail "a daemon runs as a command does"
	kill "$(cat left)"
}

says_for_whom()
{
	mkdir -p out
	echo '{"rule": "r", "id": "other", "why": "a.json:1:1", "outputs": ["x"]},
{"rule": "r", "id": "it", "why": "b c.json:2:3", "outputs": ["y"]},' >out/graph.json
	run --no-args -- false
	assert_eq "$(head -n 1 err.said)" 'b c.json:2:3: it failed with status 1:'
	yes word | head -n 1000 >words
	xargs -a words "$fmgen" run it --no-args -- false 2>err.said || :
	assert_eq "$(sed -n '2s/.* //p' err.said)" ...
	[ "$(sed -n 2p err.said | wc -c)" -lt 700 ] || fail 'the whole command is shown'
}

passes_signals_on()
{
	"$fmgen" run it --no-args -- sh -c "$leave wait" 2>err.said &
	wait_for left
	kill -TERM $!
	status=0
	wait $! || status=$?
	assert_eq "$status" 143
	assert_eq "$(cat err.said)" ''
	! lives "$(cat left)" || fail "a process is left after SIGTERM"
}

dies_with_its_parent()
{
	sh -c 'echo $$ >parent; "$0" "$@"; :' "$fmgen" run it --no-args -- sh -c "$leave wait" &
	wait_for left
	kill -KILL "$(cat parent)"
	ends "$(cat left)" "a process outlived ninja"
}

leaves_nothing_when_killed()
{
	"$fmgen" run it --no-args -- sh -c 'sleep 30 & echo $! >pid; mv pid left; wait' &
	wait_for left
	kill -KILL $!
	run --no-args -- true
	assert_eq "$status" 0
	for _ in 1 2 3 4 5; do
		kill -0 "$(cat left)" 2>/dev/null || return 0
		sleep 1
	done
	fail "the command lives on"
}

waits_for_the_lock()
{
	"$fmgen" run it --no-args -- sh -c 'echo >held; sleep 3' &
	wait_for held
	run --no-args -- true
	assert_eq "$status" 0
	assert_has err.said "it: waiting for process $! ($fmgen run it --no-args -- sh -c echo >held; sleep 3), which holds out/stage/it.lock"
}

test_case "a command gets its arguments" gives_arguments
test_case "a command gets the environment of all" gives_an_environment
test_case "what cannot be run is refused" refuses
test_case "a failure shows the command and the end of its log" shows_failures
test_case "what a command must say is shown" shows_what_must_be_said
test_case "a launcher goes before the command" uses_a_launcher
test_case "a console command keeps the terminal" leaves_a_console_alone
test_case "nothing is left when a command ends" kills_what_is_left
test_case "a daemon goes with a command that fails" daemon_goes_with_a_failure
test_case "a daemon that stays has no lock" daemon_holds_no_lock
test_case "a failure is told with the line of the spec" says_for_whom
test_case "a signal ends all" passes_signals_on
test_case "the end of the parent ends all" dies_with_its_parent
test_case "a killed fmgen leaves nothing" leaves_nothing_when_killed
test_case "the command of another build is waited for" waits_for_the_lock
finish
