#!/bin/sh
# SPDX-License-Identifier: MIT
# Compiles the program. fmgen runs this here when an input changed, or when the program is missing.
set -eu
"${CROSS_COMPILE:-riscv64-linux-gnu-}gcc" -O2 -Wall -Wextra -ffreestanding -nostdlib -static \
	-fno-pie -no-pie -march=rv64imac -mabi=lp64 -mcmodel=medany \
	-Wl,--build-id=none,--no-warn-rwx-segments -T link.ld -o hello hello.c
