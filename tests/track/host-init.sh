#!/bin/sh
# SPDX-License-Identifier: MIT
# host-init behind the build tool: when it runs, and which of its effects run what. No kernel is needed: the
# workloads put an overlay over an image of the user's.
# shellcheck disable=SC2016 # scripts are written in single quotes
. "${0%/*}/../lib/harness.sh"
. "$srcdir/tests/lib/tool.sh"
export FMGEN_CACHE="$work/cache"
export PATH="$PATH:/sbin:/usr/sbin"

# A script in DIR: it adds NAME to the file "ran", then runs the commands. $top is the test's directory.
script() # DIR NAME COMMANDS
{
	mkdir -p "$1"
	printf '#!/bin/sh -eu\necho %s >>"%s/ran"\n%s\n' "$2" "$PWD" "$3" >"$1/$2"
	chmod +x "$1/$2"
}

# The workload NAME with an overlay, which its host-init writes from NAME/input.
workload() # NAME BASE HOST-INIT
{
	script "$1" "$1.sh" 'mkdir -p over; cp input over/file; cp input out.txt'
	echo 1 >"$1/input"
	printf 'name: %s\nbase: %s\noverlay: over\nhost-init: %s\n' "$1" "$2" "$3" >"$1.yaml"
}

setup()
{
	need debugfs
	mkdir -p disk/root
	"$fmgen" ext4 --out=disk/disk.img --layer=disk/root --margin=4194304
	printf 'name: disk\nbase: bare\nimg: disk.img\n' >disk.yaml
}

generate() # NAME...
{
	set -- "$@" --
	while [ "$1" != -- ]; do
		set -- "$@" "./$1.yaml"
		shift
	done
	shift
	"$fmgen" --builddir=b -G "$generator" "$@"
}

# builds TARGET SCRIPTS STAGES: the tool runs just these scripts of the user's, and stages beside them
builds()
{
	: >ran
	tool b "$1" >log 2>&1 || { cat log; fail "$generator $1"; }
	assert_eq "$(sort ran | tr '\n' ' ')" "${2:+$2 }" "scripts that ran"
	assert_eq "$(stages log | grep -v SCAN | tr '\n' ' ')" "${3:+$3 }" "stages that ran"
}

in_image() { debugfs -R "cat $2" "b/images/$1.img" 2>/dev/null; } # NAME PATH

runs_each_time()
{
	setup
	workload w disk.yaml w.sh
	generate w
	builds w w.sh 'GIVEN HOST-INIT IMAGE PUBLISH'
	assert_eq "$(in_image w /file)" 1
	builds w w.sh HOST-INIT
	builds all w.sh HOST-INIT
	builds images/w.img w.sh HOST-INIT
	echo 2 >w/input
	builds w w.sh 'HOST-INIT IMAGE PUBLISH'
	assert_eq "$(in_image w /file)" 2
	builds w w.sh HOST-INIT
	echo 'by hand' >w/over/other
	builds w w.sh 'HOST-INIT IMAGE PUBLISH'
	assert_eq "$(in_image w /other)" 'by hand'
	rm -r w/over
	builds w w.sh 'HOST-INIT IMAGE PUBLISH'
	builds w w.sh HOST-INIT
	generate w
	builds w w.sh HOST-INIT
}

gets_words()
{
	setup
	script w see.sh 'pwd >seen; printf "<%s>" "$@" >>seen; echo "$LC_ALL$TZ${SOURCE_DATE_EPOCH-}${FMGEN_SAY-}$dir$out" >>seen; umask >>seen'
	printf 'name: w\nbase: disk.yaml\nhost-init: see.sh "a b" $HOME *  "" --x=\n' >w.yaml
	generate w
	umask 027
	LC_ALL=X TZ=Y dir=d out=o tool b >log
	assert_eq "$(cat w/seen)" "$PWD/w
<a b><\$HOME><*><><--x=>XYdo
0027"
}

says_what_failed()
{
	setup
	workload w disk.yaml w.sh
	script w w.sh 'echo this went wrong >&2; exit 3'
	generate w
	assert_fails tool b >log 2>&1
	assert_has log 'failed with status 3'
	assert_has log 'this went wrong'
	assert_missing b/images/w.img
	script w w.sh 'mkdir -p over'
	tool b >log
	assert_exists b/images/w.img
}

