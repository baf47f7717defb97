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

cannot_configure_it()
{
	make_image
	! distro --image=their.img --configs=one || fail "it was taken"
	assert_has log 'a finished image cannot be configured'
	assert_missing out/rootfs.img
}

needs_it_to_be_there()
{
	! distro --image=none.img || fail "it was taken"
	assert_has log 'none.img: no such image'
}

test_case "the distro is a copy of an image" takes_an_image
test_case "a finished image is not configured" cannot_configure_it
test_case "the image must be there" needs_it_to_be_there
finish
