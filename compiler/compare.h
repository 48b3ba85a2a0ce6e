/*
 * compare.h - two versions of rules: what changed, clause by clause.
 *
 * Each side is read back from the texts in its module and checked again, then laid out as things (a MOT, an event, a
 * goal) with aspects (its clauses).  An aspect has its meaning as text in which nothing is left of names chosen for
 * convenience, of layout or of the order of declarations:
 *
 *   compare_side.c      a module -> its texts -> the typed program
 *   compare_meaning.c   values, matches, histories -> their meaning
 *   compare_clauses.c   conditions, patterns, targets, actions -> their meaning
 *   compare_text.c      clauses as written, in one line; their places
 *   compare_facts.c     things that rules rest on: stream, calendars, events, owners
 *   compare_rules.c     experiences and MOTs
 *   compare_measures.c  metrics, goals, reviews
 *   compare_through.c   which declarations a clause changed through
 *   compare_words.c     what a change does to what is open, in words
 *   compare.c           both sides beside each other
 */
#ifndef MOT_COMPILER_COMPARE_H
#define MOT_COMPILER_COMPARE_H

#include "base/buf.h"
#include "compiler/check.h"
#include "mot/tools.h"

/* ---- meaning ---- */

/* What is said, and the same with a blank for every length, count and amount. */
typedef struct Meaning {
  Buf full, shape;
} Meaning;

typedef struct Aspect {
  const char *clause;        /* "smoto" */
  const char *id;            /* tells aspects of one clause apart that never stand for each other; "" */
  const char *full, *shape;  /* what decides; "": nothing */
  const char *words;         /* what does not: people, texts, weights */
  const char *text;          /* as written; NULL: not written */
  const char *head;          /* the `like` by which a pattern gave it; NULL: its own text */
  Span span, head_span;      /* where they stand; end 0: nowhere */
  bool key;                  /* it says what a journey is */
  bool both;                 /* counts only where both sides have it */
  bool many;                 /* there may be several: which one became which is found by likeness */
  struct Aspect *partner;    /* of the other side; NULL: none */
} Aspect;

typedef struct Thing {
  mot_change_of of;
  const char *name;          /* "GettingOnline.OnTime" */
  const char *key;           /* by which the other side finds it */
  const char *text;          /* its first words as written */
  Span span;
  VEC(Aspect) aspects;
  struct Thing *owner;       /* of a MOT: the experience */
  struct Thing *other;       /* its other version; NULL: gone, or new */
} Thing;

/* A declaration that clauses may change through. */
typedef struct Declared {
  const char *kind, *name, *text; /* "def", "late", all of it in one line */
  const AstDecl *decl;
  bool changed;
  uint32_t seen;             /* the last search that came here */
} Declared;

typedef struct WrittenFile { /* the tokens of a file */
  struct LexToken *tokens;
  uint32_t count;
} WrittenFile;

typedef struct Side {
  Arena *arena;
  Interner *names;
  Sources sources;
  Diags diags;
  Checker checker;
  Program *program;
  WrittenFile *files;
  VEC(Thing *) things;       /* in the order in which changes are told */
  Map by_name;               /* name of a thing -> Thing */
  Map written;               /* place of a name -> the node of the field, goal or review that it names */
  VEC(Declared *) declared;
  uint32_t searches;
  Map declared_names;        /* name -> Declared */
  Map events;                /* its declaration -> Event */
} Side;

/* ---- compare_side.c ---- */
/* False with `why` set: the module is not sound, or not what its texts compile to. */
bool side_read(Side *side, Arena *arena, const void *bytes, size_t size, const char **why);

/* ---- compare_meaning.c ---- */
void meaning_init(Meaning *m, Arena *arena);
/* In both; only in what is said in full, with a blank in the other. */
void mean(Meaning *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
void mean_limit(Meaning *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
void mean_text(Meaning *m, const Side *side, Sym text);
void mean_expr(Meaning *m, const Side *side, const Expr *expr);
void mean_match(Meaning *m, const Side *side, const Match *match);
void mean_calendar(Meaning *m, const Side *side, const Calendar *calendar);
void mean_field(Meaning *m, const Side *side, const Field *field);
/* Likewise by name; nothing when the event does not have it. */
void mean_event_field(Meaning *m, const Side *side, const Event *event, Sym name);
void mean_type(Meaning *m, const Side *side, const Type *type);

/* ---- compare_clauses.c ---- */
void mean_condition(Meaning *m, const Side *side, const Condition *condition);
void mean_pattern(Meaning *m, const Side *side, const Pattern *pattern);
void mean_window(Meaning *m, const Side *side, const WindowUse *window);
void mean_aggregate(Meaning *m, const Side *side, const AggregateUse *use);
void mean_target(Meaning *m, const Side *side, const Target *target);
/* What is done, when, and (`words`) to whom it is said and how. */
void mean_action(Meaning *m, Meaning *words, const Side *side, const Action *action);

/* ---- compare_text.c ---- */
/* The first token at or behind the beginning of a span. */
uint32_t token_from(const Side *side, Span span);
/* The tokens in a span, in one line. */
const char *text_written(const Side *side, Span span);
/* Likewise up to the first `{`, that left out. */
const char *text_head(const Side *side, Span span);
/* Documentation in one line. */
const char *text_doc(const Side *side, Sym doc);
mot_place text_place(Side *side, Span span);

/* ---- compare_facts.c, compare_rules.c, compare_measures.c ---- */
Thing *thing_new(Side *side, mot_change_of of, const char *name, Span span);
/* An aspect whose meaning was written; `written` end 0: it does not stand in the text. */
Aspect *aspect_new(Side *side, Thing *thing, const char *clause, Span written);
void aspect_means(Aspect *aspect, const Meaning *m);
/* An aspect that decides nothing, of a text or name. */
Aspect *aspect_words(Side *side, Thing *thing, const char *clause, const char *words, Span written);
/* `title` and `doc`. */
void aspect_titles(Side *side, Thing *thing, AstText title, Sym doc);
/* Targets and what is done about things; `items` are the clauses in which they were written. */
typedef VEC(const AstItem *) ItemList;
/* The first clause of a kind; NULL: none. */
const AstItem *item_of(AstList items, AstItemKind kind);
/* The span of a clause, of none an empty one. */
Span item_span_of(const AstItem *item);
/* The AstField, AstItem of a goal or AstDecl whose name stands there; NULL: none. */
const void *node_written(const Side *side, Span name);
void aspect_targets(Side *side, Thing *thing, Target *const *targets, uint32_t count, const ItemList *items);
void aspect_actions(Side *side, Thing *thing, Action *const *actions, uint32_t count, const ItemList *items);
void side_facts(Side *side);
void side_rules(Side *side);
void side_measures(Side *side);

/* ---- compare_through.c ---- */
/* Makes the tables of declarations of both, and marks those that differ. */
void through_prepare(Side *old_side, Side *new_side);
/* "def late"; "" when nothing is found. */
const char *through_words(Side *old_side, Side *new_side, const Aspect *was, const Aspect *is, const Thing *thing);

/* ---- compare_words.c ---- */
/* `same`: it means the same in other words. */
const char *change_words(const mot_change *change, bool same);

/* ---- compare.c ---- */
typedef VEC(mot_change) ChangeList;
void compare_sides(Side *old_side, Side *new_side, ChangeList *changes);

#endif
