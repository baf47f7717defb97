#!/bin/sh
# SPDX-License-Identifier: MIT
# One program for each job: no firmware, no kernel.
set -eu
for name in one two; do
	riscv64-linux-gnu-gcc -nostdlib -static -fno-pie -no-pie -march=rv64imac -mabi=lp64 \
		-DNAME="\"$name\"" -Wl,--build-id=none,--no-warn-rwx-segments,-Ttext=0x80000000 \
		-o "$name" say.S
done
