#!/bin/sh
# SPDX-License-Identifier: MIT
# Roots that others made, and Buildroot: built upon, and booted.
# shellcheck disable=SC2016 # dollars are for guests
. "${0%/*}/../lib/e2e.sh"
. "$srcdir/tests/lib/buildroot.sh"
PATH=$PATH:/usr/sbin:/sbin
shared_dir=1

# The kernel is that of the shared base: the specs stand where its own do.
spec() # NAME BASE DISTRO OPTIONS MORE
{
	kernel='"linux": {"config": "parent/linux.config"}, "firmware": {}, "mem": "512MiB", "cpus": 2'
	case $2 in *-top.json) kernel='"launch": true' ;; esac
	cat >"hello/$1.json" <<-END
		{"name": "$1", "base": "$2", "workdir": ".", "distro": {"name": "$3", "opts": {$4}}, $5 $kernel}
	END
}

# A root as busybox's makers show it, with scripts in /etc/init.d and nothing of fmgen's.
make_root() # DIR
{
	mkdir -p "$1/bin" "$1/sbin" "$1/usr/bin" "$1/usr/sbin" "$1/etc/init.d" "$1/proc" "$1/sys" \
		"$1/dev" "$1/tmp" "$1/root" "$1/home/some"
	install -m 755 "$busybox" "$1/bin/busybox"
	while read -r path; do
		[ -e "$1$path" ] || ln -s /bin/busybox "$1$path"
	done <"$busybox.links"
	cat >"$1/etc/inittab" <<-'END'
		::sysinit:/bin/mount -o remount,rw /
		::sysinit:/etc/init.d/rcS
		console::respawn:/bin/sh -l
	END
	cat >"$1/etc/init.d/rcS" <<-'END'
		#!/bin/sh
		for i in /etc/init.d/S??*; do
			[ ! -x "$i" ] || "$i" start
		done
	END
	chmod 755 "$1/etc/init.d/rcS"
	echo theirs >"$1/etc/issue"
	chmod 4711 "$1/bin/busybox"
}

# Each case is a shell of its own.
busybox=$work/busybox
export TEST_BUSYBOX="$busybox" FMGEN_BR_SRC=../tree

start()
{
	need sfdisk xz zstd tar mke2fs
	from_base
	for built in build/out/stage/busybox-*/busybox; do
		cp "$built" "$busybox"
		cp "$built.links" "$busybox.links"
	done
	# As the root of a disk: one that starts what fmgen puts there.
	mkdir root
	debugfs -R 'rdump / root' build/images/parent.img >rdump.log 2>&1
	echo on-a-disk >root/etc/hostname
	mke2fs -q -t ext4 -d root root.img 24M
	truncate -s 40M disk.img
	printf 'label: gpt\n,8M,U\n,24M,L\n' | sfdisk -q disk.img
	dd if=root.img of=disk.img bs=1M seek=9 conv=notrunc status=none
	xz -T1 -0 disk.img
	make_root theirs
	tar -C theirs --owner=0 --group=0 --exclude=./home/some -cf theirs.tar .
	tar -C theirs --owner=1000 --group=100 --numeric-owner -rf theirs.tar ./home/some
	zstd -q theirs.tar
	make_buildroot tree
	echo BR2_PACKAGE_TOOL=y >hello/tool.config
}

a_disk()
{
	spec disk custom custom '"image": "../disk.img.xz", "starter": "none"' \
		'"command": "echo it is $(hostname)",'
	generate ../hello/disk.json
	build
	boots disk 'it is on-a-disk' 'fmgen: exit 0'
	settled
}

a_tarball()
{
	spec tarball custom custom '"image": "../theirs.tar.zst", "starter": "initd"' \
		'"command": "cat /etc/issue; ls -ldn /home/some; id -u; exit 3",'
	generate ../hello/tarball.json
	build
	launch tarball
	assert_eq "$status" 3
	assert_has launch.log theirs
	grep -q ' 1000 *100 .*/home/some' launch.log || fail "owners are lost"
	settled
}

a_directory()
{
	spec directory custom custom '"image": "../theirs", "starter": "initd"' \
		'"command": "cat /etc/issue",'
	generate ../hello/directory.json
	build
	boots directory theirs
	# What changes in it makes its image anew, and no kernel.
	echo edited >theirs/etc/issue
	build
	ran_only distro rootfs
	boots directory edited
	settled
}

buildroot()
{
	spec br-top br-base.json br '"environment": {"BUSYBOX": "$TEST_BUSYBOX", "WHERE": "${BR_TOP_PATH}"}' \
		'"command": "cat /etc/config; cat /etc/environment",'
	spec br-tool br-top.json br '"configs": "tool.config"' \
		'"command": "grep TOOL /etc/config && echo BR_TOOL_PATH is not in here",'
	generate ../hello/br-top.json ../hello/br-tool.json
	cp -R tree tree.before
	build
	diff -r tree.before tree || fail "the tree was written to"
	for left in build/out/stage/distro-*/O; do
		assert_missing "$left"
	done
	boots br-top BR2_RISCV_64=y BR2_TOOLCHAIN_EXTERNAL=y "WHERE=$PWD/hello" "BR_TOP_PATH=$PWD/hello"
	! grep -q PACKAGE_TOOL launch.log || fail "the child's fragment is in its parent"
	boots br-tool BR2_PACKAGE_TOOL=y
	settled
}

buildroot_again()
{
	# A fragment of one: the other keeps its image.
	echo BR2_NEEDS_TOOL=y >>hello/tool.config
	build
	ran_only distro rootfs
	assert_eq "$(grep -c DISTRO build.log)" 1 "images of Buildroot that were made"
	# What a build in the tree itself leaves there is no input; the rest is.
	mkdir -p tree/output/images tree/dl
	: >tree/.config
	settled
	echo '# more' >>tree/package/tool/Config.in
	build
	assert_eq "$(grep -c DISTRO build.log)" 2
	# A variable of the caller
	ln -s "$busybox.links" other.links
	ln -s "$busybox" other
	export TEST_BUSYBOX="$PWD/other"
	build
	assert_eq "$(grep -c DISTRO build.log)" 2
	settled
}

test_case "roots of several kinds" start
test_case "a compressed disk with partitions boots" a_disk
test_case "a tarball boots, with its owners" a_tarball
test_case "a directory boots, and what changes is seen" a_directory
test_case "a Buildroot tree is built and booted" buildroot
test_case "changes build what they must again" buildroot_again
finish
