/* SPDX-License-Identifier: MIT */
#include "base/util.h"
#include "track/walk.h"

#include <string.h>

static bool any(const char *path, const char *name)
{
	(void)path;
	(void)name;
	return true;
}

static bool not_git(const char *path, const char *name)
{
	(void)path;
	return !streq(name, ".git");
}

/* Not what a build of a Buildroot tree in its place leaves there. */
static bool not_made(const char *path, const char *name)
{
	return not_git(path, name) && !streq(path, "output") && !streq(path, "dl") &&
	       !streq(path, ".config") && !streq(path, ".config.old");
}

/* The rest of path behind arch/NAME/, or NULL. */
static const char *below_arch(const char *path)
{
	const char *rest = after_prefix(path, "arch/");
	const char *slash = rest ? strchr(rest, '/') : NULL;

	return slash ? slash + 1 : NULL;
}

/*
 * All Kconfig files, and what they run or ask for: the top Makefile with its scripts and what it
 * includes, an architecture's own, the configurations that make can be given as targets, and what
 * there is only in a tree that something was built in.
 */
static bool configures(const char *path, const char *name)
{
	const char *arch = below_arch(path);

	if (streq(path, ".config") || streq(path, ".kernelvariables") ||
	    streq(path, "include/config"))
		return true;
	if (after_prefix(name, "Kconfig") || after_prefix(path, "scripts/") ||
	    streq(path, "Makefile") || after_prefix(path, "kernel/configs/"))
		return true;
	return arch && (streq(arch, "include/generated") || after_prefix(arch, "Makefile") ||
			after_prefix(arch, "configs/") || after_prefix(arch, "tools/"));
}

const struct filter *filter_find(const char *name)
{
	static const struct filter filters[] = {
		{"all", any, any, false, false},
		{"source", not_git, not_git, true, true},
		{"buildroot", not_made, not_made, true, true},
		{"kconfig", configures, not_git, false, true},
	};

	for (size_t i = 0; i < LEN(filters); i++)
		if (streq(filters[i].name, name))
			return &filters[i];
	return NULL;
}
