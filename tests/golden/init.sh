#!/bin/sh
# SPDX-License-Identifier: MIT
# The first minutes: `fmgen init` and `fmgen doctor`.
. "${0%/*}/../lib/golden.sh"

begins() # FILE OPTION...
{
	file=$1
	shift
	"$fmgen" init "$@" >said
	assert_has said "fmgen $file && ninja"
	"$fmgen" --werror "$file" 2>err || { cat err; fail "what it wrote is refused"; }
	[ ! -s err ] || { cat err; fail "what it wrote gives messages"; }
	assert_has out/named "${file%.*}"
	assert_exists "${file%.*}/overlay/etc/motd"
	grep -q rootfs-base out/graph.json || fail "the overlay is not used"
}

# Each example among the comments is one that is taken.
examples()
{
	"$fmgen" init --yaml my >said
	grep '^#[a-z]' my.yaml >examples
	[ "$(wc -l <examples)" -ge 6 ] || fail "there are no examples"
	mkdir -p my/my-module
	touch my/my-tool my/my.config my/my-module/Kbuild
	mv my.yaml begin
	while IFS= read -r line; do
		{ cat begin; echo "${line#?}"; } >my.yaml
		"$fmgen" -C build --werror ./my.yaml || fail "refused: $line"
	done <examples
}

calls_it_like_the_directory()
{
	mkdir my-board
	cd my-board
	begins my-board.json
}

leaves_alone()
{
	echo mine >one.json
	mkdir two
	for name in one two; do
		assert_fails "$fmgen" init "$name" 2>err
		assert_has err 'is there already'
		assert_fails "$fmgen" init --yaml "$name" 2>err
	done
	assert_eq "$(cat one.json)" mine
	assert_eq "$(find . -type f | sort | tr '\n' ' ')" './err ./one.json '
	assert_fails "$fmgen" init 'no name' 2>err
	assert_has err 'cannot be a name'
	assert_fails "$fmgen" init out 2>err
	assert_has err 'is reserved'
}

programs='ninja make gcc flex bison bc bzip2 depmod mke2fs e2fsck patch xz riscv64-linux-gnu-gcc
	qemu-system-riscv64 spike'

healthy()
{
	mkdir bin
	for program in $programs; do ln -s /bin/true "bin/$program"; done
}

all_there()
{
	healthy
	find . | sort >../before
	PATH=$PWD/bin "$fmgen" doctor >../out || { cat ../out; fail "status $?"; }
	assert_has ../out 'missing'
	assert_lacks ../out 'error: '
	assert_lacks ../out distro
	assert_lacks ../out 'apt-get'
	find . | sort | cmp -s - ../before || fail "something was written"
}

lacking()
{
	healthy
	rm bin/flex bin/make bin/xz bin/riscv64-linux-gnu-gcc bin/spike
	! PATH=$PWD/bin "$fmgen" doctor >out || fail "it is content"
	assert_eq "$(grep -c '^error: ' out)" 4
	assert_has out 'note: there is no spike'
	assert_has out '  apt-get install make flex xz-utils gcc-riscv64-linux-gnu libc6-dev-riscv64-cross'
	assert_eq "$(grep -c 'apt-get' out)" 1
}

# What it tells to install are packages that scripts/setup installs too.
packages_are_known()
{
	mkdir empty
	! PATH=$PWD/empty "$fmgen" doctor >out || fail "it is content"
	sed -n 's/^  apt-get install //p' out | tr ' ' '\n' >packages
	[ "$(wc -l <packages)" -ge 11 ] || fail "no packages"
	while IFS= read -r package; do
		grep -qw -e "$package" "$srcdir/scripts/setup" || fail "scripts/setup has no $package"
	done <packages
}

tells_what_the_board_asks()
{
	healthy
	PATH=$PWD/bin "$fmgen" doctor --board=firechip >out || fail "status $?"
	assert_has out 'wants to know iceblk-dir'
}

no_sources()
{
	healthy
	mkdir cache
	! FMGEN_CACHE=$PWD/cache PATH=$PWD/bin "$fmgen" doctor >out || fail "it is content"
	# shellcheck disable=SC2016
	assert_has out 'run `fmgen fetch`: linux opensbi busybox'
	assert_has out 'note: what the distro debian is made of is not there'
	assert_eq "$(find cache | wc -l)" 1
}

test_case "init writes a spec that is taken as it is" begins first.json first
test_case "init writes YAML too" begins first.yaml --yaml first
test_case "its further options are right" examples
test_case "init takes the name of the directory" calls_it_like_the_directory
test_case "init overwrites nothing" leaves_alone
test_case "doctor finds nothing where all is there" all_there
test_case "doctor names what is missing, and one line to install it" lacking
test_case "doctor names packages that setup installs" packages_are_known
test_case "doctor tells what a board asks the user" tells_what_the_board_asks
test_case "doctor tells of sources to fetch" no_sources
finish
