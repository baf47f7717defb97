#!/bin/sh
# SPDX-License-Identifier: MIT
# fmgen scan and fmgen verify behind the build tool: which edit runs what, with a graph that is small enough
# to be written here. Each edge that runs adds its name to the file "ran".
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/tool.sh"
shared_dir=1

# In the place of fmgen regen. Nothing but out/args/ov is kept with its time.
write_regen()
{
	cat >regen <<-'EOF'
		set -eu
		echo regen >>ran
		printf 'spec\t../src\n' >out/roots
		{
			printf 'ov\tall\tverify\t@spec/ov\n'
			printf 'linux\tsource\tverify\t@spec/linux\n'
			printf 'made\tall\tgraph\t@spec/made\n'
			printf 'cc\ttoolchain\tverify\t%s\n' "$PWD/bin/x-"
		} >out/trees
		sum=$(sha256sum <../src/spec)
		{
			if [ -e ../src/extra ]; then echo 'exists ../src/extra'; else echo 'absent ../src/extra'; fi
			if [ "${OPTION+x}" ]; then echo "env OPTION=$OPTION"; fi
			echo "file ${sum%% *} ../src/spec"
			if [ -z "${OPTION+x}" ]; then echo "unset OPTION"; fi
		} >out/inputs
		: >out/promises
		printf '%s\n' out/roots out/trees out/inputs out/args/ov >out/generated
		mkdir -p out/args out/keep/args
		[ -e out/args/ov ] || ln out/keep/args/ov out/args/ov 2>/dev/null || echo args >out/args/ov
		ln -f out/args/ov out/keep/args/ov 2>/dev/null || :
		[ -e out/changed ] || : >out/changed
		: >build.ninja.stamp
		: >out/regen.mk
	EOF
}

write_graph_ninja()
{
	cat >build.ninja <<-'EOF'
		rule verify
		  command = out/fmgen verify
		  generator = 1
		  restat = 1
		rule regen
		  command = sh regen
		  generator = 1
		build out/changed: verify | FORCE
		build build.ninja.stamp: regen out/changed
		build build.ninja: phony build.ninja.stamp
		include out/graph.ninja
	EOF
	cat >out/graph.ninja <<-'EOF'
		builddir = out
		rule scan
		  command = out/fmgen scan $id
		  generator = 1
		  restat = 1
		rule init
		  command = cat ../src/init >../src/made/file && date +%N >$out
		build FORCE: phony
		build out/tree/ov: scan
		  id = ov
		build out/tree/linux: scan
		  id = linux
		build out/tree/cc: scan
		  id = cc
		build out/init.done: init | FORCE
		build out/tree/made: scan | out/init.done
		  id = made
		rule consume
		  command = echo $name >>ran && touch $out
		build out/image: consume | out/tree/ov out/args/ov
		  name = image
		build out/kernel: consume | out/tree/linux out/tree/cc
		  name = kernel
		build out/late: consume | out/tree/made
		  name = late
		build all: phony out/image out/kernel
		default all
	EOF
}

write_graph_make()
{
	cat >Makefile <<-'EOF'
		# Written by fmgen
		-include out/graph.mk
		include out/regen.mk
		FORCE:
		out/changed: FORCE ; @exec out/fmgen verify
		out/regen.mk: out/changed ; @sh regen
		Makefile: out/regen.mk ;
		out/%.mk: out/regen.mk ;
	EOF
	cat >out/graph.mk <<-'EOF'
		all: out/image out/kernel
		.PHONY: all
		include rules.mk
		out/tree/ov out/tree/linux out/tree/cc: ; $(scan)
		out/init.done: FORCE ; cat ../src/init >../src/made/file && date +%N >$@
		out/done/scan/made: out/init.done $(call missing, out/tree/made ) ; $(scan)
		out/tree/made: out/done/scan/made ;
		consume = echo $(@F) >>ran && touch $@
		out/image: out/tree/ov out/args/ov ; $(consume)
		out/kernel: out/tree/linux out/tree/cc ; $(consume)
		out/late: out/tree/made ; $(consume)
	EOF
	printf '%s\t%s\t%s\n' out/done/scan/made out/tree/made out/init.done \
		out/late out/late out/tree/made >out/edges
	ln -s "$data/templates/rules.mk" .
}

