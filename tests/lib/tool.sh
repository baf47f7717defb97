# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# For tests that hold for each build tool: $generator is ninja unless it was set before. A file
# tests/SUITE/NAME-make.sh sets it and reads NAME.sh. Read after harness.sh.

generator=${generator-ninja}

# tool DIRECTORY [ARGUMENT...]: runs the build tool there, with two jobs
tool()
{
	need "$generator"
	in=$1
	shift
	(cd -- "$in" && TERM=dumb "$generator" -j2 "$@")
}

# The stages in what a build said, each once: their rules' names.
stages() # LOG
{
	sed -nE 's/^(\[[^]]*\] )?[[:space:]]+([A-Z-]+)[[:space:]].*/\2/p' "$1" | sort -u
}

# What the tool says when there is nothing to do.
# shellcheck disable=SC2034
case $generator in
ninja)	idle='ninja: no work to do.' ;;
make)	idle='make: Nothing to be done for' ;;
esac
