# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# A small tree that is used as riscv-pk is: configured in another directory, for a host, with a
# payload; after harness.sh.

make_tree() # DIR
{
	need riscv64-linux-gnu-gcc make
	mkdir -p "$1"
	cat >"$1/configure" <<'END'
#!/bin/sh
# As autoconf's: builds where it is called, with the compiler of the host unless CC says which.
set -e
srcdir=$(cd "$(dirname "$0")" && pwd)
[ "$srcdir" != "$(pwd)" ] || { echo "configured in place"; exit 1; }
[ -z "${CFLAGS+x}${ARCH+x}" ] || { echo "the caller's variables are here"; exit 1; }
host='' payload=''
: >words
for word; do
	case $word in
	--host=*) host=${word#*=} ;;
	--with-payload=*) payload=${word#*=} ;;
	--fail) echo "no such feature"; exit 1 ;;
	--*) printf '<%s>\n' "$word" >>words ;;
	*) echo "odd word: $word"; exit 1 ;;
	esac
done
[ -n "$host" ] || { echo "no host"; exit 1; }
[ -f "$payload" ] || { echo "no payload"; exit 1; }
cat >Makefile <<MAKEFILE
all: bbl other
other: ; false
bbl: bbl.o main.o
	${CC:-$host-gcc} -nostdlib -static -no-pie -Wl,-Ttext=0x80000000,--build-id=none,-e,_start,-n \
		-o \$@ bbl.o main.o
main.o: $srcdir/main.c
	${CC:-$host-gcc} -g -O2 -fno-pie -mcmodel=medany -c -o \$@ $srcdir/main.c
bbl.o: $srcdir/bbl.S
	${CC:-$host-gcc} -g -Wa,-I. -DBBL_PAYLOAD='"$payload"' -c -o \$@ $srcdir/bbl.S
MAKEFILE
END
	chmod +x "$1/configure"
	cat >"$1/bbl.S" <<'END'
	.text
	.globl _start
_start:	call main
	.data
	.incbin "words"
	.balign 0x200000
	.globl payload
payload: .incbin BBL_PAYLOAD
END
	echo 'int main(void) { return 0; }' >"$1/main.c"
}
