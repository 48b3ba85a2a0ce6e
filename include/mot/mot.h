/*
 * mot.h - libmot, Moments of Truth as code: all that a program which embeds it needs.
 * Tools that show, test or compare rules find more in mot/tools.h.
 *
 * Its first half is the compiler: rule text in, findings and a module out.  Its second
 * half is the run: a module and events in, outcome records out.
 *
 *     mot_compilation *c;
 *     if (mot_compile_file("rules.mot", NULL, &c, NULL) == MOT_OK) {
 *       size_t size;
 *       const void *module = mot_module(c, &size);
 *       …
 *     }
 *     mot_compilation_free(c);
 *
 * Rules that hold for all of it:
 *   - No global state: objects of different calls may be used in different
 *     threads at once, one object in one thread at a time.
 *   - Nothing is printed and nothing exits.
 *   - `ret_` parameters are untouched on failure, but for the compilation of
 *     MOT_REJECTED, which holds the findings.
 *   - Texts are UTF-8, end with NUL, and belong to the object they came from.
 *   - Functions named _free take NULL.
 */
#ifndef MOT_MOT_H
#define MOT_MOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define MOT_API __attribute__((visibility("default")))
#else
#define MOT_API
#endif

#define MOT_VERSION_MAJOR 0
#define MOT_VERSION_MINOR 1
#define MOT_VERSION_PATCH 0

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mot_status {
  MOT_OK = 0,
  MOT_REJECTED,  /* the rules have errors: see the findings */
  MOT_INVALID,   /* a module or saved state that is none, or was changed; a CSV source without its header */
  MOT_IO,        /* a file could not be read: see mot_error */
  MOT_NO_MEMORY, /* the allocator refused */
  MOT_MISUSE     /* a call out of order, or an argument that is none: see the error */
} mot_status;

/* Why a call failed, in words with a remedy; empty after MOT_OK and MOT_REJECTED. */
typedef struct mot_error {
  char text[512];
} mot_error;

/* Where memory comes from: as realloc, with the old size.  `size` 0 frees and
 * returns NULL; a return of NULL otherwise is a refusal, after which `ptr` is as
 * it was.  Memory must be aligned as malloc aligns it. */
typedef struct mot_allocator {
  void *(*resize)(void *user, void *ptr, size_t old_size, size_t size);
  void *user;
} mot_allocator;

typedef struct mot_compile_options {
  const mot_allocator *allocator;       /* NULL: the C library's; must outlive the compilation */
  const char *const *library_dirs;      /* where `use a.b` looks after the folder of the file */
  size_t library_dir_count;
  bool check_only;                      /* findings, no module */
  bool errors_only;                     /* the framework is not looked at: faster, and without most warnings */
} mot_compile_options;

/* "0.1.0", and the optional parts built in, apart by spaces ("" for none). */
MOT_API const char *mot_version(void);
MOT_API const char *mot_features(void);

/* ---- compile ---------------------------------------------------------------- */

typedef struct mot_compilation mot_compilation;

/* Checks the rule file at `path` with all it uses and makes its module.
 * options: NULL for the defaults; error: NULL if not wanted.
 * MOT_OK: *ret_compilation has a module (unless check_only) and perhaps warnings;
 * MOT_REJECTED: it has errors.  The caller frees it. */
MOT_API mot_status mot_compile_file(const char *path, const mot_compile_options *options,
                                    mot_compilation **ret_compilation, mot_error *error);
/* The same for `size` bytes of text; `name` stands for the file in findings, and
 * `use` looks beside it. */
MOT_API mot_status mot_compile_text(const char *name, const char *text, size_t size,
                                    const mot_compile_options *options, mot_compilation **ret_compilation,
                                    mot_error *error);
MOT_API void mot_compilation_free(mot_compilation *compilation);

/* The module's bytes, or NULL when there is none; they go with the compilation. */
MOT_API const void *mot_module(const mot_compilation *compilation, size_t *ret_size);
/* Bytes of memory the compilation took at its largest. */
MOT_API size_t mot_compilation_memory(const mot_compilation *compilation);

/* ---- findings --------------------------------------------------------------- */

typedef enum mot_severity { MOT_ERROR, MOT_WARNING } mot_severity;

