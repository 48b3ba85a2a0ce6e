/* Saved state: a run that goes on from it tells the same; what is not one is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <xxhash.h>

#include "tests/support/arena_fixture.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/staged.h"

#define DAY INT64_C(86400000000)

enum { HEAD = 24, SUM = 16 }; /* of a state: before and behind what is put */

static const char *text_of_buf(const Buf *buf)
{
  return buf->len ? buf->data : "";
}

/* ---- a run in pieces ---- */

static const char *whole(Stage *stage, int64_t end)
{
  Cast cast;
  cast_begin(&cast, stage, 1);
  cast_run(&cast, 0, stage->count, end);
  cast_open(&cast, end);
  cast_end(&cast);
  return text_of_buf(&cast.records);
}

/* Saved and loaded before every `stride`-th event, each time by another number of engines. */
static const char *in_pieces(Stage *stage, int64_t end, uint32_t stride)
{
  Cast cast, next;
  char error[200];
  uint32_t done = 0, engines = 1;
  cast_begin(&cast, stage, engines);
  for (uint32_t i = stride; i < stage->count; i += stride) {
    int64_t horizon = stage->events[i]->time;
    uint32_t upto = i;
    while (upto > done && stage->events[upto - 1]->time == horizon) upto--;
    cast_run(&cast, done, upto, horizon);
    done = upto;
    engines = engines % STAGED_ENGINES + 1;
    if (!cast_load(&next, stage, engines, cast_save(&cast), error, sizeof error)) fail_msg("%s", error);
    next.records = cast.records;
    cast_end(&cast);
    cast = next;
  }
  cast_run(&cast, done, stage->count, end);
  cast_open(&cast, end);
  cast_end(&cast);
  return text_of_buf(&cast.records);
}

static int check_folder(Arena *arena, const char *folder)
{
  Stage stage;
  int runs = 0;
  if (stage_open(&stage, arena, folder)) {
    int64_t end = stage.events[stage.count - 1]->time + 1;
    const int64_t ends[] = {end, end + 3 * DAY, end + 400 * DAY};
    for (unsigned i = 0; i < sizeof ends / sizeof *ends; i++) {
      const char *expected = whole(&stage, ends[i]);
      for (uint32_t stride = 1; stride <= 3; stride++, runs++)
        assert_string_equal(in_pieces(&stage, ends[i], stride), expected);
    }
  }
  stage_close(&stage);
  return runs;
}

static void test_a_run_goes_on_where_it_was_saved(void **state)
{
  int runs = 0;
  DIR *dir = opendir("tests/cases");
  for (struct dirent *entry; dir && (entry = readdir(dir));) {
    if (entry->d_name[0] == '.') continue;
    runs += check_folder(*state, arena_printf(*state, "tests/cases/%s", entry->d_name));
  }
  if (dir) closedir(dir);
  assert_true(runs > 300);
}

/* ---- what is no state ---- */

static const char RULES[] =
  "module some.rules\n"
  "event Order { customer: id  order: id  note: text?  due: time? }\n"
  "event Call { customer: id  wait: duration  score: number  ok: bool }\n"
  "event Login { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager  contact \"mailto:ana@acme.example\" }\n"
  "owner ben \"Ben\" { role mot_manager  contact \"mailto:ben@acme.example\" }\n"
  "team care \"Care\" { role producer  lead ben  contact \"mailto:c@acme.example\" }\n"
  "experience Sale \"A sale\" {\n"
  "  for customer, order\n  manager ana\n  starts on Order\n"
  "  sco \"it works\" Call where ok within 20 d and at most 3 Login within 20 d\n"
  "  void on 3 Login within 1 h\n  ends on no Login for 20 d\n  expires after 30 d\n"
  "  mot Quick \"quick\" {\n    manager ben\n    producers care by opening.note else \"nobody\"\n    when Order as o\n"
  "    smoto Call where (wait < 60 s and count(Call) in last 7 d < 20 and (avg(Call.score) in last 5 else 0) < 9)\n"
  "          within 2 h then Call within 1 h\n"
  "    pause on Login until Call\n  }\n"
  "}\n"
  "experience Care \"Care\" {\n"
  "  for customer\n  manager ana\n  starts on 2 Login within 1 d\n  sco \"well\" Call within 9 h\n"
  "  expires after 40 d\n"
  "}\n";

