#!/bin/sh
# SPDX-License-Identifier: MIT
# The graph that fmgen writes. graph/NAME/ has the specs, an optional file `args` (arguments, one a
# line; `./NAME.json` by default) and expected/, all text that was written, byte for byte.
. "${0%/*}/../lib/golden.sh"

# Generates from a copy of graph/NAME into ./build.
generate() # NAME
{
	cp -R "$golden/graph/$1/." .
	rm -rf expected
	set -- "./$1.json"
	if [ -e args ]; then
		set --
		while IFS= read -r word; do set -- "$@" "$word"; done <args
	fi
	"$fmgen" --builddir build "$@"
}

# Copies what is to be compared to ./got: not times, hashes of inputs, nor links to the program.
collect()
{
	rm -rf got
	(cd build && find build.ninja out -type f ! -path 'out/keep/*' ! -path 'out/tree/*' \
		! -name .gitignore ! -name inputs ! -name changed ! -name cache ! -name '*.stamp') | LC_ALL=C sort |
		while IFS= read -r file; do
			mkdir -p "got/$(dirname "$file")"
			neutral <"build/$file" >"got/$file"
		done
}

as_expected() # NAME
{
	generate "$1"
	collect
	expected=$golden/graph/$1/expected
	if [ -n "${GOLDEN_UPDATE-}" ]; then
		rm -rf "$expected"
		cp -R got "$expected"
	else
		[ -d "$expected" ] || fail "$expected is missing: make golden-update writes it"
		diff -ru "$expected" got || fail "the graph of $1 differs"
	fi
}

# The same again at another place, in a directory with other neighbours.
same_elsewhere() # NAME
{
	mkdir one two two/zzz
	(cd one && generate "$1" && collect)
	(cd two && mkdir deeper && cd deeper && generate "$1" && collect)
	diff -ru one/got two/deeper/got || fail "the graph depends on its place"
}

ninja_reads_it() # NAME
{
	need ninja
	generate "$1"
	cd build
	ninja -f out/graph.ninja -n >log || { tail log; fail "ninja cannot use the graph"; }
	[ -n "$(ninja -f out/graph.ninja -t targets all)" ] || fail "no targets"
}

# Written anew from the same specs, no file gets a new time.
second_time() # NAME
{
	generate "$1"
	(cd build && find . -type f ! -name '*.stamp' ! -name changed -printf '%p %T@\n' | sort) >before
	generate "$1"
	(cd build && find . -type f ! -name '*.stamp' ! -name changed -printf '%p %T@\n' | sort) >after
	assert_same after before
}

for dir in "$golden"/graph/*/; do
	[ -d "$dir" ] || continue
	name=$(basename "$dir")
	test_case "$name is as expected" as_expected "$name"
	test_case "$name is the same elsewhere" same_elsewhere "$name"
	test_case "$name is left alone the second time" second_time "$name"
	test_case "$name is a graph for ninja" ninja_reads_it "$name"
done
finish
