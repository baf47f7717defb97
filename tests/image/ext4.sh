#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen ext4, with e2fsck and debugfs as its judges.
. "${0%/*}/../lib/harness.sh"
PATH=$PATH:/usr/sbin:/sbin

ext4() { "$fmgen" ext4 "$@"; }
clean() # IMG...
{
	for image; do
		e2fsck -fn "$image" >fsck.log 2>&1 || { cat fsck.log; fail "$image is not clean"; }
	done
}
# What debugfs says about one path of an image; the name in its quotes.
status() { debugfs -R "stat \"$2\"" "$1" 2>/dev/null; }
content() { debugfs -R "cat \"$2\"" "$1" 2>/dev/null; }
names() { debugfs -R "ls -p \"$2\"" "$1" 2>/dev/null | awk -F/ 'NF > 6 { print $3, $4, $5, $6 }'; }
free_bytes() { dumpe2fs -h "$1" 2>/dev/null | awk '/^Free blocks:/ { print $3 * 4096 }'; }

small_tree() # DIR
{
	mkdir -p "$1/etc" "$1/bin" "$1/deep/a/b"
	echo hello >"$1/etc/motd"
	chmod 4755 "$1/etc/motd"
	ln "$1/etc/motd" "$1/etc/second"
	ln -s motd "$1/etc/link"
	ln -s "$(printf '%0100d' 0)" "$1/long"
	mkfifo "$1/fifo"
	: >"$1/empty"
	head -c 300000 /dev/zero | tr '\0' x >"$1/bin/big"
	find "$1" -type d -exec chmod 755 {} +
}

makes_all_kinds()
{
	small_tree ov
	cat >nodes <<-'END'
		# a comment

		dir /proc 555 0 0
		nod /dev/console 600 0 5 c 5 1
		nod /dev/disk 660 1 2 b 259 70000
		slink /init bin/sh 777 0 0
		file /etc/copy ov/etc/motd 640 7 8
		dir /a\x20b 755 0 0
	END
	ext4 --out=x.img --layer=ov --nodes=nodes
	clean x.img
	assert_eq "$(content x.img /etc/motd)" hello
	assert_eq "$(content x.img /bin/big | cksum)" "$(cksum <ov/bin/big)"
	status x.img /dev/console >s
	assert_has s "character special"
	assert_has s "major/minor number: 05:01"
	assert_has s "Group:     5"
	status x.img /dev/disk >s
	assert_has s "number: 259:70000"
	assert_has s "User:     1   Group:     2"
	status x.img /init >s
	assert_has s 'Fast link dest: "bin/sh"'
	status x.img /etc/second >s
	assert_has s "Links: 2"
	assert_has s "Mode:  04755"
	assert_has s "User:     0   Group:     0"
	status x.img /etc/copy >s
	assert_has s "User:     7   Group:     8"
	status x.img /fifo >s
	assert_has s "Type: FIFO"
	assert_eq "$(content x.img /long)" "$(readlink ov/long)"
	status x.img "/a b" >s
	assert_has s "Type: directory"
}

equal_inputs_give_equal_bytes()
{
	small_tree one
	mkdir -p some/where
	small_tree some/where/else
	touch -d 2001-01-01 one/etc/motd one/etc
	ext4 --out=a.img --layer=one
	(cd some && ext4 --out=../b.img --layer=where/else)
	assert_same a.img b.img
	mkdir ch
	echo new >ch/empty
	ext4 --out=c.img --from=a.img --layer=ch --size=500000000
	ext4 --out=d.img --from=b.img --layer=ch --size=500000000
	assert_same c.img d.img
	clean a.img c.img
	assert_eq "$(wc -c <c.img)" 500000000
	[ "$(du -k c.img | cut -f 1)" -lt 10000 ] || fail "not sparse"
}

times_are_canonical()
{
	small_tree ov
	mke2fs -q -t ext4 foreign.img 32M >/dev/null
	ext4 --out=x.img --from=foreign.img --layer=ov
	for path in / /lost+found /etc/motd; do
		status x.img "$path" >s
		assert_eq "$(grep -c 'time: 0x00000000:00000000' s)" 4 "$path"
	done
	SOURCE_DATE_EPOCH=1000000000 ext4 --out=y.img --layer=ov
	status y.img /etc/motd >s
	assert_eq "$(grep -c 'time: 0x3b9aca00:00000000' s)" 4
	dumpe2fs -h y.img 2>/dev/null >h
	assert_has h "Last write time:          Sun Sep  9 01:46:40 2001"
	clean x.img y.img
}

