# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# One file of an overlay edited, then the image made again: by the number of files in the overlay
# (FILES), and by the size of the parent's image (SIZES, MB). The baseline is mke2fs -d of the whole
# tree; beside it, for sizes, a sparse copy of the parent's image.
. "${srcdir:?}/tests/bench/lib.sh"
PATH=$PATH:/sbin:/usr/sbin
files=${FILES:-10 1000 100000}
sizes=${SIZES:-60 1000 4000}
mkdir -p specs
set --
for n in $files; do
	dir=specs/f$n/overlay
	mkdir -p "$dir/etc"
	echo 1 >"$dir/etc/number"
	seq "$n" | awk -v dir="$dir" '{
		if (NR % 500 == 1) {
			sub_dir = dir "/d" int(NR / 500)
			system("mkdir " sub_dir)
		}
		file = sub_dir "/" $1
		print "file", $1 >file
		close(file)
	}'
	printf '{"name": "f%s", "base": "busybox-base.json", "overlay": "overlay"}\n' "$n" >"specs/f$n.json"
	set -- "$@" "../specs/f$n.json"
done
for mb in $sizes; do
	mkdir -p "specs/bulk$mb/overlay/data" "specs/s$mb/overlay/etc"
	echo 1 >"specs/s$mb/overlay/etc/number"
	# 32 files a megabyte up to 60 MB; larger trees have larger files
	piece=$((mb > 60 ? 1000 : 32))
	seq $((mb * 1000 / piece)) | while read -r i; do
		head -c "${piece}000" /dev/urandom >"specs/bulk$mb/overlay/data/$i"
	done
	printf '{"name": "bulk%s", "base": "busybox-base.json", "overlay": "overlay"}\n' "$mb" >"specs/bulk$mb.json"
	printf '{"name": "s%s", "base": "bulk%s.json", "overlay": "overlay"}\n' "$mb" "$mb" >"specs/s$mb.json"
	set -- "$@" "../specs/s$mb.json"
done
built "$@"

cat >edit <<'END'
date +%s%N >"specs/$1/overlay/etc/number"
exec ninja -C build "images/$1.img"
END

whole() # NAME WHAT: the baseline
{
	size=$(stat -c %s "build/images/$1.img")
	mkdir "tree-$1"
	debugfs -R "rdump / tree-$1" "build/images/$1.img" >/dev/null 2>&1
	# shellcheck disable=SC2034
	baseline=
	bench "mke2fs -d, $2" sh -c \
		"rm -f x.img && mke2fs -q -t ext4 -N $(find "tree-$1" | wc -l)0 -d tree-$1 x.img $((size / 1024))k"
	rm -rf "tree-$1" x.img
}

for n in $files; do
	whole "f$n" "$n files"
	bench "edit, ninja, $n files" sh edit "f$n"
done
for mb in $sizes; do
	whole "s$mb" "$mb MB"
	parent=$(sed -n 's/^--from=//p' "build/out/args/$(cd build && ninja -t query "images/s$mb.img" |
		sed -n 's|^ *out/stage/\([^/]*\)/.*|\1|p')")
	bench "sparse copy, $mb MB" sh -c "rm -f x.img && cp --sparse=always 'build/$parent' x.img"
	rm -f x.img
	bench "edit, ninja, $mb MB" sh edit "s$mb"
done
