/*
 * fire.c - timers: set, taken, run.
 *
 * A timer is a hint.  One is set when a subject becomes due earlier than it was; one that comes too early is
 * set anew.  For a moment whose clock can stand one is set at every change, and one that comes at another
 * instant lapses, since pauses would leave ever more of them.
 *
 * The place of a subject may have been given to another: the part of a timer holds a
 * few bits of the subject's serial beside what it is a part of.  A timer of a lane has
 * no part (0) and is known by when its subject began.
 */
#include "runtime/acts.h"

enum {
  PARTS = (1 << 29) - 1,
  DUE_PARTS = (1 << 28) - 1,
  LANE_BLUR = 1 << 17 /* microseconds; twice what lanes blur */
};

/* ---- setting ---- */

static uint32_t serial_check(uint32_t count, uint32_t serial)
{
  return serial % (PARTS / count);
}

/* Parts of a correction. */
enum { CORRECTION_CONDITION, CORRECTION_DUE, CORRECTION_PARTS };

/* `count`: how many parts a subject has. */
static uint32_t part_of(uint32_t index, uint32_t count, uint32_t serial)
{
  return 1 + index + count * serial_check(count, serial);
}

static void set(Engine *engine, DueTimer timer, uint32_t count)
{
  if (timer.due < engine->horizon) {
    timers_due_push(engine->timers, timer);
    if (timer.due < engine->due_next) engine->due_next = timer.due;
    return;
  }
  uint32_t part = part_of(timer.part, count, timer.serial);
  timers_set(engine->timers, (Timer){timer.due, timer.subject, timer.kind, part & PARTS});
}

/* That of a subject's condition. */
static void set_own(Engine *engine, DueTimer timer)
{
  set(engine, timer, timer.kind == TIMER_CORRECTION ? CORRECTION_PARTS : 1);
}

/* `began`: when the subject began, from which the lane's delay counts. */
static void set_in_lane(Engine *engine, DueTimer timer, uint32_t lane, int64_t began)
{
  bool fits = lane != MOT_NONE && timer.due >= engine->horizon && began == engine->scene.now
    && timer.due == instant_after(began, engine->plan->lanes[lane].delay);
  if (fits)
    timers_set_lane(engine->timers, lane, timer.due, timer.subject);
  else
    set_own(engine, timer);
}

int64_t subject_due(const Engine *engine)
{
  int64_t due = condition_due(&engine->scene);
  return due > engine->scene.expiry ? INT64_MAX : due;
}

/* The timer of the subject at hand. */
static DueTimer timer_of(const Engine *engine, Handle moment, int64_t due)
{
  const Scene *scene = &engine->scene;
  uint32_t kind = scene->subject.lasts ? TIMER_CORRECTION : TIMER_MOMENT;
  if (moment) return (DueTimer){due, scene->subject.moment->serial, moment, kind & 7, 0, 0};
  return (DueTimer){due, scene->journey->serial, engine->journey, TIMER_SCO, 0, 0};
}

void subject_arm(Engine *engine, Handle moment, int64_t before)
{
  const Scene *scene = &engine->scene;
  int64_t due = subject_due(engine);
  if (due == INT64_MAX || (scene->subject.pause ? due == before : due >= before)) return;
  uint32_t lane = moment ? engine->plan->mots[scene->subject.moment->mot].lane
    : engine->plan->experiences[scene->journey->experience].sco_lane;
  set_in_lane(engine, timer_of(engine, moment, due), lane, scene->subject.opened);
}

void moment_arm(Engine *engine, Handle handle, const MomentHeader *moment, int64_t due)
{
  DueTimer timer = {.due = due, .serial = moment->serial, .subject = handle, .kind = TIMER_MOMENT};
  set_in_lane(engine, timer, engine->plan->mots[moment->mot].lane, moment->opened);
}

void sco_arm(Engine *engine, int64_t due)
{
  const JourneyHeader *journey = engine->scene.journey;
  uint32_t lane = engine->plan->experiences[journey->experience].sco_lane;
  DueTimer timer = {.due = due, .serial = journey->serial, .subject = engine->journey, .kind = TIMER_SCO};
  if (due <= engine->scene.expiry) set_in_lane(engine, timer, lane, journey->start);
}

