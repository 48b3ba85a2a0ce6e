/*
 * value.c - what an expression is at a point of a journey.
 */
#include <math.h>
#include <string.h>

#include "tests/reference/reference.h"

static const Value missing = {0};

static Value whole(int64_t i) { return (Value){.known = true, .i = i}; }
static Value real(double f) { return (Value){.known = true, .f = f}; }

static Value fault(Scene *env)
{
  env->fault = true;
  return missing;
}

static bool is_double(Type type) { return type.base == VALUE_NUMBER || type.base == VALUE_PERCENT; }
static bool is_text(Type type) { return type.base == VALUE_TEXT || type.base == VALUE_ID; }

Value field_of(const Item *item, Sym name)
{
  if (name == 0) return whole(item->time);
  for (uint32_t i = 0; item->event && i < item->event->fields.len; i++) {
    if (item->event->fields.data[i]->name == name) return item->fields[i];
  }
  return missing;
}

/* ---- values of earlier events ---- */

/* An outcome stands for what opened its moment: an event, or the end of a silence. */
static Value of_item(const Item *item, Sym field)
{
  while (item && item->moment && item->moment->opening) item = item->moment->opening;
  if (!item) return missing;
  if (!item->moment) return field_of(item, field);
  return field == 0 ? whole(item->moment->opened) : missing;
}

static Value of_opening(const Subject *subject, Sym field)
{
  if (!subject) return missing;
  if (subject->corrected) subject = subject->corrected;
  if (subject->opening) return of_item(subject->opening, field);
  return field == 0 ? whole(subject->opened) : missing;
}

static Value of_as(const Choice *choice, const Item **as, const Ref *ref)
{
  for (uint32_t i = 0; choice && i < choice->as.len; i++) {
    if (choice->as.data[i] == ref->as && as[i]) return of_item(as[i], ref->field);
  }
  return missing;
}

static Value of_last(Scene *env, const Ref *ref)
{
  for (uint32_t i = env->log; i-- > 0;) {
    const Item *item = env->journey->items.data[i];
    Scene then = {.run = env->run, .journey = env->journey, .at = item, .log = i + 1, .now = item->time};
    bool is = match_item(&then, ref->match, item) >= 0;
    if (is) return field_of(item, ref->field);
  }
  return missing;
}

static Value ref_value(Scene *env, const Ref *ref)
{
  const Journey *journey = env->journey;
  switch ((RefKind)ref->kind) {
  case REF_START: return journey ? of_item(journey->start, ref->field) : missing;
  case REF_OPENING: return of_opening(env->subject, ref->field);
  case REF_LAST: return journey ? of_last(env, ref) : missing;
  default: break;
  }
  if (ref->mot) return env->subject ? of_as(env->subject->choice, env->subject->as, ref) : missing;
  return journey ? of_as(journey->start_choice, journey->start_as, ref) : missing;
}

/* ---- arithmetic ---- */

static Value checked(Scene *env, bool overflow, int64_t i)
{
  return overflow ? fault(env) : whole(i);
}

static Value finite(Scene *env, double f)
{
  return isfinite(f) ? real(f) : fault(env);
}

/* Half to even. */
static Value rounded(Scene *env, double f)
{
  f = nearbyint(f);
  return fabs(f) < 9223372036854775807.0 ? whole((int64_t)f) : fault(env);
}

/* Money or a duration times a number: exact when the number is whole. */
static Value scaled(Scene *env, int64_t amount, double factor)
{
  int64_t product;
  bool simple = factor == floor(factor) && fabs(factor) < 9e15;
  if (!simple) return rounded(env, (double)amount * factor);
  bool overflow = __builtin_mul_overflow(amount, (int64_t)factor, &product);
  return checked(env, overflow, product);
}

static Value product(Scene *env, const Expr *expr, Value a, Value b)
{
  int64_t i;
  if (is_double(expr->type)) return finite(env, a.f * b.f);
  if (expr->type.base != VALUE_INT) return scaled(env, a.i, b.f);
  bool overflow = __builtin_mul_overflow(a.i, b.i, &i);
  return checked(env, overflow, i);
}

