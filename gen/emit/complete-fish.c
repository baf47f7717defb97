/* SPDX-License-Identifier: MIT */
#include "emit/complete.h"

static void put_line(struct buf *b, const struct verb *v)
{
	buf_printf(b, "complete -c fmgen -n '__fmgen_is \"%s\"'", v->name ? v->name : "");
}

static void put_help(struct buf *b, const char *help)
{
	buf_puts(b, " -d '");
	for (; *help; help++) {
		if (*help == '\'' || *help == '\\')
			buf_putc(b, '\\');
		buf_putc(b, *help);
	}
	buf_puts(b, "'\n");
}

static void put_option(const struct completer *c, struct buf *b, const struct verb *v,
		       const struct verb_option *o)
{
	const char *words;

	put_line(b, v);
	buf_printf(b, " -l %s", o->name);
	if (o->letter)
		buf_printf(b, " -s %c", o->letter);
	switch (option_wants(c, o, &words)) {
	case WANT_WORDS:
		buf_printf(b, " -x -a '%s'", words);
		break;
	case WANT_DIR:
		buf_puts(b, " -x -a '(__fish_complete_directories)'");
		break;
	case WANT_FILE:
		buf_puts(b, " -r -F");
		break;
	case WANT_ANY:
		buf_puts(b, " -x");
		break;
	case WANT_NOTHING:
		break;
	}
	put_help(b, o->help);
}

static void put_verb(const struct completer *c, struct buf *b, const struct verb *v)
{
	const char *words = verb_wants_words(c, v);

	for (size_t i = 0; i < v->noptions; i++)
		put_option(c, b, v, &v->options[i]);
	put_line(b, v);
	buf_puts(b, " -l help");
	put_help(b, "print help");
	if (words || verb_wants_specs(v) || verb_wants_names(v)) {
		put_line(b, v);
		buf_printf(b, " -a '%s%s%s'\n", words ? words : "",
			   verb_wants_names(v) ? "(__fmgen_names) " : "",
			   verb_wants_specs(v) ? "(__fmgen_specs)" : "");
	}
}

void complete_fish(const struct completer *c, struct buf *b)
{
	buf_puts(b, "set -g __fmgen_verbs");
	for (size_t i = 0; i < nverbs; i++)
		if (verbs[i]->help)
			buf_printf(b, " %s", verbs[i]->name);
	buf_puts(b, "\n\ncomplete -c fmgen -f\n");
	for (size_t i = 0; i < nverbs; i++)
		if (verbs[i]->help) {
			buf_printf(b, "complete -c fmgen -n __fmgen_is_first -a %s",
				   verbs[i]->name);
			put_help(b, verbs[i]->help);
		}
	put_verb(c, b, &verb_generate);
	for (size_t i = 0; i < nverbs; i++)
		if (verbs[i]->help)
			put_verb(c, b, verbs[i]);
}