void expiry_arm(Engine *engine, Handle journey)
{
  const JourneyHeader *header = journey_at(engine, journey);
  int64_t due = engine->scene.expiry;
  uint32_t lane = engine->plan->experiences[header->experience].expiry_lane;
  DueTimer timer = {.due = due, .serial = header->serial, .subject = journey, .kind = TIMER_EXPIRY};
  if (due != INT64_MAX) set_in_lane(engine, timer, lane, header->start);
}

enum { EXPIRY_OF_JOURNEY, EXPIRY_OF_WAITING, EXPIRIES };

void waiting_arm(Engine *engine, Handle record, int64_t due)
{
  DueTimer timer = {.due = due, .serial = journey_at(engine, record)->serial, .subject = record,
                    .kind = TIMER_EXPIRY, .part = EXPIRY_OF_WAITING};
  if (due != INT64_MAX) set(engine, timer, EXPIRIES);
}

void correction_arm(Engine *engine, Handle handle, const MomentHeader *moment, int64_t due)
{
  DueTimer timer = {.due = due, .serial = moment->serial, .subject = handle, .kind = TIMER_CORRECTION,
                    .part = CORRECTION_DUE};
  if (due != INT64_MAX) set(engine, timer, CORRECTION_PARTS);
}

/* At one instant all that clear come before those that are raised, and so on. */
void alert_arm(Engine *engine, Handle handle)
{
  const Alert *alert = alert_at(engine, handle);
  DueTimer timer = {.due = alert_due(alert), .serial = alert->serial, .subject = handle, .kind = TIMER_ALERT};
  if (timer.due >= engine->scene.expiry) return;
  if (timer.due < engine->horizon) timer.kind = (TIMER_ALERT + alert_phase(alert)) & 15;
  set(engine, timer, 1);
}

void risk_arm(Engine *engine, Handle handle, uint32_t risk, int64_t due)
{
  const MomentHeader *moment = moment_at(engine, handle);
  DueTimer timer = {.due = due, .serial = moment->serial, .subject = handle, .kind = TIMER_RISK,
                    .part = risk & DUE_PARTS};
  bool comes = due <= engine->scene.expiry && due != INT64_MAX;
  if (comes) set(engine, timer, engine->plan->mots[moment->mot].risks);
}

void silence_arm(Engine *engine, Handle journey, uint32_t silence, int64_t due)
{
  const JourneyHeader *header = journey_at(engine, journey);
  DueTimer timer = {.due = due, .serial = header->serial, .subject = journey, .kind = TIMER_SILENCE,
                    .part = silence & DUE_PARTS};
  if (due != INT64_MAX) set(engine, timer, engine->plan->experiences[header->experience].silence_count);
}

/* ---- taking: whether a timer's subject is still there, and when it is due ---- */

static bool enter_moment(Engine *engine, Handle handle)
{
  const MomentHeader *moment = moment_at(engine, handle);
  if (!(moment->flags & MOMENT_OPEN)) return false;
  engine_enter(engine, moment->journey);
  return moment_enter(engine, handle);
}

/* A journey that is not over and is not merely waiting. */
static bool enter_journey(Engine *engine, Handle handle)
{
  if (journey_at(engine, handle)->flags & (JOURNEY_OVER | JOURNEY_WAITS)) return false;
  engine_enter(engine, handle);
  return true;
}

static bool enter_sco(Engine *engine, Handle handle)
{
  if (!enter_journey(engine, handle) || !(engine->scene.journey->flags & JOURNEY_SCO_OPEN)) return false;
  sco_enter(engine);
  return true;
}

/* When a subject that began at `began` was due by the timer; INT64_MAX when it is another's timer. */
static int64_t due_by(const Engine *engine, const Timer *timer, uint32_t serial, int64_t began, uint32_t lane)
{
  if (timer->part != 0) return part_of(0, 1, serial) == timer->part ? timer->due : INT64_MAX;
  if (lane == MOT_NONE) return INT64_MAX;
  int64_t due = instant_after(began, engine->plan->lanes[lane].delay);
  return due >= timer->due && due - timer->due < LANE_BLUR ? due : INT64_MAX;
}

/* Whether the subject is due by then, and not later, is asked when the timer runs. */
static void take_moment(Engine *engine, const Timer *timer)
{
  const MomentHeader *moment = moment_at(engine, timer->subject);
  if (!(moment->flags & MOMENT_OPEN)) return;
  int64_t due = due_by(engine, timer, moment->serial, moment->opened, engine->plan->mots[moment->mot].lane);
  if (due == INT64_MAX) return;
  set(engine, (DueTimer){due, moment->serial, timer->subject, TIMER_MOMENT, 0, 0}, 1);
}

