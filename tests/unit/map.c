/* SPDX-License-Identifier: MIT */
#include "base/map.h"
#include "lib/unit.h"

static struct arena arena;

static void finds_what_was_put(void)
{
	struct map m = {.arena = &arena};
	int one, two;

	CHECK(!map_get(&m, "one"));
	map_put(&m, "one", &one);
	map_put(&m, "two", &two);
	CHECK(map_get(&m, "one") == &one);
	CHECK(map_get(&m, "two") == &two);
	CHECK(!map_get(&m, "three"));
	CHECK(!map_get(&m, ""));
}

static void a_second_put_keeps_the_place(void)
{
	struct map m = {.arena = &arena};
	int old, new;

	map_put(&m, "a", &old);
	map_put(&m, "b", &old);
	map_put(&m, "a", &new);
	CHECK_INT(m.n, 2);
	CHECK_STR(m.entries[0].key, "a");
	CHECK(m.entries[0].value == &new);
}

static void keeps_order_while_it_grows(void)
{
	struct map m = {.arena = &arena};
	int i = 0;

	for (i = 0; i < 1000; i++)
		map_put(&m, arena_printf(&arena, "key %d", i), &arena);
	CHECK_INT(m.n, 1000);
	i = 0;
	map_each (e, &m) {
		CHECK_STR(e->key, arena_printf(&arena, "key %d", i));
		CHECK(map_get(&m, e->key) == &arena);
		i++;
	}
	CHECK_INT(i, 1000);
}

static void keys_are_copied(void)
{
	struct map m = {.arena = &arena};
	char key[] = "key";

	map_put(&m, key, key);
	key[0] = 'K';
	CHECK(map_get(&m, "key"));
	CHECK(!map_get(&m, key));
}

int main(void)
{
	RUN(finds_what_was_put);
	RUN(a_second_put_keeps_the_place);
	RUN(keeps_order_while_it_grows);
	RUN(keys_are_copied);
	arena_free(&arena);
	return unit_done();
}
