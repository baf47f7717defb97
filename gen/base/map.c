/* SPDX-License-Identifier: MIT */
#include "base/map.h"
#include "base/hash.h"
#include "base/util.h"

#include <stdbool.h>
#include <string.h>

/* The slot that holds key, or the free slot where it would go; nslots is a power of two. */
static uint32_t *find_slot(const struct map *m, const char *key, size_t hash)
{
	for (size_t i = hash;; i++) {
		uint32_t *slot = &m->slots[i & (m->nslots - 1)];
		const struct map_entry *e = *slot ? &m->entries[*slot - 1] : NULL;

		if (!e || (e->hash == hash && streq(e->key, key)))
			return slot;
	}
}

static void grow(struct map *m)
{
	size_t room = m->room ? m->room * 2 : 8;
	struct map_entry *entries = arena_array(m->arena, struct map_entry, room);

	if (m->n)
		memcpy(entries, m->entries, m->n * sizeof(*entries));
	m->entries = entries;
	m->room = room;
	m->nslots = room * 2;
	m->slots = arena_array(m->arena, uint32_t, m->nslots);
	for (size_t i = 0; i < m->n; i++)
		*find_slot(m, entries[i].key, entries[i].hash) = (uint32_t)i + 1;
}

void *map_get(const struct map *m, const char *key)
{
	if (!m->n)
		return NULL;
	size_t slot = *find_slot(m, key, (size_t)quick_hash(key, strlen(key)));
	return slot ? m->entries[slot - 1].value : NULL;
}

/* Sets key, which is copied on demand. */
static void put(struct map *m, const char *key, void *value, bool copy)
{
	if (m->n == m->room)
		grow(m);
	size_t hash = (size_t)quick_hash(key, strlen(key));
	uint32_t *slot = find_slot(m, key, hash);
	if (!*slot) {
		m->entries[m->n] = (struct map_entry){
			.key = copy ? arena_strdup(m->arena, key) : key, .hash = hash};
		*slot = (uint32_t)++m->n;
	}
	m->entries[*slot - 1].value = value;
}

void map_put(struct map *m, const char *key, void *value)
{
	put(m, key, value, true);
}

void map_add(struct map *m, const char *key, void *value)
{
	put(m, key, value, false);
}
