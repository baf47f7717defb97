#!/bin/sh
# SPDX-License-Identifier: MIT
# The manuals and chapters that are made from the program's tables.
. "${0%/*}/../lib/golden.sh"

up_to_date()
{
	sh "$srcdir/docs/generate" "$fmgen" made
	find made -type f | sort >files
	assert_has files fmgen-spec.5
	assert_has files options.md
	while IFS= read -r file; do
		cmp "$file" "$srcdir/docs/${file#made/}" || fail "docs/${file#made/} is stale: make docs"
	done <files
}

# Each option that the schema has stands in the manual as readers see it.
has_each_option()
{
	need mandoc
	mandoc -T ascii -O width=200 "$srcdir/docs/man/fmgen-spec.5" | sed 's/.\x08//g' >text
	# shellcheck disable=SC2016
	"$fmgen" reference md | sed -n 's/^### `\(.*\)`$/\1/p' >options
	[ "$(wc -l <options)" -ge 35 ] || fail "cannot read the options"
	while IFS= read -r option; do
		grep -qE "^ +$option: " text || fail "$option is not in fmgen-spec(5)"
	done <options
}

test_case "they are up to date" up_to_date
test_case "fmgen-spec(5) has each option" has_each_option
finish
