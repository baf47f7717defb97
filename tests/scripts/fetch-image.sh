#!/bin/sh
# SPDX-License-Identifier: MIT
# scripts/fetch-image: a file by its checksum, however often it is interrupted.
. "${0%/*}/../lib/harness.sh"

start()
{
	need curl flock
	head -c 3000000 /dev/urandom >disk.img
	sum=$(sha256sum <disk.img)
	sum=${sum%% *}
	version=tool-$(printf '%.16s' "$sum")
	url=file://$PWD/disk.img
}

fetch() # WORD...
{
	sh "$srcdir/scripts/fetch-image" --cache="$PWD/cache" --name=tool --url="$url" \
		--sha256="$sum" "$@" 2>log
}

whole()
{
	assert_same cache/tool/image disk.img
	assert_eq "$(readlink cache/tool)" "$version"
	assert_has "cache/$version.origin" "sha256: $sum"
	[ ! -w cache/tool/image ] || [ "$(id -u)" -eq 0 ] || fail "it can be written to"
	assert_eq "$(stat -c %a "cache/$version" cache/tool/image | tr '\n' ' ')" '555 444 '
	assert_eq "$(find cache -name '.*' ! -name .)" ""
}

gets_it_once()
{
	start
	assert_fails fetch --offline
	assert_has log 'without --offline, it would be got from'
	assert_missing cache
	fetch
	whole
	assert_has log downloading
	mv disk.img gone.img
	fetch --update
	assert_eq "$(cat log)" ""
	fetch --offline
	mv gone.img disk.img
	whole
}

goes_on()
{
	start
	mkdir cache
	head -c 1000000 disk.img >"cache/.$sum.part"
	fetch
	assert_has log 'going on'
	whole
	# Where all of it had come, nothing is downloaded.
	chmod -R u+w cache && rm -r cache && mkdir cache
	mv disk.img "cache/.$sum.part"
	fetch
	cp cache/tool/image disk.img
	whole
	# Where it is of something else
	chmod -R u+w cache && rm -r cache && mkdir cache
	head -c 1000 /dev/zero >"cache/.$sum.part"
	fetch
	assert_has log 'from the start'
	whole
}

serves() # DIR: by a server that can only tell all of a file
{
	need python3
	python3 -u -m http.server --bind 127.0.0.1 -d "$1" 0 >server.log 2>&1 &
	server=$!
	trap 'kill $server' EXIT
	while ! grep -q 'port [0-9]' server.log; do
		lives "$server" || { cat server.log; fail "no server"; }
		sleep 0.1
	done
	port=$(sed -n 's/.* port \([0-9]*\).*/\1/p' server.log)
}

starts_again_where_it_must()
{
	start
	serves .
	url=http://127.0.0.1:$port/disk.img
	mkdir cache
	head -c 1000000 disk.img >"cache/.$sum.part"
	fetch || { cat log; fail "it was not got"; }
	whole
}

keeps_what_came()
{
	start
	mkdir cache
	head -c 1000000 disk.img >"cache/.$sum.part"
	url=http://127.0.0.1:9/disk.img
	assert_fails fetch
	assert_has log "download of $url failed"
	assert_eq "$(wc -c <"cache/.$sum.part")" 1000000
	url=file://$PWD/disk.img
	fetch
	whole
}

refuses_another_file()
{
	start
	echo other >>disk.img
	assert_fails fetch
	assert_has log "has the sha256 $(sha256sum <disk.img | cut -c 1-64), not $sum"
	assert_missing cache/tool "cache/$version" "cache/.$sum.part"
	url=ftp://host/x assert_fails fetch
	assert_has log "does not begin with https://, http:// or file:///"
	sum=ABC assert_fails fetch
	assert_has log 'is not a checksum'
	url=file://$PWD/none assert_fails fetch
}

at_once()
{
	start
	pids=
	for i in 1 2 3; do
		sh "$srcdir/scripts/fetch-image" --cache="$PWD/cache" --name=tool --url="$url" \
			--sha256="$sum" 2>"log.$i" &
		pids="$pids $!"
	done
	for pid in $pids; do
		wait "$pid" || fail "one failed"
	done
	whole
	assert_eq "$(cat log.* | grep -c downloading)" 1
}

test_case "got once, then offline" gets_it_once
test_case "an interrupted one goes on" goes_on
test_case "a server that cannot go on" starts_again_where_it_must
test_case "what came is kept" keeps_what_came
test_case "another file is refused" refuses_another_file
test_case "several at once" at_once
finish
