/* SPDX-License-Identifier: MIT */
/* What workloads need of the board, told once: at the first workload that needs it. */
#include "check/check.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"

struct needs {
	const struct workload *kernel, *linux, *opensbi, *bbl, *busybox;
};

/* Whether the binary of w is to be built by fmgen. */
static bool builds_kernel(const struct workload *w)
{
	bool wanted = wl_named(w) || wl_boots(w) || has_host_script(w, OPT_POST_BIN);

	return wanted && w->wants_linux && !wl_set(w, OPT_BIN);
}

/* Whether the image of w starts from one that fmgen compiles programs for. */
static bool builds_distro(const struct workload *w)
{
	return w->named && !wl_image_given(w) && distro_needs(w->distro, "busybox");
}

/* Backwards, so that the first one is found last. */
static struct needs find_needs(const struct model *m)
{
	struct needs n = {0};

	for (size_t i = m->n; i-- > 0;) {
		const struct workload *w = m->workloads[i];

		if (builds_distro(w) || builds_kernel(w))
			n.busybox = w;
		if (!builds_kernel(w))
			continue;
		n.kernel = w;
		n.linux = wl_set(w, OPT_LINUX_SOURCE) ? n.linux : w;
		if (wl_true(w, OPT_USE_BBL))
			n.bbl = wl_set(w, OPT_BBL_SRC) ? n.bbl : w;
		else if (!m->board->no_firmware)
			n.opensbi = wl_set(w, OPT_OPENSBI_SRC) ? n.opensbi : w;
	}
	return n;
}

/* A group of the board that w, the first workload that needs it or NULL, cannot do without. */
static void check_group(struct checker *c, const struct workload *w, const char *group,
			const struct str *value)
{
	const struct board *b = c->model->board;

	if (!w || value->s)
		return;
	struct diag_item *item = diag_error(c->diag, wl_name_place(w),
					    "`%s` needs `%s` of the board", w->name, group);
	diag_hint(c->diag, item, "the board `%s` (%s) has none", b->name.s, b->dir);
}

/* Whether a path of the board was fetched or given, and is there. */
static bool check_there(struct checker *c, const struct workload *w, const char *what,
			const struct str *path)
{
	return board_need(c->model->board, path, wl_name_place(w), c->diag) &&
	       check_exists(c, what, path->s, path->at);
}

/* Fetched trees are read-only. */
static bool is_fetched(const struct board *b, const struct str *tree)
{
	for (size_t i = 0; i < b->nfetches; i++)
		if (streq(b->fetches[i].path, tree->s))
			return true;
	return false;
}

/* A source tree of the board; w is the first workload that needs it, or NULL. */
static bool check_tree(struct checker *c, const struct workload *w, const char *what,
		       const struct str *tree)
{
	if (!w || !tree->s)
		return false;
	check_kbuild_path(c, what, tree->s, wl_name_place(w));
	return check_there(c, w, what, tree);
}

static bool has_module(const struct workload *w, const struct item *module)
{
	const struct value *v = wl_value(w, OPT_LINUX_MODULES);

	for (size_t i = 0; i < v->n; i++)
		if (v->items[i].path == module->path && streq(v->items[i].key.s, module->key.s))
			return true;
	return false;
}

static void check_module(struct checker *c, const struct item *module)
{
	for (size_t i = 0; i < c->model->n; i++) {
		const struct workload *w = c->model->workloads[i];

		if (!builds_kernel(w) || !has_module(w, module))
			continue;
		if (check_there(c, w, "modules", &module->text) && !is_dir(module->path))
			diag_error(c->diag, module->text.at, "modules: %s is not a directory",
				   module->path);
		return;
	}
}

void check_board(struct checker *c)
{
	const struct board *b = c->model->board;
	struct needs n = find_needs(c->model);

	check_group(c, n.kernel, "linux", &b->config_target);
	check_group(c, n.opensbi, "firmware", &b->opensbi_source);
	check_group(c, n.busybox, "busybox", &b->busybox_source);
	if (check_tree(c, n.linux, "the board's kernel", &b->linux_source) &&
	    !is_fetched(b, &b->linux_source))
		check_linux_tree(c, "the board's kernel", b->linux_source.s, b->linux_source.at);
	check_tree(c, n.opensbi, "the board's firmware", &b->opensbi_source);
	check_tree(c, n.bbl, "the board's boot loader", &b->bbl_source);
	check_tree(c, n.busybox, "the board's busybox", &b->busybox_source);
	if (n.busybox)
		check_build_dir(c, n.busybox);
	for (size_t i = 0; i < b->nconfig && n.kernel; i++)
		check_there(c, n.kernel, "linux.config", &b->config[i]);
	for (size_t i = 0; i < b->modules.n; i++)
		check_module(c, &b->modules.items[i]);
}
