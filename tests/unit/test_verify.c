/*
 * test_verify.c - each rule of the verifier: one thing changed in the sample, and
 * the words with which it is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bytecode/names.h"
#include "tests/support/arena_fixture.h"
#include "tests/support/sample_module.h"

#define NONE MOT_NONE

/* ---- fields ---- */

typedef struct Change {
  const char *table; /* "Mot" */
  uint32_t row;
  const char *field; /* "slots"; "slots#" for the count of a range */
  int64_t value;
  const char *words; /* in the error; NULL: still valid */
} Change;

/* A double as the bits of a field. */
static int64_t bits(double value)
{
  int64_t word;
  memcpy(&word, &value, sizeof word);
  return word;
}

static char *builder_rows(ModuleBuilder *b, SectionId table)
{
  switch (table) {
#define TABLE(N, text) \
  case SECTION_##N: return (char *)b->N.data;
#include "bytecode/tables_only.h"
  default: return NULL;
  }
}

static SectionId table_named(const char *name)
{
  for (uint32_t t = 0; t < SECTION_COUNT; t++)
    if (strcmp(table_info[t].name, name) == 0) return t;
  fail_msg("no table %s", name);
  return 0;
}

/* Where a field of a row lies, and how many bytes it has. */
static char *find_field(ModuleBuilder *b, const Change *change, size_t *ret_size)
{
  SectionId table = table_named(change->table);
  size_t len = strcspn(change->field, "#");
  uint32_t offset = 0;
  for (uint32_t i = 0; i < table_info[table].count; i++) {
    const FieldInfo *field = &table_info[table].fields[i];
    if (strlen(field->name) == len && strncmp(field->name, change->field, len) == 0) {
      *ret_size = field->kind == FIELD_I64 || field->kind == FIELD_F64 ? 8 : 4;
      if (change->field[len] == '#') offset += 4;
      return builder_rows(b, table) + (size_t)change->row * table_info[table].row + offset;
    }
    offset += field_size(field->kind);
  }
  fail_msg("no field %s.%s", change->table, change->field);
  return NULL;
}

static bool verify(ModuleBuilder *b, ModuleError *error)
{
  Buf out;
  Module module;
  buf_init(&out, b->arena);
  module_write(b, &out);
  return module_read(&module, out.data, out.len, b->arena, error);
}

static void expect_words(bool ok, const ModuleError *error, const char *words, const char *what)
{
  if (ok && words) fail_msg("%s: accepted, not \"%s\"", what, words);
  if (!ok && (!words || !strstr(error->text, words)))
    fail_msg("%s: \"%s\" instead of \"%s\"", what, error->text, words ? words : "(valid)");
}

static void try_change(Arena *arena, const Change *change)
{
  ModuleBuilder *b = ARENA_NEW(arena, ModuleBuilder);
  ModuleError error;
  size_t size = 0;
  builder_init(b, arena);
  sample_module(b);
  char *place = find_field(b, change, &size);
  memcpy(place, &change->value, size);
  bool ok = verify(b, &error);
  expect_words(ok, &error, change->words, change->field);
}

static void try_all(Arena *arena, const Change *changes, size_t count)
{
  for (size_t i = 0; i < count; i++) try_change(arena, &changes[i]);
}
#define TRY(changes) try_all(*state, changes, sizeof changes / sizeof *changes)

static void test_fields_by_their_kind(void **state)
{
  const Change changes[] = {
    {"Meta", 0, "name", 9999, "meta[0].name: there is no such text"},
    {"Meta", 0, "zone", 1, "meta[0].zone: reaches row 1 of zones, which has 1"},
    {"Mot", 0, "manager", 3, "mots[0].manager: reaches row 3 of owners"},
    {"Mot", 0, "manager", NONE, NULL},
    {"Mot", 0, "critical", 2, "mots[0].critical: neither 0 nor 1"},
    {"Mot", 0, "weight", bits(0.0 / 0.0), "mots[0].weight: not a finite number"},
    {"Mot", 0, "slots#", 0xffffffff, "mots[0].slots: reaches row"},
    {"Mot", 0, "group", 9999, "mots[0].group: there is no such function"},
    {"Mot", 0, "group", 0, "mots[0].group: function 0 is no subject value"},
    {"Owner", 0, "role", ROLE_END, "owners[0].role: not a value of its list"},
    {"Event", 0, "pad", 1, "events[0].pad: filling that is not 0"},
    {"Predicate", 0, "test", NONE, "predicates[0].test: there is no such function"},
  };
  TRY(changes);
}

