/* SPDX-License-Identifier: MIT */
/* A map from strings to pointers that keeps the order of insertion. Memory comes from an arena. */
#ifndef FMGEN_MAP_H
#define FMGEN_MAP_H

#include "base/arena.h"

#include <stdint.h>

struct map_entry {
	const char *key;
	void *value;
	size_t hash;
};

struct map {
	struct arena *arena; /* set by the owner before the first put */
	struct map_entry *entries;
	size_t n, room;
	uint32_t *slots; /* index into entries + 1; 0: free */
	size_t nslots;
};

/* The value of key, or NULL. */
void *map_get(const struct map *m, const char *key);
/* Sets key, which is copied, to value; an entry that was there keeps its place. */
void map_put(struct map *m, const char *key, void *value);
/* The same without a copy of the key, which has to live as long as the map. */
void map_add(struct map *m, const char *key, void *value);

#define map_each(entry, m)                                                                   \
	for (struct map_entry *entry = (m)->entries; entry && entry < (m)->entries + (m)->n; \
	     entry++)

#endif