start()
{
	mkdir -p src/ov/etc src/one src/two src/made b/out b/bin
	cd src
	echo hi >ov/etc/motd
	echo x >ov/x
	echo s >spec
	echo 0 >init
	echo same >one/f
	echo same >two/f
	ln -s one linux
	cd ../b
	printf '#!/bin/sh\necho "gcc 1"\n' >bin/x-gcc
	cp bin/x-gcc bin/x-ld
	chmod +x bin/*
	ln -s "$fmgen" out/fmgen
	write_regen
	"write_graph_$generator"
	sh regen
	expect all 'image kernel'
}

# expect TARGET NAMES: the tool runs just these, in whatever order, and then has no more to do
expect()
{
	: >ran
	tool . "$1" >log 2>&1 || { cat log; fail "$generator $1"; }
	assert_eq "$(sort ran | tr '\n' ' ')" "${2:+$2 }" "what ran"
	: >ran
	tool . "$1" >log 2>&1
	assert_eq "$(cat ran)" '' "what ran then"
	[ "$1" != all ] || assert_has log "$idle"
}

# edit COMMANDS EXPECTED [TARGET]
edit()
{
	cd b
	eval "$1"
	expect "${3:-all}" "$2"
}

environment()
{
	cd b
	export OPTION=1
	expect all regen
	unset OPTION
	expect all regen
}

edits() # TITLE COMMANDS EXPECTED [TARGET]: a test case; @ is the directory of sources
{
	title=$1
	commands=$(echo "$2" | sed 's|@|../src|g')
	shift 2
	test_case "$title" edit "$commands" "$@"
}

test_case "first build" start
edits "nothing" : ''
edits "touch" 'touch @/ov/x @/spec @/one/f' ''
edits "an old time" 'touch -d 2001-01-01 @/ov/x' ''
edits "edit" 'echo x >>@/ov/etc/motd' image
edits "add" 'echo z >@/ov/z' image
edits "delete" 'rm @/ov/z' image
edits "rename" 'mv @/ov/x @/ov/y; echo x >@/ov/x' image
edits "mode of a file" 'chmod 600 @/ov/x' image
edits "mode of a directory" 'chmod 700 @/ov/etc' image
edits "new symlink" 'ln -s a @/ov/link' image
edits "symlink to elsewhere" 'ln -sfn b @/ov/link' image
edits "empty directory" 'mkdir @/ov/empty' image
edits "a name of odd bytes" 'echo x >"@/ov/ a\\b
é"' image
edits "other bytes, older time" 'echo q >@/ov/x; touch -d 1999-01-01 @/ov/x' image
edits "other bytes, same size and time" 'echo r >@/ov/x; touch -d 1999-01-01 @/ov/x' image
edits "an edit just after a build" 'echo 1 >@/ov/x' image
edits "and another" 'echo 2 >@/ov/x' image
edits "and another" 'echo 3 >@/ov/x' image
edits "deleted manifest" 'rm out/tree/ov' ''
edits "all manifests deleted" 'rm -r out/tree' ''
edits "deleted manifest and an edit" 'rm out/tree/ov; echo 4 >@/ov/x' image
edits "deleted output" 'rm out/image' image
edits "deleted parameters" 'rm out/args/ov' regen
edits "deleted parameters and an edit" 'rm out/args/ov; echo 5 >@/ov/x' 'image regen'
edits "deleted stamp of the inputs" 'rm out/changed' regen
edits "regeneration by hand" 'sh regen' ''
edits "spec" 'echo t >@/spec' regen
edits "a file that was looked for" 'echo >@/extra' regen
edits "and gone" 'rm @/extra' regen
test_case "environment" environment
edits "a link to a source tree leads to an equal one" 'ln -sfn two @/linux' kernel
edits "git in a source tree" 'mkdir @/two/.git; echo >@/two/.git/index' ''
edits "git in an overlay" 'mkdir @/ov/.git' image
edits "another compiler" 'sed -i s/1/2/ bin/x-gcc' kernel
edits "compiler reinstalled" 'cp bin/x-gcc n; mv n bin/x-gcc' ''
edits "no compiler" 'rm bin/x-gcc' kernel
edits "a tree that a command writes" : late out/late
edits "the command writes the same" : '' out/late
edits "the command writes something else" 'echo 1 >@/init' late out/late
edits "an edit beside what the command writes" 'echo 1 >@/made/other' late out/late
edits "deleted manifest of such a tree" 'rm out/tree/made' '' out/late
edits "overlay deleted" 'rm -r @/ov' image
edits "caches deleted" 'rm -r out/cache out/keep' ''
finish
