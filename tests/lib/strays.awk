# SPDX-License-Identifier: MIT
# What an edge opened and does not depend on, one path a line. Usage:
#	awk -v id=ID -v build=DIR -v watch="DIR..." -f strays.awk out/graph.json trees TRACE
# where trees has a line "ID KIND PATH" for each manifest, and TRACE is of
# strace -f -y -e trace=open,openat. Watched are the directories in watch, and build. A kernel
# stands for the tree it was compiled from: kernel.sum has what others take from it. What `fmgen run`
# itself reads (records, locks, lists) makes no output.

function below(path, dir)
{
	return path == dir || index(path, dir "/") == 1
}

function inputs(line,   list, n, i, words)
{
	if (!match(line, /"inputs": \[[^]]*\]/))
		return 0
	list = substr(line, RSTART + 11, RLENGTH - 12)
	gsub(/[",]/, "", list)
	n = split(list, words, " ")
	for (i = 1; i <= n; i++)
		take[words[i]]
	return n
}

FILENAME ~ /graph\.json$/ {
	if (match($0, /"outputs": \["[^"]*kernel\.sum"/))
		kernel[substr($0, RSTART + 13, RLENGTH - 14)] = $0
	if (index($0, "\"id\": \"" id "\"")) {
		inputs($0)
		found = 1
	}
	next
}

FILENAME ~ /trees$/ && FNR == 1 {
	for (path in take)
		if (path in kernel)
			add[path]
	for (path in add)
		inputs(kernel[path])
	for (path in take)
		if (path ~ /^out\/stage\//) {
			sub(/\/[^\/]*$/, "", path)
			allowed[build "/" path]
		} else
			allowed[build "/" path]
}

FILENAME ~ /trees$/ {
	if (("out/tree/" $1) in take && $2 != "toolchain")
		allowed[$3]
	next
}

match($0, /= [0-9]+<[^>]*>/) {
	path = substr($0, RSTART, RLENGTH)
	sub(/^= [0-9]+</, "", path)
	sub(/>$/, "", path)
	sub(/ \(deleted\)$/, "", path)
	watched = below(path, build)
	n = split(watch, dirs, " ")
	for (i = 1; i <= n; i++)
		if (below(path, dirs[i]))
			watched = 1
	if (!watched || path in seen || path == build || path == build "/out")
		next
	seen[path]
	if (below(path, build "/out/stage/" id) || path == build "/out/stage/" id ".lock" ||
	    index(path, build "/out/args/" id) == 1 || path == build "/out/roots" ||
	    path == build "/out/stage" || path ~ /\/out\/stage\/[^\/]*\.lock$/ ||
	    path ~ /\/out\/(log|was|keep|outputs|jobs|trees)(\/|$)/)
		next
	for (dir in allowed)
		if (below(path, dir))
			next
	print id ": " path
}

END {
	if (!found)
		print id ": there is no such edge"
}
