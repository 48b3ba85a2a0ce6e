/*
 * sample_module.c - the sample, written by hand as the compiler might: one
 * experience, one MOT, every kind of history, pattern and leaf that fits.
 *
 * Functions are written last but one, after the rows that they name; rows that
 * name functions are completed at the end.
 */
#include "tests/support/sample_module.h"

#include <string.h>

#include "base/intern.h"
#include "bytecode/names.h"
#include "bytecode/strings.h"

#define ADD(T, ...) (*VEC_PUSH(b->arena, &b->T) = (T##Row){__VA_ARGS__})
#define NONE MOT_NONE
#define MINUTE INT64_C(60000000)
#define DAY (1440 * MINUTE)

static uint32_t text(ModuleBuilder *b, const char *words)
{
  return builder_string(b, words, strlen(words));
}

static const char *const SOURCE =
  "experience GettingOnline \"Getting online\" {\n"
  "  starts on OrderPlaced\n"
  "  mot OnTime \"You come when you said\" {\n"
  "    when  OrderPlaced\n"
  "    smoto CallEnded where resolved within 4 h of FieldHours\n"
  "  }\n"
  "}\n";

/* ---- the world: stream, values, events, people, calendars ---- */

static void add_world(ModuleBuilder *b)
{
  ADD(Meta, .name = text(b, "acme.sample"), .zone = 0, .type_path = text(b, "type"),
      .time_path = text(b, "time"),
      .id_path = text(b, "id"), .has_dedupe = 1, .dedupe = DAY, .lateness = MINUTE, .idle = -1,
      .ahead = 5 * MINUTE, .hash_low = 1, .hash_high = 2);
  ADD(Source, text(b, "sample.mot"), text(b, SOURCE));
  ADD(Currency, text(b, "EUR"), 2);
  ADD(Listed, .values = 0, .values_count = 2);
  ADD(ListedValue, text(b, "basic"), text(b, "basic"));
  ADD(ListedValue, text(b, "max"), text(b, "Max 1G"));
}

static void add_field(ModuleBuilder *b, const char *name, uint32_t type, uint32_t optional)
{
  FieldRow row = {.name = text(b, name), .path = text(b, name), .type = type, .optional = optional,
                  .used = 1};
  row.currency = type == VALUE_MONEY ? 0 : NONE;
  row.listed = type == VALUE_LISTED ? 0 : NONE;
  *VEC_PUSH(b->arena, &b->Field) = row;
}

static void add_events(ModuleBuilder *b)
{
  ADD(Event, text(b, "OrderPlaced"), text(b, "order.placed"), .fields = SAMPLE_ORDER_FIELDS,
      .fields_count = 8, .predicates = 0, .predicates_count = 0, .used = 1);
  ADD(Event, text(b, "CallEnded"), text(b, "CallEnded"), .fields = SAMPLE_CALL_FIELDS, .fields_count = 5,
      .predicates = 0, .predicates_count = 1, .used = 1);
  add_field(b, "customer", VALUE_ID, 0);
  add_field(b, "order", VALUE_ID, 0);
  add_field(b, "plan", VALUE_LISTED, 0);
  add_field(b, "price", VALUE_MONEY, 1);
  add_field(b, "promised", VALUE_TIME, 0);
  add_field(b, "score", VALUE_INT, 0);
  b->Field.data[5].has_range = 1;
  b->Field.data[5].high = 10;
  add_field(b, "share", VALUE_NUMBER, 0);
  add_field(b, "vip", VALUE_BOOL, 0);
  add_field(b, "customer", VALUE_ID, 0);
  add_field(b, "wait", VALUE_DURATION, 0);
  b->Field.data[9].format = FORMAT_SECONDS;
  add_field(b, "resolved", VALUE_BOOL, 0);
  add_field(b, "agent", VALUE_ID, 1);
  add_field(b, "note", VALUE_TEXT, 0);
}

static void add_people(ModuleBuilder *b)
{
  ADD(Owner, text(b, "ana"), text(b, "Ana Ruiz"), OWNER_PERSON, ROLE_EXPERIENCE_MANAGER,
      text(b, "mailto:ana@acme.example"),
      NONE, NONE, 0);
  ADD(Owner, text(b, "ben"), text(b, "Ben Okafor"), OWNER_PERSON, ROLE_MOT_MANAGER,
      text(b, "mailto:ben@acme.example"),
      SAMPLE_ANA, NONE, 0);
  ADD(Owner, text(b, "ops"), text(b, "Field operations"), OWNER_TEAM, ROLE_PRODUCER, 0, NONE, SAMPLE_BEN, 0);
}

