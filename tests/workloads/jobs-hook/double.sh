#!/bin/sh
# SPDX-License-Identifier: MIT
set -eu
echo $((2 * $(cat "$1/number"))) >"$1/number.new"
mv "$1/number.new" "$1/number"
