#!/bin/sh
# SPDX-License-Identifier: MIT
# A kernel with a table of its symbols is linked in several passes; and it starts from the objects of
# the kernel beside it.
. "${0%/*}/../lib/e2e.sh"
# shellcheck source=tests/lib/kbuild.sh
. "$srcdir/tests/lib/kbuild.sh"
shared_dir=1

builds_from_its_sibling()
{
	from_base
	cat >hello/symbols.json <<-'END'
	{
	  "name": "symbols", "base": "parent.json", "linux": {"config": "symbols.config"},
	  "command": "grep -c . /proc/kallsyms; grep ' schedule$' /proc/kallsyms"
	}
	END
	mkdir hello/symbols
	printf 'CONFIG_KALLSYMS=y\nCONFIG_NO_SUCH_OPTION=y\n' >hello/symbols/symbols.config
	generate ../hello/parent.json ../hello/hello.json ../hello/symbols.json
	build symbols
	ran kconfig kernel module link bin
	assert_has build.log 'symbols/symbols.config:2: warning: CONFIG_NO_SUCH_OPTION'
	settled
}

boots_with_symbols()
{
	boots symbols ' T schedule'
}

test_case "a kernel with KALLSYMS builds beside its sibling" builds_from_its_sibling
test_case "kbuild links the same bytes" kbuild_links_the_same symbols
test_case "the guest knows its symbols" boots_with_symbols
finish
