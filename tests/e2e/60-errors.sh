#!/bin/sh
# SPDX-License-Identifier: MIT
# What goes wrong on a machine or in a spec is told in words that help, leaves nothing half-made,
# and is forgotten once it is mended.
. "${0%/*}/../lib/e2e.sh"
shared_dir=1

# stage_id STAGE [TARGET]: the one stage of that name that is needed for TARGET
stage_id()
{
	(cd build && ninja -t inputs "${2-hello}") |
		sed -n "s|^ *out/stage/\($1-[0-9a-f]\{16\}\)/.*|\1|p" | sort -u | tail -n 1
}

# forget STAGE FILE: an output is gone, and so is its twin; what it held is in "saved"
forget()
{
	cp "build/out/stage/$1/$2" saved
	rm -rf "build/out/stage/$1/$2" "build/out/keep/stage/$1"
}

# Temporary names of outputs; kbuild and busybox have their own inside of O/.
nothing_half_made()
{
	find build \( -name O -o -name scratch \) -prune -o -name '*.tmp*' -print >left
	[ ! -s left ] || fail "left behind: $(cat left)"
}

# tools [ABSENT...]: the directory bin/ holds all programs but these
tools()
{
	rm -rf bin
	mkdir bin
	for dir in /usr/sbin /usr/bin; do
		ln -sf "$dir"/* bin/
	done
	for name; do
		rm -f bin/"$name"
	done
}

# with_tools COMMAND...: with nothing but bin/ on PATH
with_tools()
{
	(PATH=$work/bin; "$@")
}

# as_if_root COMMAND...: in a mount namespace of its own, where an ordinary user may mount
as_if_root()
{
	unshare -Urm "$@"
}
may_mount()
{
	as_if_root sh -c 'mount -t tmpfs none /mnt' 2>/dev/null ||
		skip_optional "users may not mount here"
}

# --- tools that are missing

compile_tool() # TOOL PACKAGE TARGET: nothing is built without it
{
	rm -rf other
	mkdir other
	(cd other && "$fmgen" ../hello/hello.json)
	target=out/stage/$(stage_id "$3")
	tools "$1"
	assert_fails without_tool "$target"
	assert_has other.log "$1 is not on PATH: install it (Debian package $2)"
	assert_has other.log "log: out/log/${target##*/}.log"
	assert_missing "other/$target/config" "other/$target/busybox" "other/$target/firmware.stamp"
}
without_tool()
{
	(cd other && with_tools ninja "$1/$(output "$1")") >other.log 2>&1
}
output()
{
	case $1 in
	*/kconfig-*) echo config ;;
	*/busybox-*) echo busybox ;;
	*/firmware-*) echo firmware.stamp ;;
	esac
}

comes_back()
{
	compile_tool bison bison kconfig
	tools
	without_tool "$target" || { cat other.log; fail "bison is back"; }
	assert_same "other/$target/config" "build/$target/config"
}

# Tools of /sbin are found without PATH, so the directories are covered. What follows runs in the
# namespace: $1 the tool's file, $2... ninja's targets.
hidden_tool() # FILE TARGET...
{
	hide=$1
	shift
	set +e
	# shellcheck disable=SC2016
	(cd build && as_if_root sh -c 'mount --bind /dev/null "$0" && exec ninja "$@"' "$hide" "$@") \
		>build.log 2>&1
	status=$?
	set -e
	[ "$status" -ne 0 ] || fail "built without $hide"
}

no_mke2fs()
{
	may_mount
	distro=$(stage_id distro)
	forget "$distro" rootfs.img
	hidden_tool "$(readlink -f /usr/sbin/mke2fs)" "out/stage/$distro/rootfs.img"
	assert_has build.log 'mke2fs'
	assert_has build.log 'e2fsprogs'
	nothing_half_made
	assert_missing "build/out/stage/$distro/rootfs.img"
	build
	ran distro
	assert_same "build/out/stage/$distro/rootfs.img" saved
	unchanged_bytes
}

