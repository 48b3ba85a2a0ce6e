/* Timers: each is handed out once, when the horizon has passed it; those that are due run in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/timers.h"
#include "tests/support/failing_alloc.h"

#define SECOND INT64_C(1000000)
#define DAY (86400 * SECOND)
#define YEAR (365 * DAY)

static uint64_t seed;

static uint64_t random_bits(void)
{
  seed += UINT64_C(0x9e3779b97f4a7c15); /* splitmix64, Steele and others, 2014 */
  uint64_t z = seed;
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static int64_t any(int64_t below)
{
  return (int64_t)(random_bits() % (uint64_t)below);
}

/* ---- against a list of all timers ---- */

enum { LANES = 3, MOST = 200000 };
static const int64_t delays[LANES] = {SECOND, 3600 * SECOND, 12 * YEAR};
static const uint32_t kinds[LANES] = {TIMER_MOMENT, TIMER_SCO, TIMER_EXPIRY};

typedef struct Model {
  Timers *timers;
  int64_t *due;      /* by subject; INT64_MAX: not set */
  uint32_t *kind, *part;
  uint32_t count, left;
} Model;

static void set(Model *model, int64_t due, uint32_t lane)
{
  uint32_t subject = model->count++, kind = lane < LANES ? kinds[lane] : (uint32_t)any(TIMER_KINDS);
  model->due[subject] = due;
  model->kind[subject] = kind;
  model->part[subject] = lane < LANES ? 0 : (uint32_t)any(1 << 29);
  model->left += due != INT64_MAX;
  if (lane < LANES)
    timers_set_lane(model->timers, lane, due, subject);
  else
    timers_set(model->timers, (Timer){due, subject, kind & 7, model->part[subject] & 0x1fffffff});
}

static void handed_out(Model *model, const Timer *timer, int64_t horizon)
{
  int64_t due = model->due[timer->subject];
  assert_true(due != INT64_MAX);
  assert_true(timer->due <= due && timer->due > due - 65536);
  assert_true(timer->due < horizon);
  assert_int_equal(timer->kind, model->kind[timer->subject]);
  assert_int_equal(timer->part, model->part[timer->subject]);
  if (due >= horizon) { /* a lane does not know better */
    timers_set(model->timers, (Timer){due, timer->subject, timer->kind, timer->part});
    return;
  }
  model->due[timer->subject] = INT64_MAX;
  model->left--;
}

static void take(Model *model, int64_t horizon)
{
  Timer portion[7];
  uint32_t count, room = 1 + (uint32_t)any(7);
  while ((count = timers_take(model->timers, horizon, portion, room)) > 0)
    for (uint32_t i = 0; i < count; i++) handed_out(model, &portion[i], horizon);
}

static void check_none_was_missed(const Model *model, int64_t horizon)
{
  for (uint32_t i = 0; i < model->count; i++) assert_true(model->due[i] >= horizon);
}

static int64_t any_due(int64_t now)
{
  switch (any(6)) {
  case 0: return now + any(SECOND);
  case 1: return now + any(DAY);
  case 2: return now + any(30 * DAY);
  case 3: return now + any(20 * YEAR);
  case 4: return any(50) ? now - any(100 * SECOND) : now - any(100 * YEAR);
  default: return any(20) ? now + any(100 * SECOND) : INT64_MAX;
  }
}

static int64_t step_of_horizon(void)
{
  switch (any(5)) {
  case 0: return any(1000);
  case 1: return any(SECOND / 8);
  case 2: return any(10 * SECOND);
  case 3: return any(50) ? any(DAY) : any(YEAR);
  default: return 0;
  }
}

static Model new_model(Mem *mem)
{
  Model model = {.timers = timers_new(mem, delays, kinds, LANES)};
  model.due = calloc(MOST, sizeof *model.due);
  model.kind = calloc(MOST, sizeof *model.kind);
  model.part = calloc(MOST, sizeof *model.part);
  return model;
}

