# SPDX-License-Identifier: MIT
# What an edge looked up and does not depend on, and what it depends on and never reads. Usage:
#	awk -v id=ID -v build=DIR -v program=FMGEN [-v without=WORD] -f strays.awk \
#		out/graph.json out/outputs trees READS
# where trees has a line "ID FILTER PATH NAME" for each manifest (PATH: NAME without links), and READS
# is what reads.awk says, without links too. Prints "stray KIND PATH" and "idle INPUT NAME". Without:
# inputs whose name has that word are taken away. An ID may also be publish-FILE, scan-TREE, and verify
# or regen, which depend on what out/inputs lists.
#
# What counts as an input: an entry of a manifest, also its absence where its directory is in there; a
# fetched tree, all of it; an output of another stage, and all that the stage makes beside its outputs
# (out/outputs); a directory or link on the way to one of these. A kernel's makefiles and headers are
# known by kernel.sum, and by the hash of vmlinux in it what a link compiles again. For fmgen itself,
# each verb's revision stands.

function allow_way(path)
{
	for (; path != "" && !(path in way); sub(/\/[^\/]*$/, "", path))
		way[path]
}

function allow(path, input)
{
	file[path]
	readers[path] = readers[path] " " input
	allow_way(path)
}

function allow_tree(path, input)
{
	tree[path] = tree[path] " " input
	allow_way(path)
}

# The input under whose directory a path lies, or "".
function tree_of(path)
{
	for (; path != ""; sub(/\/[^\/]*$/, "", path))
		if (path in tree)
			return path
	return ""
}

# dir/target without "x/.."
function joined(dir, target,   path)
{
	path = target ~ /^\// ? target : dir "/" target
	while (sub(/\/[^\/]+\/\.\.(\/|$)/, "/", path))
		;
	sub(/\/$/, "", path)
	return path
}

# An entry behind the link of the same path is elsewhere, and so is what is below it.
function allow_manifest(t, manifest, input,   line, type, path, to, link, there)
{
	while ((getline line <manifest) > 0) {
		type = substr(line, 1, 1)
		if (line !~ /^[a-z] [0-7]+ /)
			continue
		to = line
		sub(/^[^ ]+ [^ ]+ [^ ]+ /, "", to)
		sub(/ .*/, "", to)
		sub(/^[^ ]+ [^ ]+ [^ ]+ [^ ]+ /, "", line)
		path = line == "." ? real[t] : real[t] "/" line
		if (type == "l") {
			link = path
			there = path
			sub(/\/[^\/]*$/, "", there)
			there = joined(there, to)
		} else if (link != "" && (path == link || index(path, link "/") == 1))
			path = there substr(path, length(link) + 1)
		allow(path, input)
		if (type == "d")
			listed[path]
	}
	close(manifest)
	if (!(real[t] in way))
		allow(real[t], input)
}

function allow_source(t, input)
{
	allow_way(name[t])
	if (filter[t] == "toolchain")
		compiler[name[t]] = input
	else if (filter[t] == "pinned" && id !~ /^kconfig-/)
		allow_tree(real[t], input)
	else if (filter[t] == "pinned")
		allow_manifest(t, build "/../" t ".kconfig", input)
	else
		allow_manifest(t, build "/out/tree/" t, input)
}

