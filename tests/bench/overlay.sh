# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# One file of an overlay edited, then the image made again, against mke2fs -d of the same tree.
. "${srcdir:?}/tests/bench/lib.sh"
many 1
built ../specs/w1.json
PATH=$PATH:/sbin:/usr/sbin
mkdir tree
debugfs -R 'rdump / tree' build/images/w1.img 2>/dev/null
size=$(stat -c %s build/images/w1.img)
cat >edit <<'END'
date +%s%N >specs/w1/overlay/etc/number
exec ninja -C build w1
END
bench "mke2fs -d" sh -c "rm -f x.img && mke2fs -q -t ext4 -d tree x.img $((size / 1024))k"
bench "edit, ninja" sh edit
