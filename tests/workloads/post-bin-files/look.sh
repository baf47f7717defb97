#!/bin/sh
# SPDX-License-Identifier: MIT
# The kernel is there, linked, with its configuration and sources beside it.
set -eu
{
	head -c 4 "$FIREMARSHAL_LINUX_BIN" | tail -c 3
	echo
	grep '^CONFIG_64BIT=' "$FIREMARSHAL_LINUX_SRC/.config"
	[ ! -f "$FIREMARSHAL_LINUX_SRC/Makefile" ] || echo Makefile
} >about-kernel
