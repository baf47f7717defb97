# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# fmgen on workloads in numbers. The first generation is compared with a copy of what it writes; the
# next one, which finds everything written, with a plain read of that; fmgen verify with a look at
# the same files and at the specs. The columns on the right should be the same for all numbers; the
# smallest shows what it costs to start.
. "${srcdir:?}/tests/bench/lib.sh"

cat >first <<'END'
rm -rf build
mkdir build
cd build
exec "$@"
END
cat >again <<'END'
cd build
exec "$@"
END

# measure WHAT SPEC...: specs as seen from build/
measure()
{
	what=$1
	shift
	sh first "${fmgen:?}" "$@"
	# shellcheck disable=SC2034
	bytes=$(cd build && xargs cat <out/generated | wc -c)
	# shellcheck disable=SC2034
	baseline=
	bench "$what: cp -R of the output" sh -c 'rm -rf copy && cp -R build copy'
	bench "$what, first" sh first "$fmgen" "$@"
	# A file that changed in the last two seconds is read again.
	sleep 2.1
	# shellcheck disable=SC2034
	baseline=
	bench "$what: read of the output" sh again sh -c 'xargs cat <out/generated'
	bench "$what, again" sh again "$fmgen" "$@"
	(cd build && "$fmgen" verify)
	sleep 2.1
	# shellcheck disable=SC2034
	baseline=
	bench "$what: find of output and input" find build specs -newer first
	bench "$what, verify" sh again "$fmgen" verify
	rm -rf build copy specs
}

runs=${RUNS:-5}
for n in 10 100 1000; do
	many "$n"
	# shellcheck disable=SC2046
	measure "$n" $(seq -f '../specs/w%g.json' "$n")
done
jobs 1000
measure "1000 jobs in one" ../specs/jobs.json
chain 1000
measure "a chain of 1000" ../specs/c1000.json
# shellcheck disable=SC2034
runs=${RUNS:-1}
many 10000
# shellcheck disable=SC2046
measure 10000 $(seq -f '../specs/w%g.json' 10000)
