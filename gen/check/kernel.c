/* SPDX-License-Identifier: MIT */
#include "check/check.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"

#include <string.h>

/* kbuild and make take a source tree only under a path of these characters. */
static const char kbuild_chars[] =
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_+@,-";

/* The first character of the path that kbuild or make cannot take, or NULL. */
static const char *bad_character(struct checker *c, const char *path)
{
	const char *bad = path + strspn(path, kbuild_chars);
	int len = 1;

	if (!*bad)
		return NULL;
	while (((unsigned char)bad[len] & 0xc0) == 0x80)
		len++;
	return arena_printf(c->arena, "%.*s", len, bad);
}

void check_kbuild_path(struct checker *c, const char *what, const char *path, struct span at)
{
	const char *real = path_real(c->arena, path);
	const char *bad = real ? bad_character(c, real) : NULL;

	if (!bad) {
		real = path;
		bad = bad_character(c, path);
	}
	if (bad)
		diag_error(c->diag, at,
			   "%s: kernel builds cannot use a path with the character `%s`: %s", what,
			   bad, real);
}

void check_build_dir(struct checker *c, const struct workload *w)
{
	const char *here = path_real(c->arena, ".");
	const char *bad = here ? bad_character(c, here) : NULL;
	struct diag_item *item;

	if (!bad)
		return;
	item = diag_error(c->diag, wl_name_place(w),
			  "the build directory is %s: nothing can be compiled in a path with the "
			  "character `%s`",
			  here, bad);
	diag_hint(c->diag, item, "choose another one: fmgen --builddir=DIR");
}

static bool has(struct checker *c, const char *tree, const char *name)
{
	return input_exists(c->inputs, path_join(c->arena, tree, name));
}

/* Whether nothing was built in a kernel tree; if not, the error. */
static struct diag_item *check_not_built(struct checker *c, const char *what, const char *tree,
					 struct span at)
{
	const char *left = has(c, tree, ".config")	    ? ".config"
			   : has(c, tree, "include/config") ? "include/config"
							    : NULL;

	if (!left)
		return NULL;
	struct diag_item *item =
		diag_error(c->diag, at, "%s: %s was built in place: it has %s", what, tree, left);
	diag_hint(
		c->diag, item,
		"run `make mrproper` there (this also removes its .config), or remove .config and "
		"include/config");
	return item;
}

struct diag_item *check_linux_tree(struct checker *c, const char *what, const char *tree,
				   struct span at)
{
	struct diag_item *item = check_missing(c, what, tree, at);

	if (item)
		return item;
	if (has(c, tree, "Kconfig") && has(c, tree, "Makefile"))
		return check_not_built(c, what, tree, at);
	return diag_error(c->diag, at, "%s: %s is no kernel tree: it has no %s", what, tree,
			  has(c, tree, "Kconfig") ? "Makefile" : "Kconfig");
}

void check_kernel_tree(struct checker *c, const struct workload *w)
{
	const struct value *v = &w->spec->values[OPT_LINUX_SOURCE];
	const char *tree = value_path(v), *what = options[OPT_LINUX_SOURCE].name;

	if (!tree)
		return;
	check_kbuild_path(c, what, tree, v->at);
	/* What a script makes may be half there now; the stage looks at it behind the script. */
	if (!made_for(c, w, BY_BINARY, tree))
		also_set(c, check_linux_tree(c, what, tree, v->at), w, OPT_LINUX_SOURCE, NULL);
}
