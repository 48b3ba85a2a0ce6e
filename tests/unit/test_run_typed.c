/*
 * test_run_typed.c - typed events come to the same as lines of JSON; how the calls must follow one another.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tests/support/running.h"

static const char rules_text[] =
  "stream { type from \"type\" time from \"time\" as unix_ms id from \"id\" dedupe 5 s lateness 2 s }\n"
  "event A { customer: id  n: int in 0..9  d: duration(ms)?  m: money(EUR)?\n"
  "          f: number?  t: text?  due: time(unix_ms)? }\n"
  "event B { customer: id  ok: bool  kind: one of red, blue = \"Blau\" }\n"
  "event Unused { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager } owner ben \"Ben\" { role mot_manager }\n"
  "team desk \"Desk\" { lead ben role producer }\n"
  "experience E \"E\" { for customer manager ana starts on A expires after 1 min value start.m else 0 EUR\n"
  "  sco \"S\" B where ok within 20 s\n"
  "  mot M \"M\" { manager ben producers desk when A smoto B where kind == blue within 10 s target 90% over 1 d\n"
  "    impact -1 EUR when missed }\n"
  "  mot N \"N\" { manager ben producers desk target 90% over 1 d\n"
  "    when A smoto f else 1 > 0.5 or d else 1 s > 2 s }\n"
  "  mot P \"P\" { manager ben producers desk target 90% over 1 d\n"
  "    when A where due known smoto B by opening.due } }\n";

/* One event, as JSON and typed. */
typedef struct Event {
  bool is_b;
  int64_t ms, n;
  unsigned customer, id;
  bool ok;
  const char *kind;
} Event;

static Event make(unsigned *seed, unsigned i)
{
  static const char *const kinds[] = {"red", "Blau", "Blau", "green"};
  return (Event){below(seed, 2), 1000000 + (int64_t)i * 400 - below(seed, 3500), below(seed, 11), below(seed, 9),
                 i - below(seed, 6) / 5, below(seed, 2), kinds[below(seed, 4)]};
}

static size_t as_json(char *to, size_t room, const Event *e)
{
  long long ms = e->ms, n = e->n;
  int used = snprintf(to, room, "{\"type\":\"%c\",\"time\":%lld,\"customer\":\"c%u\",\"id\":\"%u\",", e->is_b ? 'B' : 'A',
                      ms, e->customer, e->id);
  char *rest = to + used;
  room -= (size_t)used;
  if (e->is_b)
    used += snprintf(rest, room, "\"ok\":%s,\"kind\":\"%s\"}\n", e->ok ? "true" : "false", e->kind);
  else
    used += snprintf(rest, room,
                     "\"n\":%lld,\"d\":%lld,\"m\":%lld.50,\"f\":0.%lld5,\"t\":\"\\u00e9\",\"due\":%lld}\n", n,
                     n * 500, n, n % 10, ms + 3000);
  return (size_t)used;
}

static void as_typed(mot_run *run, const mot_rules *rules, const Event *e)
{
  char text[20];
  uint32_t kind = mot_rules_event(rules, e->is_b ? "B" : "A");
  assert_int_equal(mot_event_begin(run, kind, e->ms * 1000), MOT_OK);
#define FIELD(name) mot_rules_field(rules, kind, name)
  mot_event_text(run, FIELD("customer"), text, (size_t)snprintf(text, sizeof text, "c%u", e->customer));
  mot_event_id(run, text, (size_t)snprintf(text, sizeof text, "%u", e->id));
  if (e->is_b) {
    mot_event_int(run, FIELD("ok"), e->ok);
    mot_event_text(run, FIELD("kind"), e->kind, strlen(e->kind));
  } else {
    mot_event_number(run, FIELD("n"), (double)e->n);
    mot_event_int(run, FIELD("d"), e->n * 500000);
    mot_event_money(run, FIELD("m"), e->n * 100 + 50);
    mot_event_number(run, FIELD("f"), (double)(e->n % 10) / 10 + 0.05);
    mot_event_text(run, FIELD("t"), "\xC3\xA9", 2);
    mot_event_int(run, FIELD("due"), e->ms * 1000 + 3000000);
  }
  assert_int_equal(mot_event_submit(run), MOT_OK);
}

/* Dead letters without their place, which is another. */
static char *dead_letters(mot_run *run)
{
  char *text = calloc(1, 100000), *at = text;
  mot_rejected r;
  while (mot_run_next_rejected(run, &r))
    at += sprintf(at, "%d %s %s\n", r.late, r.reason, r.field ? r.field : "-");
  return text;
}

