/*
 * check.h - from syntax trees to the typed program; the checker's own contract
 * between its files.
 *
 *   load.c                units: the file given, what it uses, the library
 *   scope.c               names: look-up, nearest name, "declared twice"
 *   check_decl.c …        stream, types, events, owners, calendars, defs
 *   check_expr.c …        values: names in reach, types, dimensions
 *   check_condition.c …   matches, bounds, patterns, conditions, histories
 *   check_experience.c …  experiences and MOTs, clause by clause
 *   check_measure.c …     targets, metrics, actions, goals, reviews, tests
 *   lint_*.c              the framework checks, over the finished program
 *
 * Declarations of the file given are all checked; those of used files only when
 * something refers to them.  Whatever cannot be resolved is reported once and
 * becomes NULL or TYPE_ERROR, which every later check takes in silence.
 */
#ifndef MOT_COMPILER_CHECK_H
#define MOT_COMPILER_CHECK_H

#include "base/diag.h"
#include "base/map.h"
#include "compiler/program.h"

typedef struct Unit Unit;
typedef struct Entity Entity;
typedef struct Env Env;

/* How the text of `a.b` is found; the library of the caller.  Returns false
 * when there is none; else sets name (for messages), text and length, which
 * stay valid for the compilation.  `why` may get a reason (an unreadable file). */
typedef struct Loader {
  bool (*find)(void *user, const char *module, const char *from_file, const char **name, const char **text,
               size_t *len, const char **why);
  void *user;
} Loader;

enum { CHECK_DEPTH = 1000, CHAIN_MAX = 200 };

typedef enum EntityState { ENTITY_NEW, ENTITY_CHECKING, ENTITY_DONE } EntityState;

struct Entity { /* a declared name of a unit */
  Sym name;
  uint8_t kind;    /* AstDeclKind; teams are AD_OWNER, derived events AD_EVENT */
  uint8_t state;
  const AstDecl *decl;
  Unit *unit;
  bool used;       /* somebody refers to it */
  bool clash;      /* its name was taken: reached by no name */
  union {
    void *any;     /* NULL until checked, or when it is wrong */
    Event *event;
    Owner *owner;
    Calendar *calendar;
    Experience *experience;
    Metric *metric;
    Nsat *nsat;
  } is;            /* AD_PATTERN and AD_DEF have only `decl` */
};

struct Unit { /* one file */
  AstFile *file;
  Sym module;      /* 0: none */
  bool std;
  Map names;       /* name_key -> Entity */
  VEC(Entity *) entities; /* in the order of the text, clashing ones too */
  Unit *opener;    /* whose `use` loaded it; NULL: the file given */
  bool loading;    /* what it uses is still being loaded */
  VEC(Unit *) uses;
  VEC(const AstDecl *) use_decls; /* beside `uses` */
  VEC(bool) use_used;
};

/* What the parameters of a pattern or def stand for: call by name. */
typedef struct Binding {
  Sym name;
  const AstParam *param;
  const AstExpr *value;  /* the argument as written … */
  const Unit *unit;      /* … in this unit … */
  const Env *env;        /* … with these bindings */
  Match *match;          /* event parameters: the kind given */
  Calendar *calendar;    /* calendar parameters */
  Mot *mot;              /* MOT parameters */
  Type type;             /* value parameters */
} Binding;
struct Env {
  const Env *outer;      /* NULL: none; patterns and defs see only their own parameters */
  VEC(Binding) bindings;
  const Entity *def;     /* of a def called: which one; NULL: a pattern's … */
  const Env *caller;     /* … the bindings where it was called, and … */
  const Event *event;    /* … the event at hand there; a def's body reads its parameters alone */
};

/* Which names an expression may use. */
enum {
  REACH_EVENT = 1 << 0,     /* bare names: fields of Ctx.event (inside `where`, in events) */
  REACH_SUBJECT = 1 << 1,   /* bare names: the opening event (in `sco`: start) */
  REACH_START = 1 << 2,     /* start.f */
  REACH_OPENING = 1 << 3,   /* opening.f */
  REACH_AS = 1 << 4,        /* names given with `as` */
  REACH_HISTORY = 1 << 5,   /* last(E).f, count(E) … */
  REACH_TOOK = 1 << 6,      /* took: in targets */
  REACH_AGGREGATE = 1 << 7, /* p95(wait), rate(E where p): metrics and targets */
  REACH_KEYS = 1 << 8,      /* the experience's keys by name: alert texts */
  REACH_DEADLINE = 1 << 9   /* deadline: alert texts */
};

typedef struct Ctx {
  Unit *unit;              /* where names are looked up */
  const Env *env;          /* parameters in reach; NULL: none */
  Experience *experience;  /* NULL outside */
  Mot *mot;                /* NULL outside */
  Event *event;            /* REACH_EVENT: whose fields bare names are (a base kind) */
  unsigned reach;
  AggregateUse *aggregate; /* inside the argument of an aggregate: where E.f belongs to */
  const char *what;        /* "a target", "the SMOTO": for messages */
  bool several;            /* read for several kinds: no warnings about what one of them has */
} Ctx;

