/*
 * program.h - the typed program: what the text means, every name resolved.
 *
 * The checker (check_*.c) makes it from the syntax trees, the lints read it, the
 * generator (gen_*.c) lays it out and writes code.  All of it lives in the
 * compilation's arena.  Lists are arrays of pointers (VEC) in the order of the
 * text.  Names are full names for shown texts and plain symbols for look-up.
 */
#ifndef MOT_COMPILER_PROGRAM_H
#define MOT_COMPILER_PROGRAM_H

#include <stdbool.h>

#include "base/intern.h"
#include "base/source.h"
#include "base/vec.h"
#include "bytecode/format.h"
#include "compiler/ast.h"

typedef struct Event Event;
typedef struct Expr Expr;
typedef struct Experience Experience;
typedef struct Mot Mot;
typedef struct Metric Metric;
typedef struct Goal Goal;
typedef struct Owner Owner;
typedef struct Calendar Calendar;

/* ---- types ---- */

enum { TYPE_ERROR = VALUE_END }; /* of what was already reported: agrees with everything */

typedef struct ListedValueName {
  Sym name, raw;
} ListedValueName;

typedef struct ListedType { /* one of a, b = "raw" …; the same set of names is the same type */
  ListedValueName *values;
  uint32_t count;
  uint32_t row;
} ListedType;

typedef struct Type {
  uint8_t base;      /* VALUE_*, TYPE_ERROR */
  bool optional;     /* may be missing */
  uint8_t currency;  /* MONEY: index into Program.currencies */
  ListedType *listed;
} Type;

typedef struct CurrencyUse {
  Sym code;
  uint8_t exponent; /* ISO 4217 */
} CurrencyUse;

/* ---- events ---- */

typedef struct Field {
  Sym name;
  Span span;
  Type type;
  Sym path, pattern;    /* path into the data; pattern of time("…") */
  uint8_t format;       /* FORMAT_* */
  bool has_range, used;
  int64_t low, high;
  Sym doc;
  uint32_t row;         /* set by the generator */
} Field;

/* One concrete thing that can match: a base kind, or an outcome. */
typedef struct MatchCase {
  Event *event;          /* base kind; NULL: an outcome … */
  Mot *mot;              /* … of this MOT, or … */
  Experience *sco;       /* … of this experience's SCO */
  uint8_t outcome;       /* OUTCOME_MISSED, OUTCOME_PRODUCED */
  Expr *where;           /* NULL: always; over the fields of `event` and what the context has at hand */
} MatchCase;

typedef struct Match { /* E, E where p, (A or B): tried in order, the first that holds counts */
  VEC(MatchCase) cases;
  Event *named;          /* the kind as written when it is one; may be derived */
  Span span;
  Sym shown;             /* "CallEnded where resolved": for the evidence */
} Match;

struct Event {
  Sym name;              /* as declared */
  Sym shown;             /* with the module's path when it is not this file's own */
  Sym raw;
  Span span;             /* of the name */
  uint32_t file;
  VEC(Field *) fields;   /* derived: those that all have in common */
  bool derived, used, std;
  Match members;         /* derived: base kinds with the joined predicates */
  Sym doc;
  const AstDecl *decl;
  uint32_t row;
};

/* ---- values ---- */

/* A value of an earlier event that a record has to keep. */
typedef enum RefKind {
  REF_START,    /* start.f, start.at */
  REF_OPENING,  /* opening.f, opening.at of a moment (or of a correction's moment) */
  REF_AS,       /* visit.slot: event named by `as` in `when` or `starts on` */
  REF_LAST      /* last(E where p).f of the journey; may be missing */
} RefKind;

typedef struct Ref {
  uint8_t kind;
  Sym as;                /* REF_AS: the name */
  Sym field;             /* 0: the event's time (.at) */
  Type type;             /* optional where it may be missing */
  Experience *experience;
  Mot *mot;              /* OPENING, AS: the MOT whose record keeps it; AS of `starts on`: NULL */
  Match *match;          /* LAST: what is awaited */
  uint32_t slot, known;  /* rows, set by the generator; MOT_NONE: not laid out / never missing */
} Ref;

typedef enum HistoryOf { HISTORY_OF_EVENTS } HistoryOf;