static void take_sco(Engine *engine, const Timer *timer)
{
  const JourneyHeader *journey = journey_at(engine, timer->subject);
  if (!(journey->flags & JOURNEY_SCO_OPEN) || journey->flags & (JOURNEY_OVER | JOURNEY_WAITS)) return;
  uint32_t lane = engine->plan->experiences[journey->experience].sco_lane;
  int64_t due = due_by(engine, timer, journey->serial, journey->start, lane);
  if (due == INT64_MAX) return;
  set(engine, (DueTimer){due, journey->serial, timer->subject, TIMER_SCO, 0, 0}, 1);
}

static void take_waiting(Engine *engine, const Timer *timer)
{
  const JourneyHeader *journey = journey_at(engine, timer->subject);
  if (part_of(EXPIRY_OF_WAITING, EXPIRIES, journey->serial) == timer->part)
    waiting_arm(engine, timer->subject, timer->due);
}

static void take_expiry(Engine *engine, const Timer *timer)
{
  const JourneyHeader *journey = journey_at(engine, timer->subject);
  if (journey->flags & JOURNEY_OVER) return;
  if (journey->flags & JOURNEY_WAITS) {
    take_waiting(engine, timer);
    return;
  }
  uint32_t lane = engine->plan->experiences[journey->experience].expiry_lane;
  int64_t due = due_by(engine, timer, journey->serial, journey->start, lane);
  if (due == INT64_MAX) return;
  set(engine, (DueTimer){due, journey->serial, timer->subject, TIMER_EXPIRY, 0, 0}, 1);
}

/* Which part of the subject a timer is for; `count` when it is another's. */
static uint32_t index_by(const Timer *timer, uint32_t count, uint32_t serial)
{
  if (count == 0 || timer->part == 0) return count;
  if ((timer->part - 1) / count != serial_check(count, serial)) return count;
  return (timer->part - 1) % count;
}

static void take_silence(Engine *engine, const Timer *timer)
{
  if (!enter_journey(engine, timer->subject)) return;
  const JourneyHeader *journey = engine->scene.journey;
  const ExperiencePlan *plan = &engine->plan->experiences[journey->experience];
  uint32_t index = index_by(timer, plan->silence_count, journey->serial);
  if (index == plan->silence_count) return;
  int64_t due = pattern_silence_due(&engine->scene, plan->silences[index]);
  if (due >= timer->due) silence_arm(engine, timer->subject, index, due);
}

static void take_risk(Engine *engine, const Timer *timer)
{
  const MomentHeader *moment = moment_at(engine, timer->subject);
  uint32_t count = moment->flags & MOMENT_OPEN ? engine->plan->mots[moment->mot].risks : 0;
  uint32_t index = index_by(timer, count, moment->serial);
  if (index == count) return;
  DueTimer due = {timer->due, moment->serial, timer->subject, TIMER_RISK, index & DUE_PARTS, 0};
  set(engine, due, count);
}

static void take_correction(Engine *engine, const Timer *timer)
{
  const MomentHeader *moment = moment_at(engine, timer->subject);
  uint32_t index = index_by(timer, CORRECTION_PARTS, moment->serial);
  bool its = moment->flags & MOMENT_OPEN && moment->flags & MOMENT_CORRECTION && index < CORRECTION_PARTS;
  DueTimer due = {timer->due, moment->serial, timer->subject, TIMER_CORRECTION, index & DUE_PARTS, 0};
  if (its) set(engine, due, CORRECTION_PARTS);
}

static void take_alert(Engine *engine, const Timer *timer)
{
  const Alert *alert = alert_at(engine, timer->subject);
  bool its = alert->flags != 0 && part_of(0, 1, alert->serial) == timer->part;
  if (!its || alert_due(alert) != timer->due) return;
  engine_enter(engine, alert->journey);
  alert_arm(engine, timer->subject);
}

static void take(Engine *engine, const Timer *timer)
{
  switch ((TimerKind)timer->kind) {
  case TIMER_SILENCE: take_silence(engine, timer); break;
  case TIMER_RISK: take_risk(engine, timer); break;
  case TIMER_MOMENT: take_moment(engine, timer); break;
  case TIMER_CORRECTION: take_correction(engine, timer); break;
  case TIMER_ALERT: take_alert(engine, timer); break;
  case TIMER_SCO: take_sco(engine, timer); break;
  case TIMER_EXPIRY: take_expiry(engine, timer); break;
  default: break;
  }
}

