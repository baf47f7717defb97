#!/bin/sh
# SPDX-License-Identifier: MIT
# The distro custom: whatever root file system a user has, and what starts workloads there.
. "${0%/*}/../lib/golden.sh"

# One workload on it, with these options.
custom() # OPTIONS [MORE]
{
	: >disk.img
	mkdir -p w/start build
	echo "{name: w, base: custom, distro: {name: custom, opts: {$1}}${2-}}" >w.yaml
	status=0
	"$fmgen" -C build ./w.yaml 2>err || status=$?
}
# The parameters of the stage, without those that are always there.
given()
{
	cat build/out/args/distro-* | grep -v -e '^--distro=' -e '^--margin='
}

starters_have_names()
{
	custom 'image: ../disk.img, starter: systemd'
	assert_eq "$(given)" "--image=@spec/disk.img
--starter=@share/boards/starters/systemd"
	grep -q '@share/boards/starters/systemd$' build/out/trees || fail "it is no input"
	rm -r build
	custom 'image: ../disk.img, starter: start, partition: 3'
	assert_eq "$(given)" "--image=@spec/disk.img
--partition=3
--starter=@spec/w/start"
	rm -r build
	custom 'image: ../disk.img, starter: none'
	assert_eq "$(given)" "--image=@spec/disk.img
--starter=none"
}

# They are for tests alone.
strip_makes_no_image()
{
	custom 'image: ../disk.img, starter: none'
	find build/out/args | sort >before
	custom 'image: ../disk.img, starter: none, strip-from: a, strip-to: b'
	assert_eq "$status" 0
	find build/out/args | sort | diff before -
	: >w/program
	more=', bin: program, testing: {refDir: start, strip: yes}'
	custom 'image: ../disk.img, starter: none' "$more"
	grep -rqxF -e '--strip-from=fmgen: start' build/out/args || fail "nothing is stripped"
	custom 'image: ../disk.img, starter: none, strip-from: a, strip-to: b' "$more"
	grep -rqxF -e '--strip-from=a' build/out/args || fail "it is not obeyed"
	grep -rqxF -e '--strip-to=b' build/out/args || fail "it is not obeyed"
}

what_is_wrong_is_told()
{
	custom 'image: ../disk.img'
	assert_eq "$status" 1
	assert_has err "the distro \`custom\` needs \`starter\`"
	custom 'image: ../disk.img, starter: sysinit'
	assert_eq "$status" 1
	assert_has err "starter: there is no \`../w/sysinit\`"
	assert_has err "or is it one of \`systemd\`, \`initd\`, \`none\`?"
	custom 'image: ../disk.img, starter: none, partition: -1'
	assert_eq "$status" 1
	assert_has err "\`partition\`: this is not a positive integer"
	custom 'starter: none'
	assert_has err "or set \`image\` in \`distro.opts\`"
	assert_has err 'custom-image'
}

test_case "starters have names" starters_have_names
test_case "strip makes no other image" strip_makes_no_image
test_case "what is wrong is told" what_is_wrong_is_told
finish