static char *run_events(const mot_rules *rules, const mot_run_options *options, bool typed, bool mixed)
{
  mot_run *run = NULL;
  unsigned seed = 77;
  assert_int_equal(mot_run_open(rules, options, &run, NULL), MOT_OK);
  assert_int_equal(mot_run_source(run, "s", MOT_NDJSON), MOT_OK);
  char *out = NULL;
  for (unsigned i = 0; i < 1500; i++) {
    char line[400];
    Event e = make(&seed, i);
    if (mixed ? i % 7 < 3 : typed)
      as_typed(run, rules, &e);
    else
      assert_int_equal(mot_run_feed(run, line, as_json(line, sizeof line, &e)), MOT_OK);
    if (i % 100 == 0) out = running_take(run, out, i % 200 == 0);
  }
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  out = running_take(run, out, false);
  char *dead = dead_letters(run);
  out = realloc(out, strlen(out) + strlen(dead) + 1);
  strcat(out, dead);
  free(dead);
  mot_run_free(run);
  return out;
}

static void typed_events_are_the_same_as_lines(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  mot_run_options options = {0};
  char *expected = run_events(rules, &options, false, false);
  assert_non_null(strstr(expected, "0 range n\n"));
  assert_non_null(strstr(expected, "0 value kind\n"));
  assert_non_null(strstr(expected, "1 late -\n"));
  for (unsigned way = 0; way < 8; way++) {
    options = (mot_run_options){.batch = way % 2 ? 1 : 0, .threads = way / 2 % 2 ? 2 : 0};
    char *found = run_events(rules, &options, way < 4, way >= 4);
    running_same(expected, found, way < 4 ? "typed" : "mixed");
    free(found);
  }
  free(expected);
  mot_rules_free(rules);
}

static void what_does_not_fit_is_rejected(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  mot_run *run = NULL;
  mot_rejected r;
  mot_run_stats stats;
  uint32_t a = mot_rules_event(rules, "A"), b = mot_rules_event(rules, "B");
  assert_int_equal(mot_run_open(rules, NULL, &run, NULL), MOT_OK);
  assert_int_equal(mot_event_begin(run, a, 0), MOT_OK);
  assert_int_equal(mot_event_submit(run), MOT_OK);
  assert_int_equal(mot_event_begin(run, b, 0), MOT_OK);
  mot_event_text(run, mot_rules_field(rules, b, "ok"), "maybe", 5);
  assert_int_equal(mot_event_submit(run), MOT_OK);
  assert_int_equal(mot_event_begin(run, a, 0), MOT_OK);
  mot_event_number(run, mot_rules_field(rules, a, "n"), 1.5);
  assert_int_equal(mot_event_submit(run), MOT_OK);
  assert_int_equal(mot_event_begin(run, a, INT64_MAX), MOT_OK);
  assert_int_equal(mot_event_submit(run), MOT_OK);
  assert_int_equal(mot_event_begin(run, a, 0), MOT_OK);
  mot_event_text(run, mot_rules_field(rules, a, "customer"), "\xFF", 1);
  assert_int_equal(mot_event_submit(run), MOT_OK);
  assert_int_equal(mot_event_begin(run, a, 0), MOT_OK);
  mot_event_int(run, mot_rules_field(rules, a, "due"), INT64_MIN);
  assert_int_equal(mot_event_submit(run), MOT_OK);
  assert_int_equal(mot_event_begin(run, mot_rules_event(rules, "Unused"), 0), MOT_OK);
  mot_event_int(run, 99, 1);
  assert_int_equal(mot_event_submit(run), MOT_OK);
  assert_int_equal(mot_run_flush(run), MOT_OK);
  static const char *const words[] = {"missing customer", "type ok", "type n", "range time", "type customer",
                                      "range due"};
  for (int i = 0; i < 6; i++) {
    char text[60];
    assert_true(mot_run_next_rejected(run, &r));
    snprintf(text, sizeof text, "%s %s", r.reason, r.field);
    assert_string_equal(text, words[i]);
    assert_int_equal(r.line, i + 1);
  }
  assert_false(mot_run_next_rejected(run, &r));
  mot_run_get_stats(run, &stats);
  assert_int_equal(stats.events, 7);
  assert_int_equal(stats.rejected, 6);
  mot_run_free(run);
  mot_rules_free(rules);
}

