/*
 * test_run_random.c - random stories of a run: sources of both formats, broken bytes, headers that are none,
 * typed events, an advancing clock.  Told at once or in random pieces, with any number of threads, any batch
 * and saved and loaded at any moment, the same comes of them; and nothing leaks when memory is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/running.h"

static const char rules_text[] =
  "stream { type from \"type\" time from \"time\" as unix_s id from \"id\" dedupe 60 s lateness 10 s }\n"
  "event A { customer: id  n: int?  } event B { customer: id  ok: bool  s: text? from \"x.y\" }\n"
  "event C { customer: id  kind: one of red, blue }\n"
  "owner ana \"Ana\" { role experience_manager } owner ben \"Ben\" { role mot_manager }\n"
  "team desk \"Desk\" { lead ben role producer }\n"
  "experience Try \"Trying\" {\n"
  "  for customer manager ana starts on A ends on C where kind == blue expires after 10 min\n"
  "  sco \"It works\" B where ok within 2 min\n"
  "  mot Soon \"Soon\" { manager ben producers desk when A smoto B within 20 s target 90% over 1 d }\n"
  "  mot Good \"Good\" { manager ben producers desk weight 2 when B smoto ok target 90% over 1 d }\n"
  "  mot Amends \"Amends\" { manager ben producers desk target 90% over 1 d\n"
  "    when missed Soon smoto B within 1 min then C within 1 min }\n"
  "  mot Few \"Few\" { manager ben producers desk target 90% over 1 d pause on C until B\n"
  "    when A smoto at most 2 C within 1 min }\n"
  "}\n";

/* ---- stories ---- */

enum { STEPS = 20, LINES = 12, BYTES_MOST = 4096, LINE_MOST = 256 };

typedef enum StepKind { STEP_SOURCE, STEP_BYTES, STEP_EVENT, STEP_ADVANCE } StepKind;

typedef struct Step {
  StepKind kind;
  mot_format format;
  int64_t second;
  unsigned event, customer, id;
  bool wrong; /* a field is set that the event does not have, or twice */
  size_t size;
  char bytes[BYTES_MOST];
} Step;

typedef struct Story {
  Step steps[STEPS];
  unsigned count;
  unsigned seed;
  int64_t now;
  mot_format format; /* of the source that is being told */
  bool fresh;        /* nothing of it was told yet */
  size_t max_line;
} Story;

static unsigned any(Story *story, unsigned n)
{
  return below(&story->seed, n);
}

static const char *either(Story *story, unsigned chances, const char *often, const char *once)
{
  return any(story, chances) ? often : once;
}

static void put_header(Story *story, Step *step)
{
#define PLAIN "type,time,customer,id,ok,kind,n"
#define LONG_NAME "a_column_with_a_name_that_is_so_long_that_the_line_of_all_names_is_longer_than_may_be"
  static const char *const headers[] = {
    PLAIN, PLAIN, PLAIN, PLAIN, "\"type\",time,customer,\"id\",ok,kind,x.y",
    PLAIN "," LONG_NAME, "type,time,customer,id,ok,kind,kind", "type,customer,time,n,ok"};
#undef PLAIN
#undef LONG_NAME
  const char *header = headers[any(story, sizeof headers / sizeof *headers)];
  step->size = (size_t)sprintf(step->bytes, "%s%s%s", either(story, 4, "", "\xEF\xBB\xBF"), header,
                               either(story, 5, "\n", "\r\n"));
}

static int put_json(Story *story, char *to, char type, int64_t second)
{
  return snprintf(to, LINE_MOST, "{\"type\":\"%c\",\"time\":%lld,\"customer\":\"c%u\",\"id\":\"%u\","
                  "\"ok\":%s,\"kind\":\"%s\",\"x\":{\"y\":\"q%u\"}}%s", type, (long long)second,
                  any(story, 3), any(story, 500), either(story, 4, "true", "1"),
                  either(story, 2, "red", "blue"), any(story, 9), either(story, 9, "\n", "\n\n"));
}

static int put_csv(Story *story, char *to, char type, int64_t second)
{
  return snprintf(to, LINE_MOST, "%c,%lld,c%u,%u,%s,%s,%s%s", type, (long long)second, any(story, 3),
                  any(story, 500), either(story, 4, "true", ""), either(story, 2, "red", "blue"),
                  either(story, 3, "", "5"), either(story, 9, "\n", "\r\n"));
}

static void break_bytes(Story *story, Step *step)
{
  static const char odd[] = {'\n', '"', ',', '{', '}', '\\', '\xFF', '\r', ' ', 0, '0', '[', ':', '\xC3'};
  if (step->size == 0) return;
  for (unsigned n = any(story, 4); n > 0; n--)
    step->bytes[any(story, (unsigned)step->size)] = odd[any(story, sizeof odd)];
  if (any(story, 3) == 0) step->size -= any(story, step->size < 20 ? (unsigned)step->size : 20);
}

