#!/bin/sh
# SPDX-License-Identifier: MIT
# scripts/distro without a script of the distro's: from an image that is there.
. "${0%/*}/../lib/harness.sh"

# A file system as another tool makes it.
make_image()
{
	need mke2fs debugfs
	mkdir -p root/etc
	echo theirs >root/etc/issue
	mke2fs -q -t ext4 -d root their.img 8M
}

distro() # WORD...
{
	FMGEN=$fmgen sh "$srcdir/scripts/distro" --out=out --distro=fedora "$@" >log 2>&1
}

takes_an_image()
{
	make_image
	cp their.img before
	distro --image=their.img --margin=1048576 || { cat log; fail "it was refused"; }
	debugfs -R 'cat /etc/issue' out/rootfs.img 2>/dev/null >got
	assert_eq "$(cat got)" theirs
	cmp -s their.img before || fail "the user's image was written to"
}

# The tree that starts workloads' scripts lies over what a script or an image has; modes are its own.
lays_the_starter()
{
	make_image
	mkdir -p start/etc/wants
	echo unit >start/etc/issue
	ln -s ../issue start/etc/wants/issue
	(umask 077; echo x >start/etc/closed)
	cat >fedora-build <<-'END'
		for word; do case $word in --out=*) out=${word#*=} ;; *) echo "$word" ;; esac; done
		mkdir -p "$out"
		cp their.img "$out/rootfs.img"
	END
	mkdir fedora
	mv fedora-build fedora/build
	for how in --image=their.img --script=build; do
		distro "$how" --starter=start --margin=1048576 || { cat log; fail "$how was refused"; }
		debugfs -R 'cat /etc/issue' out/rootfs.img 2>/dev/null >got
		assert_eq "$(cat got)" unit
		debugfs -R 'stat /etc/wants/issue' out/rootfs.img 2>/dev/null >got
		assert_has got '"../issue"'
		debugfs -R 'stat /etc/closed' out/rootfs.img 2>/dev/null >got
		assert_has got 'Mode:  0644'
		assert_eq "$(ls out)" rootfs.img
	done
	assert_eq "$(cat log)" --margin=1048576 "words of the script"
}

cannot_configure_it()
{
	make_image
	! distro --distro="$srcdir/boards/distros/br" --script=build --image=their.img \
		--configs=one || fail "it was taken"
	assert_has log 'a finished image cannot be configured'
	assert_missing out/rootfs.img
}

needs_it_to_be_there()
{
	! distro --image=none.img || fail "it was taken"
	assert_has log 'none.img: no such image'
}

test_case "the distro is a copy of an image" takes_an_image
test_case "a starter lies over it" lays_the_starter
test_case "a finished image is not configured" cannot_configure_it
test_case "the image must be there" needs_it_to_be_there
finish
