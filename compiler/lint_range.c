/*
 * lint_range.c - values as intervals, and sums of values.
 *
 * Whole numbers are reckoned with as doubles, which is exact up to 2^53; forms
 * with larger constants are given up.
 */
#include "compiler/lint.h"

#include <math.h>

static const double EXACT_MOST = 9007199254740992.0; /* 2^53 */

static bool is_real(uint8_t base)
{
  return base == VALUE_NUMBER || base == VALUE_PERCENT;
}

/* ---- the same value ---- */

static bool same_ref(const Ref *a, const Ref *b)
{
  if (a == b) return true;
  if (a->kind != b->kind || a->field != b->field || a->as != b->as || a->experience != b->experience)
    return false;
  switch (a->kind) {
  case REF_START:
  case REF_OPENING: return true; /* moments compared with each other were opened by one event */
  case REF_AS: return a->mot == b->mot;
  default: return a->match && b->match && lint_same_match(a->match, b->match);
  }
}

static bool same_history(const History *a, const History *b)
{
  if (a == b) return true;
  return a->aggregate == AGGREGATE_COUNT && b->aggregate == AGGREGATE_COUNT && a->kind == b->kind &&
         a->window == b->window && a->last == b->last && lint_same_match(a->match, b->match);
}

/* A field of the event at hand, or its time, and the same of the opening event or the start. */
static bool same_as_ref(SameBy by, const Expr *at_hand, const Expr *ref)
{
  if (ref->kind != EX_REF) return false;
  bool opening = by.at_hand_opens && ref->u.ref->kind == REF_OPENING;
  bool start = by.at_hand_starts && ref->u.ref->kind == REF_START;
  if (!opening && !start) return false;
  if (at_hand->kind == EX_EVENT_TIME) return ref->u.ref->field == 0;
  return at_hand->kind == EX_FIELD && at_hand->u.field->name == ref->u.ref->field;
}

static bool same_call(SameBy by, const Expr *a, const Expr *b)
{
  if (a->op != b->op || a->u.call.count != b->u.call.count || a->u.call.calendar != b->u.call.calendar)
    return false;
  for (uint32_t i = 0; i < a->u.call.count; i++)
    if (!lint_same_value(by, a->u.call.args[i], b->u.call.args[i])) return false;
  return true;
}

static bool same_arms(SameBy by, const Expr *a, const Expr *b)
{
  if (a->u.choose.count != b->u.choose.count) return false;
  for (uint32_t i = 0; i < a->u.choose.count; i++) {
    const ExprArm *x = &a->u.choose.arms[i], *y = &b->u.choose.arms[i];
    if (x->values.len != y->values.len) return false;
    for (uint32_t v = 0; v < x->values.len; v++)
      if (x->values.data[v] != y->values.data[v]) return false;
    if (!lint_same_value(by, x->value, y->value)) return false;
  }
  return true;
}

static bool same_parts(SameBy by, const Expr *a, const Expr *b)
{
  if ((a->a == NULL) != (b->a == NULL) || (b->b == NULL) != (a->b == NULL)) return false;
  return (!a->a || lint_same_value(by, a->a, b->a)) && (!a->b || lint_same_value(by, a->b, b->b));
}

bool lint_same_value(SameBy by, const Expr *a, const Expr *b)
{
  if (a == b) return true;
  if (same_as_ref(by, a, b) || same_as_ref(by, b, a)) return true;
  if (a->kind != b->kind || a->op != b->op || a->type.base != b->type.base) return false;
  switch (a->kind) {
  case EX_INT:
  case EX_BOOL:
  case EX_KEY: return a->u.i == b->u.i;
  case EX_NUMBER: return a->u.f == b->u.f;
  case EX_TEXT: return a->u.text == b->u.text;
  case EX_FIELD: return a->u.field == b->u.field;
  case EX_REF: return same_ref(a->u.ref, b->u.ref);
  case EX_HISTORY: return same_history(a->u.history, b->u.history);
  case EX_AGGREGATE: return a->u.aggregate == b->u.aggregate;
  case EX_CALL: return same_call(by, a, b);
  case EX_CASE: return same_parts(by, a, b) && same_arms(by, a, b);
  default: return same_parts(by, a, b);
  }
}

static bool same_case(const MatchCase *a, const MatchCase *b)
{
  if (a->event != b->event || a->mot != b->mot || a->sco != b->sco || a->outcome != b->outcome) return false;
  if (!a->where || !b->where) return a->where == b->where;
  return lint_same_value((SameBy){0}, a->where, b->where);
}

bool lint_same_match(const Match *a, const Match *b)
{
  if (a->cases.len != b->cases.len) return false;
  for (uint32_t i = 0; i < a->cases.len; i++)
    if (!same_case(&a->cases.data[i], &b->cases.data[i])) return false;
  return true;
}

/* ---- sums of terms ---- */

