#!/bin/sh
# SPDX-License-Identifier: MIT
# The program `marshal` for those who have FireMarshal's command lines in their scripts: what it calls
# fmgen with, and what comes of several workloads.
# shellcheck disable=SC2016
. "${0%/*}/../lib/stub.sh"
shared_dir=1
marshal=$work/bin/marshal

# A marshal beside an fmgen that only tells its arguments, one a line.
install_echo()
{
	mkdir -p bin
	cp "$srcdir/scripts/marshal" bin
	printf '#!/bin/sh\nprintf "%%s\\n" "$@"\n' >bin/fmgen
	chmod +x bin/fmgen
}

# calls EXPECTED WORD...: the words with | between
calls()
{
	expected=$1
	shift
	assert_eq "$("$marshal" "$@" | tr '\n' '|')" "$expected|"
}

command_lines()
{
	install_echo
	calls 'build|--keep-going|w.json' build w.json
	calls 'build|--keep-going|-B|w.json' build -B w.json
	calls 'build|--keep-going|-B|-I|w.json' build --binOnly --imgOnly w.json
	calls 'launch|w.json' launch w.json
	calls 'launch|-s|-a|w.json' launch -s -a w.json
	calls 'launch|-j|one|-j|two|w.json' launch -j one -j two w.json
	calls 'test|-m|runOutput/w|w.json' test -m runOutput/w w.json
	calls 'install|-t|prototype|w.json' install -t prototype w.json
	calls 'clean|w.json' clean w.json
	calls 'clean|--stale' clean --stale
}

global_options()
{
	install_echo
	calls 'launch|--no-disk|w.json' -d launch w.json
	calls 'launch|--no-disk|w.json' -i launch w.json
	calls 'launch|--no-disk|w.json' --nodisk launch w.json
	calls 'launch|--verbose|--no-disk|w.json' -vd launch w.json
	calls 'test|--workdir=some dir|w.json' --workdir 'some dir' test w.json
	calls 'install|--werror|--workdir=x|w.json' --workdir=x --werr install w.json
	calls 'build|--keep-going|--builddir=b|w.json' -C b build w.json
	# To clean is the same whatever was built.
	calls 'clean|w.json' -d -v --werr --workdir x clean w.json
}

odd_words()
{
	install_echo
	calls "launch|-j|it's|a b.json|\$x.json" launch -j "it's" 'a b.json' "\$x.json"
	calls "build|--keep-going|--no-disk|a'b.json" build --nodisk "a'b.json"
}

refused() # TEXT WORD...
{
	text=$1
	shift
	status=0
	"$marshal" "$@" >log 2>&1 || status=$?
	assert_eq "$status" 2
	assert_has log "$text"
}

mistakes()
{
	install_echo
	refused 'bild is not one of build, launch, test, clean, install' bild w.json
	refused '-a is no option' -a launch w.json
	refused '--workdir needs a directory' --workdir
	refused '-j needs a value' launch -j
	refused 'marshal [OPTION...] VERB'
	# fmgen itself has them behind it.
	assert_fails "$fmgen" -d build w.json >log 2>&1
	assert_has log 'options come behind the verb: `fmgen build [options]'
	"$marshal" --help >log
	assert_has log 'marshal [OPTION...] VERB'
}

# What one workload has wrong does not keep the others from being built.
several()
{
	install_stub
	cp "$srcdir/scripts/marshal" inst/bin
	marshal=$work/inst/bin/marshal
	write_family
	mkdir -p b
	cd b
	echo '{"name": "bad2", "base": "nowhere.json"}' >../src/bad2.json
	printf '#!/bin/sh\nexit 3\n' >../src/fails.sh
	chmod +x ../src/fails.sh
	echo x >../src/x
	echo '{"name": "fails", "workdir": ".", "bin": "x", "host-init": "fails.sh"}' >../src/fails.json
	assert_fails "$marshal" -C . build ../src/bad2.json ../src/family.json ../src/fails.json >log 2>&1
	assert_has log nowhere.json
	assert_exists images/family.img images/family-same.img
	assert_missing images/fails-bin
	"$marshal" build ../src/family.json >log 2>&1
	assert_has log 'no work to do'
	"$marshal" -d build ../src/family.json
	assert_exists images/family-bin-nodisk
	assert_fails "$marshal" clean ../src/bad2.json ../src/family.json >log 2>&1
	assert_has log 'bad2.json is not the spec of a workload of this build'
	assert_has log 'clean --stale'
	assert_missing images/family.img
}

installed()
{
	need make
	make -s -C "$srcdir" B="$build" install DESTDIR="$work/root" PREFIX=/usr DATADIR=/usr/share/fmgen >/dev/null
	assert_exists root/usr/bin/marshal root/usr/share/man/man1/marshal.1
	root/usr/bin/marshal --version >version
	assert_has version fmgen
	assert_exists root/usr/share/fmgen/boards/firechip/installers/firesim/install
}

test_case "FireMarshal's command lines" command_lines
test_case "options before the verb" global_options
test_case "odd names stay whole" odd_words
test_case "mistakes are told" mistakes
test_case "of several workloads the good ones are built" several
test_case "make install brings it" installed
finish
