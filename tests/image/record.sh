#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen ext4 --record: an image made in the place of the last one has the bytes of one made anew.
. "${0%/*}/../lib/harness.sh"
PATH=$PATH:/usr/sbin:/sbin
shared_dir=1

# fresh: the image as it is without a record
fresh() { "$fmgen" ext4 --out=fresh.img --from=parent.img --layer=ov; }
again() { "$fmgen" ext4 --out=child.img --from=parent.img --layer=ov --record=record; }
number() { stat -c %i child.img; }

right_bytes()
{
	fresh
	again
	cmp child.img fresh.img || fail "not the bytes of an image made anew"
	e2fsck -fn child.img >fsck.log 2>&1 || { cat fsck.log; fail "not clean"; }
}

# in_place yes|no: makes the image again; whether that was in the same file, as it also is where the
# bytes come out equal; and always the right bytes
in_place()
{
	before=$(number)
	right_bytes
	if [ "$before" = "$(number)" ]; then how=yes; else how=no; fi
	assert_eq "$how" "$1" "made in its place"
}

start()
{
	mkdir -p below/etc below/data ov/etc ov/deep/er
	head -c 3000000 /dev/urandom >below/data/random
	seq 1000 >below/etc/numbers
	echo parent >below/etc/motd
	seq 100 | while read -r i; do echo "$i" >"ov/deep/er/$i"; done
	echo child >ov/etc/motd
	"$fmgen" ext4 --out=parent.img --layer=below
	again
	cp -p child.img old.img
}

edits()
{
	echo "another text" >ov/etc/motd
	in_place yes
	head -c 500000 /dev/urandom >ov/large
	in_place yes
	rm -r ov/large ov/deep
	in_place yes
	chmod 600 ov/etc/motd
	in_place yes
	rm ov/etc/motd
	ln -s numbers ov/etc/motd
	in_place yes
}

equal_bytes_keep_their_time()
{
	touch -d '2001-01-01' child.img
	echo 2001 >ov/etc/year
	in_place no # an image that was touched is not trusted
	time=$(stat -c %y child.img)
	in_place yes
	assert_eq "$(stat -c %y child.img)" "$time"
	touch ov/etc/year
	in_place yes
	assert_eq "$(stat -c %y child.img)" "$time"
}

others_are_not_trusted()
{
	echo one >ov/one
	echo 'write below/etc/numbers stray' | debugfs -w -f - child.img >log 2>&1
	in_place no
	ln child.img second
	cp second kept
	echo two >ov/one
	in_place no
	cmp second kept || fail "another name of the file has changed"
	rm second
	echo changed >below/etc/other
	"$fmgen" ext4 --out=parent.img --layer=below
	in_place no
	echo three >ov/one
	in_place yes
	sed -i '$d' record
	echo four >ov/one
	in_place no
	sed -i '$i99999999999 4096' record
	echo five >ov/one
	right_bytes
}

grows()
{
	head -c 300000000 /dev/zero | tr '\0' x >ov/large
	in_place no
	rm ov/large
	in_place no
	echo six >ov/one
	in_place yes
}

fails_whole()
{
	echo secret >ov/secret
	again
	"$fmgen" ext4 --out=child.img --from=parent.img --layer=missing --record=record 2>err && fail "it succeeded"
	in_place yes
}

test_case "an image and its parent" start
test_case "edits" edits
test_case "equal bytes keep their time" equal_bytes_keep_their_time
test_case "what somebody else touched is not trusted" others_are_not_trusted
test_case "an image that grows" grows
test_case "an error leaves it" fails_whole
finish
