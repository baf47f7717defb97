#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen extract, with debugfs as its judge.
. "${0%/*}/../lib/harness.sh"
PATH=$PATH:/usr/sbin:/sbin

extract() { "$fmgen" extract "$@"; }
content() { debugfs -R "cat \"$2\"" "$1" 2>/dev/null; }
refuses() # TEXT WORDS...: says so, and writes nothing
{
	text=$1
	shift
	assert_fails extract --to=refused "$@" 2>err
	assert_has err "$text"
	assert_missing refused
}

image() # IMG: makes one of some files
{
	mkdir -p ov/root/results/sub ov/root/empty ov/var/log ov/a ov/b
	echo one >ov/root/1.txt
	echo two >ov/root/2.txt
	echo hidden >ov/root/.txt
	chmod 640 ov/root/1.txt
	chmod 4755 ov/root/2.txt
	head -c 300000 /dev/urandom >ov/root/results/random
	truncate -s 5M ov/root/results/sparse
	printf end >>ov/root/results/sparse
	echo deep >ov/root/results/sub/deep
	ln -s random ov/root/results/link
	ln -s /etc/passwd ov/root/results/away
	chmod 700 ov/root/results/sub
	echo log >ov/var/log/messages
	ln -s ../root ov/var/home
	ln -s /var/home/1.txt ov/var/one
	ln -s one ov/var/uno
	ln -s nowhere ov/var/dangling
	ln -s loop ov/var/loop
	ln -s ../../../../var/log ov/var/logs
	echo a >ov/a/same
	echo b >ov/b/same
	echo odd >"ov/a/odd [1] #"
	mkfifo ov/a/fifo
	"$fmgen" ext4 --out="$1" --layer=ov
}

copies_files_with_their_modes()
{
	image x.img
	umask 077
	extract --from=x.img --to=out /root/1.txt /root/2.txt /var/log/messages
	for path in root/1.txt root/2.txt var/log/messages; do
		content x.img "/$path" | cmp - "out/${path##*/}"
	done
	assert_eq "$(cd out && stat -c '%a %n' -- *)" "$(printf '640 1.txt\n755 2.txt\n644 messages')"
	cp x.img before.img
	extract --from=x.img --to=again /root/1.txt
	assert_same x.img before.img
}

copies_directories()
{
	image x.img
	extract --from=x.img --to=out /root/results /root/empty
	mkdir dump
	debugfs -R "rdump /root/results dump" x.img >/dev/null 2>&1
	diff -r --no-dereference dump/results out/results
	assert_eq "$(readlink out/results/away)" /etc/passwd
	assert_eq "$(stat -c %a out/results/sub)" 700
	[ -d out/empty ] || fail "no empty directory"
	[ "$(du -k out/results/sparse | cut -f 1)" -lt 500 ] || fail "not sparse"
}

matches_globs()
{
	image x.img
	extract --from=x.img --to=out '/root/*.txt' '/v?r/log/[a-m]*' '/a/odd [1] #'
	assert_eq "$(cd out && echo *)" '1.txt 2.txt messages odd [1] #'
	extract --from=x.img --to=every '/root/*'
	assert_eq "$(cd every && ls -A)" "$(printf '1.txt\n2.txt\nempty\nresults')"
	extract --from=x.img --to=dot '/root/.*'
	assert_eq "$(ls -A dot)" .txt
}

follows_links_inside_of_the_image()
{
	image x.img
	extract --from=x.img --to=out /var/home/1.txt /var/uno /var/logs /var/home/results/link
	assert_same out/1.txt ov/root/1.txt
	assert_same out/uno ov/root/1.txt
	assert_same out/logs/messages ov/var/log/messages
	assert_same out/link ov/root/results/random
	[ ! -L out/link ] || fail "a link to itself"
}

