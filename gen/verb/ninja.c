/* SPDX-License-Identifier: MIT */
#include "verb/ninja.h"
#include "base/proc.h"
#include "base/util.h"

int run_ninja(struct arena *a, const char *target)
{
	char *ninja = proc_find(a, "ninja");

	if (!ninja)
		ninja = proc_find(a, "samu");
	if (!ninja) {
		warn("ninja is not on PATH: install it (Debian package ninja-build)");
		return 1;
	}
	char *argv[] = {ninja, target ? arena_strdup(a, target) : NULL, NULL};
	return proc_run(argv);
}