of_a_parent()
{
	setup
	workload p disk.yaml 'p.sh x'
	workload c p.yaml c.sh
	printf 'name: other\nbase: p.yaml\nhost-init: other.sh\n' >other.yaml
	script other other.sh :
	generate c other
	builds c 'c.sh p.sh' 'GIVEN HOST-INIT IMAGE PUBLISH'
	assert_eq "$(cat ran)" 'p.sh
c.sh' order
	builds c c.sh HOST-INIT
	echo 2 >p/input
	builds c c.sh HOST-INIT
	echo hand >p/over/other
	builds c c.sh 'HOST-INIT IMAGE PUBLISH'
	assert_eq "$(in_image c /other)" hand
	echo '# edited' >>p/p.sh
	builds c 'c.sh p.sh' 'HOST-INIT IMAGE'
	sed -i 's/p.sh x/p.sh y/' p.yaml
	: >ran
	tool b c >log
	assert_eq "$(sort ran | tr '\n' ' ')" 'c.sh p.sh '
	builds c c.sh HOST-INIT
	builds p '' PUBLISH
	builds p '' ''
	builds other other.sh 'HOST-INIT PUBLISH'
	generate p c
	builds c 'c.sh p.sh' HOST-INIT
}

of_jobs()
{
	setup
	workload w disk.yaml w.sh
	script w job.sh 'mkdir -p jobover; echo job >jobover/job'
	cat >>w.yaml <<-'END'
		jobs:
		  - {name: a, overlay: jobover, host-init: job.sh}
		  - {name: b}
	END
	generate w
	builds w w.sh 'GIVEN HOST-INIT IMAGE PUBLISH'
	builds w-b w.sh 'HOST-INIT PUBLISH'
	builds w-a 'job.sh w.sh' 'HOST-INIT IMAGE PUBLISH'
	builds all 'job.sh w.sh' HOST-INIT
}

as_a_map()
{
	setup
	workload w disk.yaml '{script: w.sh, inputs: [input], outputs: [over, out.txt]}'
	echo mine >w/mine
	echo 'files: [[mine, /mine], [out.txt, /]]' >>w.yaml
	generate w
	builds w w.sh 'GIVEN HOST-INIT IMAGE PUBLISH'
	builds w '' ''
	assert_has log "$idle"
	touch w/input w/w.sh
	builds w '' ''
	echo 2 >w/input
	builds w w.sh 'HOST-INIT IMAGE PUBLISH'
	assert_eq "$(in_image w /file) $(in_image w /out.txt)" '2 2'
	echo '# edited' >>w/w.sh
	builds w w.sh HOST-INIT
	rm w/out.txt
	builds w w.sh HOST-INIT
	rm -r w/over
	builds w w.sh HOST-INIT
	echo hand >w/over/other
	builds w '' 'IMAGE PUBLISH'
	echo edited >w/mine
	builds w '' 'IMAGE PUBLISH'
	builds w '' ''
	script w w.sh 'rm -f out.txt'
	assert_fails tool b >log 2>&1
	assert_has log 'the script has not made'
	assert_has log 'w/out.txt'
}

# A child in the directory of all: the scripts of those that it is based on, and of others, stay apart.
in_one_directory()
{
	setup
	workload p disk.yaml p.sh
	echo 'deps: ../c.sh' >>p.yaml
	printf 'name: c\nbase: p.yaml\nworkdir: .\ndeps: [p/over, made]\nhost-init: c.sh\n' >c.yaml
	script . c.sh 'echo c >made'
	printf 'name: d\nbase: p.yaml\nworkdir: .\ndeps: [made]\nhost-init: d.sh\n' >d.yaml
	script . d.sh 'echo d >made.d'
	generate p c d
	builds p p.sh 'GIVEN HOST-INIT IMAGE PUBLISH'
	builds c 'c.sh p.sh' 'HOST-INIT IMAGE PUBLISH'
	builds p p.sh HOST-INIT
	builds d 'd.sh p.sh' 'HOST-INIT IMAGE PUBLISH'
	echo '# edited' >>c.sh
	builds p p.sh 'HOST-INIT IMAGE'
}

# The parent always runs, and makes what the child's map reads.
map_behind_words()
{
	setup
	workload p disk.yaml p.sh
	workload c p.yaml '{script: c.sh, inputs: [../p/over/file], outputs: [over]}'
	script c c.sh 'mkdir -p over; cat ../p/over/file >over/twice'
	generate p c
	builds all 'c.sh p.sh' 'GIVEN HOST-INIT IMAGE PUBLISH'
	builds all p.sh HOST-INIT
	echo 2 >p/input
	builds all 'c.sh p.sh' 'HOST-INIT IMAGE PUBLISH'
	assert_eq "$(in_image c /twice)" 2
}

