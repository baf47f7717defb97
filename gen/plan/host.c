/* SPDX-License-Identifier: MIT */
#include "plan/host.h"
#include "plan/writers.h"
#include "base/util.h"

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

/* The binary that a post-bin runs behind, and what it sees of the kernel. */
static void add_binary(struct step *s, const struct build *b)
{
	struct planner *p = s->p;

	step_field(s, "bin", b->bin[DISK]);
	if (!b->kernel)
		return;
	step_arg(s, "linux-src", stage_file(p, b->kernel, "view"));
	step_arg(s, "linux-bin", stage_file(p, b->link[DISK], "vmlinux"));
}

static void binary_in(struct planner *p, struct edge *e, const struct build *b)
{
	stage_in(p, e, b->bin[DISK], "bin");
	if (!b->kernel)
		return;
	source_in(p, e, kernel_source(p, b), "source", e->why);
	stage_in(p, e, b->kernel, "kernel.sum");
	stage_in(p, e, b->link[DISK], "vmlinux");
}

static void script_in(struct planner *p, struct edge *e, const struct workload *w,
		      enum option_id option)
{
	enum reader reader = option == OPT_HOST_INIT ? BY_HOST_INIT : BY_POST_BIN;
	const struct value *v = wl_value(w, option);
	size_t n;

	tree_for(p, e, reader, value_path(v), v->at);
	const char **inputs = step_paths(p->arena, w, option, "inputs", &n);
	for (size_t i = 0; i < n; i++)
		tree_for(p, e, reader, inputs[i], v->at);
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

const char *host_script(struct planner *p, const struct build *b, enum option_id option)
{
	const char *rule = options[option].name;
	struct step s = step_start(p, rule, wl_value(b->w, option)->at);

	add_script(&s, b->w, option);
	if (option == OPT_POST_BIN)
		add_binary(&s, b);
	const char *id = step_id(&s);
	struct edge *e = step_edge(&s, rule, id);
	if (e) {
		script_in(p, e, b->w, option);
		if (option == OPT_POST_BIN)
			binary_in(p, e, b);
		stage_out(p, e, SCRIPT_STAMP);
		e->acts = true;
		after_host_inits(p, e, b, option == OPT_POST_BIN);
		add_promises(p, e, b->w, option);
	} else {
		e = map_get(&p->edges, id);
	}
	if (wl_named(b->w) && step_always(b->w, option))
		edge_in(p->graph, e, FORCE);
	return id;
}
