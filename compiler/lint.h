/*
 * lint.h - what the files of the lints share: the framework checks over a
 * program without errors.
 *
 *   lint_program.c    the list of the checks, in order; places in the syntax tree
 *   lint_owner.c      managers, producers, roles, contacts, escalation
 *   lint_framework.c  SCO, MOTs, titles, targets, opinion
 *   lint_goal.c       goals: owners, targets, alignment
 *   lint_journey.c    deadlines, keys, triggers that cannot occur
 *   lint_walk.c       every place of a program that tests events or values
 *   lint_range.c      values as intervals, differences of values
 *   lint_solve.c      can these facts hold together?
 *   lint_logic.c      conditions that never or always hold
 *   lint_outcome.c    SMOTOs that cannot be missed or produced, alone or in pairs
 *   lint_unused.c     declarations that nothing uses
 *   lint_allow.c      `allow`
 *
 * Every finding stands at a place inside the declaration it is about, so that
 * an `allow` there can silence it.  Only what the file given declares is judged.
 */
#ifndef MOT_COMPILER_LINT_H
#define MOT_COMPILER_LINT_H

#include "compiler/check.h"

/* ---- lint_program.c ---- */
/* Whether a place is in the file given, rather than in one it uses. */
bool lint_own(const Checker *ck, Span span);
bool span_inside(Span inner, Span outer);
/* The first item of `kind` in a list of items, or NULL. */
const AstItem *lint_item(AstList items, AstItemKind kind);
/* Its place, or `otherwise` when there is none. */
Span lint_item_span(AstList items, AstItemKind kind, Span otherwise);
/* From the name of a MOT to the end of its last clause. */
Span lint_mot_scope(const Mot *mot);
/* Where something of a MOT was written; its name when that is in the pattern it is like. */
Span lint_mot_place(const Mot *mot, Span written);
const char *lint_text(const Checker *ck, Sym sym);

/* ---- the checks, each over the whole program ---- */
void lint_owners(Checker *ck);
void lint_contacts(Checker *ck);
void lint_framework(Checker *ck);
void lint_goals(Checker *ck);
void lint_journeys(Checker *ck);
void lint_logic(Checker *ck);
void lint_outcomes(Checker *ck);
void lint_unused(Checker *ck);

/* ---- lint_walk.c ---- */
/* What a walk meets.  `home` is the clause that it belongs to; of what was
 * written elsewhere (in a pattern) the name of the declaration that uses it. */
typedef struct LintWalk {
  Checker *ck;
  Span scope, name; /* the declaration being walked through */
  void (*match)(struct LintWalk *walk, const Match *match, Span home);
  void (*pattern)(struct LintWalk *walk, const Pattern *pattern, Span home);
  void (*truth)(struct LintWalk *walk, const Expr *expr, Span home); /* a predicate of a condition, a rate */
  void (*value)(struct LintWalk *walk, const Expr *expr, Span home); /* any other value */
} LintWalk; /* functions may be NULL */
void lint_walk(LintWalk *walk);
/* Calls `each` for an expression and all its parts. */
void lint_each_part(const Expr *expr, void (*each)(void *user, const Expr *part), void *user);

/* ---- lint_range.c ---- */
enum { FORM_TERMS = 4 };

/* Numbers from low to high; `whole`: only integers, and then both ends belong. */
typedef struct Range {
  double low, high;
  bool low_open, high_open, whole;
} Range;

/* The sum of terms, each once, plus a constant: what is left of `a - b`.  Times,
 * durations and money count in their smallest unit, listed values and texts by
 * their number, truths as 0 and 1. */
typedef struct Form {
  const Expr *terms[FORM_TERMS];
  int8_t signs[FORM_TERMS];
  uint8_t count;
  bool whole;      /* all terms are integers */
  double constant;
} Form;

/* How two expressions are told to be one value. */
typedef struct SameBy {
  bool at_hand_opens; /* the event at hand is the opening event … */
  bool at_hand_starts; /* … the journey's start */
} SameBy;

bool lint_same_value(SameBy by, const Expr *a, const Expr *b);
bool lint_same_match(const Match *a, const Match *b);
/* a - b, b NULL: a alone.  False when it is no such sum. */
bool form_of(SameBy by, const Expr *a, const Expr *b, Form *form);
/* 1: the same terms, -1: the same with all signs turned, 0: others. */
int form_same_terms(SameBy by, const Form *a, const Form *b);
/* What a value can be by its declaration. */
Range range_of(const Expr *expr);
Range range_add(Range a, Range b, int sign_of_b);
void range_narrow(Range *range, uint8_t compare, double bound); /* COMPARE_*; not NE */
bool range_empty(const Range *range);
uint8_t compare_turned(uint8_t compare);  /* a < b as b > a */
uint8_t compare_negated(uint8_t compare); /* not (a < b) */

/* ---- lint_solve.c ---- */
/* A truth that shall hold, or not (`wanted` false): an expression or a condition. */
typedef struct Fact {
  const Expr *expr;
  const Cond *cond;
  bool wanted;
} Fact;

/* What is known of the subject whose conditions the facts are. */
typedef struct FactsAbout {
  const Experience *experience; /* NULL: facts about one event only */
  SameBy by;
} FactsAbout;

/* False only when the facts certainly cannot hold together. */
bool facts_can_hold(FactsAbout about, const Fact *facts, uint32_t count);
/* Whether every event that meets `a` certainly meets `b`; of matches of very many kinds, not known. */
bool match_covers(const Match *b, const MatchCase *a);
bool match_covers_all(const Match *b, const Match *a);
/* Whether a `by` has certainly passed when the condition begins. */
bool bound_has_passed(const Bound *bound);

/* ---- lint_outcome.c ---- */
/* Whether moments of the MOT, or the SCO, can come out so, and before the journey's end. */
bool mot_can_be_early(const Mot *mot, uint8_t outcome);
bool sco_can_be_early(const Experience *experience, uint8_t outcome);

#endif
