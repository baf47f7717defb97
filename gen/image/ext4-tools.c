/* SPDX-License-Identifier: MIT */
#include "base/proc.h"
#include "base/util.h"
#include "image/ext4.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

/* The same for all: a machine has one disk made here, and equal contents must give equal bytes. */
#define UUID "6c1fa3ab-0a39-4d17-9d0c-4c1a5f6f3e21"

/* What Linux 6.1 and small configurations of it can mount, and what e2fsprogs 1.43 knows. */
#define FEATURES                                                                          \
	"none,has_journal,ext_attr,resize_inode,dir_index,filetype,extent,64bit,flex_bg," \
	"sparse_super,large_file,huge_file,dir_nlink,extra_isize,metadata_csum"
#define FEATURES_SMALL                                                        \
	"none,ext_attr,resize_inode,dir_index,filetype,extent,64bit,flex_bg," \
	"sparse_super,large_file,huge_file,dir_nlink,extra_isize,metadata_csum"

enum { GIB_BLOCKS = 1 << 18 };

const char *ext4_tool(struct arena *a, const char *name)
{
	const char *path = proc_find(a, name);

	if (!path)
		path = proc_find(a, arena_printf(a, "/usr/sbin/%s", name));
	if (!path)
		path = proc_find(a, arena_printf(a, "/sbin/%s", name));
	if (!path)
		warn("%s was not found: install e2fsprogs", name);
	return path;
}

/* Runs it; what it says is shown only when it fails. Its stderr is lost: banners, and words about a
 * configuration that it does not need. */
static bool run(struct arena *a, const char **argv)
{
	struct buf out = {0};
	const char *name = argv[0];

	argv[0] = ext4_tool(a, name);
	if (!argv[0])
		return false;
	int status = proc_capture((char *const *)argv, &out, true);
	if (status)
		warn("%s failed with status %d: %s", name, status, buf_str(&out));
	buf_free(&out);
	return !status;
}

#define NUMBER(n) arena_printf(a, "%" PRIu64, (uint64_t)(n))

bool ext4_mke2fs(struct arena *a, const char *path, uint64_t blocks, uint64_t inodes)
{
	uint64_t journal = ext4_journal(blocks) * EXT4_BLOCK >> 20;
	uint64_t grow = blocks * 16 < 64 * GIB_BLOCKS ? 64 * GIB_BLOCKS : blocks * 16;
	/* The file is new and empty: there is nothing to zero in the journal. */
	const char *more =
		arena_printf(a,
			     "root_owner=0:0,hash_seed=" UUID
			     ",discard,lazy_itable_init=0,lazy_journal_init=1,resize=%" PRIu64,
			     grow);
	const char *argv[] = {"mke2fs",
			      "-q",
			      "-F",
			      "-o",
			      "Linux",
			      "-e",
			      "continue",
			      "-b",
			      NUMBER(EXT4_BLOCK),
			      "-I",
			      NUMBER(EXT4_INODE),
			      "-N",
			      NUMBER(inodes),
			      "-m",
			      "0",
			      "-G",
			      "16",
			      "-U",
			      UUID,
			      "-E",
			      more,
			      "-O",
			      journal ? FEATURES : FEATURES_SMALL,
			      journal ? "-J" : "-q",
			      journal ? arena_printf(a, "size=%" PRIu64, journal) : "-q",
			      path,
			      NUMBER(blocks),
			      NULL};

	return run(a, argv);
}

/* resize2fs takes what follows a "?" in a name as options. */
static const char *plain_name(struct arena *a, const char *path, int *fd)
{
	*fd = strchr(path, '?') || *path == '-' ? open(path, O_RDWR | O_CLOEXEC) : -1;
	return *fd < 0 ? path : arena_printf(a, "/proc/%d/fd/%d", (int)getpid(), *fd);
}

bool ext4_resize2fs(struct arena *a, const char *path, uint64_t blocks)
{
	int fd;
	const char *argv[] = {"resize2fs", "-f", plain_name(a, path, &fd), NUMBER(blocks), NULL};
	bool ok = run(a, argv);

	if (fd >= 0)
		close(fd);
	return ok;
}
