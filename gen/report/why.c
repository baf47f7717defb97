/* SPDX-License-Identifier: MIT */
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "report/history.h"

#include <string.h>
#include <time.h>

const char *show_time(struct arena *a, long long ns)
{
	long long s = ns / 1000000000;

	if (ns < 9950000)
		return arena_printf(a, "%.1f ms", (double)ns / 1e6);
	if (ns < 999500000)
		return arena_printf(a, "%.0f ms", (double)ns / 1e6);
	if (s < 60)
		return arena_printf(a, "%.1f s", (double)ns / 1e9);
	return s < 3600 ? arena_printf(a, "%lld min %lld s", s / 60, s % 60)
			: arena_printf(a, "%lld h %lld min", s / 3600, s / 60 % 60);
}

static const char *show_clock(struct arena *a, long long ns)
{
	time_t t = (time_t)(ns / 1000000000);
	char text[64] = "";
	struct tm tm;

	if (localtime_r(&t, &tm))
		strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm);
	return arena_strdup(a, text);
}

/* The inputs of a step as a record of now would have them. */
static struct was inputs_now(struct arena *a, const struct step *s)
{
	struct was w = {.id = s->id};
	size_t n = 0;

	while (s->ins[n])
		n++;
	w.ins = arena_array(a, struct was_input, n + 1);
	for (size_t i = 0; i <= n; i++) {
		const char *path = i < n ? s->ins[i] : arena_printf(a, "out/args/%s", s->id);

		if (!strchr(path, '/') || (i == n && !s->args))
			continue;
		w.ins[w.n++] = (struct was_input){.path = path, .stamp = was_stamp(a, path)};
	}
	return w;
}

static bool outputs_there(const struct step *s)
{
	for (char **out = s->outs; *out; out++)
		if (!path_exists(*out))
			return false;
	return true;
}

static bool runs_always(const struct step *s)
{
	for (char **in = s->ins; *in; in++)
		if (streq(*in, "FORCE"))
			return true;
	return streq(s->rule, "launch");
}

/* What a step would run for, as far as it lies in itself. */
static void ask(struct report *r, struct step *s)
{
	struct was now = inputs_now(r->arena, s);
	struct change c = {.old = s->was, .now = &now, .outs = s->outs, .args = s->args};
	struct buf b = {0};

	c.forced = runs_always(s);
	if (s->was || !outputs_there(s) || s->broken)
		reasons(&r->world, &c, &b);
	s->now = arena_strdup(r->arena, buf_str(&b));
	buf_free(&b);
	history_pair(r, &now);
	for (size_t i = 0; i < s->ndeps && !s->after; i++)
		if (*s->deps[i]->now || s->deps[i]->after)
			s->after = s->deps[i];
}

static void put_lines(FILE *out, const char *text)
{
	for (size_t n; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		fprintf(out, "    %.*s\n", (int)n, text);
	}
}

static void put_step(FILE *out, const struct step *s, const char *note)
{
	fputs(s->id, out);
	if (s->why)
		fprintf(out, " (%s)", s->why);
	fprintf(out, "%s%s\n", *note ? ", " : "", note);
}

static bool would_run(const struct step *s)
{
	return *s->now || s->after || s->broken;
}

static void put_future(FILE *out, const struct step *s)
{
	bool replaces = s->before && !s->was;

	put_step(out, s, "");
	put_lines(out, replaces ? s->said : s->now);
	if (s->after && !*s->now)
		fprintf(out, "    if %s comes out changed\n", s->after->id);
	if (s->broken)
		fprintf(out, "    its last run did not end well: out/log/%s.log\n", s->id);
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

static void put_past(struct report *r, FILE *out, const struct steps *all, const struct step *s)
{
	struct arena *a = r->arena;

	if (!s->was) {
		put_step(out, s, "of which there is no record");
		return;
	}
	const char *took = show_time(a, s->was->end - s->was->start);
	put_step(out, s,
		 s->last ? took
			 : arena_printf(a, "ran %s, %s", show_clock(a, s->was->start), took));
	put_lines(out, s->said);
	if (s->equal)
		put_cut_off(out, all, s);
}

static bool is_in(const struct steps *list, const struct step *s)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i] == s)
			return !after_prefix(s->rule, "publish");
	return false;
}

static void tell_past(struct report *r, const struct steps *targets, const struct steps *all,
		      FILE *out)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += all->v[i]->last;
	fputs("Nothing would run.", out);
	if (*r->build)
		fprintf(out, " The last build, %s, ran %zu of %zu %s here, in %s%s",
			show_clock(r->arena, r->start), n, all->n, all->n == 1 ? "step" : "steps",
			show_time(r->arena, r->end - r->start), n ? ":" : ".");
	fputc('\n', out);
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->last || is_in(targets, all->v[i]))
			put_past(r, out, all, all->v[i]);
}

void report_why(struct report *r, const struct steps *targets, FILE *out)
{
	struct steps all = report_behind(r, targets);
	size_t n = 0;

	for (size_t i = 0; i < all.n; i++)
		ask(r, all.v[i]);
	for (size_t i = 0; i < all.n; i++)
		n += would_run(all.v[i]) && !streq(all.v[i]->rule, "launch");
	if (!n) {
		tell_past(r, targets, &all, out);
		return;
	}
	fprintf(out, "%zu of %zu %s would run:\n", n, all.n, all.n == 1 ? "step" : "steps");
	for (size_t i = 0; i < all.n; i++)
		if (would_run(all.v[i]))
			put_future(out, all.v[i]);
}