no_depmod()
{
	may_mount
	initramfs=$(stage_id initramfs)
	forget "$initramfs" initramfs.cpio
	hidden_tool "$(readlink -f /usr/sbin/depmod)" "out/stage/$initramfs/initramfs.cpio"
	assert_has build.log 'depmod is not on PATH: install it (Debian package kmod)'
	nothing_half_made
	assert_missing "build/out/stage/$initramfs/initramfs.cpio"
	build
	assert_same "build/out/stage/$initramfs/initramfs.cpio" saved
	unchanged_bytes
}

no_qemu()
{
	tools qemu-system-riscv64
	(cd build && with_tools assert_fails "$fmgen" launch hello) >launch.log 2>&1
	assert_has launch.log \
		'qemu-system-riscv64 is not on PATH: install it (Debian package qemu-system-misc)'
	[ ! -e build/state/hello.img.tmp ] || fail "half a disk"
}

no_ninja()
{
	tools ninja samu
	for verb in 'build ../hello/parent.json ../hello/hello.json' 'launch hello' \
		'launch ../hello/hello.json'; do
		# shellcheck disable=SC2086
		(cd build && with_tools assert_fails "$fmgen" $verb) >verb.log 2>&1
		assert_has verb.log 'ninja is not on PATH: install it (Debian package ninja-build)'
	done
	generate ../hello/parent.json ../hello/hello.json
	settled
	unchanged_bytes
}

# --- specs that are wrong

# refused SPEC MESSAGE: generation fails with the message, and writes nothing at all
refused()
{
	rm -rf fresh
	mkdir fresh
	(cd fresh && assert_fails "$fmgen" "../$1") >refused.log 2>&1
	assert_has refused.log "$2"
	assert_eq "$(ls -A fresh)" '' "files in a build directory after an error"
	find build \( -path build/out/stage -o -path build/state \) -prune -o -type f ! -name .ninja_log \
		! -name cache -exec sha256sum {} + | sort >before
	(cd build && assert_fails "$fmgen" "../$1") >refused.log 2>&1
	find build \( -path build/out/stage -o -path build/state \) -prune -o -type f ! -name .ninja_log \
		! -name cache -exec sha256sum {} + | sort >after
	assert_same after before
}

no_kernel_tree()
{
	spec=hello/tree.json
	printf '{ "name": "tree", "base": "busybox-base.json",\n  "linux": {"source": "../nothere"} }\n' >"$spec"
	refused "$spec" 'tree.json:2:23: error: linux.source: there is no'
	assert_has refused.log hello/nothere
	mkdir -p hello/nothere
	refused "$spec" 'is no kernel tree: it has no'
	: >hello/nothere/Kconfig
	: >hello/nothere/Makefile
	: >hello/nothere/.config
	refused "$spec" 'tree.json:2:23: error: linux.source: ../hello/nothere was built in place: it has .config'
	assert_has refused.log mrproper
	settled
}

wrong_spec_stops_the_build()
{
	cp hello/hello.json saved
	sed -i 's/"overlay": "overlay"/"overlay": "overlai"/' hello/hello.json
	build_fails
	assert_has build.log 'hello/hello.json:4:14: error: overlay: there is no'
	unchanged_bytes
	echo '{' >hello/hello.json
	build_fails
	assert_has build.log 'hello/hello.json:'
	unchanged_bytes
	cp saved hello/hello.json
	build
	ran_nothing
	settled
	unchanged_bytes
}

# --- files of others

