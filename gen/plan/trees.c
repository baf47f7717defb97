/* SPDX-License-Identifier: MIT */
/* Manifests of trees and files as inputs of edges: the part of stage.h that tells what is read. */
#include "plan/stage.h"
#include "plan/writers.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/util.h"

#include <string.h>

/* The scan edge of a tree and its line of out/trees. key: tells it from all others. */
static struct tree *make_tree(struct planner *p, const char *key, const char *item,
			      const char *filter, struct span why)
{
	char hex[HASH_HEX];

	hash_bytes(key, strlen(key), hex);
	const char *id = arena_dup(p->arena, hex, ID_DIGITS);
	struct tree *t = arena_new(p->arena, struct tree);

	if (map_get(&p->graph->trees, id))
		die("internal error: two trees share the hash %s", id);
	*t = (struct tree){.id = id,
			   .path = arena_strdup(p->arena, item),
			   .filter = filter,
			   .why = why,
			   .scan = graph_edge(p->graph, "scan", id, "trees", why)};
	map_add(&p->graph->trees, id, t);
	edge_out(p->graph, t->scan, arena_printf(p->arena, "out/tree/%s", id), p->diag);
	return t;
}

/* The manifest of a tree that is scanned once these stamps are there, made at the first call. */
static const char *manifest_after(struct planner *p, const struct paths *stamps, const char *path,
				  const char *filter, struct span why)
{
	struct buf key = {0};

	for (size_t i = 0; i < stamps->n; i++) {
		buf_puts(&key, stamps->v[i]);
		buf_putc(&key, ' ');
	}
	buf_puts(&key, filter);
	buf_putc(&key, ' ');
	size_t head = key.len;
	buf_puts(&key, path_item(p, path));
	struct tree *t = map_get(&p->manifests, key.data);
	if (!t) {
		t = make_tree(p, key.data, key.data + head, filter, why);
		map_put(&p->manifests, key.data, t);
		for (size_t i = 0; i < stamps->n; i++)
			edge_in(p->graph, t->scan, stamps->v[i]);
	}
	buf_free(&key);
	return t->scan->outs.v[0];
}

static const char *plan_tree(struct planner *p, const char *path, const char *filter,
			     struct span why)
{
	struct paths stamps = {0};

	if (!streq(filter, "toolchain"))
		stamps = writers_of(p, path, BY_BINARY);
	return manifest_after(p, &stamps, path, filter, why);
}

const char *manifest_for(struct planner *p, enum reader reader, const char *path,
			 const char *filter, struct span why)
{
	struct paths stamps = writers_of(p, path, reader);

	if (!streq(filter, "all") && path_below(path, p->setup->fetch_dir))
		filter = "pinned";
	return manifest_after(p, &stamps, path, filter, why);
}

void tree_for(struct planner *p, struct edge *e, enum reader reader, const char *path,
	      struct span why)
{
	edge_in(p->graph, e, manifest_for(p, reader, path, "all", why));
}

const char *tree_in(struct planner *p, struct edge *e, const char *path, const char *filter,
		    struct span why)
{
	const char *manifest = plan_tree(p, path, filter, why);

	edge_in(p->graph, e, manifest);
	return manifest;
}

const char *source_manifest(struct planner *p, const char *path, const char *filter,
			    struct span why)
{
	return plan_tree(p, path, path_below(path, p->setup->fetch_dir) ? "pinned" : filter, why);
}

const char *source_in(struct planner *p, struct edge *e, const char *path, const char *filter,
		      struct span why)
{
	const char *manifest = source_manifest(p, path, filter, why);

	edge_in(p->graph, e, manifest);
	return manifest;
}

const char *data_path(struct planner *p, const char *name)
{
	return path_join(p->arena, p->setup->data_dir, name);
}

void data_in(struct planner *p, struct edge *e, const char *name)
{
	const char *manifest = map_get(&p->data, name);

	if (!manifest) {
		manifest = plan_tree(p, data_path(p, name), "all", e->why);
		map_put(&p->data, name, (char *)manifest);
	}
	edge_in(p->graph, e, manifest);
}

void scripts_in(struct planner *p, struct edge *e, const char *names)
{
	while (*names) {
		size_t len = strcspn(names, " ");

		char name[64] = "scripts/";
		size_t start = strlen(name);

		if (start + len >= sizeof(name))
			die("internal error: the name of a script is too long");
		memcpy(name + start, names, len);
		data_in(p, e, name);
		names += len + strspn(names + len, " ");
	}
}

void toolchain_in(struct planner *p, struct edge *e)
{
	edge_in(p->graph, e, plan_tree(p, p->model->board->cross.s, "toolchain", e->why));
}
