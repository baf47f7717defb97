/* SPDX-License-Identifier: MIT */
#include "image/image.h"
#include "base/util.h"

#include <errno.h>
#include <et/com_err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

const char *image_error(errcode_t err)
{
	if (err == EXT2_ET_SHORT_WRITE || err == ENOSPC)
		return "the disk is full, or files may not be so large";
	if (err == EXT2_ET_BLOCK_ALLOC_FAIL || err == EXT2_ET_INODE_ALLOC_FAIL)
		return "the image is full: it needs a larger size";
	initialize_ext2_error_table();
	return error_message(err);
}

/* Says why a file system cannot be read as it is, or NULL. */
static const char *unreadable(ext2_filsys fs)
{
	struct ext2_super_block *sb = fs->super;

	if (ext2fs_has_feature_journal_needs_recovery(sb) || sb->s_last_orphan)
		return "its journal must be recovered first: run e2fsck -fp on it";
	if ((sb->s_state & EXT2_ERROR_FS) || !(sb->s_state & EXT2_VALID_FS))
		return "it was not unmounted cleanly or has errors: run e2fsck -fp on it";
	if (ext2fs_has_feature_encrypt(sb) || ext2fs_has_feature_journal_dev(sb))
		return "it is encrypted, or a journal";
	return NULL;
}

/* The same for writing. */
static const char *unwritable(ext2_filsys fs)
{
	struct ext2_super_block *sb = fs->super;

	if (ext2fs_has_feature_bigalloc(sb) || ext2fs_has_feature_shared_blocks(sb) ||
	    ext2fs_has_feature_quota(sb) || ext2fs_has_feature_mmp(sb) ||
	    ext2fs_has_feature_inline_data(sb))
		return "it uses features that cannot be written here (bigalloc, quota, mmp, "
		       "inline_data or shared_blocks)";
	return unreadable(fs);
}

static struct image *open_image(struct arena *a, const char *path,
				const char *(*unfit)(ext2_filsys fs))
{
	struct image *image = arena_new(a, struct image);
	/* Not NULL: else a '?' in the path would start options. */
	errcode_t err = ext2fs_open2(path, "", EXT2_FLAG_64BITS, 0, 0, image_io(), &image->fs);

	if (!err)
		err = ext2fs_read_bitmaps(image->fs);
	if (err)
		die("cannot open the file system %s: %s", path, image_error(err));
	const char *why = unfit(image->fs);
	if (why)
		die("%s: %s", path, why);
	image->path = arena_strdup(a, path);
	image->inodes =
		xcalloc((size_t)image->fs->super->s_inodes_count + 1, sizeof(*image->inodes));
	return image;
}

void image_close(struct image *image)
{
	if (image->fs)
		ext2fs_close_free(&image->fs);
	free(image->inodes);
}

static void check(const struct image *image, ext2_ino_t ino, errcode_t err)
{
	if (err)
		die("%s: cannot read inode %u: %s", image->path, ino, image_error(err));
}

static const char *read_target(struct arena *a, struct image *image, ext2_ino_t ino,
			       struct ext2_inode *raw)
{
	char *target = arena_alloc(a, (size_t)raw->i_size + 1);
	ext2_file_t file;
	unsigned got = raw->i_size;

	if (ext2fs_is_fast_symlink(raw) && raw->i_size < sizeof(raw->i_block))
		return memcpy(target, raw->i_block, raw->i_size);
	check(image, ino, ext2fs_file_open(image->fs, ino, 0, &file));
	check(image, ino, ext2fs_file_read(file, target, raw->i_size, &got));
	ext2fs_file_close(file);
	return target;
}

static dev_t read_rdev(const struct ext2_inode *raw)
{
	uint32_t small = raw->i_block[0], big = raw->i_block[1];

	if (small)
		return makedev(small >> 8 & 0xff, small & 0xff);
	return makedev(big >> 8 & 0xfff, (big & 0xff) | (big >> 12 & 0xfff00));
}

