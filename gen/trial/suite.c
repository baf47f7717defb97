/* SPDX-License-Identifier: MIT */
#include "trial/suite.h"
#include "base/util.h"

static const struct {
	const char *word;
	bool good;
} verdicts[TEST_VERDICTS] = {
	[TEST_PASSED] = {"passed", true},    [TEST_UNCHANGED] = {"unchanged", true},
	[TEST_FAILED] = {"FAILED", false},   [TEST_NOT_BUILT] = {"NOT BUILT", false},
	[TEST_NOT_RUN] = {"NOT RUN", false}, [TEST_SKIPPED] = {"skipped", true},
};

bool verdict_is_good(enum verdict_of_test verdict)
{
	return verdicts[verdict].good;
}

static void print_one(const struct suite *s, FILE *out)
{
	fprintf(out, "%-9s  %s", verdicts[s->verdict].word, s->name);
	if (s->verdict == TEST_FAILED && s->result.n)
		fprintf(out, "  %zu of %zu failed", result_failures(&s->result), s->result.n);
	else if (s->verdict == TEST_UNCHANGED)
		fprintf(out, "  passed before (--force runs it again)");
	if (s->verdict == TEST_PASSED || s->verdict == TEST_FAILED)
		fprintf(out, "  %lld.%lld s", s->result.ms / 1000, s->result.ms / 100 % 10);
	if (s->why)
		fprintf(out, "  %s", s->why);
	if (s->report)
		fprintf(out, "  %s", s->report);
	fputc('\n', out);
}

void suites_print(const struct suite *v, size_t n, FILE *out)
{
	size_t counts[TEST_VERDICTS] = {0};

	for (size_t i = 0; i < n; i++) {
		print_one(&v[i], out);
		counts[v[i].verdict]++;
	}
	fprintf(out, "%zu test%s:", n, n == 1 ? "" : "s");
	const char *between = " ";
	for (size_t i = 0; i < TEST_VERDICTS; i++)
		if (counts[i]) {
			fprintf(out, "%s%zu %s", between, counts[i], verdicts[i].word);
			between = ", ";
		}
	fputc('\n', out);
	(void)fflush(out);
}