/* A stretch of text.  Lines and columns count from 1; columns count characters
 * (code points).  The end is one past the last character. */
typedef struct mot_place {
  const char *file;
  uint32_t line, column, end_line, end_column;
  uint32_t offset, length; /* in bytes */
} mot_place;

typedef struct mot_finding {
  const char *code;        /* "E0207" */
  mot_severity severity;
  const char *title;       /* of the code, the same for all its findings */
  const char *message;
  mot_place place;
  const char *help;        /* what to write instead; NULL: nothing to say */
  const char *fix;         /* text that replaces fix_place; NULL: no mechanical fix */
  mot_place fix_place;
  const char *allowed;     /* the reason of the `allow` that silences it; NULL: not silenced */
  size_t notes;            /* further places, see mot_finding_note */
} mot_finding;

typedef struct mot_note {
  const char *message;
  mot_place place;
} mot_note;

/* How many findings there are to look at, silenced ones included.  Past a
 * thousand errors or warnings the rest are only counted. */
MOT_API size_t mot_finding_count(const mot_compilation *compilation);
/* Finding `index`, in order of file and place; false when there is none. */
MOT_API bool mot_finding_get(mot_compilation *compilation, size_t index, mot_finding *ret_finding);
MOT_API bool mot_finding_note(mot_compilation *compilation, size_t index, size_t note, mot_note *ret_note);
/* All errors and warnings, those only counted too; silenced ones do not count. */
MOT_API size_t mot_error_count(const mot_compilation *compilation);
MOT_API size_t mot_warning_count(const mot_compilation *compilation);
/* Line `line` of a file of the compilation, not ended by NUL; NULL when there is none. */
MOT_API const char *mot_source_line(mot_compilation *compilation, const char *file, uint32_t line,
                                    size_t *ret_length);

/* What a code means. */
typedef struct mot_explanation {
  const char *code;
  mot_severity severity;
  const char *title, *cause, *wrong, *right;
} mot_explanation;

/* False when there is no such code. */
MOT_API bool mot_explain(const char *code, mot_explanation *ret_explanation);
/* Explanation `index` of all, in order; false past the last. */
MOT_API bool mot_explanation_at(size_t index, mot_explanation *ret_explanation);

/* ---- format ----------------------------------------------------------------- */

/* Lays out rule text in the one canonical way.  MOT_OK: *ret_text has *ret_size
 * bytes and belongs to *ret_compilation.  MOT_REJECTED: the text has syntax
 * errors, which are findings of *ret_compilation. */
MOT_API mot_status mot_format_text(const char *name, const char *text, size_t size,
                                   const mot_compile_options *options, mot_compilation **ret_compilation,
                                   const char **ret_text, size_t *ret_size, mot_error *error);

/* ---- modules ---------------------------------------------------------------- */

typedef struct mot_listing mot_listing;

/* The listing of a module, after verifying it.  The caller frees it. */
MOT_API mot_status mot_disassemble(const void *module, size_t size, const mot_allocator *allocator,
                                   mot_listing **ret_listing, mot_error *error);
MOT_API const char *mot_listing_text(const mot_listing *listing, size_t *ret_size);
MOT_API void mot_listing_free(mot_listing *listing);

/* ---- cost ------------------------------------------------------------------- */

typedef struct mot_cost mot_cost;

typedef struct mot_experience_cost {
  const char *name;
  uint32_t journey_bytes;            /* per live journey, open moments apart */
  uint32_t handlers;                 /* kinds of events and outcomes it answers to */
  uint64_t instructions;             /* at most, an event and journey */
  uint64_t instructions_per_moment;  /* at most, for each open moment on top */
  size_t mots;
} mot_experience_cost;

typedef struct mot_mot_cost {
  const char *name;
  uint32_t moment_bytes;             /* per open moment */
  bool single;                       /* at most one is open in a journey */
} mot_mot_cost;

/* What a metric or target keeps in memory, in each thread of a run: of each group as many panes as its window
 * has steps; a pane is there when something counts in it. */