static void add_calendars(ModuleBuilder *b)
{
  ADD(Zone, .name = text(b, "Europe/Amsterdam"), .first_offset = 1050, .transitions = 0,
      .transitions_count = 2,
      .has_rule = 1, .std_offset = 3600, .dst_offset = 7200, .start_month = 3, .start_week = 5,
      .start_day = 0, .start_time = 7200, .end_month = 10, .end_week = 5, .end_day = 0, .end_time = 10800);
  ADD(Transition, .at = -1000000000, .offset = 3600);
  ADD(Transition, .at = -900000000, .offset = 7200);
  ADD(Calendar, text(b, "FieldHours"), 0, .hours = 0, .hours_count = 2, .closed = 0, .closed_count = 2);
  ADD(OpenHours, .weekday = 0, .from = 480 * MINUTE, .to = 1080 * MINUTE);
  ADD(OpenHours, .weekday = 5, .from = 540 * MINUTE, .to = 780 * MINUTE);
  ADD(ClosedDays, 20000, 20001);
  ADD(ClosedDays, 20100, 20100);
}

/* ---- slots ---- */

static void add_slot(ModuleBuilder *b, const char *name, uint32_t storage, uint32_t offset, uint32_t size)
{
  ADD(Slot, text(b, name), storage, offset, size);
}

/* Slots 0 … of the journey, then those of the moment, then those of the correction. */
enum { J_PROMISED, J_PLAN, J_SHARE, J_VIP, J_AGENT, J_TOTAL, J_COUNT, J_WINDOW, J_LAST, J_RING, J_MATCHED,
       J_QUIET,
       J_OPENED, J_SCO, J_DEADLINE, J_CHAIN, J_SLOTS };
enum { M_STATE_1, M_STATE_2, M_STATE_3, M_STATE_4, M_COUNTER, M_DEADLINE_1, M_DEADLINE_2, M_DEADLINE_3,
       M_MATCHED,
       M_PRICE, M_ORDER, M_SLOTS };
enum { C_STATE, C_SLOTS };

static void add_journey_slots(ModuleBuilder *b)
{
  add_slot(b, "start.promised", STORAGE_I64, 72, 8);
  add_slot(b, "start.plan", STORAGE_U8, 80, 1);
  add_slot(b, "start.share", STORAGE_F64, 88, 8);
  add_slot(b, "start.vip", STORAGE_BOOL, 81, 1);
  add_slot(b, "last(CallEnded).agent", STORAGE_STRING, 84, 4);
  add_slot(b, "total", STORAGE_I64, 96, 8);
  add_slot(b, "how many", STORAGE_U32, 104, 4);
  add_slot(b, "window", STORAGE_RING48, 112, 4 + 3 * 6);
  add_slot(b, "last", STORAGE_RING, 144, 4 + 2 * 16);
  add_slot(b, "counted", STORAGE_RING, 184, 4 + 2 * 8);
  add_slot(b, "matched", STORAGE_T48, 224, 6);
  add_slot(b, "quiet", STORAGE_I64, 208, 8);
  add_slot(b, "has opened", STORAGE_BOOL, 82, 1);
  add_slot(b, "sco", STORAGE_U8, 83, 1);
  add_slot(b, "sco deadline", STORAGE_I64, 216, 8);
  add_slot(b, "chain deadline", STORAGE_I64, 232, 8);
}

static void add_moment_slots(ModuleBuilder *b)
{
  for (uint32_t i = 0; i < 4; i++) add_slot(b, "leaf", STORAGE_U8, 48 + i, 1);
  add_slot(b, "count", STORAGE_U16, 52, 2);
  for (uint32_t i = 0; i < 3; i++) add_slot(b, "deadline", STORAGE_I64, 56 + 8 * i, 8);
  add_slot(b, "matched", STORAGE_I64, 80, 8);
  add_slot(b, "opening.price", STORAGE_I64, 88, 8);
  add_slot(b, "opening.order", STORAGE_STRING, 96, 4);
  add_slot(b, "leaf", STORAGE_U8, 32, 1); /* of the correction */
}

/* ---- the experience ---- */

enum { MOMENT_SLOT = J_SLOTS, CORRECTION_SLOT = J_SLOTS + M_SLOTS };

