# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# For the golden tests: what fmgen says or writes is compared with files that are kept.
# With GOLDEN_UPDATE=1 these files are written instead.

. "${0%/*}/../lib/harness.sh"
# shellcheck disable=SC2034
golden=$srcdir/tests/golden
# With sources that are always the same, fetched or not; and nothing of the caller's.
# Not below the source tree, which has a root of its own in parameter files.
FMGEN_CACHE=$(mktemp -d)
trap 'rm -rf "$FMGEN_CACHE"' EXIT
export FMGEN_CACHE NO_COLOR=1
unset CROSS_COMPILE XDG_CACHE_HOME
for variable in $(env | sed -n 's/^\(\(FMGEN\|MARSHAL\)_[A-Z_]*\)=.*/\1/p'); do
	[ "$variable" = FMGEN_CACHE ] || unset "$variable"
done
export HOME="$work/home"

# A fetch cache of empty trees: enough to plan a graph, not to build.
empty_cache()
{
	for tree in linux busybox opensbi debian; do
		mkdir -p "$FMGEN_CACHE/$tree-1.0"
		echo "package: $tree" >"$FMGEN_CACHE/$tree-1.0.origin"
		ln -sfn "$tree-1.0" "$FMGEN_CACHE/$tree"
	done
}
empty_cache

# Replaces what depends on where the tests run, and where the program finds its data.
bin=${fmgen%/*}
neutral()
{
	sed -e "s,${bin%/*}/share/fmgen,SOURCE,g" -e "s,$PWD,HERE,g" -e "s,$FMGEN_CACHE,CACHE,g" -e "s,$work,WORK,g" -e "s,$srcdir,SOURCE,g" -e "s,\(\.\./\)\{3\,\}[^ ]*boards/,SOURCE/boards/,g"
}

# keep_or_compare FILE EXPECTED
keep_or_compare()
{
	if [ -n "${GOLDEN_UPDATE-}" ]; then
		mkdir -p "$(dirname "$2")"
		cmp -s "$1" "$2" || cp "$1" "$2"
	else
		[ -e "$2" ] || { cat "$1"; fail "$2 is missing: make golden-update writes it"; }
		assert_same "$1" "$2"
	fi
}

# The names of a directory's specs, without those that begin with _ (parts of others).
spec_names()
{
	(cd "$1" && ls) | sed -n 's/\.\(json\|yaml\)$//p' | grep -v ^_ || :
}