typedef struct mot_measure_cost {
  const char *name;                  /* "WaitByChannel", "GettingOnline.OnTime: 97% over 7 d" */
  uint64_t groups;                   /* at most, at a time */
  uint64_t panes;                    /* at most, of a group; a change of the clock may add some */
  uint64_t pane_bytes;               /* of one with a value in it … */
  uint64_t pane_bytes_most;          /* … and at most, buckets of percentiles apart */
  uint64_t bucket_bytes;             /* at most, for each bucket of a percentile in use; 0: no percentile */
} mot_measure_cost;

typedef struct mot_correction_cost {
  const char *text;
  uint32_t bytes;                    /* per open correction */
} mot_correction_cost;

/* What a module costs to run.  The caller frees it. */
MOT_API mot_status mot_cost_of(const void *module, size_t size, const mot_allocator *allocator,
                               mot_cost **ret_cost, mot_error *error);
MOT_API size_t mot_cost_experiences(const mot_cost *cost);
MOT_API bool mot_cost_experience(const mot_cost *cost, size_t experience, mot_experience_cost *ret_cost);
MOT_API bool mot_cost_mot(const mot_cost *cost, size_t experience, size_t mot, mot_mot_cost *ret_cost);
MOT_API bool mot_cost_correction(const mot_cost *cost, size_t experience, size_t correction,
                                 mot_correction_cost *ret_cost);
MOT_API size_t mot_cost_measures(const mot_cost *cost);
MOT_API bool mot_cost_measure(const mot_cost *cost, size_t measure, mot_measure_cost *ret_cost);
MOT_API void mot_cost_free(mot_cost *cost);

/* ---- rules to run ----------------------------------------------------------- */

/*
 *     mot_rules *rules;
 *     mot_run *run;
 *     mot_rules_load(module, size, NULL, &rules, NULL);
 *     mot_run_open(rules, NULL, &run, NULL);
 *     mot_run_source(run, "events.ndjson", MOT_NDJSON);
 *     while (… more bytes …) {
 *       mot_run_feed(run, bytes, n);
 *       while (mot_run_next(run, &record)) …
 *     }
 *     mot_run_end(run, MOT_NO_TIME);
 *     while (mot_run_next(run, &record)) …
 *
 * Times are microseconds since 1970-01-01 00:00 UTC, lengths of time microseconds.
 */
#define MOT_NO_TIME INT64_MIN
#define MOT_NOT_FOUND UINT32_MAX

/* A module that was verified.  It never changes: runs in several threads may share it. */
typedef struct mot_rules mot_rules;

/* Verifies and copies a module.  The caller frees it, after all its runs. */
MOT_API mot_status mot_rules_load(const void *module, size_t size, const mot_allocator *allocator,
                                  mot_rules **ret_rules, mot_error *error);
MOT_API void mot_rules_free(mot_rules *rules);

/* What the rules know, by number from 0; NULL past the last. */
MOT_API const char *mot_rules_event_name(const mot_rules *rules, uint32_t event);
MOT_API const char *mot_rules_field_name(const mot_rules *rules, uint32_t event, uint32_t field);
MOT_API const char *mot_rules_experience_name(const mot_rules *rules, uint32_t experience);
MOT_API const char *mot_rules_mot_name(const mot_rules *rules, uint32_t mot);
MOT_API uint32_t mot_rules_mot_experience(const mot_rules *rules, uint32_t mot);
/* By name; MOT_NOT_FOUND when there is none. */
MOT_API uint32_t mot_rules_event(const mot_rules *rules, const char *name);
MOT_API uint32_t mot_rules_field(const mot_rules *rules, uint32_t event, const char *name);
MOT_API uint32_t mot_rules_experience(const mot_rules *rules, const char *name);
MOT_API uint32_t mot_rules_mot(const mot_rules *rules, uint32_t experience, const char *name);
/* An instant as it may stand in data: ISO 8601, without an offset in the zone of the rules' stream.  False: it is
 * none. */
MOT_API bool mot_rules_time(const mot_rules *rules, const char *text, int64_t *ret_time);

/* ---- runs ------------------------------------------------------------------- */

typedef struct mot_run mot_run;

