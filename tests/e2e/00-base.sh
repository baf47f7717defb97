#!/bin/sh
# SPDX-License-Identifier: MIT
# The base of the other tests: examples/hello, from nothing to its words on the console.
. "${0%/*}/../lib/e2e.sh"
shared_dir=1

is_ordinary_user()
{
	[ "$(id -u)" -ne 0 ] || fail "root"
}

starts_from_base()
{
	from_base
	settled
}

child_boots()
{
	boots hello 'Kernel:   Linux' '-hello on riscv64' 'Hello from a module' \
		'the overlay of the workload "parent"'
}

parent_boots()
{
	boots parent 'parent was given 2 words:' '  and two'
}

launching_changes_nothing()
{
	settled
}

test_case "the tests run as an ordinary user" is_ordinary_user
test_case "the example builds" ensure_base
test_case "a copy of the build is up to date" starts_from_base
test_case "the child boots and runs its command" child_boots
test_case "the parent boots and runs its script" parent_boots
test_case "a launch leaves nothing to build" launching_changes_nothing
finish