static void add_journey_state(ModuleBuilder *b)
{
  ADD(Key, text(b, "customer"), 0);
  ADD(Key, text(b, "order"), 0);
  ADD(History, .kind = HISTORY_TOTAL, .aggregate = AGGREGATE_MAX, .type = VALUE_DURATION, .store = NONE,
      .total = J_TOTAL, .count = J_COUNT);
  ADD(History, .kind = HISTORY_TIME, .aggregate = AGGREGATE_COUNT, .window = 7 * DAY, .keep = 3, .exact = 1,
      .store = J_WINDOW, .total = NONE, .count = NONE);
  ADD(History, .kind = HISTORY_NUMBER, .aggregate = AGGREGATE_AVG, .keep = 2, .exact = 1,
      .type = VALUE_NUMBER, .store = J_LAST, .total = NONE, .count = NONE);
  ADD(Pattern, .kind = PATTERN_COUNT, .purpose = PURPOSE_VOIDS, .mot = NONE, .count = 3, .calendar = NONE,
      .steps = 0, .steps_count = 1, .store = J_RING, .choice = NONE, .length = NONE);
  ADD(Pattern, .kind = PATTERN_CHAIN, .purpose = PURPOSE_OPENS, .mot = 0, .calendar = NONE, .steps = 1,
      .steps_count = 2, .store = NONE, .choice = NONE, .length = NONE);
  ADD(Pattern, .kind = PATTERN_QUIET, .purpose = PURPOSE_OPENS, .mot = 0, .calendar = NONE, .within = DAY,
      .store = J_QUIET, .choice = 1, .length = NONE);
  ADD(PatternStep, .bound = BOUND_WITHIN, .calendar = NONE, .length = DAY, .matched = NONE, .deadline = NONE);
  ADD(PatternStep, .bound = BOUND_NONE, .calendar = NONE, .matched = J_MATCHED, .deadline = NONE);
  ADD(PatternStep, .bound = BOUND_WITHIN, .calendar = NONE, .length = DAY, .matched = NONE,
      .deadline = J_CHAIN);
}

static void add_experience(ModuleBuilder *b)
{
  ADD(Experience, .name = text(b, "GettingOnline"), .title = text(b, "Getting online"),
      .doc = text(b, "From order to line."), .manager = SAMPLE_ANA, .keys = 0, .keys_count = 2,
      .sco_text = text(b, "I am online on the day you promised"),
      .sco = 1, .expires = 60 * DAY, .size = 240, .slots = 0, .slots_count = J_SLOTS, .mots = 0,
      .mots_count = 1,
      .handlers = 0, .handlers_count = 3, .histories = 0, .histories_count = 3, .patterns = 0,
      .patterns_count = 3,
      .actions = 0, .actions_count = 0, .sentiment = 2, .value = NONE, .value_type = VALUE_MONEY,
      .value_currency = 0, .clauses = 0, .clauses_count = 3);
  ADD(Clause, CLAUSE_DECLARED, 0, 0, 196);
  ADD(Clause, CLAUSE_STARTS, 0, 56, 67);
  ADD(Clause, CLAUSE_PART, 0, 56, 67);
  ADD(Trigger, TRIGGER_EVENT, SAMPLE_ORDER, NONE, NONE, 0, 0);
  ADD(Trigger, TRIGGER_EVENT, SAMPLE_CALL, NONE, NONE, 0, 0);
  ADD(Trigger, TRIGGER_OUTCOME, NONE, 0, NONE, OUTCOME_MISSED, 0);
  ADD(Handler, .experience = 0, .trigger = SAMPLE_ON_ORDER, .keys = 0, .keys_count = 2);
  ADD(Handler, .experience = 0, .trigger = SAMPLE_ON_CALL, .keys = 2, .keys_count = 2);
  ADD(Handler, .experience = 0, .trigger = SAMPLE_ON_MISS);
  ADD(KeyField, SAMPLE_ORDER_FIELDS, 0);
  ADD(KeyField, SAMPLE_ORDER_FIELDS + 1, 0);
  ADD(KeyField, SAMPLE_CALL_FIELDS, 0);
  ADD(KeyField, NONE, 0);
}

/* ---- the MOT: predicate, at most, sequence, some ---- */

static void add_step(ModuleBuilder *b, uint32_t bound, int64_t length, uint32_t deadline, uint32_t matched)
{
  bool calendar = bound == BOUND_CALENDAR || bound == BOUND_OPEN_DAYS;
  ADD(Step, .bound = bound, .calendar = calendar ? 0 : NONE, .length = length, .dynamic = bound == BOUND_BY,
      .deadline = deadline, .matched = matched);
}

static void add_leaf(ModuleBuilder *b, uint32_t kind, uint32_t state, uint32_t steps, uint32_t count)
{
  ADD(Leaf, .kind = kind, .state = state, .counter = NONE, .settled = NONE, .steps = steps,
      .steps_count = count, .produced = text(b, "CallEnded at {at}"), .missed = text(b, "no CallEnded by {deadline}"));
}

