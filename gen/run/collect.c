/* SPDX-License-Identifier: MIT */
#include "run/collect.h"
#include "base/util.h"
#include "image/ext4.h"
#include "run/quiet.h"

#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

/* What e2fsck says where it has mended something. */
#define MENDED 1

/* Fields of an ext2, ext3 or ext4 file system, little endian. */
enum {
	MAGIC_AT = 1024 + 0x38,
	STATE_AT = 1024 + 0x3a,
	INCOMPAT_AT = 1024 + 0x60,
	MAGIC = 0xef53,
	CLEAN = 1,
	HAS_ERRORS = 2,
	NEEDS_RECOVERY = 4,
};

static unsigned field(int fd, off_t at)
{
	uint8_t b[2] = {0};

	return pread(fd, b, sizeof(b), at) == sizeof(b) ? b[0] | (unsigned)b[1] << 8 : 0;
}

/* Whether the guest left it as a machine that was switched off does. */
static bool is_dirty(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool dirty = fd >= 0 && field(fd, MAGIC_AT) == MAGIC &&
		     (field(fd, INCOMPAT_AT) & NEEDS_RECOVERY ||
		      (field(fd, STATE_AT) & (CLEAN | HAS_ERRORS)) != CLEAN);

	if (fd >= 0)
		close(fd);
	return dirty;
}

static bool mend(struct arena *a, const struct machine *m, const char *path)
{
	const char *words[] = {ext4_tool(a, "e2fsck"), "-fp", path, NULL};

	if (words[0] && run_quiet(&(struct args){.v = words}, MENDED))
		return true;
	warn("%s: the guest left a damaged file system", m->name);
	return false;
}

static bool extract(struct arena *a, const struct machine *m, const char *from, const char *to)
{
	struct args words = {0};

	args_add(a, &words, "/proc/self/exe");
	args_add(a, &words, "extract");
	args_add(a, &words, arena_printf(a, "--from=%s", from));
	args_add(a, &words, arena_printf(a, "--to=%s", to));
	args_add_all(a, &words, &m->outputs);
	return run_quiet(&words, 0);
}

bool collect_outputs(struct arena *a, const struct machine *m, const struct disk *disk,
		     const char *dir)
{
	struct disk copy = {.fd = -1};
	const char *path = disk->path;

	if (!m->outputs.n)
		return true;
	if (is_dirty(path)) {
		if (disk->fd < 0 && !disk_copy(a, path, &copy))
			return false;
		path = disk->fd < 0 ? copy.path : path;
		if (!mend(a, m, path)) {
			disk_close(&copy);
			return false;
		}
	}
	bool ok = extract(a, m, path, dir);
	disk_close(&copy);
	return ok;
}
