# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# For tests that build and boot. It is read in the place of harness.sh, which it reads itself.
#
#	. "${0%/*}/../lib/e2e.sh"
#	shared_dir=1			# the cases of a file usually follow one another
#	start() { from_base; }
#	edit() { echo x >>hello/parent/overlay/etc/motd; build hello; ran_only rootfs-base rootfs; }
#	test_case "start from the built base" start
#
# Where root runs the tests, all of this goes on as the user nobody: builds must not need root.
# $base holds examples/hello, built once: the directories hello/ (the specs) and build/. A test
# works on a copy of it. Sources come from the invoker's cache ($FMGEN_CACHE or ~/.cache/fmgen).

# The outer part: fetch what is missing, then give up being root.
if [ -z "${E2E_INNER-}" ]; then
	here=$(cd "${0%/*}/../.." && pwd -P)
	: "${BUILD:=$here/build}" "${TEST_WORK:=$here/tests/work}"
	: "${FMGEN_CACHE:=${XDG_CACHE_HOME:-$HOME/.cache}/fmgen}"
	export BUILD TEST_WORK FMGEN_CACHE E2E_INNER=1
	[ -x "${FMGEN:-$BUILD/fmgen}" ] || { echo "# there is no $BUILD/fmgen: run make"; exit 1; }
	# $fetch_specs: workloads whose distros have to be fetched as well
	# shellcheck disable=SC2086
	"${FMGEN:-$BUILD/fmgen}" fetch ${fetch_specs-} || exit 1
	if [ "$(id -u)" -eq 0 ]; then
		# shellcheck source=tests/lib/e2e-as-nobody.sh
		. "$here/tests/lib/e2e-as-nobody.sh"
	fi
fi

. "${0%/*}/../lib/harness.sh"
base=$test_root/e2e-base
launch_limit=${LAUNCH_LIMIT:-180}

# generate ARGUMENT...: as `fmgen ARGUMENT...` in build/; specs are named from there (../hello/…)
generate()
{
	mkdir -p build
	(cd build && "$fmgen" "$@")
}

# build [TARGET...]: runs ninja in build/; what it said is in build.log
build()
{
	if ! (cd build && NINJA_STATUS='@@ ' TERM=dumb ninja "$@") >build.log 2>&1; then
		tail -n 60 build.log >&2
		fail "ninja $*"
	fi
	cat build.log
}

build_fails() # [TARGET...]
{
	if (cd build && NINJA_STATUS='@@ ' TERM=dumb ninja "$@") >build.log 2>&1; then
		cat build.log
		fail "ninja $* succeeded"
	fi
}

# The stages that the last build ran, as names without their hash, sorted, each once.
# Scans, regeneration and publishing are left out: they follow any change.
stages_run()
{
	sed -nE 's/^@@ [[:space:]]*[A-Z]+[[:space:]]+([a-z-]+)-[0-9a-f]{16}$/\1/p' build.log |
		sort -u | tr '\n' ' ' | sed 's/ $//'
}

# ran STAGE...: the last build ran each of these
ran()
{
	for stage; do
		case " $(stages_run) " in
		*" $stage "*) ;;
		*) fail "$stage did not run; what ran: $(stages_run)" ;;
		esac
	done
}

# ran_only STAGE...: it ran these, all of them, and no other
ran_only()
{
	assert_eq "$(stages_run)" "$(printf '%s\n' "$@" | sort -u | tr '\n' ' ' | sed 's/ $//')" \
		"stages that ran"
}

ran_nothing()
{
	assert_eq "$(stages_run)" '' "stages that ran"
}

# A second build finds nothing to do.
settled()
{
	build "$@" >/dev/null
	assert_has build.log 'ninja: no work to do.'
}

# launch NAME [OPTION...]: boots build/images/NAME*; the console is in launch.log; sets $status
launch()
{
	set +e
	(cd build && timeout -k 10 "$launch_limit" "$fmgen" launch "$@") >launch.log 2>&1 </dev/null
	status=$?
	set -e
	tr -d '\r' <launch.log >launch.log.new
	mv launch.log.new launch.log
	[ "$status" -ne 124 ] || { tail -n 60 launch.log >&2; fail "$1 did not end within $launch_limit s"; }
}

# boots NAME TEXT...: boots it; it ends well, and said each TEXT
boots()
{
	launch "$1"
	[ "$status" -eq 0 ] || { tail -n 60 launch.log >&2; fail "launch $1 gave status $status"; }
	shift
	for text; do
		assert_has launch.log "$text"
	done
}

# image_file NAME PATH: prints a file of build/images/NAME.img
image_file()
{
	PATH=$PATH:/sbin:/usr/sbin debugfs -R "cat $2" "build/images/$1.img" 2>/dev/null
}

# Copies the built base into the current directory.
from_base()
{
	ensure_base
	cp -a --reflink=auto "$base/hello" "$base/build" .
}

# The same, known to be up to date; the sums of what is published are kept for unchanged_bytes.
from_settled_base()
{
	from_base
	settled
	(cd build/images && sha256sum ./*) >sums
}

# What is published has the bytes that it had then.
unchanged_bytes()
{
	(cd build/images && sha256sum -c --quiet ../../sums)
}

# Builds the base if that was not done with this program and these specs.
ensure_base()
{
	key=$({ sha256sum <"$fmgen"; cd "$srcdir" && find examples/hello boards initramfs scripts \
		templates -type f -exec sha256sum {} + | LC_ALL=C sort; } | sha256sum)
	[ "$(cat "$base/key" 2>/dev/null)" != "$key" ] || return 0
	rm -f "$base/key"
	mkdir -p "$base"
	# The kernel that an earlier program compiled serves as well, if its inputs are the same.
	wipe "$base/hello"
	cp -R "$srcdir/examples/hello" "$base/hello"
	(
		cd "$base"
		generate ../hello/parent.json ../hello/hello.json
		build
		settled
	)
	echo "$key" >"$base/key"
}
