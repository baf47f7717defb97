/* SPDX-License-Identifier: MIT */
#include "base/path.h"
#include "base/util.h"
#include "report/lines.h"

#include <time.h>

static const char *show_clock(struct arena *a, long long ns)
{
	time_t t = (time_t)(ns / 1000000000);
	char text[64] = "";
	struct tm tm;

	if (localtime_r(&t, &tm))
		strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm);
	return arena_strdup(a, text);
}

/* Those that read an equal output, and did not run for it. */
static void put_cut_off(FILE *out, const struct steps *all, const struct step *s)
{
	const char *before = "    its outputs came out equal, so there was no need to run ";
	bool any = false;

	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < all->v[i]->ndeps; k++)
			if (all->v[i]->deps[k] == s && !all->v[i]->last) {
				fprintf(out, "%s%s", any ? ", " : before, all->v[i]->id);
				any = true;
			}
	fputs(any ? "\n" : "    its outputs came out equal\n", out);
}

static void put_run(struct report *r, FILE *out, const struct steps *all, const struct step *s)
{
	struct arena *a = r->arena;

	if (!s->was) {
		put_title(out, s, "of which there is no record", "");
		return;
	}
	const char *took = show_time(a, s->was->end - s->was->start);
	put_title(out, s,
		  s->last ? took
			  : arena_printf(a, "ran %s, %s", show_clock(a, s->was->start), took),
		  s->said);
	if (s->equal && !streq(s->said, FIRST_RUN))
		put_cut_off(out, all, s);
}

static bool is_in(const struct steps *list, const struct step *s)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i] == s)
			return !after_prefix(s->rule, "publish");
	return false;
}

void put_past(struct report *r, const struct steps *targets, const struct steps *all, FILE *out)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += all->v[i]->last;
	if (*r->build && n)
		fprintf(out, "The last build, %s, ran %zu of them, in %s:",
			show_clock(r->arena, r->start), n, show_time(r->arena, r->end - r->start));
	else if (*r->build)
		fprintf(out, "The last build, %s, ran none of them.",
			show_clock(r->arena, r->start));
	fputc('\n', out);
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->last || is_in(targets, all->v[i]))
			put_run(r, out, all, all->v[i]);
}
