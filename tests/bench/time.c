/* SPDX-License-Identifier: MIT */
/* time RUNS COMMAND [ARGUMENT...]: prints the median wall time of the command in microseconds,
 * after one run that does not count, and the most memory that a run had at once in KiB. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#define MAX_RUNS 1001

extern char **environ;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* The time of one run with no output; ends the program where it fails. */
static double run_once(char **argv)
{
	posix_spawn_file_actions_t quiet;
	double begin = now();
	int status = -1;
	pid_t pid;

	if (posix_spawn_file_actions_init(&quiet) != 0 ||
	    posix_spawn_file_actions_addopen(&quiet, 0, "/dev/null", O_RDONLY, 0) != 0 ||
	    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0) != 0 ||
	    posix_spawnp(&pid, argv[0], &quiet, NULL, argv, environ) != 0)
		pid = -1;
	posix_spawn_file_actions_destroy(&quiet);
	if (pid < 0 || waitpid(pid, &status, 0) < 0 || status != 0) {
		fprintf(stderr, "time: %s failed\n", argv[0]);
		exit(1);
	}
	return now() - begin;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	static double times[MAX_RUNS];
	struct rusage usage;
	long n = argc > 2 ? strtol(argv[1], NULL, 10) : 0;

	if (n < 1 || n > MAX_RUNS) {
		fprintf(stderr, "usage: time RUNS COMMAND [ARGUMENT...]\n");
		return 2;
	}
	run_once(argv + 2);
	for (long i = 0; i < n; i++)
		times[i] = run_once(argv + 2);
	qsort(times, (size_t)n, sizeof(*times), compare);
	getrusage(RUSAGE_CHILDREN, &usage);
	printf("%.0f %ld\n", times[n / 2], usage.ru_maxrss);
	return 0;
}
