/* SPDX-License-Identifier: MIT */
/* Which tests there are in a build directory, for `fmgen test`. */
#ifndef FMGEN_VERB_TESTING_H
#define FMGEN_VERB_TESTING_H

#include "run/keys.h"
#include "trial/suite.h"
#include "verb/generate.h"

#include <sys/stat.h>

struct test_options {
	struct request request; /* for specs */
	const char *junit, *run;
	bool force, spike, verbose;
};

/* A test that there is. */
struct test {
	struct suite *suite;
	const char *id;	       /* "test-NAME", of its parameters; NULL: there is none to be run */
	const char *dir;       /* of its results */
	const char *result;    /* the file in it */
	struct args builds;    /* the targets of what it boots */
	long long build_limit; /* seconds; 0: none */
	struct stat before;    /* of the file of its last result */
};

struct testing {
	struct arena *a;
	const struct test_options *o;
	struct suite *suites;
	struct test *v;
	size_t n;
};

/* The words of the parameters of a test; NULL with a message. */
char **test_words(struct arena *a, const struct test *t, size_t *n);
/* Finds the tests of these workloads; those that have none have their verdict then. */
void find_tests(struct testing *g, char *const *names);

#endif
