/* SPDX-License-Identifier: MIT */
/* One line an edge, tree and alias, so that the file is good for grep, too. It grows with the
 * graph, so it is written straight on, without a tree of values. */
#include "emit/emit.h"
#include "base/util.h"

#include <string.h>

/* A name of the graph, which needs no escape. */
static void put_name(struct buf *b, const char *name)
{
	buf_putc(b, '"');
	buf_puts(b, name);
	buf_putc(b, '"');
}

/* A string; the text is UTF-8 already. */
static void put_string(struct buf *b, const char *s, size_t len)
{
	buf_putc(b, '"');
	for (size_t i = 0, plain; i < len; i++) {
		plain = i;
		while (i < len && s[i] != '"' && s[i] != '\\' && (unsigned char)s[i] >= ' ')
			i++;
		buf_add(b, s + plain, i - plain);
		if (i < len && (s[i] == '"' || s[i] == '\\'))
			buf_add(b, (char[]){'\\', s[i]}, 2);
		else if (i < len)
			buf_printf(b, "\\u%04x", (unsigned)s[i]);
	}
	buf_putc(b, '"');
}

/* `"KEY": `, after what comes before. */
static void put_key(struct buf *b, const char *before, const char *key)
{
	buf_puts(b, before);
	put_name(b, key);
	buf_puts(b, ": ");
}

static void put_paths(struct buf *b, const struct paths *p)
{
	buf_putc(b, '[');
	for (size_t i = 0; i < p->n; i++) {
		buf_puts(b, i ? ", " : "");
		put_name(b, p->v[i]);
	}
	buf_putc(b, ']');
}

/* The parameters as a list of lines, still escaped, so that no control characters are left. */
static void put_args(struct buf *b, const char *args)
{
	buf_putc(b, '[');
	for (const char *s = args; *s;) {
		size_t plain = strcspn(s, "\n\"\\");

		if (s == args || s[-1] == '\n')
			buf_puts(b, s == args ? "\"" : ", \"");
		buf_add(b, s, plain);
		s += plain;
		if (*s && *s != '\n')
			buf_putc(b, '\\');
		if (*s)
			buf_putc(b, *s == '\n' ? '"' : *s);
		s += *s != '\0';
	}
	buf_putc(b, ']');
}

static void put_place(struct buf *b, struct span at)
{
	put_string(b, at.src->path, strlen(at.src->path));
	b->len--;
	buf_printf(b, ":%u:%u\"", at.line, at.col);
}

static void put_edge(struct buf *b, const struct edge *e, bool args)
{
	put_key(b, "{", "rule");
	put_name(b, e->rule);
	if (e->id) {
		put_key(b, ", ", "id");
		put_name(b, e->id);
	}
	if (e->why.src) {
		put_key(b, ", ", "why");
		put_place(b, e->why);
	}
	put_key(b, ", ", "outputs");
	put_paths(b, &e->outs);
	if (e->ins.n) {
		put_key(b, ", ", "inputs");
		put_paths(b, &e->ins);
	}
	if (e->order_only.n) {
		put_key(b, ", ", "order-only");
		put_paths(b, &e->order_only);
	}
	if (e->args && args) {
		put_key(b, ", ", "args");
		put_args(b, e->args);
	}
	buf_putc(b, '}');
}

static void put_tree(struct buf *b, const struct tree *t)
{
	put_key(b, "{", "manifest");
	buf_printf(b, "\"out/tree/%s\"", t->id);
	put_key(b, ", ", "path");
	put_string(b, t->path, strlen(t->path));
	put_key(b, ", ", "filter");
	put_name(b, t->filter);
	buf_putc(b, '}');
}

void emit_json(const struct graph *g, struct buf *b, bool args)
{
	buf_puts(b, "{\n\"edges\": [");
	edges_each (e, g) {
		buf_puts(b, e == g->edges ? "\n" : ",\n");
		put_edge(b, e, args);
	}
	buf_puts(b, "\n],\n\"trees\": [");
	map_each (m, &g->trees) {
		buf_puts(b, m == g->trees.entries ? "\n" : ",\n");
		put_tree(b, m->value);
	}
	buf_puts(b, "\n],\n\"aliases\": {");
	map_each (m, &g->aliases) {
		put_key(b, m == g->aliases.entries ? "\n" : ",\n", m->key);
		put_paths(b, &((const struct alias *)m->value)->targets);
	}
	buf_puts(b, "\n},\n\"default\": ");
	put_paths(b, &g->defaults);
	buf_puts(b, "\n}\n");
}
