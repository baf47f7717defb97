#!/bin/sh
# SPDX-License-Identifier: MIT
# `bin` and `img` of the user's, and `deps`: what the build tool makes of them. Nothing is compiled.
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/tool.sh"
export FMGEN_CACHE="$work/cache"
export PATH="$PATH:/sbin:/usr/sbin"

# Generates for the workloads of the current directory in b/.
generate() # NAME...
{
	set -- "$@" --
	while [ "$1" != -- ]; do
		set -- "$@" "./$1.yaml"
		shift
	done
	shift
	"$fmgen" --builddir=b -G "$generator" "$@"
}

build() # TARGET...
{
	tool b "$@" >log 2>&1 || { cat log; fail "$generator $*"; }
}

# The stages that the last build ran: their rules' names.
ran() { stages log | tr '\n' ' '; }

settled()
{
	build
	assert_has log "$idle"
}

in_image() { debugfs -R "cat $2" "b/images/$1.img" 2>/dev/null; } # NAME PATH

binary()
{
	mkdir w
	echo one >w/prog
	chmod 600 w/prog
	printf 'name: w\nbase: bare\nbin: prog\n' >w.yaml
	stat -c '%a %h %Y' w/prog >before
	generate w
	build
	assert_same b/images/w-bin w/prog
	[ ! -w b/images/w-bin ] || [ "$(id -u)" -eq 0 ] || fail "what is published can be written"
	assert_missing b/images/w-bin-dwarf b/images/w.img
	stat -c '%a %h %Y' w/prog >after
	assert_same after before
	settled
	echo two >>w/prog
	build
	assert_eq "$(ran)" 'GIVEN PUBLISH '
	assert_same b/images/w-bin w/prog
	settled
	rm w/prog
	assert_fails tool b >log 2>&1
	assert_has log 'bin:'
	assert_has log 'prog'
}

for_linux()
{
	mkdir w
	echo kernel >w/prog
	printf 'name: w\nbase: bare\nlinux: {}\nbin: prog\n' >w.yaml
	generate w
	build
	assert_same b/images/w-bin w/prog
	assert_lacks b/out/graph.json '"kernel'
	assert_lacks b/out/graph.json '"firmware'
	assert_lacks b/out/args/launch-w min-mem
	assert_lacks b/out/args/launch-w unsupported
}

make_image()
{
	need debugfs
	mkdir -p w/root
	echo user >w/root/file
	"$fmgen" ext4 --out=w/disk.img --layer=w/root --margin=4194304
	printf 'name: w\nbase: bare\nimg: disk.img\n' >w.yaml
	mkdir -p c/over
	echo child >c/over/own
	printf 'name: c\nbase: w.yaml\noverlay: over\n' >c.yaml
}

image()
{
	make_image
	generate w c
	build
	assert_same b/images/w.img w/disk.img
	assert_eq "$(in_image c /file) $(in_image c /own)" 'user child'
	settled
	echo edited >c/over/own
	build
	assert_eq "$(ran)" 'IMAGE PUBLISH '
	echo again >w/root/file
	"$fmgen" ext4 --out=w/disk.img --layer=w/root --margin=4194304
	build
	assert_eq "$(ran)" 'GIVEN IMAGE PUBLISH '
	assert_same b/images/w.img w/disk.img
	assert_eq "$(in_image c /file) $(in_image c /own)" 'again edited'
	settled
}

not_recovered()
{
	make_image
	debugfs -w -R 'feature needs_recovery' w/disk.img
	generate w c
	build w
	assert_fails tool b c >log 2>&1
	assert_has log 'journal must be recovered'
}

sparse()
{
	mkdir w
	truncate -s 64M w/disk.img
	echo x >>w/disk.img
	printf 'name: w\nbase: bare\nimg: disk.img\n' >w.yaml
	generate w
	build
	assert_same b/images/w.img w/disk.img
	[ "$(du -sk b | cut -f 1)" -lt 8192 ] || fail "the copies take $(du -sk b)"
}

absent()
{
	mkdir w
	printf 'name: w\nbase: bare\nbin: prog\nimg: w\n' >w.yaml
	assert_fails generate w 2>err
	assert_has err 'w.yaml:3:6: error: bin: there is no'
	assert_has err 'w.yaml:4:6: error: img: there is no'
	mkdir w/prog w/w
	assert_fails generate w 2>err
	assert_has err 'bin: ../w/prog is a directory, not a file'
	assert_missing b/out
}

dependencies()
{
	make_image
	mkdir c/dep
	printf 'name: c\nbase: w.yaml\ndeps: [dep, ../w.txt]\n' >c.yaml
	assert_fails generate c 2>err
	assert_has err 'c.yaml:3:13: error: deps: there is no'
	echo 1 >w.txt
	generate c
	build
	assert_eq "$(in_image c /file)" user
	settled
	echo 2 >w.txt
	build
	assert_eq "$(ran)" 'IMAGE '
	settled
	echo new >c/dep/file
	build
	assert_eq "$(ran)" 'IMAGE '
	settled
}

test_case "a binary is published, and again after an edit" binary
test_case "a binary in the place of a kernel" for_linux
test_case "an image is published, and children start from it" image
test_case "a child does not build on an image that needs recovery" not_recovered
test_case "a sparse image stays sparse" sparse
test_case "files that are not there" absent
test_case "an image is made anew when a dependency changed" dependencies
finish