edits_a_copy()
{
	small_tree ov
	ext4 --out=base.img --layer=ov
	cp base.img before.img
	mkdir -p ch/etc/new ch/deep/a
	echo short >ch/bin
	rm -r ch/bin
	mkdir ch/bin ch/empty
	echo short >ch/bin/big
	echo below >ch/empty/file
	ln -s elsewhere ch/fifo
	echo text >ch/etc/link
	echo other >ch/etc/second
	ext4 --out=x.img --from=base.img --layer=ch
	clean x.img
	assert_same base.img before.img
	assert_eq "$(content x.img /bin/big)" short
	assert_eq "$(content x.img /empty/file)" below
	assert_eq "$(content x.img /etc/link)" text
	assert_eq "$(content x.img /etc/motd)" hello
	status x.img /etc/motd >s
	assert_has s "Links: 1"
	status x.img /fifo >s
	assert_has s 'Fast link dest: "elsewhere"'
	assert_eq "$(wc -c <x.img)" "$(wc -c <base.img)"
}

goes_through_links_to_directories()
{
	mkdir -p ov/usr/bin ov/target ch/bin ch/abs ch/dangling
	ln -s usr/bin ov/bin
	ln -s /../../target ov/abs
	ln -s run/lock ov/dangling
	echo 1 >ch/bin/one
	echo 2 >ch/abs/two
	echo 3 >ch/dangling/three
	mkdir target
	ext4 --out=x.img --layer=ov --layer=ch
	clean x.img
	assert_eq "$(content x.img /usr/bin/one)" 1
	assert_eq "$(content x.img /target/two)" 2
	assert_eq "$(content x.img /run/lock/three)" 3
	assert_eq "$(ls target)" ""
}

files_go_where_they_should()
{
	small_tree ov
	ln -s etc ov/conf
	echo text >text
	ln -s nowhere link
	ext4 --out=x.img --layer=ov --file=text --to=/etc --file=text --to=/conf/sub/ \
		--file=text --to=/new/dir/name --file=ov/deep --to=/copy --file=ov/deep --to=/copy \
		--file=ov/. --to=/all --file=link --to=/link --file=text --to=/etc/motd \
		--file=text --to=/../../up
	clean x.img
	for path in /etc/text /etc/sub/text /new/dir/name /etc/motd /up; do
		assert_eq "$(content x.img "$path")" text "$path"
	done
	assert_eq "$(content x.img /all/etc/motd)" hello
	for path in /copy/a/b /copy/deep/a/b; do
		status x.img "$path" >s
		assert_has s "Type: directory"
	done
	status x.img /link >s
	assert_has s 'Fast link dest: "nowhere"'
	status x.img /new/dir >s
	assert_has s "Mode:  0755"
}

refuses() # TEXT ARGUMENT...
{
	text=$1
	shift
	assert_fails ext4 --out=bad.img "$@" 2>err
	assert_has err "$text"
	for left in bad.img*; do
		[ ! -e "$left" ] || fail "$left was left"
	done
}

errors_name_what_is_wrong()
{
	small_tree ov
	mkdir over
	echo file >over/deep
	refuses "/deep is a directory that is not empty" --layer=ov --layer=over
	refuses "nope" --layer=nope
	refuses "nope" --from=nope
	refuses "not an absolute path: rel" --file=over --to=rel
	refuses "must be followed by --to" --file=over
	refuses "unknown argument: --what" --what
	refuses "not a number of bytes" --size=12K
	ln -s two ov/one
	ln -s one ov/two
	refuses "cannot put over into /one/x" --layer=ov --file=over --to=/one/x
	refuses "cannot put over into /etc/motd/" --layer=ov --file=over --to=/etc/motd/
	for line in "nod /x 600 0 0 c 5" "dir /x 999 0 0" "what /x" "nod /x 600 0 0 x 1 1"; do
		echo "$line" >nodes
		refuses "nodes:1: " --nodes=nodes
	done
}

