/*
 * test_run_order.c - lateness, duplicates, the clock: small streams whose outcome is known; events kept back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/dedupe.h"
#include "runtime/sequence.h"
#include "tests/support/running.h"

#define RULES(STREAM) \
  "stream { type from \"type\" time from \"time\" as unix_s " STREAM " }\n" \
  "event A { customer: id } event B { customer: id }\n" \
  "owner ana \"Ana\" { role experience_manager } owner ben \"Ben\" { role mot_manager }\n" \
  "team desk \"Desk\" { lead ben role producer }\n" \
  "experience E \"E\" { for customer manager ana starts on A expires after 1 d sco \"S\" B within 1 h\n" \
  "  mot M \"M\" { manager ben producers desk when A smoto B within 10 s target 90% over 1 d } }\n"

/* A run that is handed short words: "A5 B9" are events of customer c at 5 s and 9 s; "!" in front gives them
 * the id that follows: "A5!x". */
static void hand(mot_run *run, const char *words)
{
  char line[200], id[20] = "";
  char kind;
  int second, used;
  for (; sscanf(words, " %c%d%n", &kind, &second, &used) == 2; words += used) {
    words += used;
    id[0] = 0;
    used = 0;
    if (*words == '!') sscanf(words, "!%19[a-z]%n", id, &used);
    int n = snprintf(line, sizeof line, "{\"type\":\"%c\",\"time\":%d,\"customer\":\"c\",\"id\":\"%s\"}\n", kind,
                     second, id);
    assert_int_equal(mot_run_feed(run, line, (size_t)n), MOT_OK);
  }
}

static mot_run *begin(const char *text, mot_rules **ret_rules)
{
  mot_run *run = NULL;
  *ret_rules = running_rules(text);
  assert_int_equal(mot_run_open(*ret_rules, NULL, &run, NULL), MOT_OK);
  assert_int_equal(mot_run_source(run, "words", MOT_NDJSON), MOT_OK);
  return run;
}

/* "produced 9, missed 15": the moments that are ready. */
static const char *moments(mot_run *run)
{
  static const char *const words[] = {"missed", "produced", "void", "open"};
  static char text[400];
  mot_record r;
  size_t len = 0;
  text[0] = 0;
  while (mot_run_next(run, &r)) {
    if (r.mot == MOT_NOT_FOUND) continue;
    len += (size_t)snprintf(text + len, sizeof text - len, "%s%s %lld", len ? ", " : "", words[r.outcome],
                            (long long)(r.time / 1000000));
  }
  return text;
}

static mot_run_stats stats(mot_run *run)
{
  mot_run_stats s;
  mot_run_get_stats(run, &s);
  return s;
}

static void finish(mot_run *run, mot_rules *rules)
{
  mot_run_free(run);
  mot_rules_free(rules);
}

static void an_event_at_the_watermark_is_not_late(void **state)
{
  (void)state;
  mot_rules *rules;
  mot_run *run = begin(RULES("lateness 10 s"), &rules);
  hand(run, "A100 B120 A110 A109 B105");
  assert_int_equal(mot_run_flush(run), MOT_OK);
  assert_int_equal(stats(run).late, 2);
  assert_int_equal(stats(run).events, 5);
  mot_rejected r;
  assert_true(mot_run_next_rejected(run, &r));
  assert_true(r.late);
  assert_string_equal(r.reason, "late");
  assert_string_equal(r.source, "words");
  assert_int_equal(r.line, 4);
  assert_true(mot_run_next_rejected(run, &r));
  assert_int_equal(r.line, 5);
  assert_false(mot_run_next_rejected(run, &r));
  finish(run, rules);
}

static void events_are_put_in_order_of_time(void **state)
{
  (void)state;
  mot_rules *rules;
  mot_run *run = begin(RULES("lateness 10 s"), &rules);
  hand(run, "B105 A100");
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  assert_string_equal(moments(run), "produced 105");
  finish(run, rules);
}

static void a_deadline_runs_when_the_watermark_has_passed_it(void **state)
{
  (void)state;
  mot_rules *rules;
  mot_run *run = begin(RULES(""), &rules);
  hand(run, "A100 X110");
  assert_int_equal(mot_run_flush(run), MOT_OK);
  assert_string_equal(moments(run), "");
  hand(run, "X111");
  assert_int_equal(mot_run_flush(run), MOT_OK);
  assert_string_equal(moments(run), "missed 110");
  assert_int_equal(stats(run).unmapped, 2);
  finish(run, rules);
}

static void an_answer_at_the_deadline_is_in_time_however_late_it_comes(void **state)
{
  (void)state;
  mot_rules *rules;
  mot_run *run = begin(RULES("lateness 30 s"), &rules);
  hand(run, "A100 X125 B110");
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  assert_string_equal(moments(run), "produced 110");
  finish(run, rules);
}