static void add_conditions(ModuleBuilder *b)
{
  ADD(Condition, .subject = SUBJECT_MOT, .of = 0, .leaves = 0, .leaves_count = 4);
  ADD(Condition, .subject = SUBJECT_SCO, .of = 0, .leaves = 4, .leaves_count = 1);
  ADD(Condition, .subject = SUBJECT_CORRECTION, .of = 0, .leaves = 5, .leaves_count = 1);
  add_leaf(b, LEAF_PREDICATE, MOMENT_SLOT + M_STATE_1, 0, 0);
  add_leaf(b, LEAF_AT_MOST, MOMENT_SLOT + M_STATE_2, 0, 1);
  b->Leaf.data[1].count = 300;
  b->Leaf.data[1].counter = MOMENT_SLOT + M_COUNTER;
  add_leaf(b, LEAF_SEQUENCE, MOMENT_SLOT + M_STATE_3, 1, 2);
  add_leaf(b, LEAF_SOME, MOMENT_SLOT + M_STATE_4, 3, 1);
  add_leaf(b, LEAF_SOME, J_SCO, 4, 1);
  add_leaf(b, LEAF_SOME, CORRECTION_SLOT + C_STATE, 5, 1);
  add_step(b, BOUND_CALENDAR, 240 * MINUTE, MOMENT_SLOT + M_DEADLINE_1, NONE);
  add_step(b, BOUND_NONE, 0, NONE, MOMENT_SLOT + M_MATCHED);
  add_step(b, BOUND_OPEN_DAYS, 2, MOMENT_SLOT + M_DEADLINE_2, NONE);
  add_step(b, BOUND_BY, 0, MOMENT_SLOT + M_DEADLINE_3, NONE);
  add_step(b, BOUND_BY, 0, J_DEADLINE, NONE);
  add_step(b, BOUND_NONE, 0, NONE, NONE);
}

static void add_mot(ModuleBuilder *b)
{
  ADD(Mot, .experience = 0, .name = text(b, "OnTime"), .title = text(b, "You come when you said"),
      .critical = 1, .manager = SAMPLE_BEN, .weight = 2, .producers = 0, .producers_count = 1, .size = 104,
      .slots = MOMENT_SLOT, .slots_count = M_SLOTS, .condition = 0, .pausable = 1, .choices = 0,
      .choices_count = 2,
      .targets = 0, .targets_count = 2, .actions = 0, .actions_count = 3, .group_type = VALUE_ID,
      .group_currency = NONE, .group_listed = NONE,
      .missed_currency = 0, .impact_produced = NONE, .produced_currency = NONE, .clauses = 3, .clauses_count = 3);
  ADD(Clause, CLAUSE_DECLARED, 0, 70, 193);
  ADD(Clause, CLAUSE_CHOICE, 0, 118, 129);
  ADD(Clause, CLAUSE_PART, 0, 140, 188);
  ADD(Producer, SAMPLE_OPS, 0);
  ADD(Choice, .mot = 0, .mode = MODE_FIRST, .trigger = SAMPLE_ON_ORDER, .opened = J_OPENED);
  ADD(Choice, .mot = 0, .mode = MODE_EACH, .trigger = NONE, .opened = NONE);
}

static void add_acting(ModuleBuilder *b)
{
  ADD(Action, .when = WHEN_AT_RISK, .kind = ACTION_ALERT, .to = SAMPLE_OPS, .risk_before = -1,
      .raise_after = -1,
      .hold = -1, .escalate = -1, .repeat = -1, .severity = SEVERITY_MEDIUM, .correction = NONE, .text = 0,
      .text_count = 2);
  ADD(Action, .when = WHEN_MISSED, .kind = ACTION_CORRECT, .risk = NONE, .to = SAMPLE_OPS, .risk_before = -1,
      .raise_after = -1, .hold = -1, .escalate = -1, .repeat = -1, .correction = 0);
  ADD(Action, .when = WHEN_BREACHED, .kind = ACTION_ALERT, .risk = NONE, .to = SAMPLE_ANA, .risk_before = -1,
      .raise_after = 10 * MINUTE, .hold = 0, .escalate = 2 * DAY, .repeat = DAY, .severity = SEVERITY_HIGH,
      .correction = NONE);
  ADD(Action, .when = WHEN_MET, .kind = ACTION_ALERT, .risk = NONE, .to = SAMPLE_ANA, .risk_before = -1,
      .raise_after = -1, .hold = -1, .escalate = -1, .repeat = -1, .correction = NONE);
  ADD(TextPiece, .literal = text(b, "the visit for "), .type = VALUE_ID, .currency = NONE, .listed = NONE);
  ADD(TextPiece, .literal = text(b, " costs "), .type = VALUE_MONEY, .currency = 0, .listed = NONE);
  ADD(Correction, .text = text(b, "Call before the customer calls us"), .by = SAMPLE_OPS, .experience = 0,
      .mot = 0,
      .bound = BOUND_WITHIN, .calendar = NONE, .length = 30 * MINUTE, .due = NONE, .condition = 2, .size = 40,
      .slots = CORRECTION_SLOT, .slots_count = C_SLOTS);
}

/* ---- measures, goals, tests ---- */