enum { /* kinds of records, as bits */
  MOT_RECORD_MOMENT = 1, MOT_RECORD_SCO = 2, MOT_RECORD_JOURNEY = 4,
  MOT_RECORD_OPEN = 8,                 /* at the end: what is still undecided */
  MOT_RECORD_TARGET = 16,              /* a target was breached, or met again */
  MOT_RECORD_ALERT = 32,               /* raised, escalated, repeated, acknowledged, cleared */
  MOT_RECORD_CORRECTION = 64,          /* opened, done, overdue, withdrawn */
  MOT_RECORD_MEASURE = 128,            /* a window of a metric that closed, of one group */
  MOT_RECORD_GOAL = 256,               /* the state of a goal changed */
  MOT_RECORD_SENTIMENT = 512,          /* a customer said how it was: a value of an experience's `sentiment` */
  MOT_RECORDS_DEFAULT = MOT_RECORD_MOMENT | MOT_RECORD_SCO | MOT_RECORD_JOURNEY | MOT_RECORD_TARGET |
                        MOT_RECORD_ALERT | MOT_RECORD_CORRECTION | MOT_RECORD_GOAL,
  MOT_RECORDS_NONE = 1 << 30           /* only counts are kept */
};

typedef struct mot_run_options {
  const mot_allocator *allocator;      /* NULL: the C library's; used by all threads of the run at once */
  unsigned threads;                    /* 0 and 1: the caller's alone */
  unsigned records;                    /* bits; 0: MOT_RECORDS_DEFAULT */
  bool has_lateness;                   /* `lateness` stands in for that of the rules */
  int64_t lateness;
  bool has_end;                        /* events at or after `end` are passed over, as if they were not there */
  int64_t end;
  const char *key;                     /* only this value of the partition key; NULL: all.  Targets, metrics and goals
                                        * are about all customers: then they are not evaluated */
  size_t max_line;                     /* longer lines are rejected; 0: 16 MiB; at most 256 MiB */
  size_t batch;                        /* events evaluated together, at most; 0: chosen for speed */
  bool trace;                          /* what it does is told step by step: mot_run_next_trace of mot/tools.h */
} mot_run_options;

/* options: NULL for the defaults.  The caller frees the run. */
MOT_API mot_status mot_run_open(const mot_rules *rules, const mot_run_options *options, mot_run **ret_run,
                                mot_error *error);
MOT_API void mot_run_free(mot_run *run);
/* Why the last call of this run did not return MOT_OK.  After MOT_NO_MEMORY the run can only be freed. */
MOT_API const char *mot_run_error(const mot_run *run);

/* Bytes.  All sources of a run are one stream, in the order in which they are fed. */
typedef enum mot_format { MOT_NDJSON, MOT_CSV } mot_format;

/* A new source begins, the one before has ended; its name stands in dead letters. */
MOT_API mot_status mot_run_source(mot_run *run, const char *name, mot_format format);
/* The next bytes of the source, cut anywhere.  What does not make a whole line is kept.  MOT_INVALID, from
 * this or a later call, which does its own work all the same: the first line of a CSV source does not name
 * its columns; the rest of it is passed over. */
MOT_API mot_status mot_run_feed(mot_run *run, const void *bytes, size_t size);

/* Typed events: begin one, set its fields, submit it.  Setting a field that does not fit makes submit reject
 * the event (MOT_OK; it is then a dead letter like any other), and so does setting one twice.  A field that the
 * event does not have in the rules is passed over, as in data. */
MOT_API mot_status mot_event_begin(mot_run *run, uint32_t event, int64_t time);
MOT_API void mot_event_int(mot_run *run, uint32_t field, int64_t value);      /* int, bool, time, duration */
MOT_API void mot_event_number(mot_run *run, uint32_t field, double value);    /* number, percent, int */
MOT_API void mot_event_money(mot_run *run, uint32_t field, int64_t minor);    /* in minor units: cents */
MOT_API void mot_event_text(mot_run *run, uint32_t field, const char *text, size_t size); /* text, id, listed */
MOT_API void mot_event_id(mot_run *run, const char *id, size_t size);         /* for `id … dedupe` */
MOT_API mot_status mot_event_submit(mot_run *run);

/* Typed events handed over whole, any number of them in their order of arrival: each gives what begin, its values
 * and submit give, in a fraction of the time. */
