/* SPDX-License-Identifier: MIT */
#include "base/fs.h"
#include "base/hash.h"
#include "base/strings.h"
#include "base/util.h"
#include "clean/clean.h"
#include "graph/names.h"

#include <string.h>

struct stale {
	struct heap *heap;
	struct report *report;
	char *const *all;
	struct map manifests; /* names of those that are in use -> anything */
	struct map graph;     /* names of the graph's files in out/wl */
};

/* Names in a directory, which end in NULL; none where it cannot be read. */
static char **names_in(struct arena *a, const char *dir)
{
	size_t n = 0;
	char **names = list_dir(a, dir, &n);
	char **list = arena_array(a, char *, n + 1);

	if (n)
		memcpy(list, names, n * sizeof(*list));
	return list;
}

/* The name up to the first of these endings that it has. */
static const char *without(struct arena *a, const char *name, char *const *endings)
{
	for (; *endings; endings++)
		if (has_suffix(name, *endings))
			return arena_dup(a, name, strlen(name) - strlen(*endings));
	return name;
}

/* A stage, or what publishes a file, of no edge of the graph. Names of other kinds are not ours to
 * judge. */
static bool is_left(const struct stale *s, const char *id)
{
	return (is_identity(id) || after_prefix(id, "publish-")) && !map_get(&s->report->by_id, id);
}

/* Where files have the names of edges, with these endings; locks come last, as whoever waits for
 * one still has to find it. */
static const struct {
	const char *dir, *endings;
} of_edges[] = {
	{"out/log", ".log .why .say"}, {"out/was", ".d .new"},
	{"out/args", ".in"},	       {"out/watch", ""},
	{"out/keep/args", ".in"},      {"out/keep/watch", ""},
	{"out/keep/stage", ""},
};
/* Where they have the names of manifests. */
static const char *const of_trees[] = {"out/tree", "out/cache", "out/keep/tree", "out/keep/cache"};

static void records(struct stale *s, const char *dir, const char *endings)
{
	struct arena *a = s->heap->arena;
	char **list = strings_split(a, endings, " ");

	for (char **name = names_in(a, dir); *name; name++)
		if (is_left(s, without(a, *name, list)))
			heap_record(s->heap, arena_printf(a, "%s/%s", dir, *name));
}

static void stages(struct stale *s)
{
	struct arena *a = s->heap->arena;

	for (char **name = names_in(a, "out/stage"); *name; name++)
		if (is_identity(*name) && is_left(s, *name))
			heap_stage(s->heap, *name, NULL);
}

static void published(struct stale *s)
{
	struct arena *a = s->heap->arena;

	for (char **name = names_in(a, "images"); *name; name++)
		if (!map_get(&s->report->by_output, arena_printf(a, "images/%s", *name)))
			heap_published(s->heap, *name);
}

static void stamps(struct stale *s)
{
	struct arena *a = s->heap->arena;

	for (char **rule = names_in(a, "out/done"); *rule; rule++)
		records(s, arena_printf(a, "out/done/%s", *rule), "");
}

static bool is_digits(const char *name)
{
	return strlen(name) == ID_DIGITS && strspn(name, "0123456789abcdef") == ID_DIGITS;
}

static void manifests(struct stale *s, const char *dir)
{
	struct arena *a = s->heap->arena;

	for (char **name = names_in(a, dir); *name; name++)
		if (is_digits(*name) && !map_get(&s->manifests, *name))
			heap_record(s->heap, arena_printf(a, "%s/%s", dir, *name));
}

/* The workloads that something is left of, though they are no more in the graph. */
static void workloads(struct stale *s, const char *dir, const char *endings)
{
	struct arena *a = s->heap->arena;
	char **list = strings_split(a, endings, " ");

	for (char **name = names_in(a, dir); *name; name++) {
		const char *w = without(a, *name, list);

		if (!strings_have(s->all, w) && !strings_have(s->all, *name))
			heap_workload(s->heap, w);
	}
}

static void left_workloads(struct stale *s)
{
	struct arena *a = s->heap->arena;

	workloads(s, "state", ".from");
	workloads(s, "out/test", "-nodisk-spike -nodisk -spike");
	for (char **installer = names_in(a, "out/install"); *installer; installer++)
		workloads(s, arena_printf(a, "out/install/%s", *installer), ".made .json");
}

static void graph_files(struct stale *s)
{
	struct arena *a = s->heap->arena;

	for (char **name = names_in(a, "out/wl"); *name; name++)
		if (!map_get(&s->graph, *name))
			heap_record(s->heap, arena_printf(a, "out/wl/%s", *name));
}

/* Fills in what is in use. */
static void read_uses(struct stale *s)
{
	struct arena *a = s->heap->arena;
	const cJSON *trees = cJSON_GetObjectItem(s->report->json, "trees");
	struct buf text = {0};
	static char yes[] = "yes";

	items_each (tree, trees) {
		const char *path = cJSON_GetStringValue(cJSON_GetObjectItem(tree, "manifest"));

		if (path && after_prefix(path, "out/tree/"))
			map_put(&s->manifests, after_prefix(path, "out/tree/"), yes);
	}
	read_file("out/generated", &text);
	for (char **line = strings_split(a, buf_str(&text), "\n"); *line; line++)
		if (after_prefix(*line, "out/wl/"))
			map_put(&s->graph, after_prefix(*line, "out/wl/"), yes);
	buf_free(&text);
}

void clean_stale(struct heap *h, struct report *r, char *const *all)
{
	struct stale s = {h, r, all, {.arena = h->arena}, {.arena = h->arena}};

	read_uses(&s);
	stages(&s);
	published(&s);
	left_workloads(&s);
	for (size_t i = 0; i < LEN(of_edges); i++)
		records(&s, of_edges[i].dir, of_edges[i].endings);
	stamps(&s);
	for (size_t i = 0; i < LEN(of_trees); i++)
		manifests(&s, of_trees[i]);
	graph_files(&s);
	records(&s, "out/stage", ".lock");
}