static void add_measures(ModuleBuilder *b)
{
  ADD(Aggregate, .kind = AGGREGATE_QUANTILE, .type = VALUE_DURATION, .quantile = 0.95, .currency = NONE,
      .over = AGGREGATE_OVER_EVENTS, .inputs = 0, .inputs_count = 1, .value = NONE, .test = NONE);
  ADD(Aggregate, .kind = AGGREGATE_AVG, .type = VALUE_NUMBER, .currency = NONE,
      .over = AGGREGATE_OVER_MOMENTS);
  ADD(Aggregate, .kind = AGGREGATE_LAST, .type = VALUE_INT, .currency = NONE, .over = AGGREGATE_OVER_EVENTS,
      .inputs = 1, .inputs_count = 1, .value = NONE, .test = NONE);
  ADD(AggregateInput, .event = SAMPLE_CALL, .group_2 = NONE);
  ADD(AggregateInput, .event = SAMPLE_ORDER, .test = NONE, .group_1 = NONE, .group_2 = NONE);
  ADD(Window, .kind = WINDOW_TUMBLING, .unit = UNIT_MONTHS, .length = 1);
  ADD(Window, .kind = WINDOW_HOPPING, .unit = UNIT_DAYS, .length = 7, .step = 60 * MINUTE);
  ADD(Metric, .name = text(b, "WaitByAgent"), .aggregates = 0, .aggregates_count = 1, .type = VALUE_DURATION,
      .currency = NONE, .window = 0, .group_1 = text(b, "agent"), .groups = 10000);
  double rate = 0.95;
  int64_t bits;
  memcpy(&bits, &rate, sizeof bits);
  ADD(Target, .text = text(b, "95% over 7 d"), .of = TARGET_OF_MOT, .value = NONE, .type = VALUE_PERCENT,
      .compare = COMPARE_GE, .window = 1, .goal = bits, .min_cases = 20, .currency = NONE);
  ADD(Target, .text = text(b, "avg(took) <= 3 over 7 d"), .of = TARGET_OF_MOT, .aggregates = 1,
      .aggregates_count = 1,
      .type = VALUE_NUMBER, .compare = COMPARE_LE, .window = 1, .goal = bits, .min_cases = 20,
      .currency = NONE);
  ADD(Target, .text = text(b, "90% over 30 d"), .of = TARGET_OF_GOAL, .value = NONE, .type = VALUE_PERCENT,
      .compare = COMPARE_GE, .window = 1, .goal = bits, .min_cases = 10, .currency = NONE);
}

static void add_goals(ModuleBuilder *b)
{
  ADD(Nsat, text(b, "NorthStar"), text(b, "Online when we said"), 0, 0, .goals = 0, .goals_count = 2);
  ADD(Goal, .nsat = 0, .parent = NONE, .name = text(b, "Online"), .owner = SAMPLE_ANA, .measure = MEASURE_SCO,
      .mot = NONE, .metric = NONE, .weight = 1, .targets = 2, .targets_count = 1, .actions = 3,
      .actions_count = 1);
  ADD(Goal, .nsat = 0, .parent = 0, .name = text(b, "Visits"), .owner = SAMPLE_OPS, .each = text(b, "agent"),
      .measure = MEASURE_MOT, .mot = 0, .metric = NONE, .weight = 0.6);
  ADD(Review, text(b, "Monthly"), 0, SAMPLE_ANA, UNIT_MONTHS, 1);
}

static void add_tests(ModuleBuilder *b)
{
  ADD(Test, text(b, "nobody comes"), 0, .start = 0, .end = 20, .steps = 0, .steps_count = 2, .expects = 0,
      .expects_count = 1);
  ADD(TestStep, .at = DAY, .event = SAMPLE_ORDER, .start = 3, .values = 0, .values_count = 2);
  ADD(TestStep, .at = 2 * DAY, .event = NONE, .start = 5);
  ADD(TestValue, SAMPLE_ORDER_FIELDS, text(b, "c1"), 0);
  ADD(TestValue, SAMPLE_ORDER_FIELDS + 2, 0, 1);
  ADD(Expect, .kind = EXPECT_MOMENT, .outcome = OUTCOME_MISSED, .mot = 0, .experience = NONE, .goal = NONE,
      .owner = NONE, .severity = NONE, .key = text(b, "c1"), .has_at = 1, .at = 2 * DAY);
}

/* ---- functions ---- */

/* Counts registers and the longest way as the verifier does. */
static void measure(FunctionRow *row, const Instr *code)
{
  uint32_t way[64] = {0}, guard = 0;
  for (uint32_t i = 0; i < row->count; i++) {
    way[i] = guard > i ? guard : 0;
    if (code[i].op == OP_TRY) guard = i + code[i].d;
  }
  for (uint32_t i = row->count; i-- > 0;) {
    bool jump = op_jumps(code[i].op);
    bool end = code[i].op == OP_RET || code[i].op >= OP_RET_B || code[i].op == OP_OPEN;
    uint32_t far = jump ? way[i + code[i].d] : 0, next = end || code[i].op == OP_JMP ? 0 : way[i + 1];
    uint32_t fault = way[i] ? way[way[i]] : 0;
    if (fault > far) far = fault;
    way[i] = 1 + (far > next ? far : next);
  }
  row->longest = way[0];
  row->registers = 8;
}

