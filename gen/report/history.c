/* SPDX-License-Identifier: MIT */
#include "base/fs.h"
#include "base/strings.h"
#include "base/util.h"
#include "graph/names.h"
#include "report/history.h"
#include "track/changes.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

/* When a file was written, ns; where times may be lifted, when it was made. */
static bool written(const char *path, bool lifted, long long *ns)
{
	struct statx st;

	if (statx(AT_FDCWD, path, 0, STATX_MTIME | STATX_BTIME, &st) != 0 ||
	    (lifted && !(st.stx_mask & STATX_BTIME)))
		return false;
	const struct statx_timestamp *t = lifted ? &st.stx_btime : &st.stx_mtime;
	*ns = (long long)t->tv_sec * 1000000000 + t->tv_nsec;
	return true;
}

/* Whether no output was written since the step's last run began. */
static bool came_out_equal(const struct step *s)
{
	long long ns;

	for (char **out = s->outs; *out; out++)
		if (!written(*out, s->was->lifted, &ns) || ns >= s->was->start)
			return false;
	return !after_prefix(s->rule, "publish");
}

static void read_record(struct report *r, struct step *s)
{
	struct was *w = arena_new(r->arena, struct was);

	s->broken = was_broken(r->arena, s->id);
	s->said = was_why(r->arena, s->id);
	if (!was_read(r->arena, s->id, w))
		return;
	s->was = w;
	s->took = w->end - w->start;
	if (w->end > r->end) {
		r->end = w->end;
		r->build = w->build;
	}
}

/* Whether a change of a parameter only follows from that of another stage: nothing but the names in
 * it that fmgen made has changed. */
static bool follows(struct arena *a, const char *line)
{
	const char *arrow = strstr(line, " -> ");
	const char *old = arrow ? strchr(line, '=') : NULL;
	const char *now = arrow ? strchr(arrow, '=') : NULL;

	if (!old || !now || old > arrow)
		return false;
	old = arena_dup(a, old + 1, (size_t)(arrow - old - 1));
	return (after_prefix(old, "out/tree/") && after_prefix(now + 1, "out/tree/")) ||
	       same_stage_kind(old, now + 1);
}

/* What differs in the parameters, without what only follows. */
static void put_parameters(struct report *r, const struct step *s, struct buf *out)
{
	struct buf old = {0}, changes = {0};

	if (s->args &&
	    was_text(r->arena, s->before, arena_printf(r->arena, "out/args/%s", s->before), &old))
		line_changes("parameters", buf_str(&old), s->args, &changes);
	char *rest = arena_strdup(r->arena, buf_str(&changes)), *line;
	while ((line = strsep(&rest, "\n")))
		if (*line && !follows(r->arena, line))
			buf_printf(out, "%s\n", line);
	buf_free(&old);
	buf_free(&changes);
}

/* An input of the old run that is none now, and was what path is. */
static const char *replaced(const struct step *s, const struct was *old, const char *path)
{
	for (size_t i = 0; i < old->n; i++)
		if (same_role(old->ins[i].path, path) && !strings_have(s->ins, old->ins[i].path))
			return old->ins[i].path;
	return NULL;
}

/* The stages before this one that took the places of others. */
static void pair_deps(struct report *r, struct step *s, const struct was *old)
{
	for (char **in = s->ins; *in; in++) {
		struct step *dep = map_get(&r->by_output, *in);
		const char *before = dep ? replaced(s, old, *in) : NULL;

		if (before)
			history_replaces(r, dep, stage_of(r->arena, before));
	}
}

void history_replaces(struct report *r, struct step *s, const char *before)
{
	struct buf text = {0};
	const char *comma = ", as it reads";
	struct was old;

	if (s->before || streq(before, s->id))
		return;
	s->before = before;
	if (!was_read(r->arena, before, &old))
		return;
	if (!s->was)
		s->took = old.end - old.start;
	pair_deps(r, s, &old);
	buf_printf(&text, "in the place of %s", before);
	for (size_t d = 0; d < s->ndeps; d++)
		if (s->deps[d]->before) {
			buf_printf(&text, "%s %s", comma, s->deps[d]->id);
			comma = ",";
		}
	buf_putc(&text, '\n');
	put_parameters(r, s, &text);
	if (!s->was || streq(s->said, FIRST_RUN))
		s->said = arena_strdup(r->arena, buf_str(&text));
	buf_free(&text);
}

void history_pair(struct report *r, const struct was *w)
{
	for (size_t i = 0; i < w->n; i++) {
		struct step *dep = map_get(&r->by_output, w->ins[i].path);

		if (dep && w->ins[i].before)
			history_replaces(r, dep, stage_of(r->arena, w->ins[i].before));
	}
}

void report_history(struct report *r)
{
	for (size_t i = 0; i < r->n; i++)
		read_record(r, &r->steps[i]);
	r->start = r->end;
	for (size_t i = 0; i < r->n; i++) {
		struct step *s = &r->steps[i];

		s->last = s->was && streq(s->was->build, r->build);
		s->equal = s->last && came_out_equal(s);
		if (s->last && s->was->start < r->start)
			r->start = s->was->start;
	}
	for (size_t i = 0; i < r->n; i++)
		if (r->steps[i].last)
			history_pair(r, r->steps[i].was);
}
