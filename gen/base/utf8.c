/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include <string.h>

size_t utf8_decode(const char *text, size_t len, uint32_t *c)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *s = (const unsigned char *)text;
	size_t n = *s < 0x80 ? 1 : *s >> 5 == 6 ? 2 : *s >> 4 == 14 ? 3 : *s >> 3 == 30 ? 4 : 0;

	if (!n || n > len)
		return 0;
	*c = n == 1 ? *s : *s & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if (s[i] >> 6 != 2)
			return 0;
		*c = *c << 6 | (s[i] & 0x3fu);
	}
	return *c < least[n] || *c > 0x10ffff || (*c >= 0xd800 && *c < 0xe000) ? 0 : n;
}

void utf8_clean(struct buf *b, const char *s)
{
	uint32_t c;

	for (size_t n, len = strlen(s); len; s += n, len -= n) {
		n = utf8_decode(s, len, &c);
		if (n)
			buf_add(b, s, n);
		else
			buf_puts(b, "\xef\xbf\xbd");
		n = n ? n : 1;
	}
}
