# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# For e2e.sh, where root runs the tests: gives nobody what it needs, and goes on as nobody.
# Uses: here, BUILD, TEST_WORK, FMGEN_CACHE.
: "${here:?}" "${BUILD:?}" "${TEST_WORK:?}" "${FMGEN_CACHE:?}"

nobody() # COMMAND...
{
	setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs "$@"
}

suite=$(cd "${0%/*}" && pwd)
suite=${suite##*/}

# A checkout below a directory that is closed to others is copied, and so is the program.
if ! nobody test -r "$here/tests/run" || ! nobody test -x "$BUILD/fmgen"; then
	open=/var/tmp/fmgen-e2e
	rm -rf "$open/src"
	mkdir -p "$open/src/build" "$open/src/tests"
	chmod 755 "$open" "$open/src"
	cp -R "$here/boards" "$here/templates" "$here/initramfs" "$here/scripts" "$here/examples" \
		"$open/src/"
	cp -R "$here/tests/lib" "$here/tests/e2e" "$here/tests/matrix" "$here/tests/workloads" \
		"$open/src/tests/"
	cp -p "$BUILD/fmgen" "$open/src/build/"
	chmod -R go+rX "$open/src"
	set -- "$open/src/tests/$suite/${0##*/}"
	BUILD=$open/src/build
	TEST_WORK=$open/work
	unset FMGEN
else
	set -- "$here/tests/$suite/${0##*/}"
fi

# The sources: hard links cost nothing.
nobody_cache=$TEST_WORK/cache
if ! nobody test -r "$FMGEN_CACHE/linux/Makefile"; then
	mkdir -p "$nobody_cache"
	for origin in "$FMGEN_CACHE"/*.origin; do
		tree=${origin%.origin}
		[ ! -e "$nobody_cache/${origin##*/}" ] || continue
		cp -al "$tree" "$nobody_cache/" 2>/dev/null || {
			rm -rf "${nobody_cache:?}/${tree##*/}"
			cp -a --reflink=auto "$tree" "$nobody_cache/"
		}
		cp -p "$origin" "$nobody_cache/"
	done
	for link in "$FMGEN_CACHE"/*; do
		[ ! -L "$link" ] || ln -sfn "$(readlink "$link")" "$nobody_cache/${link##*/}"
	done
	chmod 755 "$nobody_cache"
	FMGEN_CACHE=$nobody_cache
fi

TEST_WORK=$TEST_WORK/nobody
mkdir -p "$TEST_WORK/home"
chown nobody:nogroup "$TEST_WORK" "$TEST_WORK/home"
export BUILD TEST_WORK FMGEN_CACHE
cd "$TEST_WORK" || exit 1
exec setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs \
	env HOME="$TEST_WORK/home" USER=nobody LOGNAME=nobody sh "$@"
