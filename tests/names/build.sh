#!/bin/sh
# SPDX-License-Identifier: MIT
# Any name works for files, directories and words of a command, from the spec to the image.
# shellcheck disable=SC2016 # scripts are written in single quotes
. "${0%/*}/../lib/tiny.sh"

newline='
'
# What a shell, ninja, make, a list of paths, a parameter file or debugfs could trip over.
odd="-@ a b'c\"d\$(e):f%g#h&i;é<j>\`k\`*?[l]{m}\\n!~^=,${newline}o "

json() # TEXT: as it stands between the quotes of JSON
{
	printf '%s_' "$1" | awk '
	{ gsub(/[\\"]/, "\\\\&"); text = text (NR > 1 ? "\\n" : "") $0 }
	END { printf "%s", substr(text, 1, length(text) - 1) }'
}

words() # WORD...: as a shell reads them, as a value of JSON
{
	text=
	for word; do
		text="$text '$(printf '%s_' "$word" | sed "s/'/'\\\\''/g")"
		text="${text%_}'"
	done
	printf '"%s"' "$(json "$text")"
}

project() # NAME: a spec and all that it names in directories with that in their names
{
	mkdir -p -- "in $1/dir $1/over $1/$1"
	top="in $1/dir $1"
	echo 'odd text' >"$top/over $1/$1/$1"
	ln -s -- "$1" "$top/over $1/link $1"
	echo file >"$top/file $1"
	printf '#!/bin/sh\necho "$@"\n' >"$top/run $1"
	chmod +x "$top/run $1"
	printf '#!/bin/sh -eu\ncp "$1" "$2"\n' >"$top/make $1"
	chmod +x "$top/make $1"
	mkdir "$top/skeleton $1"
	echo below >"$top/skeleton $1/below $1"
	o=$(json "$1")
	make=$(words "make $1" "file $1" "made $1")
	run=$(words "run $1" one 'two words' "$1")
	cat >"in $1/spec $1.json" <<-END
	{
	  "name": "odd", "base": "parent $o.json", "workdir": "dir $o", "overlay": "over $o",
	  "files": [["file $o", "/files/$o"], ["made $o", "/made/$o"]], "deps": ["file $o"],
	  "host-init": { "script": $make, "inputs": ["file $o"], "outputs": ["made $o"] },
	  "distro": { "name": "busybox", "opts": { "skeleton": "skeleton $o" } },
	  "run": $run
	}
	END
	printf '{ "name": "parent", "base": "busybox", "workdir": "dir %s", "overlay": "over %s" }\n' \
		"$o" "$o" >"in $1/parent $1.json"
}

holds() # NAME IMAGE
{
	rm -rf got
	unpack "$2" got
	assert_same "got/$1/$1" "in $1/dir $1/over $1/$1/$1"
	assert_eq "$(readlink -- "got/link $1"; echo .)" "$1$newline."
	assert_same "got/files/$1" "in $1/dir $1/file $1"
	assert_same "got/made/$1" "in $1/dir $1/file $1"
	assert_same "got/below $1" "in $1/dir $1/skeleton $1/below $1"
	assert_same got/etc/fmgen/run "in $1/dir $1/run $1"
}

builds() # NAME [edit]
{
	project "$1"
	"$fmgen" -C build "in $1/spec $1.json"
	build
	holds "$1" build/images/odd.img
	[ $# -eq 2 ] || return 0
	echo more >>"in $1/dir $1/over $1/$1/$1"
	echo more >>"in $1/dir $1/file $1"
	build
	settled
	holds "$1" build/images/odd.img
}

# An image of the user's
given()
{
	mkdir -p "layer" "dir $odd"
	echo text >layer/file
	"$fmgen" ext4 --out="dir $odd/image $odd" --layer=layer
	o=$(json "$odd")
	cat >spec.json <<-END
	{ "name": "given", "base": "bare", "workdir": "dir $o", "img": "image $o" }
	END
	printf '{ "name": "child", "base": "spec.json", "files": [["%s", "/y"]], "workdir": "." }\n' layer/file >child.json
	"$fmgen" -C build spec.json child.json
	build
	settled
	assert_same build/images/given.img "dir $odd/image $odd"
	unpack build/images/child.img got
	assert_same got/y layer/file
}

# Names that would be options, roots, or something to a shell, each alone.
each()
{
	cat >names <<-'END'
	-n
	--from=x
	@spec
	~
	#
	%s%n
	\
	'
	"
	$x
	$(:)
	*
	.hidden
	x.json
	é
	日本
	a:b
	>x
	&
	;
	!
	END
	printf '%s\n' ' ' >>names
	while IFS= read -r name; do
		echo "$name"
		builds "$name"
	done <names
}

# Only specs must be UTF-8, and they cannot name such a file; directories may hold it.
bytes_that_are_no_text()
{
	raw=$(printf 'raw\377\300x')
	project plain
	echo raw >"in plain/dir plain/over plain/$raw"
	"$fmgen" -C build 'in plain/spec plain.json'
	build
	settled
	unpack build/images/odd.img got
	assert_exists "got/$raw"
	mv "in plain" "$raw"
	"$fmgen" -C "build" "$raw/spec plain.json"
	settled
	echo more >>"$raw/dir plain/over plain/$raw"
	build
	settled
	cd "$raw"
	"$fmgen" -C "../new" "$PWD/spec plain.json"
	build "../new"
}

# Nothing is compiled in these, but a graph is generated there, moves there, and is built there.
odd_build_directory()
{
	project "$odd"
	"$fmgen" -C build "in $odd/spec $odd.json"
	build
	cp -a build "./$odd"
	settled "./$odd"
	echo more >>"in $odd/dir $odd/over $odd/$odd/$odd"
	build "./$odd"
	settled "./$odd"
	holds "$odd" "./$odd/images/odd.img"
	echo '{ "name": "odd" }' >bare.json
	rm -rf "./$odd"
	"$fmgen" -C "./$odd" bare.json
	build "./$odd"
	settled "./$odd"
}

refuses_to_compile_there() # CHARACTER SHOWN
{
	project plain
	where="build$1x"
	mkdir -p "$where/below"
	for dir in "$where" "$where/below"; do
		assert_fails "$fmgen" -C "$dir" 'in plain/spec plain.json' 2>err
		assert_has err 'in plain/spec plain.json:2:11: error: the build directory is '
		assert_has err "in a path with the character \`$2\`"
		assert_eq "$(find "$where" -type f)" '' 'what was written'
	done
	ln -s "$where" build
	assert_fails "$fmgen" -C build 'in plain/spec plain.json' 2>err
	assert_has err 'the build directory is '
	mkdir real
	ln -s ../real "$where/link"
	"$fmgen" -C "$where/link" 'in plain/spec plain.json'
	build real
}

# Sources that compile nowhere below such a path
odd_cache()
{
	project plain
	mkdir "odd cache"
	cp -a "$FMGEN_CACHE/." "odd cache"
	ln -s "odd cache" cache
	for dir in "odd cache" cache; do
		export FMGEN_CACHE="$PWD/$dir"
		assert_fails "$fmgen" -C build 'in plain/spec plain.json' 2>err
		assert_has err "in plain/spec plain.json:2:11: error: the board's busybox: kernel builds cannot use"
		assert_missing build/build.ninja
		echo '{ "name": "k", "base": "bare", "linux": {}, "firmware": {} }' >k.json
		assert_fails "$fmgen" -C build k.json 2>err
		assert_has err "error: the board's kernel: kernel builds cannot use a path"
		assert_has err "error: the board's firmware: kernel builds cannot use a path"
		echo '{ "name": "k" }' >k.json
		"$fmgen" -C build k.json
		rm -rf build
	done
}

# A target that begins with a dash needs a path, or to stand behind "--".
leading_dash()
{
	echo '{ "name": "dash" }' >-x.json
	"$fmgen" ./-x.json
	"$fmgen" -- -x.json
	"$fmgen" -C -build -- -x.json
	assert_eq "$(cd ./-build && tail -n 1 out/roots)" 'spec	..'
	build ./-build
}

# By hand
plumbing()
{
	mkdir -p -- "$odd/layer $odd"
	cd -- "$odd"
	echo text >"layer $odd/$odd"
	"$fmgen" ext4 --out="$odd" --layer="layer $odd"
	"$fmgen" ext4 --out="two?offset=1024$odd" --from="$odd" --file="layer $odd/$odd" --to=/second \
		--margin=50000000
	"$fmgen" cpio --out="$odd.cpio" --image="two?offset=1024$odd"
	mkdir plain
	"$fmgen" ext4 --out=plain/one.img --layer="layer $odd"
	"$fmgen" ext4 --out=plain/two.img --from=plain/one.img --file="layer $odd/$odd" --to=/second \
		--margin=50000000
	"$fmgen" cpio --out=plain/two.cpio --image=plain/two.img
	assert_same "./$odd" plain/one.img
	assert_same "two?offset=1024$odd" plain/two.img
	assert_same "./$odd.cpio" plain/two.cpio
	"$fmgen" tree "layer $odd" >got
	assert_eq "$(wc -l <got)" 2 "$(cat got)"
}

test_case "all at once" builds "$odd" edit
test_case "an image of the user's" given
test_case "one by one" each
test_case "images and archives made by hand" plumbing
test_case "names that are no text" bytes_that_are_no_text
test_case "a build that moved to an odd directory" odd_build_directory
for char in ' ' : \$ % '#' \' \" \\ '=' '*' '&' é; do
	test_case "no compiling below $char" refuses_to_compile_there "$char" "$char"
done
test_case "no compiling below a newline" refuses_to_compile_there "$newline" '\n'
test_case "sources in an odd cache" odd_cache
test_case "a spec and a directory that begin with a dash" leading_dash
finish
