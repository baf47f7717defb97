/* SPDX-License-Identifier: MIT */
#include "plan/machine.h"
#include "base/util.h"

#define DEFAULT_CPUS 4
#define DEFAULT_MEM  ((long long)16 << 30)

const struct simulator simulators[SIMULATORS] = {
	[QEMU] = {"qemu", "", OPT_QEMU, OPT_QEMU_ARGS, true, true},
	[SPIKE] = {"spike", "-spike", OPT_SPIKE, OPT_SPIKE_ARGS, false, false},
};

const struct doc *machine_how(const struct planner *p, const struct simulator *sim)
{
	return doc_get(p->model->board->launch, sim->name);
}

bool machine_has_disks(const struct planner *p, const struct simulator *sim)
{
	return !p->model->board->no_disk &&
	       (sim->disks || doc_get(machine_how(p, sim), "disk-args"));
}

bool is_bare_metal(const struct build *b)
{
	return !b->link[DISK] && !b->image && !b->w->wants_linux;
}

static void add_words(struct step *s, const char *key, const struct doc *list)
{
	for (size_t i = 0; list && list->kind == DOC_LIST && i < list->n; i++)
		step_option(s, key, list->items[i]->text);
}

static const char *make_board_words(struct planner *p, const struct simulator *sim, bool disk)
{
	const struct doc *how = machine_how(p, sim);
	struct step s = {.p = p};

	add_words(&s, "machine-arg", doc_get(how, "args"));
	if (disk) {
		add_words(&s, "disk-arg", doc_get(how, "disk-args"));
		add_words(&s, "snapshot-arg", doc_get(how, "snapshot-args"));
	}
	const char *words = arena_strdup(p->arena, buf_str(&s.args));
	buf_free(&s.args);
	return words;
}

/* The board's words, which are the same for all workloads: made once. */
static const char *board_words(struct planner *p, const struct simulator *sim, bool disk)
{
	const char **words = &p->machine_words[sim - simulators][disk];

	if (!*words)
		*words = make_board_words(p, sim, disk);
	return *words;
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

void add_simulator(struct step *s, const struct build *b, const struct simulator *sim, bool disk)
{
	const struct doc *how = machine_how(s->p, sim);
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
	buf_puts(&s->args, board_words(s->p, sim, disk));
	for (size_t i = 0; i < args->n; i++)
		step_option(s, "arg", args->items[i].text.s);
}

void add_machine(struct step *s, const struct build *b, enum kind kind)
{
	struct arena *a = s->p->arena;
	const struct value *cpus = wl_value(b->w, OPT_CPUS), *mem = wl_value(b->w, OPT_MEM);

	step_option(
		s, "cpus",
		arena_printf(a, "%lld", cpus->state == VALUE_SET ? cpus->number : DEFAULT_CPUS));
	step_option(s, "mem",
		    arena_printf(a, "%lld", mem->state == VALUE_SET ? mem->number : DEFAULT_MEM));
	if (b->link[kind])
		step_option(s, "min-mem", stage_file(s->p, b->bin[kind], "bin.mem"));
}