static void at_the_end_timers_of_the_last_instant_run(void **state)
{
  (void)state;
  mot_rules *rules;
  mot_run *run = begin(RULES("lateness 1 h"), &rules);
  hand(run, "A100 X110");
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  assert_string_equal(moments(run), "missed 110");
  assert_int_equal(stats(run).clock, INT64_C(110000000));
  finish(run, rules);
  run = begin(RULES("lateness 1 h"), &rules);
  hand(run, "A100 X109");
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  assert_string_equal(moments(run), "");
  finish(run, rules);
}

static void the_clock_goes_on_until_a_time(void **state)
{
  (void)state;
  mot_rules *rules;
  mot_run *run = begin(RULES(""), &rules);
  hand(run, "A100 X105");
  assert_int_equal(mot_run_end(run, INT64_C(110000000)), MOT_OK);
  assert_string_equal(moments(run), "missed 110");
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_MISUSE);
  assert_int_equal(mot_run_feed(run, "\n", 1), MOT_MISUSE);
  assert_non_null(strstr(mot_run_error(run), "ended"));
  finish(run, rules);
}

static void advancing_moves_the_watermark(void **state)
{
  (void)state;
  mot_rules *rules;
  mot_run *run = begin(RULES("lateness 1 h"), &rules);
  hand(run, "A100");
  assert_int_equal(mot_run_advance(run, INT64_C(110000000)), MOT_OK);
  assert_string_equal(moments(run), "");
  assert_int_equal(mot_run_advance(run, INT64_C(110000001)), MOT_OK);
  assert_string_equal(moments(run), "missed 110");
  assert_int_equal(mot_run_advance(run, INT64_C(50000000)), MOT_OK); /* it never goes back */
  assert_int_equal(mot_run_advance(run, INT64_MAX), MOT_MISUSE);
  assert_int_equal(mot_run_end(run, INT64_MAX), MOT_MISUSE);
  hand(run, "B110");
  assert_int_equal(mot_run_flush(run), MOT_OK);
  assert_int_equal(stats(run).late, 1);
  finish(run, rules);
}

static void the_option_stands_in_for_the_lateness_of_the_rules(void **state)
{
  (void)state;
  mot_rules *rules = running_rules(RULES("lateness 1 h"));
  mot_run_options options = {.has_lateness = true, .lateness = 5000000};
  mot_run *run = NULL;
  mot_error error;
  assert_int_equal(mot_run_open(rules, &options, &run, NULL), MOT_OK);
  assert_int_equal(mot_run_source(run, "words", MOT_NDJSON), MOT_OK);
  hand(run, "A100 X106 X100 X101");
  assert_int_equal(mot_run_flush(run), MOT_OK);
  assert_int_equal(stats(run).late, 1);
  mot_run_free(run);
  options.lateness = -1;
  assert_int_equal(mot_run_open(rules, &options, &run, &error), MOT_MISUSE);
  assert_non_null(strstr(error.text, "lateness"));
  mot_rules_free(rules);
}

static void the_same_id_again_is_dropped_for_a_while(void **state)
{
  (void)state;
  mot_rules *rules;
  mot_run *run = begin(RULES("id from \"id\" dedupe 60 s"), &rules);
  hand(run, "A100!x A160!x A161!x A162 A163 A200!y A221!x A222!x");
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  /* 160 is 60 s after 100, which was kept; 161 is kept and 221 is 60 s after it; 222 is kept */
  assert_int_equal(stats(run).duplicate, 2);
  finish(run, rules);
}

static void duplicates_are_found_in_order_of_time(void **state)
{
  (void)state;
  mot_rules *rules;
  mot_run *run = begin(RULES("id from \"id\" dedupe 1 h lateness 1 min"), &rules);
  hand(run, "A130!x A100!x B105 X140!x");
  assert_int_equal(mot_run_end(run, MOT_NO_TIME), MOT_OK);
  assert_int_equal(stats(run).duplicate, 2);
  assert_string_equal(moments(run), "produced 105"); /* the one that came first is the duplicate */
  finish(run, rules);
}

/* ---- the parts alone ---- */

typedef struct Shuffle {
  Sequence sequence;
  Held held;
  Mem mem;
  int64_t last_time;
  uint64_t last_arrival, out;
} Shuffle;

static void take_out(Shuffle *s, int64_t horizon)
{
  size_t count;
  const SequenceKey *keys = sequence_release(&s->sequence, horizon, &count);
  for (size_t i = 0; i < count; i++) {
    const EventData *row = keys[i].row;
    assert_true(row->time == keys[i].time && row->time < horizon);
    assert_true(row->time > s->last_time || (row->time == s->last_time && row->arrival > s->last_arrival));
    s->last_time = row->time;
    s->last_arrival = row->arrival;
    s->out++;
  }
  for (size_t i = 0; i < count; i++)
    if (keys[i].chunk) held_release(&s->held, keys[i].chunk);
  sequence_keep(&s->sequence, &s->held);
}