static uint32_t write(ModuleBuilder *b, const char *name, FunctionRow row, const Instr *code, size_t count)
{
  row.name = text(b, name);
  row.first = b->code.len;
  row.count = (uint32_t)count;
  measure(&row, code);
  for (size_t i = 0; i < count; i++) *VEC_PUSH(b->arena, &b->code) = code[i];
  *VEC_PUSH(b->arena, &b->Function) = row;
  return b->Function.len - 1;
}

#define F(K, ...)                                                                                          \
  ((FunctionRow){.kind = FUNCTION_##K, .event = NONE, .experience = NONE, .mot = NONE, .correction = NONE, \
                 .source = NONE, .source_sco = NONE, .aggregates_of = NONE, .target = NONE, __VA_ARGS__})
#define CODE(...) (const Instr[]){__VA_ARGS__}, sizeof((const Instr[]){__VA_ARGS__}) / sizeof(Instr)
#define I_(op, a, b, c, d, ...) {OP_##op, a, b, c, d}
#define I(op, ...) I_(op, __VA_ARGS__, 0, 0, 0, 0)

#pragma GCC diagnostic ignored "-Woverride-init"

static void add_event_functions(ModuleBuilder *b)
{
  uint32_t resolved = write(b, "CallEnded: resolved", F(PREDICATE, .event = SAMPLE_CALL),
                            CODE(I(EV_B, 0, 2), I(RET_B, 0)));
  ADD(Predicate, SAMPLE_CALL, resolved);
  b->AggregateInput.data[0].test = write(b, "resolved", F(EVENT_VALUE, .event = SAMPLE_CALL,
                                                          .result = VALUE_BOOL),
                                         CODE(I(EV_BIT, 0, 0), I(RET_B, 0)));
  b->AggregateInput.data[0].value = write(b, "wait", F(EVENT_VALUE, .event = SAMPLE_CALL,
                                                       .result = VALUE_DURATION),
                                          CODE(I(EV_I, 0, 1), I(RET_I, 0)));
  b->AggregateInput.data[0].group_1 =
    write(b, "agent", F(EVENT_VALUE, .event = SAMPLE_CALL, .result = VALUE_ID),
          CODE(I(EV_KNOWN, 0, 3), I(JF, 0, 0, 0, 3), I(EV_S, 1, 3), I(RET_S, 1), I(RET_NONE, 0)));
  b->AggregateInput.data[1].value = write(b, "score", F(EVENT_VALUE, .event = SAMPLE_ORDER,
                                                        .result = VALUE_INT),
                                          CODE(I(EV_I, 0, 5), I(RET_I, 0)));
  b->Metric.data[0].value = write(b, "WaitByAgent", F(GROUP_VALUE, .aggregates_of = 0,
                                                      .result = VALUE_DURATION),
                                  CODE(I(AGG_I, 0, 0, 1), I(JF, 1, 0, 0, 2), I(RET_I, 0), I(RET_NONE, 0)));
  b->Target.data[1].value = write(b, "target", F(GROUP_VALUE, .target = 1, .result = VALUE_NUMBER),
                                  CODE(I(AGG_F, 0, 0, 1), I(RET_F, 0)));
}

static void add_value_functions(ModuleBuilder *b)
{
  uint32_t half = builder_constant_f(b, 0.5), minutes = builder_constant(b, 30 * MINUTE);
  const FunctionRow subject = F(SUBJECT_VALUE, .experience = 0, .mot = 0);
  FunctionRow row = subject;
  row.result = VALUE_ID;
  b->Mot.data[0].group = write(b, "by", row, CODE(I(JL_S, 0, J_AGENT), I(RET_S, 0)));
  b->TextPiece.data[0].value = write(b, "{customer}", row, CODE(I(J_KEY, 0, 0), I(RET_S, 0)));
  row.result = VALUE_MONEY;
  b->Mot.data[0].impact_missed =
    write(b, "impact", row, CODE(I(ML_I, 0, M_PRICE), I(K_F, 1, (uint16_t)half), I(MUL_IF, 2, 0, 1),
                                 I(NEG_I, 2, 2), I(RET_I, 2)));
  b->TextPiece.data[1].value = write(b, "{price}", row, CODE(I(ML_I, 0, M_PRICE), I(RET_I, 0)));
  row.result = VALUE_DURATION;
  b->Action.data[0].risk = write(b, "lead time", row, CODE(I(K_I, 0, (uint16_t)minutes), I(RET_I, 0)));
  row.result = VALUE_NUMBER;
  b->Aggregate.data[1].value =
    write(b, "took", row, CODE(I(M_TOOK, 0), I(M_DEADLINE, 1, 0, 2), I(SUB_I, 1, 1, 0), I(DIV_II, 3, 0, 1, 4),
                               I(JF, 4, 0, 0, 2), I(RET_F, 3), I(RET_NONE, 0)));
  row.result = VALUE_BOOL;
  b->Aggregate.data[1].test = write(b, "where", row, CODE(I(JL_B, 0, J_VIP), I(NOT_B, 0, 0), I(RET_B, 0)));
  b->Experience.data[0].value = write(b, "value", F(JOURNEY_VALUE, .experience = 0, .result = VALUE_MONEY),
                                      CODE(I(H_GET_I, 0, 0, 1), I(JT, 1, 0, 0, 2), I(RET_NONE, 0),
                                           I(RET_I, 0)));
}

