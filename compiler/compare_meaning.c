/*
 * compare_meaning.c - what values, matches and histories mean, as text to be compared.
 *
 * Kinds of events are known by their type in the data, fields by where they are read and how, earlier events by what
 * they are, MOTs by name.  What an event must be like to be taken at all is the event's own business.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bytecode/names.h"
#include "compiler/compare.h"

void meaning_init(Meaning *m, Arena *arena)
{
  buf_init(&m->full, arena);
  buf_init(&m->shape, arena);
}

void mean(Meaning *m, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  const char *text = arena_vprintf(m->full.arena, format, args);
  va_end(args);
  buf_text(&m->full, text);
  buf_text(&m->shape, text);
}

void mean_limit(Meaning *m, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  buf_text(&m->full, arena_vprintf(m->full.arena, format, args));
  va_end(args);
  buf_char(&m->shape, '#');
}

/* With its length, so that no text looks like what stands around it. */
void mean_text(Meaning *m, const Side *side, Sym text)
{
  mean(m, "%zu\"%s\"", sym_len(side->names, text), sym_text(side->names, text));
}

/* ---- types and fields ---- */

static bool is_amount(const Type *type)
{
  return type->base != VALUE_LISTED && type->base != VALUE_BOOL;
}

static const char *currency(const Side *side, const Type *type)
{
  if (type->base != VALUE_MONEY) return "";
  return sym_text(side->names, side->program->currencies.data[type->currency].code);
}

void mean_type(Meaning *m, const Side *side, const Type *type)
{
  mean(m, "%d%s%s", type->base, currency(side, type), type->optional ? "?" : "");
}

/* Where its value is read, and how; a local time depends on the zone. */
void mean_field(Meaning *m, const Side *side, const Field *field)
{
  mean(m, " field:%d%s,%d,", field->type.base, currency(side, &field->type), field->format);
  mean_text(m, side, field->path);
  mean_text(m, side, field->pattern);
  bool local = field->type.base == VALUE_TIME &&
    (field->format == FORMAT_PLAIN || field->format == FORMAT_PATTERN);
  if (local) mean_text(m, side, side->program->stream.zone);
}

void mean_event_field(Meaning *m, const Side *side, const Event *event, Sym name)
{
  for (uint32_t i = 0; event && i < event->fields.len; i++)
    if (event->fields.data[i]->name == name) mean_field(m, side, event->fields.data[i]);
}

/* ---- matches ---- */

static void mean_case(Meaning *m, const Side *side, const MatchCase *at)
{
  if (at->event) {
    mean(m, " event:");
    mean_text(m, side, at->event->raw);
  } else {
    const Experience *of = at->sco ? at->sco : at->mot->experience;
    mean(m, " outcome:%d,%s.%s", at->outcome, sym_text(side->names, of->name),
         at->mot ? sym_text(side->names, at->mot->name) : "");
  }
  if (!at->where) return;
  mean(m, " where");
  mean_expr(m, side, at->where);
}

void mean_match(Meaning *m, const Side *side, const Match *match)
{
  mean(m, " {");
  for (uint32_t i = 0; i < match->cases.len; i++) mean_case(m, side, &match->cases.data[i]);
  mean(m, " }");
}

/* ---- earlier events ---- */

typedef struct FieldWalk {
  Meaning *m;
  const Side *side;
  Sym name;
} FieldWalk;

static void mean_opening_field(void *user, const MatchCase *at)
{
  const FieldWalk *walk = user;
  mean_event_field(walk->m, walk->side, at->event, walk->name);
}

/* Of an outcome: what opened its moment. */
static void mean_case_field(Meaning *m, const Side *side, const MatchCase *at, Sym name)
{
  FieldWalk walk = {m, side, name};
  if (at->event)
    mean_event_field(m, side, at->event, name);
  else if (at->mot)
    opening_kinds((Checker *)(uintptr_t)&side->checker, at->mot, mean_opening_field, &walk);
}

/* The steps of a pattern that are called so, and the field there. */
static void mean_named_steps(Meaning *m, const Side *side, const Pattern *pattern, const Ref *ref)
{
  for (uint32_t i = 0; pattern && i < pattern->choices.len; i++) {
    const Choice *choice = &pattern->choices.data[i];
    for (uint32_t k = 0; k < choice->steps.len; k++) {
      bool last = k + 1 == choice->steps.len;
      bool named = ref->kind == REF_AS ? k < choice->as.len && choice->as.data[k] == ref->as : last;
      if (!named) continue;
      mean(m, " %u.%u", i, k);
      const Match *match = &choice->steps.data[k].match;
      for (uint32_t c = 0; ref->field && c < match->cases.len; c++)
        mean_case_field(m, side, &match->cases.data[c], ref->field);
    }
  }
}

