/* SPDX-License-Identifier: MIT */
#include "resolve/host_script.h"
#include "base/path.h"
#include "base/util.h"

bool has_host_script(const struct workload *w, enum option_id id)
{
	if (id == OPT_POST_BIN && !w->wants_linux && !wl_set(w, OPT_BIN))
		return false;
	return wl_set(w, id);
}

static size_t count_chain(const struct workload *w, enum option_id id)
{
	size_t n = 0;

	for (; w; w = w->parent)
		n += has_host_script(w, id);
	return n;
}

/* Fills v from its end, so that ancestors come first. */
static void fill_chain(const struct workload **end, const struct workload *w, enum option_id id)
{
	for (; w; w = w->parent)
		if (has_host_script(w, id))
			*--end = w;
}

const struct workload **script_owners(struct arena *a, const struct workload *w, enum option_id id,
				      size_t *n)
{
	size_t owners = count_chain(w->owner, id);

	*n = owners + count_chain(w, id);
	const struct workload **v = arena_array(a, const struct workload *, *n);
	fill_chain(v + owners, w->owner, id);
	fill_chain(v + *n, w, id);
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

static bool script_writes(struct arena *a, const struct workload *w, enum option_id id,
			  const char *path)
{
	size_t n;

	if (step_always(w, id))
		return path_below(path, w->workdir);
	const char **outputs = step_paths(a, w, id, "outputs", &n);
	for (size_t i = 0; i < n; i++)
		if (path_below(path, outputs[i]) || path_below(outputs[i], path))
			return true;
	return false;
}

struct host_script *writers_before(struct arena *a, const struct workload *w, enum reader reader,
				   const char *path, size_t *n)
{
	static const struct {
		enum option_id id;
		enum reader own; /* who reads what w's own one reads */
	} scripts[] = {{OPT_HOST_INIT, BY_HOST_INIT}, {OPT_POST_BIN, BY_POST_BIN}};
	const struct workload **owners[LEN(scripts)];
	size_t counts[LEN(scripts)], all = 0;

	for (size_t i = 0; i < LEN(scripts); i++, all += counts[i - 1])
		owners[i] = script_owners(a, w, scripts[i].id, &counts[i]);
	struct host_script *v = arena_array(a, struct host_script, all);
	*n = 0;
	for (size_t i = 0; i < LEN(scripts) && reader >= scripts[i].own; i++)
		for (size_t j = 0; j < counts[i]; j++) {
			const struct workload *owner = owners[i][j];

			if ((owner != w || reader > scripts[i].own) &&
			    script_writes(a, owner, scripts[i].id, path))
				v[(*n)++] = (struct host_script){owner, scripts[i].id};
		}
	return v;
}
