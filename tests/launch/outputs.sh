#!/bin/sh
# SPDX-License-Identifier: MIT
# Outputs are copied off the disk of a machine that has ended. The guest knows nothing of file
# systems: it only adds one to the first byte of the disk.
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/machine.sh"
PATH=$PATH:/sbin:/usr/sbin
img=images/w.img

# A build directory whose disk has files.
with_files()
{
	need mke2fs debugfs e2fsck
	build_dir
	mkdir -p disk/root/dir/sub disk/var
	echo one >disk/root/one
	echo two >disk/root/two.txt
	echo deep >disk/root/dir/sub/deep
	ln -s ../root/one disk/var/link
	echo other >disk/var/one
	echo taken >disk/var/uartlog
	chmod u+w images/w.img
	mke2fs -q -F -t ext4 -d disk images/w.img 32M
	chmod a-w images/w.img
	sum=$(cksum <images/w.img)
}

# The disk is as one of a machine that was switched off.
dirty()
{
	chmod u+w images/w.img
	debugfs -w -R 'feature needs_recovery' images/w.img 2>/dev/null
	chmod a-w images/w.img
	sum=$(cksum <images/w.img)
}

boots() # [WORD...]
{
	boot 0 "$@"
	[ "$status" -eq 0 ] || cat boot.log
	assert_eq "$status" 0 status
	out=runOutput/w-latest/w
}

built_is_untouched()
{
	assert_eq "$(cksum <images/w.img)" "$sum" 'the built image'
}

nothing_is_left()
{
	assert_eq "$(find . -name '.fmgen-*' -o -name '*.tmp' -o -name '.tmp*')" '' 'files that are left'
}

copied()
{
	with_files
	boots --output=/root/one '--output=/root/*.txt' --output=/root/dir --output=/var/link
	assert_same "$out/one" disk/root/one
	assert_same "$out/two.txt" disk/root/two.txt
	assert_same "$out/dir/sub/deep" disk/root/dir/sub/deep
	assert_same "$out/link" disk/root/one
	assert_eq "$(cat "$out/status")" 0 status
	built_is_untouched
	boots --output=/root/one
	assert_has boot.log 'disk: 1'
}

replayed_on_a_copy()
{
	with_files
	dirty
	boots --output=/root/one
	assert_same "$out/one" disk/root/one
	built_is_untouched
	nothing_is_left
	debugfs -R features state/w.img 2>/dev/null | grep -q needs_recovery ||
		fail 'the disk of the next launch was repaired'
}

of_a_snapshot()
{
	with_files
	dirty
	boots --snapshot --output=/root/one
	assert_same "$out/one" disk/root/one
	boots --snapshot --output=/root/one
	assert_has boot.log 'disk: 0'
	assert_missing state
	built_is_untouched
	nothing_is_left
}

fails_with() # TEXT WORD...
{
	text=$1
	shift
	boot 0 "$@"
	assert_eq "$status" 1 status
	assert_has boot.log "$text"
	assert_has boot.log 'its outputs were not copied'
	printf '1\nits outputs were not copied\n' >expected
	assert_same runOutput/w-latest/w/status expected
	nothing_is_left
}

not_there()
{
	with_files
	fails_with /root/three --output=/root/one --output=/root/three
	assert_missing runOutput/w-latest/w/one
	fails_with '/root/*.c' '--output=/root/*.c'
	built_is_untouched
}

name_is_taken()
{
	with_files
	fails_with uartlog --output=/var/uartlog
	assert_has runOutput/w-latest/w/uartlog 'fmgen: exit 0'
	fails_with one --output=/root/one --output=/var/one
}

# The guest's own failure comes first; what it left is copied still.
guest_failed()
{
	with_files
	boot 3 --output=/root/one
	assert_eq "$status" 3 status
	assert_same runOutput/w-latest/w/one disk/root/one
	boot "$HANG" --timeout=1 --output=/root/two.txt
	assert_eq "$status" 124 status
	assert_same runOutput/w-latest/w/two.txt disk/root/two.txt
	boot 3 --output=/nowhere
	assert_eq "$status" 3 status
	assert_has boot.log 'its outputs were not copied'
}

interrupted()
{
	with_files
	boot_behind "$HANG" --output=/root/one
	kill "$pid"
	wait "$pid" || :
	assert_missing runOutput/w-latest/w/one
	assert_eq "$(head -n 1 runOutput/w-latest/w/status)" 143 status
}

damaged()
{
	with_files
	chmod u+w images/w.img
	dd if=/dev/zero of=images/w.img bs=4096 seek=1 count=40 conv=notrunc status=none
	debugfs -w -R 'feature needs_recovery' images/w.img 2>/dev/null
	boot 0 --output=/root/one
	assert_eq "$status" 1 status
	assert_has boot.log 'its outputs were not copied'
	nothing_is_left
}

without_a_disk()
{
	img=
	build_dir
	boot 0 --output=/root/one
	assert_eq "$status" 1 status
	assert_has boot.log 'w: its outputs cannot be copied: this machine has no disk'
	assert_lacks boot.log guest
	assert_missing runOutput
}

# The copy of the disk has no name, so it goes with the processes.
kill_leaves_no_copy()
{
	with_files
	boot_behind "$HANG" --snapshot --output=/root/one
	nothing_is_left
	kill -9 "$pid"
	wait_for is_gone "$qemu"
	nothing_is_left
}

test_case "files, directories, and what links lead to" copied
test_case "a journal is replayed on a copy" replayed_on_a_copy
test_case "of a disk that is thrown away" of_a_snapshot
test_case "one that is not there is an error" not_there
test_case "so is one whose name is taken" name_is_taken
test_case "of a guest that failed" guest_failed
test_case "none after a signal" interrupted
test_case "a damaged disk is an error" damaged
test_case "without a disk nothing is started" without_a_disk
test_case "kill -9 leaves no copy of the disk" kill_leaves_no_copy
finish
