/* SPDX-License-Identifier: MIT */
/* What became of the tests of one call of `fmgen test`. */
#ifndef FMGEN_TRIAL_SUITE_H
#define FMGEN_TRIAL_SUITE_H

#include "trial/result.h"

#include <stdio.h>

enum verdict_of_test {
	TEST_PASSED,
	TEST_UNCHANGED, /* it has passed before, and nothing changed since */
	TEST_FAILED,
	TEST_NOT_BUILT,
	TEST_NOT_RUN,
	TEST_SKIPPED,
	TEST_VERDICTS
};

/* The tests of one workload. */
struct suite {
	const char *name;
	enum verdict_of_test verdict;
	const char *why;	    /* where there is no result; or NULL */
	const char *report;	    /* the file that tells all, or NULL */
	struct trial_result result; /* of those that ran; else without cases */
};

/* Whether that is nothing to be told as a failure. */
bool verdict_is_good(enum verdict_of_test verdict);
/* Prints a line for each, and one for all. */
void suites_print(const struct suite *v, size_t n, FILE *out);
/* Writes them as JUnit XML, which is valid whatever the texts hold; false with errno set. */
bool suites_write_junit(const struct suite *v, size_t n, const char *path);

#endif
