/*
 * engine_state.h - what an engine keeps, and the contract between its parts:
 *
 *   engine_run.c  batches: events and timers in their order
 *   facts.c       what is worked out once
 *   hear.c        what one event does in a partition
 *   journey.c     journeys: begin, end, are void, expire, are over
 *   crowd.c       the journeys of a key, be they few or very many
 *   waiting.c     records of keys whose `starts on` has seen a part of what it waits for
 *   moment.c      moments and SCOs: open, are tested, are decided
 *   plain.c       the same for moments of the simplest kind, in fewer steps
 *   cascade.c     decided outcomes are heard; then what is over is given back
 *   fire.c        timers: set, taken, run
 *   emit.c        records of what was decided
 *   census.c      what stands at an instant
 *   acts.h        alerts and corrections
 *
 * The scene is the engine's one view of what is at hand; each part points it where it works and leaves
 * it there.
 */
#ifndef MOT_RUNTIME_ENGINE_STATE_H
#define MOT_RUNTIME_ENGINE_STATE_H

#include <string.h>

#include "runtime/act_id.h"
#include "runtime/engine.h"
#include "runtime/history.h"

/* Handles, a growing list. */
typedef struct HandleList {
  Handle *data;
  uint32_t len;
  size_t room;
} HandleList;

/* A decided outcome that is to be heard. */
typedef struct Told {
  Handle journey, moment;     /* moment 0: the journey's SCO */
  uint8_t outcome;
  bool silent;                /* decided by the expiry: it opens nothing */
} Told;

/* What is known of a function before it runs. */
typedef enum FactKind {
  FACT_RUNS,                  /* nothing: it has to run */
  FACT_NOTHING,               /* RET */
  FACT_OPENS,                 /* OPEN: `of` is the choice */
  FACT_TRUE, FACT_FALSE,      /* RET_B of a constant */
  FACT_ARMS,                  /* LEAF_ARM of leaf 0, step 0 */
  FACT_HITS,                  /* LEAF_HIT of leaf 0, step 0 */
  FACT_HITS_IF_BIT,           /* … if EV_BIT `of` holds */
  FACT_HITS_IF_FIELD,         /* … if EV_B `of` holds */
  FACT_BIT,                   /* LEAF_IS of leaf 0 by EV_BIT: `of` is the predicate */
  FACT_COUNTS,                /* … by H_COUNT of history `of`, compared with a constant */
  FACT_PUSHES                 /* H_PUSH: history `of` counts the event */
} FactKind;
typedef struct FunctionFact {
  uint8_t kind;               /* FactKind */
  bool arms;                  /* may arm or move a deadline */
  uint16_t of;
} FunctionFact;

/* Of a MOT or correction: what its records begin as, and what goes with them. */
typedef struct MotFacts {
  const uint8_t *fresh;       /* its record's first bytes; MotPlan.size of them */
  const uint32_t *texts;      /* offsets of its text slots */
  uint32_t text_count;
  uint32_t bit;               /* in JourneyHeader.mots */
  uint8_t acts;               /* bits of outcomes on which something is done: act_moment() */
  bool asks;                  /* somebody wants to know its deadline when it is decided */
  uint32_t size, units;       /* of its record: bytes; in 8 bytes when the heap has a class for it, else 0 */
  double weight;
  uint8_t matters;            /* bits of outcomes that somebody beside the counts wants to know of */
  bool alone;                 /* its condition is one leaf, as it is */
  bool bare;                  /* plain: its record is a PlainMoment */
  uint8_t soon;               /* bits of outcomes of which only a record, if anything, has to come, and that of a kind
                               * that is soon written */
  bool plain;                 /* … of one happening with a bound, and its clock cannot stand: plain.c */
  uint8_t hit;                /* plain: its outcome when the happening comes in time; else it is the other */
  uint32_t state;             /* alone: offset of what its leaf holds */
  uint32_t deadline;          /* plain: offset */
  int64_t length;             /* plain: of a constant `within`, else 0 */
  bool tells;                 /* its records hold nothing that is worked out: emit_plain() */
  uint32_t sentences[2];      /* tells: evidence, by OUTCOME_MISSED, OUTCOME_PRODUCED */
  uint32_t lane;              /* plain: of timers of that length; MOT_NONE: none */
  const MeasureList *counted; /* measures that want no more than the outcome; NULL: none */
  bool measured;              /* … that want the moment's record at its decision */
} MotFacts;

