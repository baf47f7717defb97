#!/bin/sh
# SPDX-License-Identifier: MIT
# Makefiles compare times. A source that was replaced by an older file, or deleted, counts all the
# same: the stages that call makefiles start from nothing. The kernel's is tested in kernel.sh.
# shellcheck disable=SC2016
. "${0%/*}/../lib/harness.sh"

# What a stand-in tree makes depends on times alone: all its sources in one file.
collect='cat $(wildcard $(SRC)/*.c) >$@'

busybox()
{
	mkdir -p tree/applets
	: >tree/applets/busybox.mkll
	: >config
	cat >tree/Makefile <<-END
		SRC = .
		allnoconfig oldconfig: ; touch \$(O)/.config
		busybox: \$(O)/busybox
		\$(O)/busybox: a.c \$(wildcard *.c) ; $collect
		busybox.links: ; echo /bin/sh >\$(O)/\$@
	END
	made=out/busybox
	make_it() { sh "$data/scripts/busybox" --out=out --source=tree --arch=x --cross= --config=config; }
}

firmware()
{
	mkdir -p tree/firmware
	: >tree/firmware/fw_payload.S
	cat >tree/Makefile <<-END
		SRC = .
		\$(O)/all.o: a.c \$(wildcard *.c) ; $collect
	END
	made=out/O/all.o
	make_it() { sh "$data/scripts/firmware" --out=out --source=tree --arch=riscv --cross=; }
}

module()
{
	mkdir -p tree kernel/view
	cat >tree/Makefile <<-END
		SRC = .
		# \$(LINUXSRC)
		m.ko: a.c \$(wildcard *.c) ; $collect
	END
	made=out/m.ko
	make_it()
	{
		sh "$data/scripts/module" --out=out --name=m --tree=tree --kernel=kernel --arch=x --cross=
	}
}

made_is() # TEXT
{
	make_it >log 2>&1 || { cat log; fail "the stage"; }
	assert_eq "$(cat "$made")" "$1" "$made"
}

goes_by_contents() # STAGE
{
	need gcc ld make
	"$1"
	echo one >tree/a.c
	echo two >tree/b.c
	made_is 'one
two'
	echo ONE >new
	touch -d 1999-01-01 new
	mv new tree/a.c
	made_is 'ONE
two'
	rm tree/b.c
	made_is ONE
}

for stage in busybox firmware module; do
	test_case "$stage: older bytes, and a deleted file" goes_by_contents "$stage"
done
finish
