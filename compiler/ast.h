/*
 * ast.h - the syntax tree: what the text says, before anything is looked up.
 *
 * Every node begins with an AstNode, so that any of them can stand in an
 * AstList.  Nodes live in the compilation's arena; nothing is ever freed alone.
 * The grammar's actions build these nodes and do nothing else.
 */
#ifndef MOT_COMPILER_AST_H
#define MOT_COMPILER_AST_H

#include "base/intern.h"
#include "base/source.h"

typedef struct AstNode {
  struct AstNode *next; /* in its list */
  Span span;
  uint16_t kind; /* AstDeclKind, AstItemKind, AstExprKind … by context */
  uint16_t flag; /* spare for the node's own use */
} AstNode;

typedef struct AstList {
  AstNode *first, *last;
  uint32_t count;
} AstList;

/* for (AST_EACH(AstDecl, d, file->decls)) */
#define AST_EACH(T, v, list) T *v = (T *)(void *)(list).first; v; v = (T *)(void *)((AstNode *)(void *)v)->next

/* One word as written; sym 0: absent. */
typedef struct AstName {
  Sym sym;
  Span span;
} AstName;

/* A word in a list: a key name, a listed value, a part of a path. */
typedef struct AstWord {
  AstNode n;
  Sym sym;
  Sym raw;       /* listed value: its raw text (`= "raw"`), 0: the word itself */
  Span raw_span;
} AstWord;

/* a.b.Name; words.count 0: absent. `n.span` covers all of it. */
typedef struct AstPath {
  Span span;
  AstList words; /* AstWord */
} AstPath;

/* Text in quotes with the escapes resolved; sym 0: absent ("" is a Sym too). */
typedef struct AstText {
  Sym sym;
  Span span;
} AstText;

/* ---- expressions and conditions: one ladder ---------------------------------- */

typedef enum AstExprKind {
  AX_OR, AX_AND, AX_NOT,           /* l, r / l */
  AX_COMPARE,                      /* op, l, r */
  AX_ADD, AX_SUB, AX_MUL, AX_DIV,  /* l, r */
  AX_NEG,                          /* l */
  AX_KNOWN,                        /* l known */
  AX_ELSE,                         /* l else r */
  AX_PATH,                         /* path: a small name, or small.small … */
  AX_CALL,                         /* path ( args ) [in last D|N|name [keep k]] */
  AX_EVENT_FIELD,                  /* E.field: path ends in the event kind, name is the field */
  AX_LAST_FIELD,                   /* last(matched).name */
  AX_CASE,                         /* case l { arms } */
  AX_PAREN,                        /* ( l ) - kept for fmt and lints; passes look through */
  AX_INT, AX_DECIMAL, AX_MONEY, AX_PERCENT, AX_DURATION, AX_CALSPAN, AX_TIME, AX_TEXT,
  AX_TRUE, AX_FALSE,
  AX_MATCHED,                      /* E [where p]: only inside calls: count(E where p) */
  AX_HAPPEN,                       /* [counted] matched|(either) [bound] */
  AX_OUTCOME,                      /* produced M | missed M [bound] */
  AX_SEQUENCE,                     /* steps: AX_HAPPEN / AX_OUTCOME / AX_BOUNDED in list `args` */
  AX_BEFORE,                       /* matched before matched: l, r are AX_MATCHED */
  AX_BOUNDED,                      /* ( l ) within … | ( l ) by … */
  AX_ERROR                         /* where recovery put something */
} AstExprKind;

typedef enum AstCompare { AST_LT, AST_LE, AST_GT, AST_GE, AST_EQ, AST_NE } AstCompare;
typedef enum AstCounted { AST_SOME, AST_NO, AST_AT_MOST, AST_AT_LEAST, AST_EXACTLY } AstCounted;
typedef enum AstDecided { AST_MISSED, AST_PRODUCED, AST_VOID, AST_OPEN } AstDecided;

typedef struct AstExpr AstExpr;

typedef enum AstBoundKind { AST_UNBOUND, AST_WITHIN, AST_WITHIN_CALENDAR, AST_WITHIN_OPEN_DAYS, AST_BY } AstBoundKind;
typedef struct AstBound {
  uint16_t kind;
  Span span;       /* from `within` / `by` to its end */
  AstExpr *value;  /* D, N or the time */
  AstPath calendar;
} AstBound;

