/* SPDX-License-Identifier: MIT */
#include "emit/write.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/util.h"

#include <string.h>

#define MARK "# Written by fmgen"

static bool starts_with_mark(const char *path)
{
	struct buf b = {0};
	bool ours = read_file(path, &b) && after_prefix(buf_str(&b), MARK);

	buf_free(&b);
	return ours;
}

static bool images_are_free(const struct graph *g)
{
	bool free = true;

	edges_each(e, g) for (size_t i = 0; i < e->outs.n;
			      i++) if (after_prefix(e->outs.v[i], "images/") &&
				       path_exists(e->outs.v[i]))
	{
		warn("%s is there and fmgen did not make it: move it away", e->outs.v[i]);
		free = false;
	}
	return free;
}

bool build_dir_is_ours(const struct graph *g)
{
	if (path_exists("out/command"))
		return true;
	if (path_exists("out")) {
		warn("out/ is there and fmgen did not make it: choose another directory with "
		     "--builddir");
		return false;
	}
	if (path_exists("build.ninja") && !starts_with_mark("build.ninja")) {
		warn("build.ninja is there and fmgen did not write it: choose another directory "
		     "with --builddir");
		return false;
	}
	return images_are_free(g);
}

static bool write_one(const char *path, const struct buf *b)
{
	if (write_if_changed(path, buf_str(b), b->len, 0644) != WRITE_FAILED)
		return true;
	warn("cannot write %s:", path);
	return false;
}

bool write_files(const struct files *f)
{
	struct buf list = {0};
	bool ok = true;

	map_each (e, &f->by_path) {
		ok = write_one(e->key, e->value) && ok;
		escape_item(&list, e->key);
		buf_putc(&list, '\n');
	}
	ok = ok && write_one("out/generated", &list);
	buf_free(&list);
	return ok;
}
