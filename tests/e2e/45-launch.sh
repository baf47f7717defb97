#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs of real machines: jobs at once, what is copied out and run behind them, and guests that fail.
. "${0%/*}/../lib/e2e.sh"
shared_dir=1

start()
{
	from_base
	mkdir -p hello/team hello/broken/overlay/sbin
	cat >hello/team/collect <<-'END'
		#!/bin/sh
		# Tells which statuses and files a run has left.
		echo "$1 in ${PWD##*/}: $(cd "$2" && echo */status */who)"
		cat "$2"/*/status
	END
	cat >hello/team/one <<-'END'
		#!/bin/sh
		echo "own hook: $(cat "$1/who")"
	END
	printf '#!/bin/sh\nexit 1\n' >hello/broken/overlay/sbin/init
	chmod +x hello/team/collect hello/team/one hello/broken/overlay/sbin/init
	cat >hello/team.json <<-'END'
	{
	  "name": "team", "base": "parent.json", "mem": "256MiB",
	  "outputs": ["/root/who", "/root/logs/*.log"],
	  "post_run_hook": "collect results",
	  "command": "echo nobody >/root/who",
	  "jobs": [
	    {"name": "a", "command": "mkdir -p /root/logs; echo a1 >/root/who; echo x >/root/logs/a.log"},
	    {"name": "b", "post_run_hook": "one",
	     "command": "mkdir -p /root/logs; echo b1 >/root/who; ln -s ../who /root/logs/b.log; exit 5"},
	    {"name": "c", "launch": false}
	  ]
	}
	END
	cat >hello/broken.json <<-'END'
	{
	  "name": "broken", "base": "parent.json", "mem": "256MiB", "jobs": [
	    {"name": "fills", "outputs": ["/root/before"],
	     "command": "echo kept >/root/before; sync; cat /dev/zero >/fill"},
	    {"name": "hangs", "outputs": ["/root/before"],
	     "command": "echo kept >/root/before; sync; sleep 1000"},
	    {"name": "panics", "overlay": "overlay"},
	    {"name": "quits", "command": "echo bye; poweroff -f"}
	  ]
	}
	END
	generate ../hello/parent.json ../hello/hello.json ../hello/team.json ../hello/broken.json
	build
	(cd build/images && sha256sum ./*) >sums
}

results()
{
	echo "build/runOutput/$1-latest"
}

jobs_at_once()
{
	launch --all team
	assert_eq "$status" 5 'status of the guest that failed'
	assert_has launch.log 'team-c is not launched'
	dir=$(results team)
	assert_eq "$(cat "$dir/team-a/who" "$dir/team-a/a.log")" "$(printf 'a1\nx')" 'outputs of a'
	assert_eq "$(cat "$dir/team-b/who" "$dir/team-b/b.log")" "$(printf 'b1\nb1')" 'outputs of b'
	assert_missing "$dir/team-a/b.log" "$dir/team-b/a.log" "$dir/team-c" "$dir/team"
	assert_eq "$(cat "$dir/team-a/status")" 0 'status of a'
	assert_eq "$(head -n 1 "$dir/team-b/status")" 5 'status of b'
}

hooks_ran()
{
	dir=$(results team)
	assert_has launch.log 'own hook: b1'
	assert_has launch.log 'results in team: team-a/status team-b/status team-a/who team-b/who'
	assert_has "$dir/hook.log" "the guest's workload ended with status 5"
	assert_has "$dir/team-b/hook.log" 'own hook: b1'
	assert_missing "$dir/team-a/hook.log"
}

# The disks of the jobs are kept, and that of a snapshot is not.
snapshots()
{
	launch -j a --snapshot team
	assert_eq "$status" 0 status
	assert_eq "$(cat "$(results team)/team-a/who")" a1 'output of a snapshot'
	assert_exists build/state/team-a.img
	assert_missing build/state/team.img
	rm -r build/state
	launch --snapshot -j a team
	assert_missing build/state
}

a_target()
{
	build_fails launch-jobs-team </dev/null
	assert_has build.log 'team-b: ended with status 5'
	assert_has build.log 'team-a: ended with status 0'
	assert_exists "$(results team)/team-a/who"
}

outputs_need_a_disk()
{
	launch -d -j a team
	assert_eq "$status" 1 status
	assert_has launch.log 'team-a: its outputs cannot be copied: this machine has no disk'
}

# Each as what it is, all at once; what was written before is copied out, by the journal.
broken_guests()
{
	launch --all --timeout=60 broken
	dir=$(results broken)
	assert_eq "$(head -n 1 "$dir/broken-fills/status")" 1 'status of a full disk'
	assert_has "$dir/broken-fills/uartlog" 'No space left on device'
	assert_eq "$(cat "$dir/broken-fills/before")" kept 'output on a full disk'
	assert_eq "$(head -n 1 "$dir/broken-hangs/status")" 124 'status of a guest that hangs'
	assert_eq "$(cat "$dir/broken-hangs/before")" kept 'output of a guest that hangs'
	assert_eq "$(cat "$dir/broken-panics/status")" "$(printf '1\nthe kernel panicked')" 'of a panic'
	assert_eq "$(cat "$dir/broken-quits/status")" 0 'status of one that powers off by itself'
	assert_has launch.log 'broken-quits: the guest reported no status'
	assert_eq "$status" 1 'the first bad status'
}

images_are_untouched()
{
	unchanged_bytes
	settled
}

test_case "workloads with jobs are built" start
test_case "jobs at once, each with its outputs" jobs_at_once
test_case "hooks of the workload and of a job" hooks_ran
test_case "one job, on a disk that is thrown away" snapshots
test_case "as a target of the graph" a_target
test_case "outputs without a disk are an error" outputs_need_a_disk
test_case "guests that fill their disk, hang, panic, quit" broken_guests
test_case "all of this changed no image" images_are_untouched
finish
