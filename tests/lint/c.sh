#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks of the C sources that need a compiler's understanding.
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/files.sh"
cd "$srcdir" || exit 1

# shellcheck disable=SC2089
flags="-std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -DFMGEN_VERSION=\"0\" -Igen -Itests
	$(pkg-config --cflags yaml-0.1 libcjson libarchive ext2fs com_err nettle)"
sources=$(c_files | grep '\.c$')

warnings()
{
	need clang
	cd "$srcdir"
	# shellcheck disable=SC2086,SC2090
	clang -fsyntax-only $flags -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes \
		-Wstrict-prototypes -Wvla -Wimplicit-fallthrough \
		-Wno-bitwise-instead-of-logical -Werror $sources
}

format()
{
	need clang-format
	cd "$srcdir"
	c_files | xargs clang-format --dry-run -Werror
}

# A file that passed is not looked at again until it, a header or the set of checks changes.
tidy()
{
	need clang-tidy
	cd "$srcdir"
	passed=$build/tidy
	mkdir -p "$passed"
	common=$({ cat .clang-tidy; c_files | grep '\.h$' | xargs cat; echo "$flags"; } | sha256sum)
	for file in $sources; do
		key=$({ echo "$common"; cat "$file"; } | sha256sum)
		key=$passed/${key%% *}
		[ -e "$key" ] || echo "$file $key"
	done >"$work/tidy"
	# shellcheck disable=SC2016
	xargs -r -n 2 -P "$(nproc)" sh -c '
		out=$(clang-tidy --quiet "$1" -- $0 2>&1) && touch "$2" && exit
		printf "%s\n" "$out" | grep -v "warnings generated" || :
		exit 1' "$flags" <"$work/tidy"
}

# Its suppressions: wanted idioms of these sources, not defects.
cpp_check()
{
	need cppcheck
	cd "$srcdir"
	# shellcheck disable=SC2086
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
		--error-exitcode=1 -j "$(nproc)" --suppress=missingIncludeSystem -D_GNU_SOURCE \
		-DFMGEN_VERSION=\"0\" -Igen -Itests $sources
}

test_case "clang has no warnings" warnings
test_case "clang-format would change nothing" format
test_case "clang-tidy finds nothing" tidy
test_case "cppcheck finds nothing" cpp_check
finish
