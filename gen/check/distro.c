/* SPDX-License-Identifier: MIT */
/* What workloads need of their distros, told once for each distro: at the first that needs it. */
#include "check/check.h"
#include "base/util.h"

/* Whether the image of w starts from the one of its distro. */
static bool makes_image(const struct workload *w)
{
	return wl_named(w) && w->distro->has_rootfs && w->distro_opts && !wl_image_given(w);
}

/* Told once for each set of what is to be fetched. */
static void check_fetched(struct checker *c, const struct workload *w)
{
	const struct fetched *f = w->fetched;

	if (!f || !f->missing)
		return;
	for (size_t i = 0; c->model->workloads[i] != w; i++) {
		const struct workload *other = c->model->workloads[i];

		if (other->fetched && makes_image(other) && streq(other->fetched->name, f->name))
			return;
	}
	struct diag_item *item = diag_error(c->diag, wl_name_place(w),
					    "what the distro `%s` is made of is not there yet: %s",
					    w->distro->name.s, f->path);
	diag_hint(c->diag, item, "run `fmgen fetch %s`", w->spec->file);
}

static bool is_first(const struct checker *c, const struct workload *w, size_t option)
{
	for (size_t i = 0; c->model->workloads[i] != w; i++) {
		const struct workload *other = c->model->workloads[i];

		if (other->distro == w->distro && makes_image(other) &&
		    other->distro_opts[option].state != VALUE_SET)
			return false;
	}
	return true;
}

/* The value of that option of w's distro, or NULL where it is not set. */
static const struct value *set_option(const struct workload *w, const struct str *name)
{
	const struct option *opt = name->s ? distro_option(w->distro, name->s) : NULL;
	const struct value *v = opt ? &w->distro_opts[opt - w->distro->options] : NULL;

	return v && v->state == VALUE_SET ? v : NULL;
}

static bool is_in_vain(const struct workload *w, size_t option)
{
	const struct str *with = &w->distro->supplies[option].with;

	return with->s && w->distro_opts[option].state == VALUE_SET && !set_option(w, with);
}

/* An option that has no effect, told at the first workload that has it. */
static void check_companion(struct checker *c, const struct workload *w, size_t option)
{
	const struct distro *distro = w->distro;
	const char *with = distro->supplies[option].with.s;

	if (!is_in_vain(w, option))
		return;
	for (size_t i = 0; c->model->workloads[i] != w; i++) {
		const struct workload *other = c->model->workloads[i];

		if (other->distro == distro && makes_image(other) && is_in_vain(other, option))
			return;
	}
	struct diag_item *item =
		diag_error(c->diag, w->distro_opts[option].at, "`%s` has no effect without `%s`",
			   distro->options[option].name, with);
	const struct option *opt = distro_option(distro, with);
	if (opt && distro->supplies[opt - distro->options].user.s)
		hint_parameter(c->diag, item, distro->supplies[opt - distro->options].user.s);
}

void check_distro(struct checker *c, const struct workload *w)
{
	if (!makes_image(w))
		return;
	check_fetched(c, w);
	for (size_t i = 0; i < w->distro->noptions; i++) {
		const struct supply *supply = &w->distro->supplies[i];
		const struct option *opt = &w->distro->options[i];

		check_companion(c, w, i);
		if (!supply->required || w->distro_opts[i].state == VALUE_SET ||
		    set_option(w, &supply->instead) || !is_first(c, w, i))
			continue;
		const char *other = supply->instead.s;
		struct diag_item *item = diag_error(
			c->diag, wl_name_place(w), "the distro `%s` needs `%s`%s%s%s: %s",
			w->distro->name.s, opt->name, other ? " (or `" : "", other ? other : "",
			other ? "`)" : "", opt->help);
		if (supply->user.s)
			hint_parameter(c->diag, item, supply->user.s);
		diag_hint(c->diag, item, "or set `%s` in `distro.opts`", opt->name);
	}
}
