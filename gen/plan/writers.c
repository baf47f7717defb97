/* SPDX-License-Identifier: MIT */
#include "plan/writers.h"
#include "base/path.h"

/* The stamp of the script of an option of w; NULL where no stage runs it. */
static const char *stamp_of(struct planner *p, const struct workload *w, enum option_id option)
{
	const struct build *b = map_get(&p->builds, w->name);
	const char *id = option == OPT_HOST_INIT ? b->host_init : b->post_bin;

	return id ? stage_file(p, id, SCRIPT_STAMP) : NULL;
}

struct paths writers_of(struct planner *p, const char *path, enum reader reader)
{
	struct paths stamps = {0};
	size_t n;

	if (path_below(path, p->setup->data_dir) || path_below(path, p->setup->fetch_dir))
		return stamps;
	const struct host_script *v = writers_before(p->arena, p->now->w, reader, path, &n);
	for (size_t i = 0; i < n; i++) {
		const char *stamp = stamp_of(p, v[i].w, v[i].id);

		if (stamp)
			paths_add_once(p->arena, &stamps, stamp);
	}
	return stamps;
}

void after_host_inits(struct planner *p, struct edge *e, const struct build *b, bool own)
{
	size_t n;
	const struct workload **inits = script_owners(p->arena, b->w, OPT_HOST_INIT, &n);

	for (size_t i = 0; i < n; i++)
		if (own || inits[i] != b->w)
			edge_after(p->graph, e, stamp_of(p, inits[i], OPT_HOST_INIT));
}
