/*
 * verify_facts.c - tables that stand for themselves: the stream, events, people,
 * zones, calendars, tests, lines.
 */
#include <math.h>
#include <string.h>

#include "bytecode/verify.h"
#include "bytecode/zonetime.h"

static bool span_ok(int64_t span, int64_t least)
{
  return span >= least && span <= SPAN_MAX;
}

static bool finite_bits(int64_t bits)
{
  double value;
  memcpy(&value, &bits, sizeof value);
  return isfinite(value);
}

static uint32_t text_length(const Module *module, uint32_t source)
{
  uint32_t len;
  module_string(module, module->Source[source].text, &len);
  return len;
}

/* ---- the module, its values ---- */

static bool check_meta(Place at)
{
  const MetaRow *row = ROW(Meta);
  return need(at, span_ok(row->dedupe, 0), "dedupe", "no length of time")
    && need(at, span_ok(row->lateness, 0), "lateness", "no length of time")
    && need(at, span_ok(row->idle, -1), "idle", "no length of time")
    && need(at, span_ok(row->ahead, 0), "ahead", "no length of time")
    && need(at, row->time_format != FORMAT_PATTERN || row->time_pattern != 0, "time_pattern", "missing");
}

static bool check_currency(Place at)
{
  return need(at, ROW(Currency)->exponent <= 4, "exponent", "more than 4 decimals");
}

static bool check_listed(Place at)
{
  return need(at, ROW(Listed)->values_count > 0, "values", "none");
}

/* ---- events ---- */

static bool check_format(Place at, const FieldRow *row)
{
  switch (row->format) {
  case FORMAT_PLAIN: return true;
  case FORMAT_SECONDS:
  case FORMAT_MILLISECONDS: return need(at, row->type == VALUE_DURATION, "format", "only durations read so");
  case FORMAT_PATTERN:
    return need(at, row->type == VALUE_TIME && row->pattern != 0, "format", "only times with a pattern");
  default: return need(at, row->type == VALUE_TIME, "format", "only times read so");
  }
}

static bool check_bounds(Place at, const FieldRow *row)
{
  ValueClass class = value_class(row->type);
  if (!row->has_range) return true;
  if (class == CLASS_I) return need(at, row->low <= row->high, "low", "above `high`");
  return need(at, class == CLASS_F, "has_range", "values of this type have no range")
    && need(at, finite_bits(row->low) && finite_bits(row->high), "low", "not a finite number");
}

static bool check_field(Place at)
{
  const FieldRow *row = ROW(Field);
  return need(at, row->type != VALUE_NONE, "type", "none")
    && need(at, (row->type == VALUE_MONEY) == (row->currency != MOT_NONE), "currency",
            "does not go with the type")
    && need(at, (row->type == VALUE_LISTED) == (row->listed != MOT_NONE), "listed",
            "does not go with the type")
    && check_format(at, row) && check_bounds(at, row);
}

static bool check_trigger(Place at)
{
  const TriggerRow *row = ROW(Trigger);
  if (row->kind == TRIGGER_EVENT)
    return need(at, row->event != MOT_NONE, "event", "missing")
      && need(at, row->mot == MOT_NONE, "mot", "of an event")
      && need(at, row->experience == MOT_NONE, "experience", "of an event");
  return need(at, row->event == MOT_NONE, "event", "of an outcome")
    && need(at, (row->mot == MOT_NONE) != (row->experience == MOT_NONE), "mot",
            "either a mot or an experience")
    && need(at, row->outcome != OUTCOME_OPEN, "outcome", "nothing is decided by staying open");
}

/* ---- people ---- */

static bool check_owner(Place at)
{
  const OwnerRow *row = ROW(Owner);
  return need(at, row->kind == OWNER_TEAM || row->lead == MOT_NONE, "lead", "only teams have one");
}

/* ---- zones and calendars ---- */

static bool offset_ok(uint32_t offset)
{
  int32_t seconds = (int32_t)offset;
  return seconds > -SECONDS_OF_DAY && seconds < SECONDS_OF_DAY;
}

static bool rule_day_ok(Place at, const char *field, uint32_t month, uint32_t week, uint32_t day,
                        uint32_t time)
{
  int32_t seconds = (int32_t)time;
  return need(at, month >= 1 && month <= 12 && week >= 1 && week <= 5 && day <= 6, field, "no day of a rule")
    && need(at, seconds > -7 * SECONDS_OF_DAY && seconds < 7 * SECONDS_OF_DAY, field, "more than a week off");
}

static bool check_zone(Place at)
{
  const ZoneRow *row = ROW(Zone);
  if (!need(at, offset_ok(row->first_offset), "first_offset", "a day or more")) return false;
  if (!row->has_rule) return true;
  return need(at, offset_ok(row->std_offset), "std_offset", "a day or more")
    && need(at, offset_ok(row->dst_offset), "dst_offset", "a day or more")
    && rule_day_ok(at, "start_month", row->start_month, row->start_week, row->start_day, row->start_time)
    && rule_day_ok(at, "end_month", row->end_month, row->end_week, row->end_day, row->end_time);
}

/* The row before in the same range, or NULL. */
#define BEFORE(T)                                                                                        \
  (at.row > 0 && at.v->parents[at.table][at.row - 1].row == at.v->parents[at.table][at.row].row           \
     ? &at.v->module->T[at.row - 1] : NULL)