/* The record of most plain moments. */
typedef struct PlainMoment {
  MomentHeader header;
  int64_t deadline;
  uint8_t state, pad[7];
} PlainMoment;

typedef struct ExperienceFacts {
  int64_t expires;
  const SlotRow *slots;
  const uint8_t *fresh;       /* ExperiencePlan.size bytes */
  const uint32_t *texts;      /* offsets of its text slots, further keys too */
  uint32_t text_count;
  uint32_t size, units;       /* as in MotFacts */
  uint32_t expiry_lane;       /* MOT_NONE: none */
} ExperienceFacts;

/* One way in which a handler may open a moment. */
typedef enum OpenHow {
  OPEN_ASKS,                  /* its trigger function says by which choice, if at all */
  OPEN_CERTAIN,               /* by one choice, whatever comes */
  OPEN_PLAIN,                 /* … of mode `each`, with a constant bound: plain_begin() */
  OPEN_BIT,                   /* … settled by a predicate of the event: plain_settle() */
  OPEN_COUNT                  /* … by how many events a history holds: plain_settle_count() */
} OpenHow;
/* A key under which something is undecided. */
typedef struct OpenKey {
  uint64_t prefix;            /* its first bytes, as a number */
  Handle partition;
} OpenKey;

typedef struct OpenFact {
  uint32_t mot, function;
  uint32_t choice;            /* row */
  uint16_t predicate;
  uint8_t how;                /* OpenHow */
  const HistoryRow *history;  /* OPEN_COUNT: produced when it holds from `least` to `most` */
  int64_t least, most;
} OpenFact;

/* A test of a handler all of whose tests are of plain moments: what the event must be to be the happening. */
typedef struct TestFact {
  uint32_t bit;               /* of its MOT, and of no other */
  uint16_t of;
  uint8_t kind;               /* FACT_HITS, FACT_HITS_IF_ */
} TestFact;

/* A clock of an SCO that begins with the journey and runs for a constant time. */
typedef struct ClockFact {
  uint32_t deadline;          /* offset in the journey's record */
  int64_t length;
} ClockFact;

/* Of a handler: bits of the MOTs whose open moments it concerns, and what it opens. */
typedef struct HandlerFacts {
  uint32_t voids, tests;      /* tests: pauses too */
  uint32_t risks;             /* of those whose actions at risk have a lead time that is worked out */
  const OpenFact *opens;
  uint32_t open_count;
  bool silences, waits;       /* of its experience */
  const TestFact *straight;   /* all its tests; NULL: not all are of plain moments */
  uint32_t straight_count;
  const HistoryRow *counts;   /* all that its history function does: this one counts the event; NULL: it runs */
  const ClockFact *clocks;    /* all that its start function does, but for counting; NULL: it has to run */
  uint32_t clock_count;
  const HistoryRow *start_counts; /* counts the event that begins the journey; NULL: none */
} HandlerFacts;

/* Of a route: where its key lies in the row of an event, and what its first handler looks at. */
typedef struct RouteFacts {
  const Route *route;         /* NULL: the event names an id */
  const HandlerPlan *only;    /* its handler, when there is no other and nothing but the key must agree */
  uint32_t key_at;            /* bytes from the row's start to the key's value */
  uint32_t looks;             /* bits of MOTs whose open moments are walked over */
  uint32_t far;               /* offset in the journey's record of what the event is counted in; 0: nowhere */
} RouteFacts;
typedef struct EventFacts {
  const RouteFacts *routes;   /* as those of EventPlan */
  uint32_t count;
  bool quick;                 /* one, and that of key space 0, whose hash the row has */
  const RouteFacts *notice;   /* it names an alert or correction: notice.c; NULL: it does not */
} EventFacts;

