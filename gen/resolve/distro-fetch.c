/* SPDX-License-Identifier: MIT */
/* What `fmgen fetch` gets for distros: by a script of theirs, which some of their options are for.
 */
#include "base/fs.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/util.h"
#include "resolve/fields.h"
#include "resolve/workload.h"

#define NAME_DIGITS 8

void distro_read_fetch(struct arena *a, struct distro *distro, const struct doc *map,
		       struct diag *d)
{
	static const char *const known[] = {"script", "options", "when", "optional", NULL};

	if (!map)
		return;
	fields_known(map, "`fetch` of a distro", known, d);
	distro->fetch = field_string(map, "script", true, d);
	distro->fetch_optional = field_bool(map, "optional", false, d);
	distro->fetch_options = field_strings(a, map, "options", false, &distro->nfetch_options, d);
	for (size_t i = 0; i < distro->nfetch_options; i++) {
		const struct str *name = &distro->fetch_options[i];
		const struct option *opt = distro_option(distro, name->s);

		if (!opt)
			diag_error(d, name->at, "the distro has no option `%s`", name->s);
		else if (!distro->fetch_optional && opt->type != TYPE_TEXT &&
			 opt->type != TYPE_STRINGS)
			diag_error(d, name->at, "what is fetched can depend on texts only");
	}
	distro->fetch_when = field_string(map, "when", false, d);
	if (distro->fetch_when.s && !distro_option(distro, distro->fetch_when.s))
		diag_error(d, distro->fetch_when.at, "the distro has no option `%s`",
			   distro->fetch_when.s);
}

/* As the script that makes the image is told, but with paths from here. */
static void add_words(struct arena *a, struct fetched *f, const char *name, const struct value *v)
{
	const char **words = arena_array(a, const char *, f->nwords + 2 * v->n);

	for (size_t i = 0; i < f->nwords; i++)
		words[i] = f->words[i];
	for (size_t i = 0; v->state == VALUE_SET && i < v->n; i++) {
		const struct item *item = &v->items[i];

		if (item->path && item->key.s) {
			words[f->nwords++] = arena_printf(a, "--%s-name=%s", name, item->key.s);
			words[f->nwords++] = arena_printf(a, "--%s-path=%s", name, item->path);
		} else if (item->path) {
			words[f->nwords++] = arena_printf(a, "--%s=%s", name, item->path);
		} else if (item->key.s && item->text.s) {
			words[f->nwords++] =
				arena_printf(a, "--%s=%s=%s", name, item->key.s, item->text.s);
		} else if (item->text.s) {
			words[f->nwords++] = arena_printf(a, "--%s=%s", name, item->text.s);
		}
	}
	f->words = words;
}

/* Without words just the distro's name. */
static const char *name_of(struct arena *a, const struct distro *distro, const struct fetched *f)
{
	struct buf b = {0};
	char hex[HASH_HEX];

	if (!f->nwords)
		return distro->name.s;
	for (size_t i = 0; i < f->nwords; i++)
		buf_printf(&b, "%s\n", f->words[i]);
	hash_bytes(buf_str(&b), b.len, hex);
	buf_free(&b);
	return arena_printf(a, "%s-%.*s", distro->name.s, NAME_DIGITS, hex);
}

static bool is_wanted(const struct workload *w)
{
	const struct distro *distro = w->distro;
	const char *when = distro->fetch_when.s;
	const struct option *opt = when ? distro_option(distro, when) : NULL;

	return distro->fetch.s &&
	       (!opt || w->distro_opts[opt - distro->options].state == VALUE_SET);
}

void distro_find_fetched(struct arena *a, struct inputs *in, const struct setup *s,
			 struct workload *w)
{
	const struct distro *distro = w->distro;

	if (!is_wanted(w))
		return;
	struct fetched *f = arena_new(a, struct fetched);
	for (size_t i = 0; i < distro->nfetch_options; i++) {
		const char *name = distro->fetch_options[i].s;
		const struct option *opt = distro_option(distro, name);

		if (opt)
			add_words(a, f, name, &w->distro_opts[opt - distro->options]);
	}
	f->name = name_of(a, distro, f);
	w->fetched = f;
	if (distro->fetch_optional)
		return;
	const char *link = path_join(a, s->fetch_dir, f->name);
	const char *target = input_link(in, link);
	f->path = target ? path_join(a, s->fetch_dir, target) : link;
	f->missing = !target || !is_dir(f->path);
}
