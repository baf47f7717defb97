#!/bin/sh
# SPDX-License-Identifier: MIT
# The graph that fmgen writes. graph/NAME/ has the specs, an optional file `args` (arguments, one a
# line; `./NAME.json` by default) and expected/, what was written.
. "${0%/*}/../lib/golden.sh"

# Generates from a copy of graph/NAME into ./build.
generate() # NAME [OPTION...]
{
	cp -R "$golden/graph/$1/." .
	rm -rf expected
	name=$1
	shift
	if [ ! -e args ]; then
		set -- "$@" "./$name.json"
	else
		while IFS= read -r word; do set -- "$@" "$word"; done <args
	fi
	"$fmgen" --builddir build "$@"
}

# Writes all text of the graph to got/text, one file after the other as fmgen lists them, and there
# a number for each hash, so that a change of an identity does not hide what else changed; and
# got/identities, which says what the numbers are.
collect()
{
	rm -rf got
	mkdir got
	(
		cd build
		while IFS= read -r file; do
			case $file in out/inputs | *.stamp | */.gitignore) continue ;; esac
			printf '\n==> %s\n' "$file"
			cat "$file"
		done <out/generated
	) | neutral | awk -v list=got/identities '
		BEGIN {
			for (i = 0; i < 16; i++)
				hash = hash "[0-9a-f]"
		}
		{
			line = $0
			out = ""
			while (match(line, hash)) {
				id = substr(line, RSTART, 16)
				if (!(id in number)) {
					number[id] = ++n
					match(substr(line, 1, RSTART - 1), /[a-z-]*$/)
					print "#" n, substr(line, RSTART, RLENGTH) id >list
					match(line, hash)
				}
				out = out substr(line, 1, RSTART - 1) "#" number[id]
				line = substr(line, RSTART + 16)
			}
			print out line
		}' >got/text
}

as_expected() # NAME
{
	generate "$1"
	collect
	keep_or_compare got/text "$golden/graph/$1/expected/text"
	keep_or_compare got/identities "$golden/graph/$1/expected/identities"
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

# The edges of a graph as text that is the same for each build tool: RULE;OUTPUTS;INPUTS;ORDER
edges() # SUFFIX
{
	(cd out && find . -name "*.$1" -exec cat {} +) | awk '
	function put(rule, outs, ins, order) {
		line = rule ";" outs ";" ins ";" order
		gsub(/ *; */, ";", line)
		print line
	}
	function after(mark) { # cuts line there, and returns what stood behind
		at = index(line, mark)
		rest = at ? substr(line, at + length(mark)) : ""
		if (at)
			line = substr(line, 1, at - 1)
		return rest
	}
	/^#|^include|^-include|^$|^\.PHONY/ { next }
	sub(/ *[$\\]$/, "") { text = text $0; next }
	{
		line = text $0
		text = ""
		gsub(/ +/, " ", line)
	}
	sub(/^build /, "", line) {
		ins = after(": ")
		outs = line
		line = ins
		order = after("|| ")
		sub(/\| /, "", line)
		rule = line
		sub(/ .*/, "", rule)
		put(rule, outs, substr(line, length(rule) + 1), order)
		next
	}
	/ = |^default / { next }
	sub(/ ;$/, "", line) { hangs[line] = 1; next }
	{
		rule = after(" ; $(")
		sub(/\)$/, "", rule)
		order = after(" | ")
		outs = after("$(call missing, ")
		sub(/ \)$/, "", outs)
		ins = after(":")
		if (outs)
			wanted[outs ": " line] = 1
		put(rule ? rule : "phony", outs ? outs : line, ins, order)
	}
	END {
		for (line in wanted)
			if (!hangs[line])
				print "does not hang on its stamp: " line
	}' | sort
}

# What the two generate of one example, in for-make/ and for-ninja/
for_both() # NAME
{
	need make ninja
	generate "$1" -G make
	assert_missing build/build.ninja
	mv build for-make
	generate "$1"
	mv build for-ninja
}

