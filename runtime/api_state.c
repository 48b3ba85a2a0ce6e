/*
 * api_state.c - runs saved and loaded, through the library.
 */
#include <stdio.h>

#include "runtime/session.h"

mot_status mot_run_save(mot_run *run, mot_write write, void *user)
{
  (void)write;
  (void)user;
  session_fail(run, MOT_MISUSE, "not yet");
  return MOT_MISUSE;
}

mot_status mot_run_load(const mot_rules *rules, const mot_run_options *options, const void *state, size_t size,
                        mot_run **ret_run, mot_error *error)
{
  (void)rules;
  (void)options;
  (void)state;
  (void)size;
  (void)ret_run;
  (void)error;
  return MOT_MISUSE;
}
