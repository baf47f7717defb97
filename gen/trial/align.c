/* SPDX-License-Identifier: MIT */
#include "trial/align.h"
#include "base/util.h"

#include <stdlib.h>

#define AROUND 50 /* lines of the log beside where the block should be */

/* Knuth, Morris and Pratt. */
bool lines_contain(const struct lines *log, const struct lines *ref)
{
	size_t *back = xcalloc(ref->n + 1, sizeof(*back)); /* the longest border of a prefix */
	size_t k = 0;

	for (size_t i = 1; i < ref->n; i++) {
		while (k && !line_equal(&ref->v[i], &ref->v[k]))
			k = back[k];
		k += line_equal(&ref->v[i], &ref->v[k]);
		back[i + 1] = k;
	}
	k = 0;
	for (size_t i = 0; i < log->n && k < ref->n; i++) {
		while (k && !line_equal(&log->v[i], &ref->v[k]))
			k = back[k];
		k += line_equal(&log->v[i], &ref->v[k]);
	}
	free(back);
	return k == ref->n;
}

/* Equal lines of both, one after the other. */
struct run {
	size_t ref, log, n;
};

#define FACTOR 0x9e3779b97f4a7c15u

/* Hashes of all windows of n lines: hash[i] of those from i on. */
static uint64_t *hash_windows(const struct lines *l, size_t n)
{
	uint64_t *hash = xcalloc(l->n - n + 1, sizeof(*hash)), sum = 0, power = 1;

	for (size_t i = 0; i < n; i++)
		power *= FACTOR;
	for (size_t i = 0; i < l->n; i++) {
		sum = sum * FACTOR + l->v[i].hash;
		if (i >= n)
			sum -= power * l->v[i - n].hash;
		if (i + 1 >= n)
			hash[i + 1 - n] = sum;
	}
	return hash;
}

static bool windows_equal(const struct lines *ref, const struct lines *log, const struct run *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!line_equal(&ref->v[r->ref + i], &log->v[r->log + i]))
			return false;
	return true;
}

/* Slots of a table of the windows of ref by their hashes: index + 1, or 0. */
static size_t *fill_slots(const uint64_t *hash, size_t n, size_t mask)
{
	size_t *slots = xcalloc(mask + 1, sizeof(*slots));

	for (size_t i = 0; i < n; i++) {
		size_t at = (hash[i] ^ hash[i] >> 32) & mask;

		while (slots[at] && hash[slots[at] - 1] != hash[i])
			at = (at + 1) & mask;
		if (!slots[at])
			slots[at] = i + 1;
	}
	return slots;
}

/* Finds a run of r->n lines, the first one of the log. */
static bool find_run(const struct lines *ref, const struct lines *log, struct run *r)
{
	size_t windows = ref->n - r->n + 1, mask = 1;
	bool found = false;

	while (mask < 2 * windows)
		mask = 2 * mask + 1;
	uint64_t *of_ref = hash_windows(ref, r->n), *of_log = hash_windows(log, r->n);
	size_t *slots = fill_slots(of_ref, windows, mask);
	for (size_t i = 0; !found && i <= log->n - r->n; i++) {
		size_t at = (of_log[i] ^ of_log[i] >> 32) & mask;

		while (slots[at] && of_ref[slots[at] - 1] != of_log[i])
			at = (at + 1) & mask;
		r->ref = slots[at] - 1;
		r->log = i;
		found = slots[at] && windows_equal(ref, log, r);
	}
	free(of_ref);
	free(of_log);
	free(slots);
	return found;
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
