/* moment.c - moments and SCOs: they open, are tested, stop and run, and are decided. */
#include <string.h>

#include "runtime/acts.h"
#include "runtime/trace.h"

/* ---- the open moments of a journey ---- */

uint32_t moments_collect(Engine *engine, uint32_t bits)
{
  JourneyHeader *journey = engine->scene.journey;
  HandleList *walk = &engine->walk;
  uint32_t base = walk->len, seen = 0;
  if (!(journey->mots & bits)) return 0;
  for (Handle handle = journey->latest; handle;) {
    const MomentHeader *moment = moment_at(engine, handle);
    uint32_t bit = engine->mots[moment->mot].bit;
    seen |= bit;
    if (bit & bits) handles_push(engine, walk, handle);
    handle = moment->next;
  }
  journey->mots = seen;
  for (uint32_t i = base, k = walk->len; i + 1 < k; i++) {
    Handle last = walk->data[--k];
    walk->data[k] = walk->data[i];
    walk->data[i] = last;
  }
  return walk->len - base;
}

/* Stands for a deadline before the decision that nobody will ask for, so that it is not worked out. */
enum { NOT_ASKED = 0 };

bool moment_enter(Engine *engine, Handle handle)
{
  MomentHeader *moment = moment_at(engine, handle);
  if (!(moment->flags & MOMENT_OPEN)) return false;
  scene_moment(&engine->scene, moment);
  if (!engine->mots[moment->mot].asks) engine->scene.before = NOT_ASKED;
  return true;
}

void sco_enter(Engine *engine)
{
  scene_sco(&engine->scene);
  engine->scene.before = NOT_ASKED;
}

/* ---- their memory ---- */

static void release_texts(Engine *engine, const MomentHeader *moment)
{
  const MotFacts *facts = &engine->mots[moment->mot];
  for (uint32_t i = 0; i < facts->text_count; i++) {
    Handle text;
    memcpy(&text, (const uint8_t *)moment + facts->texts[i], sizeof text);
    text_release(&engine->texts, text);
  }
}

void moment_give_back(Engine *engine, Handle handle)
{
  MomentHeader *moment = moment_at(engine, handle);
  const MotFacts *facts = &engine->mots[moment->mot];
  if (facts->text_count > 0) release_texts(engine, moment);
  moment->flags = 0;
  if (facts->units)
    heap_put(&engine->moments, handle, facts->units);
  else
    heap_release(&engine->moments, handle, facts->size);
}

/* The moment in the scratch record gets a place of its own. */
static Handle settle_down(Engine *engine)
{
  const MomentHeader *scratch = engine->scene.subject.moment;
  uint32_t size = engine->plan->mots[scratch->mot].size;
  Handle handle = heap_alloc(&engine->moments, size);
  memcpy(moment_at(engine, handle), scratch, size);
  return handle;
}

/* ---- decisions ---- */

/* The deadline to tell; INT64_MAX when nobody asks. */
static int64_t deadline_before(const Engine *engine)
{
  const MomentHeader *moment = engine->scene.subject.moment;
  if (!moment || !engine->mots[moment->mot].asks) return INT64_MAX;
  return condition_deadline_before(&engine->scene);
}

static bool is_heard(uint8_t outcome, const uint32_t *listener_count)
{
  return outcome != OUTCOME_VOID && listener_count[outcome] > 0;
}

static void decide_moment(Engine *engine, Handle handle, uint8_t outcome, VoidReason reason, int64_t deadline)
{
  MomentHeader *moment = engine->scene.subject.moment;
  JourneyHeader *journey = engine->scene.journey;
  moment->flags = MOMENT_DECIDED;
  moment_count(engine, moment->mot, outcome, reason);
  if (wants(engine, OUTCOME_KIND_MOMENT)) emit_moment(engine, outcome, reason, deadline);
  if (engine->mots[moment->mot].measured && outcome != OUTCOME_VOID)
    meter_moment(engine->options->meter, &engine->scene, moment->mot, outcome == OUTCOME_MISSED,
                 engine->scene.now);
  if (engine->mots[moment->mot].acts >> outcome & 1) act_moment(engine, handle, outcome, deadline);
  if (handle) moment_unlink(engine, moment);
  if (is_heard(outcome, engine->plan->mots[moment->mot].listener_count)) {
    if (!handle) handle = settle_down(engine);
    tell(engine, (Told){engine->journey, handle, outcome, (journey->flags & JOURNEY_EXPIRED) != 0});
  } else if (handle) {
    moment_give_back(engine, handle);
  } else {
    release_texts(engine, moment);
  }
}

