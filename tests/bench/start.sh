# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# What a call of fmgen costs that does nothing, against the cheapest process there is.
bench "true" /bin/true
bench "fmgen --help" "${fmgen:?}" --help
