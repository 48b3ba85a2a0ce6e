/*
 * gen_parts.h - the generator's own contract between its files.
 *
 *   gen.c             the driver: one call per stage
 *   gen_text.c        strings, sources, "too large"
 *   gen_rows.c        events, currencies, owners, calendars: rows made on first use
 *   gen_keep.c        which values of earlier events a record has to keep
 *   layout_record.c   what stands in the record of a journey, a moment, a correction
 *   gen_fn.c          a function being written: instructions, registers, jumps
 *   gen_expr.c        values
 *   gen_ref.c         values of earlier events: from the event at hand or a record
 *   gen_match.c       matches, by trigger; truths of one event alone
 *   gen_pattern.c     patterns with state
 *   gen_condition.c   leaves: arming, testing, joining
 *   gen_evidence.c    sentences that say why
 *   gen_moment.c      MOTs: openings, triggers, tests, pauses
 *   gen_journey.c     experiences: histories, starts, ends
 *   gen_handler.c     what each trigger does, in order
 *   gen_measure.c     metrics, targets
 *   gen_action.c      alerts, corrections
 *   gen_goal.c        goals, reviews, tests
 *
 * Rows of the program are numbered before any code is written, so that code can
 * name what is written later.
 */
#ifndef MOT_COMPILER_GEN_PARTS_H
#define MOT_COMPILER_GEN_PARTS_H

#include "base/diag.h"
#include "base/map.h"
#include "bytecode/module.h"
#include "compiler/layout.h"
#include "compiler/program.h"

/* ---- plans: what the layout decided ---- */

enum { REF_UNUSED = MOT_NONE, REF_KEPT = MOT_NONE - 1 }; /* Ref.slot before the layout */

typedef struct StepPlan {
  uint32_t deadline, matched; /* slots */
} StepPlan;

typedef struct LeafPlan {
  uint32_t state, counter, settled; /* slots */
  StepPlan *steps;
} LeafPlan;

typedef struct ConditionPlan {
  Condition *condition; /* NULL: none */
  uint8_t subject;      /* SUBJECT_* */
  uint32_t of, row;
  LeafPlan *leaves;
} ConditionPlan;

typedef struct Capture { /* a value that something else than a MOT's or journey's own record keeps */
  const Ref *ref;
  uint32_t step;        /* of the chain */
  uint32_t slot, known;
} Capture;
typedef VEC(Capture) Captures;

typedef struct ChoicePlan {
  const Choice *choice;
  Mot *mot;              /* NULL: of the journey */
  uint8_t purpose;       /* PURPOSE_* */
  uint32_t pattern;      /* number in the experience; MOT_NONE: no state */
  uint32_t store;        /* COUNT: ring */
  uint32_t opened, flag; /* slots: FIRST has opened; a pattern fed apart is complete now */
  uint32_t wrong;        /* slot: being fed apart it came to a fault; MOT_NONE: it cannot */
  StepPlan *steps;       /* COUNT, CHAIN */
  Captures captures;     /* CHAIN: of its named steps but the last */
} ChoicePlan;

typedef struct RecordPlan {
  uint32_t first, count, size; /* slots, bytes */
} RecordPlan;

typedef struct OpeningRow { /* the Choice row of (choice, trigger) */
  uint32_t choice, trigger, number;
} OpeningRow;

typedef struct MotPlan {
  Mot *mot;
  RecordPlan record;
  ConditionPlan condition;
  bool opens_by_outcome; /* then the opening event is not that of the opening */
  uint32_t outcome[2];   /* triggers of its outcomes, or MOT_NONE */
  VEC(Correction *) corrections;
  VEC(OpeningRow) openings;
} MotPlan;

typedef struct CorrectionPlan {
  Correction *correction;
  RecordPlan record;
  ConditionPlan condition;
  Captures captures;
} CorrectionPlan;

typedef struct StepUse { /* one line of a handler */
  uint32_t place, trigger; /* place: of the trigger's event; outcomes behind them */
  uint32_t order; /* place in the handler by kind of line, then as written */
  uint32_t number;
  uint32_t function, of;
  uint8_t op;
} StepUse;

typedef struct ExperiencePlan {
  Experience *experience;
  RecordPlan record;
  ConditionPlan sco;
  uint32_t outcome[2];
  VEC(ChoicePlan *) patterns; /* those with state */
  VEC(StepUse) steps;
  struct HistorySlots { uint32_t store, total, count; } *histories;
  struct Uses *pushes;        /* what enters histories and latest events, by trigger */
} ExperiencePlan;

typedef struct EventPlan {
  Event *event;
  uint32_t trigger; /* or MOT_NONE */
  Map predicates;   /* hash of the code -> PredicateUse */
  VEC(uint32_t) functions; /* of its predicates, in order */
} EventPlan;

/* ---- the generator ---- */

