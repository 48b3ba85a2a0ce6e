/*
 * tools.h - libmot for tools that show, test or compare rules: what they say in detail, and the tests that stand in
 * them.
 *
 * The rules of mot.h hold here too.
 */
#ifndef MOT_TOOLS_H
#define MOT_TOOLS_H

#include "mot/mot.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- what the rules say, for those who show it ---------------------------------- */

/* Absent texts are "", absent numbers MOT_NOT_FOUND. */
typedef struct mot_owner_info {
  const char *name, *title, *contact, *role; /* role: "experience_manager", "mot_manager", "producer", "none" */
  bool team;
  uint32_t above;                /* a team's lead; whom a person reports to */
} mot_owner_info;
typedef struct mot_experience_info {
  const char *name, *title, *doc, *sco;
  uint32_t manager;
  size_t keys;
  uint32_t first_mot, mots;
  mot_type sentiment;            /* NONE: it has none */
  mot_type value;
  int64_t expires;               /* after how many microseconds */
} mot_experience_info;
typedef struct mot_mot_info {
  const char *name, *title, *doc;
  uint32_t experience, manager;
  bool critical;
  double weight;
  size_t producers;              /* see mot_rules_producer */
  uint32_t first_target, targets;
  bool grouped;                  /* its producers have a `by` */
} mot_mot_info;
typedef struct mot_target_info {
  const char *text;              /* as written, "97% over 7 d" */
  uint32_t experience, mot, goal; /* whose it is */
  bool more_is_better;
  mot_value value;               /* that is wanted */
  uint64_t min_cases;
} mot_target_info;
typedef struct mot_goal_info {
  const char *name, *title, *doc, *nsat, *nsat_title, *each; /* each "": it is one */
  uint32_t experience, parent, owner;
  const char *measure;           /* "sco", "disruption", or the name of the MOT or metric */
  uint32_t mot, metric;
  double weight;
  uint32_t first_target, targets;
} mot_goal_info;
typedef struct mot_metric_info {
  const char *name, *doc;
  const char *groups[2];         /* "": none */
  mot_type type;
} mot_metric_info;
typedef enum mot_unit { MOT_DAYS, MOT_WEEKS, MOT_MONTHS, MOT_QUARTERS, MOT_YEARS } mot_unit;
typedef struct mot_review_info {
  const char *name;
  uint32_t experience, chair;
  mot_unit unit;
  int64_t every;
} mot_review_info;

/* Number 0, 1, …; false past the last. */
MOT_API bool mot_rules_owner_info(const mot_rules *rules, uint32_t owner, mot_owner_info *ret_info);
MOT_API bool mot_rules_experience_info(const mot_rules *rules, uint32_t experience, mot_experience_info *ret_info);
MOT_API bool mot_rules_mot_info(const mot_rules *rules, uint32_t mot, mot_mot_info *ret_info);
MOT_API bool mot_rules_target_info(const mot_rules *rules, uint32_t target, mot_target_info *ret_info);
MOT_API bool mot_rules_goal_info(const mot_rules *rules, uint32_t goal, mot_goal_info *ret_info);
MOT_API bool mot_rules_metric_info(const mot_rules *rules, uint32_t metric, mot_metric_info *ret_info);
MOT_API bool mot_rules_review_info(const mot_rules *rules, uint32_t review, mot_review_info *ret_info);
/* Producer `index` of a MOT, a number of an owner; MOT_NOT_FOUND past the last. */
MOT_API uint32_t mot_rules_producer(const mot_rules *rules, uint32_t mot, size_t index);
/* Name of key `key` of an experience; NULL past the last. */
MOT_API const char *mot_rules_key_name(const mot_rules *rules, uint32_t experience, size_t key);
/* 128 bits that tell rules apart, as 32 hexadecimal digits and NUL. */
MOT_API void mot_rules_hash(const mot_rules *rules, char ret_hash[33]);
/* `lateness` of the rules' stream, in microseconds. */
MOT_API int64_t mot_rules_lateness(const mot_rules *rules);
/* The period of `every` units in which `time` lies, or the one `offset` periods later (earlier, when negative): [from, to), in the
 * zone of the rules' stream, as windows of metrics are laid out.  False: beyond what times can be. */
