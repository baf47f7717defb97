#!/bin/sh
# SPDX-License-Identifier: MIT
# The program itself under valgrind: no invalid access, no memory lost.
. "${0%/*}/../lib/golden.sh"

# What a message or a refusal needs that is not like the others
refusals='alias-loop cycle duplicate-name equal-names kernel-tree merge missing-files names nested-jobs
	no-parent not-utf8 quotes sizes syntax types unclosed-quote wrong-types'

checked() # STATUS ARGUMENT...: fmgen ends with that status
{
	need valgrind
	wanted=$1
	shift
	status=0
	valgrind -q --leak-check=full --errors-for-leak-kinds=definite --error-exitcode=99 \
		"$fmgen" "$@" >said 2>err || status=$?
	[ "$status" -eq "$wanted" ] || { tail -n 40 err; fail "status $status: fmgen $*"; }
}

refuses()
{
	cp -R "$golden/errors/." .
	for name in $refusals; do
		spec=$name.json
		[ -e "$spec" ] || spec=$name.yaml
		checked 1 "./$spec"
	done
	checked 1 --werror ./no-such.json
	checked 1 --board=qem ./types.yaml
	checked 2 --no-such-option
}

family()
{
	cp -R "$golden/graph/family/." .
	checked 0 -C build ./family.json
}

generates()
{
	family
	checked 0 -C build --no-disk ./family.json ./parent.json
	for what in doc spec graph; do
		checked 0 --dump="$what" ./family.json
	done
	cd build
	checked 0 verify
	checked 0 regen
	id=$(sed -n 's/	all	.*//p' out/trees | head -n 1)
	rm "out/tree/$id"
	checked 0 scan "$id"
}

# All porcelain explains itself; some of it only looks.
looks()
{
	family
	checked 0 --help
	sed -nE '/^plumbing/q; s/^  fmgen ([a-z]+).*/\1/p' said >verbs
	while read -r verb; do
		checked 0 "$verb" --help
	done <verbs
	checked 0 show ./family.json
	checked 0 show --json ./family.json
	checked 0 schema
	checked 0 completions bash
	checked 0 init --yaml begun
	checked 0 show ./begun.yaml
}

writes()
{
	family
	printf 'dir /dev 755 0 0\nnod /dev/null 666 0 0 c 1 3\n' >nodes
	checked 0 tree parent
	checked 0 cpio --out=x.cpio --layer=parent --nodes=nodes
	checked 0 ext4 --out=x.img --layer=parent --nodes=nodes
	checked 0 ext4 --out=y.img --from=x.img --file='parent/a file.txt' --to=/a/
	checked 0 cpio --out=y.cpio --image=y.img
	checked 1 ext4 --out=z.img --layer=none
	mkdir -p out/args
	printf 'a\n\\x01\n' >out/args/it
	: >out/roots
	checked 0 run it -- true
	checked 3 run it -- sh -c 'exit 3'
}

test_case "refusals" refuses
test_case "generation" generates
test_case "verbs that look" looks
test_case "writers of images" writes
finish
