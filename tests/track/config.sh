#!/bin/sh
# SPDX-License-Identifier: MIT
# The configuration behind ninja: a file that comes, changes or goes and a variable generate anew,
# and only what depends on them is built.
. "${0%/*}/../lib/tiny.sh"
for variable in $(env | sed -n 's/^\(\(FMGEN\|MARSHAL\)_[A-Z_]*\)=.*/\1/p'); do
	[ "$variable" = FMGEN_CACHE ] || unset "$variable"
done

CALLS=$work/calls
export CALLS

# busybox keeps how make was called.
cat >>"$FMGEN_CACHE/busybox/Makefile" <<'END'
busybox: said
said:
	echo "$(MAKEFLAGS)" >"$(CALLS)"
.PHONY: said busybox
END

# Generates in build/ from the directory call/, and builds.
start()
{
	need ninja
	mkdir -p call
	echo '{"name": "w", "base": "busybox"}' >call/w.json
	(cd call && "$fmgen" -C ../build ./w.json)
	build
	settled
}

# A build that generates anew, after which nothing is left to do.
regenerates()
{
	build
	assert_lacks build.log 'no work to do'
	settled
}

files_come_and_go()
{
	start
	margin_became 268435456
	echo 'rootfs-margin: 3M' >call/marshal-config.yaml
	regenerates
	margin_became 3145728
	echo 'rootfs-margin: 4M' >call/fmgen.yaml
	regenerates
	margin_became 4194304
	echo 'rootfs-margin: 5M' >call/fmgen.yaml
	regenerates
	margin_became 5242880
	# This one is not read, so it is not looked at.
	echo 'rootfs-margin: 6M' >call/marshal-config.yaml
	settled
	rm call/fmgen.yaml
	regenerates
	margin_became 6291456
	rm call/marshal-config.yaml
	regenerates
	margin_became 268435456
	# Nor is one in the build directory.
	echo 'rootfs-margin: 7M' >build/fmgen.yaml
	settled
}

# Of the distro's image that the graph has now: older parameters stay.
current_margin()
{
	id=$(sed -n 's/.*"id": "\(distro-[0-9a-f]*\)".*/\1/p' build/out/graph.json | head -n 1)
	sed -n 's/^--margin=//p' "build/out/args/$id"
}

margin_became() { assert_eq "$(current_margin)" "$1" margin; }

variables_change()
{
	start
	export MARSHAL_ROOTFS_MARGIN=3M
	regenerates
	margin_became 3145728
	export FMGEN_ROOTFS_MARGIN=4M
	regenerates
	margin_became 4194304
	unset FMGEN_ROOTFS_MARGIN MARSHAL_ROOTFS_MARGIN
	regenerates
	margin_became 268435456
	FMGEN_LAUNCHER='nice -n 1' settled
}

# One that was not there at first, for a distro that is in use.
keys_of_distros_change()
{
	need ninja
	: >one.img
	: >two.img
	echo '{"name": "w", "base": "br", "distro": {"opts": {"image": "../one.img"}}}' >w.json
	mkdir w
	"$fmgen" -C build ./w.json
	echo '{"name": "w", "base": "br"}' >w.json
	export FMGEN_BR_IMAGE=two.img
	(cd build && ninja build.ninja) >build.log 2>&1 || { cat build.log; fail ninja; }
	grep -qx -e --image=@spec/two.img build/out/args/distro-* || fail "the variable was not seen"
	export FMGEN_BR_IMAGE=one.img
	(cd build && ninja build.ninja) >build.log 2>&1
	id=$(sed -n 's/.*"id": "\(distro-[0-9a-f]*\)".*/\1/p' build/out/graph.json | head -n 1)
	assert_has "build/out/args/$id" --image=@spec/one.img
}

jlevel()
{
	CALLS=$PWD/calls
	mkdir call
	echo 'jlevel: 3' >call/fmgen.yaml
	start
	assert_has calls -j3
	# Another number builds nothing.
	rm calls
	ls -i build/images >before
	echo 'jlevel: 5' >call/fmgen.yaml
	settled
	assert_eq "$(cat build/out/jobs)" 5
	ls -i build/images >after
	assert_same after before
	assert_missing calls
	# What is built then has it.
	rm -r build/out/stage/busybox-*
	build
	assert_has calls -j5
	# fmgen build has ninja obey.
	mkdir bin
	cat >bin/ninja <<-'END'
		#!/bin/sh
		echo "ninja $*" >"$SAID"
	END
	chmod +x bin/ninja
	export SAID="$PWD/said" PATH="$PWD/bin:$PATH"
	(cd call && "$fmgen" build -C ../build ./w.json)
	assert_eq "$(cat said)" 'ninja -j5 w'
	rm call/fmgen.yaml
	(cd call && "$fmgen" build -C ../build ./w.json)
	assert_eq "$(cat said)" 'ninja w'
}

test_case "a file is added, edited and removed" files_come_and_go
test_case "a variable is set, changed and unset" variables_change
test_case "so is one that a distro asks for" keys_of_distros_change
test_case "how many commands run at a time" jlevel
finish
