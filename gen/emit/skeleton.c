/* SPDX-License-Identifier: MIT */
#include "emit/skeleton.h"
#include "base/util.h"
#include "decode/options.h"
#include "emit/yaml.h"

#include <string.h>

/* What is set, in this order. */
static const struct {
	enum option_id id;
	const char *value; /* NULL: the name */
} given[] = {
	{OPT_NAME, NULL},
	{OPT_BASE, "busybox-base.json"},
	{OPT_OVERLAY, "overlay"},
	{OPT_COMMAND, "cat /etc/motd; uname -a"},
};

/* What is worth trying next: lines of YAML. */
static const struct {
	enum option_id id;
	const char *example;
} further[] = {
	{OPT_FILES, "files: [[my-tool, /usr/local/bin/]]"},
	{OPT_LINUX_CONFIG, "linux: {config: my.config}"},
	{OPT_LINUX_MODULES, "linux: {modules: {my_module: my-module}}"},
	{OPT_ROOTFS_SIZE, "rootfs-size: 1 GiB"},
	{OPT_CPUS, "cpus: 1"},
	{OPT_MEM, "mem: 1 GiB"},
	{OPT_JOBS, "jobs: [{name: server}, {name: client, command: ping -c 3 server}]"},
};

void skeleton_json(struct buf *b, const char *name)
{
	for (size_t i = 0; i < LEN(given); i++)
		buf_printf(b, "%s  \"%s\": \"%s\"", i ? ",\n" : "{\n", options[given[i].id].name,
			   given[i].value ? given[i].value : name);
	buf_puts(b, "\n}\n");
}

/* The first sentence of an option's help. */
static void put_summary(struct buf *b, const char *help)
{
	const char *end = strstr(help, ". ");
	size_t len = end ? (size_t)(end - help) + 1 : strlen(help);

	buf_printf(b, "\n# %.*s\n", (int)len, help);
}

void skeleton_yaml(struct buf *b, const char *name)
{
	buf_puts(b, "# A workload for fmgen. fmgen-spec(5) tells of all options.\n");
	for (size_t i = 0; i < LEN(given); i++) {
		buf_printf(b, "%s: ", options[given[i].id].name);
		yaml_string(b, given[i].value ? given[i].value : name);
		buf_putc(b, '\n');
	}
	for (size_t i = 0; i < LEN(further); i++) {
		put_summary(b, options[further[i].id].help);
		buf_printf(b, "#%s\n", further[i].example);
	}
}