static void test_who_owns_what(void **state)
{
  const Change changes[] = {
    {"Event", 0, "fields#", 9, "fields: row 8 of fields belongs to events[0] already"},
    {"Event", 0, "fields#", 7, "fields[7]: belongs to nothing"},
    {"Correction", 0, "slots", 26, "belongs to mots[0] already"},
    {"Predicate", 0, "event", 0, "predicates[0].event: not the one it belongs to"},
    {"Experience", 0, "mots#", 0, "mots[0]: belongs to nothing"},
    {"Experience", 0, "sentiment", 1, "sentiment: row 1 of aggregates belongs to targets[1] already"},
    {"Experience", 0, "sentiment", NONE, "aggregates[2]: belongs to nothing"},
    {"Pattern", 0, "mot", 0, "patterns[0].mot: does not go with the purpose"},
    {"Pattern", 1, "mot", NONE, "patterns[1].mot: does not go with the purpose"},
    {"Condition", 0, "of", 7, "conditions[0].of: there is no such row"},
    {"Condition", 1, "subject", SUBJECT_MOT, "conditions[1].of: its subject names another condition"},
    {"Mot", 0, "condition", 1, "names another condition"},
    {"Correction", 0, "condition", NONE, "conditions[2].of: its subject names another condition"},
    {"Owner", 0, "reports_to", 1, "leads back to the same owner"},
    {"Owner", 1, "reports_to", 1, "owners[1].lead: leads back to the same owner"},
    {"Goal", 0, "parent", 1, "goals[0].parent: stands behind its child"},
    {"Goal", 1, "parent", 1, "goals[1].parent: stands behind its child"},
  };
  TRY(changes);
}

static void test_stream_events_and_people(void **state)
{
  const Change changes[] = {
    {"Meta", 0, "lateness", -1, "meta[0].lateness: no length of time"},
    {"Meta", 0, "idle", -2, "meta[0].idle: no length of time"},
    {"Meta", 0, "dedupe", INT64_MIN, "meta[0].dedupe: no length of time"},
    {"Meta", 0, "time_format", FORMAT_PATTERN, "meta[0].time_pattern: missing"},
    {"Currency", 0, "exponent", 5, "currencies[0].exponent: more than 4 decimals"},
    {"Field", 0, "type", VALUE_NONE, "fields[0].type: none"},
    {"Field", 0, "type", VALUE_MONEY, "fields[0].currency: does not go with the type"},
    {"Field", 0, "type", VALUE_LISTED, "fields[0].listed: does not go with the type"},
    {"Field", 0, "format", FORMAT_SECONDS, "fields[0].format: only durations read so"},
    {"Field", 0, "format", FORMAT_UNIX_SECONDS, "fields[0].format: only times read so"},
    {"Field", 4, "format", FORMAT_PATTERN, "fields[4].format: only times with a pattern"},
    {"Field", 5, "low", 11, "fields[5].low: above `high`"},
    {"Field", 6, "has_range", 1, NULL},
    {"Field", 0, "has_range", 1, "fields[0].has_range: values of this type have no range"},
    {"Trigger", 0, "event", NONE, "triggers[0].event: missing"},
    {"Trigger", 0, "mot", 0, "triggers[0].mot: of an event"},
    {"Trigger", 2, "event", 0, "triggers[2].event: of an outcome"},
    {"Trigger", 2, "experience", 0, "triggers[2].mot: either a mot or an experience"},
    {"Trigger", 2, "outcome", OUTCOME_OPEN, "triggers[2].outcome"},
    {"Owner", 1, "lead", 0, "owners[1].lead: only teams have one"},
  };
  TRY(changes);
}

static void test_zones_and_calendars(void **state)
{
  const Change changes[] = {
    {"Zone", 0, "first_offset", 86400, "zones[0].first_offset: a day or more"},
    {"Zone", 0, "std_offset", -86400, "zones[0].std_offset: a day or more"},
    {"Zone", 0, "start_month", 0, "zones[0].start_month: no day of a rule"},
    {"Zone", 0, "start_week", 6, "zones[0].start_month: no day of a rule"},
    {"Zone", 0, "end_day", 7, "zones[0].end_month: no day of a rule"},
    {"Zone", 0, "end_time", 604800, "zones[0].end_month: more than a week off"},
    {"Transition", 1, "at", -1000000000, "transitions[1].at: not after the one before"},
    {"Transition", 0, "at", INT64_MIN, "transitions[0].at: not in the years"},
    {"Transition", 0, "offset", 90000, "transitions[0].offset: a day or more"},
    {"OpenHours", 0, "weekday", 7, "open hours[0].weekday: no day of the week"},
    {"OpenHours", 0, "weekday", 5, "open hours[1].from: not behind the row before"},
    {"OpenHours", 0, "from", -1, "open hours[0].from: not before `to`"},
    {"OpenHours", 0, "to", 86400000001, "open hours[0].to: after midnight"},
    {"ClosedDays", 0, "last", 19999, "closed days[0].first"},
    {"ClosedDays", 0, "last", 20100, "closed days[1].first: not behind the row before"},
  };
  TRY(changes);
}

