#!/bin/sh
# SPDX-License-Identifier: MIT
# Guests that go wrong: each is reported as what it is, and harms nothing that was built.
. "${0%/*}/../lib/e2e.sh"
shared_dir=1

spec() # NAME JSON
{
	echo "{\"name\": \"$1\", \"base\": \"small.json\", $2}" >"hello/$1.json"
	mkdir -p "hello/$1"
}

start()
{
	need debugfs e2fsck
	from_base
	echo '{"name": "small", "base": "parent.json", "cpus": 1, "mem": "128MiB"}' >hello/small.json
	mkdir -p hello/panics
	printf '#!/bin/sh\necho this init ends\n' >hello/panics/init
	chmod +x hello/panics/init
	spec panics '"files": [["init", "/sbin/init"]]'
	spec hangs '"command": "echo it begins; sleep 1000"'
	spec fills '"command": "dd if=/dev/zero of=/root/big bs=1M; echo so far; rm /etc/motd"'
	spec killed '"command": "kill -9 $$"'
	spec three '"command": "exit 3"'
	generate ../hello/parent.json ../hello/hello.json ../hello/panics.json ../hello/hangs.json \
		../hello/fills.json ../hello/killed.json ../hello/three.json
	build
	(cd build/images && sha256sum ./*) >sums
}

ends_with() # NAME STATUS TEXT [OPTION...]
{
	name=$1 want=$2 text=$3
	shift 3
	launch "$@" "$name"
	assert_eq "$status" "$want" "status of $name"
	assert_has launch.log "$text"
	assert_eq "$(sed 1q "build/runOutput/$name-latest/$name/status")" "$want" "the file status"
}

fills_its_disk()
{
	ends_with fills 0 'No space left on device'
	launch fills
	assert_has launch.log "can't remove '/etc/motd'" # its disk is as it left it
	launch --snapshot fills
	assert_lacks launch.log "can't remove"
}

nothing_is_harmed()
{
	unchanged_bytes
	build
	assert_has build.log 'no work to do'
	[ -z "$(pgrep -f "$PWD/build/images/" || :)" ] || fail "a simulator is left"
	boots hello 'the overlay of the workload "parent"'
}

test_case "five guests that go wrong" start
test_case "a panic" ends_with panics 1 'the kernel panicked'
test_case "a hang, and a limit of time" ends_with hangs 124 'the time that it had' --timeout=20
test_case "status 3" ends_with three 3 'status 3'
test_case "a script that a signal ends" ends_with killed 137 'status 137'
test_case "a disk that is filled" fills_its_disk
test_case "what was built is as it was, and serves others" nothing_is_harmed
finish
