#!/bin/sh
# SPDX-License-Identifier: MIT
# Any name works for files, directories and words of a command, or is refused at its place.
. "${0%/*}/../lib/e2e.sh"
shared_dir=1

newline='
'
# What a shell, ninja, make, sed, a list of paths, a parameter file or debugfs could trip over.
odd="-@ a b'c\"d\$(e):f%g#h&i;é<j>\`k\`*?[l]{m}\\n!~^=,${newline}o "
specs="specs $odd"

json() # TEXT: as it stands between the quotes of JSON
{
	printf '%s_' "$1" | awk '
	{ gsub(/[\\"]/, "\\\\&"); text = text (NR > 1 ? "\\n" : "") $0 }
	END { printf "%s", substr(text, 1, length(text) - 1) }'
}

words() # WORD...: as a shell reads them
{
	text=
	for word; do
		text="$text '$(printf '%s_' "$word" | sed "s/'/'\\\\''/g")"
		text="${text%_}'"
	done
	printf '%s' "$text"
}

start()
{
	from_base
	(cd build/images && sha256sum ./*) >sums
	cp -a hello "$specs"
	dir="$specs/dir $odd"
	tree="$dir/over $odd"
	mkdir -p "$tree/$odd" "$dir/mod $odd"
	echo 'odd text' >"$tree/$odd/$odd"
	ln -s -- "$odd" "$tree/link$odd"
	printf '%s\n' '# a comment' 'CONFIG_NO_SUCH_THING=y' '' 'CONFIG_XEN=y' >"$dir/frag $odd"
	cat >"$dir/run $odd" <<-'END'
	#!/bin/sh
	echo 'what it was given:'
	for word; do printf '<%s>\n' "$word"; done
	echo 'that was all'
	cat /proc/fmgen_hello /proc/odd_module
	poweroff
	END
	chmod +x "$dir/run $odd"
	sed 's/fmgen_hello/odd_module/g; s/Hello from a module/The odd module is here/' \
		hello/modules/fmgen_hello/fmgen_hello.c >"$dir/mod $odd/odd_module.c"
	echo 'obj-m := odd_module.o' >"$dir/mod $odd/Kbuild"
	o=$(json "$odd")
	cat >"$specs/spec $odd.json" <<-END
	{
	  "name": "odd", "base": "parent.json", "workdir": "dir $o",
	  "overlay": "over $o",
	  "files": [["frag $o", "/files/$o"]],
	  "linux": {"config": "frag $o", "modules": {"odd_module": "mod $o"}},
	  "run": "$(json "$(words "run $odd" plain '' 'two words' "$odd" "'" '"' "\$(poweroff)" 'back\slash' -n)")"
	}
	END
}

builds()
{
	generate "../$specs/spec $odd.json"
	build
	cp build.log said
	settled
}

# The user sees the fragment's own path and the lines.
warned()
{
	assert_has said "/frag -@ a b'c\"d\$(e):f%g#h&i;é<j>\`k\`*?[l]{m}"
	grep -q ':2: warning: CONFIG_NO_SUCH_THING=y did not take effect: it does not exist' said ||
		fail "$(grep -a warning said)"
	grep -q ':4: warning: CONFIG_XEN=y did not take effect' said || fail "$(grep -a warning said)"
	grep -q '^\.\./specs -@ a b' said || fail "not the path from here"
}

# The parent's stages are those of the base, though its directory has another name; the fragment
# changes nothing, so that the kernel is not compiled again.
shares_with_parent()
{
	(cd build/images && sha256sum -c --quiet ../../sums)
	(cd build && ninja -t inputs odd) >inputs.odd
	sed -n 's|^ *out/stage/\(kernel-[0-9a-f]*\)/.*|\1|p' inputs.odd >kernels
	[ -s kernels ] || fail "no kernel"
	while read -r id; do
		! grep -qE '^ +CC ' "build/out/log/$id.log" || fail "$id compiled anew"
	done <kernels
}

image_holds_them()
{
	need debugfs
	PATH=$PATH:/sbin:/usr/sbin
	mkdir image
	debugfs -R 'rdump / image' build/images/odd.img >rdump.log 2>&1
	assert_same "image/$odd/$odd" "$specs/dir $odd/over $odd/$odd/$odd"
	assert_eq "$(readlink "image/link$odd"; echo .)" "$odd$newline."
	assert_same "image/files/$odd" "$specs/dir $odd/frag $odd"
	assert_same image/etc/fmgen/run "$specs/dir $odd/run $odd"
}

guest_gets_the_words()
{
	boots odd 'The odd module is here' 'Hello from a module'
	sed -n '/^what it was given:/,/^that was all/p' launch.log >got
	{
		echo 'what it was given:'
		printf '<%s>\n' plain '' 'two words' "$odd" "'" '"' "\$(poweroff)" 'back\slash' -n
		echo 'that was all'
	} >expected
	assert_same got expected
}

commands()
{
	cat >text <<-'END'
	echo 'it says:'
	printf '<%s>\n' "a  b" 'c\n"$HOME"' "it's" é '@x' $(echo sub $((1 + 2))) `echo old` \
	 'joined' # not this
	for i in 1 2; do echo "line $i: 100%"; done >/tmp/x && cat /tmp/x
	echo "that was all"
	END
	printf '{ "name": "text", "base": "parent.json", "command": "%s" }\n' "$(json "$(cat text)")" \
		>"$specs/text.json"
	generate "../$specs/text.json"
	build
	boots text 'it says:'
	sed -n '/^it says:/,/^that was all/p' launch.log >got
	sh text >expected
	assert_same got expected
}

# --- build directories

# One that something is compiled in
compiles_in() # NAME SHOWN
{
	mkdir -p -- "$1"
	assert_fails "$fmgen" -C "$1" hello/hello.json >refused.log 2>&1
	assert_has refused.log 'hello/hello.json:2:11: error: the build directory is '
	assert_has refused.log "nothing can be compiled in a path with the character \`$2\`"
	assert_has refused.log 'hint: choose another one: fmgen --builddir=DIR'
	assert_eq "$(ls -A -- "$1")" '' "files in $1"
}
odd_build_directories()
{
	compiles_in 'with space' ' '
	compiles_in 'with:colon' ':'
	compiles_in "with\$dollar" "\$"
	compiles_in 'with%percent' '%'
	compiles_in 'with#hash' '#'
	compiles_in "with'quote" "'"
	compiles_in 'with"quote' '"'
	compiles_in 'withé' 'é'
	compiles_in "with${newline}newline" '\n'
	compiles_in "$odd" ' '
	rmdir -- "$odd"
	mkdir fine
	"$fmgen" -C fine hello/hello.json
}

# What was built can be used there, and what is not compiled be built.
moved_there()
{
	generate ../hello/parent.json ../hello/hello.json
	build
	mv build "./$odd"
	(cd "./$odd" && ninja hello) >moved.log
	assert_has moved.log 'ninja: no work to do.'
	cp hello/hello/overlay/usr/local/bin/about-me saved
	echo 'echo built in an odd place' >>hello/hello/overlay/usr/local/bin/about-me
	(cd "./$odd" && timeout "$launch_limit" "$fmgen" launch hello) >launch.log 2>&1 </dev/null ||
		{ cat launch.log; fail "launch"; }
	assert_has launch.log 'built in an odd place'
	cp -p saved hello/hello/overlay/usr/local/bin/about-me
	echo '/* more */' >>hello/modules/fmgen_hello/fmgen_hello.c
	(cd "./$odd" && assert_fails ninja hello) >moved.log 2>&1
	assert_has moved.log 'kernel builds cannot use a path like'
	sed -i '$d' hello/modules/fmgen_hello/fmgen_hello.c
	mv "./$odd" build
	build hello
	settled hello
	(cd build/images && sha256sum -c --quiet ../../sums)
}

# --- trees that are built in place

refused() # SPEC OPTION MESSAGE
{
	mkdir -p fresh
	assert_fails "$fmgen" -C fresh "$1" >refused.log 2>&1
	assert_has refused.log "$1:"
	assert_has refused.log "error: $2: $3"
	assert_eq "$(ls -A fresh)" '' "files in a build directory after an error"
}

odd_kernel_trees()
{
	mkdir -p 'hello/odd tree'
	ln -sfn 'odd tree' hello/tree
	: >'hello/odd tree/Kconfig'
	: >'hello/odd tree/Makefile'
	for name in 'odd tree' tree; do
		printf '{ "name": "k", "base": "busybox-base.json", "workdir": ".",\n"linux": {"source": "%s"} }\n' \
			"$name" >hello/k.json
		refused hello/k.json linux.source "kernel builds cannot use a path with the character \` \`"
		printf '{ "name": "k", "base": "busybox-base.json", "workdir": ".",\n"firmware": {"opensbi-src": "%s"} }\n' \
			"$name" >hello/k.json
		refused hello/k.json firmware.opensbi-src \
			"kernel builds cannot use a path with the character \` \`"
	done
	ln -sfn "$FMGEN_CACHE/linux" 'hello/odd link'
	printf '{ "name": "k", "base": "busybox-base.json", "workdir": ".", "linux": {"source": "odd link"} }\n' \
		>hello/k.json
	refused hello/k.json linux.source "kernel builds cannot use a path with the character \` \`"
}

test_case "start from the built base" start
test_case "a chain with odd names builds" builds
test_case "warnings of kconfig name the fragment as its user knows it" warned
test_case "names of directories change no bytes" shares_with_parent
test_case "the image holds files with odd names" image_holds_them
test_case "the guest gets odd words as they are" guest_gets_the_words
test_case "the guest runs a text of many lines" commands
test_case "build directories that nothing can be compiled in" odd_build_directories
test_case "a build that moved to such a directory" moved_there
test_case "source trees with odd names" odd_kernel_trees
finish