/* E or E where p */
typedef struct AstMatched {
  AstNode n;
  AstPath event;
  AstExpr *where; /* NULL: none */
} AstMatched;

typedef struct AstArm { /* label: value; label sym of "else" for the last */
  AstNode n;
  AstName label;
  AstExpr *value;
} AstArm;

typedef struct AstHappen {
  uint16_t counted;   /* AstCounted */
  AstExpr *number;    /* AX_INT or AX_PATH */
  AstList either;     /* AstMatched, one or more */
  uint16_t decided;   /* OUTCOME */
  AstPath mot;        /* OUTCOME */
  AstBound bound;
} AstHappen;

struct AstExpr {
  AstNode n; /* AstExprKind */
  uint16_t depth; /* of operators below it; at most PARSE_DEPTH */
  union {
    struct { AstExpr *l, *r; uint16_t op; Span op_span; } bin; /* also unary: l; CASE: l */
    struct { AstPath path; AstList args; AstExpr *last; AstExpr *keep; } call; /* PATH uses path alone; last: the D, N or name after `in last` */
    struct { AstPath event; AstName name; AstMatched *matched; } field; /* EVENT_FIELD: event, name; LAST_FIELD: matched, name */
    struct { AstExpr *subject; AstList arms; } choose; /* CASE */
    struct { AstMatched *matched; } match;
    AstHappen *happen;    /* HAPPEN, OUTCOME; apart, as most expressions are smaller */
    struct { AstExpr *inner; AstBound bound; } bounded;
    struct { AstList steps; } seq;
    int64_t i;             /* INT; DURATION in microseconds; TIME in microseconds since 1970 as if UTC */
    struct { Sym digits; Sym unit; } num;  /* DECIMAL, PERCENT: digits as written; MONEY: digits and currency */
    struct { int64_t micros; int32_t offset_min; uint8_t has_time, has_offset; } time; /* TIME: local reading; offset when given */
    struct { uint32_t count; uint8_t unit; } span; /* CALSPAN: AstCalUnit */
    Sym text;
  } u;
};

typedef enum AstCalUnit { AST_MONTH, AST_QUARTER, AST_YEAR } AstCalUnit;

/* A length of time in a clause: `60 s`, `1 month`, or a name (a parameter, `month`). */
typedef struct AstSpanOf {
  Span span;
  AstExpr *value; /* AX_DURATION, AX_CALSPAN or AX_PATH; NULL: absent */
} AstSpanOf;

/* ---- patterns ----------------------------------------------------------------- */

typedef enum AstMode { AST_MODE_NONE, AST_EACH_MATCH, AST_FIRST, AST_LATEST } AstMode;
typedef enum AstShape { AST_ONE, AST_COUNT, AST_CHAIN, AST_SILENCE, AST_WHEN_OUTCOME } AstShape;

typedef struct AstStep { /* one happening of a pattern */
  AstNode n;
  AstMatched *matched;
  AstName as;
  AstBound bound; /* COUNT, and each but the first of a CHAIN: within; SILENCE: `for D` as value */
} AstStep;

typedef struct AstChoice {
  AstNode n;
  uint16_t mode, shape;
  AstExpr *number;   /* COUNT */
  AstList steps;     /* AstStep: 1, or the chain */
  uint16_t decided;  /* WHEN_OUTCOME */
  AstPath mot;
  AstName as;        /* WHEN_OUTCOME; otherwise in the step */
} AstChoice;

typedef struct AstPattern {
  Span span;
  AstList choices; /* AstChoice */
} AstPattern;

/* ---- clauses that several declarations share ------------------------------------ */

typedef struct AstTarget {
  Span span;
  uint16_t has_op, op;   /* AstCompare when written */
  AstExpr *left;         /* NULL: the measure itself */
  AstExpr *right;        /* the value; a bare value has left NULL, has_op 0 */
  AstSpanOf over, step;
  AstExpr *min_cases;
} AstTarget;

typedef enum AstTrigger { AST_ON_AT_RISK, AST_ON_MISSED, AST_ON_PRODUCED, AST_ON_VOID, AST_ON_BREACHED, AST_ON_MET } AstTrigger;

