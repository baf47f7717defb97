/* SPDX-License-Identifier: MIT */
#include "check/check.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"

#include <string.h>

/* kbuild and make take a source tree only under a path of these characters. */
static const char kbuild_chars[] =
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_+@,-";

static void check_kbuild_path(struct checker *c, const char *what, const char *path, struct span at)
{
	const char *real = path_real(c->arena, path);
	size_t good = strspn(real ? real : path, kbuild_chars);
	char bad = (real ? real : path)[good];

	if (bad)
		diag_error(c->diag, at,
			   "%s: kernel builds cannot use a path with the character `%c`: %s", what,
			   bad, real ? real : path);
}

static bool has(struct checker *c, const char *tree, const char *name)
{
	return input_exists(c->inputs, path_join(c->arena, tree, name));
}

static void check_not_built(struct checker *c, const char *tree, struct span at)
{
	const char *left = has(c, tree, ".config")	    ? ".config"
			   : has(c, tree, "include/config") ? "include/config"
							    : NULL;

	if (!left)
		return;
	struct diag_item *item = diag_error(
		c->diag, at, "linux.source: %s was built in place: it has %s", tree, left);
	diag_hint(
		c->diag, item,
		"run `make mrproper` there (this also removes its .config), or remove .config and "
		"include/config");
}

void check_kernel_tree(struct checker *c, const struct workload *w)
{
	const struct value *v = &w->spec->values[OPT_LINUX_SOURCE];
	const struct value *modules = &w->spec->values[OPT_LINUX_MODULES];
	const char *tree = value_path(v);

	for (size_t i = 0; i < modules->n; i++)
		if (modules->items[i].path)
			check_kbuild_path(c, "linux.modules", modules->items[i].path,
					  modules->items[i].text.at);
	if (!tree)
		return;
	check_kbuild_path(c, "linux.source", tree, v->at);
	if (made_later(w) && !input_exists(c->inputs, tree))
		return;
	if (!check_exists(c, "linux.source", tree, v->at))
		return;
	if (!has(c, tree, "Kconfig") || !has(c, tree, "Makefile"))
		diag_error(c->diag, v->at, "linux.source: %s is no kernel tree: it has no %s", tree,
			   has(c, tree, "Kconfig") ? "Makefile" : "Kconfig");
	else
		check_not_built(c, tree, v->at);
}

/* Whether the binary of w is to be built by fmgen. */
static bool builds_kernel(const struct workload *w)
{
	bool wanted = w->named || (w->owner && w->owner->named);

	return wanted && w->wants_linux && !wl_set(w, OPT_BIN);
}

/* The board's trees, once for all workloads: at the first that needs them. */
void check_fetched(struct checker *c)
{
	const struct board *b = c->model->board;
	const struct workload *linux = NULL, *opensbi = NULL, *any = NULL;

	for (size_t i = c->model->n; i-- > 0;) {
		const struct workload *w = c->model->workloads[i];

		if (!builds_kernel(w))
			continue;
		any = w;
		linux = wl_set(w, OPT_LINUX_SOURCE) ? linux : w;
		opensbi = wl_set(w, OPT_OPENSBI_SRC) ? opensbi : w;
	}
	if (linux)
		board_need(b, &b->linux_source, name_place(linux), c->diag);
	if (opensbi)
		board_need(b, &b->opensbi_source, name_place(opensbi), c->diag);
	if (any)
		board_need(b, &b->busybox_source, name_place(any), c->diag);
}
