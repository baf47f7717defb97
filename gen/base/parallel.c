/* SPDX-License-Identifier: MIT */
#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MOST = 16 };

struct job {
	size_t n;
	void (*work)(void *data, size_t i);
	void *data;
	atomic_size_t next;
};

static void *take(void *arg)
{
	struct job *job = arg;
	size_t i;

	while ((i = atomic_fetch_add(&job->next, 1)) < job->n)
		job->work(job->data, i);
	return NULL;
}

void in_parallel(size_t n, void (*work)(void *data, size_t i), void *data)
{
	struct job job = {.n = n, .work = work, .data = data};
	long want = sysconf(_SC_NPROCESSORS_ONLN);
	pthread_t threads[MOST];
	int started = 0;

	/* This thread works too, and does all where no other can be started. */
	while (started < MOST && started + 1 < want &&
	       pthread_create(&threads[started], NULL, take, &job) == 0)
		started++;
	take(&job);
	while (started)
		pthread_join(threads[--started], NULL);
}