static void free_model(Model *model)
{
  timers_free(model->timers);
  free(model->due);
  free(model->kind);
  free(model->part);
}

static void run_model(int64_t from, uint32_t rounds)
{
  Mem mem;
  mem_init(&mem, NULL, NULL);
  Model model = new_model(&mem);
  int64_t now = from;
  for (uint32_t i = 0; i < rounds; i++) {
    for (int64_t more = any(20); more > 0 && model.count < MOST; more--) {
      uint32_t lane = (uint32_t)any(2 * LANES);
      set(&model, lane < LANES ? now + delays[lane] + any(2) * any(1000) : any_due(now), lane);
    }
    now += step_of_horizon();
    take(&model, now);
    if (i % 100 == 0) check_none_was_missed(&model, now);
  }
  take(&model, now + 50 * YEAR);
  assert_int_equal(model.left, 0);
  take(&model, INT64_MAX);
  free_model(&model);
  assert_int_equal(mem.in_use, 0);
}

static void test_each_is_handed_out_once_when_it_is_due(void **state)
{
  (void)state;
  run_model(0, 2000);
  run_model(INT64_C(1772000000) * SECOND, 8000);
  run_model(-300 * YEAR, 2000);
}

static int64_t first_due(const Model *model, int64_t from)
{
  int64_t first = INT64_MAX;
  for (uint32_t i = 0; i < model->count; i++)
    if (model->due[i] >= from && model->due[i] < first) first = model->due[i];
  return first;
}

/* Due in [from, to). */
static uint32_t count_due(const Model *model, int64_t from, int64_t to)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < model->count; i++) count += model->due[i] >= from && model->due[i] < to;
  return count;
}

static uint32_t walk(Model *model, int64_t now, int64_t end, uint32_t each)
{
  uint32_t steps = 0;
  for (; now < end; steps++) {
    int64_t next = timers_horizon(model->timers, now, end, each);
    assert_true(next > now && next <= end);
    /* Those of the first second come together however many they are. */
    int64_t first = first_due(model, now);
    if (first < next) assert_true(count_due(model, first + 2 * SECOND, next) <= 2 * each + 8);
    take(model, next);
    now = next;
  }
  return steps;
}

static void test_some_at_a_time_up_to_any_instant(void **state)
{
  (void)state;
  static const uint32_t sizes[] = {1, 10, 300, 100000};
  for (unsigned size = 0; size < sizeof sizes / sizeof *sizes; size++) {
    Mem mem;
    mem_init(&mem, NULL, NULL);
    Model model = new_model(&mem);
    int64_t now = INT64_C(1772000000) * SECOND;
    take(&model, now);
    for (uint32_t i = 0; i < 3000; i++) {
      set(&model, any_due(now), LANES);
      set(&model, now + delays[1] + i * SECOND / 4, 1);
      set(&model, now + delays[2] + i % 500 * 3, 2);
    }
    uint32_t steps = walk(&model, now, now + 40 * YEAR, sizes[size]);
    assert_int_equal(model.left, 0);
    assert_true(steps < 20 + 12 * 9000 / sizes[size]);
    free_model(&model);
    assert_int_equal(mem.in_use, 0);
  }
}

static void test_the_ends_of_time(void **state)
{
  (void)state;
  static const int64_t dues[] = {INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};
  Mem mem;
  Timer taken[8];
  mem_init(&mem, NULL, NULL);
  Timers *timers = timers_new(&mem, delays, kinds, LANES);
  for (unsigned i = 0; i < sizeof dues / sizeof *dues; i++) {
    timers_set(timers, (Timer){dues[i], i, TIMER_SCO, 0});
    timers_set_lane(timers, 0, dues[i], i);
  }
  assert_int_equal(timers_take(timers, INT64_MIN, taken, 8), 0);
  assert_int_equal(timers_take(timers, -1, taken, 8), 4);
  assert_int_equal(timers_take(timers, -1, taken, 8), 0);
  assert_int_equal(timers_take(timers, INT64_MAX, taken, 8), 8);
  assert_int_equal(timers_take(timers, INT64_MAX, taken, 8), 0);
  timers_free(timers);
  timers_free(NULL);
  assert_int_equal(mem.in_use, 0);
}

