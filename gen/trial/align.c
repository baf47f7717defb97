/* SPDX-License-Identifier: MIT */
#include "trial/align.h"
#include "base/util.h"

#include <stdlib.h>
#include <string.h>

#define AROUND 50 /* lines of the log beside where the block should be */

/* All lines, each between two newlines. */
static void join(struct buf *b, const struct lines *l)
{
	buf_putc(b, '\n');
	for (size_t i = 0; i < l->n; i++) {
		buf_add(b, l->v[i].s, l->v[i].len);
		buf_putc(b, '\n');
	}
}

bool lines_contain(const struct lines *log, const struct lines *ref)
{
	struct buf all = {0}, block = {0};

	join(&all, log);
	join(&block, ref);
	bool found = memmem(all.data, all.len, block.data, block.len);
	buf_free(&all);
	buf_free(&block);
	return found;
}

/* Equal lines of both, one after the other. */
struct run {
	size_t ref, log, n;
};

#define FACTOR 0x9e3779b97f4a7c15u

struct window {
	uint64_t hash;
	size_t at; /* its first line */
};

static int by_hash(const void *x, const void *y)
{
	const struct window *a = x, *b = y;

	return (a->hash > b->hash) - (a->hash < b->hash);
}

/* All windows of n lines. */
static struct window *hash_windows(const struct lines *l, size_t n)
{
	struct window *w = xcalloc(l->n - n + 1, sizeof(*w));
	uint64_t sum = 0, power = 1;

	for (size_t i = 0; i < n; i++)
		power *= FACTOR;
	for (size_t i = 0; i < l->n; i++) {
		sum = sum * FACTOR + l->v[i].hash;
		if (i >= n)
			sum -= power * l->v[i - n].hash;
		if (i + 1 >= n)
			w[i + 1 - n] = (struct window){sum, i + 1 - n};
	}
	return w;
}

/* Finds a run of r->n lines, the first one of the log. */
static bool find_run(const struct lines *ref, const struct lines *log, struct run *r)
{
	struct window *of_ref = hash_windows(ref, r->n), *of_log = hash_windows(log, r->n);
	struct window *same = NULL;
	size_t n = ref->n - r->n + 1;

	qsort(of_ref, n, sizeof(*of_ref), by_hash);
	for (size_t i = 0; !same && i + r->n <= log->n; i++) {
		same = bsearch(&of_log[i], of_ref, n, sizeof(*of_ref), by_hash);
		r->log = i;
	}
	if (same)
		r->ref = same->at;
	free(of_ref);
	free(of_log);
	return same;
}

/* The longest run, by halving: a part of a run is one, too. */
static struct run longest_run(const struct lines *ref, const struct lines *log)
{
	struct run best = {0};
	size_t least = 0, most = ref->n < log->n ? ref->n : log->n;

	while (least < most) {
		struct run r = {.n = least + (most - least + 1) / 2};

		if (find_run(ref, log, &r)) {
			best = r;
			least = r.n;
		} else {
			most = r.n - 1;
		}
	}
	return best;
}

/* The bytes that two lines have in common at their beginnings and ends. */
static size_t likeness(const struct line *x, const struct line *y)
{
	size_t most = x->len < y->len ? x->len : y->len, head = 0, tail = 0;

	while (head < most && x->s[head] == y->s[head])
		head++;
	while (tail < most - head && x->s[x->len - 1 - tail] == y->s[y->len - 1 - tail])
		tail++;
	return head + tail;
}

/* One line of each, the most similar ones to the longest line of ref; n 0: nothing is alike. */
static struct run similar_line(const struct lines *ref, const struct lines *log)
{
	struct run best = {0};
	size_t most = 0;

	for (size_t i = 1; i < ref->n; i++)
		if (ref->v[i].len > ref->v[best.ref].len)
			best.ref = i;
	for (size_t i = 0; ref->n && i < log->n; i++) {
		size_t same = likeness(&ref->v[best.ref], &log->v[i]);

		if (same > most) {
			most = same;
			best.log = i;
		}
	}
	best.n = ref->n && 3 * most >= ref->v[best.ref].len;
	return best;
}

/* Whether a run says where to look: empty lines are everywhere. */
static bool tells(const struct lines *ref, const struct run *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (ref->v[r->ref + i].len)
			return true;
	return false;
}

struct place lines_nearest(const struct lines *log, const struct lines *ref)
{
	struct run r = longest_run(ref, log);

	if (!tells(ref, &r))
		r = similar_line(ref, log);
	if (!r.n)
		return (struct place){log->n < AROUND ? 0 : log->n - AROUND, log->n, false};
	size_t before = r.ref + AROUND, behind = ref->n - r.ref + AROUND;
	return (struct place){r.log < before ? 0 : r.log - before,
			      log->n - r.log < behind ? log->n : r.log + behind, true};
}
