/* SPDX-License-Identifier: MIT */
#include "base/path.h"
#include "base/util.h"
#include "report/lines.h"

#include <string.h>

#define SHOWN 3 /* steps that one follows, told one by one */

/* Scripts of the user's, and guests, which give something new each time. */
static bool never_equal(const struct step *s)
{
	static const char *const rules[] = {"host-init", "post-bin", "guest-init"};

	for (size_t i = 0; i < LEN(rules); i++)
		if (streq(s->rule, rules[i]))
			return true;
	return false;
}

static const char *own_reasons(const struct step *s)
{
	return s->before && !s->was ? s->said : s->now;
}

/* What the first reason is about; of a stage in the place of another, why. */
static const char *short_cause(struct arena *a, const struct step *cause)
{
	const char *text = own_reasons(cause), *next = strchr(text, '\n');

	if (next && next[1] && after_prefix(text, "in the place of "))
		text = next + 1;
	const char *line = arena_dup(a, text, strcspn(text, "\n")), *colon = strstr(line, ": ");

	return colon && !after_prefix(line, "parameters: ")
		       ? arena_dup(a, line, (size_t)(colon - line))
		       : line;
}

/* The cause is told where there are several, and it does not stand just above. */
static void put_followed(struct report *r, FILE *out, const struct step *s, size_t i, bool causes)
{
	const struct step *dep = s->deps[i];

	if (s->via[i])
		fprintf(out, "    if %s changes %s", dep->id, input_label(&r->world, s->via[i]));
	else if (never_equal(dep))
		fprintf(out, "    after %s", dep->id);
	else
		fprintf(out, "    if %s comes out changed", dep->id);
	if (causes && dep->cause != dep)
		fprintf(out, ", because of %s", short_cause(r->arena, dep->cause));
	fputc('\n', out);
}

#define LONG 24 /* from here on what changed is told in full only once */

/* The reasons, but what an earlier step has told at length. */
static const char *briefly(struct report *r, const char *text)
{
	struct buf b = {0};
	char *rest = arena_strdup(r->arena, text), *line;

	while ((line = strsep(&rest, "\n"))) {
		const char *colon = strstr(line, ": ");
		bool long_one = colon && strlen(colon) > LONG;

		if (long_one && map_get(&r->told, line))
			buf_printf(&b, "%.*s, as above\n", (int)(colon - line), line);
		else if (*line)
			buf_printf(&b, "%s\n", line);
		if (long_one)
			map_put(&r->told, line, line);
	}
	const char *brief = arena_strdup(r->arena, buf_str(&b));
	buf_free(&b);
	return brief;
}

static void put_step(struct report *r, FILE *out, const struct step *s, bool causes)
{
	const char *took = s->took ? show_time(r->arena, s->took) : "";
	size_t n = 0;

	put_title(out, s, s->took ? arena_printf(r->arena, "took %s", took) : "",
		  *s->now ? briefly(r, own_reasons(s)) : "");
	for (size_t i = s->after; !*s->now && i < s->ndeps; i++)
		if (would_run(s->deps[i]) && ++n <= SHOWN)
			put_followed(r, out, s, i, causes);
	if (n > SHOWN)
		fprintf(out, "    or %zu others do\n", n - SHOWN);
}

void put_future(struct report *r, const struct steps *all, FILE *out)
{
	size_t surely = 0, maybe = 0; /* those that run are the causes of those that follow */
	long long ns = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct step *s = all->v[i];

		if (!would_run(s) || after_prefix(s->rule, "launch"))
			continue;
		*(*s->now ? &surely : &maybe) += 1;
		ns += s->took;
	}
	r->told.arena = r->arena;
	fprintf(out, "%zu of %zu %s would run", surely, all->n, all->n == 1 ? "step" : "steps");
	if (maybe)
		fprintf(out, ", and %zu may follow", maybe);
	if (ns)
		fprintf(out, "; last time these took %s", show_time(r->arena, ns));
	fputs(":\n", out);
	for (size_t i = 0; i < all->n; i++)
		if (would_run(all->v[i]))
			put_step(r, out, all->v[i], surely > 1);
}
