/* SPDX-License-Identifier: MIT */
#include "track/walk.h"
#include "base/escape.h"
#include "base/map.h"
#include "base/parallel.h"
#include "base/path.h"
#include "base/util.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Directories at this depth are walked by several threads, where there are as many. */
enum { SPLIT_DEPTH = 2, SPLIT_LEAST = 32 };

struct walk {
	const struct filter *filter;
	struct hash_cache *cache;
	struct buf *out;
	struct buf path;    /* of the current entry, escaped */
	struct buf *pieces; /* of struct piece: what is left for later; NULL: nothing is */
	int depth;	    /* counted where there are pieces */
	struct arena arena;
	const char *real;    /* the root without links, if the filter follows some */
	struct map followed; /* what links led out to, without links */
};

/* A directory whose entries are left for later. */
struct piece {
	size_t at;  /* where their lines belong in the walk's own */
	char *path; /* as in struct walk */
	struct buf out;
	struct hash_cache *cache;
};

static void walk_entry(struct walk *w, int dirfd, const char *name, int flags);
static void walk_entries(struct walk *w, int fd);

static void put_link(struct buf *out, int dirfd, const char *name)
{
	char target[4097];
	ssize_t n = readlinkat(dirfd, name, target, sizeof(target) - 1);

	if (n < 0) {
		buf_puts(out, "unreadable");
		return;
	}
	target[n] = '\0';
	escape_item(out, target);
}

static void put_line(struct walk *w, int dirfd, const char *name, const struct stat *st,
		     bool readable)
{
	static const char types[] = "?pc?d?b?f?l?s???";
	char hex[HASH_HEX];
	mode_t mode = st->st_mode & 07777;
	char head[] = {types[st->st_mode >> 12 & 15],
		       ' ',
		       (char)('0' + (mode >> 9)),
		       (char)('0' + (mode >> 6 & 7)),
		       (char)('0' + (mode >> 3 & 7)),
		       (char)('0' + (mode & 7)),
		       ' '};

	buf_add(w->out, head, sizeof(head));
	if (S_ISREG(st->st_mode)) {
		bool ok = hash_cache_file(w->cache, dirfd, name, st, hex);

		buf_printf(w->out, "%jd ", (intmax_t)st->st_size);
		buf_puts(w->out, ok ? hex : "unreadable");
	} else {
		buf_puts(w->out, "0 ");
		if (S_ISLNK(st->st_mode))
			put_link(w->out, dirfd, name);
		else if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode))
			buf_printf(w->out, "%u:%u", major(st->st_rdev), minor(st->st_rdev));
		else
			buf_puts(w->out, readable ? "-" : "unreadable");
	}
	buf_putc(w->out, ' ');
	buf_add(w->out, w->path.data, w->path.len);
	buf_putc(w->out, '\n');
}

/* Whether a link leads out of the tree, to what is not known yet. What holds the tree itself is not
 * meant: no compiler needs all of that. */
static bool leads_out(struct walk *w, int dirfd, const char *name)
{
	const char *link = arena_printf(&w->arena, "/proc/self/fd/%d/%s", dirfd, name);
	const char *real = path_real(&w->arena, link);

	if (!real || path_below(real, w->real) || path_below(w->real, real) ||
	    map_get(&w->followed, real))
		return false;
	map_add(&w->followed, real, w);
	return true;
}

static void leave_piece(struct walk *w)
{
	struct piece p = {.at = w->out->len, .path = xstrdup(buf_str(&w->path))};

	p.cache = hash_cache_branch(w->cache);
	buf_add(w->pieces, &p, sizeof(p));
}

/* One entry with what is below it. flags: of fstatat; the root is followed, and links out of the
 * tree where the filter does. */
static void walk_entry(struct walk *w, int dirfd, const char *name, int flags)
{
	const char *label = streq(w->path.data, ".") ? "." : name;
	struct stat st;
	int fd = -1;

	if (fstatat(dirfd, name, &st, flags) < 0)
		return;
	bool enter = S_ISDIR(st.st_mode) && w->filter->enters(w->path.data, label);
	if (enter)
		fd = openat(dirfd, name,
			    O_RDONLY | O_DIRECTORY | O_CLOEXEC | (flags ? O_NOFOLLOW : 0));
	if (w->filter->wants(w->path.data, label))
		put_line(w, dirfd, name, &st, !enter || fd >= 0);
	if (fd >= 0 && w->pieces && w->depth == SPLIT_DEPTH) {
		leave_piece(w);
		close(fd);
	} else if (fd >= 0) {
		w->depth++;
		walk_entries(w, fd);
		w->depth--;
	}
	if (flags && S_ISLNK(st.st_mode) && w->real && leads_out(w, dirfd, name))
		walk_entry(w, dirfd, name, 0);
}

