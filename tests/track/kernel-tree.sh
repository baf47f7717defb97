#!/bin/sh
# SPDX-License-Identifier: MIT
# A kernel tree of the user's own, in and out of git repositories: what is an edit of it and what is
# not, which compilers count, and a link as its name. tests/scripts/kernel.sh has what a compile
# makes of such edits.
. "${0%/*}/../lib/stub.sh"
shared_dir=1

PATH=$work/site/bin:$PATH
compiled='bin initramfs kernel link module' # the configuration reads no file that is edited here

start()
{
	install_stub
	write_family
	mkdir -p site/linux/arch/riscv site/linux/kernel site/bin
	echo 'obj-y := kernel/' >site/linux/Makefile
	echo 'config X' >site/linux/Kconfig
	echo 'obj-y := a.o' >site/linux/kernel/Makefile
	echo 'int a;' >site/linux/kernel/a.c
	mkdir site/shared
	echo 'int s;' >site/shared/s.c
	ln -s ../shared site/linux/shared
	cp -R site/linux site/other
	ln -s linux site/tree
	sed -i 's|"config": \[|"source": "../../site/tree", &|' src/parent.json
	write_compiler 12
	generate src/family.json
	build
	settled
}

write_compiler() # VERSION
{
	cat >site/bin/riscv64-linux-gnu-gcc.new <<-END
	#!/bin/sh
	echo "riscv64-linux-gnu-gcc $1"
	END
	chmod 755 site/bin/riscv64-linux-gnu-gcc.new
	mv site/bin/riscv64-linux-gnu-gcc.new site/bin/riscv64-linux-gnu-gcc
}

settled()
{
	build
	assert_has build.log "$idle"
}

# The stages that the last build ran, sorted.
ran_stages()
{
	sed -nE 's/.*	[A-Z]+	([a-z-]+)-[0-9a-f]{16}$/\1/p' build.log | sort -u | tr '\n' ' ' | sed 's/ $//'
}

# runs EDIT STAGE...: the edit, what it makes run, and that nothing is left then
runs()
{
	"$1"
	shift
	build
	assert_eq "$(ran_stages)" "$*" "stages that ran"
	settled
}

# git SUBCOMMAND...: in the tree, as some user
git_in() # DIRECTORY WORD...
{
	git -C "$@" >/dev/null
}

repository()
{
	need git
	export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
	git_in site init -q
	git_in site/linux init -q
	git_in site/linux add .
	git_in site/linux -c user.name=n -c user.email=e commit -m first
}
commit()
{
	git_in site/linux -c user.name=n -c user.email=e commit --allow-empty -m second
	git_in site/linux tag v1
	git_in site/linux gc
}
local_change() { echo 'int b;' >>site/linux/kernel/a.c; }
commit_all() { git_in site/linux -c user.name=n -c user.email=e commit -am third; }
touch_all() { find site/linux -name .git -prune -o -exec touch {} +; }
untracked()
{
	echo 'int n;' >site/linux/kernel/n.c
	echo 'obj-y += n.o' >>site/linux/kernel/Makefile
}
older()
{
	echo 'int o;' >site/linux/kernel/a.c
	touch -d 2001-02-03 site/linux/kernel/a.c
}
kconfig_file() { echo 'config Y' >>site/linux/Kconfig; }
behind_link() { echo 'int t;' >>site/shared/s.c; }
retarget() { ln -sfn other site/tree; }
retarget_back() { ln -sfn linux site/tree; }
compiler() { write_compiler 13; }
same_compiler() { write_compiler 13; }

test_case "a tree that a link names, without git" start
test_case "18 a git repository around it, and in it: nothing" runs repository
test_case "18 a commit, a tag, a collection of garbage: nothing" runs commit
again="bin initramfs kconfig kernel link module"
# shellcheck disable=SC2086
{
	test_case "18 a change that is not committed" runs local_change $compiled
	test_case "18 its commit: nothing" runs commit_all
	test_case "1 touch all: nothing" runs touch_all
	test_case "19 a file that git does not know, and its makefile" runs untracked $compiled
	test_case "31 other bytes with an older time" runs older $compiled
	test_case "a file that a link out of the tree leads to" runs behind_link $compiled
	test_case "9 a file that configuration reads" runs kconfig_file $again
	test_case "32 the link names another tree" runs retarget $again
	test_case "30 and the first one again" runs retarget_back $again
	test_case "20 another version of the compiler" runs compiler bin busybox distro firmware initramfs \
		kconfig kernel link module rootfs rootfs-base
	test_case "20 the same version, another file: nothing" runs same_compiler
}
finish
