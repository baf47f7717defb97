#!/bin/sh
# SPDX-License-Identifier: MIT
# After one edit, exactly what it touches runs.
. "${0%/*}/../lib/e2e.sh"
shared_dir=1

touch_nothing()
{
	touch hello/parent/overlay/etc/motd hello/parent/linux.config hello/parent/run.sh hello/parent.json
	settled
}

reformat_spec()
{
	cp hello/parent.json saved
	tr -d '\n' <saved >hello/parent.json
	build
	ran_nothing
	cp saved hello/parent.json
	build
	ran_nothing
	settled
	unchanged_bytes
}

# edit of parent's overlay: the images of parent and of its child
overlay_edit()
{
	"$@"
	build
	ran_only rootfs-base rootfs
	settled
}

edit_file() { echo 'edited' >>hello/parent/overlay/etc/motd; }
add_file() { echo new >hello/parent/overlay/etc/new; }
delete_file() { rm hello/parent/overlay/etc/new; }
change_mode() { chmod 750 hello/parent/overlay/etc; }
add_link() { ln -s motd hello/parent/overlay/etc/link; }
retarget_link() { ln -sf passwd hello/parent/overlay/etc/link; }
add_directory() { mkdir hello/parent/overlay/empty; }

deleted_file_is_gone()
{
	overlay_edit delete_file
	for image in parent hello; do
		image_file "$image" /etc/new >new
		[ ! -s new ] || fail "/etc/new is still in $image.img"
	done
}

undo_overlay()
{
	rm -r hello/parent/overlay/empty hello/parent/overlay/etc/link
	chmod 755 hello/parent/overlay/etc
	sed -i '$d' hello/parent/overlay/etc/motd
	build
	ran_only rootfs-base rootfs
	unchanged_bytes
}

run_script()
{
	cp hello/parent/run.sh saved
	sed -i 's/was given/got/' hello/parent/run.sh
	build
	ran_only rootfs rootfs-base
	cp saved hello/parent/run.sh
	build
	unchanged_bytes
}

launch_options()
{
	cp hello/hello.json saved
	sed -i 's/"name"/"mem": "300MiB", "cpus": 1, "name"/' hello/hello.json
	build
	ran_nothing
	cp saved hello/hello.json
	build
	ran_nothing
}

fragment_comment()
{
	echo '# a comment' >>hello/parent/linux.config
	build
	ran_only kconfig
	sed -i '$d' hello/parent/linux.config
	build
	ran_only kconfig
	unchanged_bytes
}

init_edit()
{
	# the data directory is fmgen's own: a copy of it is edited
	mkdir -p prefix/bin prefix/share/fmgen
	cp "$fmgen" prefix/bin/fmgen
	cp -R "$data/boards" "$data/initramfs" "$data/scripts" "$data/templates" prefix/share/fmgen
	chmod -R u+w prefix
	(cd build && ../prefix/bin/fmgen ../hello/parent.json ../hello/hello.json)
	build
	ran_nothing
	echo '# edited' >>prefix/share/fmgen/initramfs/disk/init
	build
	ran_only initramfs link bin
	sed -i '$d' prefix/share/fmgen/initramfs/disk/init
	build
	ran_only initramfs link bin
	unchanged_bytes
	generate ../hello/parent.json ../hello/hello.json
	settled
}

module_edit()
{
	sed -i 's/Hello from/Greetings from/' hello/modules/fmgen_hello/fmgen_hello.c
	build parent
	ran_only module initramfs link bin
	build hello
	ran_nothing
	assert_same build/images/parent-bin build/images/hello-bin
	boots hello 'Greetings from a module'
	sed -i 's/Greetings from/Hello from/' hello/modules/fmgen_hello/fmgen_hello.c
	build
	unchanged_bytes
}

firmware_arguments()
{
	cp hello/parent.json saved
	sed -i 's|"run"|"firmware": {"opensbi-build-args": "FW_OPTIONS=1"}, "run"|' hello/parent.json
	build
	ran_only firmware bin
	assert_same build/images/parent-bin build/images/hello-bin
	launch hello
	assert_eq "$status" 0
	assert_lacks launch.log OpenSBI
	cp saved hello/parent.json
	build
	unchanged_bytes
}

deleted_outputs()
{
	rm -f build/images/hello-bin
	build
	ran_nothing
	rm -f build/out/tree/*
	build
	ran_nothing
	rm -f build/out/args/*
	build
	ran_nothing
	unchanged_bytes
	settled
}

launch_of_parent()
{
	boots parent 'parent was given 2 words:'
	settled
	unchanged_bytes
}

moved_checkout()
{
	mkdir moved
	mv hello build moved
	(cd moved && settled && cd build && sha256sum ../../sums >/dev/null)
	mv moved/hello moved/build .
	settled
}

test_case "start from the built base" from_settled_base
test_case "touch: nothing" touch_nothing
test_case "reformat a spec: nothing" reformat_spec
test_case "edit a file of an overlay" overlay_edit edit_file
test_case "add a file" overlay_edit add_file
test_case "delete a file: it is gone from both images" deleted_file_is_gone
test_case "chmod a directory" overlay_edit change_mode
test_case "add a link" overlay_edit add_link
test_case "retarget a link" overlay_edit retarget_link
test_case "add an empty directory" overlay_edit add_directory
test_case "undo all that: the first bytes" undo_overlay
test_case "edit the run script" run_script
test_case "change mem and cpus: nothing" launch_options
test_case "a comment in a fragment: only kconfig" fragment_comment
test_case "edit the initramfs' init" init_edit
test_case "edit a module, build the parent, then the child" module_edit
test_case "change the firmware's arguments" firmware_arguments
test_case "delete outputs, manifests, parameter files" deleted_outputs
test_case "a launch changes no build output" launch_of_parent
test_case "a moved checkout has nothing to build" moved_checkout
finish