static bool add_constant(Form *form, double value, int sign)
{
  form->constant += sign * value;
  return fabs(value) <= EXACT_MOST && fabs(form->constant) <= EXACT_MOST;
}

static void drop_term(Form *form, uint32_t at)
{
  form->count--;
  form->terms[at] = form->terms[form->count];
  form->signs[at] = form->signs[form->count];
}

static bool add_term(SameBy by, Form *form, const Expr *expr, int sign)
{
  for (uint32_t i = 0; i < form->count; i++) {
    if (!lint_same_value(by, form->terms[i], expr)) continue;
    if (form->signs[i] == sign) return false; /* twice the term: not told apart here */
    drop_term(form, i);
    return true;
  }
  if (form->count == FORM_TERMS) return false;
  form->terms[form->count] = expr;
  form->signs[form->count++] = (int8_t)sign;
  if (is_real(expr->type.base)) form->whole = false;
  return true;
}

static bool add_expr(SameBy by, Form *form, const Expr *expr, int sign)
{
  bool real = is_real(expr->type.base);
  switch (expr->kind) {
  case EX_INT:
  case EX_BOOL: return add_constant(form, (double)expr->u.i, sign);
  case EX_TEXT: return add_constant(form, (double)expr->u.text, sign);
  case EX_NUMBER: return add_constant(form, expr->u.f, sign);
  case EX_TO_NUMBER: return add_expr(by, form, expr->a, sign);
  case EX_NEG: return add_expr(by, form, expr->a, -sign);
  case EX_ADD:
  case EX_SUB:
    if (real) break; /* doubles round: the sum is a term of its own */
    return add_expr(by, form, expr->a, sign) &&
           add_expr(by, form, expr->b, expr->kind == EX_ADD ? sign : -sign);
  default: break;
  }
  return add_term(by, form, expr, sign);
}

bool form_of(SameBy by, const Expr *a, const Expr *b, Form *form)
{
  *form = (Form){.whole = true};
  if (a->type.base == TYPE_ERROR || !add_expr(by, form, a, 1) || (b && !add_expr(by, form, b, -1)))
    return false;
  return form->whole || form->count <= 2; /* the sign of a difference of two doubles is exact */
}

static int sign_of_term(SameBy by, const Form *form, const Expr *term)
{
  for (uint32_t i = 0; i < form->count; i++)
    if (lint_same_value(by, form->terms[i], term)) return form->signs[i];
  return 0;
}

int form_same_terms(SameBy by, const Form *a, const Form *b)
{
  if (a->count != b->count || a->count == 0) return 0;
  int turned = 0;
  for (uint32_t i = 0; i < a->count; i++) {
    int sign = a->signs[i] * sign_of_term(by, b, a->terms[i]);
    if (sign == 0 || (turned != 0 && sign != turned)) return 0;
    turned = sign;
  }
  return turned;
}

/* ---- ranges ---- */

static Range everything(bool whole)
{
  return (Range){.low = -INFINITY, .high = INFINITY, .whole = whole};
}

static Range hull(Range a, Range b)
{
  Range out = {.whole = a.whole && b.whole};
  out.low = fmin(a.low, b.low);
  out.high = fmax(a.high, b.high);
  return out; /* closed ends hold more, never less */
}

static Range range_of_type(Type type)
{
  if (type.base == VALUE_BOOL) return (Range){.low = 0, .high = 1, .whole = true};
  if (type.base == VALUE_LISTED && type.listed)
    return (Range){.low = 0, .high = (double)type.listed->count - 1, .whole = true};
  return everything(!is_real(type.base));
}

static Range range_of_field(const Field *field)
{
  if (field->has_range && field->type.base == VALUE_INT)
    return (Range){.low = (double)field->low, .high = (double)field->high, .whole = true};
  return range_of_type(field->type);
}

/* Of the field that all these events have; false when one is an outcome. */
static bool range_of_cases(const Match *match, Sym name, bool first, Range *range)
{
  for (uint32_t i = 0; i < match->cases.len; i++) {
    const Event *event = match->cases.data[i].event;
    const Field *field = event ? event_field(event, name) : NULL;
    if (!field) return false;
    *range = first && i == 0 ? range_of_field(field) : hull(*range, range_of_field(field));
  }
  return match->cases.len > 0;
}

static bool range_of_pattern(const Pattern *pattern, Sym name, Range *range)
{
  if (!pattern || pattern->choices.len == 0) return false;
  for (uint32_t i = 0; i < pattern->choices.len; i++) {
    const Choice *choice = &pattern->choices.data[i];
    if (choice->shape == AST_SILENCE || choice->steps.len == 0) return false;
    if (!range_of_cases(&choice->steps.data[choice->steps.len - 1].match, name, i == 0, range)) return false;
  }
  return true;
}

