#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen cpio and fmgen publish, with GNU cpio as the judge.
. "${0%/*}/../lib/harness.sh"

archive() { "$fmgen" cpio "$@"; }
list() { cpio -itvn --quiet <"$1" | sed 's/  */ /g; s/Jan 1 1970 //'; }
unpack() { mkdir "$2" && (cd "$2" && cpio -idm --quiet) <"$1"; }

tree() # DIR
{
	mkdir -p "$1/etc" "$1/bin"
	echo hello >"$1/etc/motd"
	ln "$1/etc/motd" "$1/etc/second"
	ln -s motd "$1/etc/link"
	: >"$1/empty"
	find "$1" -type d -exec chmod 755 {} +
	find "$1" -type f -exec chmod 644 {} +
}

is_sorted_and_owned_by_root()
{
	need cpio
	tree ov
	cat >nodes <<-'END'
		dir /dev 755 0 0
		nod /dev/console 600 0 5 c 5 1
		nod /dev/disk 660 1 2 b 259 70000
		slink /init bin/sh 777 0 0
	END
	archive --out=x.cpio --layer=ov --nodes=nodes
	list x.cpio >got
	cat >want <<-'END'
		drwxr-xr-x 2 0 0 0 bin
		drwxr-xr-x 2 0 0 0 dev
		crw------- 1 0 5 5, 1 dev/console
		brw-rw---- 1 1 2 259, 70000 dev/disk
		-rw-r--r-- 1 0 0 0 empty
		drwxr-xr-x 2 0 0 0 etc
		lrwxrwxrwx 1 0 0 4 etc/link -> motd
		-rw-r--r-- 2 0 0 0 etc/motd
		-rw-r--r-- 2 0 0 6 etc/second
		lrwxrwxrwx 1 0 0 6 init -> bin/sh
	END
	assert_same got want
	"$fmgen" ext4 --out=x.img --layer=ov --nodes=nodes
	archive --out=y.cpio --image=x.img
	assert_same y.cpio x.cpio
}

unpacks_as_it_was()
{
	need cpio
	tree ov
	archive --out=x.cpio --layer=ov
	unpack x.cpio got
	diff -r --no-dereference ov got
	assert_eq "$(stat -c %i got/etc/motd)" "$(stat -c %i got/etc/second)"
}

equal_inputs_give_equal_bytes()
{
	mkdir -p some/where
	tree one
	tree some/where/else
	touch -d 2001-01-01 one/etc/motd
	archive --out=a.cpio --layer=one
	archive --out=b.cpio --layer=some/where/else
	assert_same a.cpio b.cpio
}

equal_output_is_left_alone()
{
	tree ov
	archive --out=sub/x.cpio --layer=ov
	touch -d 2001-01-01 sub/x.cpio
	archive --out=sub/x.cpio --layer=ov
	assert_eq "$(stat -c %Y sub/x.cpio)" "$(date -d 2001-01-01 +%s)"
	echo more >ov/more
	archive --out=sub/x.cpio --layer=ov
	[ "$(stat -c %Y sub/x.cpio)" -gt "$(date -d 2001-01-01 +%s)" ] || fail "not written"
	assert_eq "$(ls sub)" x.cpio
}

later_layers_win()
{
	need cpio
	tree ov
	mkdir -p ch/etc
	chmod 700 ch/etc
	echo bye >ch/etc/motd
	ln -s elsewhere ch/empty
	archive --out=x.cpio --layer=ov --layer=ch --file=ch/etc/motd --to=/new/
	unpack x.cpio got
	assert_eq "$(cat got/etc/motd)" bye
	assert_eq "$(cat got/etc/second)" hello
	assert_eq "$(cat got/new/motd)" bye
	assert_eq "$(readlink got/empty)" elsewhere
	assert_eq "$(stat -c %a got/etc)" 700
}

failure_leaves_nothing()
{
	mkdir ov
	ln -s x ov/x
	assert_fails archive --out=x.cpio --layer=ov --file=nope --to=/x 2>err
	assert_has err nope
	assert_missing x.cpio x.cpio.tmp
	# The format has 32 bits for sizes.
	truncate -s 5G ov/huge
	assert_fails archive --out=x.cpio --layer=ov 2>err
	assert_has err huge
	assert_missing x.cpio x.cpio.tmp
}

publishes_links()
{
	echo one >src
	chmod 755 src
	"$fmgen" publish link src images/dst
	assert_eq "$(stat -c '%i %a' images/dst)" "$(stat -c '%i 555' src)"
	"$fmgen" publish link src images/dst
	assert_eq "$(ls images)" dst
	rm src
	echo two >src
	"$fmgen" publish link src images/dst
	assert_eq "$(cat images/dst)" two
	assert_fails "$fmgen" publish link nope images/dst 2>err
	assert_has err nope
	assert_eq "$(cat images/dst)" two
}

publishes_sparse_copies()
{
	truncate -s 1G src
	echo end >>src
	chmod 444 src
	"$fmgen" publish copy src images/dst
	assert_same images/dst src
	[ "$(du -k images/dst | cut -f 1)" -lt 1000 ] || fail "not sparse"
	[ -w images/dst ] || fail "not writable"
	echo more >>images/dst
	: >empty
	"$fmgen" publish copy empty images/dst
	assert_same images/dst empty
	assert_eq "$(ls images)" dst
}

test_case "sorted, parents first, owned by root" is_sorted_and_owned_by_root
test_case "unpacks as it was" unpacks_as_it_was
test_case "equal inputs give equal bytes" equal_inputs_give_equal_bytes
test_case "an equal output is left alone" equal_output_is_left_alone
test_case "later layers win" later_layers_win
test_case "failure leaves nothing" failure_leaves_nothing
test_case "publish link" publishes_links
test_case "publish copy" publishes_sparse_copies
finish
