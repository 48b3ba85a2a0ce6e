/*
 * test_trace.c - what a run does, told step by step.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mot/tools.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/running.h"

#define MINUTE INT64_C(60000000)

/* ---- telling a story, and what it comes to ---- */

static const char head[] =
  "stream { type from \"type\" time from \"time\" as unix_s }\n"
  "event Go { customer: id } event Buy { customer: id  order: id } event A { customer: id  n: int?  share: percent?  kind: one of red, blue = \"B!\" ?\n"
  "  price: money(EUR)?  note: text?  due: time?  ok: bool? }\n"
  "event B { customer: id  order: id? } event P { customer: id } event Q { customer: id } event Bye { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager contact \"mailto:a@b.c\" }\n"
  "team desk \"Desk\" { lead ana role producer }\n";

typedef struct Story {
  mot_rules *rules;
  mot_run *run;
  char *lines;
  char out[8000];
} Story;

static mot_rules *rules_of(const char *clauses)
{
  char *text = malloc(strlen(head) + strlen(clauses) + 200);
  assert_non_null(text);
  sprintf(text, "%s%s", head, clauses);
  mot_rules *rules = running_rules(text);
  free(text);
  return rules;
}

/* Words "KIND:KEY[/ORDER][,FIELD=JSON…]@MINUTE" as lines of JSON. */
static char *lines_of(const char *story)
{
  char *lines = calloc(1, 300 * strlen(story) + 1), word[300];
  int used;
  assert_non_null(lines);
  for (const char *at = story; sscanf(at, "%299s%n", word, &used) == 1; at += used) {
    char kind[20], key[40], order[40] = "", fields[200] = "";
    int n = 0, minute = 0;
    assert_int_equal(sscanf(word, "%19[^:]:%39[^/,@]%n", kind, key, &n), 2);
    if (word[n] == '/') {
      int more;
      assert_int_equal(sscanf(word + n, "/%39[^,@]%n", order, &more), 1);
      n += more;
    }
    if (word[n] == ',') {
      size_t size = strcspn(word + n, "@");
      memcpy(fields, word + n, size);
      n += (int)size;
    }
    assert_int_equal(sscanf(word + n, "@%d", &minute), 1);
    char *to = lines + strlen(lines);
    to += sprintf(to, "{\"type\":\"%s\",\"time\":%d,\"customer\":\"%s\"", kind, 1772442000 + 60 * minute, key);
    if (*order) to += sprintf(to, ",\"order\":\"%s\"", order);
    sprintf(to, "%s}\n", fields);
  }
  return lines;
}

static double minute_of(int64_t time)
{
  return (double)(time - INT64_C(1772442000000000)) / (double)MINUTE;
}