makes_a_binary()
{
	setup
	script w make.sh 'cp source prog'
	echo code >w/source
	printf 'name: w\nbase: bare\nbin: prog\nhost-init: make.sh\n' >w.yaml
	generate w
	builds w make.sh 'GIVEN HOST-INIT PUBLISH'
	assert_same b/images/w-bin w/source
	builds w make.sh HOST-INIT
	script w make.sh :
	rm w/prog
	assert_fails tool b >log 2>&1
	assert_has log 'bin: ../w/prog is not there, and no host-init has made it'
}

fails_at() # PLACE TEXT...
{
	assert_fails tool b >log 2>&1
	assert_has log "$1: host-init-"
	shift
	for text; do
		assert_has log "$text"
	done
	assert_missing b/images/w.img
}

# Processes that work in the workload's directory.
working()
{
	for process in /proc/[0-9]*; do
		[ "$(readlink "$process/cwd" 2>/dev/null)" != "$PWD/w" ] || echo "${process#/proc/}"
	done
}

# It is stopped after half of its work: nothing of that is built, and the next build does it all.
is_stopped()
{
	need setsid
	setup
	workload w disk.yaml "$1"
	script w w.sh 'mkdir -p over; cp input over/file
		if [ -e slow ]; then
			echo half >over/file; : >begun; sleep 30 & wait; cp input over/file
		fi'
	generate w
	tool b >log
	for signal in INT KILL; do
		: >w/slow
		echo "$signal" >w/input
		(cd b && exec setsid env --default-signal=INT "$generator" w) >log 2>&1 &
		until [ -e w/begun ]; do sleep 0.1; done
		kill "-$signal" "-$!"
		wait $! && fail "the build did not fail"
		tries=0
		while [ -n "$(working)" ]; do
			tries=$((tries + 1))
			[ "$tries" -lt 100 ] || fail "running after $signal: $(working)"
			sleep 0.1
		done
		assert_eq "$(cat w/over/file)" half
		rm w/begun w/slow
		tool b >log
		assert_eq "$(in_image w /file)" "$signal"
	done
}

# What is read before it has run must stay as it is.
changes_what_others_share()
{
	setup
	workload w disk.yaml w.sh
	script w w.sh 'mkdir -p over; cp input ../shared'
	echo 0 >shared
	echo 'files: [[../shared, /s]]' >>w.yaml
	generate w
	fails_at w.yaml:4:12 'host-init changed what had been read before it ran' '../shared: contents' outputs
	builds w w.sh 'HOST-INIT IMAGE PUBLISH'
	assert_eq "$(in_image w /s)" 1
	sed -i 's/^host-init.*/host-init: {script: w.sh, inputs: [input], outputs: [over, ..\/shared]}/' w.yaml
	echo 3 >w/input
	tool b >log
	assert_eq "$(in_image w /s)" 3
	builds w '' ''
}

# A tree that a parent's script writes is compared with what that one has made of it.
changes_what_a_parent_makes()
{
	setup
	workload p disk.yaml p.sh
	workload w p.yaml w.sh
	generate w
	builds w 'p.sh w.sh' 'GIVEN HOST-INIT IMAGE PUBLISH'
	rm b/images/w.img
	script w w.sh 'mkdir -p over; echo x >>../p/over/file; chmod 700 ../p/over'
	fails_at w.yaml:4:12 'p/over: mode 755 -> 700' 'p/over/file: contents'
}

refuses()
{
	setup
	workload w disk.yaml '{script: none.sh, inputs: [nothing], outputs: [over]}'
	echo 'files: [[other, /]]' >>w.yaml
	assert_fails generate w 2>err
	assert_has err 'host-init: there is no'
	assert_has err 'host-init.inputs: there is no'
	assert_has err 'files: there is no'
	assert_lacks err overlay:
}

test_case "it runs on each build, and what it changes is built" runs_each_time
test_case "it gets words, directory and environment as they are" gets_words
test_case "its failure ends the build" says_what_failed
test_case "a parent's runs once, before the child's" of_a_parent
test_case "a job's runs with it" of_jobs
test_case "a map of inputs and outputs is precise" as_a_map
test_case "a map behind a script that always runs" map_behind_words
test_case "workloads in one directory run their own only" in_one_directory
test_case "a binary that it makes" makes_a_binary
test_case "it is stopped in the middle" is_stopped w.sh
test_case "a map is stopped in the middle" is_stopped '{script: w.sh, inputs: [input], outputs: [over]}'
test_case "it must leave alone what others share" changes_what_others_share
test_case "it must leave alone what a parent's makes" changes_what_a_parent_makes
test_case "what cannot be there is refused" refuses
finish