typedef struct ActFacts ActFacts;

enum { PARTITION_KNOWN = 1 }; /* a flag: it is in the table, so that its key may be trusted */

struct Engine {
  const Plan *plan;
  const Module *module;
  Mem *mem;
  const EngineOptions *options;
  Arena arena;                /* what is made once */
  const FunctionFact *functions;
  MotFacts *mots;             /* as in Plan */
  const ExperienceFacts *experiences;
  const HandlerFacts *handlers;
  const EventFacts *events;
  const ActFacts *acts;
  uint32_t journey_lines;     /* bytes of any journey's record that are worth fetching */

  Partitions partitions;
  Heap journeys, moments, texts, crowds, alerts;
  Partitions active;          /* alerts and corrections by their ids: act.c */
  Timers *timers;
  int64_t due_next;           /* nothing in the heap of timers is due before */
  int64_t horizon;
  uint32_t serial;            /* of the next opening */
  uint64_t number;            /* of the next record */

  Scene scene;
  Handle journey;             /* that at hand */
  TextDrops drops;
  uint8_t *scratch;           /* a moment that opens, until it is known to stay */
  HandleList walk;            /* moments being walked over; used as a stack */
  int64_t *silences;          /* when the silences of the journey at hand were due */

  struct Visit *visits;       /* of the batch at hand */
  bool takes_all;             /* partitions of any key that it is given */

  Told *told;                 /* outcomes of this event or timer */
  uint32_t told_count;
  size_t told_room;
  bool in_cascade;
  uint32_t cascade;           /* openings from this serial on belong to the cascade */
  HandleList over;            /* journeys that are over, until all is heard */
  HandleList ran_moments, ran_scos; /* whose timer of this instant has run */

  Outcomes *outcomes;
  uint32_t kinds;             /* of records wanted */
  bool touched;               /* the event at hand opened a moment, or was tested by one */
  OpenKey *open_keys;         /* engine_open_begin */
  uint32_t open_count;
  size_t open_room;
  const EventData **touched_rows; /* engine_touched */
  uint32_t touched_count;
  size_t touched_room;
  char *id, *text;            /* of an alert or correction, being made */
  size_t id_room, text_room;
  EngineCounts counts;
};

static inline JourneyHeader *journey_at(const Engine *engine, Handle journey)
{
  return heap_at(&engine->journeys, journey);
}
static inline MomentHeader *moment_at(const Engine *engine, Handle moment)
{
  return heap_at(&engine->moments, moment);
}
static inline bool wants(const Engine *engine, OutcomeKind kind)
{
  return engine->kinds >> kind & 1;
}

/* A record that begins as `fresh`. */
static inline Handle record_new(Heap *heap, const uint8_t *fresh, uint32_t size, uint32_t units)
{
  if (!units) {
    Handle large = heap_alloc(heap, size);
    memcpy(heap_at(heap, large), fresh, size);
    return large;
  }
  enum { FEW = 8 }; /* of more, the library's way is shorter */
  Handle handle = heap_take(heap, units);
  uint64_t *to = heap_at(heap, handle);
  const uint64_t *from = (const uint64_t *)(const void *)fresh;
  if (units > FEW)
    memcpy(to, from, size);
  else
    for (uint32_t i = 0; i < units; i++) to[i] = from[i];
  return handle;
}

