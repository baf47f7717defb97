/* SPDX-License-Identifier: MIT */
/* fmgen boot: starts a simulator on what was built and tells how the guest fared. The graph calls
 * it with out/args/launch-NAME. */
#include "base/util.h"
#include "run/boot.h"
#include "verb/verb.h"

static int boot(struct arena *a, struct machine *m)
{
	if (m->skip) {
		warn("note: %s is not launched: its spec says so (launch)", m->name);
		return 0;
	}
	if (!m->unsupported)
		return boot_machine(a, m);
	warn("%s does not support %s: %s", m->name, m->unsupported,
	     m->because ? m->because : "its spec says so");
	return 1;
}

static int boot_main(int argc, char **argv)
{
	struct arena a = {0};
	struct machine m;
	int status = machine_read(&a, &m, argc, argv) ? boot(&a, &m) : 2;

	arena_free(&a);
	return status;
}

const struct verb verb_boot = {.name = "boot", .main = boot_main, .args = "--KEY=VALUE..."};
