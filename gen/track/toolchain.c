/* SPDX-License-Identifier: MIT */
#include "track/toolchain.h"
#include "base/fs.h"
#include "base/hash.h"
#include "base/proc.h"
#include "base/util.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void put_stat(struct buf *b, const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0)
		buf_printf(b, "%s %ju %ju %jd %jd.%09ld %jd.%09ld\n", path, (uintmax_t)st.st_dev,
			   (uintmax_t)st.st_ino, (intmax_t)st.st_size, (intmax_t)st.st_mtim.tv_sec,
			   st.st_mtim.tv_nsec, (intmax_t)st.st_ctim.tv_sec, st.st_ctim.tv_nsec);
}

/* All programs of that name on PATH, not only the first: that one may be a wrapper which calls the
 * next, such as ccache. */
static void put_programs(struct buf *b, const char *prefix, const char *tool)
{
	const char *dir = getenv("PATH");
	struct buf path = {0};

	if (strchr(prefix, '/') || !dir)
		dir = "";
	for (;;) {
		size_t n = strcspn(dir, ":");

		path.len = 0;
		buf_printf(&path, "%.*s%s%s%s", (int)n, dir, n ? "/" : "", prefix, tool);
		put_stat(b, path.data);
		if (!dir[n])
			break;
		dir += n + 1;
	}
	buf_free(&path);
}

/* Appends the first line that the tool prints for an option. */
static void put_answer(struct buf *out, const char *prefix, const char *tool, const char *option)
{
	struct arena a = {0};
	struct buf answer = {0};
	char *program = proc_find(&a, arena_printf(&a, "%s%s", prefix, tool));
	char word[32] = {0};
	char *argv[] = {program, memcpy(word, option, strlen(option)), NULL};

	if (program && proc_capture(argv, &answer, true) == 0 && answer.len)
		buf_add(out, answer.data, strcspn(answer.data, "\n"));
	else
		buf_puts(out, "absent");
	buf_putc(out, '\n');
	buf_free(&answer);
	arena_free(&a);
}

static void ask(const char *prefix, struct buf *out)
{
	setenv("LC_ALL", "C", 1);
	put_answer(out, prefix, "gcc", "--version");
	put_answer(out, prefix, "gcc", "-dumpmachine");
	put_answer(out, prefix, "ld", "--version");
}

void toolchain_describe(const char *prefix, const char *cache, struct buf *out)
{
	struct buf key = {0}, old = {0};
	char hex[HASH_HEX];

	put_programs(&key, prefix, "gcc");
	put_programs(&key, prefix, "ld");
	hash_bytes(key.data, key.len, hex);
	buf_free(&key);
	if (cache && read_file(cache, &old) && old.len > HASH_HEX && after_prefix(old.data, hex)) {
		buf_add(out, old.data + HASH_HEX, old.len - HASH_HEX);
	} else {
		size_t before = out->len;

		ask(prefix, out);
		buf_printf(&key, "%s\n%s", hex, out->data + before);
		if (cache && !write_file(cache, key.data, key.len, 0644))
			warn("cannot write %s:", cache);
	}
	buf_free(&key);
	buf_free(&old);
}
