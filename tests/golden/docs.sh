#!/bin/sh
# SPDX-License-Identifier: MIT
# The manuals and chapters that are made from the program's tables.
. "${0%/*}/../lib/golden.sh"

text_of() # MANUAL
{
	mandoc -T ascii -O width=200 "$srcdir/docs/man/$1" | sed 's/.\x08//g'
}

up_to_date()
{
	sh "$srcdir/docs/generate" "$fmgen" made
	find made -type f | sort >files
	assert_has files fmgen-spec.5
	assert_has files fmgen-config.5
	assert_has files options.md
	while IFS= read -r file; do
		cmp "$file" "$srcdir/docs/${file#made/}" || fail "docs/${file#made/} is stale: make docs"
	done <files
}

# Each option that the schema has stands in the manual as readers see it.
has_each_option()
{
	need mandoc
	text_of fmgen-spec.5 >text
	# shellcheck disable=SC2016
	"$fmgen" reference md | sed -n 's/^### `\(.*\)`$/\1/p' >options
	[ "$(wc -l <options)" -ge 35 ] || fail "cannot read the options"
	while IFS= read -r option; do
		grep -qE "^ +$option: " text || fail "$option is not in fmgen-spec(5)"
	done <options
}

# Each verb, with its options by their long names, stands in fmgen(1) and in the synopsis of it.
has_each_verb()
{
	need mandoc
	text_of fmgen.1 >text
	sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' text >synopsis
	"$fmgen" --help | sed -n '/^verbs:/,/^$/s/^  fmgen \([a-z]*\).*/\1/p' >verbs
	[ "$(wc -l <verbs)" -ge 8 ] || fail "cannot read the verbs"
	"$fmgen" --help | sed -n '/^usage/,$p' >help
	has_options fmgen
	while IFS= read -r verb; do
		grep -qE "^ +fmgen $verb( |\$)" synopsis || fail "$verb is not in the synopsis of fmgen(1)"
		grep -qE "^ {5}$verb\b" text || fail "$verb is not among the verbs of fmgen(1)"
		grep -qF "\`$verb\`" "$srcdir/README.md" || fail "$verb is not in README.md"
		"$fmgen" "$verb" --help >help
		has_options "$verb"
	done <verbs
}

has_options() # VERB: those in help
{
	sed -n 's/^.* \(--[a-z-]*\)[= ].*/\1/p' help >options
	while IFS= read -r option; do
		grep -qw -e "$option" text || fail "$1 $option is not in fmgen(1)"
	done <options
}

test_case "they are up to date" up_to_date
test_case "fmgen(1) and README.md have each verb, with its options" has_each_verb
test_case "fmgen-spec(5) has each option" has_each_option
finish