static Value quotient(Scene *env, const Expr *expr, Value a, Value b)
{
  bool by_number = is_double(expr->b->type);
  if (by_number ? b.f == 0 : b.i == 0) return missing;
  if (by_number && !is_double(expr->a->type)) return rounded(env, (double)a.i / b.f);
  if (by_number) return finite(env, a.f / b.f);
  return finite(env, (double)a.i / (double)b.i);
}

static Value arithmetic(Scene *env, const Expr *expr)
{
  Value a = value_of(env, expr->a);
  if (env->fault || !a.known) return missing;
  Value b = value_of(env, expr->b);
  if (env->fault || !b.known) return missing;
  if (expr->kind == EX_MUL) return product(env, expr, a, b);
  if (expr->kind == EX_DIV) return quotient(env, expr, a, b);
  if (is_double(expr->type)) return finite(env, expr->kind == EX_ADD ? a.f + b.f : a.f - b.f);
  int64_t i;
  bool overflow = expr->kind == EX_ADD ? __builtin_add_overflow(a.i, b.i, &i)
                                       : __builtin_sub_overflow(a.i, b.i, &i);
  return checked(env, overflow, i);
}

static Value negative(Scene *env, const Expr *expr)
{
  Value a = value_of(env, expr->a);
  if (!a.known) return missing;
  if (is_double(expr->type)) return real(-a.f);
  return a.i == INT64_MIN ? fault(env) : whole(-a.i);
}

/* ---- truths ---- */

static Value compared(Scene *env, const Expr *expr)
{
  Value a = value_of(env, expr->a);
  if (env->fault || !a.known) return missing;
  Value b = value_of(env, expr->b);
  if (env->fault || !b.known) return missing;
  Type type = expr->a->type;
  int order = is_text(type)     ? strcmp(a.s, b.s)
              : is_double(type) ? (a.f > b.f) - (a.f < b.f)
                                : (a.i > b.i) - (a.i < b.i);
  switch (expr->op) {
  case COMPARE_LT: return whole(order < 0);
  case COMPARE_LE: return whole(order <= 0);
  case COMPARE_GT: return whole(order > 0);
  case COMPARE_GE: return whole(order >= 0);
  case COMPARE_EQ: return whole(order == 0);
  default: return whole(order != 0);
  }
}

static Value joined(Scene *env, const Expr *expr)
{
  Value a = value_of(env, expr->a);
  if (env->fault || !a.known) return missing;
  bool settles = expr->kind == EX_OR;
  return (a.i != 0) == settles ? a : value_of(env, expr->b);
}

/* ---- the rest ---- */

static Value chosen(Scene *env, const Expr *expr)
{
  Value subject = value_of(env, expr->a);
  if (!subject.known) return missing;
  for (uint32_t i = 0; i < expr->u.choose.count; i++) {
    const ExprArm *arm = &expr->u.choose.arms[i];
    bool taken = arm->values.len == 0;
    for (uint32_t k = 0; k < arm->values.len; k++) taken |= arm->values.data[k] == subject.i;
    if (taken) return value_of(env, arm->value);
  }
  return missing;
}

static Value instant_or_fault(Scene *env, int64_t t)
{
  return t == NEVER ? fault(env) : whole(t);
}

/* Days exist in the years 1 to 9999. */
static bool has_day(int64_t t, int64_t days)
{
  int64_t day = t / (SECONDS_OF_DAY * MICROS), most = CIVIL_LAST_DAY - CIVIL_FIRST_DAY;
  if (days > most || days < -most) return false;
  return day - 1 > CIVIL_FIRST_DAY && day + 2 < CIVIL_LAST_DAY && day + days - 1 > CIVIL_FIRST_DAY &&
         day + days + 1 < CIVIL_LAST_DAY;
}

