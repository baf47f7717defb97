// SPDX-License-Identifier: MIT
/* A kernel module as small as one can be that shows itself: /proc/fmgen_hello holds a sentence. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

static int hello_show(struct seq_file *file, void *unused)
{
	seq_puts(file, "Hello from a module that fmgen built.\n");
	return 0;
}

static int __init hello_init(void)
{
	if (!proc_create_single("fmgen_hello", 0444, NULL, hello_show))
		return -ENOMEM;
	return 0;
}

static void __exit hello_exit(void)
{
	remove_proc_entry("fmgen_hello", NULL);
}

module_init(hello_init);
module_exit(hello_exit);

MODULE_DESCRIPTION("A sentence in /proc/fmgen_hello");
MODULE_LICENSE("Dual MIT/GPL");
