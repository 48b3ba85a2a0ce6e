/* Partitions: found by key, whatever their hashes; taken out without leaving gaps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/partition.h"
#include "tests/support/failing_alloc.h"

static uint64_t seed;

static uint64_t random_bits(void)
{
  seed += UINT64_C(0x9e3779b97f4a7c15); /* splitmix64, Steele and others, 2014 */
  uint64_t z = seed;
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* Hashes by which keys are hard to tell apart, and ordinary ones. */
typedef uint64_t (*HashOf)(uint32_t key);

static uint64_t good(uint32_t key)
{
  uint64_t kept = seed;
  seed = key;
  uint64_t hash = random_bits();
  seed = kept;
  return hash;
}
static uint64_t same(uint32_t key) { return (void)key, 42; }
static uint64_t same_low(uint32_t key) { return good(key) & UINT64_C(0xfffff80000000000); }
static uint64_t same_top(uint32_t key) { return good(key) & UINT64_C(0x000007ff00000000); }
static uint64_t few(uint32_t key) { return good(key % 7); }

typedef struct Model {
  Partitions partitions;
  HashOf hash_of;
  Handle *handles; /* by key */
  uint32_t keys, seen;
} Model;

static Handle find(Model *model, uint32_t key)
{
  char text[16];
  int len = snprintf(text, sizeof text, "c%u", key / 2);
  return partitions_find(&model->partitions, model->hash_of(key / 2), key % 2, text, (uint32_t)len);
}

static void add(Model *model, uint32_t key)
{
  char text[16];
  int len = snprintf(text, sizeof text, "c%u", key / 2);
  assert_int_equal(find(model, key), 0);
  Handle handle = partitions_add(&model->partitions, model->hash_of(key / 2), key % 2, text, (uint32_t)len);
  const Partition *partition = partition_at(&model->partitions, handle);
  assert_int_equal(partition->len, len);
  assert_memory_equal(partition->key, text, len);
  assert_int_equal(partition->space, key % 2);
  assert_int_equal(partition->journeys, 0);
  assert_int_equal(partition->waiting, 0);
  model->handles[key] = handle;
}

static void see(void *user, Handle partition)
{
  Model *model = user;
  const Partition *of = partition_at(&model->partitions, partition);
  char text[16] = "";
  memcpy(text, of->key, of->len);
  uint32_t key = 2 * (uint32_t)strtoul(text + 1, NULL, 10) + of->space;
  assert_int_equal(model->handles[key], partition);
  model->seen++;
}

static void check_all(Model *model)
{
  uint32_t there = 0;
  for (uint32_t i = 0; i < model->keys; i++) {
    assert_int_equal(find(model, i), model->handles[i]);
    there += model->handles[i] != 0;
  }
  assert_int_equal(model->partitions.count, there);
  model->seen = 0;
  partitions_each(&model->partitions, see, model);
  assert_int_equal(model->seen, there);
}

static void run_model(HashOf hash_of, uint32_t keys, uint32_t rounds)
{
  Mem mem;
  mem_init(&mem, NULL, NULL);
  Model model = {.hash_of = hash_of, .keys = keys, .handles = calloc(keys, sizeof(Handle))};
  partitions_init(&model.partitions, &mem);
  assert_int_equal(find(&model, 0), 0);
  assert_null(partitions_slot(&model.partitions, 7));
  assert_int_equal(partitions_probe(&model.partitions, NULL, 7), 0);
  for (uint32_t i = 0; i < rounds; i++) {
    uint32_t key = (uint32_t)(random_bits() % keys);
    bool more = i < rounds / 2 ? random_bits() % 4 != 0 : random_bits() % 4 == 0;
    if (model.handles[key] == 0 && more) {
      add(&model, key);
    } else if (model.handles[key] != 0 && !more) {
      partitions_remove(&model.partitions, model.handles[key]);
      model.handles[key] = 0;
    }
    if (i % (rounds / 8) == 0) check_all(&model);
  }
  check_all(&model);
  for (uint32_t i = 0; i < keys; i++)
    if (model.handles[i] != 0) partitions_remove(&model.partitions, model.handles[i]), model.handles[i] = 0;
  check_all(&model);
  assert_int_equal(model.partitions.heap.in_use, 0);
  partitions_free(&model.partitions);
  assert_int_equal(mem.in_use, 0);
  free(model.handles);
}