static void test_tests_and_lines(void **state)
{
  const Change changes[] = {
    {"Test", 0, "end", 100000, "tests[0].end: outside of the source"},
    {"Test", 0, "start", 21, "tests[0].end: outside of the source"},
    {"TestStep", 1, "at", 0, "test steps[1].at: before the step before"},
    {"TestStep", 0, "event", NONE, "test steps[0].values: without an event"},
    {"TestStep", 0, "event", 1, "test values[0].field: of another event"},
    {"TestStep", 0, "start", 100000, "test steps[0].start: outside of the source"},
    {"TestValue", 1, "value", 2, "test values[1].value: not one of the field's values"},
    {"TestValue", 1, "value", -1, "test values[1].value: not one of the field's values"},
    {"TestValue", 0, "field", 8, "test values[0].field: of another event"},
    {"Expect", 0, "mot", NONE, "expectations[0].kind"},
    {"Expect", 0, "kind", EXPECT_ALERT, "expectations[0].kind"},
    {"Expect", 0, "severity", SEVERITY_END, "expectations[0].severity"},
    {"Line", 0, "instruction", 5, "lines[1].instruction: not after the one before"},
    {"Line", 36, "instruction", 999999, "lines[36].instruction: behind the code"},
    {"Line", 0, "end", 100000, "lines[0].end: outside of the source"},
    {"Clause", 0, "kind", CLAUSE_END, "clauses[0].kind: not a value of its list"},
    {"Clause", 2, "source", 1, "clauses[2].source: reaches row 1 of sources, which has 1"},
    {"Clause", 1, "end", 100000, "clauses[1].end: outside of the source"},
    {"Clause", 1, "start", 69, "clauses[1].end: outside of the source"},
    {"Mot", 0, "clauses", 2, "clauses belongs to experiences[0] already"},
    {"Mot", 0, "clauses#", 2, "clauses[5]: belongs to nothing"},
  };
  TRY(changes);
}

static void test_records(void **state)
{
  const Change changes[] = {
    {"Mot", 0, "size", 103, "mots[0].size: no size of a record"},
    {"Mot", 0, "size", 32, "mots[0].size: no size of a record"},
    {"Mot", 0, "size", 96, "offset: behind the end of its record"},
    {"Experience", 0, "size", MOT_RECORD_MAX + 8, "experiences[0].size: more than a record may have"},
    {"Experience", 0, "size", MOT_RECORD_MAX, NULL},
    {"Slot", 0, "offset", 56, "slots[0].offset: inside the record's header"},
    {"Slot", 0, "offset", 73, "slots[0].offset: not aligned"},
    {"Slot", 0, "offset", 0xfffffff8, "slots[0].offset: behind the end of its record"},
    {"Slot", 0, "offset", 88, "overlaps another slot"},
    {"Slot", 0, "size", 4, "slots[0].size: not what its storage takes"},
    {"Slot", 7, "size", 3, "slots[7].size: not what its storage takes"},
    {"Slot", 7, "size", 0, "slots[7].size: not what its storage takes"},
    {"Slot", 7, "size", 24, "histories[1].store: not the size of its ring"},
    {"Slot", 6, "storage", STORAGE_STRING, "histories[0].count: a slot of another storage"},
  };
  TRY(changes);
}

static void test_histories_and_patterns(void **state)
{
  const Change changes[] = {
    {"History", 0, "store", 7, "histories[0].store: a total keeps no entries"},
    {"History", 0, "total", NONE, "histories[0].total: missing"},
    {"History", 0, "aggregate", AGGREGATE_SUM, "histories[0].store: missing"},
    {"History", 0, "total", 11, "patterns[2].store: a slot that is in use already"},
    {"History", 0, "count", 27, "histories[0].count: a slot of another record"},
    {"History", 1, "keep", 4, "histories[1].store: not the size of its ring"},
    {"History", 1, "keep", 65536, "histories[1].keep: not 1 to 65535"},
    {"History", 1, "window", 0, "histories[1].window: no length of time"},
    {"History", 1, "aggregate", AGGREGATE_RATE, "histories[1].aggregate: not one of a history"},
    {"History", 2, "type", VALUE_TEXT, "histories[2].type: no number"},
    {"History", 2, "total", 0, "histories[2].total: only totals have one"},
    {"Pattern", 0, "count", 0, "patterns[0].count: not 1 to 65536"},
    {"Pattern", 0, "count", 4, "patterns[0].store: not the size of its ring"},
    {"Pattern", 0, "steps#", 0, "pattern steps[0]: belongs to nothing"},
    {"Pattern", 2, "within", 0, "patterns[2].within: either a constant or a function"},
    {"Pattern", 2, "within", -5, "patterns[2].within: no length of time"},
    {"Pattern", 2, "choice", NONE, "patterns[2].choice: does not go with the purpose"},
    {"Pattern", 2, "choice", 0, "patterns[2].choice: not one of silence of its mot"},
    {"PatternStep", 1, "bound", BOUND_WITHIN, "pattern steps[1].bound: the first step has none"},
    {"PatternStep", 1, "matched", NONE, "pattern steps[1].matched: missing"},
    {"PatternStep", 2, "length", 0, "pattern steps[2].length: no length of time"},
    {"PatternStep", 2, "deadline", NONE, "pattern steps[2].deadline: missing"},
    {"PatternStep", 2, "calendar", 0, "pattern steps[2].calendar: does not go with the bound"},
  };
  TRY(changes);
}