same_for_make() # NAME
{
	for_both "$1"
	(cd for-make && edges mk) >make.edges
	(cd for-ninja && edges ninja) >ninja.edges
	assert_same make.edges ninja.edges
	[ "$(wc -l <make.edges)" -gt 20 ] || fail "hardly any edges"
}

# out/edges, by which times are settled, has the edges but for those that have no inputs.
same_for_settle() # NAME
{
	for_both "$1"
	(cd for-ninja && edges ninja) | awk -F ';' '
		$1 != "phony" && !($3 == "" && $4 == "") { print $2 ";" $3 }' | sort >ninja.edges
	awk -F '\t' '{ print $2 ";" $3 }' for-make/out/edges | sort >make.edges
	assert_same make.edges ninja.edges
}

# The commands of all edges, and the pools that they are in. What make adds: stamps.
same_commands() # NAME
{
	for_both "$1"
	cd for-ninja
	ninja -f out/graph.ninja -t targets all | sed -n 's/^\([^:]*\): .*/\1/p' | grep -v FORCE >all-targets
	xargs ninja -f out/graph.ninja -t commands <all-targets | sed 's/^exec //' | awk '
	FNR == NR && $1 == "pool"	{ pool = $2 }
	FNR == NR && $1 == "depth"	{ depth[pool] = $3 }
	FNR == NR && $1 == "rule"	{ rule = $2 }
	FNR == NR && $1 == "pool" && $2 == "="	{ of[rule] = $3 }
	FNR == NR			{ next }
	{
		rule = $2 == "publish" ? ($3 == "link" ? "publish-bin" : "publish-img") : $3
		sub(/-[0-9a-f]+$/, "", rule)
		sub(/^first-boot$/, "guest-init", rule)
		print (of[rule] in depth ? of[rule] ":" depth[of[rule]] " " : "") $0
	}' "$data/templates/rules.ninja" - | sort >../ninja.commands
	cd ../for-make
	xargs make -f out/graph.mk -n V=1 <../for-ninja/all-targets | grep -v '^make: ' >log
	[ "$(wc -l <log)" -eq "$(wc -l <../ninja.commands)" ] || fail "not one line a command"
	sed -E 's/^(exec |unset [A-Z_ ]*; |mkdir -p [^&]* && |touch [^&]* && )*//; s/ && exec .*//
		s/ --stamp=out\/done\/[^ ]*//; s/ *$//; s/(.*) --pool=([^ ]*)(.*)/\2 \1\3/' log | sort >../make.commands
	assert_same ../make.commands ../ninja.commands
}

make_reads_it() # NAME
{
	need make
	generate "$1" -G make
	make -C build -f out/graph.mk -n >log 2>&1 || { tail log; fail "make cannot use the graph"; }
	assert_lacks log arning
}

# The text for make, of the smallest one
make_as_expected() # NAME
{
	generate "$1" -G make
	(cd build && for file in Makefile out/graph.mk out/trees.mk out/wl/*; do
		printf '\n==> %s\n' "$file"
		cat "$file"
	done) >got
	keep_or_compare got "$golden/graph/$1/expected/make"
}

# The times of what generation writes only if changed.
written_times()
{
	(cd build && find . -type f ! -path './out/cache/*' ! -name '*.stamp' ! -name changed \
		! -name inputs -printf '%p %T@\n' | sort)
}

# Written anew from the same specs, no file gets a new time.
second_time() # NAME
{
	generate "$1"
	written_times >before
	generate "$1"
	written_times >after
	assert_same after before
}

for dir in "$golden"/graph/*/; do
	[ -d "$dir" ] || continue
	name=$(basename "$dir")
	test_case "$name is as expected" as_expected "$name"
	test_case "$name is the same elsewhere" same_elsewhere "$name"
	test_case "$name is left alone the second time" second_time "$name"
	test_case "$name is a graph for ninja" ninja_reads_it "$name"
	test_case "$name is a graph for make" make_reads_it "$name"
	test_case "$name is the same graph for both" same_for_make "$name"
	test_case "$name has the same commands and pools for both" same_commands "$name"
	test_case "$name has the same edges for times" same_for_settle "$name"
done
test_case "Makefiles are as expected" make_as_expected distro
finish
