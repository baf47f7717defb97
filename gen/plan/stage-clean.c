/* SPDX-License-Identifier: MIT */
/* clean-NAME removes what was built of a workload and its jobs alone. It builds nothing. */
#include "plan/stage.h"

static bool wanted(const struct planner *p, const struct build *b)
{
	(void)p;
	return b->bin[DISK] || b->bin[NODISK] || b->image;
}

static void plan_clean(struct planner *p, struct build *b)
{
	struct edge *e = graph_edge(p->graph, "clean", b->w->name, p->home, b->w->spec->at);

	edge_out(p->graph, e, arena_printf(p->arena, "clean-%s", b->w->name), p->diag);
}

const struct stage stage_clean = {"clean", wanted, plan_clean};
