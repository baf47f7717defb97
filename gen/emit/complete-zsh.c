/* SPDX-License-Identifier: MIT */
#include "emit/complete.h"

/* What _arguments is told of an option's value. */
static void put_value(const struct completer *c, struct buf *b, const struct verb_option *o)
{
	const char *words;

	switch (option_wants(c, o, &words)) {
	case WANT_WORDS:
		buf_printf(b, ":%s:(%s)", o->name, words);
		break;
	case WANT_DIR:
		buf_printf(b, ":%s:_files -/", o->name);
		break;
	case WANT_FILE:
		buf_printf(b, ":%s:_files", o->name);
		break;
	case WANT_ANY:
		buf_printf(b, ":%s: ", o->name);
		break;
	case WANT_NOTHING:
		break;
	}
}

/* One spec of _arguments: '(-x --name)'{-x+,--name=}'[help]:value:action'. */
static void put_option(const struct completer *c, struct buf *b, const struct verb_option *o)
{
	const char *plus = o->takes == FLAG ? "" : "+", *equals = o->takes == FLAG ? "" : "=";

	buf_puts(b, "\t\t\t'");
	if (o->takes == LIST)
		buf_puts(b, "*");
	else if (o->letter)
		buf_printf(b, "(-%c --%s)", o->letter, o->name);
	if (o->letter)
		buf_printf(b, "'{-%c%s,--%s%s}'", o->letter, plus, o->name, equals);
	else
		buf_printf(b, "--%s%s", o->name, equals);
	buf_putc(b, '[');
	complete_quote(b, o->help, "[]:\\");
	buf_putc(b, ']');
	put_value(c, b, o);
	buf_puts(b, "'\n");
}

static void put_verb(const struct completer *c, struct buf *b, const struct verb *v)
{
	const char *words = verb_wants_words(c, v);

	buf_printf(b, "\t%s)\n\t\tspecs=(\n", v->name ? v->name : "''");
	for (size_t i = 0; i < v->noptions; i++)
		put_option(c, b, &v->options[i]);
	buf_puts(b, "\t\t\t'--help[print help]'\n");
	if (words)
		buf_printf(b, "\t\t\t'1:word:(%s)'\n", words);
	else if (verb_wants_specs(v))
		buf_printf(b, "\t\t\t'*:workload:_fmgen_%s'\n",
			   verb_wants_names(v) ? "workloads" : "specs");
	else if (verb_wants_names(v))
		buf_puts(b, "\t\t\t'*:name:_fmgen_names'\n");
	buf_puts(b, "\t\t) ;;\n");
}

void complete_zsh(const struct completer *c, struct buf *b)
{
	buf_puts(b, "#compdef fmgen\n\n_fmgen_verbs=(\n");
	for (size_t i = 0; i < nverbs; i++)
		if (verbs[i]->help) {
			buf_printf(b, "\t'%s:", verbs[i]->name);
			complete_quote(b, verbs[i]->help, ":\\");
			buf_puts(b, "'\n");
		}
	buf_puts(b, ")\n\n_fmgen_options() # VERB\n{\n\tcase $1 in\n");
	put_verb(c, b, &verb_generate);
	for (size_t i = 0; i < nverbs; i++)
		if (verbs[i]->help)
			put_verb(c, b, verbs[i]);
	buf_puts(b, "\tesac\n}\n");
}
