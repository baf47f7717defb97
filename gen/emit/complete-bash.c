/* SPDX-License-Identifier: MIT */
#include "emit/complete.h"

static void put_verb_list(struct buf *b)
{
	buf_puts(b, "_fmgen_verbs='");
	for (size_t i = 0; i < nverbs; i++)
		if (verbs[i]->help)
			buf_printf(b, "%s%s", i ? " " : "", verbs[i]->name);
	buf_puts(b, "'\n");
}

static void put_options(struct buf *b, const struct verb *v)
{
	buf_printf(b, "\t%s) echo '", v->name ? v->name : "''");
	for (size_t i = 0; i < v->noptions; i++) {
		const struct verb_option *o = &v->options[i];

		buf_printf(b, "--%s%s ", o->name, o->takes == FLAG ? "" : "=");
		if (o->letter)
			buf_printf(b, "-%c ", o->letter);
	}
	buf_puts(b, "--help' ;;\n");
}

static void put_values(const struct completer *c, struct buf *b, const struct verb *v)
{
	static const char *const kinds[] = {[WANT_WORDS] = "words",
					    [WANT_DIR] = "dirs",
					    [WANT_FILE] = "files",
					    [WANT_ANY] = "any"};
	const char *name = v->name ? v->name : "", *words;

	for (size_t i = 0; i < v->noptions; i++) {
		const struct verb_option *o = &v->options[i];
		enum wanted want = option_wants(c, o, &words);

		if (!want)
			continue;
		buf_printf(b, "\t%s,--%s", name, o->name);
		if (o->letter)
			buf_printf(b, " | %s,-%c", name, o->letter);
		buf_printf(b, ") echo '%s%s%s' ;;\n", kinds[want], words ? " " : "",
			   words ? words : "");
	}
}

static void put_arguments(const struct completer *c, struct buf *b, const struct verb *v)
{
	const char *words = verb_wants_words(c, v);

	buf_printf(b, "\t%s) echo '", v->name ? v->name : "''");
	if (words)
		buf_printf(b, "words %s", words);
	else if (verb_wants_specs(v))
		buf_puts(b, verb_wants_names(v) ? "workloads" : "specs");
	else if (verb_wants_names(v))
		buf_puts(b, "names");
	buf_puts(b, "' ;;\n");
}

void complete_bash(const struct completer *c, struct buf *b)
{
	put_verb_list(b);
	buf_puts(b, "\n_fmgen_options() # VERB\n{\n\tcase $1 in\n");
	put_options(b, &verb_generate);
	for (size_t i = 0; i < nverbs; i++)
		if (verbs[i]->help)
			put_options(b, verbs[i]);
	buf_puts(b, "\tesac\n}\n\n_fmgen_values() # VERB OPTION\n{\n\tcase $1,$2 in\n");
	put_values(c, b, &verb_generate);
	for (size_t i = 0; i < nverbs; i++)
		if (verbs[i]->help)
			put_values(c, b, verbs[i]);
	buf_puts(b, "\tesac\n}\n\n_fmgen_arguments() # VERB\n{\n\tcase $1 in\n");
	put_arguments(c, b, &verb_generate);
	for (size_t i = 0; i < nverbs; i++)
		if (verbs[i]->help)
			put_arguments(c, b, verbs[i]);
	buf_puts(b, "\tesac\n}\n");
}
