/*
 * check_experience.h - what the files that check experiences and MOTs share.
 *
 *   check_experience.c        an experience, clause by clause
 *   check_experience_items.c  the clauses of a block by kind, each at most once
 *   check_experience_keys.c   every event that is used, and whether it has the keys
 *   check_experience_value.c  sentiment and value
 *   check_mot.c               a MOT: what opens it, then the rest
 *   check_mot_like.c          patterns: arguments, and their own text
 *   check_mot_sample.c        arguments for a pattern that is checked on its own
 */
#ifndef MOT_COMPILER_CHECK_EXPERIENCE_H
#define MOT_COMPILER_CHECK_EXPERIENCE_H

#include "compiler/check.h"

enum { ITEM_KINDS = AI_CHAIR + 1 };

/* ---- check_experience_items.c ---- */
/* The clauses of a block that may stand there once. */
typedef struct Items {
  const AstItem *once[ITEM_KINDS]; /* by AstItemKind; NULL: absent, or one that may repeat */
  const AstItem *impact[2];        /* by AstDecided: AST_MISSED, AST_PRODUCED */
  bool broken;                     /* something could not be read: what is missing may have stood there */
} Items;
/* Reports clauses given twice; the first counts. */
Items items_of(Checker *ck, AstList list);
/* Reports a second declaration or option of the same name. */
void say_twice(Checker *ck, DiagCode code, Span again, Span first, const char *what);

/* ---- the works: a typed node and what its check has to remember ---- */

typedef struct ExperienceWork {
  Experience experience; /* first: every Experience is one of these */
  Unit *unit;
  Items items;
  Map mots;              /* Sym -> Mot: the first of that name */
  bool sample;           /* stands in for the experience in which a pattern will be used */
  bool started;          /* `starts on` was checked: MOTs may be */
} ExperienceWork;

/* A clause and whose text it is. */
typedef struct Clause {
  const AstItem *item; /* NULL: not given */
  bool inherited;      /* of the pattern after `like` */
} Clause;

typedef struct MotWork {
  Mot mot;             /* first: every Mot is one of these */
  const AstItem *item; /* NULL: of a pattern checked on its own */
  EntityState opened;  /* of the check of its `when` */
  Entity *pattern;     /* NULL: none, or a wrong one */
  Env *env;            /* what its parameters stand for */
  Clause once[ITEM_KINDS], impact[2];
  VEC(Clause) many;    /* those that may repeat: the pattern's, then its own */
  bool broken;         /* clauses may be missing because of something reported */
  bool misfit;         /* an argument is wrong: what comes of that in the pattern's text is not said again */
} MotWork;

static inline ExperienceWork *experience_work(const Experience *experience)
{
  return (ExperienceWork *)(void *)experience;
}
static inline MotWork *mot_work(const Mot *mot)
{
  return (MotWork *)(void *)mot;
}

enum {
  REACH_JOURNEY = REACH_START | REACH_AS | REACH_HISTORY,
  REACH_MOMENT = REACH_JOURNEY | REACH_OPENING | REACH_SUBJECT
};

/* ---- check_experience.c ---- */
/* Names looked up from the experience's own file. */
Ctx experience_ctx(const Experience *experience, unsigned reach, const char *what);

/* ---- check_experience_keys.c ---- */
typedef void CaseVisit(void *user, const MatchCase *at, Span span);
/* All that the experience and its MOTs listen to; the same kind may come more than once. */
void experience_cases(const Experience *experience, CaseVisit *visit, void *user);
/* Whether a base kind, or the outcome of a MOT, is among them. */
bool experience_hears(const Experience *experience, const Event *event, const Mot *mot);

/* ---- check_experience_value.c ---- */
void check_sentiment(Checker *ck, Experience *experience, const AstItem *item);
void check_journey_value(Checker *ck, Experience *experience, const AstItem *item);
bool type_measurable(Type type); /* int, number, percent, duration, money, or wrong */

/* ---- check_mot.c ---- */
/* One more of a chain, each of which needs the next; false after a report. */
bool chain_longer(Checker *ck, Span span);
/* What opens it, on demand; in a circle the inner request changes nothing. */
void mot_open(Checker *ck, MotWork *work);
void check_mot_clauses(Checker *ck, MotWork *work);
MotWork *mot_new(Checker *ck, Experience *experience, AstName name);
/* Whether it has targets, right or wrong, or may get some where its pattern is used. */
bool mot_targeted(const Mot *mot);
/* Adds clauses; where there may be one, later ones override. */
void merge_items(Checker *ck, MotWork *work, AstList list, bool inherited);

/* ---- check_mot_like.c ---- */
/* Finds the pattern and binds its parameters. */
void like_bind(Checker *ck, MotWork *work);
/* Checks the values given: literals first, since `when` may need them; the rest
 * once `when` is known, since they may speak of `opening`. */
void like_values(Checker *ck, MotWork *work, bool literals);

/* ---- check_mot_sample.c ---- */
/* Something of the parameter's type, as if written at its place; NULL for a type that is wrong. */
const AstExpr *sample_value(Checker *ck, const AstParam *param, Type type);
Calendar *sample_calendar(Checker *ck, const AstParam *param);
/* The kind after `like` of a parameter: a model, which nothing listens to. */
Event *like_schema(Checker *ck, const Ctx *ctx, const AstPath *like);
/* A kind with the fields of `like`, or with none. */
Match *sample_match(Checker *ck, const Ctx *ctx, const AstParam *param);

#endif
