/* SPDX-License-Identifier: MIT */
#include "load/loader.h"
#include "load/json.h"
#include "base/util.h"

#include <string.h>

static bool is_tail(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static void step_forward(struct cursor *c)
{
	const char *s = c->src->text;

	if (s[c->offset] == '\n') {
		c->line++;
		c->line_start = c->offset + 1;
	}
	do
		c->offset++;
	while (c->offset < c->src->len && is_tail(s[c->offset]));
	c->chars++;
}

static void rewind_cursor(struct cursor *c)
{
	*c = (struct cursor){.src = c->src,
			     .start = c->start,
			     .offset = c->start,
			     .line_start = c->start,
			     .line = 1};
}

/* Moves back within the line; to the start of the text where that is not enough. */
static void step_back(struct cursor *c, size_t chars)
{
	while (c->chars > chars && c->offset > c->line_start) {
		do
			c->offset--;
		while (c->offset > c->line_start && is_tail(c->src->text[c->offset]));
		c->chars--;
	}
	if (c->chars > chars)
		rewind_cursor(c);
}

static size_t seek(struct cursor *c, size_t chars)
{
	step_back(c, chars);
	while (c->chars < chars && c->offset < c->src->len)
		step_forward(c);
	return c->offset;
}

struct span mark_span(struct loader *l, yaml_mark_t mark, size_t *offset)
{
	struct cursor *c = &l->cursor;
	size_t at = seek(c, mark.index);

	if (offset)
		*offset = at;
	return (struct span){c->src, c->line, (uint32_t)(at - c->line_start + 1), 1};
}

/* Skips the anchor and the tag, which libyaml counts to the value. */
static size_t skip_properties(const struct source *src, size_t at)
{
	while (at < src->len && (src->text[at] == '&' || src->text[at] == '!')) {
		while (at < src->len && !strchr(" \t\r\n,[]{}", src->text[at]))
			at++;
		while (at < src->len && strchr(" \t\r\n", src->text[at]) && src->text[at])
			at++;
	}
	return at;
}

struct span event_span(struct loader *l, size_t *offset)
{
	const struct source *src = l->cursor.src;
	size_t start, end;
	struct span at = mark_span(l, l->event.start_mark, &start);
	size_t skipped = skip_properties(src, start);

	mark_span(l, l->event.end_mark, &end);
	if (skipped > start && skipped < end) {
		yaml_mark_t mark = l->event.start_mark;

		for (size_t i = start; i < skipped; i++)
			mark.index += !is_tail(src->text[i]);
		at = mark_span(l, mark, &start);
	}
	size_t len = end > start ? end - start : 0;
	const char *line_end = len ? memchr(src->text + start, '\n', len) : NULL;
	if (line_end)
		len = (size_t)(line_end - (src->text + start));
	at.len = len ? (uint32_t)len : 1;
	*offset = start;
	return at;
}

static void hint_tab(struct loader *l, struct diag_item *item, const yaml_mark_t *mark)
{
	size_t at;

	mark_span(l, *mark, &at);
	if (at < l->cursor.src->len && l->cursor.src->text[at] == '\t')
		diag_hint(l->diag, item, "this is a tab: YAML indents with spaces only");
}

/* Reports what libyaml says. */
static void parser_error(struct loader *l)
{
	yaml_parser_t *p = &l->parser;
	const char *problem = p->problem ? p->problem : "this cannot be read";
	struct diag_item *item;

	if (p->error == YAML_READER_ERROR) {
		struct cursor c = l->cursor;
		size_t stop = l->cursor.start + p->problem_offset;

		rewind_cursor(&c);
		while (c.offset < stop && c.offset < c.src->len)
			step_forward(&c);
		struct span at = {c.src, c.line, (uint32_t)(c.offset - c.line_start + 1), 1};
		item = diag_error(l->diag, at, "this is not text in UTF-8: %s", problem);
		return;
	}
	item = diag_error(l->diag, mark_span(l, p->problem_mark, NULL), "%s", problem);
	hint_tab(l, item, &p->problem_mark);
	if (has_suffix(l->cursor.src->path, ".json") && json_check(l->cursor.src, NULL))
		diag_hint(l->diag, item,
			  "JSON allows this, but specs are read by the rules of YAML");
	if (p->context)
		diag_also(l->diag, item, mark_span(l, p->context_mark, NULL), "%s", p->context);
}

bool next_event(struct loader *l)
{
	if (l->has_event)
		yaml_event_delete(&l->event);
	l->has_event = yaml_parser_parse(&l->parser, &l->event);
	if (!l->has_event)
		parser_error(l);
	return l->has_event;
}

void loader_open(struct loader *l, struct arena *a, const struct source *src, struct diag *d)
{
	*l = (struct loader){.arena = a, .diag = d, .anchors = {.arena = a}};
	l->cursor.src = src;
	l->cursor.start = src->len >= 3 && memcmp(src->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	rewind_cursor(&l->cursor);
	if (!yaml_parser_initialize(&l->parser))
		die("out of memory");
	yaml_parser_set_encoding(&l->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&l->parser, (const yaml_char_t *)src->text + l->cursor.start,
				     src->len - l->cursor.start);
}

void loader_close(struct loader *l)
{
	if (l->has_event)
		yaml_event_delete(&l->event);
	yaml_parser_delete(&l->parser);
}
