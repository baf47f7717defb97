/* SPDX-License-Identifier: MIT */
/* Prints the words of specs for the fuzzer: the options, and what the syntax is made of. */
#include "base/util.h"
#include "decode/config.h"
#include "decode/options.h"

#include <stdio.h>
#include <string.h>

static const char *const words[] = {
	/* syntax */
	"\\\"",
	"'",
	"{",
	"}",
	"[",
	"]",
	": ",
	"- ",
	", ",
	"null",
	"~",
	"yes",
	"no",
	"<<",
	"*a",
	"&a ",
	"!!str ",
	"!!int ",
	"!!binary ",
	"---\\x0a",
	"...",
	"|\\x0a ",
	">\\x0a ",
	"\\\\u0000",
	"\\\\ud800",
	"# ",
	"%YAML 1.1\\x0a",
	"\\xef\\xbb\\xbf",
	"\\xff\\xfe",
	"0x10",
	"1e9",
	".inf",
	"-1",
	"9223372036854775807",
	"1GiB",
	"64MiB",
	"12:30",
	"@spec/",
	"\\\\x0a",
	/* files: see generate.c */
	"=== main.json\\x0a",
	"=== parent.json\\x0a",
	"=== other.yaml\\x0a",
	"=== args\\x0a",
	"=== fmgen.yaml\\x0a",
	"=== boards/qemu/board.yaml\\x0a",
	"=== boards/distros/busybox/distro.yaml\\x0a",
	"main.json",
	"parent.json",
	"other.yaml",
	"--no-disk\\x0a",
	"--werror\\x0a",
	/* world/ */
	"busybox-base.json",
	"bare",
	"busybox",
	"overlay",
	"a.config",
	"b.config",
	"module",
	"tree",
	"opensbi",
	"ref",
	"run.sh",
	"file",
	"link",
	"img",
	"bin",
	"../",
	"./",
	"/",
	/* boards, distros and maps in specs */
	"script",
	"inputs",
	"outputs",
	"arch",
	"cross-compile",
	"config-target",
	"busybox-base",
	"opensbi-build-args",
	"launch",
	"qemu",
	"spike",
	"program",
	"package",
	"args",
	"disk-args",
	"snapshot-args",
	"fetch",
	"needs",
	"strip",
	"rootfs",
	"@fetch/linux",
	"{cpus}",
	"{mem}",
};

static void print_option(const char *name)
{
	const char *dot = strchr(name, '.');

	printf("\"%s\"\n", name);
	if (!dot)
		return;
	printf("\"%.*s\"\n", (int)(dot - name), name);
	printf("\"%s\"\n", dot + 1);
}

int main(void)
{
	for (size_t i = 0; i < LEN(options); i++)
		print_option(options[i].name);
	for (size_t i = 0; i < CONFIG_COUNT; i++)
		printf("\"%s\"\n", config_keys[i].option.name);
	for (size_t i = 0; i < LEN(words); i++)
		printf("\"%s\"\n", words[i]);
	return 0;
}
