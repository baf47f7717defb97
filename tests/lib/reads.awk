# SPDX-License-Identifier: MIT
# What the processes of a trace looked up, as lines "KIND<TAB>PATH". Usage:
#	awk -v watch="DIR..." -f reads.awk TRACE
# TRACE is of strace -f -y -qq -e signal=none -e trace=%file,getdents64. Only what may lie below the
# directories of watch (absolute ones) is told. Paths are absolute, those of open files without links.
#	read	the content of a file		list	the names in a directory
#	link	where a symlink leads to	stat	a file, by way of a symlink that it may be
#	lstat	an entry itself			absent	that there is no such entry
#	write	written to, removed or made	run	the program and its first word, a path and a word

BEGIN {
	ndirs = split(watch, dirs, " ")
	n = split("stat newfstatat statx access faccessat faccessat2 statfs chdir", words, " ")
	for (i = 1; i <= n; i++)
		kind[words[i]] = "stat"
	n = split("lstat lgetxattr", words, " ")
	for (i = 1; i <= n; i++)
		kind[words[i]] = "lstat"
	n = split("unlink unlinkat rmdir mkdir mkdirat rename renameat renameat2 truncate", words, " ")
	for (i = 1; i <= n; i++)
		kind[words[i]] = "write"
	kind["readlink"] = kind["readlinkat"] = "link"
	kind["open"] = kind["openat"] = kind["creat"] = "open"
	kind["execve"] = kind["execveat"] = "run"
}

function watched(path,   i)
{
	for (i = 1; i <= ndirs; i++)
		if (index(path, dirs[i]) == 1)
			return 1
	return 0
}

function tell(what, path)
{
	sub(/ \(deleted\)$/, "", path)
	if (!((what, path) in told) && (what == "run" || watched(path))) {
		told[what, path]
		print what "\t" path
	}
}

# The path that a call names, by its quoted word and the directory in its first argument; "" where
# that is not known.
function named(line, pid,   path, dir)
{
	dir = cwd[pid]
	if (match(line, /^[a-z0-9_]+\([A-Z0-9_]+<[^>]*>/)) {
		dir = substr(line, 1, RLENGTH - 1)
		sub(/^[^<]*</, "", dir)
		if (line ~ /^[a-z0-9_]+\(AT_FDCWD</)
			cwd[pid] = dir
	}
	if (!match(line, /"[^"]*"/) || RLENGTH == 2)
		return ""
	path = substr(line, RSTART + 1, RLENGTH - 2)
	if (path ~ /^\//)
		return path
	return dir == "" ? "" : dir "/" path
}

function opened(line)
{
	if (!match(line, / = [0-9]+<.*>$/))
		return
	path = substr(line, RSTART, RLENGTH - 1)
	sub(/^ = [0-9]+</, "", path)
	if (line ~ /O_PATH/)
		tell("stat", path)
	else if (line ~ /O_WRONLY|O_RDWR|^creat/)
		tell("write", path)
	else if (line !~ /O_DIRECTORY/)
		tell("read", path)
}

function ran(line,   word)
{
	path = ""
	if (match(line, /"[^"]*"/))
		path = substr(line, RSTART + 1, RLENGTH - 2)
	if (match(line, /\["[^"]*", "[^"]*"/))
		word = substr(line, RSTART, RLENGTH - 1)
	sub(/.*"/, "", word)
	tell("run", path " " word)
}

{
	pid = $1
	line = substr($0, length(pid) + 1)
	sub(/^ +/, "", line)
	if (sub(/ <unfinished \.\.\.>$/, "", line)) {
		head[pid] = line
		next
	}
	if (sub(/^<\.\.\. [a-z0-9_]+ resumed>/, "", line)) {
		line = head[pid] line
		delete head[pid]
	}
	call = substr(line, 1, index(line, "(") - 1)
}

call == "getdents64" && match(line, /<[^>]*>/) {
	tell("list", substr(line, RSTART + 1, RLENGTH - 2))
}

call in kind {
	path = named(line, pid)
	what = kind[call]
	if (line ~ / = -1 ENO(ENT|TDIR) / && path != "" && what != "run" && what != "write")
		tell("absent", path)
	if (what == "stat" && line ~ /AT_SYMLINK_NOFOLLOW/ || line ~ / = -1 EINVAL / && what == "link")
		what = "lstat"
	else if (line ~ / = -1 /)
		next
	if (line ~ / = -1 E[^I]/ || line !~ / = /)
		next
	if (what == "open")
		opened(line)
	else if (what == "run")
		ran(line)
	else if (path != "")
		tell(what, path)
	if (call == "chdir")
		cwd[pid] = path
}
