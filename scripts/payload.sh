# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Common to the scripts that put a kernel image behind a firmware; read after lib.sh

number() # FILE OFFSET SIZE: a little-endian number in a file
{
	od -A n --endian=little -j "$2" -N "$3" -t "u$3" "$1" | tr -d ' '
}

# payload_size IMAGE: what it takes in memory: what its header says (the kernel's BSS comes behind the
# file), at least its file. riscv and arm64 have such headers (RSC\5, ARM\x64).
payload_size()
{
	_size=$(wc -c <"$1")
	[ "$_size" -lt 64 ] || case $(number "$1" 56 4) in
	$((0x05435352)) | $((0x644d5241)))
		_header=$(number "$1" 16 8)
		[ "$_header" -le "$_size" ] || _size=$_header ;;
	esac
	echo "$_size"
}