static void test_conditions(void **state)
{
  const Change changes[] = {
    {"Leaf", 0, "kind", LEAF_SOME, "leaves[0].steps: not as many as its kind has"},
    {"Leaf", 2, "kind", LEAF_SOME, "leaves[2].steps: not as many as its kind has"},
    {"Leaf", 0, "state", 0, "leaves[0].state: a slot of another record"},
    {"Leaf", 0, "state", 17, "leaves[1].state: a slot that is in use already"},
    {"Leaf", 0, "state", 20, "leaves[0].state: a slot of another storage"},
    {"Leaf", 1, "counter", NONE, "leaves[1].counter: missing"},
    {"Leaf", 0, "settled", 20, "leaves[0].settled: a slot of another storage"},
    {"Leaf", 0, "settled", 0, "leaves[0].settled: a slot of another record"},
    {"Leaf", 1, "count", 65535, "leaves[1].counter: too small for what it counts"},
    {"Step", 0, "calendar", NONE, "steps[0].calendar: does not go with the bound"},
    {"Step", 0, "deadline", NONE, "steps[0].deadline: missing"},
    {"Step", 0, "length", 0, "steps[0].length: no length of time"},
    {"Step", 2, "length", 99999999, "steps[2].length: no length of time"},
    {"Step", 1, "matched", NONE, "steps[1].matched: missing"},
    {"Step", 1, "counted", 1, "steps[1].counted: only the last step of a sequence counts"},
    {"Step", 2, "counted", 1, NULL},
    {"Step", 2, "counted", 2, "leaves[2].counter: missing"},
    {"Choice", 0, "opened", NONE, "choices[0].opened: missing"},
    {"Choice", 0, "opened", 3, "a slot that only the engine writes"},
    {"Choice", 0, "opened", 13, "choices[0].opened: a slot of another storage"},
    {"Correction", 0, "bound", BOUND_NONE, "corrections[0].bound: none"},
    {"Correction", 0, "length", 0, "corrections[0].length: no length of time"},
  };
  TRY(changes);
}

static void test_functions_and_what_is_at_hand(void **state)
{
  const Change changes[] = {
    {"Function", 0, "registers", 257, "functions[0].registers: more than 256"},
    {"Function", 0, "event", NONE, "functions[0].event: missing"},
    {"Function", 0, "event", 0, "predicates[0].test: a function of another event"},
    {"Function", 0, "experience", 0, "functions[0].experience: not at hand in a function of this kind"},
    {"Function", 0, "mot", 0, "functions[0].mot: not at hand in a function of this kind"},
    {"Function", 0, "target", 0, "functions[0].target: not at hand in a function of this kind"},
    {"Function", 5, "target", 0, "functions[5].target: either a metric or a target"},
    {"Function", 7, "experience", NONE, "functions[7].experience: missing"},
    {"Function", 7, "correction", 0, "functions[7].correction: the subject is one of both"},
    {"Function", 7, "mot", NONE, "mots[0].group: a function of another mot"},
    {"Function", 7, "result", VALUE_NONE, "functions[7].result: not one of a function of this kind"},
    {"Function", 7, "result", VALUE_TIME, "mots[0].group: a function of another type"},
    {"Function", 0, "result", VALUE_INT, "functions[0].result: not one of a function of this kind"},
    {"Function", 20, "source_sco", 0, "functions[20].source: an event is at hand, or another outcome"},
    {"Experience", 0, "expires", 0, "experiences[0].expires: no length of time"},
    {"Experience", 0, "value_type", VALUE_BOOL, "experiences[0].value_currency: does not go with the type"},
    {"Experience", 0, "value_currency", NONE, "experiences[0].value_currency: missing"},
    {"Experience", 0, "sco", NONE, "conditions[1].of: its subject names another condition"},
    {"Mot", 0, "weight", bits(-1), "mots[0].weight: below zero"},
    {"Mot", 0, "missed_currency", NONE, "mots[0].missed_currency: missing"},
    {"Mot", 0, "impact_produced", 8, "mots[0].produced_currency: missing"},
    {"Choice", 0, "trigger", 1, "choices[0].opening: a function of another event"},
    {"Condition", 0, "verdict", 16, "conditions[0].verdict: a function of another mot"},
    {"Correction", 0, "due", 11, "corrections[0].due: a function of another mot"},
    {"Correction", 0, "opening", 19, "corrections[0].opening: a function of another mot"},
  };
  TRY(changes);
}

