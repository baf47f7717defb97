#!/bin/sh
# SPDX-License-Identifier: MIT
# The same with make.
generator='make'
stages='kernel rootfs-base'
. "${0%/*}/interrupt.sh"