/* count(E), sum(E.f) in last 7 d … over the events of the journey. */
typedef struct History {
  uint8_t kind;          /* HISTORY_* */
  uint8_t aggregate;     /* AGGREGATE_COUNT, SUM, AVG, MIN, MAX */
  Match *match;
  VEC(Expr *) values;    /* one a case of `match`; empty for COUNT */
  Type value_type;       /* of what is kept */
  int64_t window;        /* TIME: microseconds */
  uint32_t last;         /* NUMBER: how many */
  uint32_t keep;         /* entries kept (256 unless said or less are enough) */
  bool exact;            /* `keep` is enough for every use */
  uint32_t row;
} History;

/* Aggregates over events or decided moments, for metrics and targets. */
typedef struct AggregateUse {
  uint8_t kind;          /* AGGREGATE_* */
  uint8_t over;          /* AGGREGATE_OVER_* */
  Type type;             /* of its result, not optional */
  double quantile;       /* 0.95 */
  Match *match;          /* EVENTS: what is counted */
  VEC(Expr *) values;    /* EVENTS: one a case; empty for COUNT.  RATE: truths */
  Expr *value;           /* MOMENTS: over the moment at its decision */
} AggregateUse;

typedef enum ExprKind {
  EX_INT,            /* i: int, time, duration, money (minor units), listed value (its index) */
  EX_NUMBER,         /* f: number, percent (0.95 for 95%) */
  EX_TEXT,           /* text */
  EX_BOOL,           /* i: 0 or 1 */
  EX_FIELD,          /* field of the event at hand */
  EX_EVENT_TIME,     /* .at of the event at hand */
  EX_REF,            /* ref */
  EX_HISTORY,        /* history */
  EX_TOOK,           /* opening to decision; in targets */
  EX_KEY,            /* key number i of the journey, as text: in alert texts, `by` */
  EX_OR, EX_AND,     /* a, b: left to right, stop early */
  EX_NOT,            /* a */
  EX_COMPARE,        /* a op b; both of one type, never missing */
  EX_ADD, EX_SUB, EX_MUL, EX_DIV, /* a, b: both of the kind the type says (see below) */
  EX_NEG,            /* a */
  EX_TO_NUMBER,      /* a: int as number */
  EX_KNOWN,          /* a is there */
  EX_ELSE,           /* a else b */
  EX_CASE,           /* a: subject; arms */
  EX_CALL,           /* builtin, args; calendar */
  EX_AGGREGATE,      /* aggregate: in metrics and targets */
  EX_DEADLINE        /* {deadline} in alert texts: the moment's deadline */
} ExprKind;
/* Arithmetic: EX_MUL is int×int, number×number, or money|duration × number (a is
 * the money or duration, b the number); EX_DIV is always by an EX_NUMBER-typed b
 * unless both are int or both durations (or both money of a currency); the
 * checker inserts EX_TO_NUMBER.  EX_DIV has an optional type unless the divisor
 * is a constant other than zero. */

typedef struct ExprArm {
  VEC(int64_t) values; /* indices of the listed subject (of a bool 0, 1); empty: else */
  Expr *value;
} ExprArm;

struct Expr {
  uint8_t kind;
  uint8_t op;            /* COMPARE: COMPARE_*; CALL: Builtin */
  Type type;
  Span span;
  Span call;             /* CASE, CALL that are the body of a def: where that was called; else all 0 */
  Expr *a, *b;
  union {
    int64_t i;
    double f;
    Sym text;
    Field *field;
    Ref *ref;
    History *history;
    AggregateUse *aggregate;
    struct { Expr **args; uint32_t count; Calendar *calendar; } call;
    struct { ExprArm *arms; uint32_t count; } choose;
  } u;
};

/* ---- bounds, conditions ---- */

typedef struct Bound {
  uint8_t kind;          /* BOUND_* */
  Expr *value;           /* duration, int (open days), time; EX_INT when constant */
  Calendar *calendar;
  bool moves;            /* `by` that reads last(E): follows each new E */
  Span span;
} Bound;

typedef struct Step {
  Match match;
  Bound bound;
  uint32_t counted;      /* last step of a sequence: 0 happens; 1 + n of `at most n` (1: no) */
  Span span;
} Step;

