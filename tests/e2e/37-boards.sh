#!/bin/sh
# SPDX-License-Identifier: MIT
# The boards: each option of their kernel's fragments takes effect in the kernel that they fetch.
# Nothing is compiled.
. "${0%/*}/../lib/e2e.sh"

options_of() # FRAGMENT
{
	grep -E '^(# )?CONFIG_' "$data/boards/$1"
}

# The last word on each symbol of these fragments.
last_words() # FRAGMENT...
{
	for fragment; do options_of "$fragment"; done | awk '
		{ name = $1 == "#" ? $2 : $1; sub(/=.*/, "", name); last[name] = $0 }
		END { for (name in last) print last[name] }'
}

# The board's kernel is configured from these fragments, and has what they say: looked at by other
# means than the stage's own.
takes_effect() # BOARD FRAGMENT...
{
	board=$1
	shift
	mkdir w
	echo '{"name": "w", "base": "busybox-base.json",
		"linux": {"modules": {"iceblk": null, "icenet": null}}}' >w/w.json
	generate --board="$board" ../w/w.json
	stage=$(cd build/out/args && echo kconfig-*)
	sed -n "s|^--fragment=@board/|$board/|p; s|^--fragment=@share/boards/||p" \
		"build/out/args/$stage" >fragments
	assert_eq "$(tr '\n' ' ' <fragments)" "$* " "fragments"
	build "out/stage/$stage/config"
	[ ! -s "build/out/stage/$stage/warnings" ] || fail "$(cat "build/out/stage/$stage/warnings")"
	config=build/out/stage/$stage/config
	last_words "$@" >wanted
	[ "$(wc -l <wanted)" -gt 30 ] || fail "few options"
	while IFS= read -r line; do
		case $line in
		"# "*)	name=${line#\# }
			! grep -q "^${name%% *}=" "$config" || fail "$line" ;;
		*)	grep -qxF "$line" "$config" || fail "$line" ;;
		esac
	done <wanted
}

# What a distribution with systemd wants, on the boards that have disks; qemu's is looked at where
# that kernel is compiled.
serves_systemd() # BOARD
{
	mkdir -p w/w
	cp "$data/boards/qemu/base-workloads/systemd.config" w/w
	echo '{"name": "w", "base": "busybox-base.json",
		"linux": {"config": "systemd.config", "modules": {"iceblk": null, "icenet": null}}}' >w/w.json
	generate --board="$1" ../w/w.json
	stage=$(cd build/out/args && grep -l systemd.config kconfig-*)
	build "out/stage/$stage/config"
	[ ! -s "build/out/stage/$stage/warnings" ] || fail "$(cat "build/out/stage/$stage/warnings")"
}

test_case "qemu" takes_effect qemu qemu/linux.config
test_case "firechip" takes_effect firechip firechip/linux.config
test_case "chipyard" takes_effect chipyard firechip/linux.config chipyard/linux.config
test_case "prototype" takes_effect prototype firechip/linux.config prototype/linux.config
test_case "firechip with systemd" serves_systemd firechip
test_case "prototype with systemd" serves_systemd prototype
finish
