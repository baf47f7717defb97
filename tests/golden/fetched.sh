#!/bin/sh
# SPDX-License-Identifier: MIT
# Images of distros that `fmgen fetch` gets by their checksum.
# shellcheck disable=SC2016 # dollars are for fmgen
. "${0%/*}/../lib/golden.sh"
. "$srcdir/tests/lib/buildroot.sh"

start()
{
	need curl flock
	mkdir build served board
	printf 'name: empty\nbase: qemu\n' >board/board.yaml
	head -c 100000 /dev/urandom >served/disk.img
	sum=$(sha256sum <served/disk.img)
	sum=${sum%% *}
	url=file://$PWD/served/disk.img
	export FMGEN_CACHE="$PWD/cache"
	echo '{name: w, base: fedora, distro: {name: fedora, opts: {url: "'"$url"'", sha256: "'"$sum"'"}}}' >w.yaml
	printf 'name: plain\nbase: ubuntu\n' >plain.yaml
}
refused() { assert_fails "$fmgen" -C build "$@" 2>err; }
# Without the board's own sources
fetch() { sh "$data/scripts/fetch-image" --cache=cache --name="$1" --url="$url" --sha256="$sum" 2>err; }

fetched_before_generation()
{
	start
	refused ./w.yaml
	assert_has err "what the distro \`fedora\` is made of is not there yet"
	assert_has err "run \`fmgen fetch"
	name=$(sed -n 's|.*cache/\(fedora-[0-9a-f]*\)$|\1|p' err)
	fetch "$name"
	rm -r served
	"$fmgen" -C build ./w.yaml
	cat build/out/args/distro-* >args
	assert_has args "--fetched=@fetch/$name-$(echo "$sum" | cut -c 1-16)"
	! grep -e --url -e --sha256 -e --image args || fail "the script is told too much"
	assert_has build/out/trees '	pinned	'
}

configured()
{
	start
	printf 'ubuntu-url: %s\nubuntu-sha256: "%s"\n' "$url" "$sum" >fmgen.yaml
	refused ./plain.yaml
	assert_has err "run \`fmgen fetch"
	name=$(sed -n 's|.*cache/\(ubuntu-[0-9a-f]*\)$|\1|p' err)
	fetch "$name"
	"$fmgen" -C build ./plain.yaml
	# An image of one's own wins over it.
	: >mine.img
	FMGEN_UBUNTU_IMAGE=mine.img "$fmgen" -C build ./plain.yaml
	assert_has "$(grep -lr mine.img build/out/args)" --image=@spec/mine.img
	sed -i '/sha256/d' fmgen.yaml
	refused ./plain.yaml
	assert_has err "\`url\` has no effect without \`sha256\`"
	assert_has err 'ubuntu-sha256'
	rm fmgen.yaml
	refused ./plain.yaml
	assert_has err "the distro \`ubuntu\` needs \`image\`"
}

# The verb itself, for a board that has no sources of its own left to get.
has_sources()
{
	sed -n '/^fetch:/,/^[^ ]/p' "$data/boards/qemu/board.yaml" | sed -n 's/^  \([a-z]*\):.*/\1/p' >sources
	while read -r source; do
		mkdir -p "cache/$source-1"
		ln -s "$source-1" "cache/$source"
	done <sources
	for patch in "$data"/boards/qemu/patches/*; do
		sum8=$(sha256sum <"$patch" | cut -c 1-8)
		mv cache/opensbi-1 "cache/opensbi-1+$sum8"
		ln -sfn "opensbi-1+$sum8" cache/opensbi
	done
}

by_the_verb()
{
	start
	has_sources
	"$fmgen" fetch ./w.yaml 2>err || { cat err; fail "it failed"; }
	assert_has err ready
	"$fmgen" fetch ./w.yaml --offline 2>err || { cat err; fail "it failed"; }
	assert_eq "$(cat err)" ""
	"$fmgen" -C build ./w.yaml
}

# What a build of it would download else is got by its own makefiles, and generation does not ask.
of_a_buildroot_tree()
{
	need make gcc riscv64-linux-gnu-gcc
	start
	has_sources
	make_buildroot tree
	find tree -printf '%p %s %T@\n' | sort >before
	mkdir b
	echo BR2_PACKAGE_TOOL=y >b/config
	echo '{name: b, base: br, distro: {name: br, opts: {source: ../tree, configs: config, environment: {A: $B_PATH}}}}' >b.yaml
	"$fmgen" -C build ./b.yaml
	"$fmgen" fetch ./b.yaml 2>err || { cat err; fail "it failed"; }
	assert_exists cache/buildroot-dl/tool/tool-1.tar.xz
	find tree -printf '%p %s %T@\n' | sort | diff before -
	"$fmgen" fetch --offline ./b.yaml
	assert_eq "$(find cache -name '.*.work')" ""
	"$fmgen" -C build ./b.yaml
	! grep -r -e --fetched build/out/args || fail "the build is told of it"
}

test_case "generation wants it fetched, then takes it" fetched_before_generation
test_case "from the configuration" configured
test_case "fmgen fetch WORKLOAD" by_the_verb
test_case "what a Buildroot tree wants to download" of_a_buildroot_tree
finish
