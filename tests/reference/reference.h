/*
 * reference.h - the reference evaluator: what the language means, computed by definition.
 *
 * It evaluates the typed program over a complete, ordered list of events.  Nothing
 * is remembered but what happened (lists of events, openings, pauses); whatever a
 * condition, a history or a pattern says is worked out from those lists anew each
 * time.  It shares no evaluation with the engine that it judges.
 */
#ifndef MOT_TESTS_REFERENCE_H
#define MOT_TESTS_REFERENCE_H

#include <stdio.h>

#include "base/buf.h"
#include "bytecode/zonetime.h"
#include "compiler/program.h"

#define NEVER INT64_MAX
#define MICROS INT64_C(1000000)

enum { /* kinds of records, as bits */
  TELL_MOMENT = 1, TELL_SCO = 2, TELL_JOURNEY = 4, TELL_OPEN = 8, TELL_TARGET = 16, TELL_ALERT = 32,
  TELL_CORRECTION = 64, TELL_MEASURE = 128, TELL_GOAL = 256, TELL_SENTIMENT = 512,
  TELL_DEFAULT = TELL_MOMENT | TELL_SCO | TELL_JOURNEY | TELL_TARGET | TELL_ALERT | TELL_CORRECTION |
                 TELL_GOAL
};

typedef struct Journey Journey;
typedef struct Subject Subject;

/* A value that may be missing. */
typedef struct Value {
  bool known;
  int64_t i;     /* bool, int, time, duration, money in minor units, place of a listed value */
  double f;      /* number, percent */
  const char *s; /* text, id */
} Value;

/* Something that happened: an event, or the outcome of a moment. */
typedef struct Item {
  int64_t time;
  const Event *event;    /* NULL: an outcome, or an event of a kind nobody declared */
  Value *fields;         /* beside event->fields */
  const Subject *moment; /* whose outcome it is */
  uint8_t outcome;
  bool silent;           /* an outcome that opens nothing: decided by the expiry */
  const char *id;        /* for duplicates; NULL: none */
  uint32_t arrival;
} Item;

typedef VEC(Item *) Items;

/* ---- what a subject (a moment, an SCO) went through ---- */

typedef enum PauseChange { PAUSE_LEAVES, PAUSE_STOPS, PAUSE_RUNS } PauseChange;

typedef struct Entry {
  const Item *item; /* NULL: only a pause changed */
  uint32_t log;     /* how many items the journey had then */
  int64_t time;
  int64_t passed;   /* timers up to here had run before it came */
  bool ended;       /* the journey had met `ends on` before it came */
  uint8_t pause;
} Entry;

/* When somebody is warned that the deadline of a moment is near. */
typedef struct Risk {
  const Action *action;
  int64_t due;                /* NEVER: not as things stand */
  int64_t deadline, ran_for;  /* as known now; for which it ran last */
} Risk;

/* A moment, an SCO; or a correction, which is open until it is done or withdrawn. */
struct Subject {
  Journey *journey;
  const Mot *mot;             /* NULL: the SCO */
  const Condition *condition;
  const Choice *choice;       /* by which it opened; NULL: the SCO */
  const Item *opening;        /* NULL: opened by silence */
  const Item **as;            /* beside choice->as */
  int64_t opened;
  uint32_t opened_log;        /* items of the journey at the opening, with it */
  uint32_t number;            /* order of openings */
  uint64_t cascade;           /* opened by an outcome of this cascade: hears nothing of it */
  VEC(Entry) entries;
  bool paused;
  int64_t passed;             /* its timers up to here have run */
  int64_t wake;               /* its next timer */
  uint8_t outcome;            /* OUTCOME_* */
  const char *reason;         /* of void */
  int64_t decided;
  uint32_t decided_log;       /* items of the journey then */
  int64_t deadline;           /* that its record tells; NEVER: none */
  VEC(Risk) risks;            /* by action; a moment's */
  const Action *correcting;   /* it is a correction … */
  const Subject *corrected;   /* … of this moment or SCO */
  const char *id;
  int64_t due;
  bool overdue;
};

