/* SPDX-License-Identifier: MIT */
/* Files: reading, writing by rename, directories. Functions that return bool or NULL leave the
 * reason in errno. */
#ifndef FMGEN_FS_H
#define FMGEN_FS_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <sys/stat.h>

/* Appends the whole file to b. */
bool read_file(const char *path, struct buf *b);
/* Writes path by a temporary file in its directory and a rename, with the given mode; makes missing
 * parents. */
bool write_file(const char *path, const void *data, size_t len, mode_t mode);

enum wrote { WRITE_FAILED, WRITE_SAME, WRITE_DONE };
/*
 * As write_file, but leaves a file alone that holds these bytes already. A twin of each file below
 * out/ is kept as a hard link in out/keep/: a file that someone deleted comes back with its old
 * time when its bytes are the old ones, so that nothing is rebuilt for it.
 */
enum wrote write_if_changed(const char *path, const void *data, size_t len, mode_t mode);
/* Whether write_if_changed keeps one. */
bool has_twin(const char *path);
/* Puts a missing file back from its twin; false where that cannot be. */
bool restore_twin(const char *path);
/* Makes the twin of a file below out/ that something else wrote, by a rename. */
void keep_twin(const char *path);

/* mkdir -p; true when the directory is there at the end. */
bool make_dirs(const char *path, mode_t mode);
/* Makes the missing directories above path. */
bool make_parents(const char *path);
/* rm -rf, also of read-only trees; a missing path is fine. */
bool remove_tree(const char *path);
/* Makes the symlink path -> target by rename, only if it is not that already. */
bool make_symlink(const char *target, const char *path);
/* The names in a directory but for . and .., sorted bytewise; *n counts them. NULL on error. */
char **list_dir(struct arena *a, const char *path, size_t *n);
bool path_exists(const char *path);
bool is_dir(const char *path);

#endif