static void test_measures_actions_and_goals(void **state)
{
  const Change changes[] = {
    {"Aggregate", 0, "quantile", bits(1), "aggregates[0].quantile: not between 0 and 1"},
    {"Aggregate", 0, "type", VALUE_MONEY, "aggregates[0].currency: missing"},
    {"Aggregate", 0, "over", AGGREGATE_OVER_MOMENTS, "moments are aggregated by targets only"},
    {"Aggregate", 1, "over", AGGREGATE_OVER_EVENTS, "events have theirs in the inputs"},
    {"AggregateInput", 0, "event", 0, "aggregate inputs[0].test: a function of another event"},
    {"AggregateInput", 0, "value", NONE, "aggregate inputs[0].value: does not go with the aggregate"},
    {"AggregateInput", 0, "value", 3, "aggregate inputs[0].value: a function of another type"},
    {"Window", 0, "length", 0, "windows[0].length: no length of time"},
    {"Window", 1, "step", 0, "windows[1].step: no length of time"},
    {"Window", 1, "step", 1, "windows[1].step: too many in the window"},
    {"Metric", 0, "groups", 0, "metrics[0].groups: none"},
    {"Metric", 0, "value", 6, "metrics[0].value: a function of another metric"},
    {"Metric", 0, "type", VALUE_NUMBER, "metrics[0].value: a function of another type"},
    {"Target", 1, "value", 5, "targets[1].value: a function of another target"},
    {"Target", 0, "goal", bits(1.0 / 0.0), "targets[0].goal: not a finite number"},
    {"Action", 0, "risk", NONE, "actions[0].risk: at risk has either"},
    {"Action", 0, "risk_before", 5, "actions[0].risk: at risk has either"},
    {"Action", 1, "correction", NONE, "actions[1].correction: does not go with the kind"},
    {"Action", 1, "when", WHEN_BREACHED, "actions[1].correction: no moment is at hand to mend"},
    {"Action", 0, "when", WHEN_MISSED, "actions[0].risk: at risk has either"},
    {"Action", 3, "when", WHEN_MISSED, "actions[3].when: not of a goal"},
    {"Action", 2, "hold", -2, "actions[2].hold: no length of time"},
    {"Action", 2, "repeat", 0, "actions[2].repeat: without end"},
    {"Action", 0, "text#", 0, "text pieces[0]: belongs to nothing"},
    {"TextPiece", 0, "type", VALUE_INT, "text pieces[0].value: a function of another type"},
    {"TextPiece", 1, "currency", NONE, "text pieces[1].currency: missing"},
    {"Goal", 1, "mot", NONE, "goals[1].mot: missing"},
    {"Goal", 0, "measure", MEASURE_METRIC, "goals[0].metric: missing"},
    {"Goal", 0, "weight", bits(-0.5), "goals[0].weight: below zero"},
    {"Review", 0, "every", 0, "reviews[0].every: no length of time"},
  };
  TRY(changes);
}

static void test_functions_and_their_code(void **state)
{
  const Change changes[] = {
    {"Function", 1, "first", 1, "shares code with another function"},
    {"Function", 0, "count", 0, "functions[0].count: no instructions"},
    {"Function", 36, "count", 999, "functions[36].first: behind the code"},
    {"Function", 36, "count", 1, "belongs to no function"},
    {"Function", 0, "longest", 3, "the longest way has another length than the function says"},
    {"Function", 3, "longest", 5, "the longest way has another length than the function says"},
    {"Function", 0, "registers", 0, "operand a: the function does not have so many registers"},
    {"Handler", 1, "code", 24, "handlers[1].code: the function of another handler"},
    {"Handler", 0, "trigger", 1, "handlers[0].keys: a field of another event"},
    {"KeyField", 0, "field", NONE, "handlers[0].keys: the event has no partition key"},
    {"KeyField", 0, "field", 2, "handlers[0].keys: a field that is no text"},
    {"KeyField", 1, "field", 8, "handlers[0].keys: a field of another event"},
    {"Mot", 0, "pausable", 0, "handlers[1].code: pauses a mot that has no pause"},
    {"Trigger", 2, "outcome", OUTCOME_PRODUCED, NULL},
  };
  TRY(changes);
}

/* ---- code ---- */

typedef struct CodeChange {
  const char *function;
  uint32_t at;
  Instr instr;
  const char *words; /* NULL: still valid */
} CodeChange;

static void try_code(Arena *arena, const CodeChange *change)
{
  ModuleBuilder *b = ARENA_NEW(arena, ModuleBuilder);
  ModuleError error;
  builder_init(b, arena);
  sample_module(b);
  uint32_t function = sample_function(b, change->function);
  assert_int_not_equal(function, NONE);
  b->code.data[b->Function.data[function].first + change->at] = change->instr;
  bool ok = verify(b, &error);
  expect_words(ok, &error, change->words, change->function);
}

#define TRY_CODE(changes) \
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) try_code(*state, &changes[i])

