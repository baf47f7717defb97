/* SPDX-License-Identifier: MIT */
/*
 * Revisions of fmgen's own writers of stage outputs. A change that makes a verb write other bytes
 * raises its number here, and just what it writes is made again; a new fmgen that writes the same
 * rebuilds nothing.
 */
#include "base/util.h"
#include "plan/stage.h"

static const struct {
	const char *verb, *revision;
} plumbing[] = {
	{"cpio", "1"},
	{"ext4", "1"},
};

void plumbing_in(struct planner *p, struct edge *e, const char *verb)
{
	for (size_t i = 0; i < LEN(plumbing); i++)
		if (streq(plumbing[i].verb, verb)) {
			map_put(&p->graph->revisions, verb, (void *)plumbing[i].revision);
			edge_in(p->graph, e, arena_printf(p->arena, "out/revision/%s", verb));
			return;
		}
	die("internal error: no revision of '%s'", verb);
}