static struct inode *read_inode(struct rootfs *fs, struct image *image, ext2_ino_t ino)
{
	struct ext2_inode raw;

	if (ino > image->fs->super->s_inodes_count)
		check(image, ino, EXT2_ET_BAD_INODE_NUM);
	if (image->inodes[ino])
		return image->inodes[ino];
	check(image, ino, ext2fs_read_inode(image->fs, ino, &raw));
	struct inode *inode = image->inodes[ino] = rootfs_inode(fs, raw.i_mode);
	inode->uid = inode_uid(raw);
	inode->gid = inode_gid(raw);
	inode->image = image;
	inode->ino = ino;
	if (image == fs->base) {
		inode->number = ino;
		inode->links = raw.i_links_count;
	}
	if (S_ISREG(raw.i_mode))
		inode->size = EXT2_I_SIZE(&raw);
	if (S_ISLNK(raw.i_mode))
		inode->target = read_target(fs->arena, image, ino, &raw);
	if (S_ISCHR(raw.i_mode) || S_ISBLK(raw.i_mode))
		inode->rdev = read_rdev(&raw);
	inode->unread = S_ISDIR(raw.i_mode);
	inode->changed = false;
	return inode;
}

struct reading {
	struct rootfs *fs;
	struct inode *dir;
};

/* NOLINTNEXTLINE(readability-non-const-parameter): libext2fs has this type. */
static int read_name(struct ext2_dir_entry *entry, int offset, int blocksize, char *buf, void *data)
{
	(void)offset, (void)blocksize, (void)buf;
	struct reading *r = data;
	char name[EXT2_NAME_LEN + 1] = "";

	memcpy(name, entry->name, ext2fs_dirent_name_len(entry));
	if (!*name || strchr(name, '/'))
		die("%s: a file has an impossible name: run e2fsck -f on it", r->dir->image->path);
	if (!streq(name, ".") && !streq(name, ".."))
		rootfs_read(r->fs, r->dir, name, read_inode(r->fs, r->dir->image, entry->inode));
	return 0;
}

void image_read_dir(struct rootfs *fs, struct inode *dir)
{
	struct reading r = {fs, dir};

	dir->unread = false;
	check(dir->image, dir->ino,
	      ext2fs_dir_iterate(dir->image->fs, dir->ino, 0, NULL, read_name, &r));
}

static struct image *open_in(struct rootfs *fs, const char *path,
			     const char *(*unfit)(ext2_filsys fs))
{
	struct image *image = open_image(fs->arena, path, unfit);

	image->next = fs->images;
	return fs->images = image;
}

static struct inode *read_root(struct rootfs *fs, struct image *image)
{
	struct inode *root = read_inode(fs, image, EXT2_ROOT_INO);

	root->parent = root;
	root->name = "";
	return root;
}

void image_as_base(struct rootfs *fs, const char *path)
{
	struct image *image = open_in(fs, path, unwritable);

	fs->base = image;
	fs->root = read_root(fs, image);
}

void image_to_read(struct rootfs *fs, const char *path)
{
	fs->root = read_root(fs, open_in(fs, path, unreadable));
}

static void put_names(struct rootfs *fs, struct inode *into, struct inode *dir)
{
	size_t n;
	struct map_entry *names = rootfs_names(fs, dir, &n);

	for (size_t i = 0; i < n; i++) {
		struct inode *inode = names[i].value, *put = inode;

		if (dir->ino == EXT2_ROOT_INO && streq(names[i].key, "lost+found"))
			continue;
		if (S_ISDIR(inode->mode)) {
			put = rootfs_inode(fs, inode->mode);
			put->uid = inode->uid;
			put->gid = inode->gid;
		}
		put = rootfs_put(fs, into, names[i].key, put);
		if (S_ISDIR(inode->mode))
			put_names(fs, put, inode);
	}
	free(names);
}

void image_put(struct rootfs *fs, const char *path)
{
	put_names(fs, fs->root, read_root(fs, open_in(fs, path, unwritable)));
}