MOT_API bool mot_rules_period(const mot_rules *rules, int64_t time, mot_unit unit, int64_t every, int64_t offset,
                              int64_t *ret_from, int64_t *ret_to);
/* A time as people of the rules' zone write it, "2026-03-02 09:00"; returns the length. */
MOT_API size_t mot_rules_local_time(const mot_rules *rules, int64_t time, char *ret_text, size_t room);

/* ---- parts of the rules, and where they stand ------------------------------------- */

/* The declaration of an experience or MOT, in the text that the rules were made from.  False: there is none. */
MOT_API bool mot_rules_experience_place(const mot_rules *rules, uint32_t experience, mot_place *ret_place);
MOT_API bool mot_rules_mot_place(const mot_rules *rules, uint32_t mot, mot_place *ret_place);

/* What is said behind the keyword; in the text of a pattern, when it came from one by `like`. */
typedef enum mot_clause {
  MOT_CLAUSE_DECLARED,           /* all of it, from `experience` or `mot` to its end */
  MOT_CLAUSE_STARTS, MOT_CLAUSE_SCO, MOT_CLAUSE_ENDS,
  MOT_CLAUSE_VOIDS,              /* each `void on` */
  MOT_CLAUSE_WHEN, MOT_CLAUSE_SMOTO, MOT_CLAUSE_PAUSES,
  MOT_CLAUSE_CHOICE,             /* each way in which a MOT opens, numbered as by mot_rules_opening; one that answers to several
                                  * kinds of events stands there several times, at one place */
  MOT_CLAUSE_PART,               /* each part of the condition: mot_rules_part */
  MOT_CLAUSE_TARGET,             /* each target of a MOT */
  MOT_CLAUSE_ACTION,             /* each alert and correction in the `on` blocks: mot_rules_action */
  MOT_CLAUSE_EXPIRES
} mot_clause;
/* Clause number `index` of that kind of a MOT, or (`mot` MOT_NOT_FOUND) of the experience itself; false past the last. */
MOT_API bool mot_rules_clause_place(const mot_rules *rules, uint32_t experience, uint32_t mot, mot_clause clause,
                                    size_t index, mot_place *ret_place);

/* A part of a condition: what is settled true or false by itself, before `and`, `or` and `not` join it with others. */
typedef struct mot_part_info {
  mot_place place;               /* of a part that came from a pattern: there */
  const char *produced, *missed; /* its sentences, as evidence has them before times and counts are filled in */
  bool predicate;                /* settled at the opening */
  bool bounded;                  /* it waits for an instant of its own */
} mot_part_info;
/* Part `part` of the condition of a MOT, or (`mot` MOT_NOT_FOUND) of the SCO of the experience, in the order of the text. */
MOT_API bool mot_rules_part(const mot_rules *rules, uint32_t experience, uint32_t mot, size_t part,
                            mot_part_info *ret_info);
/* What else the MOT has, which a run may use or not. */
typedef struct mot_mot_traits {
  bool pausable;                 /* `pause` */
  bool risk;                     /* `on at risk` */
  bool deadline;                 /* its condition waits for an instant: a bound, or an `until` of open time */
  bool voids;                    /* `void on` of its own */
  bool supersedes;               /* `latest`: a newer opening takes the place of an open one */
} mot_mot_traits;
MOT_API bool mot_rules_mot_traits(const mot_rules *rules, uint32_t mot, mot_mot_traits *ret_traits);
/* … and the experience. */
typedef struct mot_experience_traits {
  bool sco;                      /* its SCO has a condition … */
  bool deadline;                 /* … that waits for an instant */
  bool voids;                    /* `void on` */
  bool ends;                     /* `ends on` */
} mot_experience_traits;
MOT_API bool mot_rules_experience_traits(const mot_rules *rules, uint32_t experience,
                                         mot_experience_traits *ret_traits);

/* ---- the tests in the rules ------------------------------------------------------ */

/*
 * A test is steps, which are events to hand in, and what is to be expected of the records of that run when its clock
 * stops at the latest time that steps and expectations name.  Places are in the text that the rules were made from.
 */
