/* SPDX-License-Identifier: MIT */
/* fmgen init: begins a workload in the current directory, which builds at once. */
#include "base/fs.h"
#include "base/path.h"
#include "base/util.h"
#include "check/specs.h"
#include "decode/values.h"
#include "emit/skeleton.h"
#include "verb/options.h"

#include <stdio.h>

struct init_options {
	bool yaml;
};

static const struct verb_option option_table[] = {
	{"yaml", 0, FLAG, NULL, "write YAML, with comments on further options",
	 offsetof(struct init_options, yaml)},
};

static void write_text(const char *path, const struct buf *b)
{
	if (!write_file(path, buf_str(b), b->len, 0644))
		die("cannot write %s:", path);
}

/* Nothing that is there is touched: neither the workload's files nor a spec of that name. */
static void check_free(struct arena *a, const char *name)
{
	static const char *const suffixes[] = {"", ".json", ".yaml", ".yml"};

	for (size_t i = 0; i < LEN(suffixes); i++) {
		const char *path = arena_printf(a, "%s%s", name, suffixes[i]);
		if (path_exists(path))
			die("%s is there already; choose another name: fmgen init NAME", path);
	}
}

static int init_main(int argc, char **argv)
{
	struct init_options o = {0};
	struct arena a = {0};
	struct buf spec = {0}, motd = {0};
	int n = parse_options(&verb_init, argc, argv, &o);
	const char *here = path_real(&a, ".");
	const char *name = n ? argv[1] : path_base(here ? here : "");

	if (n > 1)
		die("one name at a time");
	if (!is_name(name))
		die("`%s` cannot be a name: letters, digits and . _ + -, the first no . or -",
		    name);
	if (name_is_reserved(name))
		die("the name `%s` is reserved", name);
	check_free(&a, name);
	const char *file = arena_printf(&a, "%s.%s", name, o.yaml ? "yaml" : "json");
	const char *greeting = arena_printf(&a, "%s/overlay/etc/motd", name);
	(o.yaml ? skeleton_yaml : skeleton_json)(&spec, name);
	buf_printf(&motd, "Welcome to %s.\n", name);
	write_text(greeting, &motd);
	write_text(file, &spec);
	printf("wrote %s and %s\n"
	       "next:\n"
	       "  fmgen fetch                   once: the sources of the kernel\n"
	       "  fmgen %s && ninja\n"
	       "  fmgen launch %s\n",
	       file, greeting, file, name);
	buf_free(&spec);
	buf_free(&motd);
	arena_free(&a);
	return 0;
}

const struct verb verb_init = {
	.name = "init",
	.main = init_main,
	.args = "[--yaml] [NAME]",
	.help = "begin a workload in this directory",
	.options = option_table,
	.noptions = LEN(option_table),
};