static void decide_sco(Engine *engine, uint8_t outcome, VoidReason reason)
{
  JourneyHeader *journey = engine->scene.journey;
  uint32_t flags = journey->flags & ~(3u << JOURNEY_SCO_SHIFT);
  journey->flags = (uint16_t)(flags | (uint32_t)outcome << JOURNEY_SCO_SHIFT);
  engine->counts.experiences[journey->experience].sco[outcome]++;
  if (wants(engine, OUTCOME_KIND_SCO)) emit_sco(engine, outcome, reason);
  if (engine->options->meter && outcome != OUTCOME_VOID)
    meter_sco(engine->options->meter, journey->experience, outcome == OUTCOME_MISSED, engine->scene.now);
  if (engine->plan->experiences[journey->experience].acts >> outcome & 1) act_sco(engine, outcome);
  journey->flags &= (uint16_t)~JOURNEY_SCO_OPEN; /* not before, so that it is not over within the block */
  if (is_heard(outcome, engine->plan->experiences[journey->experience].listener_count))
    tell(engine, (Told){engine->journey, 0, outcome, (journey->flags & JOURNEY_EXPIRED) != 0});
}

void subject_decide(Engine *engine, Handle moment, uint8_t outcome, VoidReason reason, int64_t deadline)
{
  engine->scene.decided = engine->scene.now;
  if (engine->scene.trace)
    trace_decided(&engine->scene, outcome, reason, deadline, engine->scene.event || engine->in_cascade);
  if (engine->scene.subject.moment)
    decide_moment(engine, moment, outcome, reason, deadline);
  else
    decide_sco(engine, outcome, reason);
  if (engine->scene.journey->flags & JOURNEY_ENDING) journey_may_be_over(engine);
}

void subject_voided(Engine *engine, Handle moment, VoidReason reason)
{
  subject_decide(engine, moment, OUTCOME_VOID, reason, deadline_before(engine));
}

/* What a verdict makes of a subject; OUTCOME_OPEN: nothing yet. */
static uint8_t outcome_of(const Engine *engine)
{
  switch (condition_verdict(&engine->scene)) {
  case VERDICT_TRUE: return OUTCOME_PRODUCED;
  case VERDICT_FALSE: return OUTCOME_MISSED;
  default: return OUTCOME_OPEN;
  }
}

bool subject_settled(Engine *engine, Handle moment)
{
  if (engine->scene.subject.lasts) return correction_settled(engine, moment);
  uint8_t outcome = outcome_of(engine);
  if (outcome == OUTCOME_OPEN) return false;
  subject_decide(engine, moment, outcome, VOID_NONE, deadline_before(engine));
  return true;
}

/* Likewise at its opening, where it had no deadline. */
static bool settled_at_opening(Engine *engine)
{
  uint8_t outcome = outcome_of(engine);
  if (outcome == OUTCOME_OPEN) return false;
  subject_decide(engine, 0, outcome, VOID_NONE, INT64_MAX);
  return true;
}

/* … when nobody but the counts wants to know. */
static bool settled_quietly(Engine *engine, const MomentHeader *moment)
{
  const MotFacts *facts = &engine->mots[moment->mot];
  uint8_t state = ((const uint8_t *)moment)[facts->state];
  if (!facts->alone || facts->matters || state == VERDICT_OPEN) return false;
  engine->scene.decided = engine->scene.now;
  moment_count(engine, moment->mot, state == VERDICT_TRUE ? OUTCOME_PRODUCED : OUTCOME_MISSED, VOID_NONE);
  if (facts->text_count > 0) release_texts(engine, moment);
  if (engine->scene.journey->flags & JOURNEY_ENDING) journey_may_be_over(engine);
  return true;
}

