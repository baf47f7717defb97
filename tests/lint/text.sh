#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks of all files as text.
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/files.sh"
cd "$srcdir" || exit 1
all_files >"$work/files"

# What cannot hold a comment, or is the expected bytes of a test.
has_no_comments()
{
	case $1 in
	LICENSE | *.json | *.expected | */overlay/* | */uartlog | */skeleton/* | tests/golden/* | tests/fuzz/* | tests/workloads/*/* | *.png | *.svg) ;;
	*) return 1 ;;
	esac
}

spdx()
{
	cd "$srcdir"
	while IFS= read -r file; do
		has_no_comments "$file" || head -n 4 "$file" | grep -qE 'SPDX-License-Identifier: (MIT|BSD-2-Clause)' ||
			echo "$file"
	done <"$work/files" >"$work/lacking"
	[ ! -s "$work/lacking" ] || { cat "$work/lacking"; fail "these have no SPDX line"; }
}

lengths()
{
	cd "$srcdir"
	while IFS= read -r file; do
		case $file in
		*.md | *.[15] | *.config | *.json | tests/golden/*) ;;
		*)	lines=$(wc -l <"$file")
			[ "$lines" -le 500 ] || echo "$file: $lines lines" ;;
		esac
	done <"$work/files" >"$work/long"
	[ ! -s "$work/long" ] || { cat "$work/long"; fail "these are longer than 500 lines"; }
}

# Nothing of the machine where it was written.
machine_paths()
{
	cd "$srcdir"
	! grep -v -e ^tests/lint/text.sh "$work/files" | tr '\n' '\0' |
		xargs -0 grep -nIE '(^|[^A-Za-z0-9._/-])/(work/[a-z]|home/[a-z]+/|tmp/w/|root/[.][a-z])' ||
		fail "paths of somebody's machine"
}

white_space()
{
	cd "$srcdir"
	! grep -vE '^tests/(golden|fuzz)/|[.]patch$' "$work/files" | tr '\n' '\0' |
		xargs -0 grep -nIE '[[:space:]]+$' || fail "white space at the end of lines"
}

manuals()
{
	need mandoc
	cd "$srcdir"
	mandoc -Tlint -W warning docs/man/*.[15]
}

test_case "each file names its licence" spdx
test_case "no file is longer than 500 lines" lengths
test_case "no path of a developer's machine" machine_paths
test_case "no white space at the end of a line" white_space
test_case "mandoc finds nothing in the manuals" manuals
finish
