#!/bin/sh
# SPDX-License-Identifier: MIT
# The test tools themselves: a test that fails, hangs, crashes or is skipped is counted as that.
. "${0%/*}/../lib/harness.sh"

# A tree with tests/run and one shell test, whose body is the argument; runs it. Output: out.
run_one() # BODY
{
	mkdir -p tests/self
	cp -R "$srcdir/tests/lib" "$srcdir/tests/run" tests/
	{
		# shellcheck disable=SC2016
		echo '. "${0%/*}/../lib/harness.sh"'
		printf '%s\n' "$1"
	} >tests/self/it.sh
	status=0
	env -u TEST_NAME -u FMGEN BUILD="$PWD/none" TEST_WORK="$PWD/tw" CI="${ci-}" KEEP= \
		sh tests/run self/it >out 2>&1 || status=$?
	cat out
	assert_eq "$(tail -n 1 out)" "$2" "last line"
	assert_eq "$status" "$3" "status"
}

passes()
{
	run_one 'yes() { :; }; test_case one yes; test_case two yes; finish' \
		'2 passed, 0 failed, 0 skipped' 0
	assert_missing tw/self-it
}

fails()
{
	run_one 'no() { false; echo not reached; }; yes() { :; }
		test_case one no; test_case two yes; finish' '1 passed, 1 failed, 0 skipped' 1
	assert_has out 'not ok 1 - one'
	assert_lacks out 'not reached'
	assert_exists tw/self-it/1
}

assertion_fails()
{
	run_one 'no() { assert_eq 1 2 number; }; test_case one no; finish' \
		'0 passed, 1 failed, 0 skipped' 1
	assert_has out "number: got '1', expected '2'"
}

ends_early()
{
	run_one 'yes() { :; }; test_case one yes; exit 0' '1 passed, 1 failed, 0 skipped' 1
	assert_has out 'before its end'
}

skips()
{
	run_one 'maybe() { need no-such-tool; }; test_case one maybe; finish' \
		'0 passed, 0 failed, 1 skipped' 0
	assert_has out 'SKIP there is no no-such-tool'
}

skips_in_ci()
{
	ci=true
	run_one 'maybe() { need no-such-tool; }; test_case one maybe; finish' \
		'0 passed, 1 failed, 0 skipped' 1
	assert_has out 'no-such-tool'
}

skips_optional_in_ci()
{
	ci=true
	run_one 'maybe() { skip_optional "no spike"; }; test_case one maybe; finish' \
		'0 passed, 0 failed, 1 skipped' 0
}

hangs()
{
	export TEST_LIMIT=1
	run_one 'slow() { sleep 60; }; test_case one slow; finish' '0 passed, 1 failed, 0 skipped' 1
	assert_has out 'took longer than 1 s'
}

not_compiled()
{
	mkdir -p tests/unit
	echo >tests/unit/x.c
	cp -R "$srcdir/tests/lib" "$srcdir/tests/run" tests/
	assert_fails env BUILD="$PWD/none" TEST_WORK="$PWD/tw" sh tests/run unit >out
	cat out
	assert_has out 'was not compiled'
	assert_has out '0 passed, 1 failed, 0 skipped'
}

program_not_compiled()
{
	mkdir -p tests/golden
	cp -R "$srcdir/tests/lib" "$srcdir/tests/run" tests/
	echo 'echo 1..0' >tests/golden/x.sh
	assert_fails env BUILD="$PWD/none" TEST_WORK="$PWD/tw" sh tests/run golden/x >out
	cat out
	assert_has out 'was not compiled'
}

no_such_test()
{
	assert_fails sh "$srcdir/tests/run" -l no-such-test
}

test_case "what passes is counted" passes
test_case "what fails is counted and shown" fails
test_case "an assertion says what differs" assertion_fails
test_case "a file that ends early has failed" ends_early
test_case "a skipped test says why" skips
test_case "a skipped test is a failure in CI" skips_in_ci
test_case "an optional test may be skipped in CI" skips_optional_in_ci
test_case "a test that hangs is ended" hangs
test_case "a unit test that is not compiled has failed" not_compiled
test_case "tests of a program that is not compiled have failed" program_not_compiled
test_case "a pattern that fits no test is an error" no_such_test
finish
