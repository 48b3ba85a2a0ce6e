/*
 * api_event.c - typed events: a row is built value by value, and waits for a batch.
 */
#include "runtime/input.h"
#include "runtime/intake.h"
#include "runtime/session.h"

typedef struct EventCall {
  uint32_t event;
  int64_t time;
} EventCall;

static void begin_row(mot_run *run, const EventCall *call)
{
  row_begin(run->shards[0].decoder, &run->shards[0].batch, call->event, call->time);
  run->building = true;
}

/* Whether events can still come; one that was begun is forgotten. */
static bool may_follow(mot_run *run)
{
  run->building = false;
  if (run->state != RUN_ENDED) return true;
  session_fail(run, MOT_MISUSE, "the run has ended: nothing can follow mot_run_end");
  return false;
}

static bool is_known(mot_run *run, uint32_t event)
{
  if (event < run->rules->module.Event_count) return true;
  session_fail(run, MOT_MISUSE, "the rules have no event number %u", event);
  return false;
}

static void begin(mot_run *run, void *user)
{
  const EventCall *call = user;
  if (!may_follow(run) || !is_known(run, call->event)) return;
  if (run->input.len > 0) input_drain(run); /* what was fed before arrives before */
  begin_row(run, call);
}

/* Of a call that needs no memory, so that nothing has to be guarded. */
static mot_status done_at_once(mot_run *run)
{
  run->status = MOT_OK;
  run->error.text[0] = 0;
  return MOT_OK;
}

mot_status mot_event_begin(mot_run *run, uint32_t event, int64_t time)
{
  EventCall call = {event, time};
  bool at_once = run->state == RUN_OPEN && event < run->rules->module.Event_count && run->input.len == 0
    && row_may_begin(run->shards[0].decoder, &run->shards[0].batch, event);
  if (!at_once) return session_call(run, begin, &call);
  begin_row(run, &call);
  return done_at_once(run);
}

/* One value for the event that is being built; a refusal of memory is told by mot_event_submit. */
#define SET(run, size, CALL)                  \
  do {                                        \
    if (!(run)->building) return;             \
    if (row_has_room((run)->shards[0].decoder, size)) { \
      CALL;                                   \
      return;                                 \
    }                                         \
    jmp_buf oom;                              \
    (run)->mem.oom = &oom;                    \
    if (setjmp(oom) == 0) {                   \
      CALL;                                   \
    } else {                                  \
      (run)->state = RUN_REFUSED;             \
      (run)->building = false;                \
    }                                         \
    (run)->mem.oom = NULL;                    \
  } while (0)

void mot_event_int(mot_run *run, uint32_t field, int64_t value)
{
  SET(run, 0, row_int(run->shards[0].decoder, field, value));
}

void mot_event_number(mot_run *run, uint32_t field, double value)
{
  SET(run, 0, row_number(run->shards[0].decoder, field, value));
}

void mot_event_money(mot_run *run, uint32_t field, int64_t minor)
{
  SET(run, 0, row_int(run->shards[0].decoder, field, minor));
}

void mot_event_text(mot_run *run, uint32_t field, const char *text, size_t size)
{
  SET(run, size, row_text(run->shards[0].decoder, field, text, size));
}

void mot_event_id(mot_run *run, const char *id, size_t size)
{
  SET(run, size, row_id(run->shards[0].decoder, id, size));
}

static void submit(mot_run *run, void *user)
{
  (void)user;
  Shard *shard = &run->shards[0];
  Reject reject;
  if (!run->building) {
    session_fail(run, MOT_MISUSE, "no event to submit: mot_event_begin comes first, and nothing between");
    return;
  }
  run->building = false;
  if (!row_end(shard->decoder, run->input.at.arrival, &reject)) reject_list_add(&shard->rejects, &reject);
  run->input.at.arrival++;
  if (shard->batch.count + shard->rejects.len >= run->typed_batch) intake_typed(run);
}

static void add_reject(mot_run *run, void *user)
{
  reject_list_add(&run->shards[0].rejects, user);
  run->input.at.arrival++;
}

/* Most rows only join those that wait. */
mot_status mot_event_submit(mot_run *run)
{
  const Shard *shard = &run->shards[0];
  const EventBatch *batch = &shard->batch;
  Reject why;
  bool waits = run->building && run->state == RUN_OPEN && batch->count < batch->rows_room
    && batch->count + shard->rejects.len + 1 < run->typed_batch;
  if (!waits) return session_call(run, submit, NULL);
  run->building = false;
  if (!row_end(shard->decoder, run->input.at.arrival, &why)) return session_call(run, add_reject, &why);
  run->input.at.arrival++;
  return done_at_once(run);
}

/* ---- many at once ---- */

typedef struct EventsCall {
  const mot_event *events;
  size_t count;
} EventsCall;

static void feed_events(mot_run *run, void *user)
{
  const EventsCall *call = user;
  Shard *shard = &run->shards[0];
  if (!may_follow(run)) return;
  if (run->input.len > 0) input_drain(run);
  for (const mot_event *event = call->events, *end = event + call->count; event < end; event++) {
    Reject reject;
    if (!is_known(run, event->event)) return;
    if (!row_whole(shard->decoder, &shard->batch, event, run->input.at.arrival, &reject))
      reject_list_add(&shard->rejects, &reject);
    run->input.at.arrival++;
    if (shard->batch.count + shard->rejects.len >= run->typed_batch) intake_typed(run);
  }
}

mot_status mot_run_feed_events(mot_run *run, const mot_event *events, size_t count)
{
  return session_call(run, feed_events, &(EventsCall){events, count});
}