/* What lapses as fast as it is set needs no more memory. */
static void test_memory_is_used_again(void **state)
{
  (void)state;
  Mem mem;
  Timer taken[64];
  mem_init(&mem, NULL, NULL);
  Timers *timers = timers_new(&mem, delays, kinds, LANES);
  int64_t now = 0;
  size_t early = 0;
  for (int i = 0; i < 200000; i++) {
    now += 10000;
    timers_set_lane(timers, 0, now + SECOND, 1);
    timers_set(timers, (Timer){now + any(100 * SECOND), 1, TIMER_RISK, 0});
    if (i % 16 == 0)
      while (timers_take(timers, now, taken, 64) > 0) continue;
    if (i == 100000) early = mem.in_use;
  }
  assert_int_equal(mem.in_use, early);
  assert_true(timers_bytes(timers) < 4 << 20);
  timers_free(timers);
}

/* ---- in order ---- */

static int by_order(const void *a, const void *b)
{
  const DueTimer *x = a, *y = b;
  if (x->due != y->due) return x->due < y->due ? -1 : 1;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  if (x->serial != y->serial) return (int32_t)(x->serial - y->serial) < 0 ? -1 : 1;
  return x->part < y->part ? -1 : x->part > y->part;
}

static void test_what_is_due_comes_in_order(void **state)
{
  (void)state;
  enum { COUNT = 5000 };
  static DueTimer all[COUNT];
  Mem mem;
  DueTimer top;
  mem_init(&mem, NULL, NULL);
  Timers *timers = timers_new(&mem, NULL, NULL, 0);
  assert_false(timers_due_top(timers, &top));
  for (uint32_t i = 0; i < COUNT; i++) {
    all[i] = (DueTimer){any(50), UINT32_MAX - 1000 + (uint32_t)any(2000), i, (uint32_t)any(TIMER_KINDS) & 7,
                        i & 0x1fffffff, 0};
    timers_due_push(timers, all[i]);
  }
  qsort(all, COUNT, sizeof *all, by_order);
  for (uint32_t i = 0; i < COUNT; i++) {
    assert_true(timers_due_top(timers, &top));
    assert_int_equal(top.subject, all[i].subject);
    timers_due_pop(timers);
  }
  assert_false(timers_due_top(timers, &top));
  timers_free(timers);
  assert_int_equal(mem.in_use, 0);
}

/* ---- refused memory ---- */

static void fill(Mem *mem, void *user)
{
  Timers **timers = user;
  Timer taken[8];
  *timers = NULL;
  *timers = timers_new(mem, delays, kinds, LANES);
  for (int i = 0; i < 30000; i++) {
    timers_set_lane(*timers, (uint32_t)i % 3, i * 10000, 1);
    timers_set(*timers, (Timer){any(100 * DAY), 1, TIMER_SCO, 0});
    timers_due_push(*timers, (DueTimer){.due = i});
  }
  while (timers_take(*timers, 50 * DAY, taken, 8) > 0) continue;
}

static void empty(void *user)
{
  timers_free(*(Timers **)user);
}

static void test_refused_memory_leaves_what_can_be_freed(void **state)
{
  (void)state;
  Timers *timers = NULL;
  assert_true(refuse_each_resize(fill, empty, &timers) > 10);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_each_is_handed_out_once_when_it_is_due),
    cmocka_unit_test(test_some_at_a_time_up_to_any_instant),
    cmocka_unit_test(test_the_ends_of_time),
    cmocka_unit_test(test_memory_is_used_again),
    cmocka_unit_test(test_what_is_due_comes_in_order),
    cmocka_unit_test(test_refused_memory_leaves_what_can_be_freed),
  };
  return cmocka_run_group_tests_name("timers", tests, NULL, NULL);
}