typedef struct AllowUse { /* an `allow CODE "reason"` as written */
  Sym code, reason;
  Span span;               /* of the clause */
  Span covers;             /* of the declaration it stands in */
  bool used;
} AllowUse;

typedef struct Checker {
  Arena *arena;
  Interner *names;
  Sources *sources;
  Diags *diags;
  Program *program;
  Loader loader;
  bool errors_only;        /* no lints */
  bool loads_library;      /* the loader has the library's texts too, which count instead of those built in */
  Unit *main;
  VEC(Unit *) units;
  Map modules;             /* Sym of the module path -> Unit */
  struct ModuleBuilder *zones; /* those looked up so far; NULL: none yet */
  Map listed_sets;         /* hash of the names -> ListedType */
  VEC(AllowUse) allows;
  VEC(Entity *) owner_entities; /* beside Program.owners */
  VEC(Entity *) checking;  /* those being checked, outermost first: the chain of a cycle */
  uint32_t fields;         /* of all events */
  uint32_t budget;         /* nodes one clause may still grow to once defs are filled in */
  uint64_t grown;          /* nodes of all clauses so far; bounded by the length of the texts */
  uint32_t depth;          /* expressions inside each other, defs filled in; at most CHECK_DEPTH */
  uint32_t opening;        /* MOTs and experiences begun because another one needs them; at most CHAIN_MAX */
} Checker;

/* The whole check of one rule file: parse, load what it uses, check, lint.
 * The program is complete only if diags->errors is 0. */
Program *check_program(Checker *ck, uint32_t file);

/* Silence while the same text is checked once more (for another kind): diags->muted++ … --. */
#define SAY(ck, code, span, ...) diag_add((ck)->diags, (code), (span), __VA_ARGS__)

/* ---- load.c, scope.c ---- */
Unit *load_unit(Checker *ck, uint32_t file, bool std);
void load_uses(Checker *ck, Unit *unit);
void declare_all(Checker *ck, Unit *unit);
/* The entity of `path` of one of the kinds in `kinds` (bits 1 << AstDeclKind), seen from ctx's unit; reports
 * what is wrong (unknown: with the nearest name of those kinds; another kind: what it is, and where). */
Entity *find_entity(Checker *ck, const Ctx *ctx, const AstPath *path, unsigned kinds, const char *wanted);
/* Likewise for one small word (owners, teams, defs); people may also be those of files that are used. */
Entity *find_word(Checker *ck, const Ctx *ctx, AstName name, unsigned kinds, const char *wanted);
/* Nearest of `count` candidates to `name`; 0: none near enough. */
Sym nearest(const Checker *ck, Sym name, const Sym *candidates, uint32_t count);
const char *path_text(const Checker *ck, const AstPath *path);
Sym path_last(const AstPath *path);
/* Something in these items could not be read: what seems missing may stand there. */
bool has_syntax_error(const AstList *items);
/* Text of the unit that could not be read mentions the name: it may well declare it. */
bool lost_in_error(const Checker *ck, const Unit *unit, Sym name);
/* Likewise for the text right behind a declaration, which a brace too many or too few cuts off it; name 0:
 * whatever that text says. */
bool lost_behind(const Checker *ck, const AstDecl *decl, Sym name);
/* Begins the check of an entity: false when it is done or under way, which is a cycle and reported. */
bool entity_enter(Checker *ck, Entity *entity);
void entity_leave(Checker *ck, Entity *entity);
/* "an event", "a team" … */
const char *entity_kind(const Entity *entity);
/* The binding of a parameter, or NULL. */
const Binding *env_find(const Env *env, Sym name);
/* Whether the path names a parameter that stands for something with a capital; one of another kind than the
 * one wanted is reported, and *ret is NULL then. */
bool env_kind(Checker *ck, const Ctx *ctx, const AstPath *path, AstParamKind kind, const Binding **ret);
/* "a kind of event", "a calendar" … that the parameter stands for. */
const char *param_phrase(const AstParam *param);

