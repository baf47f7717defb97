#!/bin/sh
# SPDX-License-Identifier: MIT
# What `fmgen show` prints of the specs in show/: after inheritance, with places.
. "${0%/*}/../lib/golden.sh"

here() { cp -R "$golden/show/." .; }

as_expected() # OUT ARGUMENT...
{
	here
	find . | sort >../before
	out=$1
	shift
	"$fmgen" show "$@" >../out
	find . | sort | cmp -s - ../before || fail "something was written"
	neutral <../out >../out.neutral
	keep_or_compare ../out.neutral "$golden/show/$out.expected"
}

values() { sed -e 's/  *# .*//' -e '/^# /d' -e '/^base:/d' "$1"; }

# Below the distro it says all by itself, so it is read as what it was printed from.
is_read_again()
{
	here
	"$fmgen" show flat.yaml >once
	sed 's/^base: .*/base: busybox/' once >again.yaml
	"$fmgen" show again.yaml >twice
	values once >once.values
	values twice >twice.values
	assert_has once "overrides"
	assert_same twice.values once.values
	"$fmgen" show top.json >again.yaml
	"$fmgen" -C build ./again.yaml || fail "what it prints is no spec"
}

# Another reader of YAML has the same strings.
strings_survive()
{
	/usr/bin/python3 -c 'import yaml' || skip "there is no python3-yaml"
	cat >odd.yaml <<-'END'
	name: odd
	base: bare
	qemu-args: ["yes", "1e3", "0x10", "12:30", "-", "", "~", "a: b", "#c", "é", "\u2028", "\x7f\t", '"\', "tail ", 8, "7up", ".5", "../x", "!t", "NULL", "2001-01-01", "1_000", "\uFEFF", "😀"]
	command: "one\n  two # x\n\nthree: 'q'\n"
	END
	mkdir odd
	"$fmgen" show odd.yaml >shown.yaml
	/usr/bin/python3 - <<-'END'
	import yaml
	odd, shown = (yaml.safe_load(open(name, encoding="utf-8")) for name in ("odd.yaml", "shown.yaml"))
	assert shown["qemu-args"] == [str(word) for word in odd["qemu-args"]], shown["qemu-args"]
	assert shown["command"] == odd["command"], shown["command"]
	END
}

names()
{
	here
	"$fmgen" -C build ./top.json 2>log
	cd build
	"$fmgen" show top-other >other
	assert_has other 'name: top-other'
	"$fmgen" show >top
	assert_has top 'name: top '
	"$fmgen" show top-other base >both
	assert_eq "$(grep -c ^name: both)" 2
	assert_fails "$fmgen" show top-oter 2>err
	grep -q 'did you mean .top-other.?' err
	cd ..
	assert_fails "$fmgen" show top 2>err
	assert_has err 'name a spec, or go to a build directory'
}

for_tools()
{
	here
	"$fmgen" show --json top.json >shown.json
	/usr/bin/python3 - <<-'END'
	import json
	shown = json.load(open("shown.json"))
	(top,) = shown["workloads"]
	assert shown["board"] == "qemu"
	assert top["ancestors"][0] == "base.yaml", top
	assert top["options"]["mem"] == {"at": "top.json:9:9", "overrides": "base.yaml:12:6", "number": 3 << 29}, top
	END
}

wrong_spec()
{
	echo '{"name": "x", "cpus": []}' >x.json
	assert_fails "$fmgen" show x.json >out 2>err
	assert_has err 'x.json:1:23: error'
	[ ! -s out ] || fail "something was printed"
}

test_case "values, places, ancestors and jobs" as_expected top top.json
test_case "a job alone" as_expected job ./top.json top-other
test_case "it is a spec again" is_read_again
test_case "strings are read back as they were" strings_survive
test_case "workloads are known by name" names
test_case "JSON, for tools" for_tools
test_case "a wrong spec is not shown" wrong_spec
finish