typedef struct Leaf {
  uint8_t kind;          /* LEAF_* */
  Expr *predicate;       /* PREDICATE */
  int64_t count;         /* AT_MOST, AT_LEAST, EXACTLY */
  VEC(Step) steps;       /* 1; BEFORE: 2; SEQUENCE: 2 or more */
  Span span;
  uint32_t row;
} Leaf;

typedef enum CondKind { COND_AND, COND_OR, COND_NOT, COND_LEAF } CondKind;
typedef struct Cond {
  uint8_t kind;
  struct Cond *a, *b;
  Leaf *leaf;
  Span span;
} Cond;

typedef struct Condition {
  Cond *root;
  VEC(Leaf *) leaves;    /* in the order of the text */
  Span span;
} Condition;

/* ---- patterns ---- */

typedef struct Choice {
  uint8_t mode;          /* MODE_* */
  uint8_t shape;         /* AstShape: ONE, COUNT, CHAIN, SILENCE; outcomes are ONE with an outcome case */
  int64_t count;         /* COUNT */
  VEC(Step) steps;       /* ONE, COUNT, SILENCE: 1; CHAIN: 2 or more.  COUNT: bound of the window; SILENCE: bound.value the length */
  VEC(Sym) as;           /* name of each step, 0: none */
  Span span;
} Choice;

typedef struct Pattern {
  VEC(Choice) choices;
  Span span;
} Pattern;

/* ---- acting ---- */

typedef struct TextPiece { /* literal, then a value (NULL at the end) */
  Sym literal;
  Expr *value;
} TextPiece;

typedef struct Correction {
  Sym text;
  Owner *by;
  Bound within;
  Condition *until;      /* NULL: std.correction.Done with its id */
  Experience *experience;
  Mot *mot;              /* NULL: of the SCO */
  Span span;
  uint32_t row;
} Correction;

typedef struct Action {
  uint8_t when;          /* WHEN_* */
  uint8_t kind;          /* ACTION_* */
  Expr *risk;            /* AT_RISK: the lead time */
  Owner *to;             /* ALERT */
  uint8_t severity;      /* SEVERITY_*; medium unless said */
  int64_t raise_after, hold, escalate, repeat; /* microseconds; -1: none */
  VEC(TextPiece) text;
  Correction *correction; /* CORRECT */
  Span span;
} Action;

typedef struct WindowUse {
  uint8_t kind;          /* WINDOW_* */
  uint8_t unit, step_unit; /* UNIT_* */
  int64_t length, step;
} WindowUse;

typedef struct Target {
  Sym text;              /* as written */
  uint8_t of;            /* TARGET_OF_* */
  Expr *value;           /* over EX_AGGREGATE; NULL: the measure itself */
  Type type;
  uint8_t compare;       /* COMPARE_* */
  Expr *goal;            /* constant */
  WindowUse window;
  uint32_t min_cases;
  Span span;
  uint32_t row;
} Target;

/* ---- declarations ---- */

struct Owner {
  Sym name, title;
  Span span;
  uint8_t kind, role;    /* OWNER_*, ROLE_* */
  Sym contact;
  Owner *reports_to, *lead;
  bool used;
  const AstDecl *decl;
  uint32_t row;
};

typedef struct OpenHoursOf {
  uint8_t weekday;       /* 0 Monday */
  int64_t from, to;      /* microseconds of the day */
} OpenHoursOf;
typedef struct ClosedDaysOf {
  int64_t first, last;   /* days since 1970 */
} ClosedDaysOf;

struct Calendar {
  Sym name;
  Span span;
  Sym zone;
  VEC(OpenHoursOf) hours;  /* ascending, apart */
  VEC(ClosedDaysOf) closed;
  bool used;
  const AstDecl *decl;
  uint32_t row;
};

struct Mot {
  Sym name, title, doc;
  Span span;
  Experience *experience;
  const AstMot *ast;
  Owner *manager;
  VEC(Owner *) producers;
  Expr *by;              /* NULL: none */
  bool critical;
  double weight;
  Pattern *when;
  Condition *smoto;
  Expr *impact_missed, *impact_produced; /* money; NULL: none */
  VEC(Target *) targets;
  VEC(Pattern *) voids;
  Pattern *pause, *resume;
  VEC(Action *) actions;
  VEC(Ref *) refs;       /* what its record keeps: OPENING and AS */
  uint32_t row;
};