static void test_operands(void **state)
{
  static const CodeChange changes[] = {
    {"wait", 0, {255, 0, 0, 0, 0}, "there is no such instruction"},
    {"wait", 0, {OP_EV_I, 8, 1, 0, 0}, "operand a: the function does not have so many registers"},
    {"wait", 0, {OP_EV_I, 0, 1, 1, 0}, "operand c: not zero, and not used"},
    {"wait", 0, {OP_EV_I, 0, 1, 0, 1}, "operand d: not zero, and not used"},
    {"wait", 0, {OP_EV_I, 0, 5, 0, 0}, "operand b: the event has no such field"},
    {"wait", 0, {OP_EV_I, 0, 2, 0, 0}, "operand b: a field of another type"},
    {"wait", 0, {OP_EV_S, 0, 0, 0, 0}, "operand a: the register holds no integer here"},
    {"wait", 0, {OP_MOV_I, 0, 1, 0, 0}, "operand b: the register holds no integer here"},
    {"wait", 0, {OP_K_I, 0, 999, 0, 0}, "operand b: there is no such constant"},
    {"wait", 0, {OP_K_I, 0, 0, 1, 0}, "operand b: there is no such constant"},
    {"wait", 0, {OP_K_S, 0, 0, 1, 0}, "operand b: there is no such text"},
    {"on CallEnded", 0, {OP_X_HIST, 1, 25, 0, 0}, "operand b: there is no such function"},
    {"on CallEnded", 2, {OP_X_MVOID, 0, 29, 0, 1}, "operand c: there is no such mot"},
    {"wait", 0, {OP_K_S, 0, 9999, 0, 0}, "operand b: there is no such text"},
    {"where", 0, {OP_K_B, 0, 2, 0, 0}, "a truth is 0 or 1"},
    {"where", 0, {OP_JL_B, 0, 16, 0, 0}, "operand b: the record has no such slot"},
    {"where", 0, {OP_JL_B, 0, 0, 0, 0}, "operand b: a slot of another type"},
    {"where", 0, {OP_JL_B, 0, 12, 0, 0}, NULL},
    {"{customer}", 0, {OP_J_KEY, 0, 2, 0, 0}, "operand b: the experience has no such key"},
    {"OnTime: smoto", 0, {OP_LEAF_GET, 0, 4, 0, 0}, "operand b: the condition has no such leaf"},
    {"mot test", 0, {OP_LEAF_HIT, 0, 1, 1, 0}, "operand c: the leaf has no such step"},
    {"mot test", 0, {OP_LEAF_HIT, 0, 0, 0, 0}, "operand c: the leaf has no such step"},
    {"ends", 0, {OP_H_COUNT, 0, 3, 0, 0}, "operand b: the experience has no such history"},
    {"void", 0, {OP_P_COUNT, 0, 3, 0, 0}, "operand b: the experience has no such pattern"},
    {"WaitByAgent", 0, {OP_AGG_I, 0, 1, 1, 0}, "operand b: there is no such aggregate"},
    {"on CallEnded", 0, {OP_X_HIST, 0, 999, 0, 0}, "operand b: there is no such function"},
    {"on CallEnded", 2, {OP_X_MVOID, 0, 29, 1, 0}, "operand c: there is no such mot"},
    {"resolved", 0, {OP_EV_BIT, 0, 1, 0, 0}, "operand b: the event has no such predicate"},
  };
  TRY_CODE(changes);
}

static void test_ways_through_a_function(void **state)
{
  static const CodeChange changes[] = {
    {"agent", 1, {OP_JF, 0, 0, 0, 0}, "operand d: a jump that goes nowhere"},
    {"agent", 1, {OP_JF, 0, 0, 0, 4}, "operand d: a jump out of the function"},
    {"agent", 1, {OP_JF, 0, 0, 0, 65535}, "operand d: a jump out of the function"},
    {"agent", 1, {OP_JMP, 0, 0, 0, 3}, "instruction 2: no way leads here"},
    {"agent", 1, {OP_JF, 0, 0, 0, 2}, "instruction 3 (ret.s) operand a: the register holds no text here"},
    {"agent", 4, {OP_NOW, 0, 0, 0, 0}, "the function goes on behind its end"},
    {"agent", 4, {OP_FAULT, 0, 0, 0, 0}, NULL},
    {"agent", 3, {OP_MOV_S, 1, 1, 0, 0}, "the longest way has another length"},
    {"agent", 1, {OP_TRY, 0, 0, 0, 0}, "operand d: a jump that goes nowhere"},
    {"agent", 1, {OP_TRY, 0, 0, 0, 4}, "operand d: a jump out of the function"},
    {"agent", 1, {OP_TRY, 0, 0, 0, 1}, "instruction 4: no way leads here"},
    {"agent", 1, {OP_TRY, 0, 0, 0, 3}, "the longest way has another length"},
    {"agent", 1, {OP_TRY, 0, 0, 0, 2}, "instruction 3 (ret.s) operand a: the register holds no text here"},
    {"histories", 1, {OP_TRY, 0, 0, 0, 2}, NULL},
    {"histories", 1, {OP_TRY, 0, 0, 0, 3}, "(h.push.f) operand a: the register holds no number here"},
    {"histories", 7, {OP_TRY, 0, 0, 0, 1}, NULL},
  };
  TRY_CODE(changes);
}

