# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# A build that finds nothing to do, of 100 workloads, against ninja alone on the same graph; the
# difference is the look at all input trees.
. "${srcdir:?}/tests/bench/lib.sh"
many 100
# shellcheck disable=SC2046
generated $(seq -f '../specs/w%g.json' 100)
bench "ninja -f out/graph.ninja" ninja -C build -f out/graph.ninja
bench "find of the input trees" find specs hello -type f
bench "ninja" ninja -C build
