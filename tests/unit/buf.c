/* SPDX-License-Identifier: MIT */
#include "base/buf.h"
#include "lib/unit.h"

static void is_empty_at_first(void)
{
	struct buf b = {0};

	CHECK_STR(buf_str(&b), "");
	CHECK_INT(b.len, 0);
	buf_free(&b);
}

static void adds_up(void)
{
	struct buf b = {0};

	buf_puts(&b, "one ");
	buf_putc(&b, '2');
	buf_printf(&b, " %s %d", "three", 4);
	buf_add(&b, " five", 3);
	CHECK_STR(buf_str(&b), "one 2 three 4 fi");
	CHECK_INT(b.len, strlen("one 2 three 4 fi"));
	buf_free(&b);
}

static void keeps_zero_bytes(void)
{
	struct buf b = {0};

	buf_add(&b, "a\0b", 3);
	CHECK_INT(b.len, 3);
	CHECK_INT(b.data[2], 'b');
	CHECK_INT(b.data[3], 0);
	buf_free(&b);
}

static void grows(void)
{
	struct buf b = {0};

	for (int i = 0; i < 10000; i++)
		buf_printf(&b, "%04d", i);
	CHECK_INT(b.len, 40000);
	CHECK_STR(buf_str(&b) + 39996, "9999");
	buf_free(&b);
}

int main(void)
{
	RUN(is_empty_at_first);
	RUN(adds_up);
	RUN(keeps_zero_bytes);
	RUN(grows);
	return unit_done();
}
