/*
 * check_history.c - count, sum, avg, min, max over the events of a journey, and
 * last(E).f.
 *
 * How many entries a window of time keeps.  A ring of k entries knows min(n, k) of
 * the n events in the window.  min(n, k) < c says the same as n < c exactly when
 * k >= c, so `count(E) in last D < c`, and its opposite `>= c`, are exact with c
 * entries; `<= c`, `> c`, `== c` and `!= c` tell c from c + 1 and need one more.
 * All other reads of a window keep 256, or as many as `keep` says, and fault
 * beyond.  The event at hand is one of the n.
 */
#include <string.h>

#include "compiler/check_expr.h"

Ctx history_ctx(const Ctx *ctx)
{
  Ctx at = *ctx;
  at.mot = NULL; /* the journey keeps it, not one moment */
  at.event = NULL;
  at.aggregate = NULL;
  at.reach = ctx->reach & (REACH_START | REACH_AS | (ctx->mot ? REACH_OPENING : 0));
  return at;
}

/* ---- last(E).f ---- */

static Expr *say_out_of_reach(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  Diag *diag = SAY(ck, E0323, expr->n.span, "%s looks back over a journey; %s has none to look at",
                   quoted(ck, expr->n.span), ctx->what ? ctx->what : "this");
  diag_help(ck->diags, diag, "it can stand in conditions, bounds and `where` of an experience and its MOTs");
  return value_error(ck, expr->n.span);
}

Expr *last_field_of(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  if (!(ctx->reach & REACH_HISTORY) || !ctx->experience) return say_out_of_reach(ck, ctx, expr);
  Match *match = ARENA_NEW(ck->arena, Match);
  Ctx at = history_ctx(ctx);
  if (!match_one(ck, &at, expr->u.field.matched, match)) return value_error(ck, expr->n.span);
  return ref_expr(ck, ref_need(ck, ctx, REF_LAST, 0, expr->u.field.name, match), expr->n.span);
}

/* ---- windows ---- */

static bool say_keep(Checker *ck, const AstExpr *keep, const char *what)
{
  SAY(ck, E0332, keep->n.span, "%s", what);
  return false;
}

static bool window_number(Checker *ck, const AstExpr *expr, const Expr *value, History *history)
{
  history->kind = HISTORY_NUMBER;
  if (value->u.i < 1 || value->u.i > HISTORY_KEEP_MAX) {
    SAY(ck, E0332, expr->u.call.last->n.span, "a journey can keep the last 1 to %d events", HISTORY_KEEP_MAX);
    return false;
  }
  history->last = (uint32_t)value->u.i;
  history->keep = history->last;
  history->exact = true;
  if (!expr->u.call.keep) return true;
  return say_keep(ck, expr->u.call.keep, "`keep` goes with a window of time; `in last 5` keeps five");
}

static bool window_time(Checker *ck, const AstExpr *expr, const Expr *value, History *history)
{
  const AstExpr *keep = expr->u.call.keep;
  history->kind = HISTORY_TIME;
  history->window = value->u.i;
  history->keep = HISTORY_KEEP;
  if (value->u.i <= 0) {
    SAY(ck, E0335, expr->u.call.last->n.span, "a window of time has to be longer than nothing");
    return false;
  }
  if (!keep) return true;
  if (keep->u.i < 1 || keep->u.i > HISTORY_KEEP_MAX)
    return say_keep(ck, keep, "`keep` takes a number from 1 to 65535");
  history->keep = (uint32_t)keep->u.i;
  return true;
}

static bool window_of(Checker *ck, const Ctx *ctx, const AstExpr *expr, History *history)
{
  const AstExpr *last = expr->u.call.last;
  if (!last) {
    history->kind = HISTORY_TOTAL;
    history->exact = true;
    return true;
  }
  Expr *value = expr_of(ck, ctx, last);
  if (expr_wrong(value)) return false;
  if (value->kind == EX_INT && value->type.base == VALUE_DURATION)
    return window_time(ck, expr, value, history);
  if (value->kind == EX_INT && value->type.base == VALUE_INT) return window_number(ck, expr, value, history);
  if (value->kind == EX_EVENT_TIME && ctx->env) { /* a parameter, checked on its own */
    history->kind = value->type.base == VALUE_INT ? HISTORY_NUMBER : HISTORY_TIME;
    return true;
  }
  Diag *diag = SAY(ck, E0332, last->n.span, "`in last` takes a length of time or a number, written as a "
                   "constant");
  diag_help(ck->diags, diag, "for example `in last 7 d`, or `in last 5` for the last five");
  return false;
}

/* ---- what is counted ---- */

static bool say_form(Checker *ck, const AstExpr *expr, uint8_t kind)
{
  bool count = kind == AGGREGATE_COUNT;
  const char *name = sym_text(ck->names, path_last(&expr->u.call.path));
  Diag *diag = SAY(ck, E0331, expr->n.span, "`%s` is over %s of a journey's events", name,
                   count ? "the number" : "one field");
  diag_help(ck->diags, diag, count ? "write `%s(CallEnded)` or `%s(CallEnded where …)`"
            : "write `%s(Paid.amount)`%.0s",
            name, name);
  return false;
}

static bool counted(Checker *ck, const Ctx *at, const AstExpr *expr, const AstExpr *arg, History *history)
{
  if (arg->n.kind != AX_MATCHED) return say_form(ck, expr, AGGREGATE_COUNT);
  history->match = ARENA_NEW(ck->arena, Match);
  return match_one(ck, at, arg->u.match.matched, history->match);
}

