#!/bin/sh
# SPDX-License-Identifier: MIT
# A short fuzzing of generation, the same each time. `make fuzz` does it at length.
. "${0%/*}/../lib/harness.sh"

fuzz()
{
	need clang
	mkdir corpus
	CORPUS=$PWD/corpus nice sh "$srcdir/tests/fuzz/fuzz" -seed=1 -runs=30000 >fuzz.log 2>&1 || {
		grep -avE '^[[:space:]]+#[0-9]+ .*Fuzzer|^#|^INFO|^"' fuzz.log | tail -n 60
		fail "the input is in $PWD, see the end of fuzz.log"
	}
	sed -n 's/^stat::\([a-z_]*\): */\1 /p' fuzz.log >"$work/figures"
}

# What was found once stays mended, also where the fuzzer would not get that far.
corpus()
{
	need clang
	for file in "$srcdir"/tests/fuzz/corpus/*; do
		(cd "$srcdir" && "$build/fuzz/tests/fuzz/generate" -timeout=5 "$file") >log 2>&1 ||
			{ tail -n 60 log; fail "$file"; }
	done
}

test_case "no known input is too much for generation" corpus
test_case "nor is a new one" fuzz
[ ! -s "$work/figures" ] || awk '
	{ figure[$1] = $2 }
	END {
		printf "# said: %d executions, slowest %d s, at most %d MB\n", figure["number_of_executed_units"],
			figure["slowest_unit_time_sec"], figure["peak_rss_mb"]
	}' "$work/figures"
finish
