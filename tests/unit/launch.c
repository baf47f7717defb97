/* SPDX-License-Identifier: MIT */
/* The command line of a simulator, and what the log of a console says. */
#include "run/machine.h"
#include "run/uartlog.h"

#include "lib/unit.h"

#include <stdlib.h>
#include <unistd.h>

/* Reads a log of these bytes, in two parts that are cut at `cut`. */
static struct uartlog read_log(const char *text, size_t len, size_t cut)
{
	char path[] = "/tmp/fmgen-unit-XXXXXX";
	int fd = mkstemp(path);
	struct uartlog u = {.fd = -1};

	CHECK(fd >= 0 && uartlog_open(&u, path));
	CHECK_INT(write(fd, text, cut), (long long)cut);
	uartlog_read(&u);
	CHECK_INT(write(fd, text + cut, len - cut), (long long)(len - cut));
	uartlog_close(&u);
	close(fd);
	unlink(path);
	return u;
}

static int status_of(const char *text)
{
	return read_log(text, strlen(text), 0).status;
}

static void reads_the_status(void)
{
	CHECK_INT(status_of(""), -1);
	CHECK_INT(status_of("hello\r\n"), -1);
	CHECK_INT(status_of("fmgen: exit 0\r\n"), 0);
	CHECK_INT(status_of("fmgen: exit 7"), 7);
	CHECK_INT(status_of("fmgen: exit 7\nfmgen: exit 8\nbye\n"), 8);
	CHECK_INT(status_of("no newlinefmgen: exit 3\r\r\n"), 3);
	CHECK_INT(status_of("fmgen: exit 4[    1.0] reboot: Power down\n"), 4);
	CHECK_INT(status_of("fmgen: exit 256\n"), 255);
	CHECK_INT(status_of("fmgen: exit 99999999999999999999\n"), 255);
	CHECK_INT(status_of("fmgen: exit \nfmgen: exit x\nfmgen: exit 1x\nfmgen: exit -1\n"), -1);
}

static void reads_in_parts(void)
{
	const char *text = "fmgen: exit 12\r\nx\n";

	for (size_t cut = 0; cut <= strlen(text); cut++)
		CHECK_INT(read_log(text, strlen(text), cut).status, 12);
}

static void takes_any_bytes(void)
{
	const char text[] = "\0\xff\0fmgen: exit 5\n\0\0";
	size_t len = 200000;
	char *line = malloc(len);

	CHECK_INT(read_log(text, sizeof(text), 3).status, 5);
	memset(line, 'x', len);
	memcpy(line + len - 14, "\nfmgen: exit 6", 14);
	CHECK_INT(read_log(line, len, 70000).status, 6);
	free(line);
}

static void knows_a_panic(void)
{
	const char *panic = "[ 0.1] Kernel panic - not syncing: no init\n";
	const char *after = "Kernel panic - not syncing: x\nfmgen: exit 0\n";
	const char *before = "fmgen: exit 0\nKernel panic - not syncing: x\n";

	CHECK(read_log(panic, strlen(panic), 9).panicked);
	CHECK(!read_log(after, strlen(after), 0).panicked);
	CHECK(read_log(before, strlen(before), 0).panicked);
}

/* The command of these words, separated by '|'; NULL where there is none. */
static const char *command(struct arena *a, char **words, int n, const char *img)
{
	struct places p = {"b,in", img, "2", "64", "l,og"};
	struct args out = {0};
	struct machine m;
	const char *text = "";

	if (!machine_read(a, &m, n, words) || !machine_command(a, &m, &p, &out))
		return NULL;
	for (size_t i = 0; i < out.n; i++)
		text = arena_printf(a, "%s%s%s", text, i ? "|" : "", out.v[i]);
	return text;
}

#define WORDS(...) ((char *[]){"boot", "--name=w", "--bin=x", "--program=q", __VA_ARGS__})
#define COMMAND(img, ...) \
	command(&a, WORDS(__VA_ARGS__), (int)(sizeof(WORDS(__VA_ARGS__)) / sizeof(char *)), img)

static void fills_templates(void)
{
	struct arena a = {0};

	CHECK_STR(COMMAND(NULL, "--machine-arg=-smp", "--machine-arg={cpus}", "--arg={mem}, x"),
		  "q|-smp|2|{mem}, x");
	CHECK_STR(COMMAND(NULL, "--machine-arg={bin}", "--machine-arg=file={bin},x={mem}M"),
		  "q|b,in|file=b,,in,x=64M");
	CHECK_STR(COMMAND(NULL, "--arg=u", "--machine-arg={args}", "--machine-arg={bin}"),
		  "q|u|b,in");
	CHECK_STR(COMMAND(NULL, "--disk-arg={img}", "--arg=u"), "q|u");
	CHECK_STR(COMMAND("i", "--disk-arg={img}", "--snapshot-arg=-s", "--arg=u"), "q|i|u");
	CHECK_STR(COMMAND("i", "--disk-arg={img}", "--snapshot-arg=-s", "--snapshot"), "q|i|-s");
	CHECK_STR(COMMAND("i", "--machine-arg=", "--arg="), "q||");
	CHECK_STR(COMMAND("i", "--machine-arg={disk-args}", "--machine-arg={args}",
			  "--machine-arg={bin}", "--disk-arg=d={img}", "--arg=u"),
		  "q|d=i|u|b,in");
	CHECK_STR(COMMAND(NULL, "--machine-arg={disk-args}", "--disk-arg={img}"), "q");
	CHECK_STR(COMMAND("i", "--machine-arg={disk-args}", "--disk-arg={disk-args}"), NULL);
	arena_free(&a);
}

static void refuses_wrong_words(void)
{
	struct arena a = {0};

	CHECK_STR(COMMAND(NULL, "--machine-arg={what}"), NULL);
	CHECK_STR(COMMAND(NULL, "--machine-arg={bin"), NULL);
	CHECK_STR(COMMAND(NULL, "--machine-arg={img}"), NULL);
	CHECK_STR(COMMAND(NULL, "--cpus=-1"), NULL);
	CHECK_STR(COMMAND(NULL, "--cpus="), NULL);
	CHECK_STR(COMMAND(NULL, "--mem=99999999999999999999"), NULL);
	CHECK_STR(COMMAND(NULL, "--snapshot=yes"), NULL);
	CHECK_STR(COMMAND(NULL, "--name=.."), NULL);
	CHECK_STR(COMMAND(NULL, "bin"), NULL);
	arena_free(&a);
}

int main(void)
{
	RUN(reads_the_status);
	RUN(reads_in_parts);
	RUN(takes_any_bytes);
	RUN(knows_a_panic);
	RUN(fills_templates);
	RUN(refuses_wrong_words);
	return unit_done();
}