typedef enum mot_given_kind {
  MOT_GIVEN_INT,                       /* as mot_event_int and mot_event_money take it */
  MOT_GIVEN_NUMBER, MOT_GIVEN_TEXT
} mot_given_kind;
typedef struct mot_given {
  uint32_t field;
  mot_given_kind kind;                 /* which member counts */
  union {
    int64_t integer;
    double number;
    const char *text;                  /* of `size` bytes */
  };
  size_t size;
} mot_given;
typedef struct mot_event {
  uint32_t event, count;               /* which; how many values */
  int64_t time;
  const mot_given *values;             /* each field once, in any order */
  const char *id;                      /* for `id … dedupe`; NULL: none */
  size_t id_size;
} mot_event;
/* Nothing of `events` is kept.  MOT_MISUSE: the run has ended, or the rules have no event of that number; the
 * events before that one were taken.  An event that was begun and not submitted is forgotten. */
MOT_API mot_status mot_run_feed_events(mot_run *run, const mot_event *events, size_t count);

/* No event before `time` will come any more: the watermark moves there at least. */
MOT_API mot_status mot_run_advance(mot_run *run, int64_t time);
/* Input has ended: the clock stops at the latest event, or at `until` if that is later (MOT_NO_TIME: not). */
MOT_API mot_status mot_run_end(mot_run *run, int64_t until);
/* All that was fed and is due is evaluated, without waiting for a full batch. */
MOT_API mot_status mot_run_flush(mot_run *run);
/* Gives up what is due and not evaluated yet: records that wait can be taken and figures asked for, no more. */
MOT_API void mot_run_stop(mot_run *run);
/* When very much becomes due at once (at the end, or when the clock goes on far), these calls and mot_run_feed
 * evaluate a first stretch of time, and mot_run_next and mot_run_take_json the next ones when the records of
 * those before were taken: so memory does not grow with what is due.  What more is fed comes behind it.
 * Figures and saved states are of all that is due: asking for them evaluates the rest first, and its
 * records wait. */

/* ---- what a run tells ------------------------------------------------------- */

typedef enum mot_outcome { MOT_MISSED, MOT_PRODUCED, MOT_VOID, MOT_OPEN } mot_outcome;
typedef enum mot_reason { MOT_REASON_NONE, MOT_VOIDED, MOT_SUPERSEDED, MOT_PAUSED, MOT_FAULT } mot_reason;
typedef enum mot_journey_end { MOT_ENDED, MOT_END_VOID, MOT_EXPIRED } mot_journey_end;

/* An outcome record.  It and its texts are good until the next call with the run that is not one of
 * mot_record_key and mot_record_json. */
typedef struct mot_record {
  unsigned kind;                 /* one of MOT_RECORD_ */
  mot_outcome outcome;           /* of a journey: that of its SCO */
  mot_reason reason;             /* of a void */
  mot_journey_end end;           /* of a journey */
  uint32_t experience, mot;      /* numbers; mot MOT_NOT_FOUND: the SCO or the journey */
  int64_t time;                  /* decided; of a journey: over; of an open one: the end of the run */
  int64_t opened;                /* of an SCO and a journey: started */
  int64_t deadline;              /* MOT_NO_TIME: none */
  int64_t took, paused;
  size_t keys;
  int64_t started;               /* of what belongs to a journey: when that started */
  uint32_t journey;              /* … and which of its key: journeys that live at the same time differ in it */
  const void *data;              /* for the functions below */
} mot_record;

/* A value with its type.  Which member counts: MOT_TYPE_NUMBER, PERCENT: number (95 % is 0.95); INT, BOOL, TIME,
 * DURATION, MONEY: integer (microseconds; minor units); TEXT: text, not ended by NUL (names of listed values too). */
typedef enum mot_type {
  MOT_TYPE_NONE, MOT_TYPE_BOOL, MOT_TYPE_INT, MOT_TYPE_NUMBER, MOT_TYPE_PERCENT, MOT_TYPE_TEXT, MOT_TYPE_TIME,
  MOT_TYPE_DURATION, MOT_TYPE_MONEY
} mot_type;
typedef struct mot_value {
  mot_type type;                 /* NONE: there is no value */
  int64_t integer;
  double number;
  const char *text;
  size_t size;
  const char *currency;          /* MONEY: "EUR" */
  unsigned exponent;             /* MONEY: digits behind the point */
} mot_value;