foreign_build_file()
{
	rm -rf foreign
	mkdir foreign
	echo 'rule of others' >foreign/build.ninja
	assert_fails "$fmgen" -C foreign hello/hello.json >foreign.log 2>&1
	assert_has foreign.log 'build.ninja is there and fmgen did not write it: choose another directory'
	assert_eq "$(ls -A foreign):$(cat foreign/build.ninja)" 'build.ninja:rule of others'
	cp build/build.ninja saved
	echo 'rule of others' >build/build.ninja
	assert_fails generate ../hello/parent.json ../hello/hello.json >foreign.log 2>&1
	assert_has foreign.log 'build.ninja is there and fmgen did not write it'
	assert_eq "$(cat build/build.ninja)" 'rule of others'
	cp saved build/build.ninja
	settled
}

foreign_out()
{
	rm -rf foreign
	mkdir -p foreign/out
	echo mine >foreign/out/notes
	assert_fails "$fmgen" -C foreign hello/hello.json >foreign.log 2>&1
	assert_has foreign.log 'out/ is there and fmgen did not make it: choose another directory'
	assert_eq "$(ls foreign):$(ls -A foreign/out)" 'out:notes'
}

foreign_image()
{
	rm -rf foreign
	mkdir -p foreign/images
	echo mine >foreign/images/hello.img
	assert_fails "$fmgen" -C foreign hello/hello.json >foreign.log 2>&1
	assert_has foreign.log 'images/hello.img is there and fmgen did not make it: move it away'
	assert_eq "$(ls foreign):$(cat foreign/images/hello.img)" 'images:mine'
	# the same in a directory that has a build already
	echo mine >build/images/later.img
	printf '{ "name": "later", "base": "parent.json" }\n' >hello/later.json
	assert_fails generate ../hello/later.json >foreign.log 2>&1
	assert_has foreign.log 'images/later.img is there and fmgen did not make it: move it away'
	assert_eq "$(cat build/images/later.img)" mine
	rm build/images/later.img
	settled
}

# --- modules

# The compiler's own words, the tree's own path.
module_does_not_compile()
{
	echo 'int fmgen_hello_broken(void) { return no_such_name; }' \
		>>hello/modules/fmgen_hello/fmgen_hello.c
	line=$(wc -l <hello/modules/fmgen_hello/fmgen_hello.c)
	build_fails hello
	assert_has build.log "hello/modules/fmgen_hello/fmgen_hello.c:$line:"
	assert_has build.log 'no_such_name'
	assert_has build.log 'log: out/log/module-'
	! grep 'out/stage/[^ ]*fmgen_hello\.c' build.log || fail "the path of a copy"
	nothing_half_made
	assert_missing hello/modules/fmgen_hello/fmgen_hello.o
	unchanged_bytes
	sed -i '$d' hello/modules/fmgen_hello/fmgen_hello.c
	build
	ran module
	settled
	unchanged_bytes
}

module_of_another_name()
{
	cp -R hello/modules/fmgen_hello saved.module
	mv hello/modules/fmgen_hello/fmgen_hello.c hello/modules/fmgen_hello/other.c
	echo 'obj-m := other.o' >hello/modules/fmgen_hello/Kbuild
	rm -f hello/modules/fmgen_hello/Makefile
	build_fails hello
	assert_has build.log 'made no fmgen_hello.ko at its top; it made: ./other.ko'
	unchanged_bytes
	rm -r hello/modules/fmgen_hello
	mv saved.module hello/modules/fmgen_hello
	build
	settled
	unchanged_bytes
}

# --- no room

generation_on_a_full_disk()
{
	may_mount
	mkdir -p full
	# shellcheck disable=SC2016
	as_if_root sh -euc '
		mount -t tmpfs -o size=8m none full
		head -c 8100k /dev/zero >full/ballast
		! "$0" -C full hello/hello.json hello/parent.json || exit 9
		! test -e full/build.ninja || exit 8
		rm full/ballast
		"$0" -C full hello/hello.json hello/parent.json
		cp -a full full.later' "$fmgen" >full.log 2>&1 || { cat full.log; fail "status $?"; }
	assert_has full.log 'No space left on device'
	assert_eq "$(grep -c 'No space left on device' full.log)" 1 "times that it is said"
	find full.later -name '.tmp-*' >left
	assert_eq "$(cat left)" ''
	mkdir with_room
	"$fmgen" -C with_room hello/hello.json hello/parent.json
	diff -r --no-dereference -x inputs -x cache with_room full.later
}