static void put(Story *story, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(Story *story, const char *format, ...)
{
  size_t len = strlen(story->out);
  va_list args;
  va_start(args, format);
  vsnprintf(story->out + len, sizeof story->out - len, format, args);
  va_end(args);
  assert_true(strlen(story->out) + 100 < sizeof story->out);
}

static void put_number(Story *story, const mot_trace *step)
{
  if (step->choice != MOT_NOT_FOUND) put(story, " #%u", step->choice);
  if (step->part != MOT_NOT_FOUND) put(story, " #%u", step->part);
  if (step->action != MOT_NOT_FOUND) put(story, " #%u", step->action);
}

static void put_decision(Story *story, const mot_trace *step)
{
  static const char *const outcomes[] = {"missed", "produced", "void", "open"};
  static const char *const reasons[] = {"", "(voided)", "(superseded)", "(paused)", "(fault)"};
  put(story, " %s%s%s", outcomes[step->outcome], reasons[step->reason], step->by_event ? "" : " by time");
}

static void put_step(Story *story, const mot_trace *step)
{
  static const char *const kinds[] = {"event", "started", "opened", "taken", "deadline", "paused",
                                      "resumed", "risk", "risk over", "part", "decided", "over"};
  static const char *const ends[] = {"ended", "void", "expired"};
  put(story, "%s%s", *story->out ? "; " : "", kinds[step->kind]);
  if (step->kind == MOT_TRACE_EVENT)
    put(story, " %s %zu", mot_rules_event_name(story->rules, step->event), step->reached);
  else if (step->mot != MOT_NOT_FOUND)
    put(story, " %s", mot_rules_mot_name(story->rules, step->mot));
  put_number(story, step);
  if (step->kind == MOT_TRACE_PART) put(story, " %s", step->holds ? "holds" : "fails");
  if (step->kind == MOT_TRACE_DECIDED) put_decision(story, step);
  if (step->kind == MOT_TRACE_OVER) put(story, " %s", ends[step->end]);
  if (step->deadline != MOT_NO_TIME) put(story, " till %g", minute_of(step->deadline));
  put(story, " @%g", minute_of(step->time));
}

static void take_steps(Story *story)
{
  mot_trace step;
  while (mot_run_next_trace(story->run, &step)) put_step(story, &step);
}

static void begin(Story *story, const char *clauses, const mot_run_options *given)
{
  mot_run_options options = given ? *given : (mot_run_options){0};
  *story = (Story){.rules = rules_of(clauses)};
  options.trace = true;
  assert_int_equal(mot_run_open(story->rules, &options, &story->run, NULL), MOT_OK);
  assert_int_equal(mot_run_source(story->run, "s", MOT_NDJSON), MOT_OK);
}

static void end(Story *story)
{
  mot_run_free(story->run);
  mot_rules_free(story->rules);
  free(story->lines);
}

static void feed(Story *story, const char *events)
{
  free(story->lines);
  story->lines = lines_of(events);
  assert_int_equal(mot_run_feed(story->run, story->lines, strlen(story->lines)), MOT_OK);
}

static void comes_to(const char *clauses, const char *events, const char *steps)
{
  Story story;
  begin(&story, clauses, NULL);
  feed(&story, events);
  assert_int_equal(mot_run_end(story.run, MOT_NO_TIME), MOT_OK);
  take_steps(&story);
  assert_string_equal(story.out, steps);
  end(&story);
}

#define TRY "experience Try \"Trying\" { for customer manager ana starts on Go expires after 2 h "
#define MOT(name) "mot " name " \"" name "\" { manager ana producers desk target 90% over 1 d "

/* ---- each kind of step ---- */

static void what_an_event_brings_stands_behind_it(void **state)
{
  (void)state;
  comes_to(TRY "sco \"s\" B within 1 h " MOT("M") "when A smoto B within 10 min } }",
           "A:c1@0 Go:c1@1 A:c1@2 B:c1@5 P:c1@6 A:c2@120 A:c1@121",
           "event A 0 @0; event Go 0 @1; started till 61 @1; "
           "event A 1 @2; opened M #0 till 12 @2; "
           "event B 1 @5; taken M #0 @5; part M #0 holds @5; decided M produced till 12 @5; "
           "taken #0 @5; part #0 holds @5; decided produced @5; "
           "event A 0 @120; event A 1 @121; opened M #0 till 121 @121; part M #0 fails @121; "
           "decided M missed by time till 121 @121; over expired @121");
}

static void settled_at_the_opening(void **state)
{
  (void)state;
  comes_to(TRY "sco \"s\" B within 1 h "
           MOT("Yes") "when A smoto n else 0 > 3 } " MOT("Count") "when A smoto at most 1 A within 5 min } }",
           "Go:c1@0 A:c1,\"n\":5@1 A:c1,\"n\":3@2 A:c1@3",
           "event Go 0 @0; started till 60 @0; "
           "event A 1 @1; opened Yes #0 @1; part Yes #0 holds @1; decided Yes produced @1; opened Count #0 till 6 @1; "
           "event A 1 @2; taken Count #0 @2; "
           "opened Yes #0 @2; part Yes #0 fails @2; decided Yes missed @2; opened Count #0 till 7 @2; "
           "event A 1 @3; taken Count #0 @3; part Count #0 fails @3; decided Count missed till 6 @3; taken Count #0 @3; "
           "opened Yes #0 @3; part Yes #0 fails @3; decided Yes missed @3; opened Count #0 till 8 @3");
}

static void clocks_stop_and_run(void **state)
{
  (void)state;
  comes_to(TRY "sco \"s\" B within 1 h " MOT("M") "when A smoto B within 10 min pause on P until Q } }",
           "Go:c1@0 A:c1@0 P:c1@4 P:c1@5 Q:c1@30 B:c1@40",
           "event Go 0 @0; started till 60 @0; event A 1 @0; opened M #0 till 10 @0; "
           "event P 1 @4; paused M @4; event P 1 @5; event Q 1 @30; resumed M till 36 @30; "
           "part M #0 fails @36; decided M missed by time till 36 @36; "
           "event B 1 @40; taken #0 @40; part #0 holds @40; decided produced @40");
}

static void deadlines_move(void **state)
{
  (void)state;
  comes_to(TRY "sco \"s\" B within 1 h " MOT("M") "when Go smoto B by last(A).due else (start.at + 30 min) "
           "on at risk 5 min before deadline { alert desk } } }",
           "Go:c1@0 A:c1,\"due\":\"2026-03-02T09:50:00Z\"@10 A:c1,\"due\":\"2026-03-02T10:00:00Z\"@46 B:c1@58",
           "event Go 0 @0; started till 60 @0; opened M #0 till 30 @0; "
           "event A 1 @10; deadline M till 50 @10; risk M #0 till 50 @45; "
           "event A 1 @46; deadline M till 60 @46; risk over M #0 @46; risk M #0 till 60 @55; "
           "event B 1 @58; taken M #0 @58; part M #0 holds @58; decided M produced till 60 @58; "
           "taken #0 @58; part #0 holds @58; decided produced @58");
}

static void parts_that_say_why(void **state)
{
  (void)state;
  comes_to(TRY "sco \"s\" B within 1 h and no P within 30 min "
           MOT("M") "when A smoto (B within 10 min and no P within 20 min) or Q within 2 min } }",
           "Go:c1@0 A:c1@0 B:c1@5 P:c1@21 B:c1@41",
           "event Go 0 @0; started till 60 @0; event A 1 @0; opened M #0 till 10 @0; "
           "event B 1 @5; taken M #0 @5; deadline M till 20 @5; taken #0 @5; deadline till 30 @5; "
           "part M #0 holds @20; part M #1 holds @20; decided M produced by time till 20 @20; "
           "event P 1 @21; taken #1 @21; part #1 fails @21; decided missed @21; event B 1 @41");
}

static void a_newer_one_takes_its_place(void **state)
{
  (void)state;
  comes_to(TRY "sco \"s\" B within 1 h " MOT("M") "when latest A or P smoto B within 10 min } }",
           "Go:c1@0 A:c1@1 P:c1@2 A:c1@3",
           "event Go 0 @0; started till 60 @0; event A 1 @1; opened M #0 till 11 @1; "
           "event P 1 @2; opened M #1 till 12 @2; "
           "event A 1 @3; decided M void(superseded) till 11 @3; decided M void(superseded) till 12 @3; opened M #0 till 13 @3");
}

static void outcomes_are_heard(void **state)
{
  (void)state;
  comes_to(TRY "sco \"s\" missed Late within 1 h "
           MOT("M") "when A smoto B within 10 min } "
           MOT("Late") "when missed M smoto P within 5 min } "
           MOT("Any") "when Go smoto missed M within 1 h } }",
           "Go:c1@0 A:c1@1 P:c1@40",
           "event Go 0 @0; started till 60 @0; opened Any #0 till 60 @0; event A 1 @1; opened M #0 till 11 @1; "
           "part M #0 fails @11; decided M missed by time till 11 @11; "
           "taken Any #0 @11; part Any #0 holds @11; decided Any produced till 60 @11; opened Late #0 till 16 @11; "
           "part Late #0 fails @16; decided Late missed by time till 16 @16; "
           "taken #0 @16; part #0 holds @16; decided produced @16; event P 1 @40");
}

static void journeys_come_to_an_end(void **state)
{
  (void)state;
  comes_to(TRY "sco \"s\" A void on Q ends on Bye " MOT("M") "when A smoto B } }",
           "Go:c1@0 A:c1@1 Bye:c1@2 Go:c2@3 A:c2@4 Q:c2@5 Go:c3@6 P:c3@126",
           "event Go 0 @0; started till 120 @0; event A 1 @1; opened M #0 till 120 @1; "
           "taken #0 @1; part #0 holds @1; decided produced @1; "
           "event Bye 1 @2; part M #0 fails @2; decided M missed till 120 @2; over ended @2; "
           "event Go 0 @3; started till 123 @3; event A 1 @4; opened M #0 till 123 @4; "
           "taken #0 @4; part #0 holds @4; decided produced @4; "
           "event Q 1 @5; decided M void(voided) till 123 @5; over void @5; "
           "event Go 0 @6; started till 126 @6; part #0 fails @126; decided missed by time @126; over expired @126");
}

static void a_paused_moment_expires(void **state)
{
  (void)state;
  comes_to(TRY "sco \"s\" A " MOT("M") "when A smoto B within 10 min pause on P until Q } }",
           "Go:c1@0 A:c1@1 P:c1@2 Q:c2@120",
           "event Go 0 @0; started till 120 @0; event A 1 @1; opened M #0 till 11 @1; "
           "taken #0 @1; part #0 holds @1; decided produced @1; event P 1 @2; paused M @2; event Q 0 @120; "
           "decided M void(paused) by time till 120 @120; over expired @120");
}

static void a_fault_is_told(void **state)
{
  (void)state;
  comes_to(TRY "sco \"s\" A " MOT("M") "when A smoto B within (n else 0) * 1 min } }", "Go:c1@0 A:c1,\"n\":0@1",
           "event Go 0 @0; started till 120 @0; event A 1 @1; opened M #0 @1; decided M void(fault) @1; "
           "taken #0 @1; part #0 holds @1; decided produced @1");
}

/* ---- keys, values ---- */

static void text_is(const char *want, const char *text, size_t size)
{
  assert_int_equal(strlen(want), size);
  assert_memory_equal(want, text, size);
}

static void key_is(const Story *story, const mot_trace *step, size_t key, const char *want)
{
  size_t size;
  const char *text = mot_trace_key(story->run, step, key, &size);
  text_is(want, text, size);
}

static void several_keys(void **state)
{
  (void)state;
  Story story;
  mot_trace step;
  size_t size;
  begin(&story, "experience Try \"T\" { for customer, order manager ana starts on Buy expires after 2 h sco \"s\" B within 1 h "
        MOT("M") "when A smoto B within 10 min allow W0320 \"both\" } }", NULL);
  feed(&story, "Buy:c1/o1@0 Buy:c1/o2@1 A:c1@2 B:c1/o2@3 B:c1/o3@4");
  assert_int_equal(mot_run_end(story.run, MOT_NO_TIME), MOT_OK);
  assert_true(mot_run_next_trace(story.run, &step));
  key_is(&story, &step, 0, "c1");
  assert_null(mot_trace_key(story.run, &step, 1, &size));
  assert_true(mot_run_next_trace(story.run, &step));
  assert_int_equal(step.kind, MOT_TRACE_STARTED);
  key_is(&story, &step, 0, "c1");
  key_is(&story, &step, 1, "o1");
  assert_null(mot_trace_key(story.run, &step, 2, &size));
  uint32_t first = step.journey, moments[2];
  int64_t started = step.started;
  assert_true(mot_run_next_trace(story.run, &step));
  assert_int_equal(step.reached, 0);
  assert_true(mot_run_next_trace(story.run, &step));
  key_is(&story, &step, 1, "o2");
  assert_int_not_equal(step.journey, first);
  assert_true(step.started > started);
  assert_true(mot_run_next_trace(story.run, &step));
  assert_int_equal(step.reached, 2);
  for (int i = 0; i < 2; i++) {
    assert_true(mot_run_next_trace(story.run, &step));
    assert_int_equal(step.kind, MOT_TRACE_OPENED);
    assert_int_equal(step.opened, step.time);
    moments[i] = step.moment;
  }
  assert_int_not_equal(moments[0], moments[1]);
  take_steps(&story);
  assert_string_equal(story.out, "event B 1 @3; taken M #0 @3; part M #0 holds @3; decided M produced till 12 @3; taken #0 @3; "
                      "part #0 holds @3; decided produced @3; event B 0 @4");
  end(&story);
}

static void values_of_events(void **state)
{
  (void)state;
  Story story;
  mot_trace step;
  begin(&story, TRY "sco \"s\" A " MOT("M") "when A smoto (n else 0) > 1 and (share else 10%) > 20% and price known and (kind else red) == blue "
        "and note known and ok known and due known } }", NULL);
  feed(&story, "Go:c1@0 A:c1,\"n\":7,\"share\":50,\"kind\":\"B!\",\"price\":\"1.5\",\"note\":\"x\\\"y\",\"ok\":true@1 A:c1@2");
  assert_int_equal(mot_run_end(story.run, MOT_NO_TIME), MOT_OK);
  do assert_true(mot_run_next_trace(story.run, &step));
  while (step.kind != MOT_TRACE_EVENT || strcmp(mot_rules_event_name(story.rules, step.event), "A") != 0);
  mot_value values[8];
  static const char *const names[] = {"n", "share", "kind", "price", "note", "ok", "due", "customer"};
  for (int i = 0; i < 8; i++)
    values[i] = mot_trace_value(story.run, &step, mot_rules_field(story.rules, step.event, names[i]));
  assert_int_equal(values[0].type, MOT_TYPE_INT);
  assert_int_equal(values[0].integer, 7);
  assert_int_equal(values[1].type, MOT_TYPE_PERCENT);
  text_is("blue", values[2].text, values[2].size);
  assert_int_equal(values[3].integer, 150);
  assert_string_equal(values[3].currency, "EUR");
  text_is("x\"y", values[4].text, values[4].size);
  assert_int_equal(values[5].integer, 1);
  assert_int_equal(values[6].type, MOT_TYPE_NONE);
  text_is("c1", values[7].text, values[7].size);
  assert_int_equal(mot_trace_value(story.run, &step, 99).type, MOT_TYPE_NONE);
  end(&story);
}

/* ---- with other calls ---- */

static const char both[] =
  TRY "sco \"s\" B within 1 h ends on Bye " MOT("M") "when A smoto B within 10 min on at risk 2 min before deadline { alert desk } "
  "on missed { correct \"call\" by desk within 5 min until Q } pause on P until Q } }";
static const char long_story[] = "Go:c1@0 A:c1@1 P:c1@3 Go:c2@3 Q:c1@8 A:c2@9 B:c2@11 A:c1@30 P:c1@31 Bye:c1@50 Go:c3@60 A:c3@200";

static void only_one_thread(void **state)
{
  (void)state;
  mot_rules *rules = rules_of(both);
  mot_run *run = NULL;
  mot_error error = {""};
  mot_run_options options = {.trace = true, .threads = 2};
  assert_int_equal(mot_run_open(rules, &options, &run, &error), MOT_MISUSE);
  assert_non_null(strstr(error.text, "one thread"));
  assert_null(run);
  options.trace = false;
  assert_int_equal(mot_run_open(rules, &options, &run, NULL), MOT_OK);
  assert_false(mot_run_next_trace(run, &(mot_trace){0}));
  mot_run_free(run);
  mot_rules_free(rules);
}

static void records_are_the_same(void **state)
{
  (void)state;
  size_t size;
  mot_rules *rules = running_rules(running_example);
  char *stream = running_stream(5, 2000, &size);
  char *plain = running_all(rules, stream, size, &(Feeding){0});
  for (size_t batch = 0; batch < 3; batch++) {
    Feeding feeding = {.options = {.trace = true, .batch = batch}, .piece = batch * 1000, .save_at = batch * 5000};
    char *traced = running_all(rules, stream, size, &feeding);
    running_same(plain, traced, "traced");
    free(traced);
  }
  free(plain);
  free(stream);
  mot_rules_free(rules);
}

/* Steps of all, however they are taken. */
static char *steps_of(size_t piece, size_t batch, bool records, size_t save_at)
{
  Story story;
  const char *lines;
  size_t taken;
  mot_run_options options = {.batch = batch, .records = records ? 0 : MOT_RECORDS_NONE};
  begin(&story, both, &options);
  story.lines = lines_of(long_story);
  size_t size = strlen(story.lines);
  for (size_t at = 0, n; at < size; at += n) {
    n = piece && size - at > piece ? piece : size - at;
    assert_int_equal(mot_run_feed(story.run, story.lines + at, n), MOT_OK);
    if (piece) take_steps(&story);
    if (save_at == 0 || at / save_at == (at + n) / save_at) continue;
    take_steps(&story);
    while (mot_run_take_json(story.run, &lines, &taken) == MOT_OK && taken > 0) assert_true(taken > 0);
    options.trace = true;
    assert_int_equal(running_reload(story.rules, &options, &story.run), MOT_OK);
  }
  assert_int_equal(mot_run_end(story.run, MOT_NO_TIME), MOT_OK);
  take_steps(&story);
  char *ret = strdup(story.out);
  end(&story);
  return ret;
}

static void however_they_are_taken(void **state)
{
  (void)state;
  char *all = steps_of(0, 0, true, 0);
  assert_non_null(strstr(all, "over expired"));
  assert_non_null(strstr(all, "risk M"));
  for (int i = 0; i < 6; i++) {
    char *other = steps_of(i * 37 % 100, (size_t)i % 3, i % 2, i > 2 ? 150 : 0);
    assert_string_equal(other, all);
    free(other);
  }
  free(all);
}

static void one_key_alone(void **state)
{
  (void)state;
  Story story;
  mot_run_options options = {.key = "c2"};
  begin(&story, both, &options);
  feed(&story, long_story);
  assert_int_equal(mot_run_end(story.run, MOT_NO_TIME), MOT_OK);
  take_steps(&story);
  assert_string_equal(story.out, "event Go 0 @3; started till 63 @3; event A 1 @9; opened M #0 till 19 @9; "
                      "event B 1 @11; taken M #0 @11; part M #0 holds @11; decided M produced till 19 @11; "
                      "taken #0 @11; part #0 holds @11; decided produced @11; over expired @123");
  end(&story);
}

/* Refusing any request ends the run, and all is given back. */
static void memory_refused(void **state)
{
  (void)state;
  mot_rules *rules = rules_of(both);
  char *lines = lines_of(long_story);
  mot_status status = MOT_NO_MEMORY;
  size_t refusals = 0;
  for (size_t n = 1; status != MOT_OK; n++, refusals++) {
    FailingAlloc alloc;
    failing_alloc_init(&alloc, n);
    mot_allocator allocator = {failing_resize, &alloc};
    mot_run_options options = {.allocator = &allocator, .trace = true, .batch = 2};
    mot_run *run = NULL;
    mot_trace step;
    status = mot_run_open(rules, &options, &run, NULL);
    if (status == MOT_OK) status = mot_run_source(run, "s", MOT_NDJSON);
    if (status == MOT_OK) status = mot_run_feed(run, lines, strlen(lines));
    if (status == MOT_OK) status = mot_run_end(run, MOT_NO_TIME);
    if (status == MOT_OK)
      while (mot_run_next_trace(run, &step)) assert_true(step.kind <= MOT_TRACE_OVER);
    if (status == MOT_OK && strstr(mot_run_error(run), "memory")) status = MOT_NO_MEMORY;
    mot_run_free(run);
    assert_int_equal(alloc.pieces, 0);
    assert_true(status == MOT_OK || status == MOT_NO_MEMORY);
  }
  assert_true(refusals > 30);
  free(lines);
  mot_rules_free(rules);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_an_event_brings_stands_behind_it),
    cmocka_unit_test(settled_at_the_opening),
    cmocka_unit_test(clocks_stop_and_run),
    cmocka_unit_test(deadlines_move),
    cmocka_unit_test(parts_that_say_why),
    cmocka_unit_test(a_newer_one_takes_its_place),
    cmocka_unit_test(outcomes_are_heard),
    cmocka_unit_test(journeys_come_to_an_end),
    cmocka_unit_test(a_paused_moment_expires),
    cmocka_unit_test(a_fault_is_told),
    cmocka_unit_test(several_keys),
    cmocka_unit_test(values_of_events),
    cmocka_unit_test(only_one_thread),
    cmocka_unit_test(records_are_the_same),
    cmocka_unit_test(however_they_are_taken),
    cmocka_unit_test(one_key_alone),
    cmocka_unit_test(memory_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
