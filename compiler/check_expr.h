/*
 * check_expr.h - what the files that check values and conditions share.
 *
 *   check_expr.c            which check for which node; the entries of check.h
 *   check_expr_literal.c    numbers, money, durations, times as written
 *   check_expr_name.c       bare names and paths: what is in reach
 *   check_expr_help.c       what a name that is not in reach may have meant
 *   check_expr_arith.c      + - * / and their dimensions
 *   check_expr_compare.c    comparisons, listed values
 *   check_expr_choice.c     case, else, known
 *   check_fold.c            constants are computed here and now
 *   check_call.c            functions: built in, and defs
 *   check_expr_aggregate.c  count, p95, rate … over events and moments
 *   check_history.c         count, sum … of a journey's events
 *   check_ref.c             values of earlier events
 *   check_match.c           E, E where p, either of several
 *   check_bound.c           within, by
 *   check_condition.c       smoto, sco, until
 *   check_pattern.c         when, starts on, void on …
 *   check_outcome.c         outcomes that wait for each other
 */
#ifndef MOT_COMPILER_CHECK_EXPR_H
#define MOT_COMPILER_CHECK_EXPR_H

#include "compiler/type.h"

enum { CLAUSE_BUDGET = 10000, HISTORY_KEEP = 256, HISTORY_KEEP_MAX = 65535 };

/* ---- check_expr.c ---- */
Expr *value_new(Checker *ck, ExprKind kind, Type type, Span span);
/* What stands for a value that was already reported. */
Expr *value_error(Checker *ck, Span span);
Expr *value_int(Checker *ck, Type type, int64_t value, Span span);
Expr *value_number(Checker *ck, Type type, double value, Span span);
Expr *value_bool(Checker *ck, bool value, Span span);
static inline bool expr_wrong(const Expr *expr) { return type_wrong(expr->type); }
/* Without the parentheses around it. */
const AstExpr *bare_expr(const AstExpr *expr);
/* The recursion: as check_expr, within the budget of the clause being checked. */
Expr *expr_of(Checker *ck, const Ctx *ctx, const AstExpr *expr);
/* The same for the whole of a value: its histories are put where they belong. */
Expr *expr_root(Checker *ck, const Ctx *ctx, const AstExpr *expr);
/* A truth that is there. */
Expr *truth_root(Checker *ck, const Ctx *ctx, const AstExpr *expr);
Expr *truth_of(Checker *ck, const Ctx *ctx, const AstExpr *expr);
/* A value where a listed one is wanted: a bare word may be its name. */
Expr *expr_as(Checker *ck, const Ctx *ctx, const AstExpr *expr, Type want);
/* False, after a report, when it may be missing. */
bool expr_there(Checker *ck, const Expr *expr);
/* One go_deeper into the text; false, after a report, when that is too deep or too much. */
bool go_deeper(Checker *ck, uint32_t levels, Span span);
/* Takes so many nodes off the budget of the clause; false, after one report, when it is used up. */
bool spend(Checker *ck, uint32_t nodes, Span span);
/* `wait`: a short piece of the text in quotes, or "this value" for a long one. */
const char *quoted(Checker *ck, Span span);

/* ---- check_expr_literal.c ---- */
Expr *literal_of(Checker *ck, const AstExpr *expr);
/* A plain number as written, maybe with a sign: `15`, `-0.5`. */
bool plain_number(const AstExpr *expr);
/* What a number needs to become this type: "15 min"; NULL: nothing that could be said. */
const char *with_unit(Checker *ck, const AstExpr *number, Type want);

/* ---- check_expr_name.c ---- */
Expr *path_of(Checker *ck, const Ctx *ctx, const AstExpr *expr);
/* The single word an expression is; 0: it is more. */
Sym single_word(const AstExpr *expr);
/* Whether a bare name is something here. */
bool name_in_reach(Checker *ck, const Ctx *ctx, Sym name);
Expr *event_field_of(Checker *ck, const Ctx *ctx, const AstExpr *expr);
/* A record's value of an earlier event as a value. */
Expr *ref_expr(Checker *ck, Ref *ref, Span span);

/* ---- check_expr_help.c ---- */
/* Reports a bare name that is nothing here. */
Expr *unknown_name(Checker *ck, const Ctx *ctx, AstName name);

/* ---- check_expr_arith.c, check_expr_compare.c, check_expr_choice.c ---- */
Expr *arith_of(Checker *ck, const Ctx *ctx, const AstExpr *expr);
Expr *negative_of(Checker *ck, const Ctx *ctx, const AstExpr *expr);
/* int as number where the other is one. */
Expr *to_number(Checker *ck, Expr *expr);
Expr *compare_of(Checker *ck, const Ctx *ctx, const AstExpr *expr);
/* Reports two values that do not go together; `verb` says to what: "compared". */
void say_mismatch(Checker *ck, Span span, const AstExpr *la, const Expr *l, const AstExpr *ra, const Expr *r,
                  const char *verb);
