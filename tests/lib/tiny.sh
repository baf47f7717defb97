# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# For tests that build images with nothing to compile: the sources are stand-ins, and the busybox of
# the distro is two lines of text. Read in the place of harness.sh, which it reads itself.

. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/tool.sh"
FMGEN_CACHE=$work/cache
export FMGEN_CACHE NO_COLOR=1
unset CROSS_COMPILE XDG_CACHE_HOME

for tree in linux busybox opensbi; do
	mkdir -p "$FMGEN_CACHE/$tree-1"
	echo "package: $tree" >"$FMGEN_CACHE/$tree-1.origin"
	ln -s "$tree-1" "$FMGEN_CACHE/$tree"
done
mkdir "$FMGEN_CACHE/busybox/applets"
: >"$FMGEN_CACHE/busybox/applets/busybox.mkll"
cat >"$FMGEN_CACHE/busybox/Makefile" <<'END'
allnoconfig oldconfig:
	touch $(O)/.config
busybox:
	printf 'a\nb\n' >$(O)/busybox
busybox.links:
	echo /bin/sh >$(O)/busybox.links
END

# fmgen that generates for another tool
if [ "$generator" != ninja ]; then
	cat >"$work/fmgen" <<-END
		#!/bin/sh
		case \$1 in
		ext4 | cpio | tree) exec '$fmgen' "\$@" ;;
		*)	exec '$fmgen' -G $generator "\$@" ;;
		esac
	END
	chmod +x "$work/fmgen"
	fmgen=$work/fmgen
fi

# Where debugfs is on some systems.
PATH=$PATH:/sbin:/usr/sbin

# build [DIRECTORY [TARGET...]]: runs the build tool there (build)
build()
{
	in=${1:-build}
	[ $# -eq 0 ] || shift
	tool "$in" "$@" >build.log 2>&1 || { tail -n 40 build.log; fail "$generator in $in"; }
}

# Nothing is left to be done there.
settled() # [DIRECTORY]
{
	build "${1:-build}"
	assert_has build.log "$idle"
}

# Copies all that is in an image to a directory.
unpack() # IMAGE DIRECTORY
{
	need debugfs
	mkdir "$2"
	to=$PWD/$2
	(cd -- "$(dirname -- "$1")" && debugfs -R "rdump / \"$to\"" "${1##*/}") >debugfs.log 2>&1
}