static void tell_bytes(Story *story, Step *step)
{
  if (story->fresh && story->format == MOT_CSV && any(story, 8)) put_header(story, step);
  story->fresh = false;
  for (unsigned lines = any(story, LINES); lines > 0; lines--) {
    story->now += any(story, 12);
    int64_t second = story->now - any(story, 14);
    char type = "ABCX"[any(story, 4)], *to = step->bytes + step->size;
    bool csv = story->format == MOT_CSV;
    step->size += (size_t)(csv ? put_csv(story, to, type, second) : put_json(story, to, type, second));
  }
  break_bytes(story, step);
}

static void tell_event(Story *story, Step *step)
{
  step->event = any(story, 3);
  step->customer = any(story, 3);
  step->id = any(story, 500);
  step->wrong = any(story, 4) == 0;
  step->second = story->now - any(story, 14);
}

static void tell_step(Story *story, Step *step, bool first)
{
  static const StepKind kinds[] = {STEP_SOURCE, STEP_SOURCE, STEP_BYTES, STEP_BYTES, STEP_BYTES, STEP_BYTES,
                                   STEP_BYTES, STEP_BYTES, STEP_EVENT, STEP_ADVANCE};
  step->kind = first ? STEP_SOURCE : kinds[any(story, sizeof kinds / sizeof *kinds)];
  step->size = 0;
  story->now += any(story, 40);
  if (step->kind == STEP_SOURCE) {
    story->format = step->format = any(story, 2) ? MOT_CSV : MOT_NDJSON;
    story->fresh = true;
  }
  if (step->kind == STEP_BYTES) tell_bytes(story, step);
  if (step->kind == STEP_EVENT) tell_event(story, step);
  if (step->kind == STEP_ADVANCE) step->second = story->now - any(story, 30);
}

static void tell(Story *story, unsigned seed)
{
  story->seed = seed * 7919 + 1;
  story->now = 1772445600;
  story->count = 1 + any(story, STEPS);
  story->max_line = any(story, 3) ? 0 : 60 + any(story, 100);
  for (unsigned i = 0; i < story->count; i++) tell_step(story, &story->steps[i], i == 0);
}

/* ---- playing them ---- */

typedef struct Play {
  const mot_rules *rules;
  mot_run_options options;
  bool anyhow;   /* in pieces, with saves; else each step as a whole */
  bool refusing; /* memory is refused on the way */
  unsigned seed; /* for the pieces */
  mot_run *run;
  char *records, *rejected;
} Play;

/* A source that is no CSV is no failure of the run. */
static void expect(const Play *play, mot_status status)
{
  assert_true(status == MOT_OK || status == MOT_INVALID || (play->refusing && status == MOT_NO_MEMORY));
}

static bool chance(Play *play, unsigned n)
{
  return play->anyhow && below(&play->seed, n) == 0;
}

/* Whether there may be more. */
static bool taken_though_refused(Play *play)
{
  const char *lines;
  size_t size;
  mot_status status = mot_run_take_json(play->run, &lines, &size);
  expect(play, status);
  return status == MOT_OK && size > 0;
}

static void take(Play *play)
{
  if (play->refusing)
    while (taken_though_refused(play)) {}
  else
    play->records = running_take(play->run, play->records, false);
  play->rejected = running_take_rejected(play->run, play->rejected);
}

static void reload(Play *play)
{
  take(play);
  play->options.threads = below(&play->seed, 4);
  mot_status status = running_reload(play->rules, &play->options, &play->run);
  assert_true(status == MOT_OK || (play->refusing && status == MOT_NO_MEMORY));
}

static void feed_piece(Play *play, const char *bytes, size_t size)
{
  char *copy = malloc(size ? size : 1); /* so that reading beyond it shows */
  assert_non_null(copy);
  memcpy(copy, bytes, size);
  expect(play, mot_run_feed(play->run, copy, size));
  free(copy);
  if (chance(play, 6)) expect(play, mot_run_flush(play->run));
  if (chance(play, 8)) take(play);
  if (chance(play, 10)) reload(play);
}

static void feed(Play *play, const Step *step)
{
  size_t at = 0;
  do {
    size_t piece = step->size - at;
    size_t cut = 1 + below(&play->seed, below(&play->seed, 2) ? 300 : 20);
    if (play->anyhow && cut < piece) piece = cut;
    feed_piece(play, step->bytes + at, piece);
    at += piece;
  } while (at < step->size);
}

