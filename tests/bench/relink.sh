# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# One word in the initramfs edited, then the boot binary made again, against kbuild doing the same
# to the same objects; with the board's kernel, and with one that holds its symbols (KALLSYMS). What
# kbuild makes is a kernel with an archive of one file; a binary is that with a whole initramfs, behind
# the firmware.
. "${srcdir:?}/tests/bench/lib.sh"

# An initramfs of its own: fmgen's data in a copy, so that its init can be edited.
mkdir -p fmgen/build
cp -R "${srcdir:?}"/boards "$srcdir"/initramfs "$srcdir"/scripts "$srcdir"/templates fmgen
cp "${fmgen:?}" fmgen/build/fmgen
fmgen=$PWD/fmgen/build/fmgen
mkdir -p specs
echo '{"name": "plain", "base": "busybox-base.json"}' >specs/plain.json
cat >specs/symbols.json <<'END'
{"name": "symbols", "base": "busybox-base.json", "workdir": ".", "linux": {"config": "symbols.config"}}
END
echo 'CONFIG_KALLSYMS=y' >specs/symbols.config
generated ../specs/plain.json ../specs/symbols.json
made

cat >edit <<'END'
echo "# $(date +%s%N)" >>fmgen/initramfs/disk/init
exec ninja -C build "images/$1"
END
cat >kbuild <<'END'
set -e
cd "$1"
echo "# $(date +%s%N)" >>init
printf 'file /init %s/init 0755 0 0\n' "$PWD" >list
make -s -C "$2" O="$PWD/O" ARCH=riscv CROSS_COMPILE=riscv64-linux-gnu- \
	CONFIG_INITRAMFS_SOURCE="$PWD/list $3" CONFIG_INITRAMFS_COMPRESSION_NONE=y vmlinux Image
END
for wl in plain symbols; do
	kernel=$(ninja -C build -t query "images/$wl-bin-dwarf" | sed -n 's/^ *\(out.stage.link.*\)/\1/p')
	id=$(sed -n 's/^--kernel=//p' "build/out/args/$(basename "$(dirname "$kernel")")")
	source=$(sed -n 's/^--source=@fetch/./p' "build/out/args/${id##*/}")
	source=${FMGEN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/fmgen}/$source
	mkdir "kbuild-$wl"
	cp -a "build/$id/O" "kbuild-$wl"
	cp fmgen/initramfs/disk/init "kbuild-$wl"
	# shellcheck disable=SC2034
	baseline=
	bench "kbuild, $wl" sh kbuild "kbuild-$wl" "$source"
	bench "edit, ninja: the kernel, $wl" sh edit "$wl-bin-dwarf"
	bench "edit, ninja: the binary, $wl" sh edit "$wl-bin"
done
