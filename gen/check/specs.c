/* SPDX-License-Identifier: MIT */
#include "check/specs.h"
#include "check/check.h"
#include "resolve/host_init.h"
#include "base/path.h"
#include "base/util.h"

static const struct check {
	const char *name;
	void (*run)(struct checker *c, const struct workload *w);
} checks[] = {
	/* clang-format off */
	{"names",        check_names},
	{"run-command",  check_run_command},
	{"arguments",    check_arguments},
	{"effect",       check_effect},
	{"pending",      check_pending},
	{"destinations", check_destinations},
	{"files",        check_workdir_files},
	{"scripts",      check_scripts},
	{"kernel-tree",  check_kernel_tree},
	{"firmware",     check_firmware},
	{"distro",       check_distro},
	/* clang-format on */
};

void check_specs(struct arena *a, struct inputs *in, const struct model *model, struct diag *d)
{
	struct checker c = {a, in, model, d};

	for (size_t i = 0; i < model->n; i++)
		for (size_t j = 0; j < LEN(checks); j++)
			checks[j].run(&c, model->workloads[i]);
	check_board(&c);
}

bool made_before(struct checker *c, const struct workload *w, const char *path)
{
	size_t n;
	const struct workload **inits = host_inits(c->arena, w, &n);

	for (size_t i = 0; i < n; i++)
		if (inits[i] != w && host_init_writes(c->arena, inits[i], path))
			return true;
	return false;
}

bool made_later(struct checker *c, const struct workload *w, const char *path)
{
	return made_before(c, w, path) ||
	       (wl_set(w, OPT_HOST_INIT) && host_init_writes(c->arena, w, path));
}

struct span name_place(const struct workload *w)
{
	const struct value *v = &w->spec->values[OPT_NAME];

	return v->state == VALUE_SET ? v->at : w->spec->at;
}
