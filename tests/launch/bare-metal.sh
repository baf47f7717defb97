#!/bin/sh
# SPDX-License-Identifier: MIT
# The example of a program without Linux: compiled by its host-init, published, and run.
. "${0%/*}/../lib/harness.sh"
export FMGEN_CACHE="$work/cache"
shared_dir=1

launch() # WORD...
{
	set +e
	(cd b && timeout -k 5 60 "$fmgen" launch "$@") >launch.log 2>&1 </dev/null
	status=$?
	set -e
}

runs()
{
	need ninja riscv64-linux-gnu-gcc qemu-system-riscv64
	cp -R "$srcdir/examples/bare-metal/." .
	rm -f bare-metal/hello
	mkdir b
	launch ../bare-metal.json
	assert_eq "$status" 0 status
	assert_has launch.log 'Hello from bare metal'
	assert_lacks launch.log 'no status'
	assert_same b/images/bare-metal-bin bare-metal/hello
	assert_missing b/images/bare-metal-bin-dwarf b/images/bare-metal.img
	(cd b && ninja) >log
	assert_has log 'no work to do'
}

is_tested()
{
	(cd b && "$fmgen" test bare-metal) >test.log 2>&1
	grep -q '^passed  *bare-metal' test.log || { cat test.log; fail "not passed"; }
}

edits()
{
	sed -i 's/finish(0)/finish(3)/; s/Hello from/Greetings from/' bare-metal/hello.c
	launch bare-metal
	assert_eq "$status" 3 status
	assert_has launch.log 'Greetings from bare metal'
	assert_fails "$fmgen" test -C b bare-metal >test.log 2>&1
	assert_has test.log '-Hello from bare metal'
	assert_has test.log '+Greetings from bare metal'
	assert_has launch.log 'qemu-system-riscv64 ended with status 3'
}

says_what_failed()
{
	echo 'int x = y;' >>bare-metal/hello.c
	launch bare-metal
	assert_eq "$status" 1 status
	assert_has launch.log "'y' undeclared"
	sed -i '$d' bare-metal/hello.c
}

without_qemu()
{
	sed -i '/"qemu"/d' bare-metal.json
	launch bare-metal
	assert_eq "$status" 1 status
	assert_has launch.log 'bare-metal does not support qemu: bare metal runs there only where the spec names'
	assert_exists b/out/args/launch-bare-metal-spike
	! grep unsupported b/out/args/launch-bare-metal-spike || fail "Spike is refused"
}

test_case "it is compiled, and says hello" runs
test_case "it is tested" is_tested
test_case "an edit is compiled in the next launch" edits
test_case "a mistake is shown" says_what_failed
test_case "bare metal runs on QEMU only where that is said" without_qemu
finish
