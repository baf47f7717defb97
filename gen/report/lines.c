/* SPDX-License-Identifier: MIT */
#include "base/util.h"
#include "report/lines.h"

#include <string.h>

const char *show_time(struct arena *a, long long ns)
{
	long long s = ns / 1000000000;

	if (ns < 9950000)
		return arena_printf(a, "%.1f ms", (double)ns / 1e6);
	if (ns < 999500000)
		return arena_printf(a, "%.0f ms", (double)ns / 1e6);
	if (s < 60)
		return arena_printf(a, "%.1f s", (double)ns / 1e9);
	return s < 3600 ? arena_printf(a, "%lld min %lld s", s / 60, s % 60)
			: arena_printf(a, "%lld h %lld min", s / 3600, s / 60 % 60);
}

void put_lines(FILE *out, const char *text)
{
	for (size_t n; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		fprintf(out, "    %.*s\n", (int)n, text);
	}
}

void put_title(FILE *out, const struct step *s, const char *note, const char *reasons)
{
	bool first = streq(reasons, FIRST_RUN);

	fputs(s->id, out);
	if (s->why)
		fprintf(out, " (%s)", s->why);
	fprintf(out, "%s%s%s\n", *note ? ", " : "", note, first ? ": first run" : "");
	if (!first)
		put_lines(out, reasons);
}
