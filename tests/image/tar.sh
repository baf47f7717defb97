#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen ext4 --tar, with GNU tar, e2fsck and debugfs as its judges.
. "${0%/*}/../lib/harness.sh"
PATH=$PATH:/usr/sbin:/sbin

ext4() { "$fmgen" ext4 "$@"; }
clean() # IMG
{
	e2fsck -fn "$1" >fsck.log 2>&1 || { cat fsck.log; fail "$1 is not clean"; }
}
status() { debugfs -R "stat \"$2\"" "$1" 2>/dev/null; }
content() { debugfs -R "cat \"$2\"" "$1" 2>/dev/null; }

tree() # DIR
{
	mkdir -p "$1/etc/deep" "$1/tmp"
	echo hello >"$1/etc/motd"
	ln "$1/etc/motd" "$1/etc/deep/second"
	ln -s ../bin/tool "$1/etc/link"
	ln -s "$(printf '%0120d' 7)" "$1/etc/long-link"
	echo long >"$1/etc/$(printf '%0200d' 1)"
	echo text >"$1/grüße"
	mkfifo "$1/fifo"
	chmod 4750 "$1/etc/motd"
	chmod 1777 "$1/tmp"
	truncate -s 3M "$1/hole"
	echo end >>"$1/hole"
}

# mode, owner, group, size and path of all that is there, as debugfs tells it
listed() # IMG DIR
{
	debugfs -R "ls -p \"$2\"" "$1" 2>/dev/null | grep '^/' | while IFS=/ read -r _ _ mode uid gid name size; do
		case $name in
		. | .. | lost+found) continue ;;
		esac
		type=${mode%????}
		[ "$type" = 10 ] || size=0
		printf '%s %s/%s %s %s\n' "$mode" "$uid" "$gid" "${size:-0}" "${2%/}/$name"
		[ "$type" != 04 ] || listed "$1" "${2%/}/$name"
	done
}

# the same as the machine's tar and find tell it
unpacked() # DIR
{
	(cd "$1" && find . ! -name . -printf '%y %m %U/%G %s /%P\n') |
		awk '{ split("d 04 f 10 l 12 p 01 c 02 b 06", t)
			for (i = 1; i < 13; i += 2) if (t[i] == $1) type = t[i + 1]
			mode = type sprintf("%4s", $2); gsub(/ /, "0", mode)
			print mode, $3, ($1 == "f" ? $4 : 0), $5 }'
}

everything_is_kept()
{
	tree t
	tar -C t --owner=7 --group=70000 --numeric-owner -cf t.tar .
	tar -C / --numeric-owner -rf t.tar dev/null
	ext4 --out=x.img --tar=t.tar
	clean x.img
	unpacked t | sed 's| [0-9]*/[0-9]* | 7/70000 |' >want
	status x.img /dev/null >s
	assert_has s "Device major/minor number: 01:03"
	listed x.img / | grep -v ' /dev' | sort >got
	sort want | diff - got
	status x.img /etc/deep/second >s
	assert_has s "Links: 2"
	status x.img / >s
	assert_has s "User:     7   Group: 70000"
	assert_eq "$(content x.img "/grüße")" text
	assert_eq "$(content x.img /etc/deep/second)" hello
	assert_eq "$(content x.img /hole | cksum)" "$(cksum <t/hole)"
	assert_eq "$(content x.img /etc/long-link)" "$(readlink t/etc/long-link)"
}

equal_trees_give_equal_bytes()
{
	tree t
	tar -C t -cf t.tar .
	ext4 --out=want.img --tar=t.tar
	gzip -k t.tar
	bzip2 -k t.tar
	xz -k t.tar
	for packed in t.tar.gz t.tar.bz2 t.tar.xz; do
		ext4 --out=x.img --tar="$packed"
		assert_same x.img want.img
	done
	touch -d 2001-01-01 t/etc/motd
	for format in gnu pax; do
		(cd t && find . | sort -r | tar "--format=$format" --no-recursion -T - --sparse -cf ../other.tar)
		ext4 --out=x.img --tar=other.tar
		assert_same x.img want.img
	done
}

