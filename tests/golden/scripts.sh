#!/bin/sh
# SPDX-License-Identifier: MIT
# A stage has just those scripts as inputs that its own one needs: what it reads or runs beside itself.
. "${0%/*}/../lib/golden.sh"

write_spec()
{
	mkdir w pk
	: >w/file
	install -m 755 w/file w/script
	install -m 755 w/file pk/configure
	cat >w.yaml <<-'END'
	name: w
	base: busybox-base.json
	host-init: script
	post-bin: script
	guest-init: script
	run: script
	linux: {modules: {m: .}}
	END
	cat >other.yaml <<-'END'
	name: other
	base: busybox-base.json
	workdir: w
	img: file
	firmware: {use-bbl: yes, bbl-src: ../pk}
	END
}

# Names of scripts: those of the list, with all that they need.
with_needed() # NAME...
{
	before=
	while [ "$*" != "$before" ]; do
		before=$*
		# shellcheck disable=SC2046
		set -- $({
			printf '%s\n' "$@"
			(cd "$data/scripts" && sed -n 's|.*"${0%/\*}/\([a-z.-]*\)".*|\1|p' "$@")
		} | sort -u)
	done
	printf '%s\n' "$@"
}

scripts_are_inputs()
{
	write_spec
	"$fmgen" --builddir build ./w.yaml ./other.yaml
	sed -n 's|^\([0-9a-f]*\)	.*	@share/scripts/|\1 |p' build/out/trees >trees
	sed -nE 's/.*"rule": "([a-z-]+)", "id": "([^"]*)".*"inputs": \[(.*)\].*/\1 \2 \3/p' \
		build/out/graph.json >edges
	while read -r rule id inputs; do
		script=$rule
		case $rule in
		host-init | post-bin) script=step ;;
		esac
		[ -e "$data/scripts/$script" ] || continue
		echo "$rule" >>rules
		with_needed "$script" | sed "s/^/$id /" >>needed
		while read -r tree name; do
			case $inputs in
			*/$tree\"*) echo "$id $name" ;;
			esac
		done <trees | sort >>given
	done <edges
	assert_same given needed
	assert_eq "$(sort -u rules | tr '\n' ' ')" 'bbl bin busybox distro firmware given guest-init host-init initramfs kconfig kernel link module post-bin rootfs '
}

test_case "the scripts of stages are their inputs" scripts_are_inputs
finish
