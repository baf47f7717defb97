/* SPDX-License-Identifier: MIT */
#include "plan/host.h"
#include "base/path.h"
#include "base/util.h"
#include "resolve/host_init.h"

#define STAMP "stamp"

static const char *stamp_of(struct planner *p, const struct workload *w)
{
	const struct build *b = map_get(&p->builds, w->name);

	return stage_file(p, b->host_init, STAMP);
}

struct paths writers_of(struct planner *p, const char *path, bool own)
{
	size_t n;
	const struct workload *now = p->now->w, **inits = host_inits(p->arena, now, &n);
	struct paths stamps = {0};

	if (!n || path_below(path, p->setup->data_dir) || path_below(path, p->setup->fetch_dir))
		return stamps;
	for (size_t i = 0; i < n; i++)
		if ((own || inits[i] != now) && host_init_writes(p->arena, inits[i], path))
			paths_add_once(p->arena, &stamps, stamp_of(p, inits[i]));
	return stamps;
}

void after_host_inits(struct planner *p, struct edge *e, const struct build *b, bool own)
{
	size_t n;
	const struct workload **inits = host_inits(p->arena, b->w, &n);

	for (size_t i = 0; i < n; i++)
		if (own || inits[i] != b->w)
			edge_after(p->graph, e, stamp_of(p, inits[i]));
}

static void add_script(struct step *s, const struct workload *w, enum option_id option)
{
	const struct value *v = wl_value(w, option);
	struct arena *a = s->p->arena;
	size_t n;

	step_arg_path(s, "dir", w->workdir);
	step_arg_path(s, "script", value_path(v));
	for (size_t i = 1; i < v->n; i++)
		step_arg(s, "arg", v->items[i].text.s);
	const char **inputs = step_paths(a, w, option, "inputs", &n);
	for (size_t i = 0; i < n; i++)
		step_field_path(s, "input", inputs[i]);
	const char **outputs = step_paths(a, w, option, "outputs", &n);
	for (size_t i = 0; i < n; i++)
		step_arg_path(s, "output", outputs[i]);
}

static void script_in(struct planner *p, struct edge *e, const struct workload *w,
		      enum option_id option)
{
	const struct value *v = wl_value(w, option);
	size_t n;

	own_tree_in(p, e, value_path(v), v->at);
	const char **inputs = step_paths(p->arena, w, option, "inputs", &n);
	for (size_t i = 0; i < n; i++)
		own_tree_in(p, e, inputs[i], v->at);
	scripts_in(p, e, "step");
}

static void add_promises(struct planner *p, struct edge *e, const struct workload *w,
			 enum option_id option)
{
	size_t n;
	const char **outputs = step_paths(p->arena, w, option, "outputs", &n);

	for (size_t i = 0; i < n; i++)
		paths_add(p->arena, &e->promises, path_item(p, outputs[i]));
}

const char *host_script(struct planner *p, const struct build *b, enum option_id option,
			const char *rule)
{
	struct step s = step_start(p, rule, wl_value(b->w, option)->at);

	add_script(&s, b->w, option);
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, rule, id);
	if (e) {
		script_in(p, e, b->w, option);
		stage_out(p, e, STAMP);
		e->acts = true;
		after_host_inits(p, e, b, false);
		add_promises(p, e, b->w, option);
	} else {
		e = map_get(&p->edges, id);
	}
	if (wl_named(b->w) && step_always(b->w, option))
		edge_in(p->graph, e, FORCE);
	return id;
}