static void test_keys_are_found_until_they_are_taken_out(void **state)
{
  (void)state;
  run_model(good, 1000, 20000);
  run_model(good, 60000, 300000);
}

static void test_hashes_that_tell_keys_badly_apart(void **state)
{
  (void)state;
  run_model(same, 3000, 12000);
  run_model(few, 6000, 20000);
  run_model(same_low, 40000, 200000);
  run_model(same_top, 6000, 30000);
}

/* A segment that goes on twice, of which the last is empty when one of the first goes. */
static void test_an_empty_last_segment_hides_no_key(void **state)
{
  (void)state;
  enum { COUNT = 2 * 2048 + 1 };
  Mem mem;
  Partitions partitions;
  static Handle handles[COUNT];
  mem_init(&mem, NULL, NULL);
  partitions_init(&partitions, &mem);
  for (uint32_t i = 0; i < COUNT; i++)
    handles[i] = partitions_add(&partitions, same(i), 0, (const char *)&i, sizeof i);
  partitions_remove(&partitions, handles[COUNT - 1]);
  partitions_remove(&partitions, handles[0]);
  for (uint32_t i = 1; i < COUNT - 1; i++)
    assert_int_equal(partitions_find(&partitions, same(i), 0, (const char *)&i, sizeof i), handles[i]);
  partitions_free(&partitions);
  assert_int_equal(mem.in_use, 0);
}

static void test_the_probe_finds_a_key_that_has_its_hash_alone(void **state)
{
  (void)state;
  Mem mem;
  Partitions partitions;
  mem_init(&mem, NULL, NULL);
  partitions_init(&partitions, &mem);
  for (uint32_t i = 0; i < 20000; i++) partitions_add(&partitions, good(i), 0, "key", 3);
  for (uint32_t i = 0; i < 20000; i++) {
    Handle handle = partitions_probe(&partitions, partitions_slot(&partitions, good(i)), good(i));
    const Partition *partition = partition_at(&partitions, handle);
    assert_int_equal(partition->hash >> 32, good(i) >> 32);
  }
  partitions_free(&partitions);
  assert_int_equal(mem.in_use, 0);
}

static void test_what_was_taken_out_has_no_flags(void **state)
{
  (void)state;
  Mem mem;
  Partitions partitions;
  mem_init(&mem, NULL, NULL);
  partitions_init(&partitions, &mem);
  Handle handle = partitions_add(&partitions, 7, 0, "key", 3);
  assert_int_equal(partition_at(&partitions, handle)->flags, 0);
  partition_at(&partitions, handle)->flags = 1;
  partitions_remove(&partitions, handle);
  assert_int_equal(partition_at(&partitions, handle)->flags, 0); /* a handle out of date leads nowhere */
  partitions_free(&partitions);
}

static void fill(Mem *mem, void *user)
{
  Partitions *partitions = user;
  partitions_init(partitions, mem);
  for (uint32_t i = 0; i < 30000; i++) partitions_add(partitions, good(i), 0, "customer 1234567890", 19);
  for (uint32_t i = 0; i < 5000; i++) partitions_add(partitions, 1, 0, "customer", 8);
}

static void empty(void *user)
{
  partitions_free(user);
}

static void test_refused_memory_leaves_what_can_be_freed(void **state)
{
  (void)state;
  Partitions partitions;
  assert_true(refuse_each_resize(fill, empty, &partitions) > 8);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_keys_are_found_until_they_are_taken_out),
    cmocka_unit_test(test_hashes_that_tell_keys_badly_apart),
    cmocka_unit_test(test_an_empty_last_segment_hides_no_key),
    cmocka_unit_test(test_the_probe_finds_a_key_that_has_its_hash_alone),
    cmocka_unit_test(test_what_was_taken_out_has_no_flags),
    cmocka_unit_test(test_refused_memory_leaves_what_can_be_freed),
  };
  return cmocka_run_group_tests_name("partition", tests, NULL, NULL);
}