typedef enum AstActionKind { AST_ALERT, AST_CORRECT } AstActionKind;
typedef struct AstAction {
  AstNode n; /* AstActionKind */
  AstName who;
  AstList options;      /* ALERT: AstOption, as written */
  AstText text;         /* CORRECT */
  AstBound within;      /* CORRECT */
  AstExpr *until;       /* CORRECT; NULL: none */
} AstAction;

typedef enum AstOptionKind { AST_OPT_SEVERITY, AST_OPT_TEXT, AST_OPT_FOR, AST_OPT_HOLD, AST_OPT_ESCALATE, AST_OPT_REPEAT } AstOptionKind;
typedef struct AstOption {
  AstNode n;
  AstName name; /* SEVERITY */
  AstText text; /* TEXT */
  AstExpr *duration;
} AstOption;

/* ---- items: one node type for all the clauses of experience, mot, goal, ... ------ */

typedef enum AstItemKind {
  AI_ERROR,
  /* stream */  AI_STREAM_FIELD, AI_ZONE, AI_LATENESS, AI_IDLE, AI_AHEAD,
  /* calendar */ AI_OPEN, AI_CLOSED,
  /* owner, team */ AI_ROLE, AI_CONTACT, AI_REPORTS_TO, AI_LEAD,
  /* experience */ AI_FOR, AI_MANAGER, AI_STARTS, AI_SCO, AI_VOID_ON, AI_ENDS, AI_EXPIRES, AI_SENTIMENT, AI_VALUE, AI_MOT,
  /* mot */ AI_PRODUCERS, AI_CRITICAL, AI_WHEN, AI_SMOTO, AI_WEIGHT, AI_IMPACT, AI_TARGET, AI_PAUSE,
  /* both */ AI_ON, AI_ALLOW,
  /* goal */ AI_OWNER, AI_MEASURE, AI_GOAL,
  /* review */ AI_EVERY, AI_REVIEW_ON, AI_CHAIR
} AstItemKind;

typedef struct AstHours { AstNode n; AstName from_day, to_day; int64_t from, to; } AstHours; /* microseconds of the day; to_day.sym 0: one day */
typedef struct AstDates { AstNode n; AstExpr *from, *to; AstPath calendar; } AstDates;        /* AX_TIME; to NULL: one day; both NULL: the closed days of a calendar */

typedef enum AstMeasure { AST_MEASURE_SCO, AST_MEASURE_NAMED, AST_MEASURE_BUILTIN } AstMeasure;

typedef struct AstMot AstMot;
typedef struct AstGoal AstGoal;

typedef struct AstItem {
  AstNode n;          /* AstItemKind; span covers the clause */
  Span keyword;       /* its first word, for "given twice" */
  union {
    struct { AstName name; AstText path; AstName format; AstText pattern; AstExpr *dedupe; } stream; /* type/time/id from "…" [as f|"pattern"] [dedupe D] */
    AstText text;                               /* ZONE, CONTACT */
    AstExpr *expr;                              /* LATENESS, IDLE, AHEAD, EXPIRES (AX_DURATION); SENTIMENT, VALUE, SMOTO, WEIGHT */
    AstList list;                               /* OPEN: AstHours; CLOSED: AstDates; FOR: AstWord */
    AstName name;                               /* ROLE, REPORTS_TO, LEAD, MANAGER, CHAIR, OWNER */
    AstPattern pattern;                         /* STARTS, VOID_ON, ENDS, WHEN */
    struct { AstText text; AstExpr *condition; } sco;
    struct { AstList teams; AstExpr *by; } producers; /* teams: AstWord */
    struct { AstExpr *amount; uint16_t decided; } impact;
    AstTarget target;
    struct { AstPattern on, until; } pause;
    struct { uint16_t trigger; AstExpr *risk; AstList actions; } on; /* risk: D of `at risk D before deadline` */
    struct { AstName code; AstText reason; } allow;
    struct { uint16_t kind; AstPath path; } measure; /* AstMeasure; BUILTIN: a small name in path */
    AstSpanOf every;
    AstPath path;                               /* REVIEW_ON */
    AstMot *mot;
    AstGoal *goal;
  } u;
} AstItem;

struct AstMot {
  AstName name;
  AstText title;
  Sym doc;           /* the `##` lines before it, joined by \n; 0: none */
  AstPath like;      /* empty: none */
  AstList like_args; /* AstExpr */
  AstList items;     /* AstItem */
};

