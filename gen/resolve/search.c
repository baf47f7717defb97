/* SPDX-License-Identifier: MIT */
#include "resolve/search.h"
#include "resolve/distro.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"

#include <string.h>

bool search_is_file(struct search *s, const char *path)
{
	static char yes[] = "yes", no[] = "no";
	const char *known = map_get(&s->files, path);

	if (!known) {
		known = input_exists(s->inputs, path) && !is_dir(path) ? yes : no;
		map_put(&s->files, path, (char *)known);
	}
	return known == yes;
}

/* The directory at a rank of the search: the target's own is the last. */
static const char *dir_at(const struct search *s, const char *target_dir, size_t i)
{
	return i < s->ndirs ? s->dirs[i] : target_dir;
}

/* Whether a directory of that name comes again later. */
static bool comes_again(const struct search *s, const char *target_dir, size_t i)
{
	for (size_t j = i + 1; j <= s->ndirs; j++)
		if (streq(dir_at(s, target_dir, i), dir_at(s, target_dir, j)))
			return true;
	return false;
}

const char *search_find(struct search *s, const char *target_dir, const char *name)
{
	for (size_t i = s->ndirs + 1; i-- > 0;) {
		const char *path = path_join(s->arena, dir_at(s, target_dir, i), name);

		if (!comes_again(s, target_dir, i) && search_is_file(s, path))
			return path;
	}
	return NULL;
}

static bool is_spec(const char *name)
{
	return has_suffix(name, ".json") || has_suffix(name, ".yaml") || has_suffix(name, ".yml");
}

/* The nearest of a list of names and of the best so far. */
static const char *near_in(char *const *names, size_t n, const char *name, const char *best)
{
	for (size_t i = 0; names && i < n; i++) {
		const char *pair[] = {best ? best : names[i], names[i]};
		const char *near = nearest_name(name, pair, LEN(pair));

		best = near ? near : best;
	}
	return best;
}

/* Drops the names that are no spec files. */
static size_t keep_specs(char **names, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; names && i < n; i++)
		if (is_spec(names[i]))
			names[kept++] = names[i];
	return kept;
}

void search_explain(struct search *s, const char *target_dir, const char *name, struct diag *d,
		    struct diag_item *item, bool distros_too)
{
	struct buf text = {0};
	const char *best = NULL;
	size_t n;

	for (size_t i = s->ndirs + 1; i-- > 0;) {
		const char *dir = dir_at(s, target_dir, i);

		if (comes_again(s, target_dir, i))
			continue;
		char **names = input_list(s->inputs, dir, &n);
		buf_printf(&text, "%s%s%s", text.len ? ", " : "", dir,
			   names ? "" : " (which is not there)");
		best = near_in(names, names ? keep_specs(names, n) : 0, name, best);
	}
	char **distros = NULL;
	n = 0;
	if (distros_too)
		distros = distro_names(s->arena, s->inputs, s->boards_dir, &n);
	best = near_in(distros, n, name, best);
	diag_hint(d, item, "looked in %s", buf_str(&text));
	buf_free(&text);
	for (size_t i = 0; i < n; i++)
		buf_printf(&text, "%s%s", i ? ", " : "", distros[i]);
	if (best)
		diag_hint(d, item, "did you mean `%s`?", best);
	else if (n && !is_spec(name))
		diag_hint(d, item, "the distros are %s", buf_str(&text));
	buf_free(&text);
}

const char *search_near(struct arena *a, struct inputs *in, const char *path, bool dirs_only)
{
	const char *dir = path_dir(a, path);
	size_t n = 0, kept = 0;
	char **names = input_list(in, dir, &n);

	for (size_t i = 0; names && i < n; i++)
		if (!dirs_only || is_dir(path_join(a, dir, names[i])))
			names[kept++] = names[i];
	return near_in(names, kept, path_base(path), NULL);
}