typedef struct mot_test_info {
  const char *name;
  mot_place place;
  size_t steps, expectations;
} mot_test_info;
typedef struct mot_test_step {
  uint32_t event;                /* MOT_NOT_FOUND: none, the clock goes on */
  int64_t time;                  /* never before that of the step before */
  size_t values;
  mot_place place;
} mot_test_step;
typedef enum mot_expectation_kind {
  MOT_EXPECT_MOMENT,             /* `outcome` of `mot` */
  MOT_EXPECT_SCO,                /* `outcome` of the SCO of `experience` */
  MOT_EXPECT_JOURNEY,            /* of `experience`, of any when that is MOT_NOT_FOUND */
  MOT_EXPECT_TARGET,             /* `mot` or `goal` comes to `state`: breached or met */
  MOT_EXPECT_ALERT,              /* to `owner`, of `severity` */
  MOT_EXPECT_CORRECTION          /* by `owner`, `state`: opened, done, overdue */
} mot_expectation_kind;
typedef struct mot_expectation { /* absent: NULL, MOT_NOT_FOUND, MOT_NO_TIME */
  mot_expectation_kind kind;
  bool negated;                  /* `expect no …` */
  mot_outcome outcome;
  mot_state state;
  uint32_t experience, mot, goal, owner;
  const char *severity;
  const char *key;
  int64_t at;
  mot_place place;
} mot_expectation;

/* Test `test`, in order of the text; its step or expectation by number.  False past the last.  Texts go with the rules. */
MOT_API bool mot_rules_test(const mot_rules *rules, uint32_t test, mot_test_info *ret_info);
MOT_API bool mot_rules_test_step(const mot_rules *rules, uint32_t test, size_t step, mot_test_step *ret_step);
/* A value as a typed event takes it. */
MOT_API bool mot_rules_test_value(const mot_rules *rules, uint32_t test, size_t step, size_t value,
                                  mot_given *ret_value);
MOT_API bool mot_rules_expectation(const mot_rules *rules, uint32_t test, size_t expectation,
                                   mot_expectation *ret_expectation);
/* Line `line` of a file that the rules were made from, not ended by NUL; NULL when there is none.  The lines stand behind each
 * other as they do in the file, whose whole text ends with NUL: the first line is where it begins. */
MOT_API const char *mot_rules_source_line(const mot_rules *rules, const char *file, uint32_t line,
                                          size_t *ret_length);

/* What the rules wait for: an event, or the outcome of a MOT or (`mot` absent) of the SCO of an experience, or (all
 * absent) a silence. */
typedef struct mot_trigger {
  uint32_t event, mot, experience;
  mot_outcome outcome;
} mot_trigger;
/* What moves the condition of a MOT (`mot` MOT_NOT_FOUND: of the SCO), at number `index`: what it awaits or must not see.
 * False past the last. */
MOT_API bool mot_rules_awaits(const mot_rules *rules, uint32_t experience, uint32_t mot, size_t index,
                              mot_trigger *ret_trigger);
/* Trigger `index` with which a journey of the experience may start, with which a moment of the MOT may open: the last of
 * several in a row; whether it does, the rest of the rules say.  False past the last. */
MOT_API bool mot_rules_start(const mot_rules *rules, uint32_t experience, size_t index, mot_trigger *ret_trigger);
MOT_API bool mot_rules_opening(const mot_rules *rules, uint32_t mot, size_t index, mot_trigger *ret_trigger);
/* Trigger `index` with which journeys of the experience may end; with which open moments of a MOT, or (`mot`
 * MOT_NOT_FOUND) everything open in a journey of the experience, may become void; with which the clock of a MOT may stop
 * or run on.  False past the last. */
MOT_API bool mot_rules_end(const mot_rules *rules, uint32_t experience, size_t index, mot_trigger *ret_trigger);
MOT_API bool mot_rules_void(const mot_rules *rules, uint32_t experience, uint32_t mot, size_t index,
                            mot_trigger *ret_trigger);
MOT_API bool mot_rules_pause(const mot_rules *rules, uint32_t mot, size_t index, mot_trigger *ret_trigger);

/* ---- what is done about it -------------------------------------------------------- */