/* A silence that somebody waits for. */
typedef struct Silence {
  const Choice *choice;
  const Mot *mot;
  uint8_t purpose; /* PURPOSE_* */
  int64_t due;     /* NEVER: over, or not known */
} Silence;

struct Journey {
  const Experience *experience;
  const char **keys;
  const Item *start;
  const Choice *start_choice;
  const Item **start_as;
  uint32_t number;
  Items items;            /* events heard; the start first */
  Subject *sco;
  VEC(Subject *) moments; /* oldest first, decided ones too */
  VEC(Silence) silences;
  bool ended, voided, expired, over;
  int64_t ended_at;
  uint32_t stopped;       /* the first event heard while it was no longer live, or that ended it */
  uint32_t decided[3];    /* by OUTCOME_MISSED, PRODUCED, VOID */
  double lost, weighed;   /* weights: missed; missed or produced */
};

/* ---- records ---- */

typedef struct Record {
  int64_t time;
  const char *partition, *field; /* its key: value, name; NULL: none */
  uint32_t kind;                 /* TELL_ */
  uint32_t declaration;          /* without a key: of what it tells, */
  const char *group[2];          /* … of this group of it; NULL: no group, or the field is missing */
  bool grouped, other;
  uint64_t number;
  const char *text;
} Record;

/* ---- what is judged over windows ---- */

typedef struct Fact {         /* a case of an aggregate */
  int64_t time;
  uint32_t aggregate;
  Value value;                /* RATE: a truth; DISRUPTION: f the weight, i whether it was missed */
  const char *group[2];       /* as texts; NULL: missing */
  const char *json[2];        /* … as in a record */
  bool other;
} Fact;

typedef struct Judging Judging;

/* How one target stands, of one individual where there are some. */
typedef struct Standing {
  Judging *of;
  const char *group, *json;   /* NULL: it is about all */
  uint8_t state;              /* STANDS_ */
  bool gone;                  /* an individual who has left; may come back */
  uint8_t rights;             /* right ones since it was breached */
  bool enough;                /* the latest judgement had its cases, and a value: */
  double attained;
  uint64_t cases;
} Standing;
enum { STANDS_UNKNOWN, STANDS_MET, STANDS_BREACHED };

struct Judging {              /* a target, or a metric */
  const Target *target;       /* NULL: a metric's windows */
  const Metric *metric;
  const Mot *mot;             /* of which MOT it is a target … */
  const Goal *goal;           /* … or of which goal */
  uint32_t number;            /* among the targets of that, from 1 */
  uint32_t declaration;
  const Expr *value;          /* NULL: its one aggregate */
  VEC(const AggregateUse *) uses;
  const WindowUse *window;
  VEC(Fact) facts;            /* in order of time */
  VEC(Standing *) standings;  /* in order of group */
  int64_t next;               /* its next judgement */
};

typedef struct Measured {     /* one window of one group */
  Value value;                /* percentages as fractions */
  uint64_t cases;
  int64_t from, to;
} Measured;

typedef struct GoalState {    /* of a goal, or of one individual of it */
  const Goal *goal;
  const char *group, *json;
  uint8_t state;
} GoalState;

typedef struct Alert {
  const char *id;
  const Action *action;       /* NULL: a correction is overdue */
  Subject *subject;           /* it is about this moment, SCO, correction … */
  Standing *standing;         /* … or this target */
  uint8_t when;               /* WHEN_*; overdue: WHEN_END */
  const char *text;
  const Owner *to;
  uint64_t number;            /* order in which they were raised, or began to wait */
  bool active, gone, acknowledged;
  int64_t deadline;           /* of the moment, when it began */
  int64_t raises, clears, escalates, repeats; /* NEVER: not */
} Alert;

