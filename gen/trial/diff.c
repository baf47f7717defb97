/* SPDX-License-Identifier: MIT */
#include "trial/diff.h"
#include "base/util.h"

#include <stdlib.h>
#include <string.h>

#define CONTEXT	  3
#define MAX_EDITS 1000 /* of a shortest script: the time goes with its square */

/* A step from the reference to the log: ' ' both have the line, '-' or '+' one of them. */
struct step {
	char kind;
	size_t ref, log; /* the lines that come next in each */
};

struct script {
	const struct lines *ref, *log;
	struct step *v;
	size_t n;
};

static void add(struct script *s, char kind, size_t ref, size_t log)
{
	s->v[s->n++] = (struct step){kind, ref, log};
}

/* Myers' greedy search: how far each diagonal k gets with d edits, in reach[d][k + d]. */
struct search {
	const struct line *ref, *log;
	ptrdiff_t n, m;
	ptrdiff_t *reach[MAX_EDITS + 1];
};

/* How far diagonal k was with d edits; -1: it is not reached by them. */
static ptrdiff_t reached(const struct search *x, ptrdiff_t d, ptrdiff_t k)
{
	return d < 0 || k < -d || k > d ? -1 : x->reach[d][k + d];
}

/* Where diagonal k is once the d-th edit has taken a line of the log, or one of the reference; -1:
 * there is none. */
static ptrdiff_t after_insertion(const struct search *x, ptrdiff_t d, ptrdiff_t k)
{
	ptrdiff_t i = reached(x, d - 1, k + 1);

	return i < 0 || i - k > x->m ? -1 : i;
}

static ptrdiff_t after_deletion(const struct search *x, ptrdiff_t d, ptrdiff_t k)
{
	ptrdiff_t i = reached(x, d - 1, k - 1);

	return i < 0 || i >= x->n ? -1 : i + 1;
}

static bool is_insertion(const struct search *x, ptrdiff_t d, ptrdiff_t k)
{
	ptrdiff_t i = after_insertion(x, d, k);

	return i >= 0 && i >= after_deletion(x, d, k);
}

static ptrdiff_t after_edit(const struct search *x, ptrdiff_t d, ptrdiff_t k)
{
	if (!d)
		return 0;
	return is_insertion(x, d, k) ? after_insertion(x, d, k) : after_deletion(x, d, k);
}

/* Goes on over equal lines. */
static ptrdiff_t slide(const struct search *x, ptrdiff_t i, ptrdiff_t k)
{
	while (i >= 0 && i < x->n && i - k < x->m && line_equal(&x->ref[i], &x->log[i - k]))
		i++;
	return i;
}

/* The number of edits, -1 where it is above MAX_EDITS. */
static ptrdiff_t search(struct search *x)
{
	for (ptrdiff_t d = 0; d <= MAX_EDITS; d++) {
		x->reach[d] = xcalloc((size_t)(2 * d + 1), sizeof(*x->reach[d]));
		for (ptrdiff_t k = -d; k <= d; k += 2) {
			ptrdiff_t i = slide(x, after_edit(x, d, k), k);

			x->reach[d][k + d] = i;
			if (i == x->n && i - k == x->m)
				return d;
		}
	}
	return -1;
}

/* Writes the script backwards. */
static void trace(const struct search *x, struct script *s, size_t head, ptrdiff_t d)
{
	size_t first = s->n;
	ptrdiff_t i = x->n, k = x->n - x->m;

	for (; d >= 0; d--) {
		ptrdiff_t start = after_edit(x, d, k);

		for (; i > start; i--)
			add(s, ' ', head + (size_t)i - 1, head + (size_t)(i - k) - 1);
		if (!d)
			break;
		if (is_insertion(x, d, k)) {
			add(s, '+', head + (size_t)i, head + (size_t)(i - k) - 1);
			k++;
		} else {
			add(s, '-', head + (size_t)i - 1, head + (size_t)(i - k));
			i--;
			k--;
		}
	}
	for (size_t a = first, b = s->n; a + 1 < b; a++) {
		struct step step = s->v[a];

		s->v[a] = s->v[--b];
		s->v[b] = step;
	}
}

/* Some of the one, some of the other, so that a reader sees both. */
static void replace(struct script *s, size_t head, size_t n, size_t m)
{
	for (size_t i = 0, j = 0; i < n || j < m;) {
		for (size_t end = i + 2 * CONTEXT; i < n && i < end; i++)
			add(s, '-', head + i, head + j);
		for (size_t end = j + 2 * CONTEXT; j < m && j < end; j++)
			add(s, '+', head + i, head + j);
	}
}

