/* SPDX-License-Identifier: MIT */
#include "run/machine.h"
#include "base/util.h"
#include "decode/values.h"

#define KEY(name, kind, member)                              \
	{                                                    \
		name, kind, offsetof(struct machine, member) \
	}

static const struct key keys[] = {
	KEY("name", KEY_TEXT, name),
	KEY("bin", KEY_TEXT, bin),
	KEY("img", KEY_TEXT, img),
	KEY("program", KEY_TEXT, program),
	KEY("package", KEY_TEXT, package),
	KEY("min-mem", KEY_TEXT, min_mem),
	KEY("run", KEY_TEXT, run),
	KEY("log-dir", KEY_TEXT, log_dir),
	KEY("unsupported", KEY_TEXT, unsupported),
	KEY("because", KEY_TEXT, because),
	KEY("cpus", KEY_NUMBER, cpus),
	KEY("mem", KEY_NUMBER, mem),
	KEY("least-mem", KEY_NUMBER, least_mem),
	KEY("timeout", KEY_NUMBER, timeout),
	KEY("machine-arg", KEY_LIST, machine_args),
	KEY("disk-arg", KEY_LIST, disk_args),
	KEY("snapshot-arg", KEY_LIST, snapshot_args),
	KEY("arg", KEY_LIST, args),
	KEY("output", KEY_LIST, outputs),
	HOOK_KEYS("", machine, hook),
	HOOK_KEYS("job-", machine, job_hook),
	KEY("snapshot", KEY_YES, snapshot),
	KEY("in-place", KEY_YES, in_place),
	KEY("must-end", KEY_YES, must_end),
	KEY("skip", KEY_YES, skip),
	KEY("bare", KEY_YES, bare),
};

bool machine_read(struct arena *a, struct machine *m, int argc, char *const *argv)
{
	*m = (struct machine){.cpus = 1, .mem = 128LL << 20};
	if (!keys_read(a, keys, LEN(keys), m, argc, argv) || !key_given(argv[0], "name", m->name))
		return false;
	if (!is_name(m->name) || (m->run && !is_name(m->run))) {
		warn("boot: %s is not a workload's name", is_name(m->name) ? m->run : m->name);
		return false;
	}
	return m->unsupported || m->skip ||
	       (key_given(argv[0], "bin", m->bin) && key_given(argv[0], "program", m->program));
}