/* A word that is neither a value of a listed type nor anything else here. */
Expr *say_unlisted(Checker *ck, Sym word, Span span, Type type, const char *whose);
Expr *listed_constant(Checker *ck, Type type, int64_t index, Span span);
Expr *case_of(Checker *ck, const Ctx *ctx, const AstExpr *expr, Type want);
Expr *else_of(Checker *ck, const Ctx *ctx, const AstExpr *expr, Type want);
Expr *known_of(Checker *ck, const Ctx *ctx, const AstExpr *expr);

/* ---- check_fold.c ---- */
/* The constant it comes to, or itself. */
Expr *fold(Checker *ck, Expr *expr);

/* ---- check_call.c ---- */
Expr *call_of(Checker *ck, const Ctx *ctx, const AstExpr *expr);
/* What a parameter stands for. */
Expr *parameter_of(Checker *ck, const Ctx *ctx, const Binding *binding, Span span);
/* The argument behind a parameter, as written; else the expression itself. */
const AstExpr *written(const Ctx *ctx, const AstExpr *expr);

/* ---- check_expr_aggregate.c ---- */
/* Whether it is the name of an aggregate function; p95 gives the share as `quantile`. */
bool aggregate_named(const Checker *ck, Sym name, uint8_t *kind, double *quantile);
/* Whether it can also be over the events of one journey. */
bool looks_back(uint8_t kind);
Expr *aggregate_of(Checker *ck, const Ctx *ctx, const AstExpr *expr, uint8_t kind, double quantile);
/* E.f inside the argument of an aggregate, or of a history. */
Expr *aggregate_field(Checker *ck, const Ctx *ctx, const AstExpr *expr);
/* Reads the argument once in silence to learn which kind its E.f belong to; match stays NULL without any. */
void find_kind(Checker *ck, const Ctx *ctx, const AstExpr *arg);
/* The argument for each case of the aggregate's match. False after a report. */
bool values_of(Checker *ck, const Ctx *ctx, const AstExpr *arg, AggregateUse *use, Type *ret_type);
/* What an aggregate over values of this type gives; reports one that has none (the sum of times). */
Type aggregate_type(Checker *ck, uint8_t kind, Type type, Span span);
/* Whether two values are the same thing computed. */
bool expr_same(const Expr *a, const Expr *b);
bool match_same(const Match *a, const Match *b);

/* ---- check_history.c ---- */
Expr *history_of(Checker *ck, const Ctx *ctx, const AstExpr *expr, uint8_t kind);
Expr *last_field_of(Checker *ck, const Ctx *ctx, const AstExpr *expr);
/* `count(E) in last D < 3`: then so many entries are enough. */
void history_limit(Checker *ck, Expr *compare);
/* Puts the histories a value reads into the experience, equal ones once. */
void histories_settle(Checker *ck, const Ctx *ctx, Expr *expr);
/* What the `where` of a history may read. */
Ctx history_ctx(const Ctx *ctx);

/* ---- check_ref.c ---- */
/* Whether the opening event (or, outside of a MOT, the start) has the field; the kind of reference that
 * reads it. */
bool subject_has(Checker *ck, const Ctx *ctx, Sym field, uint8_t *ret_kind);
/* Whether there is an earlier report, or the experience only stands for those in which a pattern is used. */
static inline bool was_reported(const Checker *ck, const Ctx *ctx)
{
  return ck->diags->errors > 0 || (ctx->experience && !ctx->experience->decl);
}
/* Whether what bare names would read is itself unknown after an earlier report. */
bool subject_broken(Checker *ck, const Ctx *ctx);
/* Whether silence can open the moment: then it has no opening event. */
bool subject_silent(const Ctx *ctx);
bool as_name_known(const Ctx *ctx, Sym name);
typedef void NameEach(void *user, Sym name);
void each_subject_field(Checker *ck, const Ctx *ctx, NameEach *each, void *user);
void each_as_name(const Ctx *ctx, NameEach *each, void *user);

/* ---- check_match.c ---- */
bool match_list(Checker *ck, const Ctx *ctx, const AstList *either, Match *match);
bool match_one(Checker *ck, const Ctx *ctx, const AstMatched *matched, Match *match);
/* The text for evidence, in which a pattern's words with a capital are what they stand for. */
Sym match_shown(Checker *ck, const Ctx *ctx, Span span);
/* Adds the base kinds of a named one, or of a pattern's parameter, each with the predicate of its own. */
bool match_kind(Checker *ck, const Ctx *ctx, const AstPath *path, Match *match);
bool match_outcome(Checker *ck, const Ctx *ctx, const AstPath *path, uint16_t decided, Span span,
                   Match *match);

/* ---- check_bound.c ---- */
bool bound_of(Checker *ck, const Ctx *ctx, const AstBound *ast, Bound *bound);

#endif
