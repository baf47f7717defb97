#!/bin/sh
# SPDX-License-Identifier: MIT
# scripts/kconfig against a tree whose configuration knows two options.
. "${0%/*}/../lib/harness.sh"

setup()
{
	need make flex bison bc gcc ld
	mkdir -p tree/scripts/kconfig
	printf 'config A\n\tbool\nconfig B\n\tbool\n' >tree/Kconfig
	printf 'outputmakefile: ;\n' >tree/Makefile
	cat >tree/scripts/kconfig/merge_config.sh <<'END'
#!/bin/sh
echo CONFIG_A=y >"$3/.config"
END
	chmod +x tree/scripts/kconfig/merge_config.sh
	printf 'CONFIG_A=y\n# a comment\nCONFIG_B=y\nCONFIG_C=m\n' >fragment
}

kconfig() # OPTION...
{
	status=0
	sh "$data/scripts/kconfig" --out=k --source=tree --arch=riscv --cross= --target=allnoconfig \
		--fragment=fragment "$@" >said 2>&1 || status=$?
	grep fragment: said >of-fragment || :
}

by_default_they_are_warnings()
{
	setup
	kconfig
	assert_eq "$status" 0 status
	cat >want <<'END'
fragment:3: warning: CONFIG_B=y did not take effect (it is now: not set) [kconfig]
fragment:4: warning: CONFIG_C=m did not take effect: it does not exist in this kernel [kconfig]
END
	assert_same of-fragment want
	assert_exists k/config
}

they_can_be_errors()
{
	setup
	kconfig --ineffective=error
	assert_eq "$status" 1 status
	assert_has of-fragment 'fragment:3: error: CONFIG_B=y did not take effect'
	assert_missing k/config
}

they_can_be_hidden()
{
	setup
	kconfig --ineffective=hide
	assert_eq "$status" 0 status
	[ ! -s of-fragment ] || fail "$(cat of-fragment)"
	assert_exists k/config
}

test_case "options without effect are reported with their line" by_default_they_are_warnings
test_case "on request they fail the stage" they_can_be_errors
test_case "on request they are not reported" they_can_be_hidden
finish