static void add_condition_functions(ModuleBuilder *b)
{
  b->Condition.data[0].verdict =
    write(b, "OnTime: smoto", F(VERDICT, .experience = 0, .mot = 0),
          CODE(I(LEAF_GET, 0, 0), I(LEAF_GET, 1, 1), I(AND_T, 0, 0, 1), I(LEAF_GET, 1, 2), I(OR_T, 0, 0, 1),
               I(LEAF_GET, 1, 3), I(NOT_T, 1, 1), I(AND_T, 0, 0, 1), I(RET_T, 0)));
  b->Condition.data[1].verdict = write(b, "sco", F(VERDICT, .experience = 0),
                                       CODE(I(LEAF_GET, 0, 0), I(RET_T, 0)));
  b->Condition.data[2].verdict =
    write(b, "until", F(VERDICT, .experience = 0, .correction = 0), CODE(I(LEAF_GET, 0, 0), I(RET_T, 0)));
  b->Choice.data[0].opening =
    write(b, "OnTime: opening", F(OPENING, .experience = 0, .mot = 0, .event = SAMPLE_ORDER),
          CODE(I(EV_I, 0, 3), I(MS_I, 0, M_PRICE), I(EV_S, 1, 1), I(MS_S, 1, M_ORDER), I(EV_I, 2, 4),
               I(CALL_ZON, 2, BUILTIN_END_OF_DAY, 2, 0), I(EV_B, 3, 7), I(LEAF_IS, 3, 0),
               I(LEAF_ARM, 0, 1, 0),
               I(LEAF_ARM_I, 2, 3, 0), I(RET, 0)));
  b->Choice.data[1].opening = write(b, "OnTime: opening by silence", F(OPENING, .experience = 0, .mot = 0),
                                    CODE(I(NOW, 0), I(LEAF_ARM, 0, 1, 0), I(LEAF_ARM_I, 0, 3, 0), I(RET, 0)));
  b->Correction.data[0].opening = write(b, "correction: opening",
                                        F(OPENING, .experience = 0, .correction = 0, .source = 0),
                                        CODE(I(OL_I, 0, M_PRICE), I(O_OPENED, 1), I(RET, 0)));
}

static uint16_t function_of(const ModuleBuilder *b, const char *name)
{
  return (uint16_t)sample_function(b, name);
}

static void add_order_functions(ModuleBuilder *b)
{
  const FunctionRow test = F(JOURNEY_TEST, .experience = 0, .event = SAMPLE_ORDER);
  write(b, "starts", test, CODE(I(EV_I, 0, 2), I(K_I, 1, (uint16_t)builder_constant(b, 1)), I(EQ_I, 2, 0, 1),
                                I(RET_B, 2)));
  write(b, "start", F(START, .experience = 0, .event = SAMPLE_ORDER),
        CODE(I(EV_I, 0, 4), I(JS_I, 0, J_PROMISED), I(EV_I, 1, 2), I(JS_I, 1, J_PLAN), I(EV_F, 2, 6),
             I(JS_F, 2, J_SHARE),
             I(EV_B, 3, 7), I(JS_B, 3, J_VIP), I(LEAF_ARM_I, 0, 0, 0), I(RET, 0)));
  write(b, "opens", F(TRIGGER, .experience = 0, .mot = 0, .event = SAMPLE_ORDER),
        CODE(I(P_STEP, 0, 1, 0), I(EV_B, 1, 7), I(JF, 1, 0, 0, 2), I(OPEN, 0, 0), I(RET, 0)));
  uint32_t code = write(b, "on OrderPlaced", F(HANDLER, .experience = 0),
                        CODE(I(X_OPEN, 0, function_of(b, "opens"), 0),
                             I(X_STARTS, 0, function_of(b, "starts"), function_of(b, "start")), I(RET, 0)));
  b->Handler.data[SAMPLE_ON_ORDER].code = code;
}

