/* SPDX-License-Identifier: MIT */
/*
 * launch-NAME boots what was published, launch-jobs-NAME the jobs of a workload at once. The
 * board's `launch` map says how each simulator is started; `fmgen launch NAME` reads the same
 * parameter files. Nothing is built from these edges, so an option that only they use rebuilds
 * nothing.
 */
#include "plan/launch.h"

/* What memory that no spec asks for may be cut to where several machines share a host. */
#define LEAST_MEM ((long long)1 << 30)

static bool wanted(const struct planner *p, const struct build *b)
{
	return p->model->board->launch && (b->bin[DISK] || b->w->owner);
}

static const char *binary(const struct planner *p, const struct build *b, enum kind kind)
{
	return arena_printf(p->arena, "images/%s-bin%s", b->w->name,
			    kind == NODISK ? "-nodisk" : "");
}

static const char *image(const struct planner *p, const struct build *b)
{
	return arena_printf(p->arena, "images/%s.img", b->w->name);
}

/* What is booted: what was published. */
static void add_files(struct step *s, const struct build *b, enum kind kind)
{
	step_option(s, "name", b->w->name);
	step_option(s, "bin", binary(s->p, b, kind));
	if (kind == DISK && b->image)
		step_option(s, "img", image(s->p, b));
}

/* A hook runs in the workdir of the workload that wrote it. */
void add_hook(struct step *s, const struct workload *w, const char *key)
{
	const struct value *v = wl_value(w, OPT_POST_RUN_HOOK);
	struct arena *a = s->p->arena;

	if (!value_path(v))
		return;
	while (w->parent && wl_value(w->parent, OPT_POST_RUN_HOOK) == v)
		w = w->parent;
	step_option_path(s, key, value_path(v));
	step_option_path(s, arena_printf(a, "%s-dir", key), w->workdir);
	for (size_t i = 1; i < v->n; i++)
		step_option(s, arena_printf(a, "%s-arg", key), v->items[i].text.s);
}

/* What is done behind the run. A job has the hook of its workload, and where it sets another one,
 * that for itself. */
static void add_results(struct step *s, const struct workload *w)
{
	const struct workload *whole = w->owner ? w->owner : w;
	const struct value *outputs = wl_value(w, OPT_OUTPUTS);

	for (size_t i = 0; i < outputs->n; i++)
		step_option(s, "output", outputs->items[i].text.s);
	add_hook(s, whole, "hook");
	if (wl_value(w, OPT_POST_RUN_HOOK) != wl_value(whole, OPT_POST_RUN_HOOK))
		add_hook(s, w, "job-hook");
}

static void add_launch(struct step *s, const struct build *b, enum kind kind)
{
	const struct workload *w = b->w;

	add_files(s, b, kind);
	add_machine(s, b, kind);
	if (!wl_set(w, OPT_MEM))
		step_option(s, "least-mem", arena_printf(s->p->arena, "%lld", LEAST_MEM));
	if (wl_set(w, OPT_LAUNCH) && !wl_true(w, OPT_LAUNCH))
		step_flag(s, "skip");
	if (is_bare_metal(b))
		step_flag(s, "bare");
	add_results(s, w);
}

const char *launch_id(const struct planner *p, const char *prefix, const char *name,
		      const struct simulator *sim, enum kind kind)
{
	return arena_printf(p->arena, "%s-%s%s%s", prefix, name, kind == NODISK ? "-nodisk" : "",
			    sim->suffix);
}

static void plan_one(struct planner *p, struct build *b, const struct simulator *sim,
		     enum kind kind)
{
	const char *name = launch_id(p, "launch", b->w->name, sim, kind);
	bool disk = kind == DISK && b->image;

	if (!machine_how(p, sim) || !b->bin[kind] || (disk && !machine_has_disks(p, sim)))
		return;
	struct step s = step_start(p, "launch", b->w->spec->at);
	add_launch(&s, b, kind);
	add_simulator(&s, b, sim, disk);
	buf_free(&s.fields);
	struct edge *e = step_edge(&s, "launch", name);
	edge_out(p->graph, e, name, p->diag);
	edge_in(p->graph, e, binary(p, b, kind));
	if (b->link[kind])
		stage_in(p, e, b->bin[kind], "bin.mem");
	if (disk)
		edge_in(p->graph, e, image(p, b));
}

const struct edge *launch_edge(struct planner *p, const struct workload *w,
			       const struct simulator *sim, enum kind kind)
{
	const struct build *b = map_get(&p->builds, w->name);

	if (b && kind == NODISK && !b->bin[NODISK] && !b->image)
		kind = DISK;
	return map_get(&p->edges, launch_id(p, "launch", w->name, sim, kind));
}

/* Whether all jobs can be booted so, and that is not the same as with disks. */
static bool jobs_boot(struct planner *p, const struct workload *w, const struct simulator *sim,
		      enum kind kind)
{
	bool all = true, differ = kind == DISK;

	for (size_t i = 0; i < w->njobs; i++) {
		const struct build *b = map_get(&p->builds, w->jobs[i]->name);

		all = all && launch_edge(p, w->jobs[i], sim, kind);
		differ = differ || b->bin[kind];
	}
	return all && differ;
}

static void plan_jobs(struct planner *p, const struct workload *w, const struct simulator *sim,
		      enum kind kind)
{
	const char *id = launch_id(p, "launch-jobs", w->name, sim, kind);

	if (!jobs_boot(p, w, sim, kind))
		return;
	struct step s = step_start(p, "launch", w->spec->at);
	step_option(&s, "name", w->name);
	for (size_t i = 0; i < w->njobs; i++)
		step_option(&s, "machine", launch_edge(p, w->jobs[i], sim, kind)->id);
	add_hook(&s, w, "hook");
	buf_free(&s.fields);
	struct edge *e = step_edge(&s, "launch-jobs", id);
	if (!e)
		return;
	edge_out(p->graph, e, id, p->diag);
	for (size_t i = 0; i < w->njobs; i++) {
		const struct edge *job = launch_edge(p, w->jobs[i], sim, kind);

		for (size_t j = 0; j < job->ins.n; j++)
			edge_in(p->graph, e, job->ins.v[j]);
	}
}

bool is_last_job(const struct planner *p, const struct workload *w)
{
	for (size_t i = 0; w->owner && i < w->owner->njobs; i++)
		if (!map_get(&p->builds, w->owner->jobs[i]->name))
			return false;
	return w->owner;
}

static void plan_launch(struct planner *p, struct build *b)
{
	for (int i = 0; i < SIMULATORS; i++)
		for (int kind = DISK; kind < KINDS; kind++)
			plan_one(p, b, &simulators[i], kind);
	if (!is_last_job(p, b->w))
		return;
	p->home = arena_printf(p->arena, "wl/%s", b->w->owner->name);
	for (int i = 0; i < SIMULATORS; i++)
		for (int kind = DISK; kind < KINDS; kind++)
			plan_jobs(p, b->w->owner, &simulators[i], kind);
}

const struct stage stage_launch = {"launch", wanted, plan_launch};
