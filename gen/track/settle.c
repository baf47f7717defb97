/* SPDX-License-Identifier: MIT */
#include "track/settle.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/map.h"
#include "base/util.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct node; /* a file */

struct step {
	struct node *stamp, **outs, **ins;
	size_t nouts, nins;
	bool visited;
};

struct node {
	const char *path;
	struct step *maker;
	bool known, there;
	struct timespec was, now; /* its time before and after */
};

struct settling {
	struct arena *arena;
	struct map nodes; /* path -> struct node * */
	struct step *steps;
	size_t n;
};

static bool newer(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

static struct node *get_node(struct settling *s, const char *path)
{
	struct node *node = map_get(&s->nodes, path);

	if (!node) {
		node = arena_new(s->arena, struct node);
		node->path = path;
		map_put(&s->nodes, path, node);
	}
	return node;
}

static void look(struct node *node)
{
	struct stat st;

	if (node->known)
		return;
	node->known = true;
	node->there = stat(node->path, &st) == 0;
	if (node->there)
		node->was = node->now = st.st_mtim;
}

/* Gives a file a later time. */
static bool lift(struct node *node, struct timespec to)
{
	const struct timespec times[] = {{.tv_nsec = UTIME_OMIT}, to};

	if (!newer(to, node->now))
		return true;
	node->now = to;
	return utimensat(AT_FDCWD, node->path, times, 0) == 0 || errno == ENOENT;
}

/* Whether the step had nothing to do; *latest becomes the latest time that its stamp may need. */
static bool was_done(struct step *step, struct timespec *latest)
{
	bool done = step->stamp->there;

	*latest = step->stamp->now;
	for (size_t i = 0; i < step->nouts; i++) {
		look(step->outs[i]);
		done &= step->outs[i]->there;
	}
	for (size_t i = 0; i < step->nins; i++) {
		const struct node *in = step->ins[i];

		done &= in->there && !newer(in->was, step->stamp->was);
		if (newer(in->now, *latest))
			*latest = in->now;
	}
	return done;
}

/* A step that has lost an output has to run again. */
static void forget_lost(struct step *step)
{
	look(step->stamp);
	for (size_t i = 0; i < step->nouts; i++) {
		look(step->outs[i]);
		if (step->stamp->there && !step->outs[i]->there) {
			unlink(step->stamp->path);
			step->stamp->there = false;
		}
	}
}

static bool settle_step(struct step *step)
{
	struct timespec latest;
	bool ok = true;

	if (!was_done(step, &latest))
		return true;
	ok &= lift(step->stamp, latest);
	for (size_t i = 0; i < step->nouts; i++)
		ok &= lift(step->outs[i], step->stamp->now);
	return ok;
}

/* What a step reads comes first. */
static bool visit(struct step *step)
{
	bool ok = true;

	if (step->visited)
		return true;
	step->visited = true;
	for (size_t i = 0; i < step->nins; i++) {
		look(step->ins[i]);
		if (step->ins[i]->maker)
			ok &= visit(step->ins[i]->maker);
	}
	return settle_step(step) && ok;
}

/* The files of a part of a line, which ends at a tab or at the end; moves *at behind it. */
static struct node **read_nodes(struct settling *s, char **at, size_t *n)
{
	char *part = strsep(at, "\t"), *word;
	size_t room = 1;

	*n = 0;
	for (const char *p = part; p && *p; p++)
		room += *p == ' ';
	struct node **nodes = arena_array(s->arena, struct node *, room);
	while ((word = strsep(&part, " ")))
		if (*word)
			nodes[(*n)++] = get_node(s, word);
	return nodes;
}

static void read_step(struct settling *s, char *line, struct step *step)
{
	size_t n;
	struct node **stamp = read_nodes(s, &line, &n);

	step->stamp = n ? stamp[0] : get_node(s, "");
	step->outs = read_nodes(s, &line, &step->nouts);
	step->ins = read_nodes(s, &line, &step->nins);
	for (size_t i = 0; i < step->nouts; i++)
		step->outs[i]->maker = step;
}

static bool read_steps(struct settling *s)
{
	struct buf text = {0};
	size_t lines = 0;

	if (!read_file(SETTLE_EDGES, &text))
		return errno == ENOENT; /* generation is about to write it */
	char *at = arena_dup(s->arena, buf_str(&text), text.len), *line;
	buf_free(&text);
	for (const char *p = at; *p; p++)
		lines += *p == '\n';
	s->steps = arena_array(s->arena, struct step, lines + 1);
	while ((line = strsep(&at, "\n")))
		if (*line)
			read_step(s, line, &s->steps[s->n++]);
	return true;
}

/* Whether nothing of the graph runs now, and starts before the descriptor *fd is closed. */
static bool is_quiet(int *fd)
{
	*fd = open(SETTLE_LOCK, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	return *fd >= 0 && flock(*fd, LOCK_EX | LOCK_NB) == 0;
}

bool settle(struct arena *a)
{
	struct settling s = {.arena = a, .nodes = {.arena = a}};
	int fd;
	bool quiet = is_quiet(&fd), ok = read_steps(&s);

	for (size_t i = 0; i < s.n; i++)
		forget_lost(&s.steps[i]);
	for (size_t i = 0; quiet && i < s.n; i++)
		ok &= visit(&s.steps[i]);
	if (fd >= 0)
		close(fd);
	return ok;
}

/* The lines of a list of edges, by their stamps. */
static struct map lines_by_stamp(struct arena *a, char *text)
{
	struct map lines = {.arena = a};
	char *line;

	while ((line = strsep(&text, "\n"))) {
		const char *stamp = strsep(&line, "\t");

		if (line && *stamp)
			map_put(&lines, stamp, line);
	}
	return lines;
}

bool settle_outdate(struct arena *a, const char *edges)
{
	struct buf text = {0};
	bool ok = true;

	if (!read_file(SETTLE_EDGES, &text))
		return errno == ENOENT;
	struct map now = lines_by_stamp(a, arena_strdup(a, edges));
	struct map old = lines_by_stamp(a, arena_strdup(a, buf_str(&text)));
	buf_free(&text);
	map_each (e, &old) {
		const char *line = map_get(&now, e->key);

		if (line ? !streq(line, e->value) : after_prefix(e->value, "images/") != NULL)
			ok &= unlink(e->key) == 0 || errno == ENOENT;
	}
	return ok;
}
