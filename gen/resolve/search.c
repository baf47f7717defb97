/* SPDX-License-Identifier: MIT */
#include "resolve/search.h"
#include "resolve/board.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"

#include <string.h>

bool search_is_file(struct search *s, const char *path)
{
	return input_exists(s->inputs, path) && !is_dir(path);
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

static const char *near_in(char *const *names, size_t n, const char *name, bool specs_only,
			   const char *best)
{
	for (size_t i = 0; names && i < n; i++) {
		const char *pair[] = {best ? best : names[i], names[i]};

		if (!specs_only || is_spec(names[i])) {
			const char *near = nearest_name(name, pair, LEN(pair));
			best = near ? near : best;
		}
	}
	return best;
}

void search_explain(struct search *s, const char *target_dir, const char *name, struct diag *d,
		    struct diag_item *item)
{
	struct buf dirs = {0};
	const char *best = NULL;
	size_t n;

	for (size_t i = s->ndirs + 1; i-- > 0;) {
		const char *dir = dir_at(s, target_dir, i);

		if (comes_again(s, target_dir, i))
			continue;
		char **names = input_list(s->inputs, dir, &n);
		buf_printf(&dirs, "%s%s", dirs.len ? ", " : "", dir);
		best = near_in(names, n, name, true, best);
	}
	char **distros = distro_names(s->arena, s->inputs, s->boards_dir, &n);
	best = near_in(distros, n, name, false, best);
	diag_hint(d, item, "looked in %s", buf_str(&dirs));
	if (best)
		diag_hint(d, item, "did you mean `%s`?", best);
	buf_free(&dirs);
}

const char *search_near(struct arena *a, struct inputs *in, const char *path)
{
	size_t n;
	char **names = input_list(in, path_dir(a, path), &n);

	return names ? near_in(names, n, path_base(path), false, NULL) : NULL;
}
