/* SPDX-License-Identifier: MIT */
#include "check/graph.h"
#include "base/util.h"

#include <string.h>

/* Letters, digits, and "._+/-". */
static bool is_safe(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '-' && c <= '9') ||
	       c == '_' || c == '+';
}

/* Graph files have no escapes, so a name with other bytes is a mistake of fmgen's own. */
static void check_name(const char *name)
{
	const char *s = name;

	while (is_safe(*s))
		s++;
	if (*s)
		die("internal error: '%s' cannot stand in a graph file", name);
}

static void check_paths(const struct paths *p)
{
	for (size_t i = 0; i < p->n; i++)
		check_name(p->v[i]);
}

static void check_inputs(const struct graph *g, const struct edge *e, const struct paths *ins)
{
	for (size_t i = 0; i < ins->n; i++)
		if (!map_get(&g->by_output, ins->v[i]) &&
		    !after_prefix(ins->v[i], "out/revision/") &&
		    !after_prefix(ins->v[i], "out/args/") && !streq(ins->v[i], FORCE))
			die("internal error: %s: nothing makes %s", e->id ? e->id : e->outs.v[0],
			    ins->v[i]);
}

static void check_alias(const struct graph *g, const struct alias *alias, struct diag *d)
{
	const struct edge *e = map_get(&g->by_output, alias->name);

	check_name(alias->name);
	check_paths(&alias->targets);
	if (e)
		diag_error(d, alias->why, "the name '%s' is also a file of the build", alias->name);
}

void check_graph(const struct graph *g, struct diag *d)
{
	edges_each (e, g) {
		check_paths(&e->outs);
		check_inputs(g, e, &e->ins);
		check_inputs(g, e, &e->order_only);
	}
	map_each (a, &g->aliases)
		check_alias(g, a->value, d);
}
