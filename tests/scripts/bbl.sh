#!/bin/sh
# SPDX-License-Identifier: MIT
# The Berkeley boot loader: what its configure and makefile are given, and what comes out.
. "${0%/*}/../lib/golden.sh"
. "$srcdir/tests/lib/riscv-pk.sh"

# An Image of 4 KiB that says it takes 5 MiB in memory.
make_image() # DIR TEXT
{
	mkdir -p "$1"
	{
		head -c 16 /dev/zero
		printf '\0\0\120\0\0\0\0\0'
		head -c 32 /dev/zero
		printf 'RSC\005'
		head -c 4 /dev/zero
		printf %s "$2"
		head -c 4000 /dev/zero
	} >"$1/Image"
}

bbl() # WORD...
{
	CFLAGS=-broken ARCH=none "$data/scripts/bbl" --out=out --source=pk --arch=riscv \
		--cross=riscv64-linux-gnu- --link=link "$@" >log 2>&1
}

setup()
{
	make_tree pk
	make_image link one-kernel
}

builds()
{
	setup
	chmod -R a-w pk
	find pk -printf '%p %m %T@\n' | sort >before
	bbl || { cat log; fail "bbl"; }
	find pk -printf '%p %m %T@\n' | sort >after
	assert_same after before
	assert_eq "$(echo out/*)" 'out/bin out/bin.mem'
	readelf -h out/bin >header
	assert_has header 'RISC-V'
	assert_has header '0x800000'
	assert_eq "$(grep -c one-kernel out/bin)" 1
	payload=$((0x$(riscv64-linux-gnu-nm out/bin | sed -n 's/ . payload$//p') - 0x80000000))
	[ "$(cat out/bin.mem)" -ge $((payload + 5 * 1024 * 1024)) ] || fail "bin.mem is $(cat out/bin.mem)"
}

keeps_equal_bytes()
{
	setup
	bbl
	touch -d 2001-01-01 out/bin out/bin.mem
	stat -c %Y out/bin out/bin.mem >before
	bbl
	stat -c %Y out/bin out/bin.mem >after
	assert_same after before
	mkdir elsewhere
	cp -R pk link elsewhere
	cp out/bin bin
	(cd elsewhere && bbl)
	assert_same elsewhere/out/bin bin
	make_image link other-kernel
	bbl
	assert_eq "$(grep -c other-kernel out/bin)" 1
	echo 'int main(void) { return 1; }' >pk/main.c
	cp out/bin bin
	bbl
	! cmp -s out/bin bin || fail "the tree changed, and the binary did not"
}

takes_words()
{
	setup
	bbl '--arg=--enable-logo' "--arg=--with-logo=it's a \"\$HOME\" \`x\` ; *" '--arg=--x='
	grep -a -o '<--.*>' out/bin >words
	# shellcheck disable=SC2016
	printf '%s\n' '<--enable-logo>' '<--with-logo=it'"'"'s a "$HOME" `x` ; *>' '<--x=>' >expected
	assert_same words expected
	bbl
	! grep -aq '<--' out/bin || fail "words of an earlier build are there"
	assert_fails bbl --arg=--host=x86
	assert_has log "'--host=x86' cannot be set"
	assert_fails bbl --arg=--fail
	assert_has log 'no such feature'
}

refuses()
{
	setup
	touch pk/config.status
	assert_fails bbl
	assert_has log 'was configured in place'
	mv pk 'p k'
	assert_fails bbl
	assert_has log 'there is no configure'
	rm 'p k/config.status'
	ln -s 'p k' pk
	assert_fails bbl
	assert_has log 'cannot be built in a path like this'
	rm link/Image
	assert_fails bbl
	assert_has log 'no such kernel image'
}

by_path()
{
	setup
	mkdir 'bin'
	for tool in gcc ld nm readelf; do
		ln -s "$(command -v "riscv64-linux-gnu-$tool")" "bin/my-pk-$tool"
	done
	bbl --cross=bin/my-pk-
	assert_exists out/bin
}

# The graph has the boot loader in the place of OpenSBI, for the workload and its child alone.
planned()
{
	make_tree w/pk
	mkdir c o
	cat >w.yaml <<-'END'
		name: w
		base: bare
		linux: {}
		firmware: {use-bbl: yes, bbl-src: pk, bbl-build-args: --a "--b=1 2"}
	END
	printf 'name: c\nbase: w.yaml\nfirmware: {bbl-build-args: --c}\n' >c.yaml
	printf 'name: o\nbase: w.yaml\nfirmware: {use-bbl: no}\n' >o.yaml
	"$fmgen" --werror --builddir=b ./w.yaml ./c.yaml ./o.yaml
	cat b/out/args/bbl-* | grep -e --arg= | sort >words
	printf -- '--arg=--a\n--arg=--a\n--arg=--b=1 2\n--arg=--b=1 2\n--arg=--c\n' >expected
	assert_same words expected
	for stage in bin firmware link; do
		assert_eq "$(set -- b/out/args/"$stage"-*; echo $#)" 1 "edges of $stage"
	done
}

test_case "a boot loader with its payload" builds
test_case "equal bytes stay, changed ones come through" keeps_equal_bytes
test_case "words of any characters" takes_words
test_case "trees and payloads that cannot be used" refuses
test_case "a compiler by its path" by_path
test_case "the graph of workloads with it" planned
finish
