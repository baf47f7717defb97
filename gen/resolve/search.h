/* SPDX-License-Identifier: MIT */
/* Where spec files are looked for: a list of directories, of which a later one wins. */
#ifndef FMGEN_SEARCH_H
#define FMGEN_SEARCH_H

#include "load/source.h"

#include <stdbool.h>

struct search {
	struct arena *arena;
	struct inputs *inputs;
	const char **dirs; /* without the target's own, which comes last */
	size_t ndirs;
	const char *boards_dir;
	struct map files; /* path -> whether it is a file, of what was asked for */
};

/* Whether there is a file, not a directory, at path. Recorded. */
bool search_is_file(struct search *s, const char *path);
/* The file of that name in the last directory that has it, or NULL. target_dir: the directory of
 * the target. */
const char *search_find(struct search *s, const char *target_dir, const char *name);
/* Adds to an error where the name was looked for, and what is near; distros_too: it may name a
 * distro. */
void search_explain(struct search *s, const char *target_dir, const char *name, struct diag *d,
		    struct diag_item *item, bool distros_too);
/* The name nearest to the last part of a path in that part's directory, among directories only
 * where that is said; or NULL. */
const char *search_near(struct arena *a, struct inputs *in, const char *path, bool dirs_only);

#endif
