#!/bin/sh
# SPDX-License-Identifier: MIT
# What the kernel stage does before kbuild: it starts from nothing where times would mislead kbuild.
# The kernel is a makefile that says "fresh" when its O= was empty.
. "${0%/*}/../lib/harness.sh"

setup()
{
	mkdir -p tree/scripts/kconfig tree/include
	cp -R "$srcdir/scripts" scripts
	for script in kernel-environment kernel-view link; do
		echo 'exit 0' >"scripts/$script"
	done
	: >tree/scripts/kconfig/merge_config.sh
	cat >tree/Makefile <<'END'
vmlinux:
	@[ -f $(O)/object ] || echo fresh
	@mkdir -p $(O)/include/config $(O)/usr
	@touch $(O)/vmlinux $(O)/System.map $(O)/object $(O)/include/config/kernel.release
	@[ ! -f die ] || kill -9 $$PPID
modules: ; @echo modules
Image: ;
END
	echo old >tree/a.c
	echo old >tree/include/b.h
	mkdir shared
	echo old >shared/s.c
	echo older >tree/c.c
	touch -d 2001-01-01 tree/c.c
	ln -s a.c tree/link.c
	ln -s ../shared tree/shared
	: >config
	kernel >out
	assert_has out fresh
	sleep 0.05
}

kernel()
{
	"$fmgen" tree --filter=source tree >manifest
	sh scripts/kernel --out=k --source=tree --arch=riscv --cross= --config=config \
		--manifest=manifest 2>&1
}

continues() # COMMAND: after it, kbuild goes on
{
	setup
	sh -euc "$1"
	kernel >out
	assert_lacks out fresh
}

starts_anew() # COMMAND: after it, O= is empty
{
	setup
	sh -euc "$1"
	kernel >out
	assert_has out fresh
	assert_has out 'times do not tell'
}

headers_reach_modules()
{
	setup
	cp k/kernel.sum before
	kernel >out
	assert_same k/kernel.sum before
	echo new >tree/include/b.h
	kernel >out
	! cmp -s k/kernel.sum before || fail "a header changed, and kernel.sum did not"
}

survives_a_kill()
{
	setup
	: >tree/die
	! kernel || fail "it was to be killed"
	rm tree/die
	kernel >out
	assert_has out fresh
}

only_with_modules()
{
	setup
	assert_lacks out modules
	echo CONFIG_MODULES=y >config
	kernel >out
	assert_has out modules
}

moved_view()
{
	mkdir -p here/build/k/O/include/config here/tree/include here/tree/kernel
	echo object >here/build/k/O/include/config/auto.conf
	echo config >here/build/k/O/.config
	echo header >here/tree/include/a.h
	echo makefile >here/tree/Makefile
	echo source >here/tree/kernel/a.c
	(cd here/build && sh "$srcdir/scripts/kernel-view" --out=k --source=../tree)
	mv here there
	view=there/build/k/view
	cat "$view/include/config/auto.conf" "$view/.config" "$view/include/a.h" "$view/Makefile" \
		"$view/kernel/a.c" | tr '\n' ' ' >got
	assert_eq "$(cat got)" 'object config header makefile source '
}

test_case "a build without an edit continues" continues :
test_case "a touch" continues 'touch tree/a.c'
test_case "an edit" continues 'echo new >tree/a.c'
test_case "a new file" continues 'echo new >"tree/n w.c"'
test_case "another mode" continues 'chmod +x tree/a.c'
test_case "an empty directory" continues 'mkdir tree/d'
test_case "other bytes with an older time" starts_anew 'echo n >tree/a.c; touch -d 2001-01-01 tree/a.c'
test_case "a new file with an older time" starts_anew 'echo n >tree/n.c; touch -d 2001-01-01 tree/n.c'
test_case "a deleted file" starts_anew 'rm tree/include/b.h'
test_case "a link to an older file" starts_anew 'ln -sfn c.c tree/link.c'
test_case "an edit behind a link out of the tree" continues 'echo new >shared/s.c'
test_case "older bytes behind it" starts_anew 'echo n >shared/s.c; touch -d 2001-01-01 shared/s.c'
test_case "a header changes kernel.sum" headers_reach_modules
test_case "modules are made where the kernel knows some" only_with_modules
test_case "the view moves with build and tree" moved_view
test_case "what a killed build wrote last is made again" survives_a_kill
finish
