#!/bin/sh
# SPDX-License-Identifier: MIT
# The same with make.
generator='make'
. "${0%/*}/set.sh"