static Range range_of_ref(const Ref *ref)
{
  Range range;
  bool known = false;
  if (ref->field == 0) return everything(true);
  if (ref->kind == REF_OPENING && ref->mot) known = range_of_pattern(ref->mot->when, ref->field, &range);
  if (ref->kind == REF_START && ref->experience)
    known = range_of_pattern(ref->experience->starts, ref->field, &range);
  if (ref->kind == REF_LAST && ref->match) known = range_of_cases(ref->match, ref->field, true, &range);
  return known ? range : range_of_type(ref->type);
}

static Range range_of_case(const Expr *expr)
{
  if (expr->u.choose.count == 0) return range_of_type(expr->type);
  Range range = range_of(expr->u.choose.arms[0].value);
  for (uint32_t i = 1; i < expr->u.choose.count; i++)
    range = hull(range, range_of(expr->u.choose.arms[i].value));
  return range;
}

static Range range_of_counted(const Expr *expr, uint8_t aggregate)
{
  if (aggregate == AGGREGATE_COUNT || aggregate == AGGREGATE_DISTINCT)
    return (Range){.low = 0, .high = INFINITY, .whole = true};
  if (aggregate == AGGREGATE_RATE) return (Range){.low = 0, .high = 1};
  return range_of_type(expr->type);
}

Range range_of(const Expr *expr)
{
  Form form;
  switch (expr->kind) {
  case EX_FIELD: return range_of_field(expr->u.field);
  case EX_REF: return range_of_ref(expr->u.ref);
  case EX_HISTORY: return range_of_counted(expr, expr->u.history->aggregate);
  case EX_AGGREGATE: return range_of_counted(expr, expr->u.aggregate->kind);
  case EX_TOOK: return (Range){.low = 0, .high = INFINITY, .whole = true};
  case EX_ELSE: return hull(range_of(expr->a), range_of(expr->b));
  case EX_CASE: return range_of_case(expr);
  case EX_INT:
  case EX_BOOL:
  case EX_NUMBER:
    if (!form_of((SameBy){0}, expr, NULL, &form)) break;
    return (Range){.low = form.constant, .high = form.constant, .whole = !is_real(expr->type.base)};
  default: break;
  }
  return range_of_type(expr->type);
}

Range range_add(Range a, Range b, int sign_of_b)
{
  if (sign_of_b < 0) {
    Range turned = b;
    turned.low = -b.high;
    turned.low_open = b.high_open;
    turned.high = -b.low;
    turned.high_open = b.low_open;
    b = turned;
  }
  return (Range){.low = a.low + b.low, .high = a.high + b.high, .low_open = a.low_open || b.low_open,
                 .high_open = a.high_open || b.high_open, .whole = a.whole && b.whole};
}

static void narrow_low(Range *range, double bound, bool open)
{
  if (range->whole) {
    bound = open ? floor(bound) + 1 : ceil(bound);
    open = false;
  }
  if (bound < range->low) return;
  range->low_open = bound == range->low ? range->low_open || open : open;
  range->low = bound;
}

static void narrow_high(Range *range, double bound, bool open)
{
  if (range->whole) {
    bound = open ? ceil(bound) - 1 : floor(bound);
    open = false;
  }
  if (bound > range->high) return;
  range->high_open = bound == range->high ? range->high_open || open : open;
  range->high = bound;
}

void range_narrow(Range *range, uint8_t compare, double bound)
{
  switch (compare) {
  case COMPARE_LT: narrow_high(range, bound, true); break;
  case COMPARE_LE: narrow_high(range, bound, false); break;
  case COMPARE_GT: narrow_low(range, bound, true); break;
  case COMPARE_GE: narrow_low(range, bound, false); break;
  case COMPARE_EQ:
    narrow_low(range, bound, false);
    narrow_high(range, bound, false);
    break;
  default: break;
  }
}

bool range_empty(const Range *range)
{
  return range->low > range->high || (range->low == range->high && (range->low_open || range->high_open));
}

uint8_t compare_turned(uint8_t compare)
{
  static const uint8_t turned[COMPARE_END] = {
    [COMPARE_LT] = COMPARE_GT, [COMPARE_LE] = COMPARE_GE,
    [COMPARE_GT] = COMPARE_LT, [COMPARE_GE] = COMPARE_LE,
    [COMPARE_EQ] = COMPARE_EQ, [COMPARE_NE] = COMPARE_NE,
  };
  return turned[compare];
}

uint8_t compare_negated(uint8_t compare)
{
  static const uint8_t negated[COMPARE_END] = {
    [COMPARE_LT] = COMPARE_GE, [COMPARE_LE] = COMPARE_GT,
    [COMPARE_GT] = COMPARE_LE, [COMPARE_GE] = COMPARE_LT,
    [COMPARE_EQ] = COMPARE_NE, [COMPARE_NE] = COMPARE_EQ,
  };
  return negated[compare];
}