/* An alert or correction in the `on` blocks. */
typedef struct mot_action_info {
  const char *when;              /* "at risk", "missed", "produced", "void", "breached", "met" */
  bool correction;
  uint32_t owner;                /* alert: to whom; correction: by whom */
  const char *severity;          /* alert; NULL of a correction */
  const char *text;              /* correction; "" of an alert, whose text has values in it */
  bool escalates;
} mot_action_info;
/* Action `index` of a MOT, or (`mot` MOT_NOT_FOUND) of the SCO of the experience, or of a goal; false past the last. */
MOT_API bool mot_rules_action(const mot_rules *rules, uint32_t experience, uint32_t mot, size_t index,
                              mot_action_info *ret_info);
MOT_API bool mot_rules_goal_action(const mot_rules *rules, uint32_t goal, size_t index, mot_action_info *ret_info);

/* ---- what a run does, step by step -------------------------------------------------- */

/*
 * A run whose options say `trace` tells what it does beside its records, each as it happens: what an event or an instant
 * brings about stands behind it.  Such a run has one thread (MOT_MISUSE: more were asked for); its records are the same.
 */
typedef enum mot_trace_kind {
  MOT_TRACE_EVENT,               /* an event is evaluated: `event`, its values by mot_trace_value; `reached`: journeys of its
                                  * keys that are live or closing, those that it starts not counted */
  MOT_TRACE_STARTED,             /* a journey starts; `deadline`: when its SCO will be decided if nothing happens */
  MOT_TRACE_OPENED,              /* a moment opens: `choice`; `deadline` as it is then */
  MOT_TRACE_TAKEN,               /* what happens counts for its condition: `part` */
  MOT_TRACE_DEADLINE,            /* its deadline becomes `deadline`; not for those that pauses move */
  MOT_TRACE_PAUSED,              /* its clock stops */
  MOT_TRACE_RESUMED,             /* its clock runs on, to `deadline` */
  MOT_TRACE_RISK,                /* `on at risk` comes to hold: `action`, for `deadline` */
  MOT_TRACE_RISK_OVER,           /* … and holds no more, before the decision */
  MOT_TRACE_PART,                /* just before it is decided: a part that says why (of a void none does), `part` and
                                  * `holds` */
  MOT_TRACE_DECIDED,             /* a moment or SCO: `outcome`, `reason`; `by_event` */
  MOT_TRACE_OVER                 /* a journey: `end` */
} mot_trace_kind;
typedef struct mot_trace {       /* absent: MOT_NOT_FOUND, MOT_NO_TIME */
  mot_trace_kind kind;
  int64_t time;
  uint32_t event;
  size_t reached;
  uint32_t experience, mot;      /* mot absent: the SCO or the journey */
  int64_t started;               /* the journey, as in mot_record */
  uint32_t journey;
  int64_t opened;                /* the moment; with `moment`, moments of one MOT that are open together differ */
  uint32_t moment;
  int64_t deadline;
  uint32_t choice, part, action; /* numbers within the MOT: as in mot_rules_opening; as in mot_rules_part; of its
                                  * alerts and corrections in the order of the text */
  bool holds;
  bool by_event;                 /* an event or outcome decided it, else time alone */
  mot_outcome outcome;
  mot_reason reason;
  mot_journey_end end;
  const void *data;              /* for the functions below */
} mot_trace;
/* The next step, in the order in which the run does them; false: there is none yet.  Steps are kept until they are taken; asking
 * for the next one evaluates what is due, whether or not records wait.  It is good until the next call with the run that is not
 * one of the two below. */
MOT_API bool mot_run_next_trace(mot_run *run, mot_trace *ret_trace);
/* Of EVENT: field `field`; NONE when the event does not have it, or no rule uses it. */
MOT_API mot_value mot_trace_value(const mot_run *run, const mot_trace *trace, uint32_t field);
/* Key `key` of the journey (0: the partition key), not ended by NUL; of EVENT the partition key alone.  NULL past the last. */
MOT_API const char *mot_trace_key(const mot_run *run, const mot_trace *trace, size_t key, size_t *ret_size);

/* ---- rules with one thing changed --------------------------------------------------- */

