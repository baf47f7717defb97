#!/bin/sh
# SPDX-License-Identifier: MIT
# What somebody deletes below a build directory comes back as it was, or is made again, and nothing
# else runs.
# shellcheck disable=SC2016
. "${0%/*}/../lib/stub.sh"
shared_dir=1

start()
{
	build_family
	(cd build/out/stage && find . -mindepth 1 -type d ! -path './*/*' | sort) >stages
	(cd build/out/keep/stage && find . -mindepth 1 -type d | sort) >twins
	assert_same twins stages
}

# The stages that the last build ran, by name, and whether something was published.
ran()
{
	sed -nE 's/^(\[[^]]*\] )?[[:space:]]*([A-Z]+)[[:space:]]+([a-z-]+)-[0-9a-f]{16}$/\3/p
		s/^(\[[^]]*\] )?[[:space:]]*PUBLISH.*/publish/p' build.log | sort -u | tr '\n' ' '
}

# deletes COMMANDS EXPECTED: after the commands and a build, these stages ran, and no byte changed
deletes()
{
	find build/images build/out/stage -type f ! -name '*.lock' -exec sha256sum {} + | sort >before
	(cd build && eval "$1")
	build
	assert_eq "$(ran)" "$2" "stages that ran"
	sha256sum -c --quiet before
	build
	assert_has build.log "$idle"
}

gone() # TITLE COMMANDS EXPECTED
{
	title=$1
	shift
	test_case "$title" deletes "$@"
}

each_output()
{
	for out in $(cd build && find out/stage -type f ! -name '*.lock'); do
		stat -c '%y %h' "build/$out" >before
		rm "build/$out"
		build
		assert_has build.log "$idle"
		stat -c '%y %h' "build/$out" >after
		assert_same after before
	done
}

changed_meanwhile()
{
	echo x >>src/parent/overlay/etc/motd
	(cd build && rm out/stage/rootfs*/rootfs.img)
	build
	assert_eq "$(ran)" 'publish rootfs rootfs-base '
}

left_the_graph()
{
	cp src/family.json saved
	old=$(echo build/out/keep/stage/rootfs-base-*)
	sed -i '/overlay/d' src/parent.json
	build
	assert_missing "$old"
	assert_exists "build/out/stage/${old##*/}/rootfs.img"
}

half_files()
{
	for dir in . out out/args out/tree out/was out/cache; do
		touch -d '2 minutes ago' "build/$dir/.tmp-aaaaaa"
	done
	: >build/out/.tmp-young
	generate src/family.json
	find build -name '.tmp-*' >left
	assert_eq "$(cat left)" build/out/.tmp-young
}

test_case "first build" start
gone "published files" 'rm -r images' 'publish '
gone "one published file" 'rm images/family-bin' 'publish '
gone "all manifests" 'rm -r out/tree' ''
gone "all parameters" 'rm -r out/args' ''
gone "all outputs" 'find out/stage -name "*.*" ! -name "*.lock" -type f -exec rm {} +' ''
test_case "outputs, one by one, come back with their time" each_output
gone "all twins" 'rm -r out/keep' ''
# Ninja takes an output that it did not find for changed: readers run once, and stop there.
gone "twins again, after outputs ran" 'rm out/stage/rootfs-base-*/rootfs.img' 'rootfs rootfs-base '
gone "what a kernel keeps" 'rm -r out/stage/kernel-*/O' 'initramfs kernel link module '
gone "what the firmware keeps" 'rm -r out/stage/firmware-*/O' 'bin firmware '
gone "the directory of a stage" 'rm -r out/stage/module-*/' 'initramfs module '
gone "an output and an edit that is undone" \
	'rm out/stage/bin-*/bin; echo "# x" >>../src/parent/one.config; $generator >../build.log; sed -i "\$d" ../src/parent/one.config' \
	'kconfig '
test_case "an output, and what it is made from changed" changed_meanwhile
test_case "a stage that left the graph keeps its files, not their twins" left_the_graph
test_case "what killed processes left goes with the next generation" half_files
finish