/* What else a record of a moment, an SCO or a journey says.  Texts end with NUL unless a size stands beside. */
typedef struct mot_moment {
  mot_value group;               /* of a moment: who produced it, `producers … by` */
  mot_value impact;              /* of a moment: `impact`; of a journey: its `value` */
  const char *because;           /* NULL: nothing (void, journeys) */
  uint32_t produced, missed, voided; /* of a journey: its moments */
  double disruption;             /* of a journey, in percent; negative: nothing was decided */
} mot_moment;
/* False when the record is of another kind. */
MOT_API bool mot_record_moment(mot_run *run, const mot_record *record, mot_moment *ret_moment);

typedef enum mot_state {
  MOT_STATE_UNKNOWN, MOT_STATE_MET, MOT_STATE_BREACHED,                                    /* targets, goals */
  MOT_STATE_RAISED, MOT_STATE_ESCALATED, MOT_STATE_REPEATED, MOT_STATE_ACKNOWLEDGED, MOT_STATE_CLEARED, /* alerts */
  MOT_STATE_OPENED, MOT_STATE_DONE, MOT_STATE_OVERDUE, MOT_STATE_WITHDRAWN                 /* corrections */
} mot_state;
/* "breached", "raised", … */
MOT_API const char *mot_state_name(mot_state state);

/* What a record of a target, alert, correction, measure, goal or sentiment says.  Absent: NULL, MOT_NOT_FOUND,
 * MOT_NO_TIME. */
typedef struct mot_act {
  mot_state state;
  const char *id;                /* alert, correction */
  uint32_t owner;                /* alert: to whom; correction: by whom */
  const char *severity;          /* alert */
  const char *text;              /* alert, correction; target: as written */
  const char *cause;             /* alert, correction */
  int64_t due;                   /* correction */
  uint32_t target, goal, metric; /* numbers */
  mot_value groups[2];           /* of a goal one: the individual; of a metric as its `by` says */
  size_t group_count;
  bool other;                    /* the group of those for which there is no place */
  int64_t from, to;              /* window */
  mot_value value;               /* target, measure, sentiment */
  uint64_t cases;
  double score, rolled_up;       /* goal; negative: none */
} mot_act;
/* False when the record is of another kind. */
MOT_API bool mot_record_act(mot_run *run, const mot_record *record, mot_act *ret_act);

/* The next record in their total order; false: none is ready, nor can be made before more is fed. */
MOT_API bool mot_run_next(mot_run *run, mot_record *ret_record);
/* Key `key` of the record (0: the partition key), not ended by NUL. */
MOT_API const char *mot_record_key(const mot_run *run, const mot_record *record, size_t key, size_t *ret_size);
/* The record as one line of JSON with its line feed; NULL when memory is refused. */
MOT_API const char *mot_record_json(mot_run *run, const mot_record *record, size_t *ret_size);
/* The next records, as lines of JSON; they count as taken.  Faster than one by one.  They may be a part: there
 * are no more when *ret_size is 0. */
MOT_API mot_status mot_run_take_json(mot_run *run, const char **ret_lines, size_t *ret_size);

/* An event that was not taken. */
typedef struct mot_rejected {
  bool late;                     /* it came after the watermark had passed it; else it is unsound */
  const char *source;
  uint64_t line, offset;         /* of its beginning: from 1; in bytes, from 0 */
  const char *reason;            /* a word: json, missing, type, … */
  const char *field;             /* NULL: none */
} mot_rejected;

/* The next dead letter, in order of arrival; false: there is none.  It is good until the next call with the
 * run.  They are kept until they are taken. */
MOT_API bool mot_run_next_rejected(mot_run *run, mot_rejected *ret_rejected);

typedef struct mot_run_stats {
  uint64_t bytes, events;        /* read; events without blank lines, rejected ones included */
  uint64_t rejected, late, duplicate, unmapped, unreached;
  uint64_t passed;               /* at or after the end of mot_run_options: not evaluated */
  uint64_t faults, records;
  int64_t clock;                 /* MOT_NO_TIME: no event yet */
  size_t state;                  /* bytes of journeys, moments and timers in use */
  size_t memory, memory_peak;    /* bytes taken from the allocator */
} mot_run_stats;

typedef struct mot_experience_stats {
  uint64_t started, over, live, closing;
  uint64_t produced, missed, voided, open; /* the SCO */
  double disruption;             /* percent; negative: nothing was decided */
} mot_experience_stats;

