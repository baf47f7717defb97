/* SPDX-License-Identifier: MIT */
#include "clean/heap.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/strings.h"
#include "base/util.h"
#include "graph/names.h"

#include <string.h>

/* Whether all directories above path are below this one, and no links that lead elsewhere. */
static bool is_inside(struct arena *a, const char *path)
{
	struct stat st;

	if (*path == '/' || strings_have(strings_split(a, path, "/"), ".."))
		return false;
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/'))
		if (lstat(arena_dup(a, path, (size_t)(slash - path)), &st) < 0 ||
		    !S_ISDIR(st.st_mode))
			return false;
	return true;
}

static void add(struct heap *h, struct paths *to, const char *path)
{
	if (map_get(&h->seen, path) || !path_exists(path) || !is_inside(h->arena, path))
		return;
	map_put(&h->seen, path, h);
	paths_add(h->arena, to, path);
}

void heap_thing(struct heap *h, const char *path)
{
	add(h, &h->things, path);
}

void heap_record(struct heap *h, const char *path)
{
	add(h, &h->records, path);
}

void heap_twins(struct heap *h, const char *name)
{
	heap_record(h, arena_printf(h->arena, "out/%s", name));
	heap_record(h, arena_printf(h->arena, "out/keep/%s", name));
}

/* Names of subdirectories. */
static char **dirs_in(struct arena *a, const char *path, size_t *n)
{
	char **names = list_dir(a, path, n);

	if (!names)
		*n = 0;
	return names;
}

static void add_stamps(struct heap *h, const char *id, const char *rule)
{
	size_t n;
	char **rules = dirs_in(h->arena, "out/done", &n);

	for (size_t i = 0; i < n; i++)
		if (!rule || streq(rules[i], rule))
			heap_record(h, done_stamp(h->arena, rules[i], id));
}

void heap_edge(struct heap *h, const char *id, const char *rule)
{
	static const char *const names[] = {"log/%s.log", "log/%s.why", "log/%s.say",
					    "was/%s",	  "was/%s.d",	"was/%s.new"};
	struct buf name = {0};

	for (size_t i = 0; i < LEN(names); i++) {
		name.len = 0;
		buf_add(&name, names[i], strcspn(names[i], "%"));
		buf_puts(&name, id);
		buf_puts(&name, strchr(names[i], '%') + 2);
		heap_twins(h, name.data);
	}
	buf_free(&name);
	add_stamps(h, id, rule);
}

void heap_stage(struct heap *h, const char *id, const char *rule)
{
	heap_thing(h, arena_printf(h->arena, "out/stage/%s", id));
	heap_record(h, arena_printf(h->arena, "out/keep/stage/%s", id));
	heap_edge(h, id, rule);
	paths_add(h->arena, &h->stages, id);
}

void heap_published(struct heap *h, const char *name)
{
	const char *id = arena_printf(h->arena, "publish-%s", name);

	if (!path_exists(arena_printf(h->arena, "out/was/%s", id)))
		return;
	heap_thing(h, arena_printf(h->arena, "images/%s", name));
	heap_edge(h, id, "");
	add_stamps(h, name, NULL);
}

/* The files of the list that an installer has written; see fmgen-board(5). */
static void add_made(struct heap *h, const char *list)
{
	struct buf text = {0};

	read_file(list, &text);
	for (char **path = strings_split(h->arena, buf_str(&text), "\n"); *path; path++)
		heap_thing(h, *path);
	buf_free(&text);
	heap_record(h, list);
}

void heap_workload(struct heap *h, const char *name)
{
	static const char *const kinds[] = {"", "-nodisk", "-spike", "-nodisk-spike"};
	struct arena *a = h->arena;
	size_t n;

	/* A disk that a launch has made has this beside it. */
	if (path_exists(arena_printf(a, "state/%s.from", name))) {
		heap_thing(h, arena_printf(a, "state/%s.img", name));
		heap_record(h, arena_printf(a, "state/%s.from", name));
		paths_add(a, &h->disks, name);
	}
	for (size_t i = 0; i < LEN(kinds); i++) {
		heap_twins(h, arena_printf(a, "test/%s%s", name, kinds[i]));
		heap_edge(h, arena_printf(a, "test-%s%s", name, kinds[i]), NULL);
	}
	char **installers = dirs_in(a, "out/install", &n);
	for (size_t i = 0; i < n; i++) {
		const char *base = arena_printf(a, "install/%s/%s", installers[i], name);

		add_made(h, arena_printf(a, "out/%s.made", base));
		heap_twins(h, arena_printf(a, "%s.json", base));
	}
}
