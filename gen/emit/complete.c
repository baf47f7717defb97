/* SPDX-License-Identifier: MIT */
#include "emit/complete.h"
#include "base/util.h"

#include <ctype.h>
#include <string.h>

/* "a|b" as "a b". */
static const char *split_choices(const struct completer *c, const char *s, size_t len)
{
	char *words = arena_dup(c->arena, s, len);

	for (char *bar = strchr(words, '|'); bar; bar = strchr(bar, '|'))
		*bar = ' ';
	return words;
}

enum wanted option_wants(const struct completer *c, const struct verb_option *o, const char **words)
{
	*words = NULL;
	if (o->takes == FLAG)
		return WANT_NOTHING;
	if (streq(o->name, "board"))
		*words = c->boards;
	else if (streq(o->name, "warning") || streq(o->name, "error"))
		*words = c->warnings;
	else if (o->arg && islower((unsigned char)*o->arg) && strchr(o->arg, '|'))
		*words = split_choices(c, o->arg, strlen(o->arg));
	if (*words && **words)
		return WANT_WORDS;
	if (o->arg && streq(o->arg, "DIR"))
		return WANT_DIR;
	return o->arg && streq(o->arg, "FILE") ? WANT_FILE : WANT_ANY;
}

bool verb_wants_specs(const struct verb *v)
{
	return strstr(v->args, "WORKLOAD");
}

bool verb_wants_names(const struct verb *v)
{
	return strstr(v->args, "NAME...") || strstr(v->args, "NAME|") || strstr(v->args, "|NAME");
}

const char *verb_wants_words(const struct completer *c, const struct verb *v)
{
	const char *bar = strchr(v->args, '|'), *start = bar, *end = bar;

	if (!bar || !islower((unsigned char)bar[1]))
		return NULL;
	while (start > v->args && (islower((unsigned char)start[-1]) || start[-1] == '|'))
		start--;
	while (islower((unsigned char)*end) || *end == '|')
		end++;
	return split_choices(c, start, (size_t)(end - start));
}

void complete_quote(struct buf *b, const char *text, const char *odd)
{
	for (; *text; text++) {
		if (*text == '\'') {
			buf_puts(b, "'\\''");
			continue;
		}
		if (strchr(odd, *text))
			buf_putc(b, '\\');
		buf_putc(b, *text);
	}
}
