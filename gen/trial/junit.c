/* SPDX-License-Identifier: MIT */
#include "base/buf.h"
#include "base/fs.h"
#include "base/utf8.h"
#include "base/util.h"
#include "trial/lines.h"
#include "trial/suite.h"

#include <string.h>

/* What a test case is that did not pass. */
enum mishap { FINE, FAILURE, ERROR, SKIPPED };

static enum mishap mishap_of(enum verdict_of_test verdict)
{
	static const enum mishap mishaps[TEST_VERDICTS] = {
		[TEST_FAILED] = FAILURE,
		[TEST_NOT_BUILT] = ERROR,
		[TEST_NOT_RUN] = ERROR,
		[TEST_SKIPPED] = SKIPPED,
	};

	return mishaps[verdict];
}

static void add_character(struct buf *b, const char *s, size_t n, uint32_t c, bool attribute)
{
	switch (c) {
	case '&':
		buf_puts(b, "&amp;");
		break;
	case '<':
		buf_puts(b, "&lt;");
		break;
	case '>':
		buf_puts(b, "&gt;");
		break;
	case '"':
		buf_puts(b, "&quot;");
		break;
	default:
		if (attribute && c < ' ')
			buf_printf(b, "&#%u;", c);
		else
			buf_add(b, s, n);
	}
}

/* What XML cannot hold becomes U+FFFD. */
static void add_text(struct buf *b, const char *s, bool attribute)
{
	uint32_t c = 0;

	for (size_t n, len = strlen(s); len; s += n, len -= n) {
		n = utf8_decode(s, len, &c);
		if (!n || (c != '\n' && !is_plain(c))) {
			buf_puts(b, "\xef\xbf\xbd");
			n = n ? n : 1;
		} else {
			add_character(b, s, n, c, attribute);
		}
	}
}

static void add_attribute(struct buf *b, const char *name, const char *value)
{
	buf_printf(b, " %s=\"", name);
	add_text(b, value, true);
	buf_putc(b, '"');
}

static void add_case(struct buf *b, const char *suite, const struct trial_case *c,
		     enum mishap mishap)
{
	static const char *const elements[] = {
		[FAILURE] = "failure", [ERROR] = "error", [SKIPPED] = "skipped"};

	buf_puts(b, "    <testcase");
	add_attribute(b, "classname", suite);
	add_attribute(b, "name", c->name);
	if (mishap == FINE) {
		buf_puts(b, "/>\n");
		return;
	}
	buf_printf(b, ">\n      <%s", elements[mishap]);
	add_attribute(b, "message", c->why ? c->why : "");
	if (c->text) {
		buf_putc(b, '>');
		add_text(b, c->text, false);
		buf_printf(b, "</%s>\n", elements[mishap]);
	} else {
		buf_puts(b, "/>\n");
	}
	buf_puts(b, "    </testcase>\n");
}

struct counts {
	size_t all, of[SKIPPED + 1];
	long long ms;
};

/* A workload that did not run is one case. */
static struct trial_case only_case(const struct suite *s)
{
	return (struct trial_case){s->verdict == TEST_NOT_BUILT ? "build" : s->name, s->why, NULL};
}

static struct counts count(const struct suite *s)
{
	struct counts c = {.all = s->result.n, .ms = s->result.ms};

	c.of[FAILURE] = result_failures(&s->result);
	if (!s->result.n) {
		c.all = 1;
		c.of[mishap_of(s->verdict)] = 1;
	}
	return c;
}

static void add_counts(struct buf *b, const char *element, const char *name, const struct counts *c)
{
	buf_printf(b, "<%s", element);
	add_attribute(b, "name", name);
	buf_printf(b,
		   " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" "
		   "time=\"%lld.%03lld\">\n",
		   c->all, c->of[FAILURE], c->of[ERROR], c->of[SKIPPED], c->ms / 1000,
		   c->ms % 1000);
}

static void add_suite(struct buf *b, const struct suite *s)
{
	struct counts c = count(s);

	buf_puts(b, "  ");
	add_counts(b, "testsuite", s->name, &c);
	for (size_t i = 0; i < s->result.n; i++)
		add_case(b, s->name, &s->result.v[i], s->result.v[i].why ? FAILURE : FINE);
	if (!s->result.n) {
		struct trial_case only = only_case(s);

		add_case(b, s->name, &only, mishap_of(s->verdict));
	}
	buf_puts(b, "  </testsuite>\n");
}

bool suites_write_junit(const struct suite *v, size_t n, const char *path)
{
	struct buf b = {0};
	struct counts all = {0};

	for (size_t i = 0; i < n; i++) {
		struct counts c = count(&v[i]);

		all.all += c.all;
		all.ms += c.ms;
		for (size_t j = 0; j < LEN(c.of); j++)
			all.of[j] += c.of[j];
	}
	buf_puts(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	add_counts(&b, "testsuites", "fmgen", &all);
	for (size_t i = 0; i < n; i++)
		add_suite(&b, &v[i]);
	buf_puts(&b, "</testsuites>\n");
	bool ok = write_file(path, buf_str(&b), b.len, 0644);
	buf_free(&b);
	return ok;
}