static bool check_transition(Place at)
{
  const TransitionRow *row = ROW(Transition), *before = BEFORE(Transition);
  return need(at, row->at >= CIVIL_FIRST_DAY * SECONDS_OF_DAY && row->at < CIVIL_LAST_DAY * SECONDS_OF_DAY,
              "at",
              "not in the years 1 to 9999")
    && need(at, offset_ok(row->offset), "offset", "a day or more")
    && need(at, !before || before->at < row->at, "at", "not after the one before");
}

static bool check_calendar(Place at)
{
  return need(at, ROW(Calendar)->hours_count > 0, "hours", "never open");
}

static bool is_behind(const OpenHoursRow *before, const OpenHoursRow *row)
{
  return before->weekday < row->weekday || (before->weekday == row->weekday && before->to <= row->from);
}

static bool check_hours(Place at)
{
  const OpenHoursRow *row = ROW(OpenHours), *before = BEFORE(OpenHours);
  return need(at, row->weekday <= 6, "weekday", "no day of the week")
    && need(at, row->from >= 0 && row->from < row->to, "from", "not before `to`")
    && need(at, row->to <= INT64_C(86400000000), "to", "after midnight")
    && need(at, !before || is_behind(before, row), "from", "not behind the row before");
}

static bool check_closed(Place at)
{
  const ClosedDaysRow *row = ROW(ClosedDays), *before = BEFORE(ClosedDays);
  return need(at, row->first >= CIVIL_FIRST_DAY && row->first <= row->last && row->last <= CIVIL_LAST_DAY,
              "first",
              "no days of the years 1 to 9999 in order")
    && need(at, !before || before->last < row->first, "first", "not behind the row before");
}

/* ---- tests and lines ---- */

static bool check_test(Place at)
{
  const TestRow *row = ROW(Test);
  return need(at, row->start <= row->end && row->end <= text_length(at.v->module, row->source), "end",
              "outside of the source");
}

static bool check_test_place(Place at, uint32_t start)
{
  const TestRow *test = &at.v->module->Test[at.v->parents[at.table][at.row].row];
  return need(at, start <= text_length(at.v->module, test->source), "start", "outside of the source");
}

static bool check_step(Place at)
{
  const TestStepRow *row = ROW(TestStep), *before = BEFORE(TestStep);
  return need(at, !before || before->at <= row->at, "at", "before the step before")
    && need(at, row->event != MOT_NONE || row->values_count == 0, "values", "without an event")
    && check_test_place(at, row->start);
}

static bool check_value(Place at)
{
  const TestValueRow *row = ROW(TestValue);
  const Module *m = at.v->module;
  const TestStepRow *step = &m->TestStep[at.v->parents[at.table][at.row].row];
  const EventRow *event = &m->Event[step->event]; /* it has values, so it has an event */
  const FieldRow *field = &m->Field[row->field];
  uint64_t values = field->type == VALUE_LISTED ? m->Listed[field->listed].values_count : 2;
  bool few = field->type == VALUE_LISTED || field->type == VALUE_BOOL;
  return need(at, in_range(row->field, event->fields, event->fields_count), "field", "of another event")
    && need(at, !few || (uint64_t)row->value < values, "value", "not one of the field's values")
    && need(at, value_class(field->type) != CLASS_F || finite_bits(row->value), "value",
            "not a finite number");
}

static bool check_expect(Place at)
{
  const ExpectRow *row = ROW(Expect);
  bool has = row->kind == EXPECT_MOMENT ? row->mot != MOT_NONE
    : row->kind == EXPECT_SCO || row->kind == EXPECT_JOURNEY ? row->experience != MOT_NONE
    : row->kind == EXPECT_ALERT || row->kind == EXPECT_CORRECTION ? row->owner != MOT_NONE
    : row->mot != MOT_NONE || row->goal != MOT_NONE;
  return need(at, has, "kind", "what it expects something of is missing")
    && need(at, row->severity < SEVERITY_END || row->severity == MOT_NONE, "severity",
            "not a value of its list")
    && check_test_place(at, row->start);
}

static bool check_line(Place at)
{
  const LineRow *row = ROW(Line);
  return need(at, row->instruction < at.v->module->code_count, "instruction", "behind the code")
    && need(at, at.row == 0 || row[-1].instruction < row->instruction, "instruction",
            "not after the one before")
    && need(at, row->start <= row->end && row->end <= text_length(at.v->module, row->source), "end",
            "outside of the source");
}

static bool check_clause(Place at)
{
  const ClauseRow *row = ROW(Clause);
  return need(at, row->start <= row->end && row->end <= text_length(at.v->module, row->source), "end",
              "outside of the source");
}

/* ---- all of it ---- */

bool verify_facts(Verifier *v)
{
  static const TableCheck checks[] = {
    {SECTION_Meta, check_meta},       {SECTION_Currency, check_currency}, {SECTION_Listed, check_listed},
    {SECTION_Field, check_field},     {SECTION_Trigger, check_trigger},   {SECTION_Owner, check_owner},
    {SECTION_Zone, check_zone},       {SECTION_Transition, check_transition},
    {SECTION_Calendar, check_calendar}, {SECTION_OpenHours, check_hours}, {SECTION_ClosedDays, check_closed},
    {SECTION_Test, check_test},       {SECTION_TestStep, check_step},     {SECTION_TestValue, check_value},
    {SECTION_Expect, check_expect},   {SECTION_Line, check_line},       {SECTION_Clause, check_clause},
  };
  if (v->module->Meta_count != 1)
    return module_fail(v->error, "meta: %u rows instead of 1", v->module->Meta_count);
  return verify_each(v, checks, sizeof checks / sizeof *checks);
}