static void compare_middle(struct script *s, size_t head, size_t n, size_t m)
{
	struct search *x = xcalloc(1, sizeof(*x));

	x->ref = s->ref->v + head;
	x->log = s->log->v + head;
	x->n = (ptrdiff_t)n;
	x->m = (ptrdiff_t)m;
	ptrdiff_t d = search(x);
	if (d < 0)
		replace(s, head, n, m);
	else
		trace(x, s, head, d);
	for (size_t i = 0; i < LEN(x->reach); i++)
		free(x->reach[i]);
	free(x);
}

static void compare(struct script *s)
{
	size_t n = s->ref->n, m = s->log->n, head = 0, tail = 0;
	size_t most = n < m ? n : m;

	s->v = xcalloc(n + m + 1, sizeof(*s->v));
	while (head < most && line_equal(&s->ref->v[head], &s->log->v[head]))
		head++;
	while (tail < most - head && line_equal(&s->ref->v[n - 1 - tail], &s->log->v[m - 1 - tail]))
		tail++;
	for (size_t i = 0; i < head; i++)
		add(s, ' ', i, i);
	compare_middle(s, head, n - head - tail, m - head - tail);
	for (size_t i = 0; i < tail; i++)
		add(s, ' ', n - tail + i, m - tail + i);
}

static size_t count(const struct step *v, size_t n, char kind)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		found += v[i].kind == kind;
	return found;
}

/* Leaves out lines that only the log has: in a run of edits at its edge, all but as many as the
 * reference has there. from_end: the run ends the script. */
static void trim(struct script *s, bool from_end)
{
	size_t edge = 0;

	while (edge < s->n && s->v[from_end ? s->n - 1 - edge : edge].kind != ' ')
		edge++;
	size_t start = from_end ? s->n - edge : 0, to = start;
	size_t added = count(s->v + start, edge, '+'), kept = count(s->v + start, edge, '-');
	size_t from = from_end || added < kept ? 0 : added - kept, seen = 0;

	for (size_t i = start; i < s->n; i++) {
		bool beside = i < start + edge && s->v[i].kind == '+';

		if (!beside || (seen >= from && seen - from < kept))
			s->v[to++] = s->v[i];
		seen += beside;
	}
	s->n = to;
	for (size_t i = to; i-- > 1;)
		if (s->v[i - 1].kind == '-')
			s->v[i - 1].log = s->v[i].log;
}

static void show_step(struct buf *b, const struct script *s, const struct step *step)
{
	const struct lines *of = step->kind == '+' ? s->log : s->ref;
	const struct line *line = &of->v[step->kind == '+' ? step->log : step->ref];

	buf_putc(b, step->kind);
	safe_line(b, line->s, line->len);
	buf_putc(b, '\n');
	if (of->whole && line->s[line->len - 1] != '\n')
		buf_puts(b, "\\ no newline at the end\n");
}

/* The end of the hunk that begins with the edit at i. */
static size_t hunk_end(const struct script *s, size_t i)
{
	size_t end = i + 1;

	for (size_t at = end; at < s->n && at < end + 2 * CONTEXT + 1; at++)
		if (s->v[at].kind != ' ')
			end = at + 1;
	return end + CONTEXT < s->n ? end + CONTEXT : s->n;
}

static void show_range(struct buf *b, char sign, size_t first, size_t n)
{
	buf_printf(b, " %c%zu", sign, n || !first ? first : first - 1);
	if (n != 1)
		buf_printf(b, ",%zu", n);
}

static void show_hunk(struct buf *b, const struct script *s, size_t start, size_t end)
{
	const struct step *v = s->v + start;
	size_t n = end - start, both = count(v, n, ' ');

	buf_puts(b, "@@");
	show_range(b, '-', s->ref->first + v->ref, both + count(v, n, '-'));
	show_range(b, '+', s->log->first + v->log, both + count(v, n, '+'));
	buf_puts(b, " @@\n");
	for (size_t i = 0; i < n; i++)
		show_step(b, s, &v[i]);
}

static size_t first_edit(const struct script *s, size_t from)
{
	while (from < s->n && s->v[from].kind == ' ')
		from++;
	return from;
}

static void show_script(struct buf *b, const struct script *s, size_t most)
{
	size_t shown = 0, i = first_edit(s, 0);

	while (i < s->n && shown < most) {
		size_t start = i < CONTEXT ? 0 : i - CONTEXT, end = hunk_end(s, i);

		if (end - start > most - shown)
			end = start + most - shown;
		show_hunk(b, s, start, end);
		shown += end - start;
		i = first_edit(s, end > i ? end : i);
	}
	size_t left = s->n - i - (i < s->n ? count(s->v + i, s->n - i, ' ') : 0);
	if (left)
		buf_printf(b, "... %zu more lines differ\n", left);
}

void diff_show(struct buf *b, const struct lines *ref, const struct lines *log, bool part,
	       size_t most)
{
	struct script s = {.ref = ref, .log = log};

	compare(&s);
	if (part) {
		trim(&s, true);
		trim(&s, false);
	}
	show_script(b, &s, most);
	free(s.v);
}
