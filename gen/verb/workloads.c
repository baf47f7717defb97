/* SPDX-License-Identifier: MIT */
#include "verb/workloads.h"
#include "base/diag.h"
#include "base/dirlock.h"
#include "base/escape.h"
#include "base/fs.h"
#include "base/strings.h"
#include "base/util.h"
#include "verb/builddir.h"

#include <string.h>

bool is_spec(const char *word)
{
	return strchr(word, '/') || has_suffix(word, ".json") || has_suffix(word, ".yaml") ||
	       has_suffix(word, ".yml");
}

/* The lines of a file of the build directory. */
static char **lines_of(struct arena *a, const char *path)
{
	struct buf text = {0};

	read_file(path, &text);
	char **lines = strings_split(a, buf_str(&text), "\n");
	buf_free(&text);
	return lines;
}

char **jobs_of(struct arena *a, const char *name)
{
	char **line = lines_of(a, "out/workloads");

	for (; *line; line++) {
		char **words = strings_split(a, *line, "\t");

		if (streq(words[0], name))
			return words + 1;
	}
	return NULL;
}

char **all_workloads(struct arena *a)
{
	char **names = lines_of(a, "out/workloads");

	for (size_t i = 0; names[i]; i++)
		names[i][strcspn(names[i], "\t")] = '\0';
	return names;
}

void no_such_workload(struct arena *a, const char *name)
{
	char **known = all_workloads(a);
	size_t n = strings_count(known);
	const char *near = nearest_name(name, (const char *const *)known, n);
	if (near)
		warn("there is no workload %s in this build; did you mean %s?", name, near);
	else
		warn("there is no workload %s in this build", name);
	for (size_t i = 0; !near && i < n; i++)
		warn("note: there is %s", known[i]);
}

/* Follows what has changed in the specs of the build directory since, as a build would do. */
static bool refresh_graph(struct arena *a)
{
	struct request r;

	if (generation_is_current(a))
		return true;
	if (!dirlock_take() || !request_read(a, &r))
		return false;
	bool ok = generate(a, &r) == 0;
	request_free(&r);
	return ok;
}

/* The name behind a target of the generation that is over. */
static char *name_of(struct arena *a, const struct request *r, const char *target)
{
	char **named = lines_of(a, "out/named");

	for (size_t i = 0; i < r->ntargets && named[i]; i++)
		if (streq(r->targets[i], target))
			return named[i];
	return NULL;
}

bool add_specs(struct arena *a, struct request *r, char **specs, size_t n)
{
	request_enter(a, r, specs, n);
	if (!dirlock_take())
		return false;
	request_join(a, r);
	if (generate(a, r) != 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!(specs[i] = name_of(a, r, specs[i])))
			return false;
	return true;
}

/* Puts the names of the specs among the words into their places. */
static bool name_specs(struct arena *a, struct request *r, char **words, size_t n)
{
	char **specs = arena_array(a, char *, n);
	size_t nspecs = 0;

	for (size_t i = 0; i < n; i++)
		if (is_spec(words[i]))
			specs[nspecs++] = words[i];
	if (!add_specs(a, r, specs, nspecs))
		return false;
	for (size_t i = 0, j = 0; i < n; i++)
		if (is_spec(words[i]))
			words[i] = specs[j++];
	return true;
}

char **take_workloads(struct arena *a, struct request *r, const char *verb, char **words, size_t n)
{
	char **names = arena_array(a, char *, n + 1);
	bool specs = false, ok = true;

	for (size_t i = 0; i < n; i++) {
		names[i] = words[i];
		specs = specs || is_spec(words[i]);
	}
	names[n] = NULL;
	if (specs) {
		ok = name_specs(a, r, names, n);
	} else {
		ok = enter_build_dir(r->builddir,
				     arena_printf(a, ", or give %s the spec's file", verb)) &&
		     refresh_graph(a);
	}
	if (!ok)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (!jobs_of(a, names[i])) {
			no_such_workload(a, names[i]);
			ok = false;
		}
	return ok ? names : NULL;
}
