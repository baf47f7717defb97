/* SPDX-License-Identifier: MIT */
/* The tables of verbs and options as data for the completion of shells; templates/completions/ has
 * what each shell does with them. */
#ifndef FMGEN_EMIT_COMPLETE_H
#define FMGEN_EMIT_COMPLETE_H

#include "base/arena.h"
#include "base/buf.h"
#include "verb/options.h"

#include <stdbool.h>

struct completer {
	struct arena *arena;
	const char *boards, *warnings; /* names with blanks between them */
};

/* What a value may be. */
enum wanted { WANT_NOTHING, WANT_WORDS, WANT_DIR, WANT_FILE, WANT_ANY };

/* What an option takes; WANT_WORDS: one of *words. */
enum wanted option_wants(const struct completer *c, const struct verb_option *o,
			 const char **words);
/* Whether the verb's arguments are spec files; names of workloads; or one of some words (NULL: no).
 */
bool verb_wants_specs(const struct verb *v);
bool verb_wants_names(const struct verb *v);
const char *verb_wants_words(const struct completer *c, const struct verb *v);
/* Appends text for the inside of single quotes of a shell, with a backslash before each of `odd`.
 */
void complete_quote(struct buf *b, const char *text, const char *odd);

void complete_bash(const struct completer *c, struct buf *b);
void complete_zsh(const struct completer *c, struct buf *b);
void complete_fish(const struct completer *c, struct buf *b);

#endif
