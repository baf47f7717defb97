#!/bin/sh
# SPDX-License-Identifier: MIT
# boards/distros/br/build with a stand-in for a Buildroot tree, which tells what it was given.
# shellcheck disable=SC2016 # dollars are for the script
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/buildroot.sh"
PATH=$PATH:/usr/sbin:/sbin

start()
{
	need make gcc riscv64-linux-gnu-gcc
	make_buildroot tree
	find tree -printf '%p %m %s %T@\n' | sort >tree.before
}

build() # WORD...
{
	FMGEN=$fmgen FMGEN_SAY=$PWD/said sh "$srcdir/boards/distros/br/build" --out=out \
		--source=tree --cross=riscv64-linux-gnu- "$@" >log 2>&1
}
good()
{
	: >said
	build "$@" || { cat log; fail "build failed"; }
	find tree -printf '%p %m %s %T@\n' | sort | diff tree.before - || fail "the tree was written to"
	debugfs -R 'dump /etc/config config' out/rootfs.img 2>/dev/null
	debugfs -R 'dump /etc/environment environment' out/rootfs.img 2>/dev/null
}
bad() # TEXT WORD...
{
	text=$1
	shift
	: >said
	! build "$@" || fail "it was taken"
	assert_has log "$text"
	find tree -printf '%p %m %s %T@\n' | sort | diff tree.before - || fail "the tree was written to"
}

makes_an_image()
{
	start
	good --margin=1048576
	e2fsck -fn out/rootfs.img >/dev/null 2>&1 || fail "it is not clean"
	for line in BR2_riscv=y BR2_RISCV_64=y BR2_REPRODUCIBLE=y BR2_TARGET_ROOTFS_TAR=y \
		'# BR2_i386 is not set' BR2_TOOLCHAIN_EXTERNAL=y BR2_TOOLCHAIN_EXTERNAL_CUSTOM_GLIBC=y \
		'BR2_TOOLCHAIN_EXTERNAL_CUSTOM_PREFIX="riscv64-linux-gnu"'; do
		grep -qxF "$line" config || { cat config; fail "no $line"; }
	done
	grep -q '^BR2_TOOLCHAIN_EXTERNAL_GCC_[0-9]*=y$' config || fail "no version of the compiler"
	grep -q '^BR2_TOOLCHAIN_EXTERNAL_HEADERS_[0-9]_[0-9]*=y$' config || fail "no version of headers"
	path=$(sed -n 's/^BR2_TOOLCHAIN_EXTERNAL_PATH="\(.*\)"/\1/p' config)
	assert_exists "$path/bin/riscv64-linux-gnu-gcc"
	assert_eq "$(ls out)" "fmgen.config
rootfs.img
warnings"
	cp out/rootfs.img first.img
	rm -r out
	good --margin=1048576
	assert_same out/rootfs.img first.img
}

merges_fragments_in_order()
{
	start
	printf 'BR2_TARGET_GENERIC_HOSTNAME="one"\nBR2_PACKAGE_TOOL=y\n' >'frag one'
	printf 'BR2_TARGET_GENERIC_HOSTNAME="two"\nBR2_NEEDS_TOOL=y\n' >two
	good --configs='frag one' --configs=two --defconfig=small_defconfig
	for line in 'BR2_TARGET_GENERIC_HOSTNAME="two"' BR2_PACKAGE_TOOL=y BR2_NEEDS_TOOL=y; do
		assert_has config "$line"
	done
	assert_eq "$(cat said)" ""
	good --configs=two --configs='frag one' --toolchain=buildroot
	assert_has config '"one"'
	assert_has config BR2_TOOLCHAIN_BUILDROOT=y
	! grep -q BR2_TOOLCHAIN_EXTERNAL config || fail "the board's compiler is there too"
	good --defconfig=small_defconfig
	assert_has config '"small"'
}

