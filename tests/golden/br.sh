#!/bin/sh
# SPDX-License-Identifier: MIT
# The distro br with a Buildroot tree: what its stage is told, and what it depends on.
# shellcheck disable=SC2016 # dollars are for fmgen
. "${0%/*}/../lib/golden.sh"
. "$srcdir/tests/lib/buildroot.sh"

start()
{
	mkdir build w other
	make_buildroot tree
	: >w/one
	: >w/two
	echo 'br-src: tree' >fmgen.yaml
	cat >w.yaml <<-'END'
		name: w
		base: br
		distro:
		  name: br
		  opts:
		    configs: [one]
		    environment: {A: "$CALLER ${CALLER} $W_PATH $NONE $$ ${", B: b}
	END
	cat >c-1.yaml <<-'END'
		name: c-1
		base: w.yaml
		workdir: w
		distro: {name: br, opts: {configs: two, environment: {B: null, C: "${W_PATH}/$C_1_PATH"}}}
	END
	cat >plain.yaml <<-'END'
		name: plain
		base: br-base.json
	END
	export CALLER='some body'
}
generate() { "$fmgen" -C build "$@" 2>err || { cat err; fail "it was refused"; }; }
refused() { assert_fails "$fmgen" -C build "$@" 2>err; }
# The parameters of the stage that has this line
stage_of() # LINE
{
	grep -lxF -e "$1" build/out/args/distro-*
}

values_are_expanded()
{
	start
	generate ./c-1.yaml
	cat >want <<-'END'
		--source=@spec/tree
		--configs=@spec/w/one
		--environment=A=some body some body $W_PATH $NONE $$ ${
		--environment=B=b
		--environment-name=W_PATH
		--environment-path=@spec/w
	END
	grep -v -e '^--distro' -e '^--script' -e '^--starter' -e '^--margin' -e '^--cross' -e '^--manifest' \
		"$(grep -L two build/out/args/distro-*)" | diff want -
	cat >want <<-'END'
		--source=@spec/tree
		--configs=@spec/w/one
		--configs=@spec/w/two
		--environment=A=some body some body $W_PATH $NONE $$ ${
		--environment=C=${W_PATH}/$C_1_PATH
		--environment-name=C_1_PATH
		--environment-path=@spec/w
		--environment-name=W_PATH
		--environment-path=@spec/w
	END
	grep -v -e '^--distro' -e '^--script' -e '^--starter' -e '^--margin' -e '^--cross' -e '^--manifest' \
		"$(stage_of --configs=@spec/w/two)" | diff want -
}

# A variable of the caller that changed makes another image, which the build itself sees.
the_environment_is_an_input()
{
	start
	generate ./w.yaml
	(cd build && "$fmgen" verify)
	find build/out/args -name 'distro-*' >before
	generate ./w.yaml
	find build/out/args -name 'distro-*' | diff before - || fail "it is not the same"
	CALLER=else "$fmgen" -C build ./w.yaml
	stage_of '--environment=A=else else $W_PATH $NONE $$ ${' >after
	! cmp -s before after || fail "the identity is the same"
	assert_has build/out/inputs CALLER
	assert_has build/out/inputs NONE
}

trees_are_inputs()
{
	start
	generate ./w.yaml
	grep -q '	buildroot	.*	@spec/tree$' build/out/trees || fail "the tree is no input"
	grep -q '@spec/w/one$' build/out/trees || fail "a fragment is no input"
	! grep -q '	@spec/w$' build/out/trees || fail "the workdir is an input"
	tree=$(sed -n 's/^\([0-9a-f]*\)	buildroot.*/\1/p' build/out/trees)
	stage_of "--manifest=out/tree/$tree" >stage || fail "the script has no manifest"
	(cd build && "$fmgen" verify)
	cp "build/out/tree/$tree" before
	mkdir -p tree/output/build tree/dl
	: >tree/.config
	: >tree/dl/x.tar.gz
	(cd build && "$fmgen" verify)
	assert_same "build/out/tree/$tree" before
	echo '# more' >>tree/package/tool/Config.in
	(cd build && "$fmgen" verify)
	! cmp -s "build/out/tree/$tree" before || fail "a change was not seen"
}

# Workloads that say nothing of Buildroot share one image.
plain_ones_share()
{
	start
	printf 'name: other\nbase: br\n' >other.yaml
	generate ./plain.yaml ./other.yaml
	find build/out/args -name 'distro-*' >stages
	assert_eq "$(wc -l <stages)" 1
	! grep -r -e --environment build/out/args || fail "there are variables"
}

images_and_trees_take_turns()
{
	start
	: >disk.img
	FMGEN_BR_IMAGE=disk.img generate ./plain.yaml
	stage_of --source=@spec/tree >/dev/null || fail "the tree is not taken"
	! grep -r -e --image= build/out/args || fail "the image is taken too"
	cat >p.yaml <<-'END'
		name: p
		base: br
		workdir: .
		distro: {name: br, opts: {image: disk.img}}
	END
	printf 'name: q\nbase: p.yaml\nworkdir: .\ndistro: {name: br, opts: {source: tree}}\n' >q.yaml
	rm -r build fmgen.yaml
	mkdir build
	generate ./q.yaml
	stage_of --image=@spec/disk.img >image
	stage_of --source=@spec/tree >source
	! cmp -s image source || fail "both are taken"
	rm fmgen.yaml 2>/dev/null || :
	refused ./w.yaml
	assert_has err "\`configs\` has no effect without \`source\`"
	assert_has err 'set `br-src` in fmgen.yaml, or FMGEN_BR_SRC in the environment'
	refused ./plain.yaml
	assert_has err "the distro \`br\` needs \`image\`"
	FMGEN_BR_SRC=none refused ./plain.yaml
	assert_has err 'none'
}

policy_is_passed_on()
{
	start
	generate -E kconfig ./w.yaml
	stage_of --ineffective=error >/dev/null || fail "it is no error"
}

test_case "values are expanded" values_are_expanded
test_case "the environment is an input" the_environment_is_an_input
test_case "trees are inputs" trees_are_inputs
test_case "workloads without options share" plain_ones_share
test_case "an image or a tree" images_and_trees_take_turns
test_case "-E kconfig" policy_is_passed_on
finish
