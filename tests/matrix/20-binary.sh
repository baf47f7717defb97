#!/bin/sh
# SPDX-License-Identifier: MIT
# The rows of the table whose edits reach the boot binary. Kernels are only compiled a little.
. "${0%/*}/../lib/matrix.sh"

share=src/fmgen/share/fmgen

firmware_arguments() { sed -i 's/FW_OPTIONS=0/FW_OPTIONS=1/' src/p.json; }
option() { sed -i 's/"-two"/"-three"/' src/p/two.config; }
overruled_option() { sed -i 's/"-one"/"-zero"/' src/p/one.config; }
comment() { echo '# a comment' >>src/p/two.config; }
swap_fragments() { sed -i 's/"one.config", "two.config"/"two.config", "one.config"/' src/p.json; }
module_source() { sed -i 's/Hello from/Greetings from/' src/p/module/fmgen_hello.c; }
module_comment() { echo '/* a comment */' >>src/p/module/fmgen_hello.c; }
remove_module() { sed -i '/"modules"/d; s/"two.config"\],/"two.config"]/' src/p.json; }
module_null() { sed -i 's/"name"/"linux": {"modules": {"fmgen_hello": null}}, "name"/' src/c.json; }
init_script() { echo '# edited' >>"$share/initramfs/disk/init"; }
node() { echo 'dir /fmgen/more 755' >>"$share/initramfs/nodes"; }
overlay_and_module()
{
	module_source
	echo edited >>src/p/overlay/etc/motd
}

# Makefiles and linker scripts of the firmware are read again where a payload is linked.
own_firmware()
{
	undo
	cp -a src saved
	cp -RL "$FMGEN_CACHE/opensbi" src/p/opensbi
	chmod -R u+w src/p/opensbi
	sed -i 's|"firmware": {|& "opensbi-src": "opensbi",|' src/p.json
	build_in build
	sed -i 's/PROVIDE(_fw_end = .);/. += 4096;\n&/' src/p/opensbi/firmware/fw_base.ldS
	cmp -s src/p/opensbi/firmware/fw_base.ldS "$FMGEN_CACHE/opensbi/firmware/fw_base.ldS" && fail "no edit"
	cp build/images/p-bin before
	build_in build c
	assert_eq "$(ran_stages build)" "$(words p:firmware p:bin)"
	! cmp -s before build/images/c-bin || fail "the binary is as before"
	undo
}

# 15: the parent alone; its child then has nothing to make.
parent_first()
{
	undo
	cp -a src saved
	module_source
	build_in build p
	assert_eq "$(ran_stages build)" "$(words p:module p:initramfs p:link p:bin)"
	build_in build c
	assert_eq "$(ran_stages build)" ''
	cmp build/images/p-bin build/images/c-bin
	grep -q 'Greetings from a module' build/images/c-bin
	undo
}

# 22: what the guest writes stays in state/.
launch_parent()
{
	undo
	(cd build && timeout -k 10 "$launch_limit" ../src/fmgen/bin/fmgen launch p) >launch.log 2>&1 </dev/null ||
		{ tail -n 60 launch.log; fail "launch of p"; }
	assert_has launch.log 'p was given 2 words: one and two'
	has_settled build
	first_again
}

# 25: with the root file system in the initramfs.
memory_edit() # EDIT STAGE...
{
	undo
	build_in build c-nodisk
	cp -a src saved
	"$1"
	shift
	build_in build c-nodisk
	assert_eq "$(ran_stages build)" "$(words "$@")" "stages that ran"
	has_settled build c-nodisk
	undo
	rm build/images/*-nodisk
}
overlay() { echo edited >>src/p/overlay/etc/motd; }

# 26: one output of each stage, and all of the small files.
delete_output() # STAGE FILE
{
	for file in build/out/stage/"$1"/$2; do
		id=${file%/*}
		id=${id##*/}
		rm "$file"
		build_in build
		assert_eq "$(ran_stages build | sed 's/.*://')" "${id%-*}" "stages that ran without $file"
	done
	first_again
}
delete_small()
{
	rm build/images/c-bin build/images/p.img
	build_in build
	assert_eq "$(ran_stages build)" ''
	rm build/out/tree/*
	build_in build
	assert_eq "$(ran_stages build)" ''
	rm build/out/args/*
	build_in build
	assert_eq "$(ran_stages build)" ''
	first_again
	has_settled build
}
delete_outputs()
{
	undo
	delete_small
	delete_output 'module-*' '*.ko'
	delete_output 'initramfs-*' initramfs.cpio
	delete_output 'link-*' Image
	delete_output 'bin-*' bin
}

start_chain
row "8 change the firmware's arguments" firmware_arguments p:firmware p:bin
test_case "8 edit a linker script of the firmware" own_firmware
row "9 change the configuration" option p:kconfig p:kernel p:module p:initramfs p:link p:bin
row "9 change an option that another fragment overrules" overruled_option p:kconfig
row "10 a comment in a fragment" comment p:kconfig
row "11 swap two fragments" swap_fragments p:kconfig p:kernel p:module p:initramfs p:link p:bin
row "15 edit a module" module_source p:module p:initramfs p:link p:bin
row "15 a comment in a module" module_comment p:module
test_case "15 edit a module, build the parent, then the child" parent_first
row "16 remove a module" remove_module p:initramfs p:link p:bin
row "16 set an inherited module to null" module_null c:initramfs c:link c:bin
row "17 edit the initramfs' init" init_script p:initramfs p:link p:bin
row "17 add a node to the initramfs" node p:initramfs p:link p:bin
test_case "22 launch the parent: nothing" launch_parent
test_case "25 in memory: edit a module" memory_edit module_source \
	p:module c:initramfs c:link c:bin
test_case "25 in memory: edit the overlay" \
	memory_edit overlay p:rootfs-base p:rootfs c:rootfs c:initramfs c:link c:bin
row "30 two edits at once" overlay_and_module \
	p:module p:initramfs p:link p:bin p:rootfs-base p:rootfs c:rootfs
test_case "26 delete outputs" delete_outputs
finish
