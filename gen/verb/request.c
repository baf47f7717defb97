/* SPDX-License-Identifier: MIT */
#include "verb/generate.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"

#include <string.h>
#include <unistd.h>

#define COMMAND "out/command"

/* path, which is relative to the directory `from`, as seen from the directory `to`; both absolute.
 */
static const char *seen_from(struct arena *a, const char *to, const char *from, const char *path)
{
	return *path == '/' ? path : path_join(a, path_relative(a, to, from), path);
}

void request_enter(struct arena *a, struct request *r, char **targets, size_t n)
{
	const char *here = path_real(a, ".");

	r->targets = targets;
	r->ntargets = n;
	if (!n)
		die("which workload? (see fmgen --help)");
	if (!r->builddir)
		return;
	if (!make_dirs(r->builddir, 0755) || chdir(r->builddir) != 0)
		die("cannot use the build directory %s:", r->builddir);
	const char *there = path_real(a, ".");
	if (!here || !there)
		die("cannot tell where the build directory is:");
	for (size_t i = 0; i < r->ntargets; i++) {
		const char *path = seen_from(a, there, here, r->targets[i]);

		if (strchr(r->targets[i], '/') || path_exists(path))
			r->targets[i] = arena_strdup(a, path);
	}
	if (r->board && strchr(r->board, '/'))
		r->board = seen_from(a, there, here, r->board);
	if (r->workdir)
		r->workdir = seen_from(a, there, here, r->workdir);
	r->builddir = NULL;
}

static void put(struct buf *b, const char *key, const char *value)
{
	if (!value)
		return;
	buf_printf(b, "--%s=", key);
	escape_item(b, value);
	buf_putc(b, '\n');
}

void request_write(const struct request *r, struct buf *b)
{
	put(b, "board", r->board);
	put(b, "workdir", r->workdir);
	put(b, "no-disk", r->no_disk ? "" : NULL);
	put(b, "werror", r->werror ? "" : NULL);
	for (size_t i = 0; i < r->ntargets; i++)
		put(b, "workload", r->targets[i]);
}

static void take(struct request *r, char *word)
{
	char *value = strchr(word, '=') + 1;

	if (after_prefix(word, "--board="))
		r->board = value;
	else if (after_prefix(word, "--workdir="))
		r->workdir = value;
	else if (after_prefix(word, "--no-disk="))
		r->no_disk = true;
	else if (after_prefix(word, "--werror="))
		r->werror = true;
	else
		r->targets[r->ntargets++] = value;
}

bool request_read(struct arena *a, struct request *r)
{
	size_t n;
	char **words = read_args(a, COMMAND, NULL, &n);

	if (!words)
		return false;
	*r = (struct request){.targets = arena_array(a, char *, n + 1)};
	for (size_t i = 0; i < n; i++)
		if (strchr(words[i], '='))
			take(r, words[i]);
	return true;
}
