/*
 * test_run_events.c - events handed over whole come to the same as those that are built value by value.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/running.h"

static const char rules_text[] =
  "stream { type from \"type\" time from \"time\" as unix_ms id from \"id\" dedupe 5 s lateness 2 s }\n"
  "event A { customer: id  n: int in 0..9  d: duration(ms)?  m: money(EUR)?  p: percent?\n"
  "          f: number?  t: text?  due: time(unix_ms)?  c: int? }\n"
  "event B { customer: id  ok: bool  kind: one of red, blue = \"Blau\" }\n"
  "event Unused { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager } owner ben \"Ben\" { role mot_manager }\n"
  "team desk \"Desk\" { lead ben role producer }\n"
  "experience E \"E\" { for customer manager ana starts on A expires after 1 min value start.m else 0 EUR\n"
  "  sco \"S\" B where ok within 20 s\n"
  "  mot M \"M\" { manager ben producers desk target 90% over 1 d impact -1 EUR when missed\n"
  "    when A smoto B where kind == blue within 10 s }\n"
  "  mot N \"N\" { manager ben producers desk target 90% over 1 d\n"
  "    when A\n"
  "    smoto f else 1 > 0.5 or d else 1 s > 2 s or t else \"\" == \"x\" or p else 0% > 50% or c else 0 > 3 }\n"
  "  mot P \"P\" { manager ben producers desk target 90% over 1 d\n"
  "    when A where due known smoto B by opening.due } }\n";

enum { VALUES = 10, EVENTS = 40, EVENT_KINDS = 3, A_FIELDS = 9 };

typedef struct Batch {
  mot_event events[EVENTS];
  mot_given values[EVENTS][VALUES];
  size_t count;
} Batch;

static const char *some_text(unsigned *seed)
{
  static const char *const texts[] = {"c1", "c2", "c3", "", "Blau", "red", "a_key_of_nineteen_b", "x",
    "M\xC3\xBCnchen", "\xFF", "true", "7", "-3", "1.5", "a text of exactly 32 bytes, of use", "PT1S",
    "a text that is longer than those that are copied in one go"};
  return texts[below(seed, below(seed, 3) ? 6 : sizeof texts / sizeof *texts)];
}

static mot_given some_value(unsigned *seed, uint32_t field)
{
  static const int64_t integers[] = {0, 1, 5, 9, 10, -1, INT64_MAX, INT64_MIN, 1003000000};
  const double numbers[] = {0, 1, 0.25, 1.5, 3, -1, NAN, INFINITY, 0x1p63, -0x1p63, 1e300};
  mot_given given = {.field = field, .kind = (mot_given_kind)below(seed, 3)};
  if (given.kind == MOT_GIVEN_INT) given.integer = integers[below(seed, below(seed, 3) ? 4 : 9)];
  if (given.kind == MOT_GIVEN_NUMBER) given.number = numbers[below(seed, below(seed, 3) ? 4 : 11)];
  if (given.kind != MOT_GIVEN_TEXT) return given;
  given.text = some_text(seed);
  given.size = strlen(given.text);
  return given;
}

/* One that its field takes, as far as fields of A and B are concerned. */
static mot_given usual_value(unsigned *seed, uint32_t event, uint32_t field)
{
  mot_given given = {.field = field, .kind = MOT_GIVEN_INT, .integer = below(seed, 2)};
  bool text = field == 0 || (event == 0 && field == 6) || (event == 1 && field == 2);
  static const char *const listed[] = {"red", "Blau"};
  static const char *const names[] = {"c1", "c2", "c\xC3\xA9", "customer-0001"};
  if (event == 0 && field == 7) given.integer = 1000000000 + below(seed, 30) * INT64_C(1000000);
  if (!text) return given;
  given.kind = MOT_GIVEN_TEXT;
  given.text = event == 1 && field == 2 ? listed[below(seed, 2)] : names[below(seed, 4)];
  given.size = strlen(given.text);
  return given;
}

static void make_event(unsigned *seed, Batch *batch, int64_t *now)
{
  mot_event *event = &batch->events[batch->count];
  mot_given *values = batch->values[batch->count++];
  *now += below(seed, 900000);
  int64_t time = *now - below(seed, 3000000);
  *event = (mot_event){.event = below(seed, EVENT_KINDS), .time = time, .values = values};
  if (below(seed, 100) == 0) event->time = below(seed, 2) ? INT64_MAX : INT64_MIN + 1;
  uint32_t fields = event->event == 0 ? A_FIELDS : event->event == 1 ? 3 : 1;
  bool usual = below(seed, 4) > 0;
  for (uint32_t field = 0; field < fields; field++) {
    if (below(seed, 12) == 0) continue;
    bool odd = !usual && below(seed, 3) == 0;
    values[event->count++] = odd ? some_value(seed, field) : usual_value(seed, event->event, field);
  }
  if (!usual && event->count < VALUES && below(seed, 4) == 0)
    values[event->count++] = some_value(seed, below(seed, 12));
  if (below(seed, 3)) event->id = below(seed, 20) ? some_text(seed) : "an id that has more than 32 bytes";
  if (event->id) event->id_size = strlen(event->id);
}

