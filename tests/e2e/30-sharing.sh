#!/bin/sh
# SPDX-License-Identifier: MIT
# Workloads that differ in their overlays share all that makes the binary.
. "${0%/*}/../lib/e2e.sh"
shared_dir=1

start()
{
	from_base
	for i in $(seq 20); do
		mkdir -p "hello/w$i/overlay/etc"
		echo "workload $i" >"hello/w$i/overlay/etc/number"
		printf '{"name": "w%s", "base": "parent.json", "overlay": "overlay"}\n' "$i" >"hello/w$i.json"
	done
	# shellcheck disable=SC2046
	generate $(seq -f '../hello/w%g.json' 20)
}

# From an empty out/ but for the kernel's objects, so that every stage has to run.
one_of_each()
{
	kernels=$(find build/out/stage -maxdepth 1 -name 'kernel-*' -type d)
	find build/out/stage -mindepth 1 -maxdepth 1 -type d ! -name 'kernel-*' -exec rm -rf {} +
	build
	for stage in KERNEL LINK BIN FIRMWARE CPIO BUSYBOX MODULE; do
		n=$(grep -cE "[[:space:]]${stage}[[:space:]]" build.log || :)
		[ "$stage" = KERNEL ] || assert_eq "$n" 1 "times that $stage ran"
		[ "$n" -le 1 ] || fail "$stage ran $n times"
	done
	assert_eq "$(grep -cE '[[:space:]]IMAGE[[:space:]]+rootfs-base' build.log)" 21 "images"
	[ -n "$kernels" ]
	settled
}

binaries_are_links()
{
	for i in $(seq 2 20); do
		assert_eq "$(stat -c %i "build/images/w$i-bin")" "$(stat -c %i build/images/w1-bin)" "inode of w$i-bin"
	done
}

each_has_its_own_file()
{
	for i in 1 7 20; do
		assert_eq "$(image_file "w$i" /etc/number)" "workload $i"
	done
}

# One edit, one image.
one_edit()
{
	echo again >hello/w7/overlay/etc/number
	build
	ran_only rootfs-base
	assert_eq "$(grep -c IMAGE build.log)" 1 "images made"
	assert_eq "$(image_file w7 /etc/number)" again
}

test_case "twenty children of one parent" start
test_case "one kernel, one link, one firmware, twenty images" one_of_each
test_case "their binaries are one file" binaries_are_links
test_case "each image has its own overlay" each_has_its_own_file
test_case "an edit of one overlay makes one image" one_edit
finish