static void one_event_has_one_id(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  mot_run *run = NULL;
  mot_rejected r;
  assert_int_equal(mot_run_open(rules, NULL, &run, NULL), MOT_OK);
  assert_int_equal(mot_event_begin(run, mot_rules_event(rules, "Unused"), 0), MOT_OK);
  mot_event_id(run, "1", 1);
  mot_event_id(run, "2", 1);
  assert_int_equal(mot_event_submit(run), MOT_OK);
  assert_int_equal(mot_run_flush(run), MOT_OK);
  assert_true(mot_run_next_rejected(run, &r));
  assert_string_equal(r.reason, "duplicate");
  mot_run_free(run);
  mot_rules_free(rules);
}

static void calls_out_of_order_are_told(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  mot_run *run = NULL;
  assert_int_equal(mot_run_open(rules, NULL, &run, NULL), MOT_OK);
  assert_int_equal(mot_event_submit(run), MOT_MISUSE);
  assert_non_null(strstr(mot_run_error(run), "mot_event_begin"));
  mot_event_int(run, 0, 1);
  assert_int_equal(mot_event_begin(run, 99, 0), MOT_MISUSE);
  assert_int_equal(mot_event_submit(run), MOT_MISUSE);
  assert_int_equal(mot_event_begin(run, 0, 0), MOT_OK);
  assert_int_equal(mot_run_flush(run), MOT_OK); /* abandons it */
  mot_event_text(run, 0, "c", 1);
  assert_int_equal(mot_event_submit(run), MOT_MISUSE);
  assert_int_equal(mot_run_feed(run, "{}\n", 3), MOT_MISUSE);
  assert_non_null(strstr(mot_run_error(run), "mot_run_source"));
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  assert_int_equal(mot_event_begin(run, 0, 0), MOT_MISUSE);
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_MISUSE);
  mot_run_free(run);
  mot_rules_free(rules);
}

static void names_lead_to_numbers_and_back(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(rules_text);
  for (uint32_t i = 0; mot_rules_event_name(rules, i); i++) {
    assert_int_equal(mot_rules_event(rules, mot_rules_event_name(rules, i)), i);
    for (uint32_t k = 0; mot_rules_field_name(rules, i, k); k++)
      assert_int_equal(mot_rules_field(rules, i, mot_rules_field_name(rules, i, k)), k);
  }
  assert_int_equal(mot_rules_experience(rules, "E"), 0);
  assert_string_equal(mot_rules_experience_name(rules, 0), "E");
  uint32_t n = mot_rules_mot(rules, 0, "N");
  assert_string_equal(mot_rules_mot_name(rules, n), "N");
  assert_int_equal(mot_rules_mot_experience(rules, n), 0);
  assert_int_equal(mot_rules_event(rules, "Nothing"), MOT_NOT_FOUND);
  assert_int_equal(mot_rules_field(rules, 0, "nothing"), MOT_NOT_FOUND);
  assert_int_equal(mot_rules_field(rules, 99, "n"), MOT_NOT_FOUND);
  assert_int_equal(mot_rules_mot(rules, 1, "N"), MOT_NOT_FOUND);
  assert_int_equal(mot_rules_experience(rules, "M"), MOT_NOT_FOUND);
  assert_null(mot_rules_mot_name(rules, 99));
  mot_rules_free(rules);
}

static void times_as_people_write_them(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int64_t seconds; /* of UTC */
  } cases[] = {{"2026-03-02T09:00:00Z", 1772442000}, {"2026-03-02 09:00", 1772438400}, {"2026-03-02", 1772406000},
               {"2026-07-02T09:00:00", 1782975600}, {"2026-03-02T09:00:00.000+03:00", 1772431200}};
  mot_rules *rules = running_rules("stream { type from \"type\" time from \"time\" zone \"Europe/Amsterdam\" }\n"
                                   "event A { customer: id }\n");
  int64_t time = 7;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_true(mot_rules_time(rules, cases[i].text, &time));
    assert_int_equal(time, cases[i].seconds * 1000000);
  }
  static const char *const none[] = {"", "tomorrow", "2026-02-30", "2026-03-02T25:00", "10000-01-01", "1772442000"};
  time = 7;
  for (size_t i = 0; i < sizeof none / sizeof *none; i++) assert_false(mot_rules_time(rules, none[i], &time));
  assert_int_equal(time, 7);
  mot_rules_free(rules);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(typed_events_are_the_same_as_lines),
    cmocka_unit_test(what_does_not_fit_is_rejected),
    cmocka_unit_test(one_event_has_one_id),
    cmocka_unit_test(calls_out_of_order_are_told),
    cmocka_unit_test(names_lead_to_numbers_and_back),
    cmocka_unit_test(times_as_people_write_them),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
