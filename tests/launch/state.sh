#!/bin/sh
# SPDX-License-Identifier: MIT
# The disk between launches. The guest prints its disk's first byte and adds one to it.
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/machine.sh"
img=images/w.img

boots_with() # NUMBER [WORD...]
{
	want=$1
	shift
	boot 0 "$@"
	[ "$status" -eq 0 ] || cat boot.log
	assert_eq "$status" 0 status
	assert_has boot.log "disk: $want"
}

rebuild() # BYTE: publishes another image
{
	truncate -s 32M new
	# shellcheck disable=SC2059
	printf "\\$1" | dd of=new conv=notrunc status=none
	mv -f new images/w.img
}

kept()
{
	build_dir
	sum=$(cksum <images/w.img)
	boots_with 0
	boots_with 1
	boots_with 2
	assert_eq "$(cksum <images/w.img)" "$sum" 'the built image'
}

is_sparse()
{
	build_dir
	boots_with 0
	assert_eq "$(stat -c %s state/w.img)" 33554432 size
	[ "$(du -k state/w.img | cut -f 1)" -lt 1024 ] || fail "the copy is not sparse"
}

made_anew()
{
	build_dir
	boots_with 0
	boots_with 1
	rebuild 005
	boots_with 5
	assert_has boot.log 'images/w.img was built anew'
	boots_with 6
	assert_lacks boot.log 'built anew'
}

# The same contents under another inode, of another time: the state stays.
equal_image()
{
	build_dir
	boots_with 0
	rebuild 000
	touch -d 2001-01-01 images/w.img
	boots_with 1
	mkdir copy
	cp -r images state copy
	cd copy
	boots_with 2
}

interrupted_copy()
{
	build_dir
	boots_with 0
	boots_with 1
	rm state/w.from
	echo rubbish >state/w.img
	boots_with 0
	rm state/w.img
	boots_with 0
	echo rubbish >state/w.from
	boots_with 0
	boots_with 1
}

snapshot()
{
	build_dir
	boots_with 0
	boots_with 0 --snapshot
	boots_with 0 --snapshot
	boots_with 1
	rm -r state
	boots_with 0 --snapshot
	assert_missing state
}

# A simulator that has no words for it would write to what was built.
snapshot_without_words()
{
	build_dir
	chmod u+w images/w.img
	boots_with 0 --snapshot
	sum=$(cksum <images/w.img)
	order=0
	parameters | grep -v snapshot >args
	# shellcheck disable=SC2046
	timeout -k 5 60 "$fmgen" boot $(cat args) --snapshot >boot.log 2>&1
	assert_has boot.log 'disk: 0'
	assert_eq "$(cksum <images/w.img)" "$sum" 'the built image'
	assert_missing state
}

one_at_a_time()
{
	build_dir
	boot_behind "$HANG"
	boot 0
	assert_eq "$status" 1 status
	assert_has boot.log 'w is running already'
	assert_has boot.log --snapshot
	assert_lacks boot.log guest
	boots_with 0 --snapshot
	kill -9 "$pid"
	wait_for is_gone "$qemu"
	boots_with 1
}

no_room()
{
	build_dir
	truncate -s 40M large
	mv -f large images/w.img
	(
		ulimit -f 65536
		trap '' XFSZ
		boot 0
		assert_eq "$status" 1 status
	)
	assert_has boot.log 'state/'
	assert_missing state/w.img state/w.from
	rebuild 001
	boots_with 1
}

no_image()
{
	build_dir
	rm -f images/w.img
	boot 0
	assert_eq "$status" 1 status
	assert_has boot.log 'images/w.img does not exist: build it first (ninja w)'
}

test_case "what a guest wrote is there at its next launch" kept
test_case "the copy is sparse" is_sparse
test_case "another built image makes it anew" made_anew
test_case "an equal image and a copied build directory keep it" equal_image
test_case "what an interrupted launch left is made anew" interrupted_copy
test_case "a snapshot keeps nothing" snapshot
test_case "a snapshot of a simulator that knows none" snapshot_without_words
test_case "a second launch at the same time is refused" one_at_a_time
test_case "a copy that fails leaves no disk" no_room
test_case "an image that is not built is an error" no_image
finish
