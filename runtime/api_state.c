/*
 * api_state.c - runs saved and loaded, through the library.
 */
#include <stdio.h>

#include "runtime/board_state.h"
#include "runtime/intake.h"
#include "runtime/session.h"
#include "runtime/session_state.h"

/* ---- saving ---- */

typedef struct Saving {
  mot_write write;
  void *user;
} Saving;

static Engine **engines_of(mot_run *run)
{
  for (unsigned i = 0; i < run->threads; i++) run->engines[i] = run->shards[i].engine;
  return run->engines;
}

static void write_state(mot_run *run, const Saving *saving)
{
  run->saving = state_out_new(run->plan, &run->mem, saving->write, saving->user);
  session_put(run->saving, run);
  state_put_engines(run->saving, engines_of(run), run->threads);
  state_put_u32(run->saving, run->board != NULL);
  if (run->board) board_save(run->board, run->saving);
  bool done = state_out_end(run->saving);
  state_out_free(run->saving);
  run->saving = NULL;
  if (!done) session_fail(run, MOT_IO, "the state could not be written");
}

static void save(mot_run *run, void *user)
{
  intake_typed(run);
  session_rest(run);
  if (run->state == RUN_ENDED)
    session_fail(run, MOT_MISUSE, "the run has ended: there is nothing to go on with");
  else if (merge_ready(&run->merge))
    session_fail(run, MOT_MISUSE, "records wait that the saved state would not have: take them first");
  else
    write_state(run, user);
}

mot_status mot_run_save(mot_run *run, mot_write write, void *user)
{
  Saving saving = {write, user};
  return session_call(run, save, &saving);
}

/* ---- loading ---- */

typedef struct Loading {
  StateIn in;
  bool lateness_is_given;
  mot_run *run;
} Loading;

/* One engine reads what is its own, from its own place in the bytes. */
static void load_engine(void *user, unsigned worker)
{
  const Loading *loading = user;
  Shard *shard = &loading->run->shards[worker];
  shard->in = loading->in;
  state_get_engine(&shard->in, shard->engine, loading->run->horizon);
}

static void load_engines(Loading *loading)
{
  mot_run *run = loading->run;
  session_need(run, workers_together(run->workers, load_engine, loading));
  for (unsigned i = 0; i < run->threads; i++) {
    if (!run->shards[i].in.failed) continue;
    loading->in = run->shards[i].in;
    return;
  }
  state_get_engine(&loading->in, NULL, run->horizon);
}

static void load_board(void *user, unsigned worker)
{
  Loading *loading = user;
  (void)worker;
  board_load(loading->run->board, &loading->in, loading->run->horizon);
}

/* What was judged about all customers stands last: a run for one customer alone passes it over. */
static void load_judged(Loading *loading)
{
  mot_run *run = loading->run;
  uint32_t there = state_get_u32(&loading->in);
  if (there > 1) state_fail(&loading->in, "the saved state is damaged: whether targets were judged");
  if (loading->in.failed || !there) return;
  if (run->board)
    session_need(run, workers_first(run->workers, load_board, loading));
  else
    loading->in.at = loading->in.end;
}

static void load(mot_run *run, void *user)
{
  Loading *loading = user;
  session_get(&loading->in, run, loading->lateness_is_given);
  if (!loading->in.failed) load_engines(loading);
  if (!loading->in.failed) load_judged(loading);
  if (!state_in_end(&loading->in)) session_fail(run, MOT_INVALID, "%s", loading->in.error);
}

static mot_status fail(mot_error *error, mot_status status, const char *why)
{
  if (error) snprintf(error->text, sizeof error->text, "%s", why);
  return status;
}

mot_status mot_run_load(const mot_rules *rules, const mot_run_options *options, const void *state,
                        size_t size, mot_run **ret_run, mot_error *error)
{
  mot_run *run = NULL;
  Loading loading = {.lateness_is_given = options && options->has_lateness};
  if (!state_in_begin(&loading.in, rules->plan, state, size))
    return fail(error, MOT_INVALID, loading.in.error);
  mot_status status = mot_run_open(rules, options, &run, error);
  if (status != MOT_OK) return status;
  loading.run = run;
  status = session_call(run, load, &loading);
  if (status == MOT_OK) {
    *ret_run = run;
    return MOT_OK;
  }
  fail(error, status, run->error.text);
  mot_run_free(run);
  return status;
}
