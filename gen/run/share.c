/* SPDX-License-Identifier: MIT */
#include "run/share.h"
#include "base/util.h"

#include <stdlib.h>

static long long lower(long long a, long long b)
{
	return a < b ? a : b;
}

/* What a machine is given where each may have up to level. */
static long long cut(const struct share *s, long long level, long long bytes)
{
	long long least = lower(lower(s->least, s->want), bytes);

	return level < least ? least : lower(lower(level, s->want), bytes);
}

static int larger_first(const void *a, const void *b)
{
	const long long *x = a, *y = b;

	return (*x < *y) - (*x > *y);
}

/* Of the at_once largest ones. */
static long long sum(const struct share *v, size_t n, size_t at_once, long long level,
		     long long bytes)
{
	long long *given = xcalloc(n + 1, sizeof(*given)), all = 0;

	for (size_t i = 0; i < n; i++)
		given[i] = cut(&v[i], level, bytes);
	qsort(given, n, sizeof(*given), larger_first);
	for (size_t i = 0; i < n && i < at_once; i++)
		all += given[i];
	free(given);
	return all;
}

bool share_memory(struct share *v, size_t n, size_t at_once, long long bytes)
{
	long long low = 0, high = bytes;

	if (!at_once || at_once > n)
		at_once = n;
	while (low < high) {
		long long level = low + (high - low + 1) / 2;

		if (sum(v, n, at_once, level, bytes) <= bytes)
			low = level;
		else
			high = level - 1;
	}
	for (size_t i = 0; i < n; i++)
		v[i].given = bytes ? cut(&v[i], low, bytes) : v[i].want;
	return !bytes || sum(v, n, at_once, low, bytes) <= bytes;
}
