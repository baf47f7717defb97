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

	while (((unsigned char)bad[len] & 0xc0) == 0x80)
		len++;
	return *bad ? arena_printf(c->arena, "%.*s", len, bad) : NULL;
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

/* All is compiled below the build directory, which is the current one. */
static void check_build_dir(struct checker *c, const struct workload *w)
{
	const char *here = path_real(c->arena, ".");
	const char *bad = here ? bad_character(c, here) : NULL;
	struct diag_item *item;

	if (!bad)
		return;
	item = diag_error(c->diag, name_place(w),
			  "the build directory is %s: nothing can be compiled in a path with the "
			  "character `%s`",
			  here, bad);
	diag_hint(c->diag, item, "choose another one: fmgen --builddir=DIR");
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
	const char *tree = value_path(v);

	if (!tree)
		return;
	check_kbuild_path(c, "linux.source", tree, v->at);
	if (made_later(c, w, tree) && !input_exists(c->inputs, tree))
		return;
	struct diag_item *item = check_missing(c, "linux.source", tree, v->at);
	if (!item && (!has(c, tree, "Kconfig") || !has(c, tree, "Makefile")))
		item = diag_error(c->diag, v->at,
				  "linux.source: %s is no kernel tree: it has no %s", tree,
				  has(c, tree, "Kconfig") ? "Makefile" : "Kconfig");
	else if (!item)
		check_not_built(c, tree, v->at);
	also_set(c, item, w, OPT_LINUX_SOURCE, NULL);
}

/* Whether the binary of w is to be built by fmgen. */
static bool builds_kernel(const struct workload *w)
{
	return wl_named(w) && w->wants_linux && !wl_set(w, OPT_BIN);
}

/* Whether the image of w starts from one that fmgen compiles programs for. */
static bool builds_distro(const struct workload *w)
{
	return w->named && !wl_image_given(w) && distro_needs(w->distro, "busybox");
}

/* A tree of the board; w is the first workload that needs it, or NULL. */
static void check_board_tree(struct checker *c, const char *what, const struct str *tree,
			     const struct workload *w)
{
	if (!w)
		return;
	board_need(c->model->board, tree, name_place(w), c->diag);
	check_kbuild_path(c, what, tree->s, name_place(w));
}

/* The board's trees and the build directory, once for all workloads: at the first that needs them.
 */
void check_fetched(struct checker *c)
{
	const struct board *b = c->model->board;
	const struct workload *linux = NULL, *opensbi = NULL, *bbl = NULL, *any = NULL,
			      *busybox = NULL;

	for (size_t i = c->model->n; i-- > 0;) {
		const struct workload *w = c->model->workloads[i];

		if (builds_distro(w))
			busybox = w;
		if (!builds_kernel(w))
			continue;
		any = w;
		linux = wl_set(w, OPT_LINUX_SOURCE) ? linux : w;
		if (!wl_true(w, OPT_USE_BBL))
			opensbi = wl_set(w, OPT_OPENSBI_SRC) ? opensbi : w;
		else if (b->bbl_source.s)
			bbl = wl_set(w, OPT_BBL_SRC) ? bbl : w;
	}
	busybox = any ? any : busybox;
	check_board_tree(c, "the board's kernel", &b->linux_source, linux);
	check_board_tree(c, "the board's firmware", &b->opensbi_source, opensbi);
	check_board_tree(c, "the board's boot loader", &b->bbl_source, bbl);
	check_board_tree(c, "the board's busybox", &b->busybox_source, busybox);
	if (busybox)
		check_build_dir(c, busybox);
}