/* ---- engine_run.c ---- */
void handles_grow(Engine *engine, HandleList *list);
static inline void handles_push(Engine *engine, HandleList *list, Handle handle)
{
  if (list->len == list->room) handles_grow(engine, list);
  list->data[list->len++] = handle;
}
/* Points the scene at a journey of a partition: as scene_journey, from what was worked out before. */
static inline void engine_enter_in(Engine *engine, Handle journey, const Partition *partition)
{
  Scene *scene = &engine->scene;
  JourneyHeader *header = journey_at(engine, journey);
  const ExperienceFacts *facts = &engine->experiences[header->experience];
  engine->journey = journey;
  scene->journey = header;
  scene->journey_slots = facts->slots;
  scene->expiry = instant_after(header->start, facts->expires);
  scene->key = partition->key;
  scene->key_len = partition->len;
}
static inline void engine_enter(Engine *engine, Handle journey)
{
  engine_enter_in(engine, journey, partition_at(&engine->partitions, journey_at(engine, journey)->partition));
}
/* Runs a function, counts its fault. */
VmStatus engine_call(Engine *engine, uint32_t function, VmValue *ret);
/* The event at hand is counted by a history of the journey at hand. */
static inline void engine_counts_event(Engine *engine, const HistoryRow *history)
{
  const Scene *scene = &engine->scene;
  HistoryView view = {engine->module, history, scene->journey};
  if (!history_push(view, scene->now, (HistoryValue){0})) engine->counts.faults++;
}
/* What a truth function says: false when it faults. */
bool engine_truth(Engine *engine, uint32_t function);
/* The clock is at `now`: what held for another instant only is forgotten. */
void engine_clock_ran(Engine *engine);
static inline void engine_clock(Engine *engine, int64_t now)
{
  if (engine->scene.now == now) return;
  engine->scene.now = now;
  if (engine->ran_moments.len + engine->ran_scos.len > 0) engine_clock_ran(engine);
}
/* Gives back texts that were dropped. */
void engine_drop_texts(Engine *engine);

/* ---- facts.c ---- */
void engine_facts(Engine *engine);

/* ---- hear.c ---- */
/* What an event does in its partition; outcomes are left to the cascade.  `near`: where that probably is,
 * or 0. */
void hear_event(Engine *engine, const EventData *event, const RouteFacts *facts, uint64_t hash, Handle near);
/* Takes a partition out when nothing is left in it. */
void partition_drop_if_empty(Engine *engine, Handle partition);
/* The text of a field; false when the event does not have it. */
bool event_name(const Engine *engine, const EventData *event, uint32_t field, VmText *ret);
/* Whether the further names of a journey are not other than those of the event at hand; with `all` the event
 * must have them all. */
bool journey_matches(const Engine *engine, const HandlerPlan *handler, JourneyHeader *journey, bool all);

/* ---- journey.c ---- */
/* A fresh record of the partition with the further names of the event at hand; in no list. */
Handle journey_new(Engine *engine, Handle partition, const HandlerPlan *handler);
/* A journey begins at the event at hand in a record of journey_new(), taken out of all lists. */
void journey_begin(Engine *engine, const HandlerPlan *handler, Handle record);
/* The journey at hand: `void on`, `ends on`, expiry, at the instant at hand. */
void journey_void(Engine *engine);
void journey_end(Engine *engine);
void journey_expire(Engine *engine);
/* The journey at hand may be over after a decision. */
void journey_may_be_over(Engine *engine);
/* Gives a record back that is in no list. */
void journey_release(Engine *engine, Handle journey);
/* Takes a record out of its partition and gives it back, the partition too when nothing is left in it. */
void journey_bury(Engine *engine, Handle journey);
/* When the silences of the journey at hand are due, to be compared. */
void silences_note(Engine *engine);
/* Sets timers for those that changed. */
void silences_arm(Engine *engine);

/* ---- crowd.c ---- */
/* The two lists of a partition, each by experience, then oldest first, linked by `next`. */
typedef enum JourneyList { LIST_JOURNEYS, LIST_WAITING, JOURNEY_LISTS } JourneyList;
/* Puts a record into that list of its partition to which it belongs, as the youngest of its experience. */
void journey_put_in(Engine *engine, Handle record);
void journey_take_out(Engine *engine, Handle record);
Handle crowd_first(const Engine *engine, const Partition *partition, JourneyList list);
/* The first record of a list; 0: it is empty. */
static inline Handle partition_first(const Engine *engine, const Partition *partition, JourneyList list)
{
  if (partition->crowded) return crowd_first(engine, partition, list);
  return list == LIST_WAITING ? partition->waiting : partition->journeys;
}

/* Records of one experience in a crowded partition, oldest first: all those that the event at hand, or an outcome
 * in journey `from`, may reach by its further names, and perhaps others.  None may come or go meanwhile. */