/* A fault may come when any of the registers has been written, and leads to one place. */
static void test_what_is_tried(void **state)
{
  static const struct {
    Instr first, second;
    const char *words;
  } cases[] = {
    {{OP_TRY, 0, 0, 0, 3}, {OP_EV_S, 0, 3, 0, 0}, "(i.to.f) operand b: the register holds no integer here"},
    {{OP_TRY, 0, 0, 0, 2}, {OP_TRY, 0, 0, 0, 1}, "what is tried already"},
    {{OP_TRY, 0, 0, 0, 1}, {OP_TRY, 0, 0, 0, 1}, NULL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    ModuleBuilder *b = ARENA_NEW(*state, ModuleBuilder);
    ModuleError error;
    builder_init(b, *state);
    sample_module(b);
    Instr *code = b->code.data + b->Function.data[sample_function(b, "histories")].first;
    code[1] = cases[i].first;
    code[2] = cases[i].second;
    bool ok = verify(b, &error);
    expect_words(ok, &error, cases[i].words, "histories");
  }
}

static void test_what_a_kind_of_function_may_do(void **state)
{
  static const CodeChange changes[] = {
    {"wait", 0, {OP_J_START, 0, 0, 0, 0}, "what it needs is not at hand in a function of this kind"},
    {"missed: sco", 0, {OP_EV_I, 0, 0, 0, 0}, "operand b: no event is at hand"},
    {"sco test", 0, {OP_O_OPENED, 0, 0, 0, 0}, "no decided moment is at hand"},
    {"wait", 1, {OP_RET, 0, 0, 0, 0}, "a function of this kind does not end so"},
    {"void", 1, {OP_RET_NONE, 0, 0, 0, 0}, "a function of this kind does not end so"},
    {"score", 0, {OP_EV_F, 0, 6, 0, 0}, "operand a: the register holds no integer here"},
    {"CallEnded: resolved", 0, {OP_EV_BIT, 0, 0, 0, 0}, "predicates do not read each other"},
    {"on missed OnTime", 0, {OP_NOW, 0, 0, 0, 0}, "a handler only calls functions"},
    {"sco test", 0, {OP_M_TOOK, 0, 0, 0, 0}, "the subject is not decided"},
    {"value", 0, {OP_P_QUIET, 0, 2, 0, 0}, "a value starts no silence"},
    {"mot test", 5, {OP_OPEN, 0, 0, 0, 0}, "only a trigger function opens moments"},
    {"opens", 3, {OP_OPEN, 0, 2, 0, 0}, "operand b: the mot has no such choice"},
    {"opens", 3, {OP_OPEN, 0, 1, 0, 0}, "a choice of silence"},
  };
  TRY_CODE(changes);
}

static void test_what_single_instructions_ask_for(void **state)
{
  static const CodeChange changes[] = {
    {"OnTime: opening", 5, {OP_CALL, 2, BUILTIN_END_OF_DAY, 2, 0},
     "not the call that the built-in function needs"},
    {"OnTime: opening", 5, {OP_CALL_ZON, 2, BUILTIN_END, 2, 0},
     "operand b: there is no such built-in function"},
    {"OnTime: opening", 5, {OP_CALL_ZON, 2, BUILTIN_END_OF_DAY, 2, 1}, "operand d: there is no such zone"},
    {"OnTime: opening", 5, {OP_CALL_ZON, 2, BUILTIN_END_OF_DAY, 8, 0}, "an argument is no register"},
    {"OnTime: opening", 5, {OP_CALL_ZON, 2, BUILTIN_END_OF_DAY, 65535, 0}, "an argument is no register"},
    {"OnTime: opening", 5, {OP_CALL_ZON, 2, BUILTIN_END_OF_DAY, 1, 0},
     "an argument of the built-in function has another type"},
    {"histories", 1, {OP_H_PUSH_I, 0, 2, 0, 0}, "a history of another kind"},
    {"histories", 1, {OP_H_PUSH, 0, 0, 0, 0}, "a history of another kind"},
    {"histories", 4, {OP_H_PUSH_F, 1, 0, 0, 0}, "a history of another kind"},
    {"value", 0, {OP_H_GET_I, 0, 1, 1, 0}, "a history of another kind"},
    {"value", 0, {OP_H_GET_I, 0, 2, 1, 0}, "a history of another kind"},
    {"value", 0, {OP_H_GET_I, 1, 0, 1, 0}, "the register is written twice"},
    {"void", 0, {OP_P_COUNT, 0, 1, 0, 0}, "a pattern of another kind"},
    {"opens", 0, {OP_P_STEP, 0, 1, 2, 0}, "the pattern has no such step"},
    {"opens", 0, {OP_P_STEP, 0, 2, 0, 0}, "a pattern of another kind"},
    {"OnTime: opening", 8, {OP_LEAF_ARM, 0, 2, 0, 0}, "a step without a bound has no clock"},
    {"OnTime: opening", 8, {OP_LEAF_ARM, 0, 3, 0, 0}, "the step's bound is not written in its row"},
    {"OnTime: opening", 9, {OP_LEAF_ARM_I, 2, 1, 0, 0}, "the step's bound is written in its row"},
    {"sco test", 2, {OP_LEAF_MOVE, 0, 0, 0, 0}, NULL},
    {"start", 1, {OP_JS_I, 0, 5, 0, 0}, "operand b: a slot that only the engine writes"},
    {"start", 1, {OP_JS_I, 0, 13, 0, 0}, "operand b: a slot that only the engine writes"},
    {"start", 7, {OP_JS_B, 3, 12, 0, 0}, "operand b: a slot that only the engine writes"},
    {"OnTime: opening", 1, {OP_MS_I, 0, 0, 0, 0}, "operand b: a slot that only the engine writes"},
    {"WaitByAgent", 0, {OP_AGG_F, 0, 0, 1, 0}, "an aggregate of another type"},
  };
  TRY_CODE(changes);
}

static void test_what_handlers_call(void **state)
{
  static const CodeChange changes[] = {
    {"on CallEnded", 0, {OP_X_HIST, 0, 26, 0, 0}, "calls a function of another kind"},
    {"on CallEnded", 0, {OP_X_VOID, 0, 21, 0, 0}, "a function of another event"},
    {"on CallEnded", 4, {OP_X_TEST, 0, 32, 0, 0}, "a function of another mot"},
    {"on CallEnded", 4, {OP_X_CTEST, 0, 31, 0, 0}, "a function of another mot"},
    {"on CallEnded", 7, {OP_X_SCO, 0, 31, 0, 0}, "a function of another mot"},
    {"on CallEnded", 7, {OP_X_SCO, 0, 35, 0, 0}, "a function of another outcome"},
    {"on OrderPlaced", 1, {OP_X_STARTS, 0, 26, 22, 0}, "a function of another event"},
    {"on OrderPlaced", 1, {OP_X_STARTS, 0, 21, 21, 0}, "calls a function of another kind"},
    {"on CallEnded", 0, {OP_X_STARTS, 0, 26, 22, 0}, "what starts a journey cannot look into it"},
    {"on CallEnded", 0, {OP_X_OPEN, 0, 23, 0, 0}, "a function of another event"},
    {"on missed OnTime", 0, {OP_X_OPEN, 0, 23, 0, 0}, "a function of another event"},
  };
  TRY_CODE(changes);
}

static void test_texts_are_utf8_without_nul(void **state)
{
  static const char *const bad[] = {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "a\xe2\x82",
                                    "\xc3", "\x80"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    ModuleBuilder *b = ARENA_NEW((Arena *)*state, ModuleBuilder);
    ModuleError error;
    builder_init(b, *state);
    sample_module(b);
    builder_string(b, bad[i], strlen(bad[i]));
    bool ok = verify(b, &error);
    expect_words(ok, &error, "not UTF-8 text", bad[i]);
  }
  ModuleBuilder *b = ARENA_NEW((Arena *)*state, ModuleBuilder);
  ModuleError error;
  builder_init(b, *state);
  sample_module(b);
  builder_string(b, "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80", 15);
  assert_true(verify(b, &error));
  builder_string(b, "a\0b", 3);
  bool ok = verify(b, &error);
  expect_words(ok, &error, "not UTF-8 text", "NUL");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    ARENA_TEST(test_fields_by_their_kind),
    ARENA_TEST(test_who_owns_what),
    ARENA_TEST(test_stream_events_and_people),
    ARENA_TEST(test_zones_and_calendars),
    ARENA_TEST(test_tests_and_lines),
    ARENA_TEST(test_records),
    ARENA_TEST(test_histories_and_patterns),
    ARENA_TEST(test_conditions),
    ARENA_TEST(test_functions_and_what_is_at_hand),
    ARENA_TEST(test_measures_actions_and_goals),
    ARENA_TEST(test_functions_and_their_code),
    ARENA_TEST(test_operands),
    ARENA_TEST(test_ways_through_a_function),
    ARENA_TEST(test_what_is_tried),
    ARENA_TEST(test_what_a_kind_of_function_may_do),
    ARENA_TEST(test_what_single_instructions_ask_for),
    ARENA_TEST(test_what_handlers_call),
    ARENA_TEST(test_texts_are_utf8_without_nul),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