static const char EVENTS[] =
  "{\"type\":\"Order\",\"time\":\"2026-03-02T09:00:00Z\",\"customer\":\"c1\",\"order\":\"o1\",\"note\":\"blue\"}\n"
  "{\"type\":\"Order\",\"time\":\"2026-03-02T09:10:00Z\",\"customer\":\"c1\",\"order\":\"o2\"}\n"
  "{\"type\":\"Login\",\"time\":\"2026-03-02T09:20:00Z\",\"customer\":\"c1\"}\n"
  "{\"type\":\"Login\",\"time\":\"2026-03-02T09:21:00Z\",\"customer\":\"c2\"}\n"
  "{\"type\":\"Call\",\"time\":\"2026-03-02T09:30:00Z\",\"customer\":\"c1\",\"wait\":\"PT70S\",\"score\":3.5,"
  "\"ok\":false}\n"
  "{\"type\":\"Call\",\"time\":\"2026-03-02T09:40:00Z\",\"customer\":\"c1\",\"wait\":\"PT5S\",\"score\":2.5,"
  "\"ok\":false}\n"
  "{\"type\":\"Login\",\"time\":\"2026-03-02T09:50:00Z\",\"customer\":\"c1\"}\n";

static Buf saved(Stage *stage, Arena *arena)
{
  Cast cast;
  assert_true(stage_text(stage, arena, "rules.mot", RULES, EVENTS));
  assert_int_equal(stage->count, 7);
  cast_begin(&cast, stage, 2);
  cast_run(&cast, 0, stage->count, stage->events[stage->count - 1]->time + 1);
  Buf state = cast_save(&cast);
  cast_end(&cast);
  return state;
}

static bool loads(Stage *stage, Buf state, char *error, size_t room)
{
  Cast cast;
  bool ok = cast_load(&cast, stage, 1, state, error, room);
  cast_end(&cast);
  return ok;
}

static void expect_refused(Stage *stage, Buf state, const char *words)
{
  char error[200];
  assert_false(loads(stage, state, error, sizeof error));
  if (!strstr(error, words)) fail_msg("\"%s\" instead of \"%s\"", error, words);
}

static void test_what_is_no_state_is_refused(void **state)
{
  Stage stage, other;
  Buf bytes = saved(&stage, *state), cut = bytes;
  char error[200];
  assert_true(loads(&stage, bytes, error, sizeof error));
  assert_string_equal(error, "");
  cut.len = 3;
  expect_refused(&stage, cut, "not the saved state");
  cut.len = 20;
  expect_refused(&stage, cut, "cut off");
  cut.len = bytes.len - 1;
  expect_refused(&stage, cut, "checksum");
  bytes.data[4] = 9;
  expect_refused(&stage, bytes, "format 9");
  bytes.data[4] = STATE_VERSION;
  bytes.data[bytes.len / 2] ^= 1;
  expect_refused(&stage, bytes, "checksum");
  bytes.data[bytes.len / 2] ^= 1;
  bytes.data[0] = 'x';
  expect_refused(&stage, bytes, "not the saved state");
  bytes.data[0] = 'm';
  assert_true(stage_open(&other, *state, "tests/cases/pause"));
  expect_refused(&other, bytes, "other rules");
  stage_close(&stage);
  stage_close(&other);
}

/* ---- damage that the checksum does not tell ---- */

/* With the checksum of what it says. */
static void seal(Buf state)
{
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(state.data, state.len - SUM));
  memcpy(state.data + state.len - SUM, canonical.digest, SUM);
}

