#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen boot-jobs: several machines in one run.
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/machine.sh"
img=

# Parameter files launch-w-JOB of jobs, each with its order: job JOB ORDER [WORD...]
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
	timeout -k 5 60 "$fmgen" boot-jobs --name=w $args "$@" >jobs.log 2>&1
	status=$?
	set -e
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
}

test_case "each has its log, and the first bad status counts" each_has_its_log
finish