static void add_call_journey_functions(ModuleBuilder *b)
{
  write(b, "histories", F(HISTORY, .experience = 0, .event = SAMPLE_CALL),
        CODE(I(EV_I, 0, 1), I(H_PUSH_I, 0, 0), I(H_PUSH, 0, 1), I(I_TO_F, 1, 0), I(H_PUSH_F, 1, 2),
             I(EV_S, 2, 3),
             I(JS_S, 2, J_AGENT), I(P_QUIET, 0, 2), I(RET, 0)));
  write(b, "void", F(JOURNEY_TEST, .experience = 0, .event = SAMPLE_CALL),
        CODE(I(P_COUNT, 0, 0), I(RET_B, 0)));
  write(b, "ends", F(JOURNEY_TEST, .experience = 0, .event = SAMPLE_CALL),
        CODE(I(H_COUNT, 0, 1), I(K_I, 1, (uint16_t)builder_constant(b, 3)), I(LE_I, 2, 1, 0), I(RET_B, 2)));
  write(b, "sco test", F(TEST, .experience = 0, .event = SAMPLE_CALL),
        CODE(I(J_START, 0), I(CALL_CAL, 0, BUILTIN_NEXT_OPEN, 0, 0), I(LEAF_MOVE, 0, 0, 0),
             I(LEAF_HIT, 1, 0, 0), I(RET, 0)));
}

static void add_call_functions(ModuleBuilder *b)
{
  const FunctionRow test = F(TEST, .experience = 0, .mot = 0, .event = SAMPLE_CALL);
  write(b, "mot void", F(SUBJECT_TEST, .experience = 0, .mot = 0, .event = SAMPLE_CALL),
        CODE(I(ML_S, 0, M_ORDER), I(EV_S, 1, 4), I(EQ_S, 2, 0, 1), I(RET_B, 2)));
  write(b, "pause", F(PAUSE, .experience = 0, .mot = 0, .event = SAMPLE_CALL),
        CODE(I(K_I, 0, (uint16_t)builder_constant(b, 2)), I(RET_I, 0)));
  write(b, "mot test", test,
        CODE(I(LEAF_HIT, 0, 1, 0), I(EV_BIT, 1, 0), I(JF, 1, 0, 0, 3), I(LEAF_HIT, 0, 2, 1),
             I(LEAF_HIT, 0, 2, 0), I(RET, 0)));
  write(b, "correction test", F(TEST, .experience = 0, .correction = 0, .event = SAMPLE_CALL),
        CODE(I(LEAF_HIT, 0, 0, 0), I(RET, 0)));
  write(b, "correction void", F(SUBJECT_TEST, .experience = 0, .correction = 0, .event = SAMPLE_CALL),
        CODE(I(K_B, 0, 0), I(RET_B, 0)));
  uint32_t code = write(
    b, "on CallEnded", F(HANDLER, .experience = 0),
    CODE(I(X_HIST, 0, function_of(b, "histories")), I(X_VOID, 0, function_of(b, "void")),
         I(X_MVOID, 0, function_of(b, "mot void"), 0), I(X_PAUSE, 0, function_of(b, "pause"), 0),
         I(X_TEST, 0, function_of(b, "mot test"), 0), I(X_CTEST, 0, function_of(b, "correction test"), 0),
         I(X_CVOID, 0, function_of(b, "correction void"), 0), I(X_SCO, 0, function_of(b, "sco test")),
         I(X_ENDS, 0, function_of(b, "ends")), I(RET, 0)));
  b->Handler.data[SAMPLE_ON_CALL].code = code;
}

static void add_miss_functions(ModuleBuilder *b)
{
  write(b, "missed: sco", F(TEST, .experience = 0, .source = 0),
        CODE(I(EV_TIME, 0), I(O_OPENED, 1), I(LT_I, 2, 1, 0), I(JF, 2, 0, 0, 2), I(LEAF_HIT, 3, 0, 0),
             I(RET, 0)));
  b->Handler.data[SAMPLE_ON_MISS].code =
    write(b, "on missed OnTime", F(HANDLER, .experience = 0),
          CODE(I(X_SCO, 0, function_of(b, "missed: sco")), I(RET, 0)));
}

static void add_lines(ModuleBuilder *b)
{
  for (uint32_t i = 0; i < b->Function.len; i++) {
    const char *at = strstr(SOURCE, i % 2 ? "smoto" : "when");
    uint32_t start = (uint32_t)(at - SOURCE);
    ADD(Line, b->Function.data[i].first, 0, start, start + 5);
  }
}

void sample_module(ModuleBuilder *b)
{
  add_world(b);
  add_events(b);
  add_people(b);
  add_calendars(b);
  add_journey_slots(b);
  add_moment_slots(b);
  add_journey_state(b);
  add_experience(b);
  add_conditions(b);
  add_mot(b);
  add_acting(b);
  add_measures(b);
  add_goals(b);
  add_tests(b);
  add_event_functions(b);
  add_value_functions(b);
  add_condition_functions(b);
  add_order_functions(b);
  add_call_journey_functions(b);
  add_call_functions(b);
  add_miss_functions(b);
  add_lines(b);
}

uint32_t sample_function(const ModuleBuilder *b, const char *name)
{
  for (uint32_t i = 0; i < b->Function.len; i++) {
    size_t len;
    if (strcmp(pool_text(b->strings, b->Function.data[i].name, &len), name) == 0) return i;
  }
  return MOT_NONE;
}
