/* SPDX-License-Identifier: MIT */
#include "base/diag_item.h"
#include "base/diag_text.h"
#include "base/util.h"

#include <stdlib.h>
#include <unistd.h>

/* More messages than this help nobody: the rest is only counted. */
#define MAX_PRINTED 100

static void print_item(FILE *out, const struct diag_item *item, bool colour)
{
	static const char *const colours[] = {"\033[1;36m", "\033[1;35m", "\033[1;31m"};

	print_place(out, item->at, colour);
	fprintf(out, "%s%s:%s ", colour ? colours[item->severity] : "",
		severity_names[item->severity], colour ? "\033[0m" : "");
	print_text(out, item->text);
	if (item->name)
		fprintf(out, " [%s]", item->name);
	fputc('\n', out);
	print_excerpt(out, item->at, colour);
	for (const struct diag_extra *e = item->extras; e; e = e->next) {
		if (!e->is_hint)
			print_place(out, e->at, colour);
		fprintf(out, "%s", e->is_hint ? "  hint: " : "note: ");
		print_text(out, e->text);
		fputc('\n', out);
		if (!e->is_hint)
			print_excerpt(out, e->at, colour);
	}
}

static bool wants_colour(FILE *out)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(fileno(out)) && !(no && *no) && term && !streq(term, "dumb");
}

void diag_print_text(struct diag_item *const *list, size_t n, FILE *out)
{
	bool colour = wants_colour(out);
	size_t i;

	for (i = 0; i < n && i < MAX_PRINTED; i++)
		print_item(out, list[i], colour);
	if (i < n)
		fprintf(out, "fmgen: %zu more messages are not shown\n", n - i);
}
