/* SPDX-License-Identifier: MIT */
/* What would run: the records of the last runs compared with the present. */
#include "base/fs.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/util.h"
#include "graph/names.h"
#include "report/history.h"

#include <string.h>

/* The inputs of a step as a record of now would have them. */
static struct was inputs_now(struct arena *a, const struct step *s)
{
	struct was w = {.id = s->id};
	size_t n = strings_count(s->ins);

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
	return strings_have(s->ins, "FORCE") || after_prefix(s->rule, "launch");
}

static const char *stamp_by_make(struct arena *a, const struct step *s)
{
	bool publishes = after_prefix(s->rule, "publish");

	return done_stamp(a, s->rule, publishes && s->outs[0] ? path_base(s->outs[0]) : s->id);
}

/* The outputs that ninja's log names. */
static void read_ninja_log(struct report *r)
{
	struct buf log = {0};

	r->has_log = read_file("out/.ninja_log", &log);
	r->logged.arena = r->arena;
	char *rest = arena_strdup(r->arena, buf_str(&log)), *line;
	while ((line = strsep(&rest, "\n"))) {
		char *field = line;

		for (int i = 0; field && i < 3; i++)
			strsep(&field, "\t");
		if (field)
			map_put(&r->logged, strsep(&field, "\t"), r);
	}
	buf_free(&log);
}

/* Whether the build tool knows of a run of the step: each has its own memory. A graph inside of a
 * larger one has no log of its own. */
static bool tool_knows(const struct report *r, const struct step *s)
{
	if (r->make)
		return path_exists(stamp_by_make(r->arena, s));
	for (char **out = s->outs; r->has_log && *out; out++)
		if (!map_get(&r->logged, *out))
			return false;
	return r->has_log || !s->was || !s->was->lifted;
}

/* What a step would run for, as far as it lies in itself. */
static void ask_step(struct report *r, struct step *s)
{
	struct was now = inputs_now(r->arena, s);
	struct change c = {.old = s->was, .now = &now, .outs = s->outs, .args = s->args};
	struct buf b = {0};

	c.forced = runs_always(s);
	c.done = stamp_by_make(r->arena, s);
	if (s->was || !outputs_there(s) || s->broken)
		reasons(&r->world, &c, &b);
	if (!b.len && !tool_knows(r, s))
		buf_printf(&b, "%s does not know yet that it ran\n", r->make ? "make" : "ninja");
	if (s->broken)
		buf_printf(&b, "its last run did not end well: out/log/%s.log\n", s->id);
	s->now = arena_strdup(r->arena, buf_str(&b));
	buf_free(&b);
	history_pair(r, &now);
}

bool would_run(const struct step *s)
{
	return s->cause;
}

void report_ask(struct report *r, const struct steps *all)
{
	read_ninja_log(r);
	r->world.args.arena = r->arena;
	for (size_t i = 0; i < r->n; i++)
		if (r->steps[i].args)
			map_put(&r->world.args, r->steps[i].id, (void *)r->steps[i].args);
	for (size_t i = 0; i < all->n; i++) {
		struct step *s = all->v[i];

		ask_step(r, s);
		s->after = 0;
		while (s->after < s->ndeps && !would_run(s->deps[s->after]))
			s->after++;
		if (*s->now)
			s->cause = s;
		else if (s->after < s->ndeps)
			s->cause = s->deps[s->after]->cause;
	}
}