refuses_what_needs_recovery()
{
	ext4 --out=base.img
	debugfs -w -R 'feature needs_recovery' base.img >/dev/null 2>&1
	refuses "run e2fsck -fp on it" --from=base.img
}

says_how_much_is_needed()
{
	mkdir ov
	for size in 100K 9M 15M 120M; do
		head -c "$size" /dev/zero | tr '\0' x >ov/file
		refuses "is too small: needs at least" --size=65536 --layer=ov
		bytes=$(sed -n 's/.*(\([0-9]*\) bytes)$/\1/p' err)
		ext4 --out=x.img --size="$bytes" --layer=ov
		clean x.img
		assert_eq "$(wc -c <x.img)" "$bytes"
	done
	ext4 --out=base.img --margin=0
	refuses "needs at least" --from=base.img --size=1 --layer=ov
	bytes=$(sed -n 's/.*(\([0-9]*\) bytes)$/\1/p' err)
	ext4 --out=x.img --from=base.img --size="$bytes" --layer=ov
	clean x.img
	assert_eq "$(content x.img /file | cksum)" "$(cksum <ov/file)"
	# A hole needs no room.
	rm ov/file
	truncate -s 20G ov/file
	echo end >>ov/file
	ext4 --out=x.img --size=10000000 --layer=ov
	clean x.img
}

leaves_the_margin_free()
{
	mkdir ov
	for size in 1M 118M 130M; do
		head -c "$size" /dev/zero | tr '\0' x >ov/file
		ext4 --out=x.img --layer=ov
		[ "$(free_bytes x.img)" -ge 268435456 ] || fail "$size: $(free_bytes x.img) free"
	done
	# A child keeps its parent's size while most of the margin is there.
	echo small >small
	ext4 --out=y.img --from=x.img --file=small --to=/
	assert_eq "$(wc -c <y.img)" "$(wc -c <x.img)"
	head -c 100M /dev/zero | tr '\0' y >ov/file2
	ext4 --out=y.img --from=x.img --layer=ov
	[ "$(free_bytes y.img)" -ge 268435456 ] || fail "$(free_bytes y.img) free"
	clean x.img y.img
}

keeps_odd_names()
{
	mkdir -p "ov/ lead" "ov/-dash"
	new_line=$(printf 'a\nb')
	longest=$(printf '%0255d' 0)
	for name in "quote'\"" "$new_line" "grüße" "$longest" "back\\slash" "-rf" "a?b*" "#"; do
		echo "$name" >"ov/ lead/$name"
		echo "$name" >"ov/$name"
	done
	(cd ov && "$fmgen" ext4 --out=../x.img --file=-dash --to="/- x/" --layer=.)
	clean x.img
	"$fmgen" cpio --out=direct.cpio --file=ov/-dash --to="/- x/" --layer=ov
	"$fmgen" cpio --out=image.cpio --image=x.img
	assert_same image.cpio direct.cpio
	for name in "$longest" "grüße" "a?b*"; do
		assert_eq "$(content x.img "/ lead/$name")" "$name"
	done
	cp x.img "? x.img"
	(mkdir -p "o d'd" && cd "o d'd" && "$fmgen" ext4 --out=-y.img --from="../? x.img" --layer=../ov)
	clean "o d'd/-y.img"
}

holds_many_files()
{
	mkdir -p ov/one ov/dirs
	awk 'BEGIN { for (i = 0; i < 20000; i++) { f = "ov/one/a-file-of-some-name-" i; print i >f; close(f) } }'
	awk 'BEGIN { for (i = 0; i < 3000; i++) print "ov/dirs/" i }' | xargs mkdir
	timeout 60 "$fmgen" ext4 --out=x.img --layer=ov
	clean x.img
	assert_eq "$(content x.img /one/a-file-of-some-name-12345)" 12345
	timeout 20 "$fmgen" ext4 --out=y.img --from=x.img --file="$fmgen" --to=/one/more
	clean y.img
	assert_eq "$(names y.img /one | wc -l)" 20003
	status y.img /dirs >s
	assert_has s "Links: 3002"
}