typedef struct CrowdWalk {
  Handle node, last;
  uint32_t hash;
  bool named;
} CrowdWalk;
CrowdWalk crowd_walk_event(const Engine *engine, const Partition *partition, JourneyList list,
                           const HandlerPlan *handler);
CrowdWalk crowd_walk_outcome(const Engine *engine, const Partition *partition, uint32_t experience,
                             JourneyHeader *from);
/* The next one; 0: there are no more. */
Handle crowd_next(const Engine *engine, CrowdWalk *walk);

/* ---- waiting.c ---- */
/* Runs the test of `starts on` over the record that waits for the key of the event at hand, made when there
 * is none; a journey may begin.  A record that remembers nothing is not kept: then it is false. */
bool waiting_hears(Engine *engine, Handle partition, const HandlerPlan *handler);
/* A timer of a waiting record: drops it when nothing in it can matter any more. */
void waiting_fires(Engine *engine, Handle record);

/* ---- moment.c ---- */
/* Opens a moment of a MOT by a choice (row), at the instant at hand, in the journey at hand. */
void moment_begin(Engine *engine, uint32_t mot, uint32_t choice);
/* Open moments of the journey at hand whose MOT is in `bits`, oldest first, on the walk stack from its former
 * length on; how many. */
uint32_t moments_collect(Engine *engine, uint32_t bits);
/* Points the scene at an open moment of the journey at hand; false when it is not open any more. */
bool moment_enter(Engine *engine, Handle moment);
/* Points it at the SCO of the journey at hand. */
void sco_enter(Engine *engine);
/* Tests of all open moments and corrections of the journey at hand, of these only those that opened before serial
 * `before`; pauses too when an event is at hand. */
void moments_test(Engine *engine, const HandlerPlan *handler, uint32_t before);
/* `void on` of MOTs. */
void moments_void_on(Engine *engine, const HandlerPlan *handler);
/* Triggers of the handler. */
void moments_trigger(Engine *engine, const HandlerPlan *handler);
void sco_test(Engine *engine, uint32_t function);
/* The SCO of a journey that began is looked at; `fault`: in what began it; `settled`: some leaf was. */
void sco_look(Engine *engine, bool fault, bool settled);
/* Decides the subject at hand; `moment`: its handle, 0 for the SCO or a moment in the scratch record. */
void subject_voided(Engine *engine, Handle moment, VoidReason reason);
void subject_decide(Engine *engine, Handle moment, uint8_t outcome, VoidReason reason, int64_t deadline);
/* Leaves of the subject at hand were settled: decides it if its verdict is known. */
bool subject_settled(Engine *engine, Handle moment);
/* Stops or runs the clock of the moment at hand (`change` as PAUSE functions say); true when it did. */
bool moment_pause(Engine *engine, int64_t change);
void moment_give_back(Engine *engine, Handle moment);
/* Puts a moment among the open ones of the journey at hand, or takes it out. */
static inline void moment_link(Engine *engine, Handle handle, MomentHeader *moment)
{
  JourneyHeader *journey = engine->scene.journey;
  moment->next = journey->latest;
  moment->prev = 0;
  if (journey->latest) moment_at(engine, journey->latest)->prev = handle;
  journey->latest = handle;
  journey->mots |= engine->mots[moment->mot].bit;
  journey->open++;
}
static inline void moment_unlink(Engine *engine, const MomentHeader *moment)
{
  JourneyHeader *journey = engine->scene.journey;
  if (moment->prev)
    moment_at(engine, moment->prev)->next = moment->next;
  else
    journey->latest = moment->next;
  if (moment->next) moment_at(engine, moment->next)->prev = moment->prev;
  if (--journey->open == 0) journey->mots = 0;
}
static inline void moment_count(Engine *engine, uint32_t mot, uint8_t outcome, VoidReason reason)
{
  double weight = engine->mots[mot].weight;
  JourneyHeader *journey = engine->scene.journey;
  engine->counts.mots[mot].decided[outcome]++;
  engine->counts.mots[mot].reasons[reason]++;
  journey->decided[outcome]++;
  if (outcome == OUTCOME_VOID) return;
  const MeasureList *counted = engine->mots[mot].counted;
  if (counted) meter_plain(engine->options->meter, counted, weight, outcome == OUTCOME_MISSED, engine->scene.now);
  journey->weighed += weight;
  if (outcome == OUTCOME_MISSED) journey->lost += weight;
}
/* Whether anybody but the counts wants to know of an outcome of a MOT. */
static inline bool moment_matters(const Engine *engine, uint32_t mot, uint8_t outcome)
{
  return engine->mots[mot].matters >> outcome & 1;
}

