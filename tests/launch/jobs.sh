#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen boot-jobs: several machines in one run.
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/machine.sh"
img=

# job JOB ORDER [WORD...]: the parameters launch-w-JOB of a job, with what its guest does
job()
{
	mkdir -p out/args
	: >out/roots
	order=$2
	parameters | sed "s/--name=w/&-$1/" >"out/args/launch-w-$1"
	args="$args --machine=launch-w-$1"
	id=$1
	shift 2
	[ $# -eq 0 ] || printf '%s\n' "$@" >>"out/args/launch-w-$id"
}
args=

boot_jobs() # [WORD...]
{
	set +e
	# shellcheck disable=SC2086
	timeout -k 5 300 "$fmgen" boot-jobs --name=w $args "$@" >jobs.log 2>&1
	status=$?
	set -e
}

there_are() # NUMBER: of machines
{
	[ "$(machines | wc -l)" -eq "$1" ]
}

each_has_its_log()
{
	build_dir
	job a 0
	job b 7
	job c "$PANIC"
	boot_jobs
	assert_eq "$status" 7 status
	for line in 'w-a: started (1 of 3)' 'w-a: ended with status 0' 'w-b: ended with status 7' \
		'w-c: ended with status 1' 'w-c: the kernel panicked'; do
		assert_has jobs.log "$line"
	done
	assert_has runOutput/w-latest/w-a/uartlog 'fmgen: exit 0'
	assert_has runOutput/w-latest/w-b/uartlog 'fmgen: exit 7'
	assert_has runOutput/w-latest/w-c/uartlog 'Kernel panic'
	assert_lacks jobs.log 'disk: 0'
	assert_eq "$(cat runOutput/w-latest/w-a/status)" 0 status
	printf '1\nthe kernel panicked\n' >expected
	assert_same runOutput/w-latest/w-c/status expected
}

# The note tells what each machine gets is less than it asked for.
memory_is_shared()
{
	build_dir
	for i in 1 2 3; do job "$i" 0 --mem=17592186044416 --least-mem=67108864; done
	boot_jobs
	assert_eq "$status" 0 status
	assert_has jobs.log '3 of 3 machines get less memory than they ask for'
	assert_lacks jobs.log 'at once'
	for i in 1 2 3; do sed -n '/^-m$/{n;s/M$//p}' "runOutput/w-latest/w-$i/command"; done >given
	has=$(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
	awk -v has="$has" '{ all += $1 } END { exit !(all < has && all > has / 2) }' given ||
		fail "of $has MiB: $(cat given)"
}

# What a spec asks for is not cut: then they wait for each other.
some_wait()
{
	build_dir
	for i in 1 2 3; do job "$i" 0 --mem=17592186044416; done
	boot_jobs
	assert_eq "$status" 0 status
	assert_has jobs.log 'not all 3 machines are started at once'
	grep -o 'w-.: [a-z]*' jobs.log | grep -v listening >order
	for i in 1 2 3; do printf 'w-%s: started\nw-%s: ended\n' "$i" "$i"; done >expected
	assert_same order expected
}

fifty()
{
	build_dir
	img=images/w.img
	for i in $(seq 50); do job "$i" "$i" --snapshot; done
	export TMPDIR="$PWD/tmp"
	mkdir tmp
	boot_jobs --at-once=4
	assert_eq "$status" 1 status
	most=$(awk '/: started/ { now++ } now > most { most = now } /: ended/ { now-- }
		END { print most }' jobs.log)
	assert_eq "$most" 4 'machines at once'
	for i in $(seq 50); do
		assert_has jobs.log "w-$i: ended with status $i "
		printf 'guest\r\ndisk: 0\r\nfmgen: exit %s\r\n' "$i" >expected
		assert_same "runOutput/w-latest/w-$i/uartlog" expected
	done
	set -- runOutput/w-latest/*
	assert_eq $# 50 'machines with results'
	there_are 0 || fail "machines are left"
	rmdir tmp
	assert_missing state
}

hang_all() # three machines, in the background, once they run; sets $pid
{
	build_dir
	for i in 1 2 3; do job "$i" "$HANG" --timeout=60; done
	# shellcheck disable=SC2086
	"$fmgen" boot-jobs --name=w $args >behind.log 2>&1 &
	pid=$!
	for i in 1 2 3; do wait_for grep -qs guest "runOutput/w-latest/w-$i/uartlog"; done
	wait_for there_are 3
}

kill_leaves_nothing()
{
	hang_all
	kill -9 "$pid"
	wait_for there_are 0
}

kill_of_one_counts()
{
	hang_all
	cut -d ' ' -f 2 "/proc/$pid/task/$pid/children" | xargs kill -9
	wait_for there_are 2
	kill -TERM "$pid"
	status=0
	wait "$pid" || status=$?
	assert_eq "$status" 143 status
	assert_has behind.log 'w-2: ended with status 137'
	there_are 0 || fail "machines are left"
	assert_eq "$(head -n 1 runOutput/w-latest/w-1/status)" 143 'status of w-1'
	assert_eq "$(cat runOutput/w-latest/w-2/status)" 137 'status of w-2'
}

# On a terminal Ctrl-C ends all of them, and no other process of that terminal's other jobs.
interrupt_ends_all()
{
	need script
	build_dir
	for i in 1 2 3; do job "$i" "$HANG" --timeout=60; done
	cat >session <<-END
		setsid sleep 100 &
		echo \$! >other
		trap : INT
		"$fmgen" boot-jobs --name=w $args
		echo "status \$?"
	END
	mkfifo keys
	script -qec 'sh session' /dev/null <keys >typescript &
	exec 3>keys
	for i in 1 2 3; do wait_for grep -qs guest "runOutput/w-latest/w-$i/uartlog"; done
	printf '\003' >&3
	wait_for grep -qs 'status [0-9]' typescript
	exec 3>&-
	wait
	assert_has typescript 'status 130'
	there_are 0 || fail "machines are left"
	kill "$(cat other)" || fail "another process was ended too"
}

hook_script() # NAME STATUS
{
	cat >"$1" <<-END
		#!/bin/sh
		echo "$1 in \$PWD: \$1, and \${2##*/}"
		[ "\${2#/}" != "\$2" ] && cat "\$2"/*/status "\$2"/status 2>/dev/null
		exit $2
	END
	chmod +x "$1"
}

hooks()
{
	build_dir
	mkdir there
	hook_script there/whole 0
	hook_script there/own 4
	job a 0 --hook=there/whole --job-hook=there/own --job-hook-dir=there --job-hook-arg='a b'
	job b 9 --hook=there/whole
	boot_jobs --hook=there/whole --hook-dir=there "--hook-arg=x"
	assert_eq "$status" 4 status
	dir=$(readlink runOutput/w-latest)
	assert_has jobs.log "there/own in $PWD/there: a b, and w-a"
	assert_has jobs.log 'w-a: its post_run_hook failed'
	assert_has jobs.log "there/whole in $PWD/there: x, and $dir"
	assert_eq "$(grep -c 'there/whole in' jobs.log)" 1 'runs of the hook'
	assert_has runOutput/w-latest/w-a/hook.log there/own
	printf 'there/whole in %s/there: x, and %s\n4\nits post_run_hook failed\n9\n%s\n' "$PWD" "$dir" \
		"the guest's workload ended with status 9" >expected
	assert_same runOutput/w-latest/hook.log expected
}

failed_hook_counts()
{
	build_dir
	hook_script fails 6
	job a 0
	boot_jobs --hook=fails --hook-arg=x
	assert_eq "$status" 6 status
	assert_has jobs.log 'post_run_hook: fails failed with status 6'
	job b 7
	boot_jobs --hook=fails --hook-arg=x
	assert_eq "$status" 7 status
}

passed_over()
{
	build_dir
	job a 0
	job b 7 --skip
	boot_jobs
	assert_eq "$status" 0 status
	assert_has jobs.log 'note: w-b is not launched'
	assert_missing runOutput/w-latest/w-b
}

wrong_words()
{
	build_dir
	boot_jobs
	assert_eq "$status" 2 status
	assert_has jobs.log '--machine= is missing'
	boot_jobs --machine=launch-w-none
	assert_eq "$status" 1 status
	assert_missing runOutput
}

test_case "each has its log, and the first bad status counts" each_has_its_log
test_case "they share the memory of the host" memory_is_shared
test_case "what a spec asks for is not cut: some wait" some_wait
test_case "fifty, four at a time" fifty
test_case "kill -9 leaves no QEMU" kill_leaves_nothing
test_case "one that is killed, and SIGTERM" kill_of_one_counts
test_case "Ctrl-C ends them, and nothing else" interrupt_ends_all
test_case "hooks of jobs, and of all" hooks
test_case "a hook that fails" failed_hook_counts
test_case "launch: no" passed_over
test_case "wrong words" wrong_words
finish
