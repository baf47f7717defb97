/* SPDX-License-Identifier: MIT */
#include "base/diag.h"
#include "base/util.h"

#include <ctype.h>
#include <string.h>

#define MAX_NAME 64 /* longer names are not compared */

static size_t min(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* '_' and '-' are taken for one character, and so are upper and lower case. */
static bool alike(char a, char b)
{
	a = a == '_' ? '-' : (char)tolower((unsigned char)a);
	b = b == '_' ? '-' : (char)tolower((unsigned char)b);
	return a == b;
}

/* Edit distance where a swap of neighbours counts one. */
static size_t distance(const char *a, size_t alen, const char *b, size_t blen)
{
	size_t rows[3][MAX_NAME + 1];
	size_t *before = rows[0], *last = rows[1], *row = rows[2];

	for (size_t j = 0; j <= blen; j++)
		last[j] = j;
	for (size_t i = 1; i <= alen; i++) {
		row[0] = i;
		for (size_t j = 1; j <= blen; j++) {
			bool equal = alike(a[i - 1], b[j - 1]);

			row[j] = min(min(last[j], row[j - 1]) + 1, last[j - 1] + !equal);
			if (i > 1 && j > 1 && alike(a[i - 1], b[j - 2]) &&
			    alike(a[i - 2], b[j - 1]))
				row[j] = min(row[j], before[j - 2] + 1);
		}
		size_t *free_row = before;
		before = last;
		last = row;
		row = free_row;
	}
	return last[blen];
}

const char *nearest_name(const char *s, const char *const *names, size_t n)
{
	size_t len = strlen(s), best = 1 + len / 3;
	const char *found = NULL;

	if (len > MAX_NAME)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		size_t nlen = strlen(names[i]);

		if (nlen > MAX_NAME || (nlen > len ? nlen - len : len - nlen) > best)
			continue;
		size_t dist = distance(s, len, names[i], nlen);
		if (dist < best || (dist == best && !found && dist < min(len, nlen))) {
			best = dist;
			found = names[i];
		}
	}
	return found;
}
