#!/bin/sh
# SPDX-License-Identifier: MIT
# The rows of the table whose edits touch images alone, or nothing.
. "${0%/*}/../lib/matrix.sh"

touch_files()
{
	sleep 0.01
	touch src/p.json src/p/overlay/etc/motd src/p/two.config src/p/run.sh src/p/file.txt src/p/module/*
}
edit_file() { echo edited >>src/p/overlay/etc/motd; }
same_size() { sed -i 's/overlay/OVERLAY/' src/p/overlay/etc/motd; }
edit_listed_file() { echo edited >>src/p/file.txt; }
add_file() { echo new >src/p/overlay/etc/new; }
delete_file() { rm src/p/overlay/etc/deep/file; }
chmod_file() { chmod 600 src/p/overlay/etc/motd; }
chmod_directory() { chmod 750 src/p/overlay/etc/deep; }
add_link() { ln -s motd src/p/overlay/etc/link; }
delete_link() { rm src/p/overlay/opt/link; }
retarget_link() { ln -sfn ../etc/passwd src/p/overlay/opt/link; }
add_directory() { mkdir src/p/overlay/empty; }
file_to_directory()
{
	rm src/p/overlay/etc/motd
	mkdir src/p/overlay/etc/motd
}
older_file()
{
	echo 'from an archive' >src/p/overlay/etc/motd
	touch -d 2001-02-03 src/p/overlay/etc/motd
}
append_newline() { echo >>src/p.json; }
join_lines()
{
	tr -d '\n' <src/p.json >joined
	mv joined src/p.json
}
reorder_keys() { sed -i '/"name"/d; s/^}/, "name": "p" }/' src/p.json; }
child_memory() { sed -i 's/"name"/"mem": "300MiB", "cpus": 1, "name"/' src/c.json; }
parent_memory() { sed -i 's/"name"/"mem": "300MiB", "cpus": 1, "name"/' src/p.json; }
qemu_arguments() { sed -i 's/"name"/"qemu-args": "-d guest_errors", "name"/' src/c.json; }
run_script() { sed -i 's/was given/got/' src/p/run.sh; }
run_arguments() { sed -i 's/and two/and three/' src/p.json; }
child_command() { sed -i 's/uname -r/uname -a/' src/c.json; }

after_delete_file()
{
	for name in p c; do
		[ -z "$(image_file "$name" /etc/deep/file)" ] || fail "the file is still in $name.img"
	done
}

start_chain
row "1 touch an overlay's file, a fragment, a script: nothing" touch_files
row "2 edit a file of the overlay" edit_file p:rootfs-base p:rootfs c:rootfs
# What makes the binary is as in the chain: no row below lets it run.
lent="$lent module initramfs link bin distro"
row "2 edit it without changing its size" same_size p:rootfs-base p:rootfs c:rootfs
row "2 edit a file that is listed" edit_listed_file p:rootfs-base p:rootfs c:rootfs
row "3 add a file to the overlay" add_file p:rootfs-base p:rootfs c:rootfs
row "4 delete a file of the overlay" delete_file p:rootfs-base p:rootfs c:rootfs
row "5 chmod a file" chmod_file p:rootfs-base p:rootfs c:rootfs
row "5 chmod a directory" chmod_directory p:rootfs-base p:rootfs c:rootfs
row "6 add a link" add_link p:rootfs-base p:rootfs c:rootfs
row "6 delete a link" delete_link p:rootfs-base p:rootfs c:rootfs
row "6 retarget a link" retarget_link p:rootfs-base p:rootfs c:rootfs
row "6 a file becomes a directory" file_to_directory p:rootfs-base p:rootfs c:rootfs
row "7 add an empty directory" add_directory p:rootfs-base p:rootfs c:rootfs
row "12 append a newline to a spec: nothing" append_newline
row "12 reformat a spec: nothing" join_lines
row "12 reorder its keys: nothing" reorder_keys
row "13 change mem and cpus of the child: nothing" child_memory
row "13 change mem and cpus of the parent: nothing" parent_memory
row "13 change the simulator's arguments: nothing" qemu_arguments
row "14 change the run script" run_script p:rootfs c:rootfs
row "14 change its arguments" run_arguments p:rootfs c:rootfs
row "21 change the child's command" child_command c:rootfs
row "31 replace an overlay's file by an older one" older_file p:rootfs-base p:rootfs c:rootfs
finish
