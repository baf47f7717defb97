/* SPDX-License-Identifier: MIT */
#include "emit/show_value.h"
#include "base/path.h"
#include "base/quote.h"
#include "base/util.h"
#include "emit/yaml.h"

#include <stdarg.h>
#include <string.h>

#define COMMENT_COLUMN 40

/* Text that may hold any byte, on one line. */
static void put_safe(struct buf *b, const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			buf_printf(b, "\\x%02x", (unsigned char)*s);
		else
			buf_putc(b, *s);
}

void show_note(struct show *s, const char *fmt, ...)
{
	char text[8192];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	buf_printf(s->b, "%*s# ", s->indent, "");
	put_safe(s->b, text);
	buf_putc(s->b, '\n');
}

void show_line(struct show *s, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	buf_printf(s->b, "%*s%s\n", s->indent, "", text);
}

static void put_place(struct buf *b, struct span at)
{
	put_safe(b, at.src->path);
	if (at.line)
		buf_printf(b, ":%u:%u", (unsigned)at.line, (unsigned)at.col);
}

static bool same_place(struct span a, struct span b)
{
	return a.src == b.src && a.line == b.line && a.col == b.col;
}

static bool doc_has(const struct doc *doc, struct span at)
{
	if (same_place(doc->at, at))
		return true;
	for (size_t i = 0; i < doc->n; i++)
		if (doc_has(doc->items[i], at))
			return true;
	return false;
}

/* Whether what stands at a place is the workload's own and not an ancestor's. */
static bool is_own(const struct show *s, enum option_id id, struct span at)
{
	const struct value *own = &s->w->spec->values[id];

	if (own->state == VALUE_UNSET)
		return false;
	for (size_t i = 0; i < own->n; i++)
		if (same_place(own->items[i].text.at, at))
			return true;
	return same_place(own->at, at) || (own->doc && doc_has(own->doc, at));
}

/* Ends a line that begins at `start` of the text: where it was written, and what it replaced. */
static void end_line(struct show *s, size_t start, enum option_id id, struct span at,
		     struct span replaced)
{
	size_t width = s->b->len - start;

	if (at.src) {
		buf_printf(s->b, "%*s# ",
			   width < COMMENT_COLUMN ? (int)(COMMENT_COLUMN - width) : 2, "");
		put_place(s->b, at);
		if (!is_own(s, id, at))
			buf_puts(s->b, ", inherited");
		if (replaced.src) {
			buf_puts(s->b, ", overrides ");
			put_place(s->b, replaced);
		}
	}
	buf_putc(s->b, '\n');
}

static size_t start_line(struct show *s, const char *key)
{
	size_t start = s->b->len;

	buf_printf(s->b, "%*s", s->indent, "");
	if (key) {
		yaml_string(s->b, key);
		buf_puts(s->b, ": ");
	} else {
		buf_puts(s->b, "- ");
	}
	return start;
}

/* One scalar as the value of a key, or as an item (key NULL). */
static void put_scalar(struct show *s, enum option_id id, const char *key, const char *text,
		       struct span at, struct span replaced)
{
	size_t start = start_line(s, key);
	bool block = yaml_fits_block(text);

	if (block)
		buf_puts(s->b, has_suffix(text, "\n") ? "|" : "|-");
	else
		yaml_string(s->b, text);
	end_line(s, start, id, at, replaced);
	if (block)
		yaml_block(s->b, text, s->indent + 2);
}

void show_scalar(struct show *s, const char *key, const char *text, struct span at)
{
	put_scalar(s, OPT_WORKDIR, key, text, at, (struct span){0});
}

/* How the workload would write a path: from its own workdir, wherever it was inherited from. */
static const char *path_text(struct show *s, const struct item *item)
{
	const char *text = item->text.s, *workdir = s->w->workdir;

	if (!item->path || streq(path_join(s->arena, workdir, text), item->path))
		return text;
	return path_relative(s->arena, path_join(s->arena, s->here, workdir),
			     path_join(s->arena, s->here, item->path));
}

const char *show_path(struct show *s, const char *path)
{
	return strchr(path, '/') ? path : arena_printf(s->arena, "./%s", path);
}

static const char *script_text(struct show *s, const struct value *v)
{
	struct buf b = {0};

	for (size_t i = 0; i < v->n; i++) {
		if (i)
			buf_putc(&b, ' ');
		quote_shell(&b, i ? v->items[i].text.s : path_text(s, &v->items[i]));
	}
	const char *text = arena_strdup(s->arena, buf_str(&b));
	buf_free(&b);
	return text;
}

/* A value that is one scalar, as text. */
static const char *scalar_text(struct show *s, enum option_id id, const struct value *v)
{
	switch (options[id].type) {
	case TYPE_NAME:
		return id == OPT_NAME && !s->in_list ? s->w->name : v->items[0].text.s;
	case TYPE_BASE:
		return strchr(v->items[0].text.s, '/')
			       ? show_path(s,
					   path_join(s->arena, s->w->spec->dir, v->items[0].text.s))
			       : v->items[0].text.s;
	case TYPE_PATH:
		return path_text(s, &v->items[0]);
	case TYPE_PROGRAM:
		return v->items[0].path ? show_path(s, path_text(s, &v->items[0]))
					: v->items[0].text.s;
	case TYPE_SCRIPT:
	case TYPE_STEP:
		return script_text(s, v);
	default:
		return v->items[0].text.s;
	}
}

