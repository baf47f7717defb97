#!/bin/sh
# SPDX-License-Identifier: MIT
# Two builds from nothing, in directories of other names and at other times, give the same bytes.
. "${0%/*}/../lib/e2e.sh"
shared_dir=1
there=some/where/else

build_elsewhere()
{
	ensure_base
	mkdir -p "$there/build"
	cp -R "$srcdir/examples/hello" "$there/hello"
	find "$there/hello" -exec touch -d '2001-02-03' {} +
	cd "$there"
	generate ../hello/parent.json ../hello/hello.json
	build -j1 all hello-nodisk
	settled
}

# All that generation writes, and the manifests; out/inputs names what was read from this machine.
graph_files_are_equal()
{
	assert_same "$there/build/out/generated" "$base/build/out/generated"
	grep -q '^out/args/kernel-' "$base/build/out/generated" || fail "no parameter file is listed"
	while read -r file; do
		assert_same "$there/build/$file" "$base/build/$file"
	done <"$base/build/out/generated"
	cut -f 1 "$base/build/out/trees" | while read -r id; do
		assert_same "$there/build/out/tree/$id" "$base/build/out/tree/$id"
	done
}

no_absolute_path()
{
	for file in build.ninja out/graph.ninja out/trees.ninja out/wl/*.ninja; do
		for one in "$base"/build/$file; do
			assert_lacks "$one" "$base"
			assert_lacks "$one" "$data"
		done
	done
}

published_files_are_equal()
{
	(cd "$base" && cp -a --reflink=auto hello build "$work/")
	build hello-nodisk
	(cd build/images && sha256sum ./*) >sums
	assert_eq "$(wc -l <sums)" 8 "published files"
	(cd "$there/build/images" && sha256sum -c --quiet "$work/sums")
}

generated_twice()
{
	(cd build && find build.ninja out -type f ! -path 'out/stage/*/*' ! -path 'out/cache/*' ! -name '*.stamp' ! -name '.ninja*' \
		-exec sha256sum {} +) >generated
	generate ../hello/parent.json ../hello/hello.json
	(cd build && sha256sum -c --quiet ../generated)
}

test_case "a build elsewhere, from nothing, one command at a time" build_elsewhere
test_case "its graph files are the same" graph_files_are_equal
test_case "no graph file has an absolute path" no_absolute_path
test_case "its binaries and images are the same" published_files_are_equal
test_case "fmgen twice writes the same files" generated_twice
finish