typedef struct mot_mot_stats {
  uint64_t opened, produced, missed, open;
  uint64_t voided, superseded, paused, fault; /* the void, by reason */
} mot_mot_stats;

typedef struct mot_act_stats {
  uint64_t raised, escalated, repeated, acknowledged, cleared; /* alerts */
  uint64_t active;                         /* now: raised and not cleared */
  uint64_t opened, done, overdue, withdrawn; /* corrections; overdue ones may be done by now */
  uint64_t open;                           /* now: neither done nor withdrawn */
} mot_act_stats;

MOT_API void mot_run_get_stats(mot_run *run, mot_run_stats *ret_stats);
MOT_API bool mot_run_experience_stats(mot_run *run, uint32_t experience, mot_experience_stats *ret_stats);
MOT_API bool mot_run_mot_stats(mot_run *run, uint32_t mot, mot_mot_stats *ret_stats);
MOT_API void mot_run_act_stats(mot_run *run, mot_act_stats *ret_stats);

/* ---- where targets and goals stand -------------------------------------------- */

/* As of the latest judgement. */
typedef struct mot_target_standing {
  mot_state state;
  mot_value value;               /* NONE: none, or fewer than its least cases */
  uint64_t cases;
  int64_t from, to;              /* the window judged last; MOT_NO_TIME: none yet */
} mot_target_standing;
typedef struct mot_goal_standing {
  mot_state state;
  double score, rolled_up;       /* negative: none */
  uint64_t cases;                /* of the target that gave the score */
} mot_goal_standing;

/* False: there is no such target or goal.  A target of a goal for `each` individual: see mot_run_individual. */
MOT_API bool mot_run_target(mot_run *run, uint32_t target, mot_target_standing *ret_standing);
MOT_API bool mot_run_goal(mot_run *run, uint32_t goal, mot_goal_standing *ret_standing);
/* Individual `index` of a goal for `each`, in the order of their names; false past the last. */
MOT_API bool mot_run_individual(mot_run *run, uint32_t goal, size_t index, mot_value *ret_who,
                                mot_goal_standing *ret_standing);
/* Whether a metric has had a case: no event had a value for one that has not.  True where it is not known, as in a
 * run for one key. */
MOT_API bool mot_run_metric_seen(mot_run *run, uint32_t metric);
/* Cases of a metric that found no group of their own. */
MOT_API uint64_t mot_run_ungrouped(mot_run *run, uint32_t metric);

/* Events by their kind, for the share of what customers do that belongs to a MOT. */
typedef struct mot_event_stats {
  uint64_t events;               /* accepted */
  uint64_t touched;              /* opened a moment, or was tested by one that was open */
} mot_event_stats;
MOT_API bool mot_run_event_stats(mot_run *run, uint32_t event, mot_event_stats *ret_stats);
/* The most frequent types that no rule uses: `index` 0 the most frequent, of equally frequent ones the first met.
 * Counts are exact while there are at most 1,000 of them, else those of the first 1,000; of longer types the first 256
 * bytes count.  *ret_type does not end with NUL and is good until the next call that is not this one.  False past the
 * last. */
MOT_API bool mot_run_unmapped(mot_run *run, size_t index, const char **ret_type, size_t *ret_size,
                              uint64_t *ret_events);

/* ---- state ------------------------------------------------------------------ */

/* Takes `size` bytes; false: it cannot, the saving ends with MOT_IO. */
typedef bool (*mot_write)(void *user, const void *bytes, size_t size);

/* Writes all that the run needs to go on: input may stop at any byte.  Take the records first (MOT_MISUSE:
 * some wait, or the run has ended); a run that was saved goes on too.  Dead letters are not saved. */
MOT_API mot_status mot_run_save(mot_run *run, mot_write write, void *user);
/* A run that goes on where the saved one stopped, perhaps with other threads; its lateness is that of the
 * saved one unless the options have one.  MOT_INVALID: the state is damaged or of another version or of other
 * rules (error says which). */
MOT_API mot_status mot_run_load(const mot_rules *rules, const mot_run_options *options, const void *state,
                                size_t size, mot_run **ret_run, mot_error *error);

#ifdef __cplusplus
}
#endif

#endif
