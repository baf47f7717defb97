#!/bin/sh
# SPDX-License-Identifier: MIT
# The records of runs: what is said about why an edge ran, when it ran.
# shellcheck disable=SC2016
. "${0%/*}/../lib/stub.sh"
shared_dir=1
PATH=$work/bin:$PATH

start()
{
	install_stub
	mkdir bin
	printf '#!/bin/sh\n[ "$1" = -dumpmachine ] || echo "gcc 1"\n' >bin/riscv64-linux-gnu-gcc
	printf '#!/bin/sh\necho "ld 1"\n' >bin/riscv64-linux-gnu-ld
	chmod +x bin/*
	write_family
	generate src/family.json
	build
	for why in build/out/log/*.why; do
		assert_eq "$(cat "$why")" "first run" "$why"
	done
	for record in build/out/was/*.d; do
		assert_exists "${record%.d}"
	done
	assert_missing build/out/was/*.new
}

# says [-t TARGET] COMMANDS STAGE LINE...: after the commands and a build, each stage of that kind
# that ran has just these lines
says()
{
	target=all
	if [ "$1" = -t ]; then target=$2; shift 2; fi
	rm -f build/out/log/*.why
	eval "$1"
	build "$target"
	stage=$2
	shift 2
	printf '%s\n' "$@" >expected
	found=
	for why in build/out/log/"$stage"*.why; do
		[ -e "$why" ] || continue
		found=1
		sed 's/-[0-9a-f]\{16\}/-ID/g' "$why" >got
		assert_same got expected
	done
	[ "$found" ] || fail "no $stage ran"
}

reason() # TITLE COMMANDS STAGE LINE...
{
	title=$1
	shift
	test_case "$title" says "$@"
}

nothing()
{
	rm -f build/out/log/*.why
	touch src/parent/overlay/etc/motd
	build
	assert_missing build/out/log/*.why
}

fails()
{
	: >build/fail-busybox
	echo '# 1' >>inst/share/fmgen/initramfs/busybox.config
	! build 2>&1 || fail "the stage did not fail"
	assert_exists build/out/was/busybox-*.new
	rm build/fail-busybox
}

# As make writes it: without outputs, and with words that are no files. Times that make lifted do
# not count.
by_make()
{
	mkdir -p m/out/args m/out/tree
	cd m
	echo x >out/one
	echo --a=1 >out/args/it
	: >out/roots
	run_it ': out/one out/args/it MISSING' 'first run'
	touch -d '+1 minute' out/one
	run_it ': out/one out/args/it MISSING' 'an output is missing'
	run_it ': out/one out/args/it FORCE' 'it runs each time'
	echo --a=2 >new
	mv new out/args/it
	run_it ': out/one out/args/it' 'parameters: --a=1 -> --a=2'
	cp out/one new
	mv new out/one
	run_it ': out/one out/args/it' 'out/one: made anew'
	assert_has out/was/it lifted
}

run_it() # EDGE REASON
{
	echo "$1" >out/args/it.in
	"$stub" run it -- true
	assert_eq "$(cat out/log/it.why)" "$2"
}

ov=../src/parent/overlay
touch_ov='echo x >>src/parent/overlay/etc/motd'

test_case "first build" start
test_case "a touch" nothing
reason "contents" "$touch_ov" rootfs-base "$ov/etc/motd: contents"
reason "mode" 'chmod 600 src/parent/overlay/etc/motd' rootfs-base "$ov/etc/motd: mode 644 -> 600"
reason "both" "$touch_ov; chmod 4755 src/parent/overlay/etc/motd" rootfs-base \
	"$ov/etc/motd: contents, mode 600 -> 4755"
reason "mode of the root" 'chmod 700 src/parent/overlay' rootfs-base "$ov: mode 755 -> 700"
reason "new entries" 'cd src/parent/overlay; mkdir d; echo >d/f; ln -s a l; cd "$work"' rootfs-base \
	"$ov/d: added" "$ov/d/f: added" "$ov/l: added"
reason "another target" 'ln -sfn b src/parent/overlay/l' rootfs-base "$ov/l: a -> b"
reason "another type" 'rm src/parent/overlay/l; mkdir src/parent/overlay/l' rootfs-base \
	"$ov/l: a link -> a directory"
reason "entries that went away" 'rm -r src/parent/overlay/?' rootfs-base \
	"$ov/d: deleted" "$ov/d/f: deleted" "$ov/l: deleted"
reason "a name with spaces" 'echo >"src/parent/overlay/a b"' rootfs-base "$ov/a b: added"
reason "many" 'for i in 1 2 3 4 5 6 7 8 9 x y z; do : >"src/parent/overlay/$i"; done' rootfs-base \
	"$ov/1: added" "$ov/2: added" "$ov/3: added" "$ov/4: added" "$ov/5: added" \
	"$ov/6: added" "$ov/7: added" "$ov/8: added" "$ov/9: added" "$ov/x: added" "$ov: and 2 more"
reason "a single file" 'echo "# x" >>src/parent/one.config' kconfig "../src/parent/one.config: contents"
reason "a script of fmgen" 'echo "# x" >>inst/share/fmgen/scripts/bin' bin "fmgen's scripts/bin: contents"
reason "a compiler" 'sed -i "s/gcc 1/gcc 2/" bin/*gcc' kernel \
	'compiler riscv64-linux-gnu-gcc: gcc 1 -> gcc 2'
reason "a fetched tree" 'echo "package: other" >cache/opensbi-1.0.origin' firmware \
	"$work/cache/opensbi-1.0: package: opensbi -> package: other"
reason "another format" 'echo 9 >x; mv x build/out/revision/cpio' initramfs 'format of fmgen cpio: 1 -> 9'
reason "an output that went away" 'rm build/out/stage/firmware-*/*.stamp; rm -r build/out/keep/stage' firmware \
	"out/stage/firmware-ID/firmware.stamp: missing"
test_case "edges of make" by_make
test_case "a command that fails" fails
reason "why it runs again" : busybox "fmgen's initramfs/busybox.config: contents"
reason "what follows" "$touch_ov" publish-family.img \
	"rootfs.img of rootfs-ID: came out changed"
reason "another identity" 'sed -i "s/echo /echo more /" src/family.json' publish-family.img \
	"rootfs-ID in the place of rootfs-ID"
finish