/* ---- plain.c ---- */
/* Opens a plain moment whose clock runs for a constant time. */
void plain_begin(Engine *engine, uint32_t mot);
/* Sets the timer of a plain moment that opened by its opening function. */
void plain_arm(Engine *engine, Handle handle);
/* A moment that is settled at its opening by a predicate worked out with the batch; false: it takes more than
 * counting it. */
bool plain_settle(Engine *engine, uint32_t mot, uint32_t predicate);
/* Likewise by what a history holds. */
bool plain_settle_count(Engine *engine, const OpenFact *fact);
/* What a test makes of a plain moment: the happening came. */
void plain_hears(Engine *engine, Handle handle, MomentHeader *moment);
/* The timer of a plain moment. */
void plain_fires(Engine *engine, const DueTimer *timer);

/* ---- cascade.c ---- */
void tell(Engine *engine, Told told);
/* All that was decided is heard; what is over is given back. */
void cascade_hear(Engine *engine);
static inline void cascade_run(Engine *engine)
{
  if (engine->told_count > 0 || engine->over.len > 0 || engine->drops.count > 0) cascade_hear(engine);
}

/* ---- fire.c ---- */
/* Sets the first timer of a moment, or one that takes the place of another. */
void moment_arm(Engine *engine, Handle handle, const MomentHeader *moment, int64_t due);
/* Sets the timer of the subject at hand; `before`: when it was due until now, INT64_MAX: it had none. */
void subject_arm(Engine *engine, Handle moment, int64_t before);
/* When the subject at hand is due, INT64_MAX when its journey's expiry comes before. */
int64_t subject_due(const Engine *engine);
/* Of risk `risk` of a moment of the journey at hand. */
void risk_arm(Engine *engine, Handle moment, uint32_t risk, int64_t due);
/* That of the SCO of the journey at hand, which begins now. */
void sco_arm(Engine *engine, int64_t due);
void expiry_arm(Engine *engine, Handle journey);
void waiting_arm(Engine *engine, Handle record, int64_t due);
/* Of a correction: its due instant. */
void correction_arm(Engine *engine, Handle handle, const MomentHeader *moment, int64_t due);
/* The next of an alert of the journey at hand, unless that is over before. */
void alert_arm(Engine *engine, Handle alert);
/* Of silence `silence` (place in ExperiencePlan.silences) of the journey at hand. */
void silence_arm(Engine *engine, Handle journey, uint32_t silence, int64_t due);
/* Hands timers due before the horizon to the heap. */
void timers_fetch(Engine *engine);
/* Runs those of the heap that are due before `end`. */
void timers_run(Engine *engine, int64_t end);

/* ---- emit.c ---- */
void emit_moment(Engine *engine, uint8_t outcome, VoidReason reason, int64_t deadline);
/* The same for a moment of a MOT that MotFacts.tells, missed or produced now, which need not be the subject at
 * hand.  `instant`: that of its sentence. */
typedef struct PlainDecision {
  uint32_t mot;
  uint8_t outcome;
  int64_t opened, deadline, instant;
} PlainDecision;
void emit_plain(Engine *engine, const PlainDecision *decision);
void emit_sco(Engine *engine, uint8_t outcome, VoidReason reason);
void emit_journey(Engine *engine);
/* How a journey that is over came to its end. */
JourneyEnd journey_end_of(const JourneyHeader *journey);
void emit_open(Engine *engine);

#endif