maps_files_in_many_pieces()
{
	mkdir ov
	# Every second block is a hole: thousands of extents.
	awk 'BEGIN { for (i = 0; i < 3000; i++) printf "%8192s", "x" }' | tr ' ' '\0' >ov/holes
	ext4 --out=x.img --layer=ov --size=40000000
	clean x.img
	assert_eq "$(content x.img /holes | cksum)" "$(cksum <ov/holes)"
	refuses "needs at least" --layer=ov --size=9000000
	: >ov/holes
	ext4 --out=y.img --from=x.img --layer=ov
	clean y.img
	[ "$(free_bytes y.img)" -gt "$(($(free_bytes x.img) + 12000000))" ] || fail "not freed"
}

reads_older_file_systems()
{
	small_tree ov
	mkdir -p ch/etc
	cp ov/bin/big ch/etc/
	for options in "-t ext2 -b 1024" "-t ext3 -b 2048 -I 128" "-t ext4 -O ^metadata_csum,^64bit" \
		"-t ext2 -O ^filetype"; do
		rm -f old.img
		# shellcheck disable=SC2086
		mke2fs -q $options -d ov old.img 32M >/dev/null 2>&1
		ext4 --out=x.img --from=old.img --layer=ch --file=ov/deep --to=/deep
		clean x.img
		assert_eq "$(content x.img /etc/big | cksum)" "$(cksum <ov/bin/big)" "$options"
		ext4 --out=y.img --from=x.img --layer=ov --size=100000000
		clean y.img
	done
}

keeps_attributes()
{
	command -v setfattr >/dev/null || skip_optional "there is no setfattr"
	mkdir -p ov/dir
	echo text >ov/file
	echo text >ov/many
	setfattr -n user.one -v value ov/file 2>/dev/null || skip_optional "no attributes here"
	setfattr -n user.two -v other ov/dir
	for i in 3 1 2; do
		setfattr -n user.long"$i" -v "$(printf '%0700d' "$i")" ov/many
	done
	ext4 --out=x.img --layer=ov
	clean x.img
	assert_eq "$(debugfs -R 'ea_get /file user.one' x.img 2>/dev/null)" 'user.one (5) = "value"'
	assert_eq "$(debugfs -R 'ea_get /dir user.two' x.img 2>/dev/null)" 'user.two (5) = "other"'
	debugfs -R 'ea_get /many user.long2' x.img 2>/dev/null >got
	assert_has got 00002
	: >file
	ext4 --out=y.img --from=x.img --file=file --to=/many
	clean y.img
	assert_eq "$(debugfs -R 'ea_list /many' y.img 2>/dev/null)" ""
}

says_when_the_disk_is_full()
{
	small_tree ov
	need unshare
	unshare -rm true 2>/dev/null || skip_optional "no user namespaces"
	mkdir full
	# shellcheck disable=SC2016
	unshare -rm sh -ec 'mount -t tmpfs -o size=290k none full
		"$0" ext4 --out=full/x.img --layer=ov 2>err && exit 1
		"$0" cpio --out=full/x.cpio --layer=ov 2>>err && exit 1
		ls -A full >left' "$fmgen"
	assert_eq "$(cat left)" ""
	[ -s err ] || fail "nothing was said"
	assert_eq "$(grep -c "disk is full\|No space" err)" 2
}

test_case "every kind of entry" makes_all_kinds
test_case "equal inputs give equal bytes" equal_inputs_give_equal_bytes
test_case "times are canonical" times_are_canonical
test_case "a copy of a parent is edited" edits_a_copy
test_case "directories go through links" goes_through_links_to_directories
test_case "files go where they should" files_go_where_they_should
test_case "errors name what is wrong" errors_name_what_is_wrong
test_case "a journal to recover is refused" refuses_what_needs_recovery
test_case "too small: says how much is needed" says_how_much_is_needed
test_case "the margin stays free" leaves_the_margin_free
test_case "odd names" keeps_odd_names
test_case "many files" holds_many_files
test_case "files in many pieces" maps_files_in_many_pieces
test_case "ext2, ext3 and other features" reads_older_file_systems
test_case "attributes" keeps_attributes
test_case "a full disk" says_when_the_disk_is_full
finish
