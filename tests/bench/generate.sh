# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# fmgen on 1000 workloads: what was written is compared (again), or missing (first), against a plain
# copy of the files that it writes.
. "${srcdir:?}/tests/bench/lib.sh"
many 1000
mkdir build
generate() { (cd build && "${fmgen:?}" ../specs/w*.json); }
generate
cat >first <<END
rm -rf build && mkdir build && cd build && exec "$fmgen" ../specs/w*.json
END
bench "cp -R of its output" sh -c 'rm -rf copy && cp -R build copy'
bench "1000 workloads, first" sh first
bench "1000 workloads, again" sh -c "cd build && exec '$fmgen' ../specs/w*.json"
