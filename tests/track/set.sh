#!/bin/sh
# SPDX-License-Identifier: MIT
# The set of a build directory: `fmgen X` makes it, `fmgen build X` adds X to it.
. "${0%/*}/../lib/stub.sh"
shared_dir=1

given() # DIR NAME: a workload that is a file
{
	mkdir -p "src/$1"
	echo "$2" >"src/$1/$2.elf"
	echo "{\"name\": \"$2\", \"workdir\": \".\", \"bin\": \"$2.elf\"}" >"src/$1/$2.json"
}

in_set() # NAME...
{
	sort build/out/named | tr '\n' ' ' >names
	assert_eq "$(cat names)" "$* " "the set"
}

adds()
{
	install_stub
	given one a
	given two b
	given two c
	"$stub" -G "$generator" -C build src/one/a.json
	"$stub" build -C build src/two/b.json src/two/c.json src/two/b.json
	in_set a b c
	assert_exists build/images/b-bin build/images/c-bin
	assert_missing build/images/a-bin
	build
	assert_exists build/images/a-bin
}

# The same call again, from elsewhere: nothing is written anew, and nothing is added.
same_again()
{
	cksum build/out/graph.json >before
	(cd src/two && "$stub" build -C ../../build b.json c.json) >build.log
	in_set a b c
	cksum build/out/graph.json >after
	assert_same after before
	assert_missing build/build.ninja.new
}

keeps_the_tool()
{
	case $generator in
	ninja) assert_missing build/Makefile ;;
	make) assert_missing build/build.ninja ;;
	esac
}

# What was built before may be gone, or may be given another way.
is_gone()
{
	rm src/one/a.json
	"$stub" build -C build src/two/c.json >build.log 2>&1
	assert_has build.log 'src/one/a.json, which was built here before, is gone'
	in_set b c
}

made_anew()
{
	"$stub" -C build src/two/b.json
	in_set b
	assert_fails "$stub" launch -C build c >launch.log 2>&1
	assert_has launch.log 'there is no workload c in this build'
}

test_case "build adds workloads to the set, and builds only them" adds
test_case "what is in the set is not added again" same_again
test_case "the build tool stays what it was" keeps_the_tool
test_case "what is gone is told, and left out" is_gone
test_case "fmgen alone makes the set anew" made_anew
finish
