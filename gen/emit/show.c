/* SPDX-License-Identifier: MIT */
#include "emit/show.h"
#include "emit/show_value.h"
#include "base/util.h"

#include <string.h>

/* The comment above: what the workload is made of. */
static void show_chain(struct show *s, const struct model *m)
{
	const struct workload *w = s->w, *p = w;

	show_note(s, "%s: %s", w->name, w->spec->file);
	if (w->owner)
		show_note(s, "a job of %s", w->owner->name);
	while (p->parent) {
		p = p->parent;
		show_note(s, "based on %s: %s", p->name, p->spec->file);
	}
	show_note(s, "distro %s, board %s", w->distro->name.s, m->board->name.s);
	show_note(s, "workdir %s", w->workdir);
	for (size_t i = 0; w->wants_linux && i < m->board->modules.n; i++) {
		const struct item *item = &m->board->modules.items[i];
		show_note(s, "the board's kernel module %s: %s", item->key.s,
			  item->path ? item->path : item->text.s);
	}
}

/* Whether the group of an option means anything to this workload. */
static bool concerns(const struct workload *w, const struct option *opt)
{
	if (strncmp(opt->name, "linux.", 6) == 0 || strncmp(opt->name, "firmware.", 9) == 0)
		return w->wants_linux;
	if (strncmp(opt->name, "testing.", 8) == 0)
		return wl_set(w, OPT_TESTING_REFDIR);
	return true;
}

/* What the board has for an option, or NULL. */
static const struct str *of_board(const struct board *board, size_t id)
{
	return id == OPT_LINUX_SOURCE  ? &board->linux_source
	       : id == OPT_OPENSBI_SRC ? &board->opensbi_source
				       : NULL;
}

static void show_defaults(struct show *s, const struct model *m)
{
	bool any = false;

	for (size_t i = 0; i < OPT_COUNT; i++) {
		const struct option *opt = &options[i];
		const struct str *given = of_board(m->board, i);

		if (!opt->absent || s->w->values[i]->state != VALUE_UNSET || i == OPT_BASE ||
		    i == OPT_WORKDIR || !concerns(s->w, opt))
			continue;
		if (!any)
			show_note(s, "Not set, so:");
		any = true;
		if (given && given->s)
			show_note(s, "  %s: %s, %s", opt->name, opt->absent, given->s);
		else
			show_note(s, "  %s: %s", opt->name, opt->absent);
	}
}

static size_t group_length(const char *name)
{
	const char *dot = strchr(name, '.');

	return dot ? (size_t)(dot - name) : 0;
}

/* The first option from i on, within the same group, that the workload has; OPT_COUNT: none. */
static size_t next_of_group(const struct show *s, size_t i, size_t len)
{
	const char *group = options[i].name;

	for (; i < OPT_COUNT && strncmp(options[i].name, group, len + 1) == 0; i++)
		if (s->w->values[i]->state != VALUE_UNSET)
			return i;
	return OPT_COUNT;
}

/* Prints a group; returns the index after its options. */
static size_t show_group(struct show *s, size_t i)
{
	const char *group = options[i].name;
	size_t len = group_length(group), first = next_of_group(s, i, len);
	bool empty = (strncmp(group, "linux.", 6) == 0 && s->w->wants_linux) ||
		     (strncmp(group, "firmware.", 9) == 0 && s->w->spec->has_firmware);

	if (first == OPT_COUNT && empty)
		show_line(s, "%.*s: {}", (int)len, group);
	else if (first < OPT_COUNT)
		show_line(s, "%.*s:", (int)len, group);
	s->indent += 2;
	for (; i < OPT_COUNT && strncmp(options[i].name, group, len + 1) == 0; i++)
		if (s->w->values[i]->state != VALUE_UNSET)
			show_value(s, i, options[i].name + len + 1);
	s->indent -= 2;
	return i;
}

static void show_options(struct show *s);

static void show_jobs(struct show *s)
{
	struct show job = *s;

	if (!s->w->njobs)
		return;
	show_line(s, "jobs:");
	job.indent += 4;
	for (size_t i = 0; i < s->w->njobs; i++) {
		size_t start = s->b->len;

		job.w = s->w->jobs[i];
		job.in_list = true;
		show_options(&job);
		s->b->data[start + (size_t)s->indent + 2] = '-';
	}
}

static void show_workdir(struct show *s)
{
	const struct value *v = &s->w->spec->values[OPT_WORKDIR];

	if (!s->in_list)
		show_scalar(s, "workdir", s->w->workdir,
			    v->state == VALUE_SET ? v->at : (struct span){0});
}

/* A job's base, which it need not say where it stands among `jobs`. */
static void show_base(struct show *s)
{
	if (s->w->values[OPT_BASE]->state != VALUE_UNSET)
		show_value(s, OPT_BASE, "base");
	else if (s->w->owner && !s->in_list)
		show_scalar(s, "base", show_path(s, s->w->owner->spec->file), (struct span){0});
}

static void show_options(struct show *s)
{
	for (size_t i = 0; i < OPT_COUNT;) {
		if (group_length(options[i].name)) {
			i = show_group(s, i);
			continue;
		}
		if (i == OPT_JOBS)
			show_jobs(s);
		else if (i == OPT_BASE)
			show_base(s);
		else if (i == OPT_WORKDIR)
			show_workdir(s);
		else if (s->w->values[i]->state != VALUE_UNSET)
			show_value(s, i, options[i].name);
		i++;
	}
}

void show_workload(struct arena *a, struct buf *b, const struct model *m, const struct workload *w,
		   const char *here)
{
	struct show s = {.arena = a, .b = b, .w = w, .here = here};

	show_chain(&s, m);
	show_options(&s);
	show_defaults(&s, m);
}