static bool valued(Checker *ck, const Ctx *at, const AstExpr *expr, const AstExpr *arg, History *history)
{
  AggregateUse use = {.kind = history->aggregate};
  Ctx inner = *at;
  inner.aggregate = &use;
  if (arg->n.kind == AX_MATCHED) return say_form(ck, expr, history->aggregate);
  find_kind(ck, &inner, arg);
  if (!use.match) {
    uint32_t errors = ck->diags->errors;
    expr_of(ck, &inner, arg);
    return ck->diags->errors == errors && say_form(ck, expr, history->aggregate);
  }
  inner.aggregate = &use;
  if (!values_of(ck, &inner, arg, &use, &history->value_type)) return false;
  history->match = use.match;
  history->values.data = use.values.data;
  history->values.len = use.values.len;
  history->values.cap = use.values.cap;
  return true;
}

static Type history_type(Checker *ck, const History *history, Span span)
{
  Type type = aggregate_type(ck, history->aggregate, history->value_type, span);
  bool may_be_empty = history->aggregate != AGGREGATE_COUNT && history->aggregate != AGGREGATE_SUM;
  return may_be_empty && !type_wrong(type) ? type_maybe(type) : type;
}

Expr *history_of(Checker *ck, const Ctx *ctx, const AstExpr *expr, uint8_t kind)
{
  if (!ctx->experience && !ctx->env) return say_out_of_reach(ck, ctx, expr);
  History *history = ARENA_NEW(ck->arena, History);
  history->aggregate = kind;
  history->value_type = type_plain(VALUE_INT);
  if (expr->u.call.args.count != 1) return say_form(ck, expr, kind), value_error(ck, expr->n.span);
  const AstExpr *arg = bare_expr((const AstExpr *)(const void *)expr->u.call.args.first);
  Ctx at = history_ctx(ctx);
  bool fine = kind == AGGREGATE_COUNT ? counted(ck, &at, expr, arg, history) : valued(ck, &at, expr, arg,
                                                                                      history);
  fine = window_of(ck, ctx, expr, history) && fine;
  if (!fine) return value_error(ck, expr->n.span);
  Type type = history_type(ck, history, arg->n.span);
  if (type_wrong(type)) return value_error(ck, expr->n.span);
  Expr *value = value_new(ck, EX_HISTORY, type, expr->n.span);
  value->u.history = history;
  value->u.history->row = expr->u.call.keep ? 1 : 0; /* until settled: whether `keep` was written */
  return value;
}

/* ---- the smallest store that is exact ---- */

static int64_t entries_needed(uint8_t op, int64_t constant)
{
  bool own = op == COMPARE_LT || op == COMPARE_GE;
  return own ? constant : constant < INT64_MAX ? constant + 1 : constant;
}

void history_limit(Checker *ck, Expr *compare)
{
  static const uint8_t turned[] = {[COMPARE_LT] = COMPARE_GT, [COMPARE_LE] = COMPARE_GE,
                                   [COMPARE_GT] = COMPARE_LT,
                                   [COMPARE_GE] = COMPARE_LE, [COMPARE_EQ] = COMPARE_EQ, [COMPARE_NE] =
                                       COMPARE_NE};
  bool right = compare->b->kind == EX_HISTORY;
  Expr *read = right ? compare->b : compare->a;
  Expr *constant = right ? compare->a : compare->b;
  if (read->kind != EX_HISTORY || constant->kind != EX_INT) return;
  History *history = read->u.history;
  if (history->aggregate != AGGREGATE_COUNT || history->kind != HISTORY_TIME || history->row) return;
  int64_t needed = entries_needed(right ? turned[compare->op] : compare->op, constant->u.i);
  if (needed < 1) needed = 1;
  if (needed > HISTORY_KEEP_MAX) {
    SAY(ck, E0332, compare->span, "a journey cannot keep more than %d events to count", HISTORY_KEEP_MAX);
    return;
  }
  history->keep = (uint32_t)needed;
  history->exact = true;
}

/* ---- equal ones once ---- */

static bool values_same(const History *a, const History *b)
{
  if (a->values.len != b->values.len) return false;
  for (uint32_t i = 0; i < a->values.len; i++) {
    if (!expr_same(a->values.data[i], b->values.data[i])) return false;
  }
  return true;
}

static bool history_same(const History *a, const History *b)
{
  return a->kind == b->kind && a->aggregate == b->aggregate && a->window == b->window && a->last == b->last &&
         a->exact == b->exact && match_same(a->match, b->match) && values_same(a, b);
}

static History *settle_one(Checker *ck, Experience *experience, History *history)
{
  for (uint32_t i = 0; i < experience->histories.len; i++) {
    History *known = experience->histories.data[i];
    if (known == history) return known;
    if (!history_same(known, history)) continue;
    if (history->keep > known->keep) known->keep = history->keep;
    return known;
  }
  history->row = 0;
  *VEC_PUSH(ck->arena, &experience->histories) = history;
  return history;
}

void histories_settle(Checker *ck, const Ctx *ctx, Expr *expr)
{
  if (!expr || !ctx->experience) return;
  if (expr->kind == EX_HISTORY) {
    expr->u.history = settle_one(ck, ctx->experience, expr->u.history);
    return;
  }
  histories_settle(ck, ctx, expr->a);
  histories_settle(ck, ctx, expr->b);
  if (expr->kind == EX_CALL) {
    for (uint32_t i = 0; i < expr->u.call.count; i++) histories_settle(ck, ctx, expr->u.call.args[i]);
  }
  if (expr->kind == EX_CASE) {
    for (uint32_t i = 0; i < expr->u.choose.count; i++) histories_settle(ck, ctx,
                                                                         expr->u.choose.arms[i].value);
  }
}