static mot_status one_by_one(mot_run *run, const mot_event *event)
{
  mot_status status = mot_event_begin(run, event->event, event->time);
  if (status != MOT_OK) return status;
  for (uint32_t i = 0; i < event->count; i++) {
    const mot_given *given = &event->values[i];
    if (given->kind == MOT_GIVEN_TEXT) mot_event_text(run, given->field, given->text, given->size);
    else if (given->kind == MOT_GIVEN_INT) mot_event_int(run, given->field, given->integer);
    else mot_event_number(run, given->field, given->number);
  }
  if (event->id) mot_event_id(run, event->id, event->id_size);
  return mot_event_submit(run);
}

static mot_status feed(mot_run *run, const Batch *batch, bool whole)
{
  mot_status status = MOT_OK;
  if (whole) return mot_run_feed_events(run, batch->events, batch->count);
  for (size_t i = 0; i < batch->count && status == MOT_OK; i++) status = one_by_one(run, &batch->events[i]);
  return status;
}

static char *run_events(const mot_rules *rules, const mot_run_options *options, unsigned seed, bool whole)
{
  mot_run *run = NULL;
  int64_t now = 1000000000;
  char *out = NULL;
  assert_int_equal(mot_run_open(rules, options, &run, NULL), MOT_OK);
  for (unsigned part = 0; part < 40; part++) {
    Batch batch = {.count = 0};
    for (size_t count = below(&seed, EVENTS + 1); count > 0; count--) make_event(&seed, &batch, &now);
    assert_int_equal(feed(run, &batch, whole), MOT_OK);
    if (part % 8 == 7) out = running_take(run, out, part % 16 == 7);
  }
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  out = running_take_stats(run, running_take_rejected(run, running_take(run, out, false)));
  mot_run_free(run);
  return out;
}

static void whole_events_are_the_same_as_values_one_by_one(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  for (unsigned seed = 1; seed <= 60; seed++) {
    mot_run_options options = {.batch = seed % 3 == 0, .threads = seed % 5 == 0 ? 2 : 0};
    char *expected = run_events(rules, &options, seed, false), *found = run_events(rules, &options, seed, true);
    running_same(expected, found, "whole");
    free(found);
    free(expected);
  }
  mot_rules_free(rules);
}

static void events_without_a_number_are_told(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  mot_run *run = NULL;
  mot_run_stats stats;
  mot_event events[] = {{.event = 2, .time = 1}, {.event = 99, .time = 2}, {.event = 2, .time = 3}};
  assert_int_equal(mot_run_open(rules, NULL, &run, NULL), MOT_OK);
  assert_int_equal(mot_run_feed_events(run, NULL, 0), MOT_OK);
  assert_int_equal(mot_event_begin(run, 2, 0), MOT_OK);
  assert_int_equal(mot_run_feed_events(run, events, 3), MOT_MISUSE);
  assert_non_null(strstr(mot_run_error(run), "99"));
  assert_int_equal(mot_event_submit(run), MOT_MISUSE);
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  mot_run_get_stats(run, &stats);
  assert_int_equal(stats.events, 1);
  assert_int_equal(mot_run_feed_events(run, events, 1), MOT_MISUSE);
  mot_run_free(run);
  mot_rules_free(rules);
}

static void refused_memory_is_told(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  for (size_t refused = 1;; refused++) {
    FailingAlloc failing;
    failing_alloc_init(&failing, refused);
    mot_allocator allocator = {failing_resize, &failing};
    mot_run_options options = {.allocator = &allocator};
    unsigned seed = 5;
    int64_t now = 1000000000;
    mot_run *run = NULL;
    mot_status status = mot_run_open(rules, &options, &run, NULL);
    for (unsigned part = 0; part < 12 && status == MOT_OK; part++) {
      Batch batch = {.count = 0};
      while (batch.count < EVENTS) make_event(&seed, &batch, &now);
      status = feed(run, &batch, true);
    }
    mot_run_free(run);
    assert_int_equal(failing.pieces, 0);
    if (status == MOT_OK) break;
    assert_int_equal(status, MOT_NO_MEMORY);
  }
  mot_rules_free(rules);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(whole_events_are_the_same_as_values_one_by_one),
    cmocka_unit_test(events_without_a_number_are_told),
    cmocka_unit_test(refused_memory_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
