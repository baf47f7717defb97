# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# The kernel's own build system as a judge of what fmgen links; read after e2e.sh.

# stage_word NAME RULE KEY: the value of KEY in the parameters of the stage that made NAME-bin-dwarf
stage_word()
{
	made=$(cd build && ninja -t query "images/$1-bin-dwarf" |
		sed -n "s|^ *out/stage/\($2-[0-9a-f]*\)/.*|\1|p")
	sed -n "s|^$3=||p" "build/out/args/$made"
}

# kbuild_links_the_same NAME: kbuild, given a copy of NAME's kernel objects and its initramfs, makes
# the vmlinux and the Image that fmgen made
kbuild_links_the_same()
{
	kernel=$(stage_word "$1" link --kernel)
	source=$(sed -n 's/^--source=@fetch/./p' "build/out/args/${kernel##*/}")
	rm -rf kbuild
	cp -a "build/$kernel/O" kbuild
	cp "build/$(stage_word "$1" link --initramfs)" kbuild/x.cpio
	make -s -C "${FMGEN_CACHE:?}/$source" O="$PWD/kbuild" ARCH=riscv CROSS_COMPILE=riscv64-linux-gnu- \
		CONFIG_INITRAMFS_SOURCE=x.cpio KBUILD_BUILD_USER=fmgen KBUILD_BUILD_HOST=fmgen \
		KBUILD_BUILD_VERSION=1 KBUILD_BUILD_TIMESTAMP='Thu Jan  1 00:00:00 UTC 1970' \
		LOCALVERSION= SOURCE_DATE_EPOCH=0 LC_ALL=C vmlinux Image
	assert_same "build/images/$1-bin-dwarf" kbuild/vmlinux
	linked=$(cd build && ninja -t query "images/$1-bin-dwarf" |
		sed -n 's|^ *\(out/stage/link-[0-9a-f]*\)/.*|\1|p')
	assert_same "build/$linked/Image" kbuild/arch/riscv/boot/Image
}
