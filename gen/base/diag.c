/* SPDX-License-Identifier: MIT */
#include "base/diag.h"
#include "base/diag_text.h"
#include "base/util.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* More messages than this help nobody: the rest is only counted. */
#define MAX_PRINTED 100

/* A line below a message: a hint, or a further place. */
struct extra {
	bool is_hint;
	struct span at;
	const char *text;
	struct extra *next;
};

struct diag_item {
	enum severity severity;
	const char *name;
	struct span at;
	const char *text;
	struct extra *extras, **tail;
	size_t file, seq; /* rank of the file, order of arrival */
	struct diag_item *next;
};

void diag_init(struct diag *d, struct arena *a)
{
	*d = (struct diag){.arena = a, .tail = &d->items};
}

static const char *format(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;

	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	char *s = arena_alloc(a, (size_t)n + 1);
	vsnprintf(s, (size_t)n + 1, fmt, ap);
	return s;
}

static struct diag_item *add(struct diag *d, enum severity severity, const char *name,
			     struct span at, const char *text)
{
	struct diag_item *item = arena_new(d->arena, struct diag_item);

	*item = (struct diag_item){.severity = severity, .name = name, .at = at, .text = text};
	item->tail = &item->extras;
	*d->tail = item;
	d->tail = &item->next;
	if (severity == DIAG_ERROR)
		d->errors++;
	else if (severity == DIAG_WARNING)
		d->warnings++;
	return item;
}

struct diag_item *diag_error(struct diag *d, struct span at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	const char *text = format(d->arena, fmt, ap);
	va_end(ap);
	return add(d, DIAG_ERROR, NULL, at, text);
}

struct diag_item *diag_warn(struct diag *d, const char *name, struct span at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	const char *text = format(d->arena, fmt, ap);
	va_end(ap);
	return add(d, d->werror ? DIAG_ERROR : DIAG_WARNING, name, at, text);
}

struct diag_item *diag_note(struct diag *d, struct span at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	const char *text = format(d->arena, fmt, ap);
	va_end(ap);
	return add(d, DIAG_NOTE, NULL, at, text);
}

static void add_extra(struct diag *d, struct diag_item *item, bool is_hint, struct span at,
		      const char *text)
{
	struct extra *e = arena_new(d->arena, struct extra);

	*e = (struct extra){.is_hint = is_hint, .at = at, .text = text};
	*item->tail = e;
	item->tail = &e->next;
}

void diag_hint(struct diag *d, struct diag_item *item, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_extra(d, item, true, (struct span){0}, format(d->arena, fmt, ap));
	va_end(ap);
}

void diag_also(struct diag *d, struct diag_item *item, struct span at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_extra(d, item, false, at, format(d->arena, fmt, ap));
	va_end(ap);
}

static int order(const void *pa, const void *pb)
{
	const struct diag_item *a = *(struct diag_item *const *)pa;
	const struct diag_item *b = *(struct diag_item *const *)pb;

	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	if (a->at.line != b->at.line)
		return a->at.line < b->at.line ? -1 : 1;
	if (a->at.col != b->at.col)
		return a->at.col < b->at.col ? -1 : 1;
	if (a->severity != b->severity)
		return a->severity > b->severity ? -1 : 1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

/* Whether b says no more than a, which comes before it: it is the same, or a warning about what is
 * an error already. */
static bool covers(const struct diag_item *a, const struct diag_item *b)
{
	if (a->at.src != b->at.src || a->at.line != b->at.line || a->at.col != b->at.col)
		return false;
	if (a->at.line && a->at.len == b->at.len && a->severity == DIAG_ERROR &&
	    b->severity == DIAG_WARNING)
		return true;
	return a->severity == b->severity && streq(a->text, b->text);
}

/* The items as a sorted array without those that another one covers; *n counts them. Files rank in
 * the order of their first message. */
static struct diag_item **sorted(struct diag *d, size_t *n)
{
	size_t count = 0, kept = 0, nfiles = 0;

	for (struct diag_item *i = d->items; i; i = i->next)
		i->seq = count++;
	struct diag_item **list = arena_array(d->arena, struct diag_item *, count + 1);
	const struct source **files = arena_array(d->arena, const struct source *, count + 1);
	for (struct diag_item *i = d->items; i; i = i->next) {
		while (i->file < nfiles && files[i->file] != i->at.src)
			i->file++;
		if (i->file == nfiles)
			files[nfiles++] = i->at.src;
		list[i->seq] = i;
	}
	qsort(list, count, sizeof(struct diag_item *), order);
	for (size_t i = 0; i < count; i++)
		if (!kept || !covers(list[kept - 1], list[i]))
			list[kept++] = list[i];
	*n = kept;
	return list;
}

static void print_item(FILE *out, const struct diag_item *item, bool colour)
{
	static const char *const labels[] = {"note", "warning", "error"};
	static const char *const colours[] = {"\033[1;36m", "\033[1;35m", "\033[1;31m"};

	print_place(out, item->at, colour);
	fprintf(out, "%s%s:%s ", colour ? colours[item->severity] : "", labels[item->severity],
		colour ? "\033[0m" : "");
	print_text(out, item->text);
	if (item->name)
		fprintf(out, " [%s]", item->name);
	fputc('\n', out);
	print_excerpt(out, item->at, colour);
	for (const struct extra *e = item->extras; e; e = e->next) {
		if (!e->is_hint)
			print_place(out, e->at, colour);
		fprintf(out, "%s", e->is_hint ? "  hint: " : "note: ");
		print_text(out, e->text);
		fputc('\n', out);
		if (!e->is_hint)
			print_excerpt(out, e->at, colour);
	}
}

static bool wants_colour(FILE *out)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(fileno(out)) && !(no && *no) && term && !streq(term, "dumb");
}

bool diag_print(struct diag *d, FILE *out)
{
	size_t n, i;
	struct diag_item **list = sorted(d, &n);
	bool colour = wants_colour(out), ok = d->errors == 0;

	for (i = 0; i < n && i < MAX_PRINTED; i++)
		print_item(out, list[i], colour);
	if (i < n)
		fprintf(out, "fmgen: %zu more messages are not shown\n", n - i);
	d->items = NULL;
	d->tail = &d->items;
	d->errors = d->warnings = 0;
	return ok;
}
