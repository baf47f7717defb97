#!/bin/sh
# SPDX-License-Identifier: MIT
# Specs as people have written them for FireMarshal: each of firemarshal/ is read, and what fmgen
# understood, with its warnings, is the text of NAME.expected.
. "${0%/*}/../lib/golden.sh"

understood() # NAME
{
	cp -R "$golden/firemarshal/." .
	spec=$1.json
	[ -e "$spec" ] || spec=$1.yaml
	"$fmgen" show "./$spec" >said 2>&1 || { cat said; fail "it was not read"; }
	neutral <said >said.neutral
	keep_or_compare said.neutral "$golden/firemarshal/$1.expected"
}

for name in $(spec_names "$golden/firemarshal"); do
	test_case "$name" understood "$name"
done
finish
