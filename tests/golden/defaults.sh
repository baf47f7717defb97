#!/bin/sh
# SPDX-License-Identifier: MIT
# What the plan holds of options that a spec does not set, and of those that a grandparent set: each
# is a line of a stage's parameters.
. "${0%/*}/../lib/golden.sh"

generate()
{
	mkdir -p leaf up/root/mod leaf/leaf
	: >up/root/run.sh
	: >up/root/a.config
	touch up/root/Kconfig up/root/Makefile
	cat >leaf/leaf.yaml <<-'END'
		name: leaf
		base: ../middle.yaml
		linux: {}
		deps: .
		overlay: .
		jobs: [{name: job, overlay: ., command: "true"}]
	END
	cat >up/root.yaml
	echo '{name: middle, base: up/root.yaml}' >middle.yaml
	"$fmgen" --builddir build ./leaf/leaf.yaml 2>log || { cat log; fail "fmgen"; }
}

# For leaf and for its job: each line "STAGE WORDS" is in the parameters of that stage.
planned()
{
	while read -r stage line; do
		for workload in leaf leaf-job; do
			cat build/out/args/"$(echo "$stage" | sed "s/NAME/$workload/")"* >args
			grep -qxF -e "$line" args || { cat args; fail "$workload: $stage: no $line"; }
		done
	done
}

absent()
{
	generate <<-'END'
		name: root
		base: busybox
	END
	planned <<-'END'
		kconfig --source=@fetch/linux-1.0
		kconfig --fragment=@board/linux.config
		firmware --source=@fetch/opensbi-1.0
		rootfs-base --size=0
		rootfs-base --margin=268435456
		launch-NAME --cpus=4
		launch-NAME --mem=17179869184
		launch-NAME --program=qemu-system-riscv64
		launch-NAME-nodisk-spike --program=spike
	END
	cat build/out/args/launch-* build/out/args/firmware-* >args
	assert_lacks args --arg=
	for module in build/out/args/module-*; do
		[ ! -e "$module" ] || fail "$module"
	done
}

inherited()
{
	mkdir -p up/root/sbi/firmware
	: >up/root/sbi/firmware/fw_payload.S
	generate <<-'END'
		name: root
		base: busybox
		linux: {source: ., config: a.config, modules: {m: mod}}
		firmware: {opensbi-src: sbi, opensbi-build-args: A=1}
		rootfs-size: 1GiB
		cpus: 2
		mem: 512
		qemu: ./my-qemu
		qemu-args: -s
		spike: my-spike
		spike-args: --log
	END
	planned <<-END
		kconfig --source=../up/root
		kconfig --fragment=@board/linux.config
		kconfig --fragment=../up/root/a.config
		module --name=m
		firmware --source=../up/root/sbi
		firmware --arg=A=1
		rootfs-base --size=1073741824
		launch-NAME --cpus=2
		launch-NAME --mem=536870912
		launch-NAME --program=../up/root/my-qemu
		launch-NAME --arg=-s
		launch-NAME-nodisk-spike --program=my-spike
		launch-NAME-nodisk-spike --arg=--log
	END
}

test_case "what is absent has its default" absent
test_case "what a grandparent set is planned" inherited
finish
