#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks of the shell scripts.
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/files.sh"
cd "$srcdir" || exit 1
shell_files >"$work/shell"

shell_check()
{
	need shellcheck
	cd "$srcdir"
	xargs -n 8 -P "$(nproc)" shellcheck <"$work/shell"
}

parses()
{
	cd "$srcdir"
	while IFS= read -r file; do
		sh -n "$file" || fail "sh cannot parse $file"
	done <"$work/shell"
}

test_case "shellcheck finds nothing" shell_check
test_case "sh can parse them" parses
finish
