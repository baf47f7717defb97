#!/bin/sh
# SPDX-License-Identifier: MIT
# scripts/base-image: whatever holds a root file system, made by the tools of others.
. "${0%/*}/../lib/harness.sh"
PATH=$PATH:/usr/sbin:/sbin

base_image() # WORD...
{
	rm -rf out
	FMGEN=$fmgen sh "$srcdir/scripts/base-image" --out=out "$@" >log 2>&1
}
takes() # WORD...: and finds the root there
{
	base_image "$@" || { cat log; fail "$* was refused"; }
	e2fsck -fn out/rootfs.img >fsck.log 2>&1 || { cat fsck.log; fail "it is not clean"; }
	debugfs -R 'cat /etc/issue' out/rootfs.img 2>/dev/null >got
	assert_eq "$(cat got)" theirs "$*"
	assert_eq "$(ls out)" rootfs.img "what is left of $*"
}
refuses() # TEXT WORD...
{
	text=$1
	shift
	! base_image "$@" || fail "$* was taken"
	assert_has log "$text"
	assert_missing out/rootfs.img
}

# A root, and as a file system of 8 MiB.
make_root()
{
	need mke2fs debugfs
	mkdir -p root/etc root/usr boot/grub
	echo theirs >root/etc/issue
	mke2fs -q -t ext4 -d root root.img 8M
	mke2fs -q -t ext4 -d boot boot.img 4M
}

# A disk: a boot partition of 4 MiB, then FILE..., each in one of 8 MiB.
make_disk() # LABEL FILE...
{
	need sfdisk
	label=$1
	shift
	rm -f disk.img
	truncate -s 40M disk.img
	{
		echo "label: $label"
		echo ',4M,L'
		for file; do
			echo ',8M,L'
		done
	} | sfdisk -q disk.img
	dd if=boot.img of=disk.img bs=1M seek=1 conv=notrunc status=none
	at=5
	for file; do
		dd if="$file" of=disk.img bs=1M seek="$at" conv=notrunc status=none
		at=$((at + 8))
	done
}

takes_file_systems()
{
	make_root
	for type in ext2 ext3 ext4; do
		mke2fs -q -F -t "$type" -d root old.img 8M
		takes --image=old.img
	done
	cp root.img before
	takes --image=root.img --margin=1048576
	assert_same root.img before
}

takes_disks()
{
	make_root
	for label in gpt dos; do
		make_disk "$label" root.img
		cp disk.img before
		takes --image=disk.img
		assert_same disk.img before
	done
	takes --image=disk.img --partition=2
	refuses 'there is no partition 7' --image=disk.img --partition=7
	assert_has log 'partition 1: ext4 of 4 MiB'
	assert_has log 'partition 2: ext4 of 8 MiB'
	refuses 'it has no partitions' --image=boot.img --partition=1
}

chooses_the_root()
{
	make_root
	make_disk gpt boot.img root.img
	takes --image=disk.img
	make_disk gpt boot.img boot.img
	refuses 'none of its partitions is an ext4 root file system' --image=disk.img
	make_disk gpt root.img root.img
	refuses 'several partitions could be the root' --image=disk.img
	assert_has log 'partition 3: ext4'
	takes --image=disk.img --partition=3
}

refuses_other_file_systems()
{
	make_root
	need mkfs.btrfs
	truncate -s 120M whole.img
	mkfs.btrfs -q whole.img
	head -c 8M whole.img >b.img
	text='its root file system is btrfs, and only ext4 can be taken'
	refuses "$text" --image=b.img
	make_disk gpt b.img
	refuses "$text" --image=disk.img
}

takes_what_is_compressed()
{
	make_root
	need xz gzip bzip2 zstd
	make_disk gpt root.img
	tar -C root -cf root.tar .
	for program in gzip xz bzip2 zstd; do
		for file in root.img disk.img root.tar; do
			$program -c "$file" >packed 2>/dev/null
			takes --image=packed
		done
		$program -c "$srcdir/README.md" | head -c 2000 >packed
		refuses 'cannot be decompressed' --image=packed
	done
	assert_eq "$(ls out)" ""
}

takes_tarballs_and_directories()
{
	make_root
	tar -C root --owner=7 -cf root.tar .
	takes --image=root.tar
	debugfs -R 'stat /etc/issue' out/rootfs.img 2>/dev/null >got
	assert_has got 'User:     7 '
	takes --image=root
	debugfs -R 'stat /etc/issue' out/rootfs.img 2>/dev/null >got
	assert_has got 'User:     0 '
	mkdir -p over/etc
	echo theirs >over/etc/issue
	echo no >root/etc/issue
	for image in root root.tar; do
		takes --image="$image" --layer=over
	done
}

takes_qcow2()
{
	make_root
	need qemu-img
	make_disk gpt root.img
	qemu-img convert -O qcow2 disk.img disk.qcow2
	takes --image=disk.qcow2
	qemu-img convert -c -O qcow2 root.img root.qcow2
	xz -k root.qcow2
	takes --image=root.qcow2.xz
	qemu-img create -q -f qcow2 -b root.qcow2 -F qcow2 over.qcow2
	refuses 'it stands on another image' --image=over.qcow2
}

# As after a machine that was switched off.
repairs_a_copy()
{
	make_root
	debugfs -w -R 'ssv state 0' root.img 2>/dev/null
	cp root.img before
	takes --image=root.img
	assert_same root.img before
	make_disk gpt root.img
	takes --image=disk.img
}

equal_inputs_give_equal_bytes()
{
	make_root
	make_disk gpt root.img
	takes --image=disk.img
	mv out/rootfs.img want.img
	xz -k disk.img
	takes --image=disk.img.xz
	assert_same out/rootfs.img want.img
	takes --image=root.img
	assert_same out/rootfs.img want.img
}

says_what_it_is_not()
{
	refuses 'none.img: no such image' --image=none.img
	echo text >text
	refuses 'text: this is no file system, disk or tarball that is known here' --image=text
	gzip -k text
	refuses 'this is no file system' --image=text.gz
	: >empty
	refuses 'this is no file system' --image=empty
	refuses "partition: 'x' is not a number" --image=text --partition=x
}

test_case "file systems" takes_file_systems
test_case "disks with partitions" takes_disks
test_case "of several partitions the root" chooses_the_root
test_case "other file systems are refused by name" refuses_other_file_systems
test_case "what is compressed" takes_what_is_compressed
test_case "tarballs and directories" takes_tarballs_and_directories
test_case "qcow2" takes_qcow2
test_case "what was not unmounted is repaired in a copy" repairs_a_copy
test_case "equal inputs give equal bytes" equal_inputs_give_equal_bytes
test_case "what is none is told" says_what_it_is_not
finish
