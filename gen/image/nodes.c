/* SPDX-License-Identifier: MIT */
#include "base/escape.h"
#include "base/fs.h"
#include "base/util.h"
#include "image/layer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

enum { MAX_WORDS = 9 };

/* One line of a list. */
struct line {
	const char *file;
	unsigned number;
	const char *words[MAX_WORDS];
	size_t n;
};

__attribute__((noreturn)) static void wrong(const struct line *l, const char *what)
{
	die("%s:%u: %s", l->file, l->number, what);
}

static uint32_t number(const struct line *l, size_t word, int base, uint32_t max)
{
	char *end;
	const char *s = l->words[word];
	unsigned long value = strtoul(s, &end, base);

	if (!*s || *end || *s == '-' || value > max)
		die("%s:%u: not a number that fits here: %s", l->file, l->number, s);
	return (uint32_t)value;
}

static void split(struct arena *a, struct line *l, const char *text, size_t len)
{
	const char *end = text + len;

	for (l->n = 0; l->n < MAX_WORDS; l->n++)
		l->words[l->n] = "";
	l->n = 0;
	while (text < end) {
		size_t blank = strspn(text, " \t\r"), word = strcspn(text + blank, " \t\r\n");

		text += blank;
		if (!word || text >= end)
			break;
		if (l->n == MAX_WORDS)
			wrong(l, "too many words");
		const char *plain = unescape_item(a, text, word, NULL);
		if (!plain)
			wrong(l, "a bad escape");
		l->words[l->n++] = plain;
		text += word;
	}
}

/* The shapes of lines: where the mode stands, and how many words there are. */
static const struct shape {
	const char *word;
	mode_t type;
	size_t mode, n;
} shapes[] = {
	{"dir", S_IFDIR, 2, 5},	 {"nod", 0, 2, 8},	   {"slink", S_IFLNK, 3, 6},
	{"pipe", S_IFIFO, 2, 5}, {"sock", S_IFSOCK, 2, 5}, {"file", S_IFREG, 3, 6},
};

static void set_file(struct inode *inode, const char *host)
{
	struct stat st;

	if (stat(host, &st) < 0)
		die("cannot read %s:", host);
	if (!S_ISREG(st.st_mode))
		die("%s is no regular file", host);
	inode->host = host;
	inode->size = (uint64_t)st.st_size;
}

static void set_node(struct inode *inode, const struct line *l)
{
	if (!streq(l->words[5], "b") && !streq(l->words[5], "c"))
		wrong(l, "the type of a node is b or c");
	inode->mode |= *l->words[5] == 'b' ? S_IFBLK : S_IFCHR;
	inode->rdev = makedev(number(l, 6, 10, 0xfff), number(l, 7, 10, 0xfffff));
}

static void put_line(struct rootfs *fs, const struct line *l)
{
	const struct shape *shape = shapes, *end = shapes + LEN(shapes);

	while (shape < end && !streq(shape->word, l->words[0]))
		shape++;
	if (shape == end)
		wrong(l, "not dir, nod, slink, pipe, sock or file");
	if (l->n != shape->n)
		wrong(l, "too few or too many words");
	mode_t mode = number(l, shape->mode, 8, 07777);
	struct inode *inode = rootfs_inode(fs, shape->type | mode);
	inode->uid = number(l, shape->mode + 1, 10, UINT32_MAX);
	inode->gid = number(l, shape->mode + 2, 10, UINT32_MAX);
	if (!shape->type)
		set_node(inode, l);
	if (S_ISLNK(inode->mode))
		inode->target = l->words[2];
	if (S_ISREG(inode->mode))
		set_file(inode, l->words[2]);
	rootfs_put_path(fs, l->words[1], inode);
}

void nodes_put(struct rootfs *fs, const char *path)
{
	struct buf text = {0};
	struct line l = {.file = path};

	if (!read_file(path, &text))
		die("cannot read %s:", path);
	for (const char *s = buf_str(&text); *s;) {
		size_t len = strcspn(s, "\n");

		l.number++;
		split(fs->arena, &l, s, *s == '#' ? 0 : len);
		if (l.n)
			put_line(fs, &l);
		s += len + (s[len] == '\n');
	}
	buf_free(&text);
}
