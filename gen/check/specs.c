/* SPDX-License-Identifier: MIT */
#include "check/specs.h"
#include "check/check.h"
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
	{"guest-init",   check_guest_init},
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