static void show_items(struct show *s, enum option_id id, const char *key, const struct value *v)
{
	bool paths = options[id].type == TYPE_PATHS;

	if (!v->n) {
		size_t start = start_line(s, key);
		buf_puts(s->b, "[]");
		end_line(s, start, id, v->at, (struct span){0});
		return;
	}
	show_line(s, "%s:", key);
	s->indent += 2;
	for (size_t i = 0; i < v->n; i++)
		put_scalar(s, id, NULL, paths ? path_text(s, &v->items[i]) : v->items[i].text.s,
			   v->items[i].text.at, (struct span){0});
	s->indent -= 2;
}

static void show_files(struct show *s, enum option_id id, const char *key, const struct value *v)
{
	show_line(s, "%s:%s", key, v->n ? "" : " []");
	s->indent += 2;
	for (size_t i = 0; i < v->n; i++) {
		size_t start = start_line(s, NULL);

		buf_putc(s->b, '[');
		yaml_string(s->b, path_text(s, &v->items[i]));
		buf_puts(s->b, ", ");
		yaml_string(s->b, v->items[i].key.s);
		buf_putc(s->b, ']');
		end_line(s, start, id, v->items[i].text.at, (struct span){0});
	}
	s->indent -= 2;
}

/* Where the ancestor has an item of that key, if it has. */
static struct span replaced_item(const struct value *v, const struct item *item)
{
	const struct value *above = v->overrides;

	for (size_t i = 0; above && i < above->n; i++)
		if (streq(above->items[i].key.s, item->key.s) &&
		    !same_place(above->items[i].text.at, item->text.at))
			return above->items[i].text.at;
	return (struct span){0};
}

static void show_modules(struct show *s, enum option_id id, const char *key, const struct value *v)
{
	show_line(s, "%s:%s", key, v->n ? "" : " {}");
	s->indent += 2;
	for (size_t i = 0; i < v->n; i++)
		put_scalar(s, id, v->items[i].key.s, path_text(s, &v->items[i]),
			   v->items[i].text.at, replaced_item(v, &v->items[i]));
	s->indent -= 2;
}

/* A scalar that needs no quotes, or null. */
static void show_plain(struct show *s, enum option_id id, const char *key, const char *text,
		       struct span at, struct span replaced)
{
	size_t start = start_line(s, key);

	buf_puts(s->b, text);
	end_line(s, start, id, at, replaced);
}

static const char *doc_text(const struct doc *doc)
{
	return doc->kind == DOC_NULL   ? "null"
	       : doc->kind == DOC_BOOL ? (doc->boolean ? "true" : "false")
				       : doc->text;
}

/* A value of any kind under a key, or as an item of a list. */
static void show_doc(struct show *s, enum option_id id, const char *key, const struct doc *doc,
		     struct span replaced)
{
	bool collection = doc->kind == DOC_MAP || doc->kind == DOC_LIST;

	if (doc->kind == DOC_STRING) {
		put_scalar(s, id, key, doc->text, doc->at, replaced);
		return;
	}
	if (!collection || !doc->n) {
		show_plain(s, id, key,
			   !collection		  ? doc_text(doc)
			   : doc->kind == DOC_MAP ? "{}"
						  : "[]",
			   doc->at, replaced);
		return;
	}
	size_t start = start_line(s, key);
	s->b->len = start;
	buf_printf(s->b, "%*s", s->indent, "");
	if (key) {
		yaml_string(s->b, key);
		buf_putc(s->b, ':');
	} else {
		buf_putc(s->b, '-');
	}
	buf_putc(s->b, '\n');
	s->indent += 2;
	for (size_t i = 0; i < doc->n; i++)
		show_doc(s, id, doc->kind == DOC_MAP ? doc->keys[i].s : NULL, doc->items[i],
			 (struct span){0});
	s->indent -= 2;
}

void show_value(struct show *s, enum option_id id, const char *key)
{
	const struct value *v = s->w->values[id];
	bool replaces = options[id].inherit == INHERIT_FILL && v->overrides;
	struct span replaced = replaces ? v->overrides->at : (struct span){0};

	if (v->state == VALUE_NULL) {
		show_plain(s, id, key, "null", v->at, replaced);
		return;
	}
	switch (options[id].type) {
	case TYPE_STRINGS:
	case TYPE_GUEST:
	case TYPE_PATHS:
	case TYPE_WORDS:
		show_items(s, id, key, v);
		break;
	case TYPE_FILES:
		show_files(s, id, key, v);
		break;
	case TYPE_MODULES:
		show_modules(s, id, key, v);
		break;
	case TYPE_SIZE:
	case TYPE_MEM:
	case TYPE_COUNT:
	case TYPE_SECONDS:
	case TYPE_BOOL:
	case TYPE_MAP:
		show_doc(s, id, key, v->doc, replaced);
		break;
	case TYPE_STEP:
		if (v->doc->kind == DOC_MAP)
			show_doc(s, id, key, v->doc, replaced);
		else
			put_scalar(s, id, key, scalar_text(s, id, v), v->at, replaced);
		break;
	default:
		put_scalar(s, id, key, scalar_text(s, id, v), v->at, replaced);
	}
}
