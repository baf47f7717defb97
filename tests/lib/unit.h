/* SPDX-License-Identifier: MIT */
/*
 * Unit tests. A file is a program: functions full of CHECKs, and
 *
 *	int main(void)
 *	{
 *		RUN(finds_what_was_put);
 *		RUN(keeps_order);
 *		return unit_done();
 *	}
 *
 * It prints one TAP line for each RUN, and a line FILE:LINE for each CHECK that failed. A test goes
 * on after a failed CHECK; each CHECK is also a value, for `if (!CHECK(p)) return;`.
 */
#ifndef FMGEN_UNIT_H
#define FMGEN_UNIT_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static unsigned unit_tests, unit_failed_tests, unit_failures;

/* The condition holds. */
#define CHECK(cond) unit_check((cond), __FILE__, __LINE__, #cond)
/* Two integers are equal: what came, what was expected. */
#define CHECK_INT(got, want) unit_int((got), (want), __FILE__, __LINE__, #got)
/* Two strings are equal; either may be NULL. */
#define CHECK_STR(got, want) unit_str((got), (want), __FILE__, __LINE__, #got)
/* Runs a function as one test. */
#define RUN(test) unit_run(test, #test)

static inline bool unit_check(bool ok, const char *file, int line, const char *text)
{
	if (!ok) {
		unit_failures++;
		printf("# %s:%d: %s\n", file, line, text);
	}
	return ok;
}

static inline bool unit_int(long long got, long long want, const char *file, int line,
			    const char *text)
{
	bool ok = unit_check(got == want, file, line, text);

	if (!ok)
		printf("#   got %lld, expected %lld\n", got, want);
	return ok;
}

static inline bool unit_str(const char *got, const char *want, const char *file, int line,
			    const char *text)
{
	bool ok = unit_check(got && want ? strcmp(got, want) == 0 : got == want, file, line, text);

	if (!ok)
		printf("#   got      \"%s\"\n#   expected \"%s\"\n", got ? got : "(NULL)",
		       want ? want : "(NULL)");
	return ok;
}

static inline void unit_run(void (*test)(void), const char *name)
{
	unsigned before = unit_failures;

	test();
	if (unit_failures != before)
		unit_failed_tests++;
	printf("%sok %u - %s\n", unit_failures != before ? "not " : "", ++unit_tests, name);
	fflush(stdout);
}

/* Ends the output; the exit status of the program. */
static inline int unit_done(void)
{
	printf("1..%u\n", unit_tests);
	return unit_failed_tests != 0;
}

#endif