struct AstGoal {
  AstName name;
  AstText title;
  Sym doc;
  AstName each; /* sym 0: none */
  AstList items;
};

/* ---- declarations ------------------------------------------------------------- */

typedef enum AstDeclKind {
  AD_ERROR, AD_USE, AD_STREAM, AD_CALENDAR, AD_EVENT, AD_DERIVED, AD_OWNER, AD_TEAM, AD_EXPERIENCE,
  AD_PATTERN, AD_DEF, AD_METRIC, AD_NSAT, AD_REVIEW, AD_TEST, AD_ALLOW
} AstDeclKind;

typedef struct AstType {
  Span span;
  AstName name;        /* "id", "int", "money" …; "one" for a listed type */
  AstName arg;         /* money(EUR), duration(s), time(unix_s) */
  AstText arg_text;    /* time("%d/%m/%Y") */
  uint8_t has_range, optional;
  int64_t low, high;
  AstList values;      /* one of: AstWord */
} AstType;

typedef struct AstField { AstNode n; AstName name; AstType type; AstText from; Sym doc; } AstField;
typedef enum AstParamKind { AST_PARAM_VALUE, AST_PARAM_EVENT, AST_PARAM_CALENDAR, AST_PARAM_MOT } AstParamKind;
typedef struct AstParam { AstNode n; AstName name; AstType type; AstPath like; } AstParam; /* AstParamKind; VALUE: type; EVENT: like */

typedef enum AstTestStep { AST_AT, AST_AFTER, AST_END_AT } AstTestStep;
typedef struct AstPair { AstNode n; AstName name; AstExpr *value; } AstPair; /* value: literal, AX_NEG of one, or AX_PATH */
typedef struct AstStepOf { AstNode n; AstExpr *when; AstPath event; AstList pairs; } AstStepOf;

typedef enum AstExpectKind { AST_EXPECT_OUTCOME, AST_EXPECT_SCO, AST_EXPECT_JOURNEY, AST_EXPECT_CORRECT, AST_EXPECT_TARGET, AST_EXPECT_ALERT } AstExpectKind;
typedef enum AstCorrectState { AST_CORRECT_OPENED, AST_CORRECT_DONE, AST_CORRECT_OVERDUE } AstCorrectState;
typedef struct AstExpect {
  AstNode n; /* AstExpectKind */
  uint8_t negated;
  uint16_t decided;   /* OUTCOME, SCO: AstDecided */
  uint16_t correct;   /* AstCorrectState */
  uint16_t breached;  /* TARGET: 1 breached, 0 met */
  AstPath path;       /* OUTCOME, TARGET */
  AstName who;        /* CORRECT, ALERT */
  AstName severity;   /* ALERT; sym 0: any */
  AstText key;        /* for "key" */
  AstExpr *at;
} AstExpect;

typedef struct AstDecl {
  AstNode n;      /* AstDeclKind */
  AstName name;
  AstText title;
  Sym doc;
  AstList items;  /* AstItem: stream, calendar, owner, team, experience, pattern, review; of event and nsat the
                     `allow`s; of all also AI_ERROR where something could not be read */
  union {
    AstPath use;
    struct { AstPath like; AstText from; AstList fields; uint8_t has_body; } event;
    struct { AstList either; } derived; /* AstMatched */
    struct { AstList params; AstExpr *body; } def; /* PATTERN uses params and items */
    struct { AstExpr *value; AstExpr *where; AstList by; AstSpanOf per, over, step; AstExpr *groups; } metric; /* groups: AX_INT, the most groups kept */
    struct { AstPath experience; AstList goals; } nsat; /* goals: AstItem of AI_GOAL */
    struct { AstList steps, expects; } test;
    struct { AstName code; AstText reason; } allow; /* file-wide */
  } u;
} AstDecl;

/* A comment, for fmt and for `##` documentation. */
typedef struct AstComment {
  AstNode n;     /* span covers `#` to the end of the line */
} AstComment;

typedef struct AstFile {
  uint32_t file;   /* in Sources */
  AstPath module;  /* empty: none given */
  Sym doc;
  AstList decls;   /* AstDecl */
} AstFile;

#endif
