#!/bin/sh
# SPDX-License-Identifier: MIT
# What fmgen says of a spec. Each errors/NAME.json (or .yaml) is refused with the text of
# errors/NAME.expected, and nothing is written; each of warnings/ is taken, with such a text.
# NAME.args holds further arguments, one a line. A name with _ before it is a part of other specs.
. "${0%/*}/../lib/golden.sh"

# Sets $status; stderr goes to err.
say() # KIND NAME
{
	cp -R "$golden/$1/." .
	find . | sort >../before
	spec=$2.json
	[ -e "$spec" ] || spec=$2.yaml
	set --
	[ ! -e "${spec%.*}.args" ] || while IFS= read -r word; do set -- "$@" "$word"; done <"${spec%.*}.args"
	status=0
	"$fmgen" "$@" "./$spec" 2>../err >../out || status=$?
	neutral <../err >../err.neutral
	cat ../out ../err.neutral
}

refused()
{
	say errors "$1"
	[ "$status" -ne 0 ] || fail "it was taken"
	case $status in
	99 | 12[6-9] | 1[3-9]? | 2??) fail "status $status" ;;
	esac
	keep_or_compare ../err.neutral "$golden/errors/$1.expected"
	[ -s ../err ] || fail "no word was said"
	find . | sort | cmp -s - ../before || { find .; fail "something was written"; }
}

taken()
{
	say warnings "$1"
	assert_eq "$status" 0 status
	keep_or_compare ../err.neutral "$golden/warnings/$1.expected"
}

in_own_directory() # FUNCTION NAME
{
	mkdir specs
	cd specs
	"$@"
}

for name in $(spec_names "$golden/errors"); do
	test_case "refused: $name" in_own_directory refused "$name"
done
for name in $(spec_names "$golden/warnings"); do
	test_case "taken: $name" in_own_directory taken "$name"
done
finish