/* Whether an entry can be passed over without a look at its inode. */
static bool skips(const struct walk *w, const struct dirent *e)
{
	if (streq(e->d_name, ".") || streq(e->d_name, ".."))
		return true;
	if (w->filter->wants(w->path.data, e->d_name))
		return false;
	if (e->d_type != DT_DIR && e->d_type != DT_UNKNOWN && !(e->d_type == DT_LNK && w->real))
		return true;
	return !w->filter->enters(w->path.data, e->d_name);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sets the path to the directory's, which has len bytes, followed by name. */
static void set_name(struct walk *w, size_t len, const char *name)
{
	w->path.len = len;
	if (len)
		buf_putc(&w->path, '/');
	escape_item(&w->path, name);
}

/* The names in the directory that are not skipped, one after the other, each with its NUL; n counts
 * them. */
static struct buf read_names(struct walk *w, DIR *dir, size_t len, size_t *n)
{
	struct buf names = {0};
	const struct dirent *e;

	for (*n = 0; (e = readdir(dir));) {
		set_name(w, len, e->d_name);
		if (skips(w, e))
			continue;
		buf_add(&names, e->d_name, strlen(e->d_name) + 1);
		++*n;
	}
	return names;
}

static void walk_entries(struct walk *w, int fd)
{
	size_t n, len = streq(w->path.data, ".") ? 0 : w->path.len;
	DIR *dir = fdopendir(fd);

	if (!dir)
		die("cannot read a directory:");
	struct buf names = read_names(w, dir, len, &n);
	const char **sorted = xcalloc(n + 1, sizeof(*sorted));
	const char *name = names.data;
	for (size_t i = 0; i < n; i++, name += strlen(name) + 1)
		sorted[i] = name;
	qsort(sorted, n, sizeof(*sorted), compare_names);
	for (size_t i = 0; i < n; i++) {
		set_name(w, len, sorted[i]);
		walk_entry(w, fd, sorted[i], AT_SYMLINK_NOFOLLOW);
	}
	free(sorted);
	buf_free(&names);
	closedir(dir);
}

/* Tells where a root that is a symlink leads to, seen from its directory, so that a moved workspace
 * stays equal. */
static void put_root_link(const char *root, struct buf *out)
{
	struct arena a = {0};
	struct stat st;
	const char *real = path_real(&a, root), *dir = path_real(&a, path_dir(&a, root));

	if (real && dir && lstat(root, &st) == 0 && S_ISLNK(st.st_mode)) {
		buf_puts(out, "link ");
		escape_item(out, path_relative(&a, dir, real));
		buf_putc(out, '\n');
	}
	arena_free(&a);
}

struct split {
	const struct walk *whole;
	const char *root;
};

static void walk_piece(void *data, size_t i)
{
	const struct split *s = data;
	struct piece *p = (struct piece *)s->whole->pieces->data + i;
	struct walk w = {.filter = s->whole->filter,
			 .cache = p->cache,
			 .out = &p->out,
			 .real = s->whole->real};
	const char *path = unescape_item(&w.arena, p->path, strlen(p->path), NULL);
	int fd = open(arena_printf(&w.arena, "%s/%s", s->root, path),
		      O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	w.followed.arena = &w.arena;
	buf_puts(&w.path, p->path);
	if (fd >= 0)
		walk_entries(&w, fd);
	buf_free(&w.path);
	arena_free(&w.arena);
}

/* Puts each piece's lines where they belong. What the cache is asked for comes out in an order that
 * is always the same, too. */
static void join_pieces(const struct walk *w, struct buf *out)
{
	struct piece *p = (struct piece *)w->pieces->data;
	size_t n = w->pieces->len / sizeof(*p), at = 0;

	for (size_t i = 0; i < n; at = p[i++].at) {
		buf_add(out, w->out->data + at, p[i].at - at);
		buf_add(out, buf_str(&p[i].out), p[i].out.len);
		hash_cache_join(w->cache, p[i].cache);
		buf_free(&p[i].out);
		free(p[i].path);
	}
	buf_add(out, buf_str(w->out) + at, w->out->len - at);
}

static void walk_pieces(const struct walk *w, const char *root, struct buf *out)
{
	struct split s = {w, root};
	size_t n = w->pieces->len / sizeof(struct piece);

	if (n >= SPLIT_LEAST)
		in_parallel(n, walk_piece, &s);
	else
		for (size_t i = 0; i < n; i++)
			walk_piece(&s, i);
	join_pieces(w, out);
}

void walk_tree(const char *root, const struct filter *f, struct hash_cache *c, struct buf *out)
{
	struct buf lines = {0}, pieces = {0};
	struct walk w = {.filter = f, .cache = c, .out = &lines, .pieces = &pieces};
	size_t before = out->len;
	struct stat st;

	if (stat(root, &st) < 0) {
		buf_puts(out, "absent\n");
		return;
	}
	if (f->link)
		put_root_link(root, out);
	w.followed.arena = &w.arena;
	if (f->follows)
		w.real = path_real(&w.arena, root);
	buf_puts(&w.path, ".");
	walk_entry(&w, AT_FDCWD, root, 0);
	walk_pieces(&w, root, out);
	if (out->len == before)
		buf_puts(out, "empty\n");
	buf_free(&w.path);
	buf_free(&lines);
	buf_free(&pieces);
	arena_free(&w.arena);
}
