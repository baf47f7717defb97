# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# fmgen verify with a kernel tree of 80 000 files: pinned, as a fetched one is; walked, with all hashes
# known, against a find that looks at each file; with none known, against hashing each file.
. "${srcdir:?}/tests/bench/lib.sh"

mkdir specs build
echo '{"name": "pinned", "base": "busybox-base.json"}' >specs/pinned.json
echo '{"name": "own", "base": "busybox-base.json", "workdir": ".", "linux": {"source": "linux"}}' >specs/own.json
"${fmgen:?}" fetch >log
# Behind a link it is a tree like any other.
ln -s "${FMGEN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/fmgen}/linux" specs/linux

cat >verify <<'END'
cd build
exec "$@" out/fmgen verify
END
cat >cold <<'END'
rm -rf build/out/cache
exec sh verify "$@"
END

(cd build && "$fmgen" ../specs/pinned.json)
sh verify
sleep 2.1
sh verify
bench "verify, pinned" sh verify
(cd build && "$fmgen" ../specs/own.json)
sh verify
# shellcheck disable=SC2034
baseline=
bench "find -newer, $(find specs/linux/ | wc -l) files" find specs/linux/ -newer verify
bench "verify" sh verify
bench "verify, by one processor" sh verify taskset -c 0
# shellcheck disable=SC2034
baseline=
bench "sha256sum of each file" sh -c 'find specs/linux/ -type f -print0 | xargs -0 sha256sum'
bench "verify, no hash known" sh cold
bench "verify, no hash known, one processor" sh cold taskset -c 0
