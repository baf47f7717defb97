#!/bin/sh
# SPDX-License-Identifier: MIT
# What is built, boots: from memory, with and without a module, at the end of a chain.
. "${0%/*}/../lib/e2e.sh"
shared_dir=1

start()
{
	from_base
}

boots_from_memory()
{
	build hello-nodisk
	launch -d hello
	assert_eq "$status" 0
	assert_has launch.log 'Hello from a module'
	assert_has launch.log 'the overlay of the workload "parent"'
}

# A grandchild of three: the command is its own, the module is switched off, the files are all there.
chain_of_three()
{
	mkdir -p hello/third
	echo 'a file of the third' >hello/third/file
	ln -s ../etc/third hello/third/link
	cat >hello/third.json <<-'END'
	{
	  "name": "third",
	  "base": "hello.json",
	  "linux": {"modules": {"fmgen_hello": null}},
	  "files": [["file", "/etc/third"], ["link", "/opt/made/on/the/way/"]],
	  "command": "cat /etc/third /opt/made/on/the/way/link /etc/motd; cat /proc/fmgen_hello || echo no driver; exit 3"
	}
	END
	generate ../hello/parent.json ../hello/hello.json ../hello/third.json
	build third
	ran rootfs-base rootfs initramfs link bin
	launch third
	assert_eq "$status" 3 "status of the guest"
	assert_has launch.log 'a file of the third'
	assert_has launch.log 'the overlay of the workload "parent"'
	assert_has launch.log 'no driver'
	assert_lacks launch.log 'Hello from a module'
}

# A child of hello without run and command behaves as hello.
silent_child()
{
	echo '{"name": "silent", "base": "hello.json"}' >hello/silent.json
	generate ../hello/parent.json ../hello/hello.json ../hello/silent.json
	build silent
	ran_nothing
	assert_same build/images/silent.img build/images/hello.img
	assert_same build/images/silent-bin build/images/hello-bin
	boots silent 'Hello from a module'
}

second_module()
{
	mkdir -p hello/two/base_module hello/two/top_module
	cat >hello/two/base_module/base_module.c <<-'END'
	#include <linux/module.h>
	int base_answer(void);
	int base_answer(void) { return 42; }
	EXPORT_SYMBOL_GPL(base_answer);
	MODULE_LICENSE("GPL");
	END
	echo 'obj-m := base_module.o' >hello/two/base_module/Kbuild
	cat >hello/two.json <<-'END'
	{
	  "name": "two", "base": "busybox-base.json",
	  "linux": {"config": "../parent/linux.config", "modules": {"base_module": "base_module"}},
	  "command": "cat /proc/modules; find /lib/modules -name '*.ko'"
	}
	END
	generate ../hello/parent.json ../hello/hello.json ../hello/two.json
	build two
	ran module initramfs link bin rootfs
	boots two 'base_module ' 'base_module.ko'
}

test_case "start from the built base" start
test_case "a workload boots with its root in memory" boots_from_memory
test_case "a chain of three boots; a driver set to null is gone; the status is the guest's" chain_of_three
test_case "a child without a command is its parent" silent_child
test_case "another module is loaded" second_module
finish