attributes_are_kept()
{
	command -v setfattr >/dev/null || skip_optional "there is no setfattr"
	tree t
	setfattr -n user.one -v value t/etc/motd 2>/dev/null || skip_optional "no attributes here"
	setfattr -n user.two -v "$(printf '%03000d' 0)" t/etc
	wanted='user.one user.two'
	! setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 t/etc/motd \
		2>/dev/null || wanted="$wanted security.capability"
	tar -C t --xattrs --xattrs-include='*' -czf t.tgz .
	ext4 --out=x.img --tar=t.tgz
	clean x.img
	for name in $wanted; do
		{ status x.img /etc/motd; status x.img /etc; } | grep -q "$name" || fail "no $name"
	done
	assert_eq "$(debugfs -R 'ea_get /etc/motd user.one' x.img 2>/dev/null)" \
		'user.one (5) = "value"'
}

layers_and_archives_mix()
{
	tree t
	tar -C t -cf t.tar .
	mkdir -p ov/etc over/bin usr/usr/bin
	echo over >ov/etc/motd
	echo tool >over/bin/tool
	ln -s usr/bin usr/bin
	tar -C usr -cf usr.tar usr bin
	tar -C over -cf over.tar bin
	ext4 --out=base.img --tar=t.tar --layer=ov --tar=usr.tar --tar=over.tar
	clean base.img
	assert_eq "$(content base.img /etc/motd)" over
	assert_eq "$(content base.img /etc/deep/second)" hello
	assert_eq "$(content base.img /usr/bin/tool)" tool
	tar -C t -cf again.tar etc/motd
	ext4 --out=x.img --from=base.img --tar=again.tar
	clean x.img
	assert_eq "$(content x.img /etc/motd)" hello
	"$fmgen" cpio --out=x.cpio --tar=t.tar
	"$fmgen" cpio --out=want.cpio --layer=t
	cpio -tv <x.cpio 2>/dev/null | sed 's/^\([^ ]*\) .* 1970/\1/' >got
	cpio -tv <want.cpio 2>/dev/null | sed 's/^\([^ ]*\) .* 1970/\1/' | diff - got
	# What was unpacked has left nothing.
	assert_eq "$(find . -name '.tmp-*')" ""
}

# Names that leave the root, whatever tar itself would make of them.
refuses() # TEXT
{
	assert_fails ext4 --out=bad.img --tar=bad.tar 2>err
	assert_has err "$1"
	assert_missing bad.img bad.img.tmp
}

what_leaves_the_root_is_refused()
{
	mkdir in
	echo x >file
	ln file in/link
	tar -P -C in -cf bad.tar ../file
	refuses "leads out of the root"
	tar -P --transform='s,^link,etc/../../link,' -C in -cf bad.tar link
	refuses "leads out of the root"
	tar -P -C in -cf bad.tar --transform='flags=h;s,^,../,;flags=r;s,^,a/,' link ../file
	refuses "leads out of the root"
	# From the root itself is within it; behind a link, too.
	tar -P -cf ok.tar "$PWD/file"
	ext4 --out=x.img --tar=ok.tar
	assert_eq "$(content x.img "$PWD/file")" x
	mkdir t
	ln -s /../.. t/up
	tar -C t -cf ok.tar up
	tar -rf ok.tar --transform='s,^,up/,' file
	ext4 --out=x.img --tar=ok.tar
	clean x.img
	assert_eq "$(content x.img /file)" x
}

damage_is_told()
{
	tree t
	echo text >bad.tar
	refuses "cannot read bad.tar: Unrecognized archive format"
	rm bad.tar
	refuses "bad.tar"
	head -c 200000 /dev/urandom >t/noise
	tar -C t -cf bad.tar noise
	truncate -s 100000 bad.tar
	refuses "cannot read bad.tar: noise: "
	tar -C t -czf bad.tar noise
	truncate -s 100000 bad.tar
	refuses "cannot read bad.tar"
	mkdir l
	echo x >l/a
	ln l/a l/b
	tar -C l -cf bad.tar a b
	dd if=bad.tar of=cut.tar bs=512 skip=2 2>/dev/null
	mv cut.tar bad.tar
	refuses "b: it is a hard link to a, which is not there before it"
}

test_case "everything is kept" everything_is_kept
test_case "equal trees give equal bytes" equal_trees_give_equal_bytes
test_case "attributes are kept" attributes_are_kept
test_case "layers and archives mix" layers_and_archives_mix
test_case "what leaves the root is refused" what_leaves_the_root_is_refused
test_case "damage is told" damage_is_told
finish
