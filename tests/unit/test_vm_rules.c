/* Functions of compiled rules, run over hand-made events and records: patterns, conditions, captures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/vm.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/compiled.h"

#define SECOND INT64_C(1000000)
#define HOUR (3600 * SECOND)
#define DAY (24 * HOUR)
#define START INT64_C(1772438400000000)

static const char rules[] =
  "module some.rules\n"
  "event Order { customer: id  order: id  span: duration  share: number }\n"
  "event Visit { customer: id  order: id?  slot: time?  agent: id? }\n"
  "event Call { customer: id }\n"
  "owner ana \"Ana\" { role experience_manager  contact \"mailto:ana@acme.example\" }\n"
  "owner ben \"Ben\" { role mot_manager  reports to ana  contact \"mailto:ben@acme.example\" }\n"
  "team care \"Care\" { lead ben  role producer }\n"
  "experience Sale \"A sale\" {\n"
  "  for customer, order\n  manager ana\n  starts on Order\n  expires after 30 d\n"
  "  sco \"it works\" Visit within start.span and no Call within 2 d\n"
  "  void on 2 Call within start.span\n"
  "  ends on Visit then Call within start.span\n"
  "  mot Quiet \"nobody calls\" {\n    manager ben  producers care\n    when no Call for start.span\n"
  "    smoto Call within 1 d\n  }\n"
  "  mot Kept \"in time\" {\n    manager ben  producers care by last(Visit).agent\n    when Order\n"
  "    smoto Visit by last(Visit).slot and (opening.share > 0.5)\n"
  "    on at risk 1 h before deadline { alert ben \"{order} {deadline}\" }\n  }\n"
  "}\n";

typedef struct World {
  Module module;
  const Plan *plan;
  Heap texts;
  TextDrops drops;
  Scene scene;
  EventData *event;
} World;

/* ---- functions, by what they are for ---- */

static bool of_event(const Module *m, const FunctionRow *row, const char *event)
{
  if (!event) return row->event == MOT_NONE;
  return row->event != MOT_NONE && strcmp(module_string(m, m->Event[row->event].name, NULL), event) == 0;
}

static bool of_mot(const Module *m, const FunctionRow *row, const char *mot)
{
  if (!mot) return row->mot == MOT_NONE;
  return row->mot != MOT_NONE && strcmp(module_string(m, m->Mot[row->mot].name, NULL), mot) == 0;
}

/* Function `which` of a kind, for an event and a MOT (NULL: none). */
static uint32_t function(const World *world, uint32_t kind, const char *event, const char *mot, int which)
{
  const Module *m = &world->module;
  for (uint32_t i = 0; i < m->Function_count; i++) {
    const FunctionRow *row = &m->Function[i];
    if (row->kind == kind && of_event(m, row, event) && of_mot(m, row, mot) && which-- == 0) return i;
  }
  fail_msg("no such function");
  return 0;
}

static VmStatus run(World *world, uint32_t kind, const char *event, const char *mot, int which, VmValue *ret)
{
  return vm_run(&world->scene, function(world, kind, event, mot, which), ret);
}

/* ---- what is at hand ---- */

static EventValue *field(World *world, const char *name)
{
  const Module *m = &world->module;
  const EventRow *row = &m->Event[world->event->event];
  for (uint32_t i = 0; i < row->fields_count; i++) {
    if (strcmp(module_string(m, m->Field[row->fields + i].name, NULL), name) != 0) continue;
    ((uint64_t *)(void *)(world->event->values + row->fields_count))[0] |= UINT64_C(1) << i;
    return &world->event->values[i];
  }
  fail_msg("no field %s", name);
  return NULL;
}

static void field_text(World *world, const char *name, const char *text)
{
  uint32_t len = (uint32_t)strlen(text);
  field(world, name)->s = (EventText){300, len};
  memcpy((char *)world->event + 300, text, len);
}

static void event_comes(World *world, Arena *arena, const char *name, int64_t time)
{
  world->event = arena_alloc(arena, 512);
  *world->event = (EventData){.time = time, .event = compiled_event(&world->module, name), .size = 512};
  world->scene.event = world->event;
  world->scene.now = time;
}

