/*
 * workers.c - the threads of a run.
 *
 * A job is announced by its serial number; a thread waits until that is another than
 * the one it did last, and tells when it is through by counting `busy` down.
 */
#include "runtime/workers.h"

#include <pthread.h>
#include <signal.h>

typedef struct Worker {
  Mem *mem;               /* of the first: the caller's */
  Mem own;
  Workers *all;
  unsigned number;
  bool refused;
  pthread_t thread;
} Worker;

struct Workers {
  Mem *mem;
  unsigned count, room;
  WorkerJob job;
  void *user;
  pthread_mutex_t lock;   /* of what follows */
  pthread_cond_t wanted, done;
  unsigned serial, busy;
  bool over;
  Worker each[];
};

static void do_part(Worker *worker)
{
  jmp_buf oom, *outer = worker->mem->oom;
  worker->mem->oom = &oom;
  if (setjmp(oom) == 0)
    worker->all->job(worker->all->user, worker->number);
  else
    worker->refused = true;
  worker->mem->oom = outer;
}

/* Waits for a job other than number `last`; false: there will be none. */
static bool next_job(Workers *workers, unsigned last)
{
  pthread_mutex_lock(&workers->lock);
  while (workers->serial == last && !workers->over) pthread_cond_wait(&workers->wanted, &workers->lock);
  bool more = !workers->over;
  pthread_mutex_unlock(&workers->lock);
  return more;
}

static void *thread_main(void *user)
{
  Worker *worker = user;
  Workers *workers = worker->all;
  for (unsigned last = 0; next_job(workers, last); last++) {
    do_part(worker);
    pthread_mutex_lock(&workers->lock);
    if (--workers->busy == 0) pthread_cond_signal(&workers->done);
    pthread_mutex_unlock(&workers->lock);
  }
  return NULL;
}

static size_t size_of(unsigned count)
{
  return sizeof(Workers) + count * sizeof(Worker);
}

/* Signals are the program's: none is handled in a thread of ours. */
static void start_threads(Workers *workers, unsigned count)
{
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_mutex_init(&workers->lock, NULL);
  pthread_cond_init(&workers->wanted, NULL);
  pthread_cond_init(&workers->done, NULL);
  while (workers->count < count) {
    Worker *worker = &workers->each[workers->count];
    if (pthread_create(&worker->thread, NULL, thread_main, worker) != 0) break;
    workers->count++;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

Workers *workers_new(Mem *mem, unsigned count)
{
  if (count == 0) count = 1;
  Workers *workers = mem_resize(mem, NULL, 0, size_of(count));
  if (!workers) mem_fail(mem);
  *workers = (Workers){.mem = mem, .count = 1, .room = count};
  for (unsigned i = 0; i < count; i++) {
    Worker *worker = &workers->each[i];
    *worker = (Worker){.mem = i == 0 ? mem : &worker->own, .all = workers, .number = i};
    mem_init(&worker->own, mem->resize, mem->user);
  }
  if (count > 1) start_threads(workers, count);
  return workers;
}

static void end_threads(Workers *workers)
{
  pthread_mutex_lock(&workers->lock);
  workers->over = true;
  pthread_cond_broadcast(&workers->wanted);
  pthread_mutex_unlock(&workers->lock);
  for (unsigned i = 1; i < workers->count; i++) pthread_join(workers->each[i].thread, NULL);
  pthread_cond_destroy(&workers->wanted);
  pthread_cond_destroy(&workers->done);
  pthread_mutex_destroy(&workers->lock);
}

void workers_free(Workers *workers)
{
  if (!workers) return;
  if (workers->room > 1) end_threads(workers);
  mem_resize(workers->mem, workers, size_of(workers->room), 0);
}

unsigned workers_count(const Workers *workers)
{
  return workers->count;
}

Mem *workers_mem(Workers *workers, unsigned worker)
{
  return workers->each[worker].mem;
}

static bool none_refused(const Workers *workers)
{
  for (unsigned i = 0; i < workers->count; i++)
    if (workers->each[i].refused) return false;
  return true;
}

static void give_job(Workers *workers)
{
  pthread_mutex_lock(&workers->lock);
  workers->serial++;
  workers->busy = workers->count - 1;
  pthread_cond_broadcast(&workers->wanted);
  pthread_mutex_unlock(&workers->lock);
}

static void await_all(Workers *workers)
{
  pthread_mutex_lock(&workers->lock);
  while (workers->busy != 0) pthread_cond_wait(&workers->done, &workers->lock);
  pthread_mutex_unlock(&workers->lock);
}

bool workers_together(Workers *workers, WorkerJob job, void *user)
{
  if (workers->count == 1) return workers_first(workers, job, user);
  workers->job = job;
  workers->user = user;
  give_job(workers);
  do_part(&workers->each[0]);
  await_all(workers);
  return none_refused(workers);
}

bool workers_in_turn(Workers *workers, WorkerJob job, void *user)
{
  workers->job = job;
  workers->user = user;
  for (unsigned i = 0; i < workers->count; i++) do_part(&workers->each[i]);
  return none_refused(workers);
}

bool workers_first(Workers *workers, WorkerJob job, void *user)
{
  workers->job = job;
  workers->user = user;
  do_part(&workers->each[0]);
  return none_refused(workers);
}