/* ---- openings ---- */

static bool may_open(Engine *engine, const ChoiceRow *choice)
{
  if (choice->mode != MODE_FIRST || choice->opened == MOT_NONE) return true;
  const SlotRow *slot = &engine->module->Slot[choice->opened];
  if (slot_load_b(slot, engine->scene.journey)) return false;
  slot_store_b(slot, engine->scene.journey, true);
  return true;
}

static void supersede(Engine *engine, uint32_t mot)
{
  uint32_t base = engine->walk.len, count = moments_collect(engine, engine->mots[mot].bit);
  for (uint32_t i = 0; i < count; i++) {
    Handle handle = engine->walk.data[base + i];
    if (moment_at(engine, handle)->mot == mot && moment_enter(engine, handle))
      subject_voided(engine, handle, VOID_SUPERSEDED);
  }
  engine->walk.len = base;
}

static MomentHeader *fresh_moment(Engine *engine, uint32_t mot)
{
  memcpy(engine->scratch, engine->mots[mot].fresh, engine->plan->mots[mot].size);
  MomentHeader *moment = (MomentHeader *)(void *)engine->scratch;
  moment->opened = engine->scene.now;
  moment->journey = engine->journey;
  moment->serial = engine->serial++;
  engine->counts.mots[mot].opened++;
  return moment;
}

void moment_begin(Engine *engine, uint32_t mot, uint32_t choice)
{
  const ChoiceRow *row = &engine->module->Choice[choice];
  VmValue value;
  if (!may_open(engine, row)) return;
  if (row->mode == MODE_LATEST) supersede(engine, mot);
  MomentHeader *moment = fresh_moment(engine, mot);
  scene_moment(&engine->scene, moment);
  engine->scene.before = NOT_ASKED;
  bool fault = engine_call(engine, row->opening, &value) == VM_FAULT;
  if (engine->scene.trace) trace_opened(&engine->scene, choice - engine->module->Mot[mot].choices, fault);
  if (fault) {
    subject_decide(engine, 0, OUTCOME_VOID, VOID_FAULT, INT64_MAX);
    return;
  }
  if (engine->scene.settled && (settled_quietly(engine, moment) || settled_at_opening(engine))) return;
  Handle handle = settle_down(engine);
  moment_link(engine, handle, moment_at(engine, handle));
  if (engine->mots[mot].plain) {
    plain_arm(engine, handle);
    return;
  }
  scene_moment(&engine->scene, moment_at(engine, handle));
  subject_arm(engine, handle, INT64_MAX);
  if (engine->plan->mots[mot].risks > 0) risks_update(engine, handle);
}

/* The trigger function chooses; true when it does. */
static bool asks(Engine *engine, const OpenFact *fact, uint32_t *ret_choice)
{
  VmValue value;
  engine->scene.mot = fact->mot;
  if (engine_call(engine, fact->function, &value) != VM_OPENS) return false;
  *ret_choice = engine->module->Mot[fact->mot].choices + (uint32_t)value.i;
  return true;
}

void moments_trigger(Engine *engine, const HandlerPlan *handler)
{
  const HandlerFacts *facts = &engine->handlers[handler->handler];
  uint32_t first = engine->serial;
  for (uint32_t i = 0; i < facts->open_count; i++) {
    const OpenFact *fact = &facts->opens[i];
    uint32_t choice = fact->choice;
    switch ((OpenHow)fact->how) {
    case OPEN_PLAIN: plain_begin(engine, fact->mot); continue;
    case OPEN_BIT:
      if (plain_settle(engine, fact->mot, fact->predicate)) continue;
      break;
    case OPEN_COUNT:
      if (plain_settle_count(engine, fact)) continue;
      break;
    case OPEN_ASKS:
      if (!asks(engine, fact, &choice)) continue;
      break;
    default: break;
    }
    moment_begin(engine, fact->mot, choice);
  }
  if (engine->serial != first) engine->touched = true;
}

/* ---- pauses ---- */

