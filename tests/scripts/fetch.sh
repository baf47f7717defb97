#!/bin/sh
# SPDX-License-Identifier: MIT
# scripts/fetch behind a stand-in for apt: one cache, many callers, some of which are killed.
# shellcheck disable=SC2016 # scripts are written in single quotes
. "${0%/*}/../lib/harness.sh"

start()
{
	need flock xz bzip2 setsid
	mkdir -p bin pack/tool-1.0/src
	echo 'all:' >pack/tool-1.0/Makefile
	tar -C pack -czf tool_1.0.orig.tar.gz tool-1.0
	size=$(wc -c <tool_1.0.orig.tar.gz)
	sum=$(sha256sum <tool_1.0.orig.tar.gz)
	cat >bin/apt-get <<-END
		#!/bin/sh
		case "\$*" in
		*update*) ;;
		*--print-uris*) echo "'mirror:/tool' tool_1.0.orig.tar.gz $size SHA256:${sum%% *}" ;;
		*)	echo >>"$PWD/downloads"
			while [ -e "$PWD/slow" ]; do sleep 0.1; done
			cp "$PWD/tool_1.0.orig.tar.gz" . ;;
		esac
	END
	printf '#!/bin/sh\necho "_list=/dev/null _parts=/nonexistent/"\n' >bin/apt-config
	chmod +x bin/*
	: >downloads
}

fetch() # CACHE
{
	PATH=$PWD/bin:$PATH sh "$srcdir/scripts/fetch" --cache="$1" --name=tool --source-package=tool
}

whole() # CACHE
{
	assert_eq "$(readlink "$1/tool")" tool-1.0
	assert_eq "$(cat "$1/tool/Makefile")" all:
	assert_has "$1/tool-1.0.origin" 'package: tool'
	[ ! -w "$1/tool-1.0/Makefile" ] || [ "$(id -u)" -eq 0 ] || fail "the tree can be written to"
	assert_missing "$1/.tool.tree" "$1/.tool.work"
}

begins() { while [ "$(wc -l <downloads)" -lt "$1" ]; do sleep 0.1; done; } # NUMBER: of downloads

at_once()
{
	start
	: >slow
	pids=
	for i in 1 2 3 4; do
		fetch "$PWD/cache" 2>"log.$i" &
		pids="$pids $!"
	done
	begins 1
	sleep 0.5
	rm slow
	for pid in $pids; do
		wait "$pid" || fail "a fetch failed"
	done
	assert_eq "$(wc -l <downloads)" 1 "downloads"
	assert_eq "$(cat log.* | grep -c 'waiting for another fetch')" 3 "fetches that waited"
	whole cache
	fetch "$PWD/cache" 2>log
	assert_same log /dev/null
}

is_killed() # SIGNAL TARGET: the script alone, or all that it started
{
	start
	: >slow
	export PATH="$PWD/bin:$PATH"
	setsid sh "$srcdir/scripts/fetch" --cache="$PWD/cache" --name=tool --source-package=tool 2>log &
	begins 1
	kill "-$1" "$2$!"
	fetch "$PWD/cache" 2>second &
	second=$!
	sleep 0.5
	rm slow
	wait "$second" || { cat second; fail "the fetch behind it"; }
	whole cache
}

test_case "several at once get one tree by one download" at_once
test_case "the script is killed" is_killed KILL ''
test_case "all is killed" is_killed KILL -
test_case "it is interrupted" is_killed TERM -
finish
