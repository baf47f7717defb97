/* SPDX-License-Identifier: MIT */
/* For dot, of Graphviz. */
#include "base/path.h"
#include "base/util.h"
#include "report/report.h"

#include <string.h>

static void put_quoted(struct buf *out, const char *s)
{
	buf_putc(out, '"');
	for (; *s; s++)
		if (*s == '\n')
			buf_puts(out, "\\n");
		else if (*s == '"' || *s == '\\')
			buf_printf(out, "\\%c", *s);
		else
			buf_putc(out, *s);
	buf_putc(out, '"');
}

static const char *colour(const struct step *s)
{
	if (s->broken)
		return "#f4c7c3";
	if (s->equal)
		return "#fde9c8";
	return s->last ? "#cfe3ff" : s->was ? "#f2f2f2" : "#ffffff";
}

static const char *name_of(struct arena *a, const struct step *s)
{
	size_t n = strlen(s->rule);

	if (after_prefix(s->rule, "publish") && s->outs[0])
		return s->outs[0];
	return after_prefix(s->id, s->rule) && strlen(s->id) >= n + 9
		       ? arena_printf(a, "%s\n%.8s", s->rule, s->id + n + 1)
		       : s->id;
}

/* Name, time, and of what ran in the last build the first reason, if that is no other step. */
static const char *label(struct arena *a, const struct step *s)
{
	const char *name = name_of(a, s), *said = s->last ? s->said : "";
	const char *time = s->was ? show_time(a, s->was->end - s->was->start) : "not built";
	const char *reason = arena_dup(a, said, strcspn(said, "\n"));

	if (strstr(reason, "came out changed") || strstr(reason, "in the place of"))
		reason = "";
	return arena_printf(a, "%s\n%s%s%s", name, time, *reason ? "\n" : "", reason);
}

static void put_step(struct buf *out, struct arena *a, const struct step *s)
{
	buf_puts(out, "  ");
	put_quoted(out, s->id);
	buf_puts(out, " [label=");
	put_quoted(out, label(a, s));
	if (after_prefix(s->rule, "publish"))
		buf_puts(out, ", penwidth=1.6");
	buf_printf(out, ", fillcolor=\"%s\", style=\"rounded,filled%s\", tooltip=", colour(s),
		   s->was ? "" : ",dashed");
	put_quoted(out, *s->said ? s->said : s->id);
	buf_puts(out, "];\n");
	for (size_t i = 0; i < s->ndeps; i++) {
		buf_puts(out, "  ");
		put_quoted(out, s->deps[i]->id);
		buf_puts(out, " -> ");
		put_quoted(out, s->id);
		buf_puts(out, s->last && s->deps[i]->last && !s->deps[i]->equal
				      ? " [color=\"#2563eb\", penwidth=1.6];\n"
				      : ";\n");
	}
}

void picture_dot(const struct picture *p, struct buf *out)
{
	struct arena a = {0};

	buf_puts(out,
		 "// Written by fmgen. Blue ran in the last build, yellow came out equal there, "
		 "red failed.\n// Blue edges: what ran because another step came out changed.\n"
		 "digraph fmgen {\n"
		 "  rankdir=LR;\n"
		 "  node [shape=box, fontname=\"sans-serif\", fontsize=10];\n"
		 "  edge [color=\"#888888\", arrowsize=0.6];\n");
	for (size_t i = 0; i < p->all.n; i++)
		put_step(out, &a, p->all.v[i]);
	buf_puts(out, "}\n");
	arena_free(&a);
}
