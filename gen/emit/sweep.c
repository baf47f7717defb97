/* SPDX-License-Identifier: MIT */
#include "emit/sweep.h"
#include "base/fs.h"
#include "base/util.h"
#include "graph/names.h"

#include <dirent.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#define MINUTE 60 /* no living process takes that long for one file */

static void sweep_file(int dir, const char *name, time_t now)
{
	struct stat st;

	if (after_prefix(name, ".tmp-") && fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    st.st_mtim.tv_sec < now - MINUTE)
		unlinkat(dir, name, 0);
}

static void sweep_dir(const char *path, time_t now)
{
	DIR *dir = opendir(path);
	const struct dirent *e;

	if (!dir)
		return;
	while ((e = readdir(dir)))
		sweep_file(dirfd(dir), e->d_name, now);
	closedir(dir);
}

static void sweep_twins(const struct graph *g)
{
	size_t n = 0;
	char **ids = list_dir(g->arena, "out/keep/stage", &n);

	for (size_t i = 0; ids && i < n; i++)
		if (!map_get(&g->ids, ids[i]))
			remove_tree(arena_printf(g->arena, "out/keep/stage/%s", ids[i]));
}

/* The parameters of what is done with a workload: verbs take them for what there is to do. */
static void sweep_parameters(const struct graph *g)
{
	struct map known = {.arena = g->arena};
	size_t n = 0;
	char **ids = list_dir(g->arena, "out/args", &n);

	edges_each (e, g)
		if (e->args && !is_identity(e->id))
			map_put(&known, e->id, (void *)e);
	for (size_t i = 0; ids && i < n; i++)
		if (!is_identity(ids[i]) && !has_suffix(ids[i], ".in") &&
		    !map_get(&known, ids[i])) {
			unlink(arena_printf(g->arena, "out/args/%s", ids[i]));
			unlink(arena_printf(g->arena, "out/keep/args/%s", ids[i]));
		}
}

void sweep(const struct graph *g)
{
	static const char *const dirs[] = {
		".",	    "out",    "out/args",     "out/cache", "out/log",
		"out/tree", "out/wl", "out/revision", "out/was",   "out/watch",
	};
	time_t now = time(NULL);

	for (size_t i = 0; i < LEN(dirs); i++)
		sweep_dir(dirs[i], now);
	sweep_twins(g);
	sweep_parameters(g);
}
