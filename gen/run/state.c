/* SPDX-License-Identifier: MIT */
#include "run/state.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/util.h"
#include "image/output.h"
#include "run/contents.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define TOP "state"

struct state {
	const char *name, *img; /* img: as built */
	const char *disk;	/* state/NAME.img */
	const char *record;	/* state/NAME.from: what disk was copied from */
};

/* The descriptor is left open on purpose, for children too: whoever uses the disk holds the lock.
 */
static bool lock_state(struct arena *a, const char *name)
{
	const char *path = arena_printf(a, TOP "/%s.lock", name);
	int fd = open(path, O_RDWR | O_CREAT, 0644);

	if (fd < 0) {
		warn("cannot open %s:", path);
		return false;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return true;
	if (errno == EWOULDBLOCK)
		warn("%s is running already, and has its disk for itself (`fmgen launch --snapshot "
		     "%s` runs it once more, on a disk that is thrown away)",
		     name, name);
	else
		warn("cannot lock %s:", path);
	close(fd);
	return false;
}

/* Tells an unchanged file without reading it. */
static const char *quick_key(struct arena *a, const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0)
		die("cannot read %s:", path);
	return arena_printf(a, "%llu:%llu:%lld:%lld.%09ld:%lld.%09ld",
			    (unsigned long long)st.st_dev, (unsigned long long)st.st_ino,
			    (long long)st.st_size, (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec,
			    (long long)st.st_ctim.tv_sec, st.st_ctim.tv_nsec);
}

/* The record is two lines: the quick key and the contents' hash. */
static bool read_record(struct arena *a, const struct state *s, const char **key, const char **hash)
{
	struct buf b = {0};
	bool ok = read_file(s->record, &b);
	char *text = arena_strdup(a, buf_str(&b));
	char *newline = strchr(text, '\n');

	buf_free(&b);
	if (!ok || !newline || strlen(newline + 1) != HASH_HEX)
		return false;
	*newline = '\0';
	newline[HASH_HEX] = '\0';
	*key = text;
	*hash = newline + 1;
	return true;
}

static bool write_record(struct arena *a, const struct state *s, const char *key, const char *hash)
{
	const char *text = arena_printf(a, "%s\n%s\n", key, hash);

	if (write_file(s->record, text, strlen(text), 0644))
		return true;
	warn("cannot write %s:", s->record);
	return false;
}

static bool hash_image(const char *path, char hash[HASH_HEX])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && image_hash(fd, hash);

	if (!ok)
		warn("cannot read %s:", path);
	if (fd >= 0)
		close(fd);
	return ok;
}

/*
 * A new disk. The old record goes first, so that no disk ever has another's; the copy is what is
 * hashed, as img may be published anew meanwhile.
 */
static bool copy_disk(struct arena *a, const struct state *s, const char *key)
{
	char hash[HASH_HEX];
	struct output out;

	return output_begin(&out, a, s->disk) &&
	       output_end(&out, copy_sparse(s->img, out.temp, 0644) && hash_image(out.temp, hash) &&
					(unlink(s->record) == 0 || errno == ENOENT)) &&
	       write_record(a, s, key, hash);
}

static bool refresh(struct arena *a, const struct state *s)
{
	const char *key = quick_key(a, s->img), *old_key, *old_hash;
	bool known = path_exists(s->disk) && read_record(a, s, &old_key, &old_hash);
	char hash[HASH_HEX];

	if (!known)
		return copy_disk(a, s, key);
	if (streq(key, old_key))
		return true;
	if (!hash_image(s->img, hash))
		return false;
	if (streq(hash, old_hash))
		return write_record(a, s, key, hash);
	warn("note: %s was built anew, so this launch starts from it, not from what the last one "
	     "left",
	     s->img);
	return copy_disk(a, s, key);
}

const char *state_disk(struct arena *a, const char *name, const char *img)
{
	struct state s = {
		.name = name,
		.img = img,
		.disk = arena_printf(a, TOP "/%s.img", name),
		.record = arena_printf(a, TOP "/%s.from", name),
	};

	if (!make_dirs(TOP, 0755)) {
		warn("cannot make " TOP "/:");
		return NULL;
	}
	if (!lock_state(a, name))
		return NULL;
	return refresh(a, &s) ? s.disk : NULL;
}
