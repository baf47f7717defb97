/* SPDX-License-Identifier: MIT */
#include "base/diag_item.h"
#include "base/util.h"

#include <stdarg.h>
#include <stdlib.h>

const char *const severity_names[] = {"note", "warning", "error"};

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

static struct diag_item *make(struct diag *d, enum severity severity, struct span at,
			      const char *text)
{
	struct diag_item *item = arena_new(d->arena, struct diag_item);

	*item = (struct diag_item){.severity = severity, .at = at, .text = text};
	item->tail = &item->extras;
	return item;
}

static struct diag_item *add(struct diag *d, struct diag_item *item)
{
	*d->tail = item;
	d->tail = &item->next;
	if (item->severity == DIAG_ERROR)
		d->errors++;
	else if (item->severity == DIAG_WARNING)
		d->warnings++;
	return item;
}

struct diag_item *diag_error(struct diag *d, struct span at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	const char *text = format(d->arena, fmt, ap);
	va_end(ap);
	return add(d, make(d, DIAG_ERROR, at, text));
}

struct diag_item *diag_warn(struct diag *d, enum warning kind, struct span at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	const char *text = format(d->arena, fmt, ap);
	va_end(ap);
	bool error = d->policy[kind] == POLICY_ERROR;
	struct diag_item *item = make(d, error ? DIAG_ERROR : DIAG_WARNING, at, text);
	item->name = warning_kinds[kind].name;
	return d->policy[kind] == POLICY_HIDE ? item : add(d, item);
}

struct diag_item *diag_note(struct diag *d, struct span at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	const char *text = format(d->arena, fmt, ap);
	va_end(ap);
	return add(d, make(d, DIAG_NOTE, at, text));
}

static void add_extra(struct diag *d, struct diag_item *item, bool is_hint, struct span at,
		      const char *text)
{
	struct diag_extra *e = arena_new(d->arena, struct diag_extra);

	*e = (struct diag_extra){.is_hint = is_hint, .at = at, .text = text};
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

bool diag_print(struct diag *d, FILE *out)
{
	size_t n;
	struct diag_item **list = sorted(d, &n);
	bool ok = d->errors == 0;

	if (d->format == DIAG_JSON)
		diag_print_json(list, n, out);
	else
		diag_print_text(list, n, out);
	d->items = NULL;
	d->tail = &d->items;
	d->errors = d->warnings = 0;
	return ok;
}