typedef struct KeyName {
  Sym name;
  bool optional;         /* every event declares it with ? */
} KeyName;

struct Experience {
  Sym name, title, doc;
  Span span;
  const AstDecl *decl;
  VEC(KeyName) keys;     /* first: the partition key */
  Owner *manager;
  Pattern *starts, *ends;  /* ends NULL: by expiry alone */
  VEC(Pattern *) voids;
  Sym sco_text;
  Condition *sco;
  int64_t expires;       /* microseconds */
  AggregateUse *sentiment; /* NULL: none; LAST of a field, or as written */
  Expr *value;           /* over start, opening values, histories of the journey */
  VEC(Mot *) mots;
  VEC(Action *) actions; /* of the SCO */
  VEC(Ref *) refs;       /* START, LAST, AS of starts */
  VEC(History *) histories;
  VEC(Correction *) corrections; /* of its MOTs and SCO, in order */
  uint32_t row;
};

struct Metric {
  Sym name, doc;
  Span span;
  VEC(AggregateUse *) aggregates;
  Expr *value;
  Type type;
  Sym group[2];          /* 0: none; fields that every event of every aggregate has */
  WindowUse window;
  uint32_t groups;       /* 10,000 unless said */
  bool used;
  const AstDecl *decl;
  uint32_t row;
};

struct Goal {
  Sym name, title, doc;
  Span span;
  struct Nsat *nsat;
  Goal *parent;
  Owner *owner;
  Sym each;
  uint8_t measure;       /* MEASURE_* */
  Mot *mot;
  Metric *metric;
  double weight;
  bool weight_given, weight_percent;
  VEC(Target *) targets;
  VEC(Action *) actions;
  VEC(Goal *) goals;
  uint32_t row;
};

typedef struct Nsat {
  Sym name, title;
  Span span;
  Experience *experience;
  VEC(Goal *) goals;     /* the top ones */
  const AstDecl *decl;
} Nsat;

typedef struct Review {
  Sym name;
  Span span;
  uint8_t unit;          /* UNIT_* */
  int64_t every;
  Experience *experience;
  Owner *chair;
} Review;

typedef struct TestValueOf { Field *field; Sym text; int64_t value; } TestValueOf; /* value: bits of a double for numbers */
typedef struct TestStepOf { int64_t at; Event *event; Span span; VEC(TestValueOf) values; } TestStepOf; /* event NULL: `end at` */
typedef struct ExpectOf {
  uint8_t kind, outcome, state; /* EXPECT_*, OUTCOME_*, CORRECTION_STATE_* */
  bool negated, has_at;
  Mot *mot;
  Experience *experience;
  Goal *goal;
  Owner *owner;
  uint32_t severity;     /* MOT_NONE: any */
  Sym key;
  int64_t at;
  Span span;
} ExpectOf;
typedef struct TestOf { Sym name; Span span; VEC(TestStepOf) steps; VEC(ExpectOf) expects; } TestOf;

typedef struct StreamUse {
  Sym type_path, time_path, id_path, time_pattern;
  uint8_t time_format;
  bool has_dedupe;
  int64_t dedupe, lateness, idle, ahead;
  Sym zone;              /* "UTC" unless said */
  Span span;
} StreamUse;

typedef struct Program {
  Arena *arena;
  Interner *names;
  Sources *sources;
  Sym module;
  StreamUse stream;
  VEC(CurrencyUse) currencies;
  VEC(ListedType *) listed;
  VEC(Event *) events;       /* derived ones too; those of used library files only when named */
  VEC(Owner *) owners;       /* people before the teams they lead where possible; any order is valid */
  VEC(Calendar *) calendars;
  VEC(Experience *) experiences;
  VEC(Metric *) metrics;
  VEC(Nsat *) nsats;
  VEC(Goal *) goals;         /* all, parents before children */
  VEC(Review *) reviews;
  VEC(TestOf *) tests;
} Program;

#endif