enum { PORTION = 256, GROUP = 16 };

static bool of_moment(const Timer *timer)
{
  return timer->kind == TIMER_MOMENT || timer->kind == TIMER_RISK || timer->kind == TIMER_CORRECTION;
}

static void touch(const void *memory)
{
  (void)*(const volatile uint8_t *)memory;
}

/* As with events (engine_run.c): all of a group, so that misses of the caches do not wait for each other. */
static void touch_group(const Engine *engine, const Timer *timers, uint32_t count)
{
  Handle journeys[GROUP];
  for (uint32_t i = 0; i < count; i++) {
    const MomentHeader *moment = of_moment(&timers[i]) ? moment_at(engine, timers[i].subject) : NULL;
    journeys[i] = moment ? (moment->flags & MOMENT_OPEN ? moment->journey : 0)
      : timers[i].kind == TIMER_ALERT ? 0
      : timers[i].subject;
  }
  for (uint32_t i = 0; i < count; i++)
    if (journeys[i]) touch(journey_at(engine, journeys[i]));
}

void timers_fetch(Engine *engine)
{
  Timer timers[PORTION];
  uint32_t count;
  while ((count = timers_take(engine->timers, engine->horizon, timers, PORTION)) > 0) {
    for (uint32_t i = 0; i < count; i++) {
      if (i % GROUP == 0) touch_group(engine, timers + i, count - i < GROUP ? count - i : GROUP);
      take(engine, &timers[i]);
    }
  }
}

/* ---- running ---- */

static void note_ran(Engine *engine, Handle moment)
{
  engine->scene.subject.ran = true;
  if (moment) {
    engine->scene.subject.moment->flags |= MOMENT_RAN;
    handles_push(engine, &engine->ran_moments, moment);
  } else {
    engine->scene.journey->flags |= JOURNEY_SCO_RAN;
    handles_push(engine, &engine->ran_scos, engine->journey);
  }
}

/* The clock of the subject at hand, or one of several, has run out now, unless it moved. */
static void subject_fires(Engine *engine, Handle moment)
{
  Scene *scene = &engine->scene;
  int64_t due = subject_due(engine);
  if (due != scene->now) {
    bool later = due > scene->now && due != INT64_MAX;
    if (later && !scene->subject.pause) set_own(engine, timer_of(engine, moment, due));
    return;
  }
  condition_pass(scene, scene->now);
  if (scene->settled && subject_settled(engine, moment)) return;
  note_ran(engine, moment);
  subject_arm(engine, moment, INT64_MAX);
}

static void silence_of_moment(Engine *engine, Handle moment, uint32_t purpose)
{
  enum { STOPS = 1, RUNS = 2 };
  if (purpose == PURPOSE_MOT_VOIDS) {
    subject_voided(engine, moment, VOID_VOIDED);
    return;
  }
  int64_t due = subject_due(engine);
  bool risks = engine->plan->mots[engine->scene.subject.moment->mot].risks > 0;
  if (moment_pause(engine, purpose == PURPOSE_PAUSES ? STOPS : RUNS)) subject_arm(engine, moment, due);
  if (risks) risks_update(engine, moment);
}

/* Whether it is a moment of the MOT, or, where that is void, a correction of one. */
static bool is_of_mot(const Engine *engine, const MomentHeader *moment, const PatternRow *row)
{
  if (!(moment->flags & MOMENT_CORRECTION)) return moment->mot == row->mot;
  uint32_t correction = moment->mot - engine->module->Mot_count;
  return row->purpose == PURPOSE_MOT_VOIDS && engine->module->Correction[correction].mot == row->mot;
}

static void silence_of_moments(Engine *engine, const PatternRow *row)
{
  uint32_t base = engine->walk.len, count = moments_collect(engine, UINT32_MAX);
  for (uint32_t i = 0; i < count; i++) {
    Handle moment = engine->walk.data[base + i];
    const MomentHeader *header = moment_at(engine, moment);
    if (!is_of_mot(engine, header, row) || !moment_enter(engine, moment)) continue;
    if (header->flags & MOMENT_CORRECTION)
      correction_close(engine, moment, ACT_WITHDRAWN, CAUSE_VOID);
    else
      silence_of_moment(engine, moment, row->purpose);
  }
  engine->walk.len = base;
}

