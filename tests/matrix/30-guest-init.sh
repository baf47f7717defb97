#!/bin/sh
# SPDX-License-Identifier: MIT
# The rows of the table on a parent that has a guest-init: it boots again where its binary, its
# machine, its script or what lies below it changed, and for nothing else. Images behind that boot
# are compared as trees.
. "${0%/*}/../lib/matrix.sh"

lent="$lent module initramfs link bin distro"
again='p:guest-init p:rootfs c:rootfs'
binary='p:initramfs p:link p:bin'

start()
{
	copy_chain
	add_guest_init
	has_settled build
	: >as_trees
	published build >sums
}

edit_overlay() { echo edited >>src/p/overlay/etc/motd; }
touch_files() { touch src/p/init.sh src/p/overlay/etc/motd; }
edit_script() { sed -i 's/made by/written by/' src/p/init.sh; }
script_arguments() { sed -i 's/init.sh once/init.sh twice/' src/p.json; }
parent_memory() { sed -i 's/"name"/"mem": "300MiB", "name"/' src/p.json; }
child_memory() { sed -i 's/"name"/"mem": "300MiB", "name"/' src/c.json; }
run_script() { sed -i 's/was given/got/' src/p/run.sh; }
module_source() { sed -i 's/Hello from/Greetings from/' src/p/module/fmgen_hello.c; }
init_script() { echo '# edited' >>src/fmgen/share/fmgen/initramfs/disk/init; }
comment() { echo '# a comment' >>src/p/two.config; }

# 26: what is deleted by hand comes back, and nothing runs.
delete_output()
{
	undo
	cut -f 2 build/out/outputs | tr ' ' '\n' | while read -r out; do
		[ -f "build/$out" ] || continue
		rm "build/$out"
		has_settled build
		assert_exists "build/$out"
	done
	first_again
}

delete_small_files()
{
	rm build/images/c-bin build/images/p.img
	runs all
	rm build/out/tree/*
	runs all
	rm build/out/args/*
	runs all
	first_again
	has_settled build
}

# Where there is no twin either, the stage runs.
forget() # STAGE [OUTPUT]
{
	for stage in build/out/stage/"$1"-*; do
		[ ! -d "$stage" ] || rm -r "$stage${2:+/$2}" "build/out/keep/stage/${stage##*/}"
	done
	build_in build
	case " $(ran_stages build | tr '\n' ' ')" in
	*":$1 "*) ;;
	*) fail "$1 did not run" ;;
	esac
	has_settled build
	first_again
}

test_case "start from the built chain, with a guest-init" start
row "1 touch its script: nothing" touch_files
# shellcheck disable=SC2086
{
	row "2 edit a file of the overlay" edit_overlay p:rootfs-base $again
	row "edit the script of guest-init" edit_script $again
	row "change its arguments" script_arguments $again
	row "13 change the parent's memory" parent_memory $again
	row "13 change the child's memory: nothing" child_memory
	row "10 a comment in a fragment" comment p:kconfig
	row "14 change the run script" run_script p:rootfs c:rootfs
	row "15 edit a module" module_source p:module $binary $again
	row "17 edit the initramfs' init" init_script $binary $again
}
test_case "26 delete each output of a stage: nothing" delete_output
test_case "26 delete what is published, manifests, parameters: nothing" delete_small_files
test_case "26 lose the sum of the kernel and its twin" forget kernel kernel.sum
for stage in module initramfs link firmware bin rootfs-base guest-init rootfs; do
	test_case "26 lose the directory of $stage and its twin" forget "$stage"
done
finish
