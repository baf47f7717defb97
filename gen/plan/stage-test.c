/* SPDX-License-Identifier: MIT */
/*
 * test-NAME boots what was published, and compares what came out with the reference of `testing`.
 * Its stamp is there once it has passed, so that it runs again only where something changed: what
 * is booted, how, or the reference.
 */
#include "base/util.h"
#include "plan/launch.h"

static bool wanted(const struct planner *p, const struct build *b)
{
	(void)b;
	return p->model->board->launch;
}

/* What boots the workload, or its jobs if there are any, but for those that are not to be launched;
 * how many these are, 0 where not all can be booted so. */
static size_t find_machines(struct planner *p, const struct workload *w,
			    const struct simulator *sim, enum kind kind, const struct edge **v)
{
	size_t n = 0;

	for (size_t i = 0; i < (w->njobs ? w->njobs : 1); i++) {
		const struct workload *machine = w->njobs ? w->jobs[i] : w;

		if (wl_set(machine, OPT_LAUNCH) && !wl_true(machine, OPT_LAUNCH))
			continue;
		v[n] = launch_edge(p, machine, sim, kind);
		if (!v[n++])
			return 0;
	}
	return n;
}

/* A line of the console: as an option of the distro has it, else the distro itself. */
static const char *console_line(const struct workload *w, const char *name, const char *otherwise)
{
	const struct option *opt = distro_option(w->distro, name);
	const char *own = opt ? value_text(&w->distro_opts[opt - w->distro->options]) : NULL;

	return own ? own : otherwise;
}

static void add_reference(struct step *s, const struct workload *w)
{
	const struct distro *distro = w->distro;

	step_option_path(s, "ref", wl_path(w, OPT_TESTING_REFDIR));
	if (wl_true(w, OPT_TESTING_STRIP) && distro->strip_from.s) {
		step_option(s, "strip-from", console_line(w, "strip-from", distro->strip_from.s));
		step_option(s, "strip-to", console_line(w, "strip-to", distro->strip_to.s));
	}
	if (wl_set(w, OPT_TESTING_RUN_TIMEOUT))
		step_option(s, "run-timeout",
			    arena_printf(s->p->arena, "%lld",
					 wl_value(w, OPT_TESTING_RUN_TIMEOUT)->number));
	if (wl_set(w, OPT_TESTING_BUILD_TIMEOUT))
		step_option(s, "build-timeout",
			    arena_printf(s->p->arena, "%lld",
					 wl_value(w, OPT_TESTING_BUILD_TIMEOUT)->number));
	add_hook(s, w, "hook");
}

/* What is booted, and how, decides. */
static void machine_in(struct planner *p, struct edge *e, const struct edge *launch)
{
	edge_in(p->graph, e, arena_printf(p->arena, "out/args/%s", launch->id));
	for (size_t i = 0; i < launch->ins.n; i++)
		edge_in(p->graph, e, launch->ins.v[i]);
}

/* False where not all can be booted so. */
static bool plan_one(struct planner *p, const struct workload *w, const struct simulator *sim,
		     enum kind kind)
{
	const char *id = launch_id(p, "test", w->name, sim, kind);
	const struct value *ref = wl_value(w, OPT_TESTING_REFDIR);
	const struct edge **machines = arena_array(p->arena, const struct edge *, w->njobs + 1);
	size_t n = find_machines(p, w, sim, kind, machines);

	if (!n)
		return false;
	const char *dir = arena_printf(p->arena, "out/test/%s", after_prefix(id, "test-"));
	struct step s = step_start(p, "test", ref->at);
	step_option(&s, "name", w->name);
	step_option(&s, "out", dir);
	for (size_t i = 0; i < n; i++)
		step_option(&s, "machine", machines[i]->id);
	add_reference(&s, w);
	buf_free(&s.fields);
	struct edge *e = step_edge(&s, "test", id);
	const char *stamp = arena_printf(p->arena, "%s/passed", dir);
	edge_out(p->graph, e, stamp, p->diag);
	e->acts = true;
	for (size_t i = 0; i < n; i++)
		machine_in(p, e, machines[i]);
	tree_for(p, e, BY_IMAGE, value_path(ref), ref->at);
	paths_add(p->arena, &graph_alias(p->graph, id, ref->at)->targets, stamp);
	return true;
}

/* Plans as if the workload were the one that is planned now: for the scripts that it waits for. */
static void plan_tests(struct planner *p, const struct build *b)
{
	const struct build *now = p->now;
	const char *home = p->home;
	bool planned = false;

	if (!wl_set(b->w, OPT_TESTING_REFDIR))
		return;
	p->now = b;
	p->home = arena_printf(p->arena, "wl/%s", b->w->name);
	for (int i = 0; i < SIMULATORS; i++)
		for (int kind = DISK; kind < KINDS; kind++)
			planned = plan_one(p, b->w, &simulators[i], kind) || planned;
	if (!planned)
		diag_warn(p->diag, WARN_NO_EFFECT, wl_value(b->w, OPT_TESTING_REFDIR)->at,
			  "`testing` has no effect: %s cannot be booted", b->w->name);
	p->now = now;
	p->home = home;
}

static void plan_test(struct planner *p, struct build *b)
{
	if (!b->w->njobs)
		plan_tests(p, b);
	if (is_last_job(p, b->w))
		plan_tests(p, map_get(&p->builds, b->w->owner->name));
}

const struct stage stage_test = {"test", wanted, plan_test};