static World *world_new(Arena *arena)
{
  World *world = ARENA_NEW(arena, World);
  Compiled compiled = compiled_text(arena, "rules.mot", rules);
  assert_string_equal(compiled.errors, "");
  assert_string_equal(compiled.fault, "");
  world->module = compiled.module;
  world->plan = plan_new(&world->module, arena);
  heap_init(&world->texts, arena->mem);
  JourneyHeader *journey = arena_alloc(arena, world->plan->experiences[0].size);
  record_init_journey(&world->module, 0, START, journey);
  world->scene = (Scene){.plan = world->plan, .texts = &world->texts, .drops = &world->drops, .key = "c1",
                         .key_len = 2};
  scene_journey(&world->scene, journey);
  scene_sco(&world->scene);
  event_comes(world, arena, "Order", START);
  field(world, "span")->i = 2 * HOUR;
  field(world, "share")->f = 0.75;
  EventData *const events[] = {world->event};
  vm_predicates(world->plan, world->event->event, events, 1);
  VmValue ret;
  assert_int_equal(run(world, FUNCTION_START, "Order", NULL, 0, &ret), VM_DONE);
  return world;
}

static void world_free(World *world)
{
  mem_resize(world->texts.mem, world->drops.texts, sizeof(Handle) * world->drops.room, 0);
  heap_free_all(&world->texts);
}

static void moment_opens(World *world, Arena *arena, const char *name)
{
  uint32_t mot = compiled_mot(&world->module, name);
  MomentHeader *moment = arena_alloc(arena, world->plan->mots[mot].size);
  record_init_moment(&world->module, mot, world->scene.now, moment);
  moment->mot = mot;
  moment->flags = MOMENT_OPEN;
  scene_moment(&world->scene, moment);
}

static int64_t verdict(World *world, const char *mot)
{
  VmValue ret = {.i = -1};
  assert_int_equal(run(world, FUNCTION_VERDICT, NULL, mot, 0, &ret), VM_DONE);
  return ret.i;
}

/* ---- the tests ---- */

static void test_a_condition_from_its_start_to_its_verdict(void **state)
{
  World *world = world_new(*state);
  VmValue ret;
  assert_int_equal(verdict(world, NULL), VERDICT_OPEN);
  assert_true(world->scene.moved);
  event_comes(world, *state, "Visit", START + HOUR);
  assert_int_equal(run(world, FUNCTION_TEST, "Visit", NULL, 0, &ret), VM_DONE);
  assert_true(leaf_get(&world->scene, 0) == VERDICT_TRUE);
  assert_int_equal(verdict(world, NULL), VERDICT_OPEN);
  event_comes(world, *state, "Call", START + DAY);
  assert_int_equal(run(world, FUNCTION_TEST, "Call", NULL, 0, &ret), VM_DONE);
  assert_int_equal(verdict(world, NULL), VERDICT_FALSE);
  world_free(world);
}

static void test_a_bound_that_is_not_there_faults(void **state)
{
  World *world = world_new(*state);
  VmValue ret;
  moment_opens(world, *state, "Kept");
  assert_int_equal(run(world, FUNCTION_OPENING, "Order", "Kept", 0, &ret), VM_FAULT);
  world_free(world);
}

static void visit(World *world, Arena *arena, int64_t time, int64_t slot, const char *agent)
{
  VmValue ret;
  event_comes(world, arena, "Visit", time);
  field(world, "slot")->i = slot;
  if (agent) field_text(world, "agent", agent);
  assert_int_equal(run(world, FUNCTION_HISTORY, "Visit", NULL, 0, &ret), VM_DONE);
}