static void any_disorder_is_put_in_order(void **state)
{
  (void)state;
  static const unsigned spreads[] = {1, 3, 100, 5000, 1000000};
  unsigned seed = 5;
  for (size_t spread = 0; spread < sizeof spreads / sizeof *spreads; spread++) {
    Shuffle s = {.last_time = INT64_MIN};
    enum { EVENTS = 60000, BLOCK = 700 };
    static EventData rows[BLOCK];
    mem_init(&s.mem, NULL, NULL);
    sequence_init(&s.sequence, &s.mem, spreads[spread]);
    held_init(&s.held, &s.mem);
    for (unsigned i = 0; i < EVENTS; i++) {
      EventData *row = &rows[i % BLOCK];
      *row = (EventData){.time = (int64_t)i + 10 - (int64_t)below(&seed, spreads[spread]), .arrival = i,
                         .size = sizeof *row};
      if (sequence_late(&s.sequence, row->time)) row->time = s.sequence.watermark;
      sequence_see(&s.sequence, row->time);
      sequence_add(&s.sequence, row, NULL);
      if (i % BLOCK == BLOCK - 1) take_out(&s, s.sequence.watermark);
    }
    take_out(&s, INT64_MAX);
    assert_int_equal(s.out, EVENTS);
    sequence_free(&s.sequence);
    held_free(&s.held);
    assert_int_equal(s.mem.in_use, 0);
  }
}

static void what_is_kept_back_takes_no_more_than_it_is(void **state)
{
  (void)state;
  Mem mem;
  Held held;
  enum { EVENTS = 20000, KEPT = 1000 };
  static HeldChunk *chunks[EVENTS];
  mem_init(&mem, NULL, NULL);
  held_init(&held, &mem);
  EventData row = {.size = sizeof row};
  for (unsigned i = 0; i < EVENTS; i++) {
    row.arrival = i;
    assert_int_equal(held_keep(&held, &row, &chunks[i])->arrival, i);
    if (i >= KEPT) held_release(&held, chunks[i - KEPT]);
  }
  assert_true(mem.peak < KEPT * sizeof row + 4 * (128 << 10));
  held_free(&held);
  assert_int_equal(mem.in_use, 0);
}

static void ids_are_remembered_only_as_long_as_needed(void **state)
{
  (void)state;
  Mem mem;
  Dedupe dedupe;
  mem_init(&mem, NULL, NULL);
  dedupe_init(&dedupe, &mem, 1000);
  unsigned seed = 9;
  static int64_t kept[5000]; /* when each id was kept last */
  for (size_t i = 0; i < 5000; i++) kept[i] = INT64_MIN;
  for (int64_t time = 0; time < 200000; time += below(&seed, 3)) {
    char id[20];
    unsigned number = below(&seed, 5000);
    uint32_t len = (uint32_t)snprintf(id, sizeof id, "id-%u", number);
    bool seen = kept[number] != INT64_MIN && time - kept[number] <= 1000;
    assert_int_equal(dedupe_seen(&dedupe, time, dedupe_hash(id, len), id, len), seen);
    if (!seen) kept[number] = time;
    assert_true(dedupe.count <= 2500);
  }
  assert_true(mem.peak < 1 << 20);
  const DedupeChunk *chunk;
  size_t count = 0;
  for (const DedupeEntry *e = NULL; (e = dedupe_next(&dedupe, e, &chunk)) != NULL;) count++;
  assert_int_equal(count, dedupe.count);
  dedupe_free(&dedupe);
  assert_int_equal(mem.in_use, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_event_at_the_watermark_is_not_late),
    cmocka_unit_test(events_are_put_in_order_of_time),
    cmocka_unit_test(a_deadline_runs_when_the_watermark_has_passed_it),
    cmocka_unit_test(an_answer_at_the_deadline_is_in_time_however_late_it_comes),
    cmocka_unit_test(at_the_end_timers_of_the_last_instant_run),
    cmocka_unit_test(the_clock_goes_on_until_a_time),
    cmocka_unit_test(advancing_moves_the_watermark),
    cmocka_unit_test(the_option_stands_in_for_the_lateness_of_the_rules),
    cmocka_unit_test(the_same_id_again_is_dropped_for_a_while),
    cmocka_unit_test(duplicates_are_found_in_order_of_time),
    cmocka_unit_test(any_disorder_is_put_in_order),
    cmocka_unit_test(what_is_kept_back_takes_no_more_than_it_is),
    cmocka_unit_test(ids_are_remembered_only_as_long_as_needed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
