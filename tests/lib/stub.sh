# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2016
# For tests of whole graphs without compilers. install_stub makes a fmgen,
# $stub, whose stages only look as if: each output holds a hash of what the edge reads, and an equal
# one is left alone. A stage fails while there is a file build/fail-RULE, and takes as many seconds
# as build/slow-RULE says. The names of those that began are in build/ran.

. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/tool.sh"
unset CROSS_COMPILE
FMGEN_CACHE=$work/cache
export FMGEN_CACHE NO_COLOR=1
stub=$work/inst/bin/fmgen

install_stub()
{
	mkdir -p inst/bin inst/share/fmgen
	cp "$fmgen" inst/bin/fmgen
	(cd "$data" && cp -R templates boards initramfs scripts "$work/inst/share/fmgen")
	for tree in linux busybox opensbi; do
		mkdir -p "$FMGEN_CACHE/$tree-1.0"
		echo "package: $tree" >"$FMGEN_CACHE/$tree-1.0.origin"
		ln -sfn "$tree-1.0" "$FMGEN_CACHE/$tree"
	done
	cat >inst/share/fmgen/scripts/stub <<-'END'
		# ID ARGUMENT...
		set -eu
		id=$1
		edge=$(sed -n "/\"id\": \"$id\"/s/.*\"outputs\": \[\(.*\)\], \"inputs\": \[\([^]]*\)\].*/\1: \2/p" \
			out/graph.json | tr -d '",')
		shift
		echo "$id" >>ran
		if [ -e "slow-${id%-*}" ]; then
			for out in ${edge%%:*}; do echo half >"$out.new"; done
			sleep "$(cat "slow-${id%-*}")"
		fi
		[ ! -e "fail-${id%-*}" ] || { echo "made to fail"; exit 3; }
		case $id in
		kconfig-*)
			sum=$(for word; do
				echo "$word"
				case $word in --fragment=*) grep -v '^#' "${word#*=}" || : ;; esac
			done | sha256sum) ;;
		*)	# shellcheck disable=SC2086
			sum=$(cat ${edge#*:} "out/args/$id" | sha256sum) ;;
		esac
		for beside in $(awk -F '\t' -v id="$id" '$1 == id { print $3 }' out/outputs); do
			mkdir -p "$beside"
		done
		for out in ${edge%%:*}; do
			echo "$id $sum" >"$out.new"
			if cmp -s "$out.new" "$out"; then rm "$out.new"; else mv "$out.new" "$out"; fi
		done
	END
	sed -i 's|run \$id -- .*|run $id -- sh $scripts/stub $id|' inst/share/fmgen/templates/rules.ninja
	sed -i '/^own\|^host-init\|^post-bin\|^launch/!s|\(\$(run).* -- \).*|\1sh $(scripts)/stub $(@F)|' inst/share/fmgen/templates/rules.mk
}

# A parent with overlay, fragments and a script, and its child with two jobs.
write_family()
{
	cp -R "$srcdir/tests/golden/graph/family" src
	rm -r src/expected
}

build_family()
{
	install_stub
	write_family
	generate src/family.json
	build
}

# The graph has been built somewhere else, from nothing.
same_as_from_scratch()
{
	rm -rf fresh
	"$stub" -G "$generator" -C fresh "${spec:-src/family.json}"
	tool fresh >fresh.log 2>&1 || { cat fresh.log; return 1; }
	diff -r build/images fresh/images
	for out in $(cd fresh && find out/stage -type f ! -name '*.lock'); do
		assert_same "build/$out" "fresh/$out"
	done
}

# Waits until a stage of the build has begun.
wait_for() # RULE
{
	tries=0
	until grep -qs "^$1-" build/ran; do
		tries=$((tries + 1))
		[ "$tries" -lt 200 ] || fail "$1 does not begin"
		sleep 0.05
	done
}

generate() { "$stub" -G "$generator" -C build "$@"; }
build() { tool build "$@" >build.log 2>&1 || { cat build.log; return 1; }; }
