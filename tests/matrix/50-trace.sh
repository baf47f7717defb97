#!/bin/sh
# SPDX-License-Identifier: MIT
# Each edge opens no file of the specs, of fmgen's data, of the sources or of another stage that it
# does not depend on. Compiles of kernels, busybox and firmware are traced by tests/trace/compiles.
. "${0%/*}/../lib/matrix.sh"

# The trees behind manifests, as lines ID KIND PATH, with all links followed.
list_trees()
{
	while IFS='	' read -r id kind _ path; do
		case $path in
		@*)	root=${path%%/*}
			rest=${path#"$root"}
			root=$(sed -n "s/^${root#@}	//p" build/out/roots)
			path=$(cd build && realpath -m "$root$rest") ;;
		*)	path=$(cd build && realpath -m "$path") ;;
		esac
		echo "$id $kind $path"
	done <build/out/trees >trees
}

# trace ID OUTPUT: runs one edge again; what it opened and must not have, is added to strays
trace()
{
	rm -f "build/$2"
	[ "${1%-*}" != kernel ] || rm -rf "build/out/stage/$1/O"
	(cd build && NINJA_STATUS='' strace -f -y -qq -e trace=open,openat -e signal=none \
		-o ../trace ninja -f out/graph.ninja "$2") >build.log 2>&1 || { cat build.log; fail "$1"; }
	grep -v '\.ninja\(_log\|_deps\)\{0,1\}>' trace >trace.edge
	awk -v id="$1" -v build="$work/build" -v watch="$work/src $FMGEN_CACHE" \
		-f "$srcdir/tests/lib/strays.awk" build/out/graph.json trees trace.edge >>strays
}

# Whether the trace sees what an edge reads: without its inputs, all of it is stray.
sees_strays()
{
	grep -v p/overlay trees >fewer
	trace "$1" "$2"
	awk -v id="$1" -v build="$work/build" -v watch="$work/src $FMGEN_CACHE" \
		-f "$srcdir/tests/lib/strays.awk" build/out/graph.json fewer trace.edge >fewer.strays
	assert_has fewer.strays p/overlay/etc/motd
}

trace_stage() # STAGE
{
	: >strays
	traced=
	sed -nE "s/.*\"id\": \"($1-[0-9a-f]{16})\".*\"outputs\": \[\"([^\"]*)\".*/\1 \2/p" \
		build/out/graph.json >edges
	while read -r id output; do
		[ -e "build/$output" ] || continue
		traced=1
		trace "$id" "$output"
		[ "$1" != rootfs-base ] || sees_strays "$id" "$output"
	done <edges
	[ -n "$traced" ] || fail "there is no $1"
	[ ! -s strays ] || { cat strays; fail "not among the inputs"; }
}

copy_and_list()
{
	need strace
	copy_chain
	add_guest_init
	list_trees
}

test_case "start from the built chain" copy_and_list
for stage in ${STAGES:-distro rootfs-base rootfs guest-init module initramfs link bin}; do
	test_case "$stage reads only its inputs" trace_stage "$stage"
done
finish
