/* SPDX-License-Identifier: MIT */
#include "run/memory.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/util.h"

#include <stdlib.h>
#include <string.h>

#define MIB	   (1LL << 20)
#define LARGE_PAGE (2 * MIB)
#define SMALL	   (128 * MIB)
#define RESERVE	   8 /* the host keeps one part in so many */

/* The number at the start of a file; -1 where there is none ("max", no file). */
static long long file_number(const char *path)
{
	struct buf b = {0};
	char *end;
	long long n = -1;

	if (read_file(path, &b)) {
		n = strtoll(buf_str(&b), &end, 10);
		if (end == buf_str(&b) || n < 0)
			n = -1;
	}
	buf_free(&b);
	return n;
}

static long long lower(long long a, long long b)
{
	return b >= 0 && (a < 0 || b < a) ? b : a;
}

static long long available(void)
{
	struct buf b = {0};
	long long n = -1;

	if (read_file("/proc/meminfo", &b)) {
		const char *at = strstr(buf_str(&b), "MemAvailable:");
		if (at)
			n = strtoll(at + strlen("MemAvailable:"), NULL, 10) * 1024;
	}
	buf_free(&b);
	return n;
}

/* The least limit of the cgroup `group` and of those above it. */
static long long group_limit(const char *root, const char *group, size_t len, const char *file)
{
	long long n = -1;

	for (;;) {
		struct buf path = {0};

		while (len && group[len - 1] == '/')
			len--;
		buf_printf(&path, "%s%.*s/%s", root, (int)len, group, file);
		n = lower(n, file_number(buf_str(&path)));
		buf_free(&path);
		if (!len)
			return n;
		while (len && group[len - 1] != '/')
			len--;
	}
}

/* Lines of /proc/self/cgroup: "0::/group" in version 2, "N:memory:/group" in version 1. */
static long long cgroup_limit(void)
{
	struct buf b = {0};
	long long n = -1;

	if (!read_file("/proc/self/cgroup", &b)) {
		buf_free(&b);
		return -1;
	}
	for (const char *line = buf_str(&b); *line;
	     line += strcspn(line, "\n"), line += *line == '\n') {
		const char *group = after_prefix(line, "0::");
		const char *memory = strstr(line, ":memory:/");
		size_t len = strcspn(line, "\n");

		if (group)
			n = lower(n, group_limit("/sys/fs/cgroup", group, strcspn(group, "\n"),
						 "memory.max"));
		else if (memory && (size_t)(memory - line) < len)
			n = lower(n, group_limit("/sys/fs/cgroup/memory", strchr(memory, '/'),
						 strcspn(strchr(memory, '/'), "\n"),
						 "memory.limit_in_bytes"));
	}
	buf_free(&b);
	return n;
}

long long host_memory(void)
{
	long long n = lower(available(), cgroup_limit());

	return n > 0 ? n - n / RESERVE : 0;
}

static bool enough(const struct machine *m, long long mem)
{
	long long need = m->min_mem ? file_number(m->min_mem) : -1;

	if (need < MIB)
		need = MIB;
	if (mem >= need)
		return true;
	warn("%s: %lld MiB of memory is too little: firmware, kernel and device tree need %lld MiB",
	     m->name, mem / MIB, (need + MIB - 1) / MIB);
	return false;
}

/* Linux maps memory that does not end at a large page by small ones, all of it: with gigabytes that
 * is minutes of a boot, with less than SMALL nothing. */
static long long whole_pages(long long mem)
{
	return mem < SMALL ? mem : mem / LARGE_PAGE * LARGE_PAGE;
}

long long machine_memory(const struct machine *m)
{
	long long mem = m->mem, host = host_memory();

	mem = whole_pages(mem);
	if (host && mem > host) {
		mem = whole_pages(host);
		warn("note: %s gets %lld MiB of memory instead of %lld: this host has no more",
		     m->name, mem / MIB, m->mem / MIB);
	}
	return enough(m, mem) ? mem / MIB : 0;
}