tells_what_did_not_take_effect()
{
	start
	printf '# a comment\nBR2_NEEDS_TOOL=y\nBR2_NO_SUCH=y\nBR2_i386=n\n' >frag
	good --configs=frag
	cat >want <<-'END'
		frag:2: warning: BR2_NEEDS_TOOL=y did not take effect (it is now: not set) [kconfig]
		frag:3: warning: BR2_NO_SUCH=y did not take effect: it does not exist in this Buildroot tree [kconfig]
	END
	diff want said
	bad 'frag:2: error: BR2_NEEDS_TOOL=y did not take effect' --configs=frag --ineffective=error
	good --configs=frag --ineffective=hide
	assert_eq "$(cat said)" ""
}

gives_the_environment()
{
	start
	mkdir 'w d'
	BR2_EXTERNAL=/else CROSS_COMPILE=x- MAKEFLAGS=-n O=/else good --environment='A=a b $W_PATH' \
		--environment='B=${W_PATH}/x $HOME $W_PATHS' --environment='BR2_DL_DIR=/dl' \
		--environment-name=W_PATH --environment-path='w d' \
		--environment-name=V_2_PATH --environment-path=.
	for line in "A=a b $PWD/w d" "B=$PWD/w d/x \$HOME \$W_PATHS" "W_PATH=$PWD/w d" \
		"V_2_PATH=$PWD" BR2_DL_DIR=/dl "O=$PWD/out/O"; do
		grep -qxF "$line" environment || { cat environment; fail "no $line"; }
	done
	! grep -q '^BR2_EXTERNAL=\|^CROSS_COMPILE=' environment || fail "the caller's variables are there"
	FMGEN_JLEVEL=7 FMGEN_CACHE=/some/cache good
	assert_has environment BR2_JLEVEL=7
	assert_has environment BR2_DL_DIR=/some/cache/buildroot-dl
	bad "environment: 'O' belongs to fmgen" --environment=O=x
	bad "environment: 'a b' is not the name of a variable" --environment='a b=c'
}

goes_on_after_a_failure()
{
	start
	echo BR2_PACKAGE_TOOL=y >frag
	echo one >manifest
	: >stop
	bad 'it does not compile' --configs=frag --manifest=manifest --environment="BREAK=$PWD/stop"
	assert_has log 'once that is mended, it goes on where it was'
	: >out/O/kept
	bad 'it does not compile' --configs=frag --manifest=manifest --environment="BREAK=$PWD/stop"
	assert_exists out/O/kept
	assert_eq "$(wc -l <out/O/calls)" 2
	# Another tree, or another fragment: from the start.
	echo two >manifest
	bad 'it does not compile' --configs=frag --manifest=manifest --environment="BREAK=$PWD/stop"
	assert_missing out/O/kept
	: >out/O/kept
	echo '# new' >>frag
	bad 'it does not compile' --configs=frag --manifest=manifest --environment="BREAK=$PWD/stop"
	assert_missing out/O/kept
	rm stop
	good --configs=frag --manifest=manifest --environment="BREAK=$PWD/stop"
	assert_missing out/O
}

refuses_what_is_none()
{
	start
	bad 'there is no Buildroot source tree' --source=out
	bad "defconfig: '-f' is not the name" --defconfig=-f
	bad "toolchain: 'what' is neither" --toolchain=what
	bad 'no such fragment' --configs=none
	mkdir 'a tree'
	cp -R tree/. 'a tree'
	bad 'Buildroot cannot work in a path like this' --source='a tree'
	sed -i 's/rootfs.tar/other.tar/' tree/support/root
	find tree -printf '%p %m %s %T@\n' | sort >tree.before
	bad 'it made neither images/rootfs.tar nor images/rootfs.ext2'
}

test_case "an image is made, the tree is left alone" makes_an_image
test_case "fragments in their order" merges_fragments_in_order
test_case "options that did not take effect" tells_what_did_not_take_effect
test_case "the environment" gives_the_environment
test_case "a build that failed goes on" goes_on_after_a_failure
test_case "what is none is refused" refuses_what_is_none
finish
