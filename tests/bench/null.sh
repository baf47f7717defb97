# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# A build that finds nothing to do, of 100 workloads, against the build tool alone on the same graph;
# the difference is the look at all input trees. By ninja, then by make.
. "${srcdir:?}/tests/bench/lib.sh"
many 100
# shellcheck disable=SC2046
set -- $(seq -f '../specs/w%g.json' 100)
generated "$@"
made
sleep 2.1
made
bench "ninja -f out/graph.ninja" ninja -C build -f out/graph.ninja
bench "find of the input trees" find specs hello -type f -newer log
bench "fmgen verify" sh -c 'cd build && exec out/fmgen verify'
bench "ninja" ninja -C build
(cd build && "${fmgen:?}" -G make ../hello/parent.json ../hello/hello.json "$@")
make -C build >log 2>&1 || { tail -n 30 log >&2; exit 1; }
sleep 2.1
make -C build >log 2>&1
# shellcheck disable=SC2034
baseline=
bench "make -f out/graph.mk" make -C build -f out/graph.mk
bench "make" make -C build
