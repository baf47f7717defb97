#!/bin/sh
# SPDX-License-Identifier: MIT
# How messages are shown: all in one run, colours on terminals only, and the choice of what warnings
# become, which regeneration repeats.
. "${0%/*}/../lib/golden.sh"
escape=$(printf '\033')

# Three files with mistakes: in the decoding, the inheritance and the files that a spec names.
faulty()
{
	cat >parent.yaml <<'END'
name: parent
base: busybox-base.json
frobnicate: 1
cpus: none
END
	cat >one.yaml <<'END'
name: one
base: parent.yaml
mem: 12 parsecs
overlay: no-such-directory
linux: {modules: {m: no-such-module}}
END
	cat >two.yaml <<'END'
run: no-such-script
base: parent.yaml
name: [2]
END
}

all_in_one_run()
{
	faulty
	status=0
	"$fmgen" ./one.yaml ./two.yaml --builddir=b 2>said || status=$?
	assert_eq "$status" 1 status
	sed -n 's,^\.\./\([a-z]*\.yaml:[0-9:]* [a-z]*:\).*,\1,p' said >got
	cat >want <<'END'
one.yaml:3:6: error:
one.yaml:4:10: error:
one.yaml:5:22: error:
two.yaml:1:6: error:
two.yaml:3:7: error:
parent.yaml:3:1: warning:
parent.yaml:4:7: error:
END
	assert_same got want
	assert_missing b/build.ninja
}

# With a terminal as standard error, which script(1) makes.
colours()
{
	need script
	faulty
	unset NO_COLOR
	on_terminal 'TERM=xterm'
	assert_has seen "$escape"
	assert_has seen 'is no option'
	on_terminal 'TERM=xterm NO_COLOR=1'
	assert_lacks seen "$escape"
	on_terminal 'TERM=dumb'
	assert_lacks seen "$escape"
	TERM=xterm "$fmgen" ./one.yaml 2>seen || :
	assert_has seen 'is no option'
	assert_lacks seen "$escape"
	on_terminal 'TERM=xterm' --diagnostics=json
	assert_lacks seen "$escape"
}

on_terminal() # VARIABLES [OPTION]
{
	script -qec "env $1 '$fmgen' ${2-} ./one.yaml" /dev/null >seen </dev/null || :
	[ -s seen ] || fail "nothing was shown"
}

regeneration_repeats()
{
	need ninja
	cat >w.json <<'END'
{"name": "w", "base": "busybox-base.json", "comand": "true",}
END
	"$fmgen" -W no-json -E no-effect ./w.json 2>said
	assert_lacks said '[json]'
	assert_has said '[unknown-option]'
	cp out/command before
	sed -i 's/comand/outputz/' w.json
	ninja build.ninja >said 2>&1 || { cat said; fail "no regeneration"; }
	assert_lacks said '[json]'
	assert_has said outputz
	assert_same out/command before
	"$fmgen" --strict ./w.json 2>said && fail "--strict took it"
	"$fmgen" -E unknown-option ./w.json 2>said && fail "-E took it"
	assert_same out/command before
}

kernel_options_are_asked_for()
{
	cat >w.json <<'END'
{"name": "w", "base": "busybox-base.json"}
END
	"$fmgen" ./w.json
	grep -h ineffective out/args/kconfig-* && fail "asked for without need"
	"$fmgen" -E kconfig ./w.json
	assert_eq "$(grep -h ineffective out/args/kconfig-*)" --ineffective=error
	"$fmgen" --werror -Wno-kconfig ./w.json
	assert_eq "$(grep -h ineffective out/args/kconfig-*)" --ineffective=hide
}

test_case "all mistakes are said in one run, sorted and once" all_in_one_run
test_case "there are colours on terminals only" colours
test_case "regeneration repeats what warnings become" regeneration_repeats
test_case "kconfig hears what becomes of its warnings" kernel_options_are_asked_for
finish
