#!/bin/sh
# SPDX-License-Identifier: MIT
# Completion, by the shells themselves. Each is asked for the words that may follow a command line.
. "${0%/*}/../lib/golden.sh"

build_directory()
{
	mkdir out sub
	touch one.json two.yaml other.txt sub/three.yml
	printf 'first\nsecond\n' >out/named
}

ask_bash() # LINE
{
	bash --norc --noprofile -c '
		source "$1"
		line=$2
		# The words as bash makes them: = is one of its own.
		COMP_WORDS=(${line//=/ = })
		[[ $line != *" " ]] || COMP_WORDS+=("")
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		_fmgen
		printf "%s\n" "${COMPREPLY[@]}"' bash "$PWD/script" "$1"
}

ask_fish() # LINE
{
	# shellcheck disable=SC2016
	HOME=$PWD fish --no-config -c 'source script; complete -C $argv[1]' "$1" | cut -f 1
}

# Types the line into a zsh on a terminal of its own, and prints what is listed.
ask_zsh() # LINE
{
	mkdir -p functions
	cp script functions/_fmgen
	cat >ask.zsh <<-'END'
	zmodload zsh/zpty
	zpty z zsh -f -i
	zpty -w z 'PS1=; PS2=; stty -echo; fpath=($PWD/functions $fpath); autoload -Uz compinit; compinit -u -D'
	zpty -w z 'zstyle ":completion:*" list-separator "  #"; zstyle ":completion:*" menu no; unsetopt list_types; LISTMAX=1000; COLUMNS=200'
	zpty -w z 'words_of() { compadd() { local -a all; builtin compadd -A all "$@"; (( $#all )) && print -rl -- "ADD:"$^all >>added; builtin compadd "$@" }; _main_complete; unfunction compadd }; zle -C ask complete-word words_of; bindkey "^I" ask; print READY'
	while zpty -r z line && [[ $line != *READY* ]]; do :; done
	zpty -w -n z "$1"$'\t'
	for (( i = 0; i < 100; i++ )); do [[ -s added ]] && break; sleep 0.1; done
	sleep 0.3
	zpty -d z
	END
	rm -f added
	: >added
	HOME=$PWD timeout 60 zsh -f ask.zsh "$1" >/dev/null 2>&1 || :
	sed -n 's/^ADD://p' added
}

# expect LINE HAS... [! LACKS...]
expect()
{
	"ask_$shell" "$1" >answer
	line=$1
	shift
	wanted=1
	for word; do
		if [ "$word" = ! ]; then
			wanted=
		elif grep -qxE -e "${word}[ =/]*" answer; then
			[ -n "$wanted" ] || { cat answer; fail "$line: $word"; }
		else
			[ -z "$wanted" ] || { cat answer; fail "$line: no $word"; }
		fi
	done
}

completes() # SHELL
{
	shell=$1
	need "$shell"
	build_directory
	"$fmgen" completions "$shell" >script
	expect 'fmgen bu' build ! launch
	expect 'fmgen o' one.json ! other.txt
	expect 'fmgen build ' one.json two.yaml sub ! other.txt first
	expect 'fmgen build --no' --no-disk ! --werror
	expect 'fmgen launch ' first second one.json
	expect 'fmgen launch -b ' qemu ! one.json
	expect 'fmgen build -W ' json kconfig ! one.json
	expect 'fmgen -C ' sub ! one.json
	expect 'fmgen completions ' bash zsh fish
}

# The shells differ in what they call the word.
completes_value() # SHELL PREFIX
{
	shell=$1
	need "$shell"
	build_directory
	"$fmgen" completions "$shell" >script
	expect 'fmgen --dump=' "$2doc" "$2spec" "$2graph"
	expect 'fmgen --dump=s' "$2spec" ! "$2graph"
}

# Each option that --help tells of can be completed.
has_all_options()
{
	need bash
	"$fmgen" completions bash >script
	for verb in $(bash -c '. ./script; echo $_fmgen_verbs'); do
		shell=bash
		"$fmgen" "$verb" --help | sed -n 's/^.* \(--[a-z-]*\)[= ].*/\1/p' >options
		while IFS= read -r option; do expect "fmgen $verb --" "$option"; done <options
	done
	[ -s script ] || fail "no script"
}

unknown_shell()
{
	assert_fails "$fmgen" completions tcsh >out 2>err
	assert_has err 'bash, zsh or fish'
	[ ! -s out ] || fail "something was printed"
}

for shell in bash zsh fish; do
	test_case "$shell completes verbs, options, boards, specs and names" completes "$shell"
done
test_case "bash completes the value of an option" completes_value bash ''
test_case "zsh completes the value of an option" completes_value zsh ''
test_case "fish completes the value of an option" completes_value fish --dump=
test_case "all options are there" has_all_options
test_case "another shell is refused" unknown_shell
finish
