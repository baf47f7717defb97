/* SPDX-License-Identifier: MIT */
#include "check/check.h"
#include "base/path.h"

static void check_tree(struct checker *c, const struct workload *w, enum option_id id,
		       const char *holds)
{
	const struct value *v = &w->spec->values[id];
	const char *what = options[id].name, *tree = value_path(v);

	if (!tree)
		return;
	check_kbuild_path(c, what, tree, v->at);
	if (made_for(c, w, BY_BINARY, tree) || !check_exists(c, what, tree, v->at))
		return;
	if (!input_exists(c->inputs, path_join(c->arena, tree, holds)))
		diag_error(c->diag, v->at, "%s: %s has no %s", what, tree, holds);
}

static bool is_ancestor(const struct workload *above, const struct workload *w)
{
	while (w && w != above)
		w = w->parent;
	return w;
}

/* Whether w or a descendant boots by that firmware. */
static bool is_used(const struct checker *c, const struct workload *w, bool bbl)
{
	for (size_t i = 0; i < c->model->n; i++) {
		const struct workload *other = c->model->workloads[i];

		if (wl_true(other, OPT_USE_BBL) == bbl && is_ancestor(w, other))
			return true;
	}
	return false;
}

static void check_used(struct checker *c, const struct workload *w, enum option_id id, bool bbl)
{
	const struct value *v = &w->spec->values[id];

	if (v->state == VALUE_SET && !is_used(c, w, bbl))
		diag_warn(c->diag, WARN_NO_EFFECT, v->at,
			  "`%s` has no effect: `firmware.use-bbl` is %s", options[id].name,
			  bbl ? "not set" : "set");
}

static void check_bbl_source(struct checker *c, const struct workload *w)
{
	const struct value *use = &w->spec->values[OPT_USE_BBL];

	if (use->state != VALUE_SET || !use->number || wl_set(w, OPT_BBL_SRC) ||
	    c->model->board->bbl_source.s)
		return;
	struct diag_item *item =
		diag_error(c->diag, use->at, "there is no source tree of the Berkeley boot loader");
	diag_hint(c->diag, item, "set `firmware.bbl-src`: the board `%s` has none",
		  c->model->board->name.s);
}

void check_firmware(struct checker *c, const struct workload *w)
{
	check_tree(c, w, OPT_OPENSBI_SRC, "firmware/fw_payload.S");
	check_tree(c, w, OPT_BBL_SRC, "configure");
	check_bbl_source(c, w);
	if (w->spec->values[OPT_BIN].state == VALUE_SET)
		return;
	check_used(c, w, OPT_BBL_SRC, true);
	check_used(c, w, OPT_BBL_ARGS, true);
	check_used(c, w, OPT_OPENSBI_SRC, false);
	check_used(c, w, OPT_OPENSBI_ARGS, false);
}