/* ---- check_decl.c and its like: on demand, each once; NULL when wrong ---- */
Event *need_event(Checker *ck, Entity *entity);
Owner *need_owner(Checker *ck, Entity *entity);
Calendar *need_calendar(Checker *ck, Entity *entity);
Experience *need_experience(Checker *ck, Entity *entity);
Metric *need_metric(Checker *ck, Entity *entity);
/* By name, in one step. */
Event *event_named(Checker *ck, const Ctx *ctx, const AstPath *path);
Owner *owner_named(Checker *ck, const Ctx *ctx, AstName name);
Calendar *calendar_named(Checker *ck, const Ctx *ctx, const AstPath *path);
Field *event_field(const Event *event, Sym name);
/* The event may well have the field, in text that could not be read and was reported. */
bool field_lost(const Checker *ck, const Event *event, Sym name);
/* The field, or a report that names the kind and its nearest field. */
Field *need_field(Checker *ck, const Event *event, AstName name);
Type check_type(Checker *ck, const AstType *type);
uint8_t currency_named(Checker *ck, Sym code, Span span);     /* index; ISO 4217 exponent */
const char *type_text(const Checker *ck, Type type);         /* "money(EUR)", "int?" … */
bool type_same(Type a, Type b);                              /* but for `optional`; TYPE_ERROR: as all */
bool type_is(Type type, unsigned base);                      /* base or TYPE_ERROR */
void check_stream(Checker *ck, const AstDecl *decl);
/* A local or absolute time as microseconds UTC, in the stream's zone unless it has an offset. */
int64_t time_value(Checker *ck, const AstExpr *time);

/* ---- check_expr.c and its like ---- */
/* Never NULL; type TYPE_ERROR after a report. */
Expr *check_expr(Checker *ck, const Ctx *ctx, const AstExpr *expr);
/* A bool that is there; reports anything else. */
Expr *check_truth(Checker *ck, const Ctx *ctx, const AstExpr *expr);
/* A value of this type that is there (int is taken for number and percent where exact). */
Expr *check_value(Checker *ck, const Ctx *ctx, const AstExpr *expr, Type want, const char *what);
/* Folded: EX_INT, EX_NUMBER, EX_TEXT or EX_BOOL, or a report that it must be constant. */
Expr *check_constant(Checker *ck, const Ctx *ctx, const AstExpr *expr, const char *what);
bool expr_constant(const Expr *expr);
/* A length of time written as a constant, positive; 0 after a report. */
int64_t check_duration(Checker *ck, const Ctx *ctx, const AstExpr *expr, const char *what);
/* The record's place for a value of an earlier event; made on first use. */
Ref *ref_need(Checker *ck, const Ctx *ctx, uint8_t kind, Sym as, AstName field, Match *last);
/* One line of source for an expression, for evidence texts ("wait <= 60 s and resolved"). */
Sym source_text(Checker *ck, Span span);

/* ---- check_condition.c and its like ---- */
/* E, E where p; `(A or B)`: all joined into one. False after a report. `ctx` says what `where` may read. */
bool check_match(Checker *ck, const Ctx *ctx, const AstList *either, Match *match);
Bound check_bound(Checker *ck, const Ctx *ctx, const AstBound *bound);
/* smoto, sco, until. */
Condition *check_condition(Checker *ck, const Ctx *ctx, const AstExpr *expr);
typedef enum PatternFor { FOR_STARTS, FOR_WHEN, FOR_VOID, FOR_ENDS, FOR_PAUSE } PatternFor;
Pattern *check_pattern(Checker *ck, const Ctx *ctx, const AstPattern *pattern, PatternFor use);
/* The kinds that can open a moment of the MOT (its `when`), resolved to base kinds. */
void opening_kinds(Checker *ck, const Mot *mot, void (*each)(void *user, const MatchCase *at), void *user);
/* At the end: outcomes that wait for each other. */
void check_outcome_cycles(Checker *ck);

/* ---- check_experience.c and its like ---- */
/* `OnTime` of this experience or `Other.OnTime`; reports; NULL when unknown. MOTs are declared (name, title,
 * experience) for the whole experience before any clause is checked. */
Mot *mot_named(Checker *ck, const Ctx *ctx, const AstPath *path);
void check_mot(Checker *ck, Experience *experience, Mot *mot);
/* A pattern's own text, whether anything uses it or not; once. */
void check_pattern_decl(Checker *ck, Unit *unit, const AstDecl *decl);
/* Every event that the experience listens to says whose journey it belongs to. */
void check_keys(Checker *ck, Experience *experience);

/* ---- check_measure.c and its like ---- */
Target *check_target(Checker *ck, const Ctx *ctx, const AstTarget *target, uint8_t of, Type measure);
/* `actions`: the VEC(Action *) of what the clause stands in. */
void check_actions(Checker *ck, const Ctx *ctx, const AstItem *on, void *actions);
bool check_window(Checker *ck, const Ctx *ctx, const AstSpanOf *per, const AstSpanOf *over,
                  const AstSpanOf *step, WindowUse *window);
void check_nsat(Checker *ck, Entity *entity);
void check_review(Checker *ck, Unit *unit, const AstDecl *decl);
void check_test(Checker *ck, Unit *unit, const AstDecl *decl);

/* ---- lint_*.c: over the finished program; each reports through the same diags ---- */
void lint_program(Checker *ck);
/* Marks what the allows silence, drops it from the errors' and warnings' counts, reports allows that silence
 * nothing (W05xx). */
void apply_allows(Checker *ck);

#endif
