/*
 * check_measure.h - what the files that check measures, goals, actions and
 * tests share.
 *
 *   check_window.c       per, over, step, every
 *   check_target.c       targets
 *   check_metric.c       metrics
 *   check_action.c       on … { alert …  correct … }
 *   check_action_text.c  texts with names in braces
 *   check_nsat.c         goals
 *   check_nsat_weight.c  their weights
 *   check_review.c       reviews
 *   check_test.c         tests: steps
 *   check_test_value.c   tests: the values of an event
 *   check_test_expect.c  tests: expectations
 */
#ifndef MOT_COMPILER_CHECK_MEASURE_H
#define MOT_COMPILER_CHECK_MEASURE_H

#include "compiler/check.h"

#define MICROS_PER_DAY INT64_C(86400000000)

/* ---- check_window.c ---- */
typedef struct Length {
  uint8_t unit;  /* UNIT_* */
  int64_t count; /* in units; of MICROSECONDS, microseconds */
} Length;
/* A length of time that a calendar may have a say in; false after a report. */
bool length_of(Checker *ck, const Ctx *ctx, const AstSpanOf *span, Length *length);

/* ---- check_target.c ---- */
/* A constant of this type, or NULL after a report. */
Expr *constant_of(Checker *ck, const Ctx *ctx, const AstExpr *ast, Type want, const char *what);

/* ---- check_metric.c ---- */
typedef VEC(AggregateUse *) AggregateVec;
/* Adds the aggregates a value reads, each once. */
void collect_aggregates(Checker *ck, const Expr *expr, AggregateVec *into);

/* ---- check_action.c ---- */
typedef VEC(Action *) ActionVec;
/* SEVERITY_*, or SEVERITY_END after a report. */
uint8_t severity_named(Checker *ck, AstName name);

/* ---- check_action_text.c ---- */
typedef VEC(TextPiece) TextVec;
void check_text(Checker *ck, const Ctx *ctx, AstText text, TextVec *pieces);

/* ---- check_nsat_weight.c ---- */
/* The weight of a goal as written. */
void check_goal_weight(Checker *ck, const Ctx *ctx, Goal *goal, const AstItem *item);
/* Weights side by side are of one sort, and percentages share out 100 %. */
void check_siblings(Checker *ck, Goal *const *goals, uint32_t count);

/* ---- check_test_value.c ---- */
/* The values of a step; reports what is missing or does not fit. */
void check_step_values(Checker *ck, const Ctx *ctx, const AstStepOf *step, TestStepOf *into);

/* ---- check_test_expect.c ---- */
void check_expect(Checker *ck, const Ctx *ctx, const AstExpect *ast, TestOf *test);

#endif
