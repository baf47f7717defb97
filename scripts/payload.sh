# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Common to the scripts that put a kernel image behind a firmware; read after lib.sh

number() # FILE OFFSET SIZE: a little-endian number in a file
{
	od -A n --endian=little -j "$2" -N "$3" -t "u$3" "$1" | tr -d ' '
}

# payload_size IMAGE: what it takes in memory: what its header says (the kernel's BSS comes behind the
# file), at least its file
payload_size()
{
	_size=$(wc -c <"$1")
	if [ "$_size" -ge 64 ] && [ "$(number "$1" 56 4)" = $((0x05435352)) ]; then
		_header=$(number "$1" 16 8)
		[ "$_header" -le "$_size" ] || _size=$_header
	fi
	echo "$_size"
}
