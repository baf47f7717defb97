#!/bin/sh
# SPDX-License-Identifier: MIT
# Each row of the table "which edit rebuilds what" has a case, with each build tool: in tests/matrix,
# or with stages that only look as if, in tests/track.
. "${0%/*}/../lib/harness.sh"

rows=32

# The numbers that the titles of cases begin with.
numbers_in() # FILE...
{
	sed -nE 's/^[[:space:]]*(row|test_case) "([0-9]+) .*/\2/p' "$@" | sort -nu
}

# Files that run with make, too, or that name it themselves.
with_make()
{
	for file in "$srcdir"/tests/matrix/*.sh "$srcdir"/tests/track/*.sh; do
		if [ -e "${file%.sh}-make.sh" ] || grep -q '^[[:space:]]*by make$' "$file"; then
			echo "$file"
		fi
	done
}

all_rows()
{
	seq "$rows" >expected
	numbers_in "$srcdir"/tests/matrix/*.sh "$srcdir"/tests/track/*.sh >found
	assert_same found expected
}

all_rows_with_make()
{
	seq "$rows" >expected
	# shellcheck disable=SC2046
	numbers_in $(with_make) >found
	assert_same found expected
}

test_case "each row has a case" all_rows
test_case "each row has a case with make" all_rows_with_make
finish
