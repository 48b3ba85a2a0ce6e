/* Outcome records: their order, their JSON, numbers and texts in it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/instant.h"
#include "runtime/json_put.h"
#include "runtime/outcome.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/compiled.h"
#include "tests/support/failing_alloc.h"

#define SECOND INT64_C(1000000)
#define HOUR (3600 * SECOND)
#define MONDAY (INT64_C(1772442000) * SECOND) /* 2026-03-02T09:00:00Z */

/* ---- values ---- */

static const char *number_text(double value)
{
  static char text[JSON_NUMBER_MAX + 1];
  *put_number(text, value) = 0;
  return text;
}

/* The definition: the first count of digits with which C's %g reads back. */
static const char *shortest(double value)
{
  static char text[40];
  for (int digits = 1; digits <= 17; digits++) {
    snprintf(text, sizeof text, "%.*g", digits, value);
    if (strtod(text, NULL) == value) break;
  }
  return text;
}

static void test_numbers_are_written_in_the_shortest_form(void **state)
{
  (void)state;
  static const struct {
    double value;
    const char *text;
  } cases[] = {{0, "0"}, {-0.0, "0"}, {1, "1"}, {-45, "-45"}, {0.5, "0.5"}, {100.0 / 3, "33.333333333333336"},
               {0.1 + 0.2, "0.30000000000000004"}, {1e14, "100000000000000"}, {999999999999999, "999999999999999"},
               {1e15, "1e+15"}, {1.5e15, "1.5e+15"}, {1234567890123456, "1234567890123456"}, {1e22, "1e+22"},
               {0.0001, "0.0001"}, {0.00001, "1e-05"}, {-0.000123, "-0.000123"}, {1e-7, "1e-07"},
               {5e-324, "5e-324"}, {1.7976931348623157e308, "1.7976931348623157e+308"}, {123456.75, "123456.75"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_string_equal(number_text(cases[i].value), cases[i].text);
}

static void test_numbers_of_all_sizes_follow_the_definition(void **state)
{
  (void)state;
  srand(7);
  for (int i = 0; i < 4000; i++) {
    double value = i % 4 == 0 ? ldexp(1, i / 2 - 1000) : ldexp(rand() / 3.0, i % 4 == 1 ? rand() % 1800 - 900 : -20);
    if (fabs(value) >= 1e15 || value != floor(value)) assert_string_equal(number_text(value), shortest(value));
  }
}

static void test_whole_numbers_to_both_ends(void **state)
{
  (void)state;
  char text[JSON_NUMBER_MAX];
  *put_int(text, INT64_MIN) = 0;
  assert_string_equal(text, "-9223372036854775808");
  *put_int(text, INT64_MAX) = 0;
  assert_string_equal(text, "9223372036854775807");
}

static void test_texts_are_escaped(void **state)
{
  (void)state;
  static const char raw[] = "a\"b\\c\nd\te\rf\001g\x1f\x7f Zo\xc3\xab";
  static const char wanted[] = "a\\\"b\\\\c\\nd\\te\\rf\\u0001g\\u001f\x7f Zo\xc3\xab";
  char text[sizeof raw * JSON_GROWTH];
  *put_escaped(text, raw, sizeof raw - 1) = 0;
  assert_string_equal(text, wanted);
  *put_escaped(text, "a\0b", 3) = 0;
  assert_string_equal(text, "a\\u0000b");
}

static void test_instants_as_text(void **state)
{
  (void)state;
  static const struct {
    int64_t instant;
    const char *text;
  } cases[] = {{0, "1970-01-01T00:00:00.000Z"}, {MONDAY, "2026-03-02T09:00:00.000Z"},
               {MONDAY + 250000, "2026-03-02T09:00:00.250Z"}, {MONDAY + 1, "2026-03-02T09:00:00.000001Z"},
               {-1, "1969-12-31T23:59:59.999999Z"}, {-1000, "1969-12-31T23:59:59.999Z"},
               {INT64_C(-62135596800) * SECOND, "0001-01-01T00:00:00.000Z"},
               {INT64_C(253402300799) * SECOND + 999999, "9999-12-31T23:59:59.999999Z"},
               {INT64_MIN, "0001-01-01T00:00:00.000Z"}, {INT64_MAX, "9999-12-31T23:59:59.999999Z"},
               {INT64_C(1709164800) * SECOND, "2024-02-29T00:00:00.000Z"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[INSTANT_TEXT_MAX + 1];
    text[instant_text(cases[i].instant, text)] = 0;
    assert_string_equal(text, cases[i].text);
  }
}

/* Each of 400 years, some of all others. */
static void test_days_as_text(void **state)
{
  (void)state;
  for (int64_t day = CIVIL_FIRST_DAY; day <= CIVIL_LAST_DAY; day += day < 150000 && day > 0 ? 1 : 11) {
    char text[INSTANT_TEXT_MAX + 1], wanted[64];
    text[instant_text(day * 24 * HOUR + 45296789000, text)] = 0;
    CivilDate date = civil_from_days(day);
    snprintf(wanted, sizeof wanted, "%04d-%02d-%02dT12:34:56.789Z", date.year, date.month, date.day);
    if (strcmp(text, wanted) != 0) fail_msg("%s is written %s", wanted, text);
  }
}

/* Instants of some days, of any, around midnight, and of no year that is written. */
static void test_instants_of_days_that_are_kept(void **state)
{
  DayTexts days = {0};
  uint64_t seed = 3;
  (void)state;
  for (unsigned i = 0; i < 200000; i++) {
    char text[INSTANT_TEXT_MAX + 1], wanted[INSTANT_TEXT_MAX + 1];
    seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
    int64_t instant = (int64_t)(seed >> (i % 4 ? 23 : i % 3)) * (i % 8 < 4 ? 1 : -1);
    if (i % 5 == 0) instant -= instant % (24 * HOUR) + (int64_t)(seed >> 62) - 1;
    text[day_texts_instant(&days, instant, text)] = 0;
    wanted[instant_text(instant, wanted)] = 0;
    if (strcmp(text, wanted) != 0) fail_msg("%s is written %s", wanted, text);
  }
  assert_int_equal(day_texts_instant(&days, INT64_MAX, (char[INSTANT_TEXT_MAX]){0}), INSTANT_TEXT_MAX);
}

/* ---- records ---- */

typedef struct Bench {
  Module module;
  const Plan *plan;
  const RecordForms *forms;
  Outcomes outcomes;
  Mem mem;
  jmp_buf oom;
} Bench;

static const char rules[] =
  "module some.rules\n"
  "event Order { customer: id  order: id  price: money(EUR)  c: one of red, green }\n"
  "event Call { customer: id  order: id  wait: duration }\n"
  "owner ana \"Ana\" { role experience_manager  contact \"mailto:ana@acme.example\" }\n"
  "owner ben \"Ben\" { role mot_manager  reports to ana  contact \"mailto:ben@acme.example\" }\n"
  "team care \"Care\" { lead ben  role producer }\nteam crew \"Crew\" { lead ben  role producer }\n"
  "experience Sale \"A sale\" {\n  for customer, order\n  manager ana\n  starts on Order\n"
  "  sco \"it works\" Call within 20 d\n  expires after 30 d\n"
  "  mot Quick \"Quick\" { manager ben producers care, crew critical weight 0.5 when Order"
  " smoto Call where wait > 0.5 s within 1 d }\n"
  "  mot Plain \"Plain\" { when Order smoto Call within 2 d }\n}\n"
  "experience Alone \"Alone\" {\n  for order\n  manager ana\n  starts on Order\n  expires after 30 d\n}\n";

static Bench *bench_new(Arena *arena)
{
  Compiled compiled = compiled_text(arena, "rules.mot", rules);
  assert_string_equal(compiled.errors, "");
  Bench *bench = ARENA_NEW(arena, Bench);
  bench->module = compiled.module;
  bench->plan = plan_new(&bench->module, arena);
  bench->forms = record_forms_new(bench->plan, arena);
  mem_init(&bench->mem, NULL, NULL);
  bench->mem.oom = &bench->oom;
  outcomes_init(&bench->outcomes, &bench->mem);
  return bench;
}

static void bench_free(Bench *bench)
{
  outcomes_free(&bench->outcomes);
  assert_int_equal(bench->mem.in_use, 0);
}

/* A record with keys, decided a day after it opened; not yet among the others. */
static OutcomeRecord *record_new(Bench *bench, OutcomeKind kind, uint32_t experience, uint32_t mot,
                                 const char *key_1, const char *key_2)
{
  const char *keys[2] = {key_1, key_2};
  uint32_t count = bench->module.Experience[experience].keys_count, place = sizeof(OutcomeRecord);
  OutcomeRecord *record = outcomes_room(&bench->outcomes, sizeof *record + 512);
  memset(record, 0, sizeof *record + 512);
  record->kind = kind;
  record->experience = experience;
  record->mot = mot;
  record->opened = MONDAY;
  record->time = MONDAY + 24 * HOUR;
  record->took = 24 * HOUR;
  record->deadline = INT64_MAX;
  record->keys = (OutcomeText){place, count * (uint32_t)sizeof(OutcomeText)};
  OutcomeText *texts = (OutcomeText *)(void *)((char *)record + place);
  place += record->keys.len;
  for (uint32_t i = 0; i < count; i++) {
    texts[i] = (OutcomeText){place, (uint32_t)strlen(keys[i])};
    memcpy((char *)record + place, keys[i], texts[i].len);
    place += texts[i].len;
  }
  return record;
}

static void set_evidence(OutcomeRecord *record, Evidence evidence, uint32_t count)
{
  record->evidence = (OutcomeText){sizeof *record + 384, count * (uint32_t)sizeof evidence};
  Evidence *to = (Evidence *)(void *)((char *)record + record->evidence.at);
  for (uint32_t i = 0; i < count; i++) to[i] = evidence;
}

static const char *json_of(Bench *bench, const OutcomeRecord *record)
{
  static char text[1 << 14];
  size_t room = outcome_json_room(bench->forms, record);
  assert_true(room < sizeof text);
  size_t len = outcome_json(bench->forms, record, text);
  assert_true(len <= room);
  text[len] = 0;
  return text;
}

static void test_a_missed_moment(void **state)
{
  Bench *bench = bench_new(*state);
  uint32_t mot = compiled_mot(&bench->module, "Quick");
  OutcomeRecord *record = record_new(bench, OUTCOME_KIND_MOMENT, 0, mot, "c\"1", "o1");
  record->outcome = OUTCOME_MISSED;
  record->deadline = MONDAY + 24 * HOUR;
  record->paused = 1999;
  record->group = (OutcomeValue){.type = VALUE_LISTED, .of = 0, .i = 1};
  record->impact = (OutcomeValue){.type = VALUE_MONEY, .of = 0, .i = -4505};
  const LeafRow *leaf = &bench->module.Leaf[bench->module.Condition[bench->module.Mot[mot].condition].leaves];
  set_evidence(record, (Evidence){.text = leaf->missed, .at = MONDAY + 24 * HOUR}, 2);
  assert_string_equal(
    json_of(bench, record),
    "{\"kind\":\"moment\",\"outcome\":\"missed\",\"experience\":\"Sale\",\"mot\":\"Quick\","
    "\"key\":{\"customer\":\"c\\\"1\",\"order\":\"o1\"},\"opened\":\"2026-03-02T09:00:00.000Z\","
    "\"decided\":\"2026-03-03T09:00:00.000Z\",\"deadline\":\"2026-03-03T09:00:00.000Z\",\"took_ms\":86400000,"
    "\"paused_ms\":1,\"critical\":true,\"weight\":0.5,\"manager\":\"ben\",\"producers\":[\"care\",\"crew\"],"
    "\"group\":\"green\",\"impact\":{\"amount\":\"-45.05\",\"currency\":\"EUR\"},"
    "\"because\":\"no Call where wait > 0.5 s by 2026-03-03T09:00:00.000Z and "
    "no Call where wait > 0.5 s by 2026-03-03T09:00:00.000Z\"}\n");
  bench_free(bench);
}

static void test_a_void_moment_of_a_mot_with_little(void **state)
{
  Bench *bench = bench_new(*state);
  OutcomeRecord *record = record_new(bench, OUTCOME_KIND_MOMENT, 0, compiled_mot(&bench->module, "Plain"), "", "o1");
  record->outcome = OUTCOME_VOID;
  record->reason = VOID_SUPERSEDED;
  assert_string_equal(json_of(bench, record),
                      "{\"kind\":\"moment\",\"outcome\":\"void\",\"reason\":\"superseded\",\"experience\":\"Sale\","
                      "\"mot\":\"Plain\",\"key\":{\"customer\":\"\",\"order\":\"o1\"},"
                      "\"opened\":\"2026-03-02T09:00:00.000Z\",\"decided\":\"2026-03-03T09:00:00.000Z\","
                      "\"took_ms\":86400000,\"critical\":false,\"weight\":1}\n");
  bench_free(bench);
}

static void test_an_sco_a_journey_and_what_is_open(void **state)
{
  Bench *bench = bench_new(*state);
  OutcomeRecord *record = record_new(bench, OUTCOME_KIND_SCO, 0, MOT_NONE, "c1", "o1");
  record->outcome = OUTCOME_PRODUCED;
  const LeafRow *leaf = &bench->module.Leaf[bench->module.Condition[bench->module.Experience[0].sco].leaves];
  set_evidence(record, (Evidence){.text = leaf->produced, .at = MONDAY + HOUR}, 1);
  assert_string_equal(json_of(bench, record),
                      "{\"kind\":\"sco\",\"outcome\":\"produced\",\"experience\":\"Sale\",\"key\":{\"customer\":\"c1\","
                      "\"order\":\"o1\"},\"started\":\"2026-03-02T09:00:00.000Z\","
                      "\"decided\":\"2026-03-03T09:00:00.000Z\",\"took_ms\":86400000,"
                      "\"because\":\"Call at 2026-03-02T10:00:00.000Z\"}\n");
  record = record_new(bench, OUTCOME_KIND_JOURNEY, 0, MOT_NONE, "c1", "o1");
  record->outcome = OUTCOME_MISSED;
  record->end = JOURNEY_END_EXPIRED;
  record->counts[OUTCOME_MISSED] = 1;
  record->counts[OUTCOME_PRODUCED] = 2;
  record->lost = 1;
  record->weighed = 3;
  record->impact = (OutcomeValue){.type = VALUE_DURATION, .i = 1999999};
  assert_string_equal(json_of(bench, record),
                      "{\"kind\":\"journey\",\"end\":\"expired\",\"experience\":\"Sale\",\"key\":{\"customer\":\"c1\","
                      "\"order\":\"o1\"},\"started\":\"2026-03-02T09:00:00.000Z\",\"at\":\"2026-03-03T09:00:00.000Z\","
                      "\"sco\":\"missed\",\"disruption\":33.333333333333336,"
                      "\"moments\":{\"produced\":2,\"missed\":1,\"void\":0},\"value\":1999}\n");
  record = record_new(bench, OUTCOME_KIND_JOURNEY, 1, MOT_NONE, "o1", NULL);
  assert_string_equal(json_of(bench, record),
                      "{\"kind\":\"journey\",\"end\":\"ended\",\"experience\":\"Alone\",\"key\":{\"order\":\"o1\"},"
                      "\"started\":\"2026-03-02T09:00:00.000Z\",\"at\":\"2026-03-03T09:00:00.000Z\","
                      "\"moments\":{\"produced\":0,\"missed\":0,\"void\":0}}\n");
  record = record_new(bench, OUTCOME_KIND_OPEN, 0, compiled_mot(&bench->module, "Plain"), "c1", "o1");
  record->deadline = MONDAY + 48 * HOUR;
  assert_string_equal(json_of(bench, record),
                      "{\"kind\":\"open\",\"experience\":\"Sale\",\"mot\":\"Plain\",\"key\":{\"customer\":\"c1\","
                      "\"order\":\"o1\"},\"opened\":\"2026-03-02T09:00:00.000Z\","
                      "\"deadline\":\"2026-03-04T09:00:00.000Z\"}\n");
  bench_free(bench);
}

static void test_values_of_every_type(void **state)
{
  Bench *bench = bench_new(*state);
  OutcomeRecord *record = record_new(bench, OUTCOME_KIND_JOURNEY, 1, MOT_NONE, "o1", NULL);
  OutcomeText key = outcome_key(record, 0);
  const struct {
    OutcomeValue value;
    const char *text;
  } cases[] = {{{.type = VALUE_BOOL, .i = 1}, "true"}, {{.type = VALUE_BOOL}, "false"},
               {{.type = VALUE_INT, .i = -7}, "-7"}, {{.type = VALUE_NUMBER, .f = 2.5}, "2.5"},
               {{.type = VALUE_PERCENT, .f = 0.95}, "0.95"}, {{.type = VALUE_TEXT, .s = key}, "\"o1\""},
               {{.type = VALUE_ID, .s = key}, "\"o1\""},
               {{.type = VALUE_TIME, .i = MONDAY}, "\"2026-03-02T09:00:00.000Z\""},
               {{.type = VALUE_MONEY, .i = 5}, "{\"amount\":\"0.05\",\"currency\":\"EUR\"}"},
               {{.type = VALUE_MONEY, .i = INT64_MIN}, "{\"amount\":\"-92233720368547758.08\",\"currency\":\"EUR\"}"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    record->impact = cases[i].value;
    const char *value = strstr(json_of(bench, record), "\"value\":");
    assert_non_null(value);
    value += strlen("\"value\":");
    assert_memory_equal(value, cases[i].text, strlen(cases[i].text));
    assert_string_equal(value + strlen(cases[i].text), "}\n");
  }
  bench_free(bench);
}

static void test_room_is_enough_for_the_worst_keys(void **state)
{
  Bench *bench = bench_new(*state);
  const char *worst = "\001\002\003\004\005\006\007\001\002\003\004\005\006\007\001\002\003\004\005\006\007";
  OutcomeRecord *record = record_new(bench, OUTCOME_KIND_MOMENT, 0, compiled_mot(&bench->module, "Quick"), worst, worst);
  record->took = record->paused = INT64_MAX;
  record->opened = record->time = record->deadline = MONDAY + 1;
  record->group = record->impact = (OutcomeValue){.type = VALUE_TEXT, .s = outcome_key(record, 0)};
  assert_non_null(strstr(json_of(bench, record), "\\u0007"));
  bench_free(bench);
}

/* ---- the order ---- */

static void test_the_order_is_time_key_name_of_the_key_number(void **state)
{
  Bench *bench = bench_new(*state);
  static const struct {
    int64_t time;
    uint32_t experience;
    const char *key;
    uint64_t number;
  } wanted[] = {{1, 0, "z", 9}, {2, 0, "", 8}, {2, 0, "a", 2}, {2, 0, "a", 3}, {2, 1, "a", 1},
                {2, 0, "aa", 0}, {2, 0, "b", 0}, {2, 1, "\xff", 0}, {3, 1, "a", 0}};
  enum { COUNT = sizeof wanted / sizeof *wanted };
  for (unsigned i = 0; i < COUNT; i++) {
    unsigned k = i * 4 % COUNT;
    OutcomeRecord *record = record_new(bench, OUTCOME_KIND_SCO, wanted[k].experience, MOT_NONE, wanted[k].key, "x");
    record->time = wanted[k].time;
    record->number = wanted[k].number;
    outcomes_add(&bench->outcomes, record, sizeof *record + 512);
  }
  outcomes_sort(bench->plan, &bench->outcomes);
  for (unsigned i = 0; i < COUNT; i++) {
    const OutcomeRecord *record = outcomes_get(&bench->outcomes, i);
    assert_int_equal(record->time, wanted[i].time);
    assert_int_equal(record->number, wanted[i].number);
    assert_int_equal(record->experience, wanted[i].experience);
  }
  bench_free(bench);
}

static void test_sorting_any_order(void **state)
{
  Bench *bench = bench_new(*state);
  srand(11);
  for (unsigned round = 0; round < 60; round++) {
    outcomes_clear(&bench->outcomes);
    unsigned count = round * 7, stretch = 1 + round % 9;
    for (unsigned i = 0; i < count; i++) {
      OutcomeRecord *record = record_new(bench, OUTCOME_KIND_SCO, 0, MOT_NONE, rand() % 2 ? "a" : "b", "x");
      record->time = round % 3 ? rand() % 50 : (int64_t)(i % stretch);
      record->number = i;
      outcomes_add(&bench->outcomes, record, sizeof *record + 512);
    }
    outcomes_sort(bench->plan, &bench->outcomes);
    assert_int_equal(bench->outcomes.count, count);
    for (unsigned i = 1; i < count; i++)
      assert_true(outcome_order(bench->plan, outcomes_get(&bench->outcomes, i - 1),
                                outcomes_get(&bench->outcomes, i)) < 0);
  }
  bench_free(bench);
}

/* ---- refused memory ---- */

static void fill(Bench *bench)
{
  for (unsigned i = 0; i < 600; i++) {
    OutcomeRecord *record = record_new(bench, OUTCOME_KIND_SCO, 0, MOT_NONE, "k", "x");
    record->time = 1000 - i;
    outcomes_add(&bench->outcomes, record, sizeof *record + 512);
  }
  outcomes_sort(bench->plan, &bench->outcomes);
}

static void test_refused_memory_leaves_what_can_be_freed(void **state)
{
  Bench *bench = bench_new(*state);
  FailingAlloc alloc;
  volatile bool through = false;
  for (size_t n = 1; !through && n < 50; n++) {
    failing_alloc_init(&alloc, n);
    mem_init(&bench->mem, failing_resize, &alloc);
    bench->mem.oom = &bench->oom;
    outcomes_init(&bench->outcomes, &bench->mem);
    if (setjmp(bench->oom) == 0) {
      fill(bench);
      through = true;
    }
    outcomes_free(&bench->outcomes);
    assert_int_equal(alloc.pieces, 0);
  }
  assert_true(through);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_numbers_are_written_in_the_shortest_form),
    cmocka_unit_test(test_numbers_of_all_sizes_follow_the_definition),
    cmocka_unit_test(test_whole_numbers_to_both_ends),
    cmocka_unit_test(test_instants_of_days_that_are_kept),
    cmocka_unit_test(test_texts_are_escaped),
    cmocka_unit_test(test_instants_as_text),
    cmocka_unit_test(test_days_as_text),
    ARENA_TEST(test_a_missed_moment),
    ARENA_TEST(test_a_void_moment_of_a_mot_with_little),
    ARENA_TEST(test_an_sco_a_journey_and_what_is_open),
    ARENA_TEST(test_values_of_every_type),
    ARENA_TEST(test_room_is_enough_for_the_worst_keys),
    ARENA_TEST(test_the_order_is_time_key_name_of_the_key_number),
    ARENA_TEST(test_sorting_any_order),
    ARENA_TEST(test_refused_memory_leaves_what_can_be_freed),
  };
  return cmocka_run_group_tests_name("outcome", tests, NULL, NULL);
}