typedef struct Run {
  Arena *arena;
  const Program *program;
  ModuleBuilder zones;
  uint32_t stream_zone;
  uint32_t *calendar_zone;   /* beside program->calendars */
  bool *used;                /* beside program->events: some experience uses it */
  Items events;              /* accepted, ordered */
  int64_t largest;           /* time of an accepted event; INT64_MIN: none */
  VEC(Journey *) journeys;   /* oldest first */
  VEC(const Item *) outcomes; /* not yet heard */
  uint32_t heard;            /* of `outcomes` */
  uint32_t current;          /* the event being heard, or the next one */
  uint64_t cascade;
  bool in_cascade;
  bool in_block;             /* an `on` block runs */
  uint32_t openings;
  VEC(Record) records;
  VEC(const Subject *) decided; /* moments and SCOs, in order of decision */
  VEC(Alert *) alerts;
  uint64_t alert_numbers;
  VEC(Judging *) judgings;   /* targets of MOTs, of goals, metrics */
  VEC(GoalState *) goal_states;
  Event done, acknowledged;  /* the kinds as the library declares them */
  bool hears_done, hears_acknowledged;
  int64_t end;               /* where the clock stops */
  Buf dead;                  /* dead-letter records */
} Run;

/* ---- events.c, raw.c, instant.c: from lines to ordered events ---- */
typedef struct EventFile {
  const char *name, *text;
  size_t size;
} EventFile;
void events_read(Run *run, const EventFile *files, size_t count);
/* A raw value of a field; false with a word for what is wrong. */
struct json_t;
bool raw_value(Run *run, const struct json_t *json, const Field *field, Value *ret, const char **why);
bool raw_time(Run *run, const struct json_t *json, uint8_t format, Sym pattern, int64_t *ret,
              const char **why);
/* A decimal text as a whole number of 1/scale; digits behind that are cut, or refused when `exact`.
 * *beyond: it is a number, and does not fit. */
bool decimal_scaled(const char *text, int64_t scale, bool exact, int64_t *ret, bool *beyond);
bool instant_iso(Run *run, const char *text, int64_t *ret);
bool instant_pattern(Run *run, const char *text, const char *pattern, int64_t *ret);
bool duration_iso(const char *text, int64_t *ret);

/* ---- calendar.c: all in microseconds ---- */
int64_t stream_start_of_day(const Run *run, int64_t t);
int64_t stream_add_days(const Run *run, int64_t t, int64_t days);
int64_t calendar_next_open(const Run *run, const Calendar *calendar, int64_t t);
/* Open time in [from, to). */
int64_t calendar_open_between(const Run *run, const Calendar *calendar, int64_t from, int64_t to);
/* The first instant by which `length` of open time has passed; NEVER when it does not. */
int64_t calendar_add_open(const Run *run, const Calendar *calendar, int64_t t, int64_t length);
/* The first close of an open day that lies after the local day of t; NEVER: none. */
int64_t calendar_close_after_day(const Run *run, const Calendar *calendar, int64_t t);
int64_t calendar_add_open_days(const Run *run, const Calendar *calendar, int64_t t, int64_t days);

/* ---- value.c, history.c: values at a point of a journey ---- */
typedef struct Scene {
  Run *run;
  const Journey *journey;  /* NULL: before one */
  const Subject *subject;  /* NULL: of the journey */
  const Item *at;          /* the event at hand */
  uint32_t log;            /* items of the journey so far, the one at hand too */
  int64_t now;
  int64_t deadline;        /* in texts; NEVER: there is none */
  const Judging *judging;  /* in values over aggregates: theirs, */
  const Value *aggregates; /* … beside judging->uses */
  bool fault;
} Scene;
Value value_of(Scene *env, const Expr *expr);
/* False when missing or at a fault. */
bool truth_value(Scene *env, const Expr *expr);
Value field_of(const Item *item, Sym name);
Value history_value(Scene *env, const History *history, Type type);
/* The first case of the match that the item is; -1: none. */
int match_item(Scene *env, const Match *match, const Item *item);

/* ---- pattern.c ---- */
typedef struct Hit {
  const Choice *choice;
  uint32_t number;    /* of the choice */
  const Item **as;
} Hit;
/* Whether a choice of the pattern matches at item `place` of the list, of which items from `from` on count;
 * in choice order after `after` (-1: any).  env->log is set from place. */
bool choice_hits(Scene *env, const Choice *choice, const Items *items, uint32_t from, uint32_t place,
                 const Item **as);
/* Choices are tried in order; a fault ends the trying: then nothing matches, and env->fault is set. */
bool pattern_hits(Scene *env, const Pattern *pattern, const Items *items, uint32_t from, uint32_t place);
bool match_is_outcome(const Match *match);

