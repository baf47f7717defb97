/* SPDX-License-Identifier: MIT */
#include "base/util.h"
#include "image/ext4.h"
#include "image/image.h"
#include "image/output.h"
#include "image/patch.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void ext4_begin(struct rootfs *tree, struct arena *a, const char *base)
{
	rootfs_init(tree, a);
	if (base)
		image_as_base(tree, base);
	else
		rootfs_put_path(tree, "/lost+found", rootfs_inode(tree, S_IFDIR | 0700));
}

/* SOURCE_DATE_EPOCH, as a time that an inode can hold without more bits; 0 without one. */
static uint32_t canonical_time(void)
{
	const char *text = getenv("SOURCE_DATE_EPOCH");
	unsigned long long time = text ? strtoull(text, NULL, 10) : 0;

	return time < INT32_MAX ? (uint32_t)time : INT32_MAX;
}

/* Time and configuration of the programs of e2fsprogs and of libext2fs, the same on each host. 0
 * would mean: now. */
static void set_environment(struct arena *a, uint32_t time)
{
	setenv("E2FSPROGS_FAKE_TIME", arena_printf(a, "%" PRIu32, time ? time : 1), 1);
	setenv("MKE2FS_CONFIG", "/dev/null", 1);
	setenv("MKE2FS_SYNC", "0", 1);
}

struct making {
	struct rootfs *tree;
	const struct ext4_options *o;
	ext2_filsys base; /* or NULL */
	struct ext4_shape shape;
	struct ext4_need need;
	uint64_t bytes, blocks; /* of the result */
};

static bool too_small(const struct making *m, uint64_t blocks)
{
	uint64_t mib = blocks * m->shape.block >> 20;

	warn("%s: a size of %" PRIu64 " bytes is too small: needs at least %" PRIu64
	     " MiB (%" PRIu64 " bytes)",
	     m->o->out, m->bytes, mib, mib << 20);
	return false;
}

static bool choose_given(struct making *m)
{
	uint64_t blocks, fit = ext4_fit(m->base, &m->need, 0);

	m->bytes = m->o->size;
	if (m->base && m->bytes < ext2fs_blocks_count(m->base->super) * m->shape.block)
		m->bytes = ext2fs_blocks_count(m->base->super) * m->shape.block;
	blocks = m->bytes / m->shape.block;
	if (fit > blocks) {
		if (!ext4_need(m->tree, &m->shape, true, &m->need))
			return false;
		fit = ext4_fit(m->base, &m->need, 0);
	}
	m->blocks = blocks;
	return fit <= blocks || too_small(m, fit);
}

static bool choose_size(struct making *m)
{
	uint64_t margin = m->o->margin / m->shape.block;

	if (!ext4_need(m->tree, &m->shape, false, &m->need))
		return false;
	if (m->o->size)
		return choose_given(m);
	m->blocks = ext4_fit(m->base, &m->need, margin - margin / 8);
	if (!m->base || m->blocks != ext2fs_blocks_count(m->base->super))
		m->blocks = ext4_fit(m->base, &m->need, margin);
	m->bytes = m->blocks * m->shape.block;
	return true;
}

static bool set_size(const char *path, uint64_t bytes, int flags)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | flags, 0666);
	bool ok = fd >= 0 && ftruncate(fd, (off_t)bytes) == 0;

	if (!ok)
		warn("cannot make %s of %" PRIu64 " bytes:", path, bytes);
	if (fd >= 0)
		close(fd);
	return ok;
}

/* Whether the result is the base with other bytes in some places. */
static bool is_patch(const struct making *m)
{
	struct stat st;

	return m->o->record && m->base && m->blocks == ext2fs_blocks_count(m->base->super) &&
	       stat(m->tree->base->path, &st) == 0 && (uint64_t)st.st_size == m->bytes;
}

static bool start_file(struct making *m, const char *path)
{
	struct arena *a = m->tree->arena;

	if (!m->base)
		return set_size(path, m->bytes, O_CREAT | O_EXCL) &&
		       ext4_mke2fs(a, path, m->blocks, ext4_inodes(m->blocks, &m->need));
	if (!copy_sparse(m->tree->base->path, path, 0666))
		return false;
	if (!set_size(path, m->bytes, 0))
		return false;
	if (m->blocks == ext2fs_blocks_count(m->base->super))
		return true;
	/* It cuts off what is less than a block. */
	return ext4_resize2fs(a, path, m->blocks) && set_size(path, m->bytes, 0);
}

static bool fill_file(struct making *m, const char *path, uint32_t time, struct patch *patch)
{
	ext2_filsys fs;
	errcode_t err =
		ext2fs_open2(path, "", EXT2_FLAG_64BITS | EXT2_FLAG_RW, 0, 0, image_io(), &fs);
	bool ok;

	if (!err)
		err = ext2fs_read_bitmaps(fs);
	ok = !err && ext4_write(m->tree, fs, time);
	if (ok)
		err = ext2fs_flush(fs);
	if (ok && !err && patch)
		patch_note(patch, fs->io);
	if (ok && !err)
		err = ext2fs_close2(fs, 0);
	if (fs && (!ok || err))
		ext2fs_free(fs);
	if (err)
		warn("cannot write %s: %s", path, image_error(err));
	return ok && !err;
}

bool ext4_make(struct rootfs *tree, const struct ext4_options *o)
{
	struct making m = {.tree = tree, .o = o, .base = tree->base ? tree->base->fs : NULL};
	uint32_t time = canonical_time();
	struct output out;
	struct patch patch = {0}, *p = NULL;

	m.shape = ext4_shape(m.base);
	set_environment(tree->arena, time);
	if (!choose_size(&m) || !output_begin(&out, tree->arena, o->out))
		return false;
	if (is_patch(&m)) {
		p = &patch;
		patch_init(p, tree->arena, o->record, tree->base->path, &out);
	}
	bool ok = (p && patch_undo(p)) || start_file(&m, out.temp);
	ok = ok && fill_file(&m, out.temp, time, p);
	ok = p ? patch_end(p, ok) : output_end_if_changed(&out, ok);
	return ok;
}
