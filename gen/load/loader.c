/* SPDX-License-Identifier: MIT */
#include "load/loader.h"
#include "load/json.h"
#include "load/lenient.h"
#include "base/util.h"

#include <string.h>

static bool is_tail(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static void step_forward(struct cursor *c)
{
	const char *s = c->text;

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
			     .text = c->text,
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
		while (c->offset > c->line_start && is_tail(c->text[c->offset]));
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
static size_t skip_properties(const struct cursor *c, size_t at)
{
	const char *text = c->text;
	size_t len = c->src->len;

	while (at < len && (text[at] == '&' || text[at] == '!')) {
		while (at < len && !strchr(" \t\r\n,[]{}", text[at]))
			at++;
		while (at < len && strchr(" \t\r\n", text[at]) && text[at])
			at++;
	}
	return at;
}

struct span event_span(struct loader *l, size_t *offset)
{
	const char *text = l->cursor.text;
	size_t start, end;
	struct span at = mark_span(l, l->event.start_mark, &start);
	size_t skipped = skip_properties(&l->cursor, start);

	mark_span(l, l->event.end_mark, &end);
	if (skipped > start && skipped < end) {
		yaml_mark_t mark = l->event.start_mark;

		for (size_t i = start; i < skipped; i++)
			mark.index += !is_tail(text[i]);
		at = mark_span(l, mark, &start);
	}
	size_t len = end > start ? end - start : 0;
	if (l->event.type == YAML_SCALAR_EVENT &&
	    (l->event.data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
	     l->event.data.scalar.style == YAML_FOLDED_SCALAR_STYLE))
		len = strcspn(text + start, " \t\r\n");
	const char *line_end = len ? memchr(text + start, '\n', len) : NULL;
	if (line_end)
		len = (size_t)(line_end - (text + start));
	at.len = len ? (uint32_t)len : 1;
	*offset = start;
	return at;
}

/* What libyaml says, in words that help the author of a spec. */
static const char *plain_words(const char *problem)
{
	static const char *const words[][2] = {
		{"did not find expected node content", "a value is expected here"},
		{"did not find expected ',' or '}'", "`,` or `}` is expected here"},
		{"did not find expected ',' or ']'", "`,` or `]` is expected here"},
		{"could not find expected ':'", "`:` is expected after the key"},
		{"did not find expected key", "a key is expected here: is the indentation right?"},
		{"found character that cannot start any token",
		 "a text cannot begin with this character: put it in quotes"},
		{"found unknown escape character", "there is no such escape: write two "
						   "backslashes, or put the text in single quotes"},
		{"did not find expected alphabetic or numeric character",
		 "a text cannot begin with * or &: put it in quotes"},
		{"did not find expected '-' indicator",
		 "`-` is expected here: is the indentation right?"},
		{"did not find expected <document start>", "nothing may follow the value"},
		{"found unexpected end of stream", "the quote is not closed"},
		{"found unexpected document indicator", "the quote is not closed before this line"},
		{"mapping values are not allowed in this context",
		 "`:` cannot be here: quote the text that holds it, or check the indentation"},
		{"block sequence entries are not allowed in this context",
		 "a list cannot begin here: begin a new line with it, or write [a, b]"},
		{"while parsing a block mapping", "the map begins here"},
		{"while parsing a flow mapping", "the map begins here"},
		{"while parsing a block collection", "the list begins here"},
		{"while parsing a flow sequence", "the list begins here"},
		{"while parsing a quoted scalar", "the text begins here"},
		{"while scanning a quoted scalar", "the text begins here"},
		{"while scanning a plain scalar", "the text begins here"},
		{"while scanning a block scalar", "the text begins here"},
		{"while scanning a simple key", "the key begins here"},
		{"while scanning an alias", "the text begins here"},
		{"while scanning an anchor", "the text begins here"},
	};

	for (size_t i = 0; i < LEN(words); i++)
		if (streq(words[i][0], problem))
			return words[i][1];
	return problem;
}

/* What people do that leads to such an error. */
static void guess_cause(struct loader *l, struct diag_item *item, const char *problem,
			size_t offset)
{
	const struct source *src = l->cursor.src;
	bool in_json = strstr(problem, "',' or '");

	if (in_json && l->has_long_text)
		diag_also(l->diag, item, mark_span(l, l->long_text, NULL),
			  "this text goes on in the next line: is its quote closed?");
	else if (in_json && offset < src->len)
		diag_hint(l->diag, item, "is a comma or a bracket missing before it?");
	else if (in_json)
		diag_hint(l->diag, item, "the file ends before its brackets are closed");
	else if (offset && l->cursor.text[offset - 1] == '\'' && strstr(problem, "expected key"))
		diag_hint(l->diag, item,
			  "in single quotes, an apostrophe is written twice: 'it''s'");
}

static void reader_error(struct loader *l, const char *problem)
{
	struct cursor *c = &l->cursor;
	size_t stop = c->start + l->parser.problem_offset;

	rewind_cursor(c);
	while (c->offset < stop && c->offset < c->src->len)
		step_forward(c);
	struct span at = {c->src, c->line, (uint32_t)(c->offset - c->line_start + 1), 1};
	diag_error(l->diag, at, "this is no text in UTF-8: %s", problem);
}

/* Reports why libyaml stopped. */
static void parser_error(struct loader *l)
{
	const yaml_parser_t *p = &l->parser;
	const char *problem = p->problem ? p->problem : "this cannot be read";
	const struct source *src = l->cursor.src;
	size_t offset;

	if (p->error == YAML_READER_ERROR) {
		reader_error(l, problem);
		return;
	}
	struct span at = mark_span(l, p->problem_mark, &offset);
	bool tab = offset < src->len && src->text[offset] == '\t';
	struct diag_item *item =
		diag_error(l->diag, at, "%s", tab ? "a tab cannot be here" : plain_words(problem));
	if (tab)
		diag_hint(l->diag, item, "YAML indents with spaces only");
	if (strstr(problem, "Unicode character escape"))
		diag_hint(l->diag, item, "write the character itself, or \\U and its number");
	if (has_suffix(src->path, ".json") && json_check(src, NULL))
		diag_hint(l->diag, item,
			  "JSON allows this, but specs are read by the rules of YAML");
	guess_cause(l, item, problem, offset);
	struct span context = mark_span(l, p->context_mark, NULL);
	if (p->context && (context.line != at.line || context.col != at.col))
		diag_also(l->diag, item, context, "%s", plain_words(p->context));
}

static void keep_long_text(struct loader *l)
{
	yaml_scalar_style_t style = l->event.data.scalar.style;

	l->has_long_text = l->event.start_mark.line != l->event.end_mark.line &&
			   (style == YAML_DOUBLE_QUOTED_SCALAR_STYLE ||
			    style == YAML_SINGLE_QUOTED_SCALAR_STYLE);
	l->long_text = l->event.start_mark;
}

bool next_event(struct loader *l)
{
	if (l->has_event)
		yaml_event_delete(&l->event);
	l->has_event = yaml_parser_parse(&l->parser, &l->event);
	if (!l->has_event)
		parser_error(l);
	else if (l->event.type == YAML_SCALAR_EVENT)
		keep_long_text(l);
	return l->has_event;
}

bool loader_open(struct loader *l, struct arena *a, const struct source *src, struct diag *d)
{
	*l = (struct loader){.arena = a, .diag = d, .anchors = {.arena = a}};
	l->cursor.src = src;
	l->cursor.text = lenient_text(a, src, d);
	if (!l->cursor.text)
		return false;
	l->cursor.start = src->len >= 3 && memcmp(src->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	rewind_cursor(&l->cursor);
	if (!yaml_parser_initialize(&l->parser))
		die("out of memory");
	yaml_parser_set_encoding(&l->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&l->parser,
				     (const yaml_char_t *)l->cursor.text + l->cursor.start,
				     src->len - l->cursor.start);
	return true;
}

void loader_close(struct loader *l)
{
	if (l->has_event)
		yaml_event_delete(&l->event);
	yaml_parser_delete(&l->parser);
}