static void test_a_deadline_that_moves(void **state)
{
  World *world = world_new(*state);
  EventData *order = world->event;
  VmValue ret;
  visit(world, *state, START + 1, START + DAY, "a7");
  world->event = order;
  world->scene.event = order;
  moment_opens(world, *state, "Kept");
  assert_int_equal(run(world, FUNCTION_OPENING, "Order", "Kept", 0, &ret), VM_DONE);
  assert_true(leaf_get(&world->scene, 1) == VERDICT_TRUE); /* settled by the predicate's bit */
  assert_int_equal(run(world, FUNCTION_SUBJECT_VALUE, NULL, "Kept", 0, &ret), VM_DONE);
  assert_memory_equal(ret.s.text, "a7", 2); /* who produces it */
  assert_true(condition_due(&world->scene) == START + DAY);
  visit(world, *state, START + HOUR, START + 2 * DAY, NULL);
  assert_int_equal(run(world, FUNCTION_SUBJECT_VALUE, NULL, "Kept", 0, &ret), VM_MISSING);
  assert_int_equal(world->drops.count, 1);
  world->scene.moved = false;
  assert_int_equal(run(world, FUNCTION_TEST, "Visit", "Kept", 0, &ret), VM_DONE);
  assert_true(world->scene.moved);
  assert_int_equal(verdict(world, "Kept"), VERDICT_TRUE);
  world_free(world);
}

static void test_texts_of_an_alert(void **state)
{
  World *world = world_new(*state);
  EventData *order = world->event;
  VmValue ret;
  visit(world, *state, START, START + DAY, NULL);
  world->scene.event = order;
  *journey_key(world->plan, world->scene.journey, 1) = text_keep(&world->texts, "o5", 2);
  moment_opens(world, *state, "Kept");
  assert_int_equal(run(world, FUNCTION_OPENING, "Order", "Kept", 0, &ret), VM_DONE);
  assert_int_equal(run(world, FUNCTION_SUBJECT_VALUE, NULL, "Kept", 1, &ret), VM_DONE);
  assert_memory_equal(ret.s.text, "o5", 2);
  world->scene.deadline = condition_deadline(&world->scene);
  assert_int_equal(run(world, FUNCTION_SUBJECT_VALUE, NULL, "Kept", 2, &ret), VM_DONE);
  assert_true(ret.i == START + DAY);
  world_free(world);
}

static void test_counts_chains_and_silences(void **state)
{
  World *world = world_new(*state);
  VmValue ret = {.i = -1};
  event_comes(world, *state, "Call", START + HOUR);
  assert_int_equal(run(world, FUNCTION_JOURNEY_TEST, "Call", NULL, 0, &ret), VM_DONE);
  assert_int_equal(ret.i, 0);
  assert_int_equal(run(world, FUNCTION_TRIGGER, "Call", "Quiet", 0, &ret), VM_DONE);
  assert_true(pattern_silence_due(&world->scene, 2) == START + 3 * HOUR);
  event_comes(world, *state, "Visit", START + 90 * 60 * SECOND);
  assert_int_equal(run(world, FUNCTION_JOURNEY_TEST, "Visit", NULL, 0, &ret), VM_DONE);
  assert_int_equal(ret.i, 0);
  event_comes(world, *state, "Call", START + 2 * HOUR);
  assert_int_equal(run(world, FUNCTION_JOURNEY_TEST, "Call", NULL, 1, &ret), VM_DONE);
  assert_int_equal(ret.i, 1); /* the chain is complete */
  assert_int_equal(run(world, FUNCTION_JOURNEY_TEST, "Call", NULL, 0, &ret), VM_DONE);
  assert_int_equal(ret.i, 1); /* the second call within two hours */
  world_free(world);
}

static void test_a_trigger_chooses(void **state)
{
  World *world = world_new(*state);
  VmValue ret = {.i = -1};
  assert_int_equal(run(world, FUNCTION_TRIGGER, "Order", "Kept", 0, &ret), VM_OPENS);
  assert_int_equal(ret.i, 0);
  world_free(world);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_a_condition_from_its_start_to_its_verdict),
    ARENA_TEST(test_a_bound_that_is_not_there_faults),
    ARENA_TEST(test_a_deadline_that_moves),
    ARENA_TEST(test_texts_of_an_alert),
    ARENA_TEST(test_counts_chains_and_silences),
    ARENA_TEST(test_a_trigger_chooses),
  };
  return cmocka_run_group_tests_name("vm_rules", tests, NULL, NULL);
}
