/* SPDX-License-Identifier: MIT */
#include "trial/diff.h"
#include "base/fs.h"
#include "base/proc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECONDS	  "60" /* that diff may take */
#define TIMED_OUT 124  /* what timeout ends with */
#define MAX_SHOWN 400  /* bytes of a line */

static bool write_lines(FILE *f, const struct lines *text)
{
	struct buf b = {0};

	for (size_t i = 0; i < text->n; i++) {
		const struct line *line = &text->v[i];

		b.len = 0;
		safe_line(&b, line->s, line->len);
		if (!text->whole || line->s[line->len - 1] == '\n')
			buf_putc(&b, '\n');
		(void)fwrite(b.data, 1, b.len, f);
	}
	buf_free(&b);
	return fflush(f) == 0 && !ferror(f);
}

/* A text as it can be shown, in a file that is gone once it is closed. NULL on error. */
static FILE *temporary(const struct diff *d, const struct lines *text)
{
	char *path = arena_printf(d->a, "%s/diff-XXXXXX", d->temp);
	int fd = make_dirs(d->temp, 0777) ? mkstemp(path) : -1;
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");

	if (fd >= 0)
		unlink(path);
	if (f && !write_lines(f, text)) {
		(void)fclose(f);
		f = NULL;
	}
	return f;
}

static char *opened(const struct diff *d, FILE *f)
{
	return arena_printf(d->a, "/proc/self/fd/%d", fileno(f));
}

/* Appends what diff prints. NULL, or why it prints nothing. */
static const char *run(const struct diff *d, char *const options[3], const struct lines *ref,
		       const struct lines *log, struct buf *out)
{
	if (!proc_find(d->a, "diff"))
		return "there is no diff on PATH (package diffutils)";
	FILE *x = temporary(d, ref), *y = x ? temporary(d, log) : NULL;
	const char *why = NULL;

	if (y) {
		char *argv[] = {"env",	    "LC_ALL=C",	  "timeout",	"--foreground",
				SECONDS,    "diff",	  options[0],	options[1],
				options[2], opened(d, x), opened(d, y), NULL};
		int status = proc_capture(argv, out, false);

		if (status == TIMED_OUT)
			why = "diff took longer than " SECONDS " s";
		else if (status > 1)
			why = arena_printf(d->a, "diff ended with status %d", status);
		(void)fclose(y);
	} else {
		why = arena_printf(d->a, "cannot write below %s: %s", d->temp, strerror(errno));
	}
	if (x)
		(void)fclose(x);
	return why;
}

/* Of the edits from s on, as diff prints them for trim: how many more lines the log has there. */
static size_t surplus(const char *s)
{
	size_t ref = 0, log = 0;

	for (; *s && *s != ' '; s++)
		if (*s == '+')
			log++;
		else
			ref++;
	return log < ref ? 0 : log - ref;
}

/* Leaves lines out of the log that it has before and behind ref, all but as many as ref has there
 * that differ. */
static const char *trim(const struct diff *d, const struct lines *ref, struct lines *log)
{
	/* A character a line. */
	char *const options[] = {"--old-line-format=-", "--new-line-format=+",
				 "--unchanged-line-format= "};
	struct buf b = {0};
	const char *why = run(d, options, ref, log, &b);

	if (!why) {
		const char *script = buf_str(&b), *last = strrchr(script, ' ');
		size_t head = last ? surplus(script) : 0;

		log->n -= head + surplus(last ? last + 1 : script);
		log->v += head;
		log->first += head;
	}
	buf_free(&b);
	return why;
}

/* Copies the header of a hunk, with the numbers that the lines have in their files. */
static void show_header(struct buf *b, const char *s, size_t ref, size_t log)
{
	char *rest;

	buf_printf(b, "@@ -%llu", strtoull(s + strlen("@@ -"), &rest, 10) + ref - 1);
	size_t n = strcspn(rest, "+") + 1;
	buf_add(b, rest, n);
	buf_printf(b, "%llu", strtoull(rest + n, &rest, 10) + log - 1);
	buf_add(b, rest, strcspn(rest, "\n") + 1);
}

static void show_line(struct buf *b, const char *s, size_t len)
{
	size_t n = len < MAX_SHOWN ? len : MAX_SHOWN;

	while (n < len && ((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	buf_add(b, s, n);
	if (n < len)
		buf_printf(b, " ... (%zu bytes more)", len - n);
	buf_putc(b, '\n');
}

static void show(struct buf *b, const struct diff *d, const char *s, const struct lines *ref,
		 const struct lines *log)
{
	size_t shown = 0, left = 0;

	for (size_t i = 0, n; *s; i++, s += n + 1) {
		n = strcspn(s, "\n");
		if (i < 2 || (*s == '\\' && shown <= d->most))
			buf_add(b, s, n + 1);
		else if (*s == '@' && shown < d->most)
			show_header(b, s, ref->first, log->first);
		else if (strchr(" +-", *s) && shown++ < d->most)
			show_line(b, s, n);
		else
			left += *s == '+' || *s == '-';
	}
	if (left)
		buf_printf(b, "... %zu more lines differ\n", left);
}

void diff_show(struct buf *b, const struct diff *d, const struct lines *ref,
	       const struct lines *log, bool part)
{
	char *const options[] = {"-u", arena_printf(d->a, "--label=%s", d->ref_name),
				 arena_printf(d->a, "--label=%s", d->log_name)};
	struct lines trimmed = *log;
	struct buf out = {0};
	const char *why = part ? trim(d, ref, &trimmed) : NULL;

	if (!why)
		why = run(d, options, ref, &trimmed, &out);
	if (why)
		buf_printf(b, "(the difference cannot be shown: %s)\n", why);
	else
		show(b, d, buf_str(&out), ref, &trimmed);
	buf_free(&out);
}
