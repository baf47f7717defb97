/* SPDX-License-Identifier: MIT */
#include "resolve/host_init.h"
#include "base/path.h"

static size_t count_chain(const struct workload *w)
{
	size_t n = 0;

	for (; w; w = w->parent)
		n += wl_set(w, OPT_HOST_INIT);
	return n;
}

/* Fills v from its end, so that ancestors come first. */
static void fill_chain(const struct workload **end, const struct workload *w)
{
	for (; w; w = w->parent)
		if (wl_set(w, OPT_HOST_INIT))
			*--end = w;
}

const struct workload **host_inits(struct arena *a, const struct workload *w, size_t *n)
{
	size_t owners = count_chain(w->owner);

	*n = owners + count_chain(w);
	const struct workload **v = arena_array(a, const struct workload *, *n);
	fill_chain(v + owners, w->owner);
	fill_chain(v + *n, w);
	return v;
}

bool step_always(const struct workload *w, enum option_id id)
{
	return wl_value(w, id)->doc->kind != DOC_MAP;
}

const char **step_paths(struct arena *a, const struct workload *w, enum option_id id,
			const char *part, size_t *n)
{
	const struct doc *doc = wl_value(w, id)->doc;
	const struct doc *list = doc->kind == DOC_MAP ? doc_get(doc, part) : NULL;

	*n = list ? list->n : 0;
	const char **v = arena_array(a, const char *, *n);
	for (size_t i = 0; i < *n; i++)
		v[i] = path_join(a, w->workdir, list->items[i]->text);
	return v;
}

bool host_init_writes(struct arena *a, const struct workload *w, const char *path)
{
	size_t n;

	if (step_always(w, OPT_HOST_INIT))
		return path_below(path, w->workdir);
	const char **outputs = step_paths(a, w, OPT_HOST_INIT, "outputs", &n);
	for (size_t i = 0; i < n; i++)
		if (path_below(path, outputs[i]) || path_below(outputs[i], path))
			return true;
	return false;
}