names_what_is_missing()
{
	image x.img
	refuses "output /root/3.txt: there is no such file" --from=x.img /root/1.txt /root/3.txt /no/x
	assert_has err "output /no/x: there is no /no on the disk"
	refuses "output /root/x*: there is no such file" --from=x.img '/root/x*'
	refuses "output /root/1.txt/x: there is no such file" --from=x.img /root/1.txt/x
	refuses "/var/dangling: there is no such file" --from=x.img /var/dangling
	refuses "/var/loop: there is no such file" --from=x.img /var/loop
	refuses "not an absolute path" --from=x.img root/1.txt
	refuses "not an absolute path" --from=x.img /
	refuses "/a/fifo is neither a file nor a directory" --from=x.img /a/fifo
	refuses "usage:" /root/1.txt
}

refuses_one_name_for_two()
{
	image x.img
	refuses "outputs /a/same and /b/same would both be refused/same" --from=x.img /a/same /b/same
	refuses "outputs /a/same and /b/same" --from=x.img '/[ab]/same'
	extract --from=x.img --to=out /a/same '/a/s*' '/*/log'
	mkdir used
	echo mine >used/same
	assert_fails extract --from=x.img --to=used /a/same /root/1.txt 2>err
	assert_has err "output /a/same: used/same is there already"
	assert_eq "$(cat used/same)" mine
	assert_missing used/1.txt
}

leaves_no_time_to_come()
{
	image x.img
	debugfs -w -R "set_inode_field /root/1.txt mtime 20371231" x.img >/dev/null 2>&1
	debugfs -w -R "set_inode_field /root/2.txt mtime 20010101" x.img >/dev/null 2>&1
	touch before
	extract --from=x.img --to=out /root/1.txt /root/2.txt
	[ "$(stat -c %Y out/1.txt)" -le "$(date +%s)" ] || fail "a time to come"
	[ "$(stat -c %Y out/1.txt)" -ge "$(stat -c %Y before)" ] || fail "too old"
	assert_eq "$(date -u -r out/2.txt +%F)" 2001-01-01
}

keeps_files_readable()
{
	image x.img
	debugfs -w -R "set_inode_field /root/1.txt mode 0100000" x.img >/dev/null 2>&1
	debugfs -w -R "set_inode_field /root/results mode 040000" x.img >/dev/null 2>&1
	extract --from=x.img --to=out /root/1.txt /root/results
	assert_eq "$(stat -c %a out/1.txt out/results | tr '\n' ' ')" "400 700 "
}

reads_foreign_file_systems()
{
	image x.img
	for features in "ext2" "ext4 -O inline_data,quota" "ext4 -O bigalloc"; do
		# shellcheck disable=SC2086
		mke2fs -q -d ov -t $features y.img 64M >/dev/null 2>&1
		rm -rf out
		extract --from=y.img --to=out /root/results /root/1.txt
		diff -r --no-dereference ov/root/results out/results
		assert_same out/1.txt ov/root/1.txt
	done
}

refuses_what_it_cannot_trust()
{
	image x.img
	cp x.img clean.img
	debugfs -w -R "feature needs_recovery" x.img >/dev/null 2>&1
	refuses "journal must be recovered" --from=x.img /root/1.txt
	echo text >y.img
	refuses "cannot open the file system y.img" --from=y.img /root/1.txt
	cp clean.img z.img
	# A name that leads out of the directory it is copied to.
	LC_ALL=C sed -i 's,messages,../../xx,g' z.img
	debugfs -w -R "feature ^metadata_csum" z.img >/dev/null 2>&1
	assert_fails extract --from=z.img --to=in/side /var/log 2>err
	assert_has err "impossible name"
	assert_missing xx in/xx
}

test_case "files come out as they are, with their modes" copies_files_with_their_modes
test_case "directories come out whole" copies_directories
test_case "globs, a component at a time" matches_globs
test_case "links are followed inside of the image" follows_links_inside_of_the_image
test_case "what is missing is named, and nothing written" names_what_is_missing
test_case "two outputs of one name are refused" refuses_one_name_for_two
test_case "times are those of the guest, but none to come" leaves_no_time_to_come
test_case "outputs can be read by who owns them" keeps_files_readable
test_case "ext2 and features that fmgen does not write" reads_foreign_file_systems
test_case "images that cannot be trusted are refused" refuses_what_it_cannot_trust
finish
