#!/bin/sh
# SPDX-License-Identifier: MIT
# The rows of the table that have other workloads, other builds or scripts of the host beside the
# edit.
. "${0%/*}/../lib/matrix.sh"

binary='p:module p:initramfs p:link p:bin'
images='p:rootfs-base p:rootfs c:rootfs'

edit_both()
{
	sed -i 's/Hello from/Greetings from/' src/p/module/fmgen_hello.c
	echo edited >>src/p/overlay/etc/motd
}

# 21
two_jobs()
{
	begin_edit
	cat >src/j.json <<-'END'
	{ "name": "j", "base": "p.json", "jobs": [
	  { "name": "one", "command": "echo one" }, { "name": "two", "command": "echo two" } ] }
	END
	add_spec j
	runs all j-one:rootfs j-two:rootfs
	sed -i 's/echo one/echo 1/' src/j.json
	runs all j-one:rootfs
	has_settled build
	fresh_is_equal
	undo
	first_again
}

# 23: whichever of the two is edited, the other's image stays.
two_overlays()
{
	begin_edit
	mkdir -p src/p/other/etc
	echo 'the overlay of q' >src/p/other/etc/motd
	sed 's/"name": "p"/"name": "q", "workdir": "p"/; s/"overlay": "overlay"/"overlay": "other"/' \
		src/p.json >src/q.json
	add_spec q
	runs all q:rootfs-base q:rootfs
	assert_eq "$(stat -c %i build/images/q-bin)" "$(stat -c %i build/images/p-bin)" "inode of q-bin"
	echo edited >>src/p/other/etc/motd
	runs all q:rootfs-base q:rootfs
	echo edited >>src/p/overlay/etc/motd
	# shellcheck disable=SC2086
	runs all $images
	has_settled build
	fresh_is_equal
	undo
	first_again
}

# both DIRECTORY TARGET DIRECTORY TARGET: two builds at once
both()
{
	tool "$1" "$2" >first.log 2>&1 &
	first=$!
	tool "$3" "$4" >second.log 2>&1 || { cat second.log; fail "$generator $4"; }
	wait "$first" || { cat first.log; fail "$generator $2"; }
}

# 24
one_directory()
{
	begin_edit
	edit_both
	both build p build c
	build_in build
	has_settled build
	# shellcheck disable=SC2086
	fresh_is_equal $binary
	both build c build p
	has_settled build
	undo
	first_again
}

two_directories()
{
	begin_edit
	rm -rf beside
	cp -a build beside
	edit_both
	both build all beside all
	has_settled build
	has_settled beside
	published beside >sums.beside
	published build >sums.now
	assert_same sums.now sums.beside
	rm -rf beside
	# shellcheck disable=SC2086
	fresh_is_equal $binary
	undo
	first_again
}

# 27: at some points of a build; tests/e2e/70-interrupt.sh has each stage and each way
interrupt()
{
	begin_edit
	edit_both
	for signal in INT KILL; do
		for seconds in 0.4 1.2 2.5; do
			(cd build && exec setsid env --default-signal=INT "$generator" -j2) >killed.log 2>&1 &
			group=$!
			sleep "$seconds"
			kill "-$signal" "-$group" 2>/dev/null || :
			wait "$group" || :
		done
	done
	build_in build
	has_settled build
	# shellcheck disable=SC2086
	fresh_is_equal $binary
	undo
	first_again
}

# 28, 29: p's host-init writes a file of its overlay.
host_init()
{
	begin_edit
	printf '#!/bin/sh\ncp input overlay/etc/made\n' >src/p/host.sh
	chmod 755 src/p/host.sh
	echo one >src/p/input
	sed -i 's/"run":/"host-init": "host.sh", &/' src/p.json
	build_in build
	assert_eq "$(image_file c /etc/made)" one
	echo two >src/p/input
	runs p p:host-init p:rootfs-base p:rootfs
	assert_eq "$(image_file p /etc/made)" two
	runs c p:host-init c:rootfs
	assert_eq "$(image_file c /etc/made)" two
}

same_bytes()
{
	runs p p:host-init
	runs all p:host-init
	# What is in the directory of a host-init has a manifest behind it.
	fresh_is_equal p:kconfig p:kernel
	undo
	first_again
}

start_chain
test_case "21 change the command of one of two jobs" two_jobs
test_case "23 two workloads equal but for the overlay" two_overlays
test_case "24 two builds at the same time in one directory" one_directory
test_case "24 two build directories on the same sources" two_directories
test_case "27 interrupt a build" interrupt
test_case "28 host-init changes a file of the overlay" host_init
test_case "29 host-init writes the same bytes again" same_bytes
finish
