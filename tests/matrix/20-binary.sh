#!/bin/sh
# SPDX-License-Identifier: MIT
# The rows of the table whose edits reach the boot binary. Kernels are only compiled a little.
. "${0%/*}/../lib/matrix.sh"

share=src/fmgen/share/fmgen

firmware_arguments() { sed -i 's/FW_OPTIONS=0/FW_OPTIONS=1/' src/p.json; }
option() { sed -i 's/"-two"/"-three"/' src/p/two.config; }
overruled_option() { sed -i 's/"-one"/"-zero"/' src/p/one.config; }
busybox_option() { sed -i 's/^CONFIG_FEATURE_COPYBUF_KB=.*/CONFIG_FEATURE_COPYBUF_KB=8/' "$share/initramfs/busybox.config"; }
comment() { echo '# a comment' >>src/p/two.config; }
swap_fragments() { sed -i 's/"one.config", "two.config"/"two.config", "one.config"/' src/p.json; }
module_source() { sed -i 's/Hello from/Greetings from/' src/p/module/fmgen_hello.c; }
module_comment() { echo '/* a comment */' >>src/p/module/fmgen_hello.c; }
remove_module() { sed -i '/"modules"/d; s/"two.config"\],/"two.config"]/' src/p.json; }
module_null() { sed -i 's/"name"/"linux": {"modules": {"fmgen_hello": null}}, "name"/' src/c.json; }
after_remove_module() { ! grep -q 'Hello from a module' build/images/p-bin || fail "the driver is still there"; }
after_module_null() { ! grep -q 'Hello from a module' build/images/c-bin || fail "the driver is still there"; }
init_script() { echo '# edited' >>"$share/initramfs/disk/init"; }
node() { echo 'dir /more 0755 0 0' >>"$share/initramfs/nodes"; }
overlay_and_module()
{
	module_source
	echo edited >>src/p/overlay/etc/motd
}

overlay() { echo edited >>src/p/overlay/etc/motd; }

# Makefiles and linker scripts of the firmware are read again where a payload is linked.
own_firmware()
{
	begin_edit
	cp -RL "$FMGEN_CACHE/opensbi" src/p/opensbi
	chmod -R u+w src/p/opensbi
	sed -i 's|"firmware": {|& "opensbi-src": "opensbi",|' src/p.json
	build_in build
	sed -i 's/PROVIDE(_fw_end = .);/. += 4096;\n&/' src/p/opensbi/firmware/fw_base.ldS
	cmp -s src/p/opensbi/firmware/fw_base.ldS "$FMGEN_CACHE/opensbi/firmware/fw_base.ldS" && fail "no edit"
	cp build/images/p-bin before
	runs c p:firmware p:bin
	! cmp -s before build/images/c-bin || fail "the binary is as before"
	undo
}

# 15: the parent alone; its child then has nothing to make.
parent_first()
{
	begin_edit
	module_source
	runs p p:module p:initramfs p:link p:bin
	runs c
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
	grep -q 'WRITTEN BY THE GUEST' build/state/p.img || fail "the guest has not written"
	has_settled build
	first_again
	begin_edit
	overlay
	runs 'all' p:rootfs-base p:rootfs c:rootfs
	for name in p c; do
		[ -z "$(image_file "$name" /etc/written)" ] || fail "$name.img has what the guest wrote"
	done
	undo
	first_again
}

# 25: with the root file system in the initramfs, too.
memory_row() # EDIT STAGE...
{
	targets='all c-nodisk'
	build_in build all c-nodisk
	published build >sums
	run_row "$@"
	rm build/images/*-nodisk*
	published build >sums
}

start_chain
row "8 change the firmware's arguments" firmware_arguments p:firmware p:bin
test_case "8 edit a linker script of the firmware" own_firmware
row "9 change the configuration" option p:kconfig p:kernel p:module p:initramfs p:link p:bin
row "9 change an option that a later fragment overrules" overruled_option p:kconfig
row "10 a comment in a fragment" comment p:kconfig
row "11 swap two fragments" swap_fragments p:kconfig p:kernel p:module p:initramfs p:link p:bin
row "15 edit a module" module_source p:module p:initramfs p:link p:bin
row "15 a comment in a module" module_comment p:module
test_case "15 edit a module, build the parent, then the child" parent_first
row "16 remove a module" remove_module p:initramfs p:link p:bin
row "16 set an inherited module to null" module_null c:initramfs c:link c:bin
row "17 edit the initramfs' init" init_script p:initramfs p:link p:bin
row "17 change the configuration of busybox" busybox_option \
	busybox-base:busybox busybox-base:distro p:rootfs-base p:rootfs c:rootfs p:initramfs p:link p:bin
row "17 add a node to the initramfs" node p:initramfs p:link p:bin
test_case "22 launch the parent: nothing" launch_parent
test_case "25 in memory: edit a module" memory_row module_source \
	p:module p:initramfs p:link p:bin c:initramfs c:link c:bin
test_case "25 in memory: edit the overlay" memory_row overlay \
	p:rootfs-base p:rootfs c:rootfs c:initramfs c:link c:bin
row "30 two edits at once" overlay_and_module \
	p:module p:initramfs p:link p:bin p:rootfs-base p:rootfs c:rootfs
finish
