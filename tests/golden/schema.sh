#!/bin/sh
# SPDX-License-Identifier: MIT
# The JSON Schema, by a validator that is not ours: it takes what fmgen takes, and not what has wrong
# types.
. "${0%/*}/../lib/golden.sh"

validate() # FILE...
{
	/usr/bin/python3 -c 'import jsonschema, yaml' || skip "there is no python3-jsonschema"
	"$fmgen" schema >schema.json
	/usr/bin/python3 "$golden/schema.py" schema.json "$@" >found
}

# PyYAML does not read comments of C.
takes()
{
	find "$srcdir/examples" "$srcdir/boards"/*/base-workloads "$golden/warnings" "$golden/graph" \
		\( -name '*.json' -o -name '*.yaml' \) ! -path '*/distros/*' ! -path '*/expected/*' \
		! -name comments.json ! -name board.yaml >specs
	[ "$(wc -l <specs)" -ge 12 ] || fail "the specs were not found"
	while IFS= read -r spec; do set -- "$@" "$spec"; done <specs
	validate "$@"
	[ ! -s found ] || { cat found; fail "the schema refuses what fmgen takes"; }
}

refuses() # NAME
{
	spec=$golden/errors/$1.json
	[ -e "$spec" ] || spec=$golden/errors/$1.yaml
	validate "$spec"
	[ -s found ] || fail "the schema takes it"
}

# Of wrong-types.json, each option that has a wrong type.
tells_each()
{
	validate "$golden/errors/wrong-types.json"
	# shellcheck disable=SC2016
	grep -o 'error: `[^`]*` must be' "$golden/errors/wrong-types.expected" | sort -u |
		sed 's/[^`]*`//; s/`.*//' >options
	[ -s options ] || fail "no options"
	while IFS= read -r option; do assert_has found ": $option"; done <options
}

tells_editors()
{
	validate
	# Words for the tool tip, the default, and that a name is old.
	/usr/bin/python3 - schema.json <<-'END'
	import json, sys
	options = json.load(open(sys.argv[1]))["properties"]
	assert options["cpus"]["default"] == 4, options["cpus"]
	assert options["mem"]["default"] == "16 GiB"
	assert "processors" in options["cpus"]["description"]
	assert options["linux-src"]["deprecated"] is True
	assert {"type": "null"} in options["qemu"]["anyOf"]
	assert "config" in options["linux"]["properties"]
	END
}

test_case "it takes what fmgen takes" takes
for name in bad-name job-names jobs-map missing-name names nested-jobs no-name not-a-map nulls old-and-new \
	run-and-command sizes step types wrong-types; do
	test_case "it refuses errors/$name" refuses "$name"
done
test_case "it tells each option of a wrong type" tells_each
test_case "it has texts, defaults and old names for editors" tells_editors
finish
