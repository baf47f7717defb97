/* SPDX-License-Identifier: MIT */
#include "base/util.h"
#include "report/lines.h"

void report_why(struct report *r, const struct steps *targets, FILE *out)
{
	struct steps all = report_behind(r, targets);
	bool any = false, news = false;

	report_ask(r, &all);
	for (size_t i = 0; i < all.n; i++) {
		const struct step *s = all.v[i];
		bool counts = would_run(s) && !after_prefix(s->rule, "launch");

		any |= counts;
		news |= counts && !streq(s->cause->now, RUNS_ALWAYS);
	}
	if (any)
		put_future(r, &all, out);
	else
		fprintf(out, "None of %zu %s would run.", all.n, all.n == 1 ? "step" : "steps");
	if (!news) {
		fputc(any ? '\n' : ' ', out);
		put_past(r, targets, &all, out);
	}
}