static Value called(Scene *env, const Expr *expr)
{
  Value args[4] = {{0}};
  const Calendar *calendar = expr->u.call.calendar;
  for (uint32_t i = 0; i < expr->u.call.count; i++) {
    args[i] = value_of(env, expr->u.call.args[i]);
    if (env->fault || !args[i].known) return missing;
  }
  int64_t t = args[0].i;
  if (!has_day(t, expr->op == BUILTIN_ADD_DAYS ? args[1].i : 0)) return fault(env);
  switch (expr->op) {
  case BUILTIN_START_OF_DAY: return whole(stream_start_of_day(env->run, t));
  case BUILTIN_END_OF_DAY: return whole(stream_start_of_day(env->run, stream_add_days(
    env->run, stream_start_of_day(env->run, t), 1)) - 1);
  case BUILTIN_ADD_DAYS: return whole(stream_add_days(env->run, t, args[1].i));
  case BUILTIN_NEXT_OPEN: return instant_or_fault(env, calendar_next_open(env->run, calendar, t));
  case BUILTIN_ADD_OPEN:
    if (args[1].i <= 0) return fault(env);
    return instant_or_fault(env, calendar_add_open(env->run, calendar, t, args[1].i));
  default:
    if (args[1].i <= 0) return fault(env);
    return instant_or_fault(env, calendar_add_open_days(env->run, calendar, t, args[1].i));
  }
}

static Value or_else(Scene *env, const Expr *expr)
{
  Value a = value_of(env, expr->a);
  return a.known || env->fault ? a : value_of(env, expr->b);
}

static Value converted(Scene *env, const Expr *expr)
{
  Value a = value_of(env, expr->a);
  return a.known ? real((double)a.i) : missing;
}

static Value negated(Scene *env, const Expr *expr)
{
  Value a = value_of(env, expr->a);
  return a.known ? whole(!a.i) : missing;
}

static Value is_known(Scene *env, const Expr *expr)
{
  Value a = value_of(env, expr->a);
  return env->fault ? missing : whole(a.known);
}

static Value of_aggregate(const Scene *env, const AggregateUse *use)
{
  uint32_t place = 0;
  while (env->judging->uses.data[place] != use) place++;
  return env->aggregates[place];
}

Value value_of(Scene *env, const Expr *expr)
{
  if (env->fault) return missing;
  switch ((ExprKind)expr->kind) {
  case EX_INT:
  case EX_BOOL: return whole(expr->u.i);
  case EX_NUMBER: return real(expr->u.f);
  case EX_TEXT: return (Value){.known = true, .s = sym(env->run, expr->u.text)};
  case EX_FIELD: return env->at ? field_of(env->at, expr->u.field->name) : missing;
  case EX_EVENT_TIME: return whole(env->at ? env->at->time : env->now);
  case EX_REF: return ref_value(env, expr->u.ref);
  case EX_HISTORY: return history_value(env, expr->u.history, expr->type);
  case EX_KEY: return (Value){.known = true, .s = env->journey->keys[expr->u.i]};
  case EX_OR:
  case EX_AND: return joined(env, expr);
  case EX_NOT: return negated(env, expr);
  case EX_COMPARE: return compared(env, expr);
  case EX_ADD:
  case EX_SUB:
  case EX_MUL:
  case EX_DIV: return arithmetic(env, expr);
  case EX_NEG: return negative(env, expr);
  case EX_TO_NUMBER: return converted(env, expr);
  case EX_KNOWN: return is_known(env, expr);
  case EX_ELSE: return or_else(env, expr);
  case EX_CASE: return chosen(env, expr);
  case EX_CALL: return called(env, expr);
  case EX_TOOK: return whole(env->subject->decided - env->subject->opened);
  case EX_AGGREGATE: return of_aggregate(env, expr->u.aggregate);
  case EX_DEADLINE: return env->deadline == NEVER ? missing : whole(env->deadline);
  default: return missing;
  }
}

bool truth_value(Scene *env, const Expr *expr)
{
  Value value = value_of(env, expr);
  return !env->fault && value.known && value.i;
}

/* ---- matches ---- */

static bool same_outcome(const MatchCase *at, const Item *item)
{
  return item->moment && at->mot && item->moment->mot == at->mot && item->outcome == at->outcome;
}

int match_item(Scene *env, const Match *match, const Item *item)
{
  for (uint32_t i = 0; item && i < match->cases.len; i++) {
    const MatchCase *at = &match->cases.data[i];
    if (at->event ? at->event != item->event : !same_outcome(at, item)) continue;
    const Item *before = env->at;
    env->at = item;
    bool holds = !at->where || truth_value(env, at->where);
    env->at = before;
    if (env->fault) return -1;
    if (holds) return (int)i;
  }
  return -1;
}

bool match_is_outcome(const Match *match)
{
  return match->cases.len > 0 && !match->cases.data[0].event;
}
