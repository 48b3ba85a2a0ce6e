/*
 * api_test.c - the tests in the rules, through the library.
 */
#include <string.h>

#include "runtime/api_value.h"
#include "runtime/places.h"
#include "runtime/run.h"
#include "mot/tools.h"

static const char *text(const mot_rules *rules, uint32_t string)
{
  return module_string(&rules->module, string, NULL);
}

/* ---- places in the text ---- */

/* Where a text that begins at `from` is over: before comments, blanks and a bracket that it did not open. */
static uint32_t end_of_text(const char *source, uint32_t from, uint32_t limit)
{
  uint32_t end = from, depth = 0;
  bool quoted = false;
  for (uint32_t i = from; i < limit; i++) {
    char c = source[i];
    if (quoted && c == '\\' && i + 1 < limit) {
      end = ++i + 1;
      continue;
    }
    if (c == '"') quoted = !quoted;
    if (!quoted && c == '#') {
      while (i + 1 < limit && source[i + 1] != '\n') i++;
      continue;
    }
    if (!quoted && c == '}' && depth-- == 0) break;
    if (!quoted && c == '{') depth++;
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') end = i + 1;
  }
  return end;
}

/* A part of a test: from `start` to the next one, or to the end of the test. */
static mot_place part_place(const mot_rules *rules, const TestRow *test, uint32_t start, uint32_t next)
{
  uint32_t len;
  const char *source = rules_text(rules, test->source, &len);
  uint32_t limit = next < len ? next : len;
  return place_of(rules, test->source, start, start < limit ? end_of_text(source, start, limit) : start);
}

/* ---- tests ---- */

static const TestRow *test_row(const mot_rules *rules, uint32_t test)
{
  return test < rules->module.Test_count ? &rules->module.Test[test] : NULL;
}

bool mot_rules_test(const mot_rules *rules, uint32_t test, mot_test_info *ret_info)
{
  const TestRow *row = test_row(rules, test);
  if (!row) return false;
  *ret_info = (mot_test_info){
    .name = text(rules, row->name),
    .place = place_of(rules, row->source, row->start, row->end),
    .steps = row->steps_count,
    .expectations = row->expects_count,
  };
  return true;
}

static const TestStepRow *step_row(const mot_rules *rules, uint32_t test, size_t step)
{
  const TestRow *row = test_row(rules, test);
  return row && step < row->steps_count ? &rules->module.TestStep[row->steps + step] : NULL;
}

bool mot_rules_test_step(const mot_rules *rules, uint32_t test, size_t step, mot_test_step *ret_step)
{
  const TestRow *row = test_row(rules, test);
  const TestStepRow *at = step_row(rules, test, step);
  if (!at) return false;
  uint32_t next = row->end;
  if (step + 1 < row->steps_count)
    next = at[1].start;
  else if (row->expects_count > 0)
    next = rules->module.Expect[row->expects].start;
  *ret_step = (mot_test_step){
    .event = at->event,
    .time = at->at,
    .values = at->values_count,
    .place = part_place(rules, row, at->start, next),
  };
  return true;
}

static void set_given(const mot_rules *rules, const TestValueRow *row, mot_given *ret)
{
  const Module *module = &rules->module;
  const FieldRow *field = &module->Field[row->field];
  uint32_t len, name = row->text;
  switch (field->type) {
  case VALUE_NUMBER:
  case VALUE_PERCENT:
    ret->kind = MOT_GIVEN_NUMBER;
    memcpy(&ret->number, &row->value, sizeof ret->number);
    return;
  case VALUE_LISTED: /* as it stands in data */
    if ((uint64_t)row->value < module->Listed[field->listed].values_count)
      name = module->ListedValue[module->Listed[field->listed].values + row->value].raw;
    break;
  case VALUE_TEXT:
  case VALUE_ID: break;
  default:
    ret->kind = MOT_GIVEN_INT;
    ret->integer = row->value;
    return;
  }
  ret->kind = MOT_GIVEN_TEXT;
  ret->text = module_string(module, name, &len);
  ret->size = len;
}

bool mot_rules_test_value(const mot_rules *rules, uint32_t test, size_t step, size_t value, mot_given *ret_value)
{
  const Module *module = &rules->module;
  const TestStepRow *at = step_row(rules, test, step);
  if (!at || at->event == MOT_NONE || value >= at->values_count) return false;
  const TestValueRow *row = &module->TestValue[at->values + value];
  *ret_value = (mot_given){.field = row->field - module->Event[at->event].fields};
  set_given(rules, row, ret_value);
  return true;
}

/* ---- expectations ---- */

static mot_expectation_kind expectation_kind(uint32_t kind)
{
  switch (kind) {
  case EXPECT_MOMENT: return MOT_EXPECT_MOMENT;
  case EXPECT_SCO: return MOT_EXPECT_SCO;
  case EXPECT_JOURNEY: return MOT_EXPECT_JOURNEY;
  case EXPECT_CORRECTION: return MOT_EXPECT_CORRECTION;
  case EXPECT_ALERT: return MOT_EXPECT_ALERT;
  default: return MOT_EXPECT_TARGET;
  }
}

static mot_state expected_state(const ExpectRow *row)
{
  switch (row->kind) {
  case EXPECT_BREACHED: return MOT_STATE_BREACHED;
  case EXPECT_MET: return MOT_STATE_MET;
  case EXPECT_CORRECTION:
    if (row->state == CORRECTION_STATE_OPENED) return MOT_STATE_OPENED;
    return row->state == CORRECTION_STATE_DONE ? MOT_STATE_DONE : MOT_STATE_OVERDUE;
  default: return MOT_STATE_UNKNOWN;
  }
}

static const char *severity_word(uint32_t severity)
{
  return severity < SEVERITY_END ? act_severity_word(severity) : NULL;
}

bool mot_rules_expectation(const mot_rules *rules, uint32_t test, size_t expectation, mot_expectation *ret)
{
  const TestRow *row = test_row(rules, test);
  if (!row || expectation >= row->expects_count) return false;
  const ExpectRow *at = &rules->module.Expect[row->expects + expectation];
  *ret = (mot_expectation){
    .kind = expectation_kind(at->kind),
    .negated = at->negated,
    .outcome = (mot_outcome)at->outcome,
    .state = expected_state(at),
    .experience = at->experience,
    .mot = at->mot,
    .goal = at->goal,
    .owner = at->owner,
    .severity = severity_word(at->severity),
    .key = at->key == 0 ? NULL : text(rules, at->key),
    .at = at->has_at ? at->at : MOT_NO_TIME,
    .place = part_place(rules, row, at->start, expectation + 1 < row->expects_count ? at[1].start : row->end),
  };
  return true;
}
