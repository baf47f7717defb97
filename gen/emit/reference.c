/* SPDX-License-Identifier: MIT */
#include "emit/reference.h"
#include "base/util.h"
#include "decode/config.h"
#include "decode/shapes.h"
#include "emit/mdoc.h"

#include <string.h>

/* "path or null", with blanks around commas, which mdoc sets tight again. */
static void man_type(struct buf *b, const struct option *opt)
{
	for (const char *s = shapes[opt->type].words; *s; s++)
		if (*s == ',')
			buf_puts(b, " ,");
		else
			buf_putc(b, *s);
	if (opt->nullable)
		buf_puts(b, " or null");
}

static void man_absent(struct buf *b, const struct option *opt)
{
	struct buf text = {0};

	if (!opt->absent)
		return;
	buf_printf(&text, "Absent: %s.", opt->absent);
	mdoc_text(b, buf_str(&text));
	buf_free(&text);
}

static void man_option(struct buf *b, const struct option *opt)
{
	buf_printf(b, ".It Cm %s : Ar ", opt->name);
	man_type(b, opt);
	buf_putc(b, '\n');
	mdoc_text(b, opt->help);
	if (opt->required)
		buf_puts(b, "Required.\n");
	man_absent(b, opt);
	buf_printf(b, ".Pq %s\n", inherit_words[opt->inherit]);
}

void reference_man(struct buf *b)
{
	buf_puts(b, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < OPT_COUNT; i++)
		if (!options[i].replaced_by)
			man_option(b, &options[i]);
	buf_puts(b, ".El\n"
		    ".Ss Older names\n"
		    "These are taken, with a note that names the new one.\n"
		    "Together with the group of the new one they are an error.\n"
		    ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < OPT_COUNT; i++)
		if (options[i].replaced_by) {
			buf_printf(b, ".It Cm %s\n", options[i].name);
			mdoc_text(b, options[i].help);
		}
	buf_puts(b, ".El\n");
}

static void man_key(struct buf *b, const struct config_key *key)
{
	buf_printf(b, ".It Cm %s : Ar ", key->option.name);
	man_type(b, &key->option);
	buf_putc(b, '\n');
	mdoc_text(b, key->option.help);
	man_absent(b, &key->option);
	if (key->idle)
		buf_printf(b, "No effect, with a warning: %s.\n", key->idle);
}

void reference_config(struct buf *b)
{
	buf_puts(b, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < CONFIG_COUNT; i++)
		man_key(b, &config_keys[i]);
	buf_puts(b, ".El\n");
}

static void md_option(struct buf *b, const struct option *opt)
{
	static const char *const bases[] = {
		[BASE_WORKDIR] = "relative to the workdir",
		[BASE_SPECDIR] = "relative to the spec's directory",
	};

	buf_printf(b, "\n### `%s`\n\n*%s%s", opt->name, shapes[opt->type].words,
		   opt->nullable ? " or null" : "");
	if (opt->required)
		buf_puts(b, "; required");
	if (opt->base != BASE_NONE)
		buf_printf(b, "; %s", bases[opt->base]);
	buf_printf(b, "; %c%s", inherit_words[opt->inherit][0] | ' ',
		   inherit_words[opt->inherit] + 1);
	if (opt->absent)
		buf_printf(b, "; absent: %s", opt->absent);
	buf_printf(b, "; since %s*\n\n%s\n", opt->since, opt->help);
}

/* The group of an option as a heading, where it is the first one of it; "" for the top. */
static void md_group(struct buf *b, const struct option *opt, const struct option *before)
{
	size_t len = strcspn(opt->name, "."), top = strlen(opt->name);
	bool grouped = len < top;

	if (before && grouped && strncmp(before->name, opt->name, len + 1) == 0)
		return;
	if (before && !grouped && !strchr(before->name, '.'))
		return;
	if (grouped)
		buf_printf(b, "\n## The group `%.*s`\n", (int)len, opt->name);
	else
		buf_puts(b, before ? "\n## Further options\n" : "\n## Options\n");
}

void reference_md(struct buf *b)
{
	const struct option *before = NULL;

	for (size_t i = 0; i < OPT_COUNT; i++) {
		if (options[i].replaced_by)
			continue;
		md_group(b, &options[i], before);
		md_option(b, &options[i]);
		before = &options[i];
	}
	buf_puts(b, "\n## Older names\n\n| old | new |\n|---|---|\n");
	for (size_t i = 0; i < OPT_COUNT; i++)
		if (options[i].replaced_by)
			buf_printf(b, "| `%s` | `%s` |\n", options[i].name, options[i].replaced_by);
}