# The trees that a kernel was compiled from, by what kernel.sum holds of them.
function allow_headers(stage, input,   n, list, i, t)
{
	n = split(inputs[stage], list, " ")
	for (i = 1; i <= n; i++) {
		t = list[i]
		sub(/.*\//, "", t)
		if (filter[t] !~ /^(source|pinned)$/)
			continue
		headers[real[t]] = input
		allow_way(real[t])
	}
}

function allow_input(input,   stage, n, list, i, t)
{
	if (without != "" && index(input, without))
		return
	allow(build "/" input, input)
	if (input ~ /^out\/tree\//) {
		t = substr(input, 10)
		if (without == "" || !index(name[t], without))
			allow_source(t, input)
	} else if (input ~ /^out\/revision\//)
		revision[substr(input, 14)] = input
	else if (input ~ /^out\/stage\//) {
		stage = input
		sub(/^out\/stage\//, "", stage)
		sub(/\/.*/, "", stage)
		n = split(beside[stage], list, " ")
		for (i = 1; i <= n; i++)
			allow_tree(build "/" list[i], input)
		if (input ~ /\/kernel\.sum$/)
			allow_headers(stage, input)
	}
}

function is_header(path,   dir, rest)
{
	for (dir in headers) {
		if (index(path, dir "/") != 1)
			continue
		rest = substr(path, length(dir) + 2)
		if (rest ~ /^(arch\/[a-z0-9]+\/)?(include(\/|$)|scripts\/|Makefile)/ ||
		    (rest ~ /^usr(\/initramfs_data\.S)?$/ && id ~ /^link-/))
			return headers[dir]
	}
	return ""
}

# What fmgen's own commands, which are no stages, may read beside the inputs of their edge.
function allow_plumbing(   t)
{
	if (id ~ /^publish-/) {
		allow_tree(build "/out/was", "own")
		allow_tree(build "/images", "own")
		allow(build "/out/stage/" id ".lock", "own")
		allow(build "/out/edges", "own")
	} else if (id ~ /^(host-init|post-bin)-/)
		allow_guarded()
	else if (id ~ /^scan-/ || id ~ /^(verify|regen)$/)
		allow_tree(build, "own")
	for (t in filter)
		if (filter[t] == "recorded" && id ~ /^(verify|regen)$/)
			allow_recorded(t)
		else if (filter[t] == "made" && index(t, id) == 1)
			allow_tree(real[t], "own")
		else if (filter[t] != "recorded" && filter[t] != "made" && (id == "scan-" t || id == "verify")) {
			allow_source(t, "own")
			allow(real[t] ".origin", "own")
		}
}

# `fmgen guard` looks behind a script of the user's whether it has changed what it must leave alone.
function allow_guarded(   line)
{
	while ((getline line <(build "/out/watch/" id)) > 0) {
		sub(/\t.*/, "", line)
		allow_source(line, "own")
	}
	allow_tree(build "/out/watch", "own")
	allow_tree(build "/out/cache", "own")
	allow_tree(build "/out/tree", "own")
	allow(build "/out/roots", "own")
}

function allow_recorded(t)
{
	allow(real[t], "own")
	listed[real[t]]
	allow_way(name[t])
}

function use(list,   n, each, i)
{
	n = split(list, each, " ")
	for (i = 1; i <= n; i++)
		used[each[i]]
}

# Whether path is an input, which is then used where used_too.
function is_input(path, used_too,   dir)
{
	if (path in file) {
		if (used_too)
			use(readers[path])
		return 1
	}
	dir = tree_of(path)
	if (dir == "")
		return 0
	if (used_too)
		use(tree[dir])
	return 1
}

# A kernel's makefiles list the top directory and that of its configurations, all of which count; look
# whether there are device trees, without which nothing is configured otherwise; and see to it that
# nothing was built in the tree, which the manifest tells too. A kernel may start from the objects of one
# beside it, which makes it quicker and not another one. Regeneration finds its own data.
function is_habit(kind, path)
{
	if (id ~ /^kernel-/)
		return path == build "/out/stage" || index(path, build "/out/stage/kernel-") == 1
	if (id == "regen")
		return kind == "lstat" && path ~ /\/templates\/rules\.ninja$/
	if (id !~ /^kconfig-/)
		return 0
	if (kind == "absent")
		return path ~ /\/(\.config|\.kernelvariables|include\/(config|generated)(\/.*)?)$/
	return kind == "list" && (path "/Kconfig") in file ||
		kind == "list" && path ~ /\/arch\/[a-z0-9]+\/configs$/ ||
		kind ~ /stat$/ && path ~ /\/arch\/[a-z0-9]+\/boot\/dts$/
}

function is_own(path)
{
	if (id ~ /^publish-/ && index(path, build "/images/") == 1)
		return 1
	return index(path, build "/out/") == 1 && index(path, build "/out/tree/") != 1
}

function judge(kind, path,   dir)
{
	if (kind == "run")
		return judge_program(path)
	if ((kind == "write" && is_own(path)) || is_habit(kind, path))
		return 1
	if (kind == "write" || kind == "list" && (path in file) && !(path in listed))
		return tree_of(path) != ""
	if (is_input(path, kind ~ /^(read|list|link)$/))
		return 1
	if (is_header(path) != "") {
		use(is_header(path))
		return 1
	}
	if (kind ~ /^(stat|lstat|link)$/)
		return path in way
	if (kind != "absent")
		return 0
	for (dir = path; sub(/\/[^\/]*$/, "", dir); )
		if (dir in listed)
			return 1
	return 0
}

function judge_program(words,   path, verb)
{
	path = words
	sub(/ [^ ]*$/, "", path)
	verb = substr(words, length(path) + 2)
	sub(/.*\//, "", path)
	for (prefix in compiler)
		if (index(path, prefix) == 1)
			use(compiler[prefix])
	if (path != "fmgen")
		return 1
	if (verb in revision)
		use(revision[verb])
	return verb !~ /^(ext4|cpio)$/ || verb in revision
}

FILENAME ~ /graph\.json$/ {
	edge = ""
	if (match($0, /"id": "[^"]*"/))
		edge = substr($0, RSTART + 7, RLENGTH - 8)
	else if (match($0, /"outputs": \["images\/[^"]*"/))
		edge = "publish-" substr($0, RSTART + 20, RLENGTH - 21)
	if ($0 ~ /"rule": "scan"/)
		edge = "scan-" edge
	inputs[edge] = ""
	if (match($0, /"inputs": \[[^]]*\]/)) {
		words = substr($0, RSTART + 11, RLENGTH - 12)
		gsub(/[",]/, "", words)
		inputs[edge] = words
	}
	next
}

FILENAME ~ /outputs$/ {
	split($0, fields, "\t")
	beside[fields[1]] = fields[3]
	next
}

FILENAME ~ /trees$/ {
	filter[$1] = $2
	real[$1] = $3
	name[$1] = $4
	next
}

!ready {
	ready = 1
	if (!(id in inputs) && id !~ /^(verify|regen)$/) {
		print "stray edge " id
		exit
	}
	n = split(inputs[id], own, " ")
	for (i = 1; i <= n; i++)
		allow_input(own[i])
	allow_plumbing()
	allow_tree(build "/out/stage/" id, "own")
	allow_tree(build "/out/log", "own")
	allow(build "/out/args/" id, "own")
	allow(build "/out/guest-init-timeout", "own")
	allow(program, "own")
	allow_way(program)
	allow_way(build "/out/fmgen")
	allow_way(build "/out/share")
	allow_way(build "/out/tree")
}

{
	kind = substr($0, 1, index($0, "\t") - 1)
	path = substr($0, length(kind) + 2)
	if (!judge(kind, path))
		print "stray " kind " " path
}

# Commands of the user's may leave inputs alone, and deps are there to be left alone.
END {
	if (without != "" || id ~ /^(host-init|post-bin|scan|publish)-/)
		exit
	for (i = 1; i <= n; i++)
		if (!(own[i] in used)) {
			t = own[i]
			sub(/.*\//, "", t)
			print "idle " own[i] " " name[t]
		}
}
