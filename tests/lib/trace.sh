# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of harness.sh and e2e.sh
# For tests of what edges read, after matrix.sh: what runs in build/ is traced, edge by edge.
#
#	traced ninja TARGET	runs it; what each edge looked up is in traces/ID: see reads.awk
#	list_trees		once the graph is made
#	judge ID [WORD]		writes strays and idle: see strays.awk

traces=$work/traces

# Makes the program that `fmgen run` puts before each command. Its name is in --out=.
make_tracer()
{
	need strace
	strace -f --seccomp-bpf -e trace=%file -o /dev/null true || skip_optional "strace cannot trace here"
	mkdir -p "$traces"
	watch="$work/build $work/src $chain $FMGEN_CACHE"
	cat >tracer <<-END
	id=\${1%:}
	[ "\$id" = "\$1" ] || shift
	for word; do
		case \$word in
		--out=out/stage/*) id=\${word#--out=out/stage/} id=\${id%%/*} ;;
		esac
	done
	exec strace -f -y -qq --seccomp-bpf -e trace=%file,getdents64 -e signal=none \
		-o "|exec awk -v watch='$watch' -f '$srcdir/tests/lib/reads.awk' >'$traces/\$id'" "\$@"
	END
}

traced() # COMMAND...
{
	(cd build && NINJA_STATUS='' FMGEN_LAUNCHER="sh $work/tracer" "$@") >build.log 2>&1 ||
		{ tail -n 60 build.log; fail "$*"; }
}

# One command by itself, as the trace of an edge.
trace_alone() # ID COMMAND...
{
	name=$1
	shift
	(cd build && sh "$work/tracer" "$name:" "$@")
}

# The trees behind manifests, as lines ID FILTER PATH NAME, with all links of PATH followed; also what
# generation read. Of a fetched kernel tree, ID.kconfig is what its configuration reads.
list_trees()
{
	awk -F '\t' -v build="$work/build" '
	FNR == NR { root["@" $1] = $2; next }
	{
		path = $4
		head = path
		sub(/\/.*/, "", head)
		if (head in root)
			path = root[head] substr(path, length(head) + 1)
		if ($2 != "toolchain" && path !~ /^\//)
			path = build "/" path
		print $1, $2, path
	}' build/out/roots build/out/trees >named
	cut -d ' ' -f 3 named | (cd build && xargs realpath -m) | paste -d ' ' named - |
		awk '{ print $1, $2, $4, $3 }' >trees
	sed -nE 's/^((file|dir|link|names|program) [^ ]+|exists|absent) //p' build/out/inputs >recorded
	(cd build && xargs realpath -m) <recorded >real
	paste -d ' ' real recorded | awk '{ print "recorded-" NR, "recorded", $0 }' >>trees
	host_trees >>trees
	awk '$2 == "pinned" && /\/linux/' trees | while read -r tree _ path _; do
		"$fmgen" tree --filter=kconfig "$path" >"$tree.kconfig"
	done
}

# What scripts of the user's write: what they promise, else all of their directory.
host_trees()
{
	for args in build/out/args/host-init-* build/out/args/post-bin-*; do
		[ -e "$args" ] || continue
		key=--dir
		if grep -q '^--output=' "$args"; then
			key=--output
		fi
		sed -n "s|^$key=@spec/|src/|p" "$args" | while read -r path; do
			echo "${args##*/}-$path made $(realpath -m "$path") $path"
		done
	done
}

# What an edge looked up, by real paths: of an entry itself, its directory is real.
reads_of() # ID
{
	rm -f dirs rest
	awk -F '\t' '
	{ dir = $2; base = "" }
	$1 != "run" && $1 != "stat" && $1 != "read" && $1 != "list" && dir !~ /\/\.\.?$/ {
		base = dir
		sub(/\/[^\/]*$/, "", dir)
		base = substr(base, length(dir) + 1)
	}
	$1 == "run" { print "/" >"dirs"; print $1 "\t" $2 >"rest"; next }
	{ print dir >"dirs"; print $1 "\t" base >"rest" }' "$traces/$1"
	xargs -d '\n' realpath -m <dirs | paste rest - |
		awk -F '\t' '$1 == "run" { print $1 "\t" $2; next } { print $1 "\t" $3 $2 }' | sort -u |
		without_directories
}

# A directory that was opened, and not read, was only on the way.
without_directories()
{
	while IFS='	' read -r kind path; do
		if [ "$kind" = read ] && [ -d "$path" ]; then
			kind='stat'
		fi
		printf '%s\t%s\n' "$kind" "$path"
	done
}

judge() # ID [WORD]
{
	[ -s "$traces/$1" ] || fail "$1 did not run, or has looked up nothing"
	[ -n "${2-}" ] || reads_of "$1" >"reads.$1"
	awk -v id="$1" -v build="$work/build" -v program="$work/src/fmgen/bin/fmgen" -v without="${2-}" \
		-f "$srcdir/tests/lib/strays.awk" build/out/graph.json build/out/outputs trees \
		"reads.$1" >judged
	sed -n "s/^stray /$1: /p" judged >strays
	sed -n "s/^idle /$1: /p" judged >idle
}