/* Whether it is taken up, which then goes on to its end. */
static bool goes_on(Stage *stage, Buf state)
{
  Cast cast;
  char error[200];
  bool sound = cast_load(&cast, stage, 1, state, error, sizeof error);
  assert_true(sound == (error[0] == 0));
  if (sound) {
    cast_open(&cast, cast.horizon);
    cast_run(&cast, 0, 0, cast.horizon + 100 * DAY);
  }
  cast_end(&cast);
  return sound;
}

static void test_changed_bytes_do_no_harm(void **state)
{
  static const uint8_t changes[] = {0x01, 0x80, 0xff};
  Stage stage;
  Buf bytes = saved(&stage, *state);
  int refused = 0;
  /* behind the horizon, for a clock far ahead takes long */
  for (size_t i = HEAD + 8; i < bytes.len - SUM; i++) {
    for (unsigned k = 0; k < sizeof changes; k++) {
      bytes.data[i] ^= (char)changes[k];
      seal(bytes);
      refused += !goes_on(&stage, bytes);
      bytes.data[i] ^= (char)changes[k];
    }
  }
  seal(bytes);
  assert_true(goes_on(&stage, bytes));
  assert_true(refused > 500);
  stage_close(&stage);
}

static void test_a_state_that_is_cut_off_is_refused_everywhere(void **state)
{
  Stage stage;
  Buf bytes = saved(&stage, *state), cut = bytes;
  char *copy = arena_alloc(*state, bytes.len);
  for (size_t len = HEAD + SUM; len < bytes.len; len++) {
    memcpy(copy, bytes.data, len);
    cut.data = copy;
    cut.len = len;
    seal(cut);
    assert_false(goes_on(&stage, cut));
  }
  stage_close(&stage);
}

/* ---- refused memory ---- */

typedef struct Loading {
  const Stage *stage;
  Buf state;
  Engine *engine;
  EngineOptions options;
} Loading;

static void load_all(Mem *mem, void *user)
{
  Loading *loading = user;
  StateIn in;
  loading->engine = NULL;
  loading->engine = engine_new(loading->stage->plan, mem, &loading->options);
  assert_true(state_in_begin(&in, loading->stage->plan, loading->state.data, loading->state.len));
  int64_t horizon = state_get_i64(&in);
  state_get_engine(&in, loading->engine, horizon);
  assert_true(state_in_end(&in));
}

static void unload(void *user)
{
  engine_free(((Loading *)user)->engine);
}

static void test_refused_memory_leaves_an_engine_that_can_be_freed(void **state)
{
  Stage stage;
  Loading loading = {.stage = &stage, .state = saved(&stage, *state), .options = {.shards = 1}};
  assert_true(refuse_each_resize(load_all, unload, &loading) > 10);
  stage_close(&stage);
}

/* ---- a sink that takes no more ---- */

static bool refuse(void *user, const void *bytes, size_t size)
{
  (void)bytes, (void)size;
  ++*(int *)user;
  return false;
}

static void test_a_sink_that_takes_no_more(void **state)
{
  Stage stage;
  Cast cast;
  int asked = 0;
  assert_true(stage_text(&stage, *state, "rules.mot", RULES, EVENTS));
  cast_begin(&cast, &stage, 1);
  cast_run(&cast, 0, stage.count, stage.events[stage.count - 1]->time + 1);
  StateOut *out = state_out_new(stage.plan, &stage.mem, refuse, &asked);
  for (int i = 0; i < 1000; i++) state_put_engines(out, cast.engines, 1);
  assert_false(state_out_end(out));
  assert_int_equal(asked, 1);
  state_out_free(out);
  state_out_free(NULL);
  cast_end(&cast);
  stage_close(&stage);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_a_run_goes_on_where_it_was_saved),
    ARENA_TEST(test_what_is_no_state_is_refused),
    ARENA_TEST(test_changed_bytes_do_no_harm),
    ARENA_TEST(test_a_state_that_is_cut_off_is_refused_everywhere),
    ARENA_TEST(test_refused_memory_leaves_an_engine_that_can_be_freed),
    ARENA_TEST(test_a_sink_that_takes_no_more),
  };
  return cmocka_run_group_tests_name("state", tests, NULL, NULL);
}
