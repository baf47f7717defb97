#!/bin/sh
# SPDX-License-Identifier: MIT
# The boot binary of a board without firmware: the kernel's image as it is.
. "${0%/*}/../lib/harness.sh"

# An image whose header says that it takes 4 MiB, with the magic number of an architecture.
put_image() # MAGIC
{
	mkdir -p link
	head -c 4096 /dev/zero >link/Image
	printf '\000\000\100\000\000\000\000\000' | dd of=link/Image bs=1 seek=16 conv=notrunc
	# shellcheck disable=SC2059
	printf "$1" | dd of=link/Image bs=1 seek=56 conv=notrunc
}

without_firmware() # MAGIC BYTES
{
	put_image "$1"
	sh "$data/scripts/bin" --out=out --link=link
	assert_same out/bin link/Image
	assert_eq "$(cat out/bin.mem)" "$2" "memory"
	touch -d @1 out/bin out/bin.mem
	sh "$data/scripts/bin" --out=out --link=link
	assert_eq "$(stat -c %Y out/bin out/bin.mem | tr '\n' ' ')" '1 1 ' "times"
}

test_case "riscv" without_firmware 'RSC\005' $((6 << 20))
test_case "arm64" without_firmware 'ARM\144' $((6 << 20))
test_case "no header that is known" without_firmware 'XYZ\000' $((4096 + (2 << 20)))
finish
