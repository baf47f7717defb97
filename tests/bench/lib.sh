# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# For the benches: workloads in numbers, and a build to measure on.

# many N: N specs in specs/, each with an overlay of one file, children of base.json
many()
{
	mkdir -p specs
	echo '{"name": "base", "base": "busybox-base.json"}' >specs/base.json
	seq "$1" | while read -r i; do
		mkdir -p "specs/w$i/overlay/etc"
		echo "number $i" >"specs/w$i/overlay/etc/number"
		printf '{"name": "w%s", "base": "base.json", "overlay": "overlay"}\n' "$i" >"specs/w$i.json"
	done
}

# jobs N: jobs.json with N jobs
jobs()
{
	mkdir -p specs
	{
		echo '{"name": "jobs", "base": "busybox-base.json", "jobs": ['
		seq -s ',
' -f '{"name": "j%g", "command": "true"}' "$1"
		echo ']}'
	} >specs/jobs.json
}

# chain N: c1.json to cN.json, each based on the one before
chain()
{
	mkdir -p specs
	before=busybox-base
	seq "$1" | while read -r i; do
		printf '{"name": "c%s", "base": "%s.json", "command": "echo %s"}\n' "$i" "$before" "$i" >"specs/c$i.json"
		before=c$i
	done
}

# The base of the e2e tests: what it has built is used where it is there. So is their cache of sources.
base=${srcdir:?}/tests/work/e2e-base
if [ -f "$srcdir/tests/work/nobody/e2e-base/key" ]; then
	base=$srcdir/tests/work/nobody/e2e-base
fi
if [ -d "$srcdir/tests/work/cache" ]; then
	export FMGEN_CACHE="${FMGEN_CACHE:-$srcdir/tests/work/cache}"
fi

# generated SPEC...: a build directory build/ for examples/hello and these specs (seen from build/),
# which holds what the base has built; without that, a kernel takes minutes.
generated()
{
	cp -R "$srcdir/examples/hello" .
	[ ! -f "$base/key" ] || cp -a --reflink=auto "$base/build" .
	mkdir -p build
	(cd build && "${fmgen:?}" ../hello/parent.json ../hello/hello.json "$@")
}

# made [TARGET...]: builds all, or these
made()
{
	ninja -C build "$@" >log 2>&1 || { tail -n 30 log >&2; exit 1; }
}
