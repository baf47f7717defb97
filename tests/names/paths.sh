#!/bin/sh
# SPDX-License-Identifier: MIT
# The same spec by whatever path: relative, absolute, through symlinks, from elsewhere, very long.
. "${0%/*}/../lib/tiny.sh"

project() # DIRECTORY
{
	mkdir -p "$1/a/ov" "$1/a/sub" "$1/below"
	echo text >"$1/a/ov/x"
	echo '{ "name": "a", "base": "p.json", "overlay": "ov", "command": "true" }' >"$1/a.json"
	echo '{ "name": "p", "base": "busybox", "workdir": "a", "files": [["ov/x", "/y"]] }' >"$1/p.json"
}

# What the build directory has but for where things are.
graph()
{
	(cd build && sort out/generated && cat out/graph.ninja out/trees && cat out/wl/*)
}

same() # COMMAND...: generates what the first call did, and nothing is rebuilt
{
	"$@"
	graph >"$work/now"
	assert_same "$work/now" "$work/graph"
	settled
}

from() # DIRECTORY ARGUMENT...: fmgen in that directory
{
	(cd "$1" && shift && "$fmgen" "$@")
}

one_spec_by_many_paths()
{
	project in
	"$fmgen" -C build in/a.json
	build
	graph >"$work/graph"
	here=$PWD
	ln -s in to-in
	ln -s build to-build
	ln -s in/a deep
	ln -s "$here/in/below" absolute
	echo '{ "name": "other", "base": "busybox" }' >a.json
	same "$fmgen" -C build ./in/../in//a.json
	same "$fmgen" -C build "$here/in/a.json"
	same "$fmgen" -C "$here/build" in/a.json
	same from build ../in/a.json
	same from build "$here/in/a.json"
	same from in -C ../build a.json
	same from in/below -C ../../build ../a.json
	same from / -C "$here/build" "$here/in/a.json"
	same "$fmgen" -C build to-in/a.json
	same "$fmgen" -C to-build in/a.json
	same from to-build ../in/a.json
	same from to-in -C ../to-build a.json
	same from deep -C ../../build ../a.json
	same "$fmgen" -C deep/../../build in/a.json
	same "$fmgen" -C build deep/../a.json
	same "$fmgen" -C build absolute/../a.json
	same "$fmgen" -C build deep/sub/../../a.json
	same "$fmgen" -C build deep/../below/../a.json
	same "$fmgen" -C build "$here/absolute/../a.json"
	mv in moved
	same "$fmgen" -C build moved/a.json
}

# A spec that is a symlink: its files are beside the link.
linked_spec()
{
	project in
	mkdir other
	ln -s ../in/a.json other/a.json
	ln -s ../in/a other/a
	assert_fails "$fmgen" -C build other/a.json 2>err
	assert_has err 'to base on'
	ln -s ../in/p.json other/p.json
	"$fmgen" -C build other/a.json in/p.json
	build
	settled
	echo more >>in/a/ov/x
	build
	unpack build/images/a.img got
	assert_same got/x in/a/ov/x
	assert_same got/y in/a/ov/x
}

# What a spec names may be symlinks, and lie behind `..` after one.
linked_files()
{
	mkdir -p in/a else/where/ov
	echo one >else/file
	echo two >else/where/ov/x
	ln -s ../../else/where in/a/way
	ln -s way/ov in/a/ov
	echo '{ "name": "a", "base": "busybox", "overlay": "ov", "files": [["way/../file", "/y"]] }' >in/a.json
	"$fmgen" -C build in/a.json
	build
	settled
	unpack build/images/a.img got
	assert_same got/x else/where/ov/x
	assert_same got/y else/file
	echo three >else/file
	build
	unpack build/images/a.img again
	assert_same again/y else/file
	echo '{ "name": "b", "base": "way/../p.json", "workdir": "a/way/.." }' >in/b.json
	echo '{ "name": "p", "base": "busybox" }' >else/p.json
	ln -s ../else/where in/way
	"$fmgen" -C build in/b.json
	assert_has build/out/graph.json '../in/way/../p.json:1:1'
}

# --- long ones

repeat() { printf "%0$2d" 0 | sed "s,0,$1,g"; } # TEXT TIMES

deep() # LENGTH: makes ./d/... of that length, sets $path
{
	top=$PWD
	path=d
	mkdir d
	cd d
	while [ $((${#path} + 202)) -le "$1" ]; do
		mkdir "$(repeat d 200)"
		cd -P "$(repeat d 200)"
		path=$path/$(repeat d 200)
	done
	rest=$((${1} - ${#path} - 1))
	if [ "$rest" -gt 0 ]; then
		mkdir "$(repeat e "$rest")"
		path=$path/$(repeat e "$rest")
	fi
	cd "$top"
	assert_eq "${#path}" "$1" length
}

as_long_as_paths_may_be()
{
	deep $((4095 - ${#PWD} - 20))
	project "$path"
	"$fmgen" -C build "$path/a.json"
	build
	settled
	echo more >>"$path/a/ov/x"
	build
	unpack build/images/a.img got
	assert_same got/x "$path/a/ov/x"
	assert_eq "$(grep -c "$(repeat d 200)" build/out/roots)" 1
}

deep_build_directory()
{
	deep 3000
	project in
	"$fmgen" -C "$path/build" in/a.json
	build "$path/build"
	settled "$path/build"
	assert_exists "$path/build/images/a.img"
}

too_long()
{
	project in
	long=$(repeat a 256)
	mkdir fresh
	cd fresh
	assert_fails "$fmgen" "../in/$long.json" 2>err
	assert_has err 'File name too long'
	assert_fails "$fmgen" "../in/$(repeat b/ 2100)a.json" 2>err
	assert_has err 'File name too long'
	assert_fails "$fmgen" -C "$long" ../in/a.json 2>err
	assert_has err 'File name too long'
	rm err
	cat >../specs <<-'END'
	{ "name": "x", "base": "busybox", "workdir": "a", "overlay": "LONG" }
	{ "name": "x", "base": "busybox", "workdir": "a", "files": [["LONG", "/x"]] }
	{ "name": "x", "base": "busybox", "workdir": "a", "files": [["ov", "/LONG/x"]] }
	{ "name": "x", "base": "busybox", "workdir": "a", "run": "LONG" }
	{ "name": "x", "base": "busybox", "workdir": "LONG", "overlay": "ov" }
	{ "name": "x", "base": "LONG" }
	{ "name": "x", "base": "./LONG" }
	{ "name": "LONG", "base": "busybox" }
	{ "name": "x", "base": "busybox", "jobs": [{ "name": "LONG" }] }
	{ "name": "HALF", "base": "busybox", "jobs": [{ "name": "HALF" }] }
	END
	while IFS= read -r spec; do
		echo "$spec" | sed "s,LONG,$long,g; s,HALF,$(repeat h 150),g" >../in/long.json
		assert_fails "$fmgen" ../in/long.json 2>../err
		assert_has ../err '../in/long.json:1:'
		assert_eq "$(ls -A)" '' 'what was written'
	done <../specs
}

# A name may have 200 bytes, with all that is made of it.
longest_name()
{
	mkdir in
	name=$(repeat n 200)
	echo "{ \"name\": \"$name\", \"base\": \"busybox\", \"command\": \"true\" }" >in/a.json
	"$fmgen" -C build in/a.json
	build
	settled
	assert_exists "build/images/$name.img"
	cd build
	echo --a=b >"out/args/launch-$name"
	"$fmgen" run "launch-$name" -- true
}

test_case "one spec by many paths" one_spec_by_many_paths
test_case "a spec that is a symlink" linked_spec
test_case "symlinks in a spec" linked_files
test_case "paths as long as they may be" as_long_as_paths_may_be
test_case "a build directory far down" deep_build_directory
test_case "what is too long is refused at its place" too_long
test_case "the longest name" longest_name
finish