static void silence_acts(Engine *engine, const PatternRow *row)
{
  bool ended = engine->scene.journey->flags & JOURNEY_ENDED;
  switch (row->purpose) {
  case PURPOSE_VOIDS: journey_void(engine); break;
  case PURPOSE_ENDS:
    if (!ended) journey_end(engine);
    break;
  case PURPOSE_OPENS:
    if (!ended) moment_begin(engine, row->mot, row->choice);
    break;
  default: silence_of_moments(engine, row); break;
  }
}

static void silence_fires(Engine *engine, const DueTimer *timer)
{
  const JourneyHeader *journey = engine->scene.journey;
  uint32_t pattern = engine->plan->experiences[journey->experience].silences[timer->part];
  int64_t due = pattern_silence_due(&engine->scene, pattern);
  if (due != timer->due) {
    if (due > timer->due) silence_arm(engine, timer->subject, timer->part, due);
    return;
  }
  pattern_silence_over(&engine->scene, pattern);
  uint32_t first = engine->module->Experience[journey->experience].patterns;
  silence_acts(engine, &engine->module->Pattern[first + pattern]);
}

static void expiry_fires(Engine *engine, const DueTimer *timer)
{
  if (timer->part == EXPIRY_OF_WAITING) {
    if (journey_at(engine, timer->subject)->flags & JOURNEY_WAITS) waiting_fires(engine, timer->subject);
  } else if (enter_journey(engine, timer->subject) && engine->scene.expiry == timer->due) {
    journey_expire(engine);
  }
}

static void correction_timer(Engine *engine, const DueTimer *timer)
{
  if (timer->part == CORRECTION_DUE)
    correction_is_due(engine, timer->subject, timer->due);
  else if (engine->scene.subject.condition)
    subject_fires(engine, timer->subject);
}

static bool enter_alert(Engine *engine, Handle alert)
{
  if (alert_at(engine, alert)->flags == 0) return false;
  engine_enter(engine, alert_at(engine, alert)->journey);
  return true;
}

/* Whether the timer's subject is still the one that it was set for. */
static bool is_its(const Engine *engine, const DueTimer *timer)
{
  bool moment = timer->kind == TIMER_MOMENT || timer->kind == TIMER_RISK || timer->kind == TIMER_CORRECTION;
  if (moment) return moment_at(engine, timer->subject)->serial == timer->serial;
  if (timer->kind >= TIMER_ALERT) return alert_at(engine, timer->subject)->serial == timer->serial;
  return journey_at(engine, timer->subject)->serial == timer->serial;
}

static void fire(Engine *engine, const DueTimer *timer)
{
  if (!is_its(engine, timer)) return;
  engine_clock(engine, timer->due);
  engine->scene.event = NULL;
  engine->scene.outcome = NULL;
  switch ((TimerKind)timer->kind) {
  case TIMER_SILENCE:
    if (enter_journey(engine, timer->subject)) silence_fires(engine, timer);
    break;
  case TIMER_RISK:
    if (enter_moment(engine, timer->subject)) risk_fires(engine, timer->subject, timer->part, timer->due);
    break;
  case TIMER_MOMENT:
    if (engine->mots[moment_at(engine, timer->subject)->mot].plain)
      plain_fires(engine, timer);
    else if (enter_moment(engine, timer->subject)) subject_fires(engine, timer->subject);
    break;
  case TIMER_CORRECTION:
    if (enter_moment(engine, timer->subject)) correction_timer(engine, timer);
    break;
  case TIMER_SCO:
    if (enter_sco(engine, timer->subject)) subject_fires(engine, 0);
    break;
  case TIMER_EXPIRY: expiry_fires(engine, timer); break;
  default:
    if (enter_alert(engine, timer->subject)) alert_fires(engine, timer->subject, timer->kind - TIMER_ALERT);
  }
  cascade_run(engine);
}

static bool same_timer(const DueTimer *a, const DueTimer *b)
{
  return a->due == b->due && a->kind == b->kind && a->serial == b->serial && a->part == b->part
    && a->subject == b->subject;
}

void timers_run(Engine *engine, int64_t end)
{
  DueTimer timer, last = {.due = INT64_MIN};
  engine->due_next = INT64_MAX;
  while (timers_due_top(engine->timers, &timer)) {
    if (timer.due >= end) {
      engine->due_next = timer.due;
      return;
    }
    timers_due_pop(engine->timers);
    if (!same_timer(&timer, &last)) fire(engine, &timer);
    last = timer;
  }
}