bool moment_pause(Engine *engine, int64_t change)
{
  enum { STOPS = 1, RUNS = 2 };
  if (moment_paused(&engine->scene)) {
    if (!(change & RUNS)) return false;
    moment_run(&engine->scene);
  } else {
    if (!(change & STOPS)) return false;
    moment_stop(&engine->scene);
  }
  if (engine->scene.trace) trace_clock(&engine->scene);
  return true;
}

/* ---- tests ---- */

static uint32_t step_of(MotSteps steps, uint32_t mot)
{
  for (uint32_t i = 0; i < steps.len; i++)
    if (steps.data[i].mot == mot) return steps.data[i].function;
  return MOT_NONE;
}

/* Runs a test over the subject at hand; true when that decided it. */
static bool run_test(Engine *engine, Handle moment, uint32_t function)
{
  VmValue value;
  int64_t before = engine->scene.trace ? trace_deadline(&engine->scene) : 0;
  if (engine_call(engine, function, &value) == VM_FAULT) {
    subject_decide(engine, moment, OUTCOME_VOID, VOID_FAULT, deadline_before(engine));
    return true;
  }
  if (engine->scene.settled && subject_settled(engine, moment)) return true;
  if (engine->scene.trace) trace_moved(&engine->scene, before);
  return false;
}

/* At the instant at hand, so that serials have not come round. */
static bool opened_since(const Engine *engine, const MomentHeader *moment, uint32_t serial)
{
  return moment->opened == engine->scene.now && (int32_t)(moment->serial - serial) >= 0;
}

static bool opened_in_cascade(const Engine *engine, const MomentHeader *moment)
{
  return engine->in_cascade && opened_since(engine, moment, engine->cascade);
}

/* `pause`, `function`: MOT_NONE when there is none. */
static void moment_hears(Engine *engine, Handle handle, uint32_t pause, uint32_t function)
{
  uint32_t mot = engine->scene.subject.moment->mot;
  bool risks = engine->plan->mots[mot].risks > 0;
  bool arms = engine->scene.subject.pause || engine->functions[function].arms;
  int64_t due = arms ? subject_due(engine) : INT64_MAX;
  VmValue value = {0};
  bool answers = pause != MOT_NONE && engine_call(engine, pause, &value) == VM_DONE;
  bool changed = answers && moment_pause(engine, value.i);
  if (function != MOT_NONE) {
    if (run_test(engine, handle, function)) return;
    changed = changed || engine->scene.moved;
  }
  if (arms && (changed || engine->scene.settled)) subject_arm(engine, handle, due);
  if (risks) risks_update(engine, handle);
}

/* Whether plain.c can test it; *ret_hits: whether the event at hand is the happening. */
static bool is_plain(const Engine *engine, uint32_t mot, uint32_t function, bool *ret_hits)
{
  const FunctionFact *fact = &engine->functions[function];
  const EventData *event = engine->scene.event;
  *ret_hits = true;
  if (!engine->mots[mot].plain) return false;
  switch (fact->kind) {
  case FACT_HITS: return true;
  case FACT_HITS_IF_BIT:
    *ret_hits = event->truths >> fact->of & 1;
    return !(event->faults >> fact->of & 1);
  case FACT_HITS_IF_FIELD: *ret_hits = event->values[fact->of].i != 0; return true;
  default: return false;
  }
}

/* Bits of the MOTs whose tests the event at hand passes; false: a predicate faulted. */
static bool tests_passed(const Engine *engine, const HandlerFacts *facts, uint32_t *ret_bits)
{
  const EventData *event = engine->scene.event;
  uint32_t bits = 0;
  for (uint32_t i = 0; i < facts->straight_count; i++) {
    TestFact test = facts->straight[i];
    bool hits = true;
    if (test.kind == FACT_HITS_IF_BIT) {
      if (event->faults >> test.of & 1) return false;
      hits = event->truths >> test.of & 1;
    } else if (test.kind == FACT_HITS_IF_FIELD) {
      hits = event->values[test.of].i != 0;
    }
    if (hits) bits |= test.bit;
  }
  *ret_bits = bits;
  return true;
}