/* ---- bound.c, leaf.c, condition.c: conditions over the entries of a subject ---- */
typedef enum Tri { FALSE3, UNKNOWN3, TRUE3 } Tri;

typedef struct Clock { /* of a step */
  bool runs;
  int64_t from;        /* when it started */
  int64_t length;      /* D, count of open days, or the instant */
  const struct Clock *earlier; /* of an earlier match, which may be the one that holds; NULL: none */
} Clock;

typedef struct View { /* how much of a subject's life is looked at */
  Run *run;
  const Subject *subject;
  uint32_t entries;
  bool mute;           /* the last entry is known but not tested */
  int64_t passed;
  bool ended;
} View;

typedef struct LeafState {
  Tri value;
  bool fault;
  int64_t count;
  Clock *clocks;       /* one a step */
  bool running;        /* sequence: its last, counted step has begun */
  int64_t at;          /* decided at this instant … */
  int64_t deadline;    /* … or by this bound; NEVER: none */
} LeafState;

/* When the step's clock runs out, as known after `entries` of them. */
int64_t bound_due(const View *view, uint32_t entries, const Bound *bound, const Clock *clock);
/* Starts the clock; false: a fault. */
bool bound_start(const View *view, Scene *env, const Bound *bound, int64_t from, Clock *clock);
LeafState leaf_judge(const View *view, const Leaf *leaf);
/* The next instant at which the leaf may be settled by time alone. */
int64_t leaf_wake(const View *view, const Leaf *leaf, const LeafState *state);

typedef struct Judged {
  Tri value;
  bool fault;
  int64_t wake;
  LeafState *leaves;
} Judged;
Judged judge(const View *view);
/* When it would be decided if nothing more happened; at most the expiry. */
int64_t deadline_of(View view);
Scene subject_env(Run *run, const Subject *subject, const Entry *entry);
/* The sentence for a decision. */
const char *because(Run *run, const Subject *subject, const Judged *judged);

/* When it would be missed if nothing more happened; NEVER when waiting would not miss it. */
int64_t risk_deadline(View view);

/* ---- journey.c, open.c, silence.c, run.c: what happens ---- */
int64_t expiry_of(const Journey *journey);
void run_program(Run *run, int64_t until);
void journeys_hear(Run *run, const Item *item);
void journey_ends(Run *run, Journey *journey, int64_t now);
void journey_voids(Run *run, Journey *journey, int64_t now);
void journey_expires(Run *run, Journey *journey);
void journey_check_over(Run *run, Journey *journey, int64_t now);
void subject_time(Run *run, Subject *subject, int64_t now);
void subject_void(Run *run, Subject *subject, const char *reason, int64_t now);
/* Looks at the subject again; decides it when it is settled. */
void subject_look(Run *run, Subject *subject, int64_t now, bool tested);
void subject_entry(Subject *subject, Arena *arena, const Item *item, int64_t now, uint8_t pause);
uint8_t pause_change(bool stop, bool run, bool paused);
void moments_open(Run *run, Journey *journey, const Item *item);
void moment_open(Run *run, Journey *journey, const Mot *mot, const Hit *hit, const Item *opening,
                 int64_t now);
void sco_open(Run *run, Journey *journey);
void journey_try_start(Run *run, const Experience *experience, const Item *item);
void silences_set(Run *run, Journey *journey);
void silences_hear(Run *run, Journey *journey);
void silence_fires(Run *run, Journey *journey, Silence *silence, int64_t now);
void outcomes_heard(Run *run);