static void submit(Play *play, const Step *step)
{
  static const char *const names[] = {"A", "B", "C"};
  char text[16];
  mot_status status = mot_event_begin(play->run, mot_rules_event(play->rules, names[step->event]),
                                      step->second * 1000000);
  expect(play, status);
  if (status == MOT_NO_MEMORY) return;
  mot_event_text(play->run, 0, text, (size_t)sprintf(text, "c%u", step->customer));
  if (step->event == 1) mot_event_int(play->run, 1, 1);
  if (step->event == 2) mot_event_text(play->run, 1, "blue", 4);
  if (step->wrong) mot_event_number(play->run, step->id % 2 ? 0 : 7, 1.0);
  mot_event_id(play->run, text, (size_t)sprintf(text, "%u", step->id));
  expect(play, mot_event_submit(play->run));
}

static void play_step(Play *play, const Step *step, unsigned number)
{
  char name[24];
  snprintf(name, sizeof name, "source%u", number);
  switch (step->kind) {
  case STEP_SOURCE: expect(play, mot_run_source(play->run, name, step->format)); break;
  case STEP_BYTES: feed(play, step); break;
  case STEP_EVENT: submit(play, step); break;
  case STEP_ADVANCE: expect(play, mot_run_advance(play->run, step->second * 1000000)); break;
  }
}

/* All that came of it, from malloc. */
static char *result(const Play *play)
{
  const char *records = play->records ? play->records : "", *rejected = play->rejected ? play->rejected : "";
  size_t size = strlen(records) + strlen(rejected) + 1;
  char *all = malloc(size);
  assert_non_null(all);
  snprintf(all, size, "%s%s", records, rejected);
  return running_take_stats(play->run, all);
}

/* Likewise; NULL when memory was refused. */
static char *played(Play *play, const Story *story)
{
  play->options.max_line = story->max_line;
  mot_status status = mot_run_open(play->rules, &play->options, &play->run, NULL);
  expect(play, status);
  if (status != MOT_OK) return NULL;
  for (unsigned i = 0; i < story->count; i++) play_step(play, &story->steps[i], i);
  expect(play, mot_run_end(play->run, MOT_NO_TIME));
  take(play);
  char *all = play->refusing ? NULL : result(play);
  free(play->records);
  free(play->rejected);
  mot_run_free(play->run);
  return all;
}

/* ---- the tests ---- */

static Play any_way(const mot_rules *rules, unsigned *seed)
{
  Play play = {.rules = rules, .anyhow = true};
  play.options.threads = below(seed, 4);
  play.options.batch = below(seed, 2) ? 0 : 1 + below(seed, 9);
  play.seed = *seed;
  return play;
}

static void any_way_of_telling_gives_the_same(void **state)
{
  enum { STORIES = 400, WAYS = 4 };
  static Story story;
  mot_rules *rules = running_rules(rules_text);
  unsigned moments = 0, rejected = 0, late = 0;
  (void)state;
  for (unsigned n = 0; n < STORIES; n++) {
    tell(&story, n);
    char *expected = played(&(Play){.rules = rules}, &story), what[64];
    moments += strstr(expected, "\"kind\":\"moment\"") != NULL;
    rejected += strstr(expected, "rejected source") != NULL;
    late += strstr(expected, "late source") != NULL;
    for (unsigned way = 0; way < WAYS; way++) {
      Play play = any_way(rules, &story.seed);
      char *found = played(&play, &story);
      snprintf(what, sizeof what, "story %u, way %u", n, way);
      running_same(expected, found, what);
      free(found);
    }
    free(expected);
  }
  mot_rules_free(rules);
  assert_true(moments > STORIES / 2 && rejected > STORIES / 2 && late > STORIES / 25);
}

/* How often memory was asked for when the request `fail_at` and each 37th after it are refused. */
static size_t play_refusing(Play play, const Story *story, size_t fail_at)
{
  SharedAlloc shared = {.lock = PTHREAD_MUTEX_INITIALIZER};
  mot_allocator allocator = {shared_resize, &shared};
  failing_alloc_init(&shared.alloc, fail_at);
  shared.alloc.again = 37;
  play.options.allocator = &allocator;
  play.refusing = fail_at != 0;
  free(played(&play, story));
  assert_int_equal(shared.alloc.pieces, 0);
  assert_int_equal(shared.alloc.bytes, 0);
  return shared.alloc.requests;
}

static void refusals_on_the_way_leak_nothing(void **state)
{
  enum { STORIES = 50, REFUSALS = 6 };
  static Story story;
  mot_rules *rules = running_rules(rules_text);
  (void)state;
  for (unsigned n = 0; n < STORIES; n++) {
    tell(&story, 1000 + n);
    Play play = any_way(rules, &story.seed);
    unsigned requests = (unsigned)play_refusing(play, &story, 0);
    for (unsigned i = 0; i < REFUSALS; i++) play_refusing(play, &story, 1 + any(&story, requests));
  }
  mot_rules_free(rules);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(any_way_of_telling_gives_the_same),
    cmocka_unit_test(refusals_on_the_way_leak_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