static void mean_ref(Meaning *m, const Side *side, const Ref *ref)
{
  static const char *const words[] = {"start", "opening", "as", "last"};
  bool of_mot = ref->kind != REF_START && ref->mot;
  mean(m, " %s%s%s", words[ref->kind], of_mot ? "" : ":journey", ref->field ? "" : ".at");
  if (ref->kind != REF_LAST) {
    if (ref->field) mean(m, ".%s", sym_text(side->names, ref->field));
    mean_named_steps(m, side, of_mot ? ref->mot->when : ref->experience->starts, ref);
    return;
  }
  mean_match(m, side, ref->match);
  for (uint32_t c = 0; ref->field && c < ref->match->cases.len; c++)
    mean_event_field(m, side, ref->match->cases.data[c].event, ref->field);
}

static void mean_history(Meaning *m, const Side *side, const History *history)
{
  mean(m, " history:%d,%d", history->kind, history->aggregate);
  if (history->kind == HISTORY_TIME) mean_limit(m, ",%" PRId64, history->window);
  if (history->kind == HISTORY_NUMBER) mean_limit(m, ",%u", history->last);
  if (!history->exact) mean_limit(m, ",keep %u", history->keep);
  mean_match(m, side, history->match);
  for (uint32_t i = 0; i < history->values.len; i++) mean_expr(m, side, history->values.data[i]);
}

/* ---- values ---- */

static void mean_listed(Meaning *m, const Side *side, const Type *type, int64_t value)
{
  bool known = type->listed && value >= 0 && value < (int64_t)type->listed->count;
  if (known)
    mean_text(m, side, type->listed->values[value].raw);
  else
    mean(m, " %" PRId64, value);
}

static void mean_constant(Meaning *m, const Side *side, const Expr *expr)
{
  mean(m, " %s", currency(side, &expr->type));
  if (expr->kind == EX_NUMBER)
    mean_limit(m, "%.17g", expr->u.f);
  else if (expr->kind == EX_TEXT)
    mean_text(m, side, expr->u.text);
  else if (expr->type.base == VALUE_LISTED)
    mean_listed(m, side, &expr->type, expr->u.i);
  else if (expr->kind == EX_INT && is_amount(&expr->type))
    mean_limit(m, "%" PRId64, expr->u.i);
  else
    mean(m, "%" PRId64, expr->u.i);
}

static void mean_call(Meaning *m, const Side *side, const Expr *expr)
{
  const Calendar *calendar = expr->u.call.calendar;
  mean(m, " call:%d(", expr->op);
  for (uint32_t i = 0; i < expr->u.call.count; i++) mean_expr(m, side, expr->u.call.args[i]);
  mean(m, ")");
  if (calendar)
    mean_calendar(m, side, calendar);
  else
    mean_text(m, side, side->program->stream.zone);
}

static void mean_choice(Meaning *m, const Side *side, const Expr *expr)
{
  mean(m, " case(");
  for (uint32_t i = 0; i < expr->u.choose.count; i++) {
    const ExprArm *arm = &expr->u.choose.arms[i];
    mean(m, " |");
    for (uint32_t k = 0; k < arm->values.len; k++) mean_listed(m, side, &expr->a->type, arm->values.data[k]);
    mean(m, ":");
    mean_expr(m, side, arm->value);
  }
  mean(m, ")");
}

static void mean_leaf_expr(Meaning *m, const Side *side, const Expr *expr)
{
  switch ((ExprKind)expr->kind) {
  case EX_INT: case EX_NUMBER: case EX_TEXT: case EX_BOOL: mean_constant(m, side, expr); break;
  case EX_FIELD: mean_field(m, side, expr->u.field); break;
  case EX_REF: mean_ref(m, side, expr->u.ref); break;
  case EX_HISTORY: mean_history(m, side, expr->u.history); break;
  case EX_KEY: mean(m, " key:%" PRId64, expr->u.i); break;
  case EX_CALL: mean_call(m, side, expr); break;
  case EX_CASE: mean_choice(m, side, expr); break;
  case EX_AGGREGATE: mean_aggregate(m, side, expr->u.aggregate); break;
  default: break;
  }
}

/* What an operator does to its sides depends on their types. */
void mean_expr(Meaning *m, const Side *side, const Expr *expr)
{
  if (!expr) return;
  mean(m, " (%d:%d,%d", expr->kind, expr->kind == EX_COMPARE ? expr->op : 0, expr->type.base);
  mean_leaf_expr(m, side, expr);
  mean_expr(m, side, expr->a);
  mean_expr(m, side, expr->b);
  mean(m, ")");
}

/* ---- calendars ---- */

void mean_calendar(Meaning *m, const Side *side, const Calendar *calendar)
{
  Buf *full = &m->full;
  mean(m, " calendar:");
  buf_printf(full, "%s", sym_text(side->names, calendar->zone));
  for (uint32_t i = 0; i < calendar->hours.len; i++) {
    const OpenHoursOf *hours = &calendar->hours.data[i];
    buf_printf(full, " %d %" PRId64 "-%" PRId64, hours->weekday, hours->from, hours->to);
  }
  for (uint32_t i = 0; i < calendar->closed.len; i++)
    buf_printf(full, " x%" PRId64 "-%" PRId64, calendar->closed.data[i].first, calendar->closed.data[i].last);
  buf_char(&m->shape, '#');
}
