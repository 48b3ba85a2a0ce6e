/*
 * case.c - a test run: its events in, its records kept.
 */
#include "cli/test/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/value_text.h"

enum {
  RECORDS = MOT_RECORD_MOMENT | MOT_RECORD_SCO | MOT_RECORD_JOURNEY | MOT_RECORD_OPEN | MOT_RECORD_TARGET |
    MOT_RECORD_ALERT | MOT_RECORD_CORRECTION | MOT_RECORD_GOAL
};

/* ---- records, kept ---- */

/* The keys of a record, each ended by NUL; NULL when memory is refused. */
static char *copy_keys(mot_run *run, const mot_record *record)
{
  size_t room = 1, size, used = 0;
  for (size_t i = 0; i < record->keys; i++) {
    mot_record_key(run, record, i, &size);
    room += size + 1;
  }
  char *keys = malloc(room);
  for (size_t i = 0; keys && i < record->keys; i++) {
    const char *key = mot_record_key(run, record, i, &size);
    memcpy(keys + used, key, size);
    keys[used + size] = 0;
    used += size + 1;
  }
  return keys;
}

static char *text_of(const char *text, size_t size)
{
  char *copy = malloc(size + 1);
  if (!copy) return NULL;
  memcpy(copy, text, size);
  copy[size] = 0;
  return copy;
}

/* What a target or goal stood at: "91.5 % of 57 cases". */
static char *measured(const mot_act *act, unsigned kind)
{
  char value[SHOWN_MAX], words[4 * SHOWN_MAX];
  if (kind == MOT_RECORD_GOAL) {
    if (act->score < 0) return NULL;
    snprintf(words, sizeof words, "score %.1f", act->score);
  } else {
    snprintf(words, sizeof words, "%s in %llu case%s", shown_value(&act->value, value),
             (unsigned long long)act->cases, act->cases == 1 ? "" : "s");
  }
  return text_of(words, strlen(words));
}

static void keep_individual(TestRecord *kept, const mot_value *who)
{
  free(kept->keys);
  kept->keys = text_of(who->text, who->size);
  kept->keys_count = 1;
}

static void keep_act(TestRecord *kept, const mot_act *act)
{
  unsigned kind = kept->head.kind;
  kept->state = act->state;
  kept->owner = act->owner;
  kept->goal = act->goal;
  kept->target = act->target;
  kept->severity = act->severity;
  if (kind == MOT_RECORD_TARGET || kind == MOT_RECORD_GOAL) {
    kept->words = measured(act, kind);
    if (act->group_count > 0 && act->groups[0].type == MOT_TYPE_TEXT) keep_individual(kept, &act->groups[0]);
    return;
  }
  if (act->text) kept->words = text_of(act->text, strlen(act->text));
  if (act->cause) kept->cause = text_of(act->cause, strlen(act->cause));
}

static bool keep_record(TestCase *test, const mot_record *record)
{
  if (test->count == test->room) {
    size_t room = test->room ? 2 * test->room : 16;
    TestRecord *records = realloc(test->records, room * sizeof *records);
    if (!records) return false;
    test->records = records;
    test->room = room;
  }
  TestRecord *kept = &test->records[test->count++];
  mot_moment moment;
  mot_act act;
  *kept = (TestRecord){.head = *record, .owner = MOT_NOT_FOUND, .goal = MOT_NOT_FOUND, .target = MOT_NOT_FOUND};
  kept->head.data = NULL;
  kept->keys_count = record->keys;
  kept->keys = copy_keys(test->run, record);
  if (mot_record_act(test->run, record, &act))
    keep_act(kept, &act);
  else if (mot_record_moment(test->run, record, &moment) && moment.because)
    kept->words = text_of(moment.because, strlen(moment.because));
  return kept->keys != NULL;
}

static bool set_too_many(TestCase *test)
{
  char words[100];
  int size = snprintf(words, sizeof words, "it makes more than %zu records", test->options.most);
  if (!test->trouble) test->trouble = text_of(words, (size_t)size);
  return test->trouble != NULL;
}

static bool show_steps(TestCase *test)
{
  mot_trace step;
  while (test->options.watch && mot_run_next_trace(test->run, &step))
    if (!test->options.watch(test->options.user, test->run, &step)) return false;
  return true;
}