typedef enum mot_mutation_kind {
  MOT_MUTATE_BOUND,              /* a length of time, one step shorter or longer */
  MOT_MUTATE_COUNT,              /* `at most 1`: one fewer, one more; of another kind */
  MOT_MUTATE_COMPARISON,         /* `<` for `<=`, `==` for `!=` … */
  MOT_MUTATE_LOGIC,              /* `and` for `or`, `produced` for `missed`; `not` dropped */
  MOT_MUTATE_VALUE,              /* a number, time or listed value in a condition */
  MOT_MUTATE_CLAUSE,             /* a `where`, `pause`, `void on`, `latest`, `on …` dropped */
  MOT_MUTATE_TARGET              /* a target dropped; its number, window, cases; a weight */
} mot_mutation_kind;
typedef struct mot_mutation {
  mot_mutation_kind kind;
  mot_place place;               /* what is replaced … */
  const char *with;              /* … and by what; "": nothing */
  const char *what;              /* in words: "15 min made 16 min" */
  const char *hint;              /* what a test would have to do to tell the two apart, a sentence */
} mot_mutation;
typedef struct mot_mutations mot_mutations;

/* All the changes of one thing each that make sense in a rule text, in the order of the text: each gives other rules,
 * most of which compile.  Tests, owners, titles and texts are left alone, and what no expectation can see.  MOT_REJECTED:
 * the text has syntax errors. */
MOT_API mot_status mot_mutations_of(const char *name, const char *text, size_t size, const mot_compile_options *options,
                                    mot_mutations **ret_mutations, mot_error *error);
/* Change `index`; false past the last. */
MOT_API bool mot_mutation_at(const mot_mutations *mutations, size_t index, mot_mutation *ret_mutation);
MOT_API void mot_mutations_free(mot_mutations *mutations);
/* Whether two rules mean the same: they differ at most in their texts, in where things stand there, and in the words in
 * which targets are written.  Rules that mean the same and are laid out in another order count as different. */
MOT_API bool mot_rules_same(const mot_rules *rules, const mot_rules *other);

/* ---- two versions of rules ---------------------------------------------------------- */

typedef enum mot_change_kind {
  MOT_CHANGE_TEXT,               /* words, people, weights: what is decided is the same */
  MOT_CHANGE_BOUND,              /* how long, how many, how much: the same condition with another limit */
  MOT_CHANGE_CONDITION,          /* what opens, decides, pauses or ends */
  MOT_CHANGE_KEY,                /* what a journey is: by which keys, from which events */
  MOT_CHANGE_NEW,
  MOT_CHANGE_GONE
} mot_change_kind;
typedef enum mot_change_of {
  MOT_CHANGE_OF_STREAM, MOT_CHANGE_OF_CALENDAR, MOT_CHANGE_OF_EVENT, MOT_CHANGE_OF_OWNER, MOT_CHANGE_OF_EXPERIENCE,
  MOT_CHANGE_OF_MOT, MOT_CHANGE_OF_METRIC, MOT_CHANGE_OF_GOAL, MOT_CHANGE_OF_REVIEW
} mot_change_of;
typedef struct mot_change {
  mot_change_kind kind;
  mot_change_of of;
  const char *name;              /* "GettingOnline", "GettingOnline.OnTime", "NorthStar.Visits" */
  const char *clause;            /* "smoto", "target", "when"; "" for the whole */
  const char *before, *after;    /* the clause as written, in one line; NULL: there was, there is none */
  const char *meaning;           /* what it does to journeys and moments that are open, in words */
  const char *renamed;           /* of what is new as a whole: the name of what is gone and decides the same; else NULL */
  mot_place old_place, new_place; /* file NULL: none */
} mot_change;
typedef struct mot_comparison mot_comparison;

/* What changed from one module to another.  Layout, comments and the order of declarations are no change; what a used
 * file, `def` or pattern changes shows at what it changes.  The caller frees the comparison; the modules need not stay. */
MOT_API mot_status mot_compare(const void *old_module, size_t old_size, const void *new_module, size_t new_size,
                               const mot_allocator *allocator, mot_comparison **ret_comparison, mot_error *error);
/* Change `index`, by experience and MOT in the order of the new text, what is gone last; false past the last. */
MOT_API bool mot_comparison_change(const mot_comparison *comparison, size_t index, mot_change *ret_change);
MOT_API void mot_comparison_free(mot_comparison *comparison);


#ifdef __cplusplus
}
#endif

#endif