/* ---- alert.c, correction.c: what is done about it ---- */
/* What the `on` block says, after the decision of the subject. */
void block_runs(Run *run, Subject *subject, uint8_t when, int64_t now);
void action_runs(Run *run, Subject *subject, const Action *action, int64_t now);
void risks_update(Run *run, Subject *subject, int64_t now);
void alerts_decided(Run *run, Subject *subject, int64_t now);
void alerts_over(Run *run, const Journey *journey, int64_t now);
void alert_overdue(Run *run, Subject *correction, int64_t now);
void alerts_of_correction(Run *run, const Subject *correction, const char *cause, int64_t now);
/* The target has changed; its alerts clear and are raised. */
void alerts_of_target(Run *run, Standing *standing, int64_t now);
bool alert_acknowledged(Run *run, const char *id, bool keyed, int64_t now);
/* The alert with the next timer before all others; NULL: none has one. */
Alert *alert_next(const Run *run, bool keyed);
int64_t alert_due(const Alert *alert);
void alert_timer(Run *run, Alert *alert, int64_t now);
const char *rule_id(Run *run, const Action *action, const Subject *subject, const Standing *standing);
const char *subject_id(Run *run, const Action *action, const Subject *subject);
const char *act_text(Run *run, const Alert *alert, int64_t now);
void value_words(const Run *run, Buf *buf, Type type, Value value);
/* The value as groups are told apart, as in a record without quotes. */
const char *group_text(const Run *run, Type type, Value value);
const char *group_json(const Run *run, Type type, Value value);

void correction_open(Run *run, Subject *subject, const Action *action, int64_t now);
void correction_tested(Run *run, Subject *correction, const Item *item);
void correction_timer(Run *run, Subject *correction, int64_t now);
int64_t correction_wake(const Subject *correction);
void correction_void(Run *run, Subject *correction, int64_t now);
void corrections_withdrawn(Run *run, Journey *journey, const char *cause, int64_t now);
/* Acknowledgements, and corrections that are done, by id. */
void ids_heard(Run *run, const Item *item);

/* ---- window.c, tally.c, facts.c, judge.c, goal.c ---- */
int64_t window_next_end(const Run *run, const WindowUse *window, int64_t t);
int64_t window_begin_of(const Run *run, const WindowUse *window, int64_t end);
/* The value of one aggregate over cases of it. */
Value tally_value_of(Run *run, const AggregateUse *use, const Value *values, uint32_t count);
/* Types of the values that go in. */
Type tally_type(const AggregateUse *use);
void facts_gather(Run *run);
/* What customers said of how it was. */
void sentiments_told(Run *run);
void judge_all(Run *run);
Measured measure_at(Run *run, const Judging *judging, const Fact *group, int64_t end);
const Standing *standing_of(const Judging *judging, const char *group);
void goals_told(Run *run, int64_t now);

/* ---- record.c, record_act.c, json.c ---- */
void record_moment(Run *run, const Subject *subject, const Judged *judged, int64_t deadline);
void record_sco(Run *run, const Subject *subject, const Judged *judged);
void record_journey(Run *run, const Journey *journey, int64_t now);
void record_open(Run *run, const Subject *subject, int64_t now);
/* Those of `kinds`. */
void records_write(Run *run, uint32_t kinds, FILE *to);
void json_text(Buf *buf, const char *text);
void json_time(Buf *buf, const char *name, int64_t t);
void json_number(Buf *buf, double value);
void json_value(const Run *run, Buf *buf, Type type, Value value);
void record_alert(Run *run, const Alert *alert, const char *state, const char *cause, int64_t now);
void record_correction(Run *run, const Subject *correction, const char *state, const char *cause,
                       int64_t now);
void record_sentiment(Run *run, const Experience *experience, const char *key, int64_t time,
                      Type type, Value value);
void record_target(Run *run, const Standing *standing, const Measured *measured);
void record_measure(Run *run, const Judging *judging, const Fact *group, const Measured *measured);
void record_goal(Run *run, const GoalState *state, uint32_t declaration, const double *score,
                 const double *rolled, int64_t now);
Buf record_begin(Run *run, const char *kind);
void record_finish(Run *run, Buf *buf, uint32_t kind, const Journey *journey, int64_t time);
void record_whose(Run *run, Buf *buf, const Journey *journey, const Mot *mot);
void json_name(Buf *buf, const char *key, const char *value);
void json_percentage(Buf *buf, double fraction);
void time_text(Buf *buf, int64_t t);

static inline bool is_open(const Subject *subject) { return subject && subject->outcome == OUTCOME_OPEN; }
/* A moment, not a correction. */
static inline bool open_moment(const Subject *subject) { return is_open(subject) && !subject->correcting; }
static inline const char *sym(const Run *run, Sym name) { return sym_text(run->program->names, name); }

#endif