static bool keep_records(TestCase *test)
{
  mot_record record;
  if (!show_steps(test)) return false;
  while (mot_run_next(test->run, &record)) {
    if (test->options.most > 0 && test->count >= test->options.most) return set_too_many(test);
    if (!keep_record(test, &record)) return false;
  }
  return true;
}

/* ---- events ---- */

static bool set_trouble(TestCase *test, const mot_test_step *step, const char *what, const char *why)
{
  char words[512];
  const char *event = mot_rules_event_name(test->rules, step->event);
  int size = snprintf(words, sizeof words, "line %u: %s %s: %s", step->place.line, event ? event : "the step", what,
                      why);
  test->trouble = text_of(words, size < (int)sizeof words ? (size_t)size : sizeof words - 1);
  return test->trouble != NULL;
}

static bool keep_rejected(TestCase *test, const mot_test_step *step)
{
  mot_rejected rejected;
  char why[256];
  if (!mot_run_next_rejected(test->run, &rejected)) return true;
  snprintf(why, sizeof why, "%s%s%s", rejected.reason, rejected.field ? " of " : "",
           rejected.field ? rejected.field : "");
  return set_trouble(test, step, "was rejected", why);
}

static bool feed_step(TestCase *test, const mot_test_step *step, size_t number)
{
  mot_event event = {.event = step->event, .count = (uint32_t)step->values, .time = step->time};
  mot_given *values = calloc(step->values + 1, sizeof *values);
  if (!values) return false;
  for (size_t i = 0; i < step->values; i++) mot_rules_test_value(test->rules, test->test, number, i, &values[i]);
  event.values = values;
  mot_status status = mot_run_feed_events(test->run, &event, 1);
  free(values);
  if (status == MOT_OK) status = mot_run_flush(test->run);
  if (status != MOT_OK) return status != MOT_NO_MEMORY && set_trouble(test, step, "failed", mot_run_error(test->run));
  return keep_rejected(test, step) && keep_records(test);
}

static void clock_to(TestCase *test, int64_t time)
{
  if (time != MOT_NO_TIME && time > test->clock) test->clock = time;
}

static bool feed_all(TestCase *test)
{
  mot_test_step step;
  for (size_t i = 0; !test->trouble && mot_rules_test_step(test->rules, test->test, i, &step); i++) {
    clock_to(test, step.time);
    if (step.event != MOT_NOT_FOUND && !feed_step(test, &step, i)) return false;
  }
  return true;
}

static bool read_expectations(TestCase *test)
{
  size_t count = test->info.expectations;
  test->expected = calloc(count + 1, sizeof *test->expected);
  if (!test->expected) return false;
  for (size_t i = 0; i < count; i++) {
    mot_rules_expectation(test->rules, test->test, i, &test->expected[i]);
    clock_to(test, test->expected[i].at);
  }
  return true;
}

static bool run_to_end(TestCase *test)
{
  if (!feed_all(test)) return false;
  mot_status status = test->trouble ? MOT_OK : mot_run_end(test->run, test->clock);
  return status == MOT_OK && keep_records(test);
}

bool case_run(TestCase *test, const mot_rules *rules, uint32_t number, const mot_test_info *info)
{
  return case_run_with(test, rules, number, info, &(CaseOptions){0});
}

bool case_run_with(TestCase *test, const mot_rules *rules, uint32_t number, const mot_test_info *info,
                   const CaseOptions *with)
{
  mot_run_options options = {.records = RECORDS, .trace = with->watch != NULL};
  *test = (TestCase){.rules = rules, .test = number, .info = *info, .clock = MOT_NO_TIME, .options = *with};
  return read_expectations(test) && mot_run_open(rules, &options, &test->run, NULL) == MOT_OK && run_to_end(test);
}

void case_close(TestCase *test)
{
  for (size_t i = 0; i < test->count; i++) {
    free(test->records[i].keys);
    free(test->records[i].words);
    free(test->records[i].cause);
  }
  free(test->records);
  free(test->expected);
  free(test->trouble);
  mot_run_free(test->run);
  *test = (TestCase){0};
}
