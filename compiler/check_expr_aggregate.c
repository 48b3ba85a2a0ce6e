/*
 * check_expr_aggregate.c - count, sum, p95, rate … over events of one kind, or over
 * the moments of a MOT.
 *
 * Which of the two an argument is about follows from what it names: `CallEnded.wait`
 * is of events, bare `wait` of moments.  So the argument is read once in silence to
 * learn its kind, then once for each base kind that this one stands for.
 */
#include <stdlib.h>
#include <string.h>

#include "compiler/check_expr.h"

typedef enum AggregateTakes { TAKES_EVENTS, TAKES_TRUTH, TAKES_VALUE, TAKES_ANY } AggregateTakes;
typedef enum AggregateGives { GIVES_NUMBER, GIVES_INT, GIVES_PERCENT, GIVES_SAME, GIVES_MEAN } AggregateGives;

typedef struct AggregateInfo {
  const char *name;
  uint8_t takes, gives;
  const char *synopsis;
} AggregateInfo;

static const AggregateInfo aggregates[AGGREGATE_END] = {
#define AGGREGATE(ID, name, argument, result, synopsis) \
  [AGGREGATE_##ID] = {#name, TAKES_##argument, GIVES_##result, synopsis},
#include "bytecode/builtins.def"
};

/* ---- names ---- */

/* p50, p99.9: the digits are a percentage above 0 and below 100. */
static bool percentile(const Checker *ck, const char *text, double *ret_quantile)
{
  if (text[0] != 'p' || text[1] < '0' || text[1] > '9') return false;
  const char *digits = text + 1;
  if (digits[strspn(digits, "0123456789.")] != '\0') return false;
  const char *point = strchr(digits, '.');
  int whole = point ? (int)(point - digits) : (int)strlen(digits);
  const char *fraction = point ? point + 1 : "";
  int exponent = -2 - (int)strlen(fraction);
  *ret_quantile = strtod(arena_printf(ck->arena, "%.*s%se%d", whole, digits, fraction, exponent), NULL);
  return true;
}

bool aggregate_named(const Checker *ck, Sym name, uint8_t *kind, double *quantile)
{
  const char *text = sym_text(ck->names, name);
  *kind = AGGREGATE_QUANTILE;
  if (percentile(ck, text, quantile)) return true;
  for (unsigned i = 0; i < AGGREGATE_END; i++) {
    *kind = (uint8_t)i;
    if (aggregates[i].name && i != AGGREGATE_QUANTILE && strcmp(aggregates[i].name, text) == 0) return true;
  }
  return false;
}

bool looks_back(uint8_t kind)
{
  return kind == AGGREGATE_COUNT || kind == AGGREGATE_SUM || kind == AGGREGATE_AVG || kind == AGGREGATE_MIN ||
         kind == AGGREGATE_MAX;
}

/* ---- the argument ---- */

static const char *shown_kind(Checker *ck, const Match *match)
{
  return match->named ? sym_text(ck->names, match->named->shown) : "the events";
}

Expr *aggregate_field(Checker *ck, const Ctx *ctx, const AstExpr *expr)
{
  AggregateUse *use = ctx->aggregate;
  Match *kind = ARENA_NEW(ck->arena, Match);
  kind->span = expr->u.field.event.span;
  if (!match_kind(ck, ctx, &expr->u.field.event, kind)) return value_error(ck, expr->n.span);
  if (!use->match || use->match->cases.len == 0) use->match = kind; /* or only a parameter so far */
  if (!match_same(use->match, kind)) {
    Diag *diag = SAY(ck, E0330, expr->u.field.event.span, "this is over %s; fields of %s cannot be mixed in",
                     shown_kind(ck, use->match), path_text(ck, &expr->u.field.event));
    diag_help(ck->diags, diag, "one aggregate looks at events of one kind; compute with two of them: "
              "`sum(A.x) + sum(B.x)`");
    return value_error(ck, expr->n.span);
  }
  if (!ctx->event) return value_error(ck, expr->n.span);
  if (strcmp(sym_text(ck->names, expr->u.field.name.sym), "at") == 0)
    return value_new(ck, EX_EVENT_TIME, type_plain(VALUE_TIME), expr->n.span);
  Field *field = need_field(ck, ctx->event, expr->u.field.name);
  if (!field) return value_error(ck, expr->n.span);
  field->used = true;
  Expr *value = value_new(ck, EX_FIELD, field->type, expr->n.span);
  value->u.field = field;
  return value;
}

void find_kind(Checker *ck, const Ctx *ctx, const AstExpr *arg)
{
  Ctx at = *ctx;
  at.event = NULL;
  ck->diags->muted++;
  uint32_t budget = ck->budget;
  expr_of(ck, &at, arg);
  ck->budget = budget;
  ck->diags->muted--;
}

/* The value over one base kind. */
static Expr *value_of(Checker *ck, const Ctx *ctx, const AstExpr *arg, const AggregateUse *use, Event *event)
{
  Ctx at = *ctx;
  at.event = event;
  at.several = use->match->cases.len > 1;
  return use->kind == AGGREGATE_RATE ? truth_of(ck, &at, arg) : expr_of(ck, &at, arg);
}

bool values_of(Checker *ck, const Ctx *ctx, const AstExpr *arg, AggregateUse *use, Type *ret_type)
{
  Match *match = use->match;
  *ret_type = type_error();
  for (uint32_t i = 0; i < match->cases.len; i++) {
    Expr *value = value_of(ck, ctx, arg, use, match->cases.data[i].event);
    if (expr_wrong(value)) return false;
    if (i > 0 && !type_same(*ret_type, value->type)) {
      SAY(ck, E0333, arg->n.span, "%s is not the same kind of value in all the events that %s stands for",
          quoted(ck, arg->n.span), shown_kind(ck, match));
      return false;
    }
    *ret_type = type_there(value->type);
    *VEC_PUSH(ck->arena, &use->values) = value;
  }
  if (match->cases.len == 0) *ret_type = value_of(ck, ctx, arg, use, NULL)->type;
  return !type_wrong(*ret_type);
}

/* ---- results ---- */

static bool countable(Type type)
{
  return type_ordered(type) && type.base != VALUE_TIME;
}

static Type say_no_result(Checker *ck, uint8_t kind, Type type, Span span)
{
  SAY(ck, E0331, span, "%s of %s means nothing", aggregates[kind].name, type_phrase(ck, type));
  return type_error();
}

Type aggregate_type(Checker *ck, uint8_t kind, Type type, Span span)
{
  bool order = kind == AGGREGATE_MIN || kind == AGGREGATE_MAX || kind == AGGREGATE_QUANTILE;
  type.optional = false;
  switch (aggregates[kind].gives) {
  case GIVES_INT: return type_plain(VALUE_INT);
  case GIVES_PERCENT: return type_plain(VALUE_PERCENT);
  case GIVES_NUMBER: return type_plain(VALUE_NUMBER);
  case GIVES_MEAN:
    if (!countable(type)) return say_no_result(ck, kind, type, span);
    return type.base == VALUE_INT ? type_plain(VALUE_NUMBER) : type;
  default:
    if (order ? !type_ordered(type) : !countable(type)) return say_no_result(ck, kind, type, span);
    return type;
  }
}

/* ---- the whole ---- */

static bool refuse(Checker *ck, const AstExpr *expr, const AggregateUse *use)
{
  const AggregateInfo *info = &aggregates[use->kind];
  const char *name = sym_text(ck->names, path_last(&expr->u.call.path));
  static const char *const examples[] = {
    [TAKES_EVENTS] = "(CallEnded where resolved)", [TAKES_TRUTH] = "(CallEnded where resolved)",
    [TAKES_VALUE] = "(CallEnded.wait)", [TAKES_ANY] = "(CallEnded.agent)"};
  Diag *diag = SAY(ck, E0331, expr->n.span, "`%s` is %s; what stands in its parentheses does not tell which",
                   name, info->synopsis);
  diag_help(ck->diags, diag, "for example `%s%s`", name, examples[info->takes]);
  return false;
}

/* E, E where p: counted as it is, or the share of E for which p holds. */
static bool over_matched(Checker *ck, const Ctx *ctx, const AstMatched *matched, AggregateUse *use)
{
  AstMatched all = *matched;
  bool rate = use->kind == AGGREGATE_RATE;
  if (rate) all.where = NULL;
  use->match = ARENA_NEW(ck->arena, Match);
  Ctx at = *ctx;
  at.aggregate = NULL;
  at.reach = REACH_EVENT;
  at.experience = NULL;
  at.mot = NULL;
  if (!match_one(ck, &at, &all, use->match)) return false;
  Type type;
  return !rate || values_of(ck, &at, matched->where, use, &type);
}

static bool over_events(Checker *ck, const Ctx *ctx, const AstExpr *arg, AggregateUse *use)
{
  use->over = AGGREGATE_OVER_EVENTS;
  Type type;
  Ctx at = *ctx;
  at.reach = 0;
  if (!values_of(ck, &at, arg, use, &type)) return false;
  use->type = aggregate_type(ck, use->kind, type, arg->n.span);
  return !type_wrong(use->type);
}

static bool over_moments(Checker *ck, const Ctx *ctx, const AstExpr *arg, AggregateUse *use)
{
  use->over = AGGREGATE_OVER_MOMENTS;
  use->value = use->kind == AGGREGATE_RATE ? truth_of(ck, ctx, arg) : expr_of(ck, ctx, arg);
  if (expr_wrong(use->value)) return false;
  use->type = aggregate_type(ck, use->kind, use->value->type, arg->n.span);
  return !type_wrong(use->type);
}

static bool say_nested(Checker *ck, const AstExpr *expr)
{
  Diag *diag = SAY(ck, E0331, expr->n.span, "one aggregate cannot stand inside of another");
  diag_help(ck->diags, diag, "compute with their results: `sum(A.x) / count(A)`");
  return false;
}

static bool say_count(Checker *ck, const AstExpr *expr, const char *name)
{
  SAY(ck, E0319, expr->n.span, "`%s` takes 1 argument, not %u", name, expr->u.call.args.count);
  return false;
}

static bool fill(Checker *ck, const Ctx *ctx, const AstExpr *expr, AggregateUse *use)
{
  const AstExpr *arg = bare_expr((const AstExpr *)(const void *)expr->u.call.args.first);
  AggregateTakes takes = aggregates[use->kind].takes;
  if (arg->n.kind == AX_MATCHED) {
    bool right = takes == TAKES_EVENTS || (takes == TAKES_TRUTH && arg->u.match.matched->where);
    if (!right) return refuse(ck, expr, use);
    use->type = aggregate_type(ck, use->kind, type_plain(VALUE_INT), arg->n.span);
    return over_matched(ck, ctx, arg->u.match.matched, use);
  }
  if (takes == TAKES_EVENTS) return refuse(ck, expr, use);
  Ctx at = *ctx;
  at.aggregate = use;
  find_kind(ck, &at, arg);
  if (use->match) return over_events(ck, &at, arg, use);
  if (ctx->reach & (REACH_SUBJECT | REACH_TOOK)) return over_moments(ck, &at, arg, use);
  uint32_t errors = ck->diags->errors;
  expr_of(ck, &at, arg);
  return ck->diags->errors == errors && refuse(ck, expr, use);
}

Expr *aggregate_of(Checker *ck, const Ctx *ctx, const AstExpr *expr, uint8_t kind, double quantile)
{
  const char *name = sym_text(ck->names, path_last(&expr->u.call.path));
  AggregateUse *use = ARENA_NEW(ck->arena, AggregateUse);
  use->kind = kind;
  use->quantile = quantile;
  if (!(ctx->reach & REACH_AGGREGATE)) {
    Diag *diag = SAY(ck, E0323, expr->n.span, "`%s` looks at many events; here there is one", name);
    diag_help(ck->diags, diag, looks_back(kind)
                                       ? "it can stand in conditions of a journey, in metrics and in targets"
                                       : "it can stand in metrics and in targets");
    return value_error(ck, expr->n.span);
  }
  if (kind == AGGREGATE_QUANTILE && !(quantile > 0 && quantile < 1)) {
    SAY(ck, E0334, expr->u.call.path.span, "`%s` is no percentile; they go from above p0 to below p100",
        name);
    return value_error(ck, expr->n.span);
  }
  bool fine = ctx->aggregate                      ? say_nested(ck, expr)
              : expr->u.call.args.count != 1 ? say_count(ck, expr, name)
                                             : fill(ck, ctx, expr, use);
  if (!fine) return value_error(ck, expr->n.span);
  Expr *value = value_new(ck, EX_AGGREGATE, use->type, expr->n.span);
  value->u.aggregate = use;
  return value;
}

/* ---- sameness ---- */

static bool parts_same(const Expr *a, const Expr *b)
{
  switch ((ExprKind)a->kind) {
  case EX_INT:
  case EX_BOOL:
  case EX_KEY: return a->u.i == b->u.i;
  case EX_NUMBER: return memcmp(&a->u.f, &b->u.f, sizeof a->u.f) == 0;
  case EX_TEXT: return a->u.text == b->u.text;
  case EX_FIELD: return a->u.field == b->u.field;
  case EX_REF: return a->u.ref == b->u.ref;
  case EX_HISTORY: return a->u.history == b->u.history;
  case EX_CALL:
    if (a->u.call.count != b->u.call.count || a->u.call.calendar != b->u.call.calendar) return false;
    for (uint32_t i = 0; i < a->u.call.count; i++) {
      if (!expr_same(a->u.call.args[i], b->u.call.args[i])) return false;
    }
    return true;
  case EX_CASE: return a == b;
  case EX_AGGREGATE: return a == b;
  default: return true;
  }
}

bool expr_same(const Expr *a, const Expr *b)
{
  if (a == b) return true;
  if (!a || !b || a->kind != b->kind || a->op != b->op) return false;
  if (!type_same(a->type, b->type) || a->type.optional != b->type.optional) return false;
  return parts_same(a, b) && expr_same(a->a, b->a) && expr_same(a->b, b->b);
}

bool match_same(const Match *a, const Match *b)
{
  if (a->cases.len != b->cases.len) return false;
  for (uint32_t i = 0; i < a->cases.len; i++) {
    const MatchCase *x = &a->cases.data[i], *y = &b->cases.data[i];
    if (x->event != y->event || x->mot != y->mot || x->sco != y->sco || x->outcome != y->outcome)
      return false;
    if (!expr_same(x->where, y->where)) return false;
  }
  return true;
}