# no_room_at DIR TARGET: a build with almost no room in one directory
no_room_at()
{
	set +e
	# shellcheck disable=SC2016
	(cd build && as_if_root sh -c 'mount -t tmpfs -o size=300k none "$0" && ninja "$1"; status=$?
		find "$0" -type f; exit $status' "$1" "$2") >build.log 2>&1
	status=$?
	set -e
	[ "$status" -ne 0 ] || { cat build.log; fail "built without room"; }
	assert_has build.log 'No space left on device'
}

image_on_a_full_disk()
{
	may_mount
	for stage in rootfs-base rootfs distro; do
		id=$(stage_id "$stage")
		rm -rf "build/out/stage/$id/rootfs.img" "build/out/keep/stage/$id"
		no_room_at "out/stage/$id" "out/stage/$id/rootfs.img"
		! grep '^out/stage/.*/rootfs\.img' build.log || fail "half an image"
		assert_missing "build/out/stage/$id/rootfs.img"
		nothing_half_made
		build
		settled
		unchanged_bytes
	done
}

publish_on_a_full_disk()
{
	may_mount
	cp -a build/images saved.images
	for image in hello.img hello-bin; do
		no_room_at images "images/$image"
		! grep -qx "images/$image.*" build.log || fail "half of $image"
	done
	build
	settled
	unchanged_bytes
}

too_small()
{
	printf '{ "name": "small", "base": "busybox", "overlay": "overlay", "rootfs-size": "280MiB" }\n' \
		>hello/small.json
	mkdir -p hello/small/overlay
	yes | head -c 300000000 >hello/small/overlay/large
	generate ../hello/small.json
	build_fails
	assert_has build.log 'too small'
	needed=$(sed -n 's/.*\(needs\|needed\|at least\)[^0-9]*\([0-9]*\).*/\2/p' build.log | head -n 1)
	[ -n "$needed" ] || { cat build.log; fail "it does not say how much is needed"; }
	assert_missing build/images/small.img
	nothing_half_made
	sed -i 's/280MiB/600MiB/' hello/small.json
	build
	assert_eq "$(stat -c %s build/images/small.img)" $((600 << 20)) "size"
	generate ../hello/parent.json ../hello/hello.json
	settled
	unchanged_bytes
}

test_case "start from the built base" from_settled_base
test_case "no flex: its package is named" compile_tool flex flex kconfig
test_case "no cross compiler" compile_tool riscv64-linux-gnu-gcc gcc-riscv64-linux-gnu kconfig
test_case "no cross compiler for busybox" compile_tool riscv64-linux-gnu-gcc gcc-riscv64-linux-gnu busybox
test_case "no cross linker for the firmware" compile_tool riscv64-linux-gnu-ld binutils-riscv64-linux-gnu firmware
test_case "no bison, then there is one" comes_back
test_case "no mke2fs, then there is one" no_mke2fs
test_case "no depmod, then there is one" no_depmod
test_case "no QEMU" no_qemu
test_case "no ninja" no_ninja
test_case "a kernel tree that is missing, is none, or was built in" no_kernel_tree
test_case "a spec that is wrong stops ninja, and the images stay" wrong_spec_stops_the_build
test_case "a build.ninja of others is left alone" foreign_build_file
test_case "an out/ of others is left alone" foreign_out
test_case "images of others are left alone" foreign_image
test_case "a module that does not compile, then does" module_does_not_compile
test_case "a module that makes another name" module_of_another_name
test_case "generation on a full disk" generation_on_a_full_disk
test_case "an image on a full disk" image_on_a_full_disk
test_case "publishing on a full disk" publish_on_a_full_disk
test_case "a rootfs-size that is too small" too_small
finish
