/* SPDX-License-Identifier: MIT */
/*
 * launch-NAME boots what was published. The board's `launch` map says how each simulator is
 * started; `fmgen launch NAME` reads the same parameter files. Nothing is built from these edges,
 * so an option that only they use rebuilds nothing.
 */
#include "base/util.h"
#include "plan/stage.h"

#define DEFAULT_CPUS 4
#define DEFAULT_MEM  ((long long)16 << 30)

struct simulator {
	const char *name, *suffix;
	enum option_id program, args;
	bool disks;	/* whether it knows disks */
	bool asked_for; /* bare metal runs there only where the spec names it */
};

static const struct simulator simulators[] = {
	{"qemu", "", OPT_QEMU, OPT_QEMU_ARGS, true, true},
	{"spike", "-spike", OPT_SPIKE, OPT_SPIKE_ARGS, false, false},
};

static bool wanted(const struct planner *p, const struct build *b)
{
	return p->model->board->launch && b->bin[DISK];
}

/* A binary of the user's that is based on nothing: it may know one machine only. */
static bool is_bare_metal(const struct build *b)
{
	return !b->link[DISK] && !b->image && !b->w->wants_linux;
}

static void add_words(struct step *s, const char *key, const struct doc *list)
{
	for (size_t i = 0; list && list->kind == DOC_LIST && i < list->n; i++)
		step_option(s, key, list->items[i]->text);
}

static void add_text(struct step *s, const char *key, const struct doc *text)
{
	if (text && text->text)
		step_option(s, key, text->text);
}

static void refuse(struct step *s, const struct simulator *sim, const char *because)
{
	step_option(s, "unsupported", sim->name);
	step_option(s, "because", because);
}

/* How the simulator is started: the board's words, and the spec's own program and words. */
static void add_simulator(struct step *s, const struct build *b, const struct simulator *sim,
			  const struct doc *how, bool disk)
{
	const struct value *program = wl_value(b->w, sim->program);
	const struct value *args = wl_value(b->w, sim->args);

	if (program->state == VALUE_NULL)
		refuse(s, sim, "its spec says so");
	else if (program->state == VALUE_UNSET && sim->asked_for && is_bare_metal(b))
		refuse(s, sim, "bare metal runs there only where the spec names a simulator");
	else if (value_path(program))
		step_option_path(s, "program", value_path(program));
	else if (value_text(program))
		step_option(s, "program", value_text(program));
	else
		add_text(s, "program", doc_get(how, "program"));
	add_text(s, "package", doc_get(how, "package"));
	add_words(s, "machine-arg", doc_get(how, "args"));
	if (disk) {
		add_words(s, "disk-arg", doc_get(how, "disk-args"));
		add_words(s, "snapshot-arg", doc_get(how, "snapshot-args"));
	}
	for (size_t i = 0; i < args->n; i++)
		step_option(s, "arg", args->items[i].text.s);
}

static void add_machine(struct step *s, const struct build *b, enum kind kind)
{
	struct arena *a = s->p->arena;
	const struct value *cpus = wl_value(b->w, OPT_CPUS), *mem = wl_value(b->w, OPT_MEM);

	step_option(s, "name", b->w->name);
	step_option(
		s, "bin",
		arena_printf(a, "images/%s-bin%s", b->w->name, kind == NODISK ? "-nodisk" : ""));
	if (kind == DISK && b->image)
		step_option(s, "img", arena_printf(a, "images/%s.img", b->w->name));
	step_option(
		s, "cpus",
		arena_printf(a, "%lld", cpus->state == VALUE_SET ? cpus->number : DEFAULT_CPUS));
	step_option(s, "mem",
		    arena_printf(a, "%lld", mem->state == VALUE_SET ? mem->number : DEFAULT_MEM));
	if (b->link[kind])
		step_option(s, "min-mem", stage_file(s->p, b->bin[kind], "bin.mem"));
}

static void plan_one(struct planner *p, struct build *b, const struct simulator *sim,
		     enum kind kind)
{
	const struct doc *how = doc_get(p->model->board->launch, sim->name);
	const char *name = arena_printf(p->arena, "launch-%s%s%s", b->w->name,
					kind == NODISK ? "-nodisk" : "", sim->suffix);

	bool disk = kind == DISK && b->image;
	if (!how || !b->bin[kind] || (disk && (!sim->disks || p->model->board->no_disk)))
		return;
	struct step s = step_start(p, "launch", b->w->spec->at);
	add_machine(&s, b, kind);
	add_simulator(&s, b, sim, how, disk);
	buf_free(&s.fields);
	struct edge *e = step_edge(&s, "launch", name);
	edge_out(p->graph, e, name, p->diag);
	edge_in(p->graph, e,
		arena_printf(p->arena, "images/%s-bin%s", b->w->name,
			     kind == NODISK ? "-nodisk" : ""));
	if (b->link[kind])
		stage_in(p, e, b->bin[kind], "bin.mem");
	if (disk)
		edge_in(p->graph, e, arena_printf(p->arena, "images/%s.img", b->w->name));
}

static void plan_launch(struct planner *p, struct build *b)
{
	for (size_t i = 0; i < LEN(simulators); i++)
		for (int kind = DISK; kind < KINDS; kind++)
			plan_one(p, b, &simulators[i], kind);
}

const struct stage stage_launch = {"launch", wanted, plan_launch};
