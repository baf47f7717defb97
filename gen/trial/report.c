/* SPDX-License-Identifier: MIT */
#include "trial/report.h"
#include "base/buf.h"
#include "base/fs.h"

#define BRIEF 3 /* failures beside the one that is shown */

static void add_case(struct buf *b, const struct trial_case *c)
{
	buf_printf(b, "%s: %s\n", c->name, c->why);
	if (c->text)
		buf_puts(b, c->text);
}

static void add_all(struct buf *b, const struct trial_result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].why)
			add_case(b, &r->v[i]);
}

/* The failure that says most: the first one with a text, else the first one. */
static const struct trial_case *main_case(const struct trial_result *r)
{
	const struct trial_case *first = NULL;

	for (size_t i = 0; i < r->n; i++) {
		if (r->v[i].why && r->v[i].text)
			return &r->v[i];
		if (r->v[i].why && !first)
			first = &r->v[i];
	}
	return first;
}

/* The one that says most comes last, as the end of a log is what people see. */
static void add_brief(struct buf *b, const struct trial_result *r)
{
	const struct trial_case *main = main_case(r);
	size_t shown = 0;

	for (size_t i = 0; i < r->n && shown < BRIEF; i++)
		if (r->v[i].why && &r->v[i] != main) {
			buf_printf(b, "%s: %s\n", r->v[i].name, r->v[i].why);
			shown++;
		}
	if (main)
		add_case(b, main);
}

void report_brief(const struct trial_result *r, const char *report, FILE *out)
{
	size_t failures = result_failures(r);
	struct buf b = {0};

	if (report)
		add_brief(&b, r);
	else
		add_all(&b, r);
	if (!failures)
		buf_printf(&b, "%s: passed (%s)\n", r->name, r->run);
	else if (report)
		buf_printf(&b, "%s: %zu of %zu failed; all of it: %s\n", r->name, failures, r->n,
			   report);
	else
		buf_printf(&b, "%s: %zu of %zu failed\n", r->name, failures, r->n);
	fputs(buf_str(&b), out);
	buf_free(&b);
}

bool report_write(const struct trial_result *r, const char *path)
{
	struct buf b = {0};

	buf_printf(&b, "%s: %zu of %zu failed (%s)\n", r->name, result_failures(r), r->n, r->run);
	add_all(&b, r);
	bool ok = write_file(path, buf_str(&b), b.len, 0644);
	buf_free(&b);
	return ok;
}
