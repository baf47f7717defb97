# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# shellcheck disable=SC2154 # variables of harness.sh and tool.sh
# For tests of `fmgen install`: $installer is the fmgen that is called. Specs are in src/, the build
# directory is build/.

spec() # NAME TEXT
{
	mkdir -p src
	echo "$2" >"src/$1.json"
}

install_it() # WORD...
{
	"$installer" install -G "$generator" -C build "$@" >install.log 2>&1 ||
		{ cat install.log; return 1; }
}

refused() # TEXT WORD...
{
	text=$1
	shift
	assert_fails "$installer" install -G "$generator" -C build "$@" >install.log 2>&1
	assert_has install.log "$text"
}