/* Mostly it is the happening of one moment at most. */
static void hear_plain(Engine *engine, const HandlerFacts *facts, uint32_t bits)
{
  JourneyHeader *journey = engine->scene.journey;
  uint32_t seen = 0, count = 0;
  Handle latest = 0;
  for (Handle handle = journey->latest; handle;) {
    const MomentHeader *moment = moment_at(engine, handle);
    uint32_t bit = engine->mots[moment->mot].bit;
    seen |= bit;
    if (bit & bits && count++ == 0) latest = handle;
    handle = moment->next;
  }
  journey->mots = seen;
  if (seen & facts->tests) engine->touched = true;
  if (count == 1) plain_hears(engine, latest, moment_at(engine, latest));
  if (count <= 1) return;
  uint32_t base = engine->walk.len;
  moments_collect(engine, bits);
  for (uint32_t i = 0; i < count; i++) {
    Handle handle = engine->walk.data[base + i];
    plain_hears(engine, handle, moment_at(engine, handle));
  }
  engine->walk.len = base;
}

void moments_test(Engine *engine, const HandlerPlan *handler, uint32_t before)
{
  const HandlerFacts *facts = &engine->handlers[handler->handler];
  uint32_t passed;
  if (facts->straight && !engine->in_cascade && tests_passed(engine, facts, &passed)) {
    hear_plain(engine, facts, passed);
    return;
  }
  uint32_t base = engine->walk.len;
  uint32_t count = moments_collect(engine, facts->tests);
  bool by_event = !engine->in_cascade, hits;
  for (uint32_t i = 0; i < count; i++) {
    Handle handle = engine->walk.data[base + i];
    MomentHeader *moment = moment_at(engine, handle);
    if (moment->flags & MOMENT_CORRECTION) {
      bool old = !opened_since(engine, moment, before) && !opened_in_cascade(engine, moment);
      if (old) correction_hears(engine, handle, step_of(handler->corrections, moment->mot));
      continue;
    }
    uint32_t pause = by_event ? step_of(handler->pauses, moment->mot) : MOT_NONE;
    uint32_t function = step_of(handler->tests, moment->mot);
    if ((pause == MOT_NONE && function == MOT_NONE) || opened_in_cascade(engine, moment)) continue;
    engine->touched = true;
    if (pause == MOT_NONE && is_plain(engine, moment->mot, function, &hits)) {
      if (hits) plain_hears(engine, handle, moment);
    } else if (moment_enter(engine, handle)) {
      moment_hears(engine, handle, pause, function);
    }
  }
  engine->walk.len = base;
}

void moments_void_on(Engine *engine, const HandlerPlan *handler)
{
  uint32_t base = engine->walk.len;
  uint32_t count = moments_collect(engine, engine->handlers[handler->handler].voids);
  for (uint32_t i = 0; i < count; i++) {
    Handle handle = engine->walk.data[base + i];
    const MomentHeader *moment = moment_at(engine, handle);
    bool correction = moment->flags & MOMENT_CORRECTION;
    uint32_t function = step_of(correction ? handler->correction_voids : handler->mot_voids, moment->mot);
    if (function == MOT_NONE || !moment_enter(engine, handle) || !engine_truth(engine, function)) continue;
    if (correction)
      correction_close(engine, handle, ACT_WITHDRAWN, CAUSE_VOID);
    else
      subject_voided(engine, handle, VOID_VOIDED);
  }
  engine->walk.len = base;
}

/* ---- the SCO ---- */

void sco_test(Engine *engine, uint32_t function)
{
  sco_enter(engine);
  bool arms = engine->functions[function].arms;
  int64_t due = arms ? subject_due(engine) : INT64_MAX;
  if (!run_test(engine, 0, function) && arms) subject_arm(engine, 0, due);
}

void sco_look(Engine *engine, bool fault, bool settled)
{
  sco_enter(engine);
  if (fault) {
    subject_decide(engine, 0, OUTCOME_VOID, VOID_FAULT, INT64_MAX);
    return;
  }
  if (!settled || !settled_at_opening(engine)) subject_arm(engine, 0, INT64_MAX);
}
