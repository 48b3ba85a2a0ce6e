/*
 * workers.h - the threads of a run: they do one job at a time, all of them together.
 *
 * The calling thread is the first of them; with one there is no other, and nothing
 * of threads is used.  Each has memory of its own (the first: the caller's), so that being
 * refused some ends its part of the job only, and the others end theirs.
 */
#ifndef MOT_RUNTIME_WORKERS_H
#define MOT_RUNTIME_WORKERS_H

#include <stdbool.h>

#include "base/mem.h"

typedef struct Workers Workers;

/* One thread's part of a job. */
typedef void (*WorkerJob)(void *user, unsigned worker);

/* `count` workers, or fewer when the system has no more threads; `mem` is the caller's and leaves through
 * mem->oom; its hook also serves the workers' own. */
Workers *workers_new(Mem *mem, unsigned count);
/* Ends the threads.  NULL is fine. */
void workers_free(Workers *workers);

unsigned workers_count(const Workers *workers);
/* Memory of one worker; while it has a job, mem->oom is set. */
Mem *workers_mem(Workers *workers, unsigned worker);

/* Does the job on all threads and waits for them; false when memory was refused to any. */
bool workers_together(Workers *workers, WorkerJob job, void *user);
/* The same, all on the calling thread, one after the other: quicker for small jobs. */
bool workers_in_turn(Workers *workers, WorkerJob job, void *user);
/* The part of the first worker alone. */
bool workers_first(Workers *workers, WorkerJob job, void *user);

#endif
