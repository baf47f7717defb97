#!/bin/sh
# SPDX-License-Identifier: MIT
# What is built, seen by tools that are not fmgen's.
. "${0%/*}/../lib/e2e.sh"
# shellcheck source=tests/lib/kbuild.sh
. "$srcdir/tests/lib/kbuild.sh"
shared_dir=1
PATH=$PATH:/sbin:/usr/sbin

start()
{
	need e2fsck debugfs cpio readelf qemu-system-riscv64
	from_base
}

# stat TEXT of debugfs for a path of hello.img
inode()
{
	debugfs -R "stat $1" build/images/hello.img 2>/dev/null
}

image_is_sound()
{
	e2fsck -fn build/images/hello.img >e2fsck.log 2>&1 || { cat e2fsck.log; fail "e2fsck"; }
	assert_lacks e2fsck.log WARNING
}

image_has_the_overlay()
{
	image_file hello /etc/motd >motd
	assert_same motd hello/parent/overlay/etc/motd
	inode /usr/local/bin/about-me >about
	assert_has about 'Mode:  0755'
	grep -qE 'User: +0 +Group: +0' about || fail "the owner is not root: $(cat about)"
	inode /bin/sh >shell
	assert_has shell 'Fast link dest: "/bin/busybox"'
}

archive_is_newc()
{
	cpio=build/$(stage_word hello link --initramfs)
	cpio -itv --quiet <"$cpio" >list
	sort -k9 list | head -n 40
	for name in init fmgen/busybox 'fmgen_hello.ko' modules.dep; do
		assert_has list "$name"
	done
	grep -qE '^crw.* root +root +5, +1 .*dev/console' list || fail "no /dev/console: $(grep dev/ list)"
	grep -vE '^[a-z-]+ +[0-9]+ root +root ' list && fail "a file is not root's"
	assert_eq "$(head -c 6 "$cpio")" 070701 "magic number"
}

binary_is_elf()
{
	readelf -h build/images/hello-bin >bin
	assert_has bin 'RISC-V'
	assert_has bin '0x80000000'
	readelf -h build/images/hello-bin-dwarf | grep -q RISC-V || fail "vmlinux"
}

published_are_read_only()
{
	for file in hello-bin hello-bin-dwarf; do
		assert_eq "$(stat -c %A "build/images/$file" | tr -d rx)" '----' "write permission of $file"
	done
}

test_case "start from the built base" start
test_case "e2fsck finds nothing in the image" image_is_sound
test_case "debugfs finds the overlays in the image, owned by root" image_has_the_overlay
test_case "GNU cpio reads the initramfs" archive_is_newc
test_case "readelf knows the binaries" binary_is_elf
test_case "kbuild links the same bytes" kbuild_links_the_same hello
test_case "published binaries are read-only" published_are_read_only
finish