typedef struct Fn Fn;

/* A case of a match, by the trigger that it answers to. */
typedef struct Use {
  uint32_t trigger, item, part, place;
  const MatchCase *at;
} Use;
typedef struct Uses {
  Use *data;
  uint32_t len, cap;
} Uses;

typedef struct Gen {
  Arena *arena;
  Program *program;
  Diags *diags;
  ModuleBuilder *out;
  bool failed;
  uint32_t *texts;         /* Sym -> string number + 1 */
  uint32_t text_count;
  Map choices;             /* const Choice * -> ChoicePlan */
  EventPlan *events;
  uint32_t event_count, event_cap;
  ExperiencePlan *experiences;
  MotPlan *mots;
  CorrectionPlan *corrections;
  Fn *spare;               /* for reuse */
} Gen;

/* ---- gen_text.c ---- */
uint32_t text_of(Gen *g, Sym sym);
uint32_t text_z(Gen *g, const char *text);
uint32_t text_printf(Gen *g, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A stretch of rule text on one line, without comments; cut when it is long. */
const char *rule_text(Gen *g, Span span);
void too_large(Gen *g, Span span, const char *what, const char *limit);
void gen_sources(Gen *g);
void gen_meta(Gen *g);

/* ---- gen_rows.c ---- */
void number_rows(Gen *g);
uint32_t event_row(Gen *g, Event *event);
uint32_t calendar_row(Gen *g, Calendar *calendar); /* MOT_NONE for NULL */
uint32_t currency_row(Type type);
uint32_t listed_row(Type type);
uint32_t owner_row(const Owner *owner);
uint32_t zone_row(Gen *g, Sym zone, Span span);
void gen_events(Gen *g);
void gen_owners(Gen *g);
void finish_events(Gen *g); /* predicates */
/* Kinds that corrections and alerts wait for; after all the rest, since rules may have named them. */
void gen_heard(Gen *g);
const Field *field_named(const Event *event, Sym name);
/* Fields of the event that are read. */
void use_field(Gen *g, const Field *field);
uint32_t case_trigger(Gen *g, const MatchCase *at);

/* ---- gen_keep.c ---- */
void keep_refs(Gen *g);
/* The ref in which the MOT keeps the field of its opening event, or NULL. */
Ref *opening_ref(const Mot *mot, Sym field);
Ref *start_ref(const Experience *experience, Sym field);
/* Calls `each` with the field that fills the ref, once for each kind that can; field NULL: the kind lacks it,
 * or it comes by an outcome. */
void ref_sources(const Ref *ref, void (*each)(void *user, const MatchCase *at, const Field *field),
                 void *user);
/* The step that `as` names, or MOT_NONE. */
uint32_t step_named(const Choice *choice, Sym as);
bool opening_is_source(const Choice *choice, const Ref *ref);
typedef void (*ExprVisit)(void *user, Expr *expr);
void each_expr(Expr *expr, ExprVisit visit, void *user); /* expr may be NULL; itself and all below */
void match_exprs(const Match *match, ExprVisit visit, void *user);
void condition_exprs(const Condition *condition, ExprVisit visit, void *user);

/* ---- layout_record.c ---- */
void layout_records(Gen *g);
ChoicePlan *choice_plan(Gen *g, const Choice *choice); /* NULL: needs none */
bool has_state(const Choice *choice);
bool bound_constant(const Bound *bound); /* its length stands in the row */
int64_t bound_length(const Bound *bound);

/* ---- gen_fn.c ---- */
typedef enum ValueClass { CLASS_I, CLASS_F, CLASS_S, CLASS_B, CLASS_T, CLASS_END } ValueClass;

typedef struct Val {
  uint8_t cls, reg;
  int16_t known; /* register, or -1: always there */
} Val;

typedef struct LineUse {
  uint32_t instruction;
  Span span;
} LineUse;

struct Fn {
  Gen *g;
  Fn *next;              /* spare */
  uint8_t kind;          /* FUNCTION_* */
  uint8_t result;        /* VALUE_* */
  uint32_t name;
  /* at hand */
  Event *event;          /* a base kind; NULL: an outcome, or none */
  Mot *source;           /* whose outcome, or … */
  Experience *source_sco;
  Experience *experience;
  Mot *mot;
  Correction *correction;
  Metric *metric;
  uint32_t target;       /* row, or MOT_NONE */
  AggregateUse **aggregates;
  uint32_t aggregate_count;
  /* how values of the opening and start are had: from the event at hand */
  const Choice *choice;  /* OPENING: by which */
  bool starting, alone;  /* alone: nothing but the event (PREDICATE, EVENT_VALUE) */
  VEC(Instr) code;
  VEC(LineUse) lines;
  VEC(uint32_t) ways;    /* longest from each instruction; for the row */
  Span span;
  uint32_t registers;
  uint8_t free[CLASS_END][MOT_REGISTERS];
  uint32_t free_count[CLASS_END];
  bool full;
};

/* A function to be written; `name` a string number. */
Fn *fn_new(Gen *g, uint8_t kind, uint32_t name, Span span);
/* Writes its row and code; its number. */
uint32_t fn_finish(Fn *fn);
/* Gives it back without writing. */
void fn_drop(Fn *fn);
void fn_at(Fn *fn, Span span);
uint32_t fn_emit(Fn *fn, uint8_t op, uint32_t a, uint32_t b, uint32_t c, uint32_t d);
/* Jumps forward: land(fn, jump(…)) with what is jumped over between. */
uint32_t fn_jump(Fn *fn, uint8_t op, uint32_t reg);
void fn_land(Fn *fn, uint32_t jump);
typedef VEC(uint32_t) Jumps;
void fn_land_all(Fn *fn, Jumps *jumps);
uint8_t reg_new(Fn *fn, ValueClass cls);
void reg_free(Fn *fn, ValueClass cls, uint8_t reg);
uint8_t reg_block(Fn *fn, ValueClass cls, uint32_t count); /* one after the other */
void val_free(Fn *fn, Val val);
/* From here on it is there: without it the function faults. */
void val_needed(Fn *fn, Val val);
/* A fault between here and where this is landed (as a jump) ends only what stands between. */
uint32_t fn_try(Fn *fn);
/* `want` or, when that is -1, a new register. */
uint8_t reg_or(Fn *fn, ValueClass cls, int want);
ValueClass class_of(Type type);
uint8_t op_of(uint8_t op_i, ValueClass cls); /* OP_EV_I … by class */
void fn_constant(Fn *fn, uint8_t reg, ValueClass cls, int64_t value); /* B and I; zero of any class */
uint32_t predicate_of(Gen *g, Fn *fn); /* finishes a PREDICATE; its number in the event */
/* A slot's number within its record. */
uint32_t slot_in(const RecordPlan *record, uint32_t slot);

/* ---- gen_expr.c ---- */
/* The value of an expression; into register `want` unless that is -1. */
Val gen_value(Fn *fn, Expr *expr, int want);
/* A truth, through the batch where it is one of the event alone. */
uint8_t gen_truth(Fn *fn, Expr *expr, int want);
/* A register that tells whether the value is there. */
uint8_t known_reg(Fn *fn, Val val);
void gen_return(Fn *fn, Val val);
/* A function that returns the value of an expression: fn is set up. */
uint32_t gen_value_function(Fn *fn, Expr *expr);

/* ---- gen_ref.c ---- */
Val gen_ref(Fn *fn, const Ref *ref, int want);
/* Can the ref be read from the event at hand? */
bool ref_of_event(const Fn *fn, const Ref *ref);
Val gen_event_field(Fn *fn, Sym field, bool optional, int want);
/* The field of the event at hand that the ref names; missing when it has none. */
Val gen_ref_field(Fn *fn, const Ref *ref, bool optional);
/* As it is when a moment opens, a journey starts: from the event or the outcome's source. */
Val gen_opening_ref(Fn *fn, const Ref *ref, int want);
void gen_store(Fn *fn, uint8_t op_i, const RecordPlan *record, uint32_t slot, uint32_t known, Val val);
Val gen_load(Fn *fn, uint8_t op_i, const RecordPlan *record, uint32_t slot, uint32_t known, ValueClass cls,
             int want);

/* ---- gen_match.c ---- */
/* Collects the cases of a match; sort before use. */
void uses_add(Gen *g, Uses *uses, const Match *match, uint32_t item, uint32_t part);
void uses_sort(Uses *uses);
/* The end of the run from `i` with the same trigger; with the same item; with the same part. */
uint32_t same_trigger(const Uses *uses, uint32_t i);
uint32_t same_item(const Uses *uses, uint32_t i);
uint32_t same_part(const Uses *uses, uint32_t i);
/* Falls through when one of the cases [from, to) holds, else jumps. */
void gen_match(Fn *fn, const Uses *uses, uint32_t from, uint32_t to, Jumps *miss);
/* Sets what is at hand from a case. */
void fn_event(Fn *fn, const MatchCase *at);
bool expr_alone(const Fn *fn, const Expr *expr);

/* ---- gen_pattern.c ---- */
void choice_uses(Gen *g, Uses *uses, const Choice *choice, uint32_t item);
/* Feeds the cases [from, to) of a choice with state; a bool register that tells whether it is complete,
 * or -1: never by an event. */
int gen_feed(Fn *fn, const ChoicePlan *plan, const Uses *uses, uint32_t from, uint32_t to);
/* Can the event of these cases complete the choice?  Cases of the last step come first. */
bool can_complete(const Choice *choice, const Uses *uses, uint32_t first);
/* The choices of several patterns, by trigger: items count through them. */
typedef struct Ways {
  Uses uses;
  VEC(const Choice *) choices;
} Ways;
void ways_add(Gen *g, Ways *ways, const Pattern *pattern);
/* Adds only those with state, to be fed. */
void ways_add_state(Gen *g, Ways *ways, const Pattern *pattern);
/* Is one of the choices of the cases [from, to) complete?  Those with state have been fed: their answer is in
 * the journey. */
uint8_t gen_ways(Fn *fn, const Ways *ways, uint32_t from, uint32_t to);
/* Ends the function with that; those with state are fed.  They are tried in order until one is complete: what is
 * asked is then over, and the others' states with it. */
void gen_ways_answer(Fn *fn, const Ways *ways, uint32_t from, uint32_t to);
/* Can trying them fault? */
bool ways_may_fault(const Ways *ways, uint32_t from, uint32_t to);
/* Can an event of these cases complete one? */
bool ways_answer(const Ways *ways, uint32_t from, uint32_t to);
/* Feeds one choice with state, and keeps its answer, and whether it came to one, in the journey. */
void gen_feed_apart(Fn *fn, const Ways *ways, uint32_t from, uint32_t to);
/* What was kept of it: jumps to `stop` after a fault, which ends the trying, and to `miss` (NULL: it cannot
 * be complete) when it is not. */
void gen_fed_answer(Fn *fn, const ChoicePlan *plan, Jumps *stop, Jumps *miss);
/* Can its steps or bounds fault? */
bool choice_may_fault(const Choice *choice);
/* Choices are tried in order, but those with state see every event: when that can fault and there are others,
 * each is fed by a function of its own. */
bool when_fed_apart(const Mot *mot);
void gen_pattern_rows(Gen *g, ExperiencePlan *plan);

/* ---- gen_condition.c ---- */
void gen_condition(Gen *g, ConditionPlan *plan, const Fn *subject);
void gen_arming(Fn *fn, const ConditionPlan *plan);
void condition_uses(Gen *g, Uses *uses, const Condition *condition);
void gen_test(Fn *fn, const Condition *condition, const Uses *uses, uint32_t from, uint32_t to);
void fill_bound(Gen *g, const Bound *bound, uint32_t *ret_kind, uint32_t *ret_calendar, int64_t *ret_length,
                uint32_t *ret_dynamic);

/* Can working it out overflow, or ask a history for more than it keeps? */
bool may_fault(Expr *expr);

/* ---- gen_evidence.c ---- */
/* Parts of a condition as sentences show them.  Of the Gen only the arena and the program are read. */
const char *predicate_text(Gen *g, const Leaf *leaf);
const char *match_text(Gen *g, const Match *match);
void evidence(Gen *g, const Leaf *leaf, uint32_t *ret_produced, uint32_t *ret_missed);

/* ---- gen_moment.c, gen_journey.c, gen_handler.c ---- */
void gen_mots(Gen *g, ExperiencePlan *plan);
void gen_corrections_code(Gen *g, ExperiencePlan *plan);
void gen_experience(Gen *g, ExperiencePlan *plan);
void gen_sco_tests(Gen *g, ExperiencePlan *plan, const Fn *like);
typedef enum HandlerOrder {
  ORDER_HIST, ORDER_VOID, ORDER_MVOID, ORDER_CVOID, ORDER_PAUSE, ORDER_TEST, ORDER_OPEN, ORDER_SCO,
  ORDER_ENDS, ORDER_STARTS
} HandlerOrder;
void handler_step(Gen *g, ExperiencePlan *plan, uint32_t trigger, HandlerOrder order, uint8_t op,
                  uint32_t function, uint32_t of);
void gen_handlers(Gen *g, ExperiencePlan *plan);
MotPlan *mot_plan(const Gen *g, const Mot *mot);
ExperiencePlan *experience_plan(const Gen *g, const Experience *experience);

/* ---- gen_clause.c ---- */
/* Writes where it and its clauses stand. */
void gen_experience_clauses(Gen *g, const Experience *experience, ExperienceRow *row);
void gen_mot_clauses(Gen *g, const MotPlan *plan, MotRow *row);

/* ---- gen_measure.c, gen_action.c, gen_goal.c ---- */
uint32_t window_row(Gen *g, const WindowUse *window);
uint32_t gen_aggregate(Gen *g, AggregateUse *use, const Fn *subject, const Sym group[2]);
void gen_metrics(Gen *g);
/* Writes the targets; the first row. */
uint32_t gen_targets(Gen *g, Target **targets, uint32_t count, const Fn *subject);
uint32_t gen_actions(Gen *g, Action **actions, uint32_t count, const Fn *subject);

void gen_goals(Gen *g);
void gen_reviews(Gen *g);
void gen_tests(Gen *g);

#endif
