/* facts.c - what an engine works out once from its module, so that no event has to. */
#include <string.h>

#include "bytecode/records.h"
#include "bytecode/names.h"
#include "runtime/acts.h"

/* ---- functions ---- */

static bool may_arm(const Module *m, const FunctionRow *function, Instr instr)
{
  if (instr.op == OP_LEAF_ARM || instr.op == OP_LEAF_ARM_I || instr.op == OP_LEAF_MOVE) return true;
  if (instr.op != OP_LEAF_HIT) return false;
  uint32_t condition = function->mot != MOT_NONE ? m->Mot[function->mot].condition
    : function->correction != MOT_NONE ? m->Correction[function->correction].condition
    : m->Experience[function->experience].sco;
  return m->Leaf[m->Condition[condition].leaves + instr.b].steps_count > 1;
}

static bool of_first_step(Instr instr)
{
  return instr.b == 0 && instr.c == 0;
}

static bool counts(const Instr *code, uint32_t count)
{
  if (count != 5 || code[0].op != OP_H_COUNT || code[1].op != OP_K_I || code[3].op != OP_LEAF_IS) return false;
  Instr is = code[2];
  bool compares = is.op == OP_LT_I || is.op == OP_LE_I || is.op == OP_EQ_I;
  bool both = (is.b == code[0].a && is.c == code[1].a) || (is.c == code[0].a && is.b == code[1].a);
  return compares && both && code[0].a != code[1].a && code[3].a == is.a && code[3].b == 0;
}

static FactKind kind_of(const Instr *code, uint32_t count, uint16_t *ret_of)
{
  *ret_of = code[0].b;
  if (code[0].op == OP_RET) return FACT_NOTHING;
  if (code[0].op == OP_OPEN) return FACT_OPENS;
  if (count == 2 && code[0].op == OP_K_B && code[1].op == OP_RET_B) return code[0].b ? FACT_TRUE : FACT_FALSE;
  if (count == 2 && code[0].op == OP_LEAF_ARM && of_first_step(code[0])) return FACT_ARMS;
  if (count == 2 && code[0].op == OP_LEAF_HIT && of_first_step(code[0])) return FACT_HITS;
  if (count == 2 && code[0].op == OP_H_PUSH) return FACT_PUSHES;
  if (counts(code, count)) return FACT_COUNTS;
  bool hits_if = count == 4 && code[1].op == OP_JF && code[1].a == code[0].a && code[1].d == 2
    && code[2].op == OP_LEAF_HIT && of_first_step(code[2]);
  if (hits_if && code[0].op == OP_EV_BIT && code[0].b < 32) return FACT_HITS_IF_BIT;
  if (hits_if && code[0].op == OP_EV_B) return FACT_HITS_IF_FIELD;
  bool bit = count == 3 && code[0].op == OP_EV_BIT && code[1].op == OP_LEAF_IS && code[1].b == 0
    && code[1].a == code[0].a && code[0].b < 32;
  return bit ? FACT_BIT : FACT_RUNS;
}

static FunctionFact fact_of(const Module *m, const FunctionRow *function)
{
  const Instr *code = m->code + function->first;
  FunctionFact fact = {.kind = FACT_RUNS};
  for (uint32_t i = 0; i < function->count; i++) {
    fact.arms = fact.arms || may_arm(m, function, code[i]);
  }
  fact.kind = (uint8_t)kind_of(code, function->count, &fact.of);
  return fact;
}

static const FunctionFact *facts_of_functions(Engine *engine)
{
  const Module *m = engine->module;
  FunctionFact *facts = ARENA_ARRAY(&engine->arena, FunctionFact, m->Function_count);
  for (uint32_t i = 0; i < m->Function_count; i++) facts[i] = fact_of(m, &m->Function[i]);
  return facts;
}

/* ---- records ---- */

/* Offsets of the text slots, with room for `more` behind them. */
static uint32_t *text_slots(Engine *engine, uint32_t first, uint32_t count, uint32_t more,
                            uint32_t *ret_count)
{
  const SlotRow *slots = engine->module->Slot + first;
  uint32_t found = 0;
  uint32_t *offsets = ARENA_ARRAY(&engine->arena, uint32_t, count + more);
  for (uint32_t i = 0; i < count; i++)
    if (slots[i].storage == STORAGE_STRING) offsets[found++] = slots[i].offset;
  *ret_count = found;
  return offsets;
}

/* Of 8 bytes; 0: beyond the exact classes of the heap, or to be copied by bytes. */
static uint32_t units_of(uint32_t size)
{
  return size <= HEAP_EXACT * 8 && size % 8 == 0 ? size / 8 : 0;
}

static void note_condition(const Engine *engine, const MotRow *row, MotFacts *facts)
{
  const Module *m = engine->module;
  const ConditionRow *condition = &m->Condition[row->condition];
  const FunctionRow *verdict = &m->Function[condition->verdict];
  const LeafRow *leaf = &m->Leaf[condition->leaves];
  const StepRow *step = &m->Step[leaf->steps];
  facts->alone = condition->leaves_count == 1 && verdict->count == 2;
  facts->state = m->Slot[leaf->state].offset;
  facts->plain = !engine->options->trace && facts->alone && (leaf->kind == LEAF_SOME || leaf->kind == LEAF_NO)
    && step->bound != BOUND_NONE && !row->pausable && engine->plan->mots[row - m->Mot].risks == 0;
  if (!facts->plain) return;
  facts->bare = row->size == sizeof(PlainMoment) && facts->state == offsetof(PlainMoment, state)
    && m->Slot[step->deadline].offset == offsetof(PlainMoment, deadline) && row->slots_count == 2;
  facts->hit = leaf->kind == LEAF_SOME ? OUTCOME_PRODUCED : OUTCOME_MISSED;
  facts->deadline = m->Slot[step->deadline].offset;
  facts->length = step->bound == BOUND_WITHIN && !step->dynamic && step->length > 0 ? step->length : 0;
}

/* Whether its one sentence has no count, its instant is the deadline's or that of the decision, and nothing else
 * has to be found out. */
static void note_telling(const Engine *engine, const MotRow *row, MotFacts *facts)
{
  const Module *m = engine->module;
  const LeafRow *leaf = &m->Leaf[m->Condition[row->condition].leaves];
  bool values = row->group != MOT_NONE || row->impact_missed != MOT_NONE || row->impact_produced != MOT_NONE;
  bool timeless = leaf->steps_count == 0 && leaf->settled == MOT_NONE;
  facts->tells = facts->alone && (facts->plain || timeless) && !values && !row->pausable
    && leaf->counter == MOT_NONE && m->Experience[row->experience].keys_count == 1;
  facts->sentences[OUTCOME_MISSED] = leaf->missed;
  facts->sentences[OUTCOME_PRODUCED] = leaf->produced;
}

/* The lane whose timers have the length of a plain moment. */
static uint32_t lane_of(const Engine *engine, uint32_t mot, int64_t length)
{
  uint32_t lane = engine->plan->mots[mot].lane;
  return lane != MOT_NONE && engine->plan->lanes[lane].delay == length ? lane : MOT_NONE;
}

/* They share the bit behind those of the MOTs of their experience. */
static void note_corrections(Engine *engine, MotFacts *facts)
{
  const Module *m = engine->module;
  _Static_assert(sizeof(CorrectionTail) == RECORD_CORRECTION_TAIL, "what stands behind a correction");
  for (uint32_t i = 0; i < m->Correction_count; i++) {
    const CorrectionRow *row = &m->Correction[i];
    uint32_t mot = m->Mot_count + i, size = engine->plan->mots[mot].size;
    uint8_t *fresh = arena_alloc(&engine->arena, size);
    record_init_correction(m, i, 0, fresh);
    MomentHeader *header = (MomentHeader *)(void *)fresh;
    header->mot = mot;
    header->flags = MOMENT_OPEN | MOMENT_CORRECTION;
    facts[i].fresh = fresh;
    facts[i].texts = text_slots(engine, row->slots, row->slots_count, 0, &facts[i].text_count);
    facts[i].bit = UINT32_C(1) << m->Experience[row->experience].mots_count % 32;
    facts[i].size = size;
    facts[i].units = units_of(size);
    facts[i].lane = MOT_NONE;
  }
}

/* Nothing is due. */
static void init_risks(const MotPlan *plan, uint8_t *fresh)
{
  const int64_t never = INT64_MAX;
  _Static_assert(sizeof(Risks) == RECORD_RISKS && sizeof(Risk) == RECORD_RISK, "what stands behind a moment");
  if (plan->risks == 0) return;
  for (uint32_t at = plan->risks_at; at < plan->size; at += sizeof never)
    memcpy(fresh + at, &never, sizeof never);
}

static MotFacts *facts_of_mots(Engine *engine)
{
  const Module *m = engine->module;
  MotFacts *facts = ARENA_ARRAY(&engine->arena, MotFacts, (size_t)m->Mot_count + m->Correction_count);
  for (uint32_t i = 0; i < m->Mot_count; i++) {
    const MotRow *row = &m->Mot[i];
    uint8_t *fresh = arena_alloc(&engine->arena, engine->plan->mots[i].size);
    record_init_moment(m, i, 0, fresh);
    init_risks(&engine->plan->mots[i], fresh);
    MomentHeader *header = (MomentHeader *)(void *)fresh;
    header->mot = i;
    header->flags = MOMENT_OPEN;
    facts[i].fresh = fresh;
    facts[i].texts = text_slots(engine, row->slots, row->slots_count, 0, &facts[i].text_count);
    facts[i].bit = UINT32_C(1) << (i - m->Experience[row->experience].mots) % 32;
    facts[i].size = engine->plan->mots[i].size;
    facts[i].units = units_of(facts[i].size);
    facts[i].weight = row->weight;
    note_condition(engine, row, &facts[i]);
    note_telling(engine, row, &facts[i]);
    facts[i].lane = lane_of(engine, i, facts[i].length);
  }
  note_corrections(engine, facts + m->Mot_count);
  return facts;
}

static const ExperienceFacts *facts_of_experiences(Engine *engine)
{
  const Module *m = engine->module;
  ExperienceFacts *facts = ARENA_ARRAY(&engine->arena, ExperienceFacts, m->Experience_count);
  for (uint32_t i = 0; i < m->Experience_count; i++) {
    const ExperienceRow *row = &m->Experience[i];
    const ExperiencePlan *plan = &engine->plan->experiences[i];
    uint8_t *fresh = arena_alloc(&engine->arena, plan->size);
    record_init_journey(m, i, 0, fresh);
    JourneyHeader *header = (JourneyHeader *)(void *)fresh;
    header->experience = (uint16_t)i;
    header->flags = OUTCOME_OPEN << JOURNEY_SCO_SHIFT;
    uint32_t count;
    uint32_t *texts = text_slots(engine, row->slots, row->slots_count, row->keys_count, &count);
    for (uint32_t k = 1; k < row->keys_count; k++) texts[count++] = plan->further + 4 * (k - 1);
    uint32_t units = units_of(plan->size);
    facts[i] = (ExperienceFacts){row->expires, m->Slot + row->slots, fresh,
                                 texts, count, plan->size,
                                 units, plan->expiry_lane};
  }
  return facts;
}

/* ---- handlers ---- */

static uint32_t bits_of(const Engine *engine, MotSteps steps)
{
  uint32_t bits = 0;
  for (uint32_t i = 0; i < steps.len; i++) bits |= engine->mots[steps.data[i].mot].bit;
  return bits;
}

/* From how many to how many make it true. */
static void note_range(const Module *m, const FunctionRow *function, OpenFact *fact)
{
  const Instr *code = m->code + function->first;
  int64_t limit = (int64_t)m->Constant[instr_operand(code[1], 1)].bits;
  bool below = code[2].b == code[0].a, equal = code[2].op == OP_EQ_I;
  bool within = code[2].op != OP_LT_I; /* the limit itself makes it true */
  fact->history = &m->History[m->Experience[function->experience].histories + code[0].b];
  fact->least = below && !equal ? INT64_MIN : limit;
  fact->most = !below && !equal ? INT64_MAX : limit;
  if (within) return;
  fact->how = limit > INT64_MIN && limit < INT64_MAX ? OPEN_COUNT : OPEN_CERTAIN;
  if (below && limit > INT64_MIN) fact->most = limit - 1;
  if (!below && limit < INT64_MAX) fact->least = limit + 1;
}

static OpenFact open_fact(const Engine *engine, const MotStep *step)
{
  const FunctionFact *trigger = &engine->functions[step->function];
  const MotFacts *mot = &engine->mots[step->mot];
  OpenFact fact = {.mot = step->mot, .function = step->function, .choice = MOT_NONE};
  if (trigger->kind != FACT_OPENS) return fact;
  fact.choice = engine->module->Mot[step->mot].choices + trigger->of;
  fact.how = OPEN_CERTAIN;
  const ChoiceRow *choice = &engine->module->Choice[fact.choice];
  const FunctionFact *opening = &engine->functions[choice->opening];
  if (choice->mode != MODE_EACH || engine->options->trace) return fact;
  if (opening->kind == FACT_ARMS && mot->plain && mot->length > 0) fact.how = OPEN_PLAIN;
  if (opening->kind == FACT_BIT && mot->alone) fact.how = OPEN_BIT;
  if (opening->kind == FACT_COUNTS && mot->alone) {
    fact.how = OPEN_COUNT;
    note_range(engine->module, &engine->module->Function[choice->opening], &fact);
  }
  fact.predicate = opening->of;
  return fact;
}

static void note_opens(Engine *engine, HandlerFacts *facts, MotSteps steps)
{
  OpenFact *opens = ARENA_ARRAY(&engine->arena, OpenFact, steps.len);
  uint32_t count = 0;
  for (uint32_t i = 0; i < steps.len; i++)
    if (engine->functions[steps.data[i].function].kind != FACT_NOTHING)
      opens[count++] = open_fact(engine, &steps.data[i]);
  facts->opens = opens;
  facts->open_count = count;
}

static void note_tests(Engine *engine, HandlerFacts *facts, const HandlerPlan *handler)
{
  enum { BITS = 32 };
  MotSteps tests = handler->tests;
  TestFact *straight = ARENA_ARRAY(&engine->arena, TestFact, tests.len);
  uint32_t bits = engine->module->Experience[handler->experience].mots_count;
  if (engine->module->Correction_count > 0) bits++;
  bool fits = bits <= BITS && handler->pauses.len == 0 && handler->corrections.len == 0 && tests.len > 0;
  for (uint32_t i = 0; fits && i < tests.len; i++) {
    const FunctionFact *function = &engine->functions[tests.data[i].function];
    const MotFacts *mot = &engine->mots[tests.data[i].mot];
    bool hits = function->kind == FACT_HITS || function->kind == FACT_HITS_IF_BIT
      || function->kind == FACT_HITS_IF_FIELD;
    fits = mot->plain && hits;
    straight[i] = (TestFact){mot->bit, function->of, function->kind};
  }
  facts->straight = fits ? straight : NULL;
  facts->straight_count = tests.len;
}

/* False: it does more than beginning a clock that runs for a constant time. */
static bool clock_of(const Module *m, const ConditionRow *condition, Instr instr, ClockFact *ret)
{
  if (instr.op != OP_LEAF_ARM || instr.c != 0) return false;
  const LeafRow *leaf = &m->Leaf[condition->leaves + instr.b];
  const StepRow *step = &m->Step[leaf->steps];
  bool constant = step->bound == BOUND_WITHIN && !step->dynamic && step->length > 0;
  if (!constant || leaf->steps_count != 1 || leaf->kind == LEAF_BEFORE) return false;
  *ret = (ClockFact){m->Slot[step->deadline].offset, step->length};
  return true;
}

static void note_clocks(Engine *engine, HandlerFacts *facts, const HandlerPlan *handler)
{
  const Module *m = engine->module;
  uint32_t sco = m->Experience[handler->experience].sco;
  if (handler->start == MOT_NONE || sco == MOT_NONE) return;
  const FunctionRow *function = &m->Function[handler->start];
  const Instr *code = m->code + function->first;
  uint32_t count = function->count - 1;
  ClockFact *clocks = ARENA_ARRAY(&engine->arena, ClockFact, count);
  if (count == 0 || code[count].op != OP_RET) return;
  const HistoryRow *pushed = NULL;
  uint32_t found = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (code[i].op == OP_H_PUSH && !pushed)
      pushed = &m->History[m->Experience[handler->experience].histories + code[i].b];
    else if (!clock_of(m, &m->Condition[sco], code[i], &clocks[found++]))
      return;
  }
  facts->clocks = clocks;
  facts->clock_count = found;
  facts->start_counts = pushed;
}

static const HistoryRow *counted_by(const Engine *engine, const HandlerPlan *handler)
{
  if (handler->history == MOT_NONE || engine->functions[handler->history].kind != FACT_PUSHES) return NULL;
  const Module *m = engine->module;
  return &m->History[m->Experience[handler->experience].histories + engine->functions[handler->history].of];
}

/* Bits of the MOTs of an experience whose actions at risk have a lead time that is worked out. */
static uint32_t computed_risks(const Engine *engine, uint32_t experience)
{
  const Module *m = engine->module;
  const ExperienceRow *row = &m->Experience[experience];
  uint32_t bits = 0;
  for (uint32_t i = row->mots; i < row->mots + row->mots_count; i++)
    for (uint32_t k = m->Mot[i].actions; k < m->Mot[i].actions + m->Mot[i].actions_count; k++)
      if (m->Action[k].when == WHEN_AT_RISK && m->Action[k].risk != MOT_NONE) bits |= engine->mots[i].bit;
  return bits;
}

static void note_handlers(Engine *engine, HandlerFacts *facts, const HandlerPlan *const *handlers,
                          uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) {
    const HandlerPlan *handler = handlers[i];
    facts[handler->handler] = (HandlerFacts){
      .voids = bits_of(engine, handler->mot_voids) | bits_of(engine, handler->correction_voids),
      .tests = bits_of(engine, handler->pauses) | bits_of(engine, handler->tests)
        | bits_of(engine, handler->corrections),
      .risks = computed_risks(engine, handler->experience),
      .counts = computed_risks(engine, handler->experience) ? NULL : counted_by(engine, handler),
      .silences = engine->plan->experiences[handler->experience].silence_count > 0,
      .waits = engine->plan->experiences[handler->experience].waits};
    note_opens(engine, &facts[handler->handler], handler->opens);
    note_tests(engine, &facts[handler->handler], handler);
    note_clocks(engine, &facts[handler->handler], handler);
  }
}

static const HandlerFacts *facts_of_handlers(Engine *engine)
{
  const Module *m = engine->module;
  const Plan *plan = engine->plan;
  HandlerFacts *facts = ARENA_ARRAY(&engine->arena, HandlerFacts, m->Handler_count);
  for (uint32_t i = 0; i < m->Event_count; i++) {
    const EventPlan *event = &plan->events[i];
    for (uint32_t k = 0; k < event->route_count; k++)
      note_handlers(engine, facts, event->routes[k].handlers, event->routes[k].handler_count);
  }
  for (uint32_t i = 0; i < 2 * m->Mot_count; i++)
    note_handlers(engine, facts, plan->mots[i / 2].listeners[i % 2], plan->mots[i / 2].listener_count[i % 2]);
  for (uint32_t i = 0; i < 2 * m->Experience_count; i++)
    note_handlers(engine, facts, plan->experiences[i / 2].listeners[i % 2],
                  plan->experiences[i / 2].listener_count[i % 2]);
  return facts;
}

/* ---- events ---- */

static RouteFacts route_facts(const Engine *engine, const Route *route)
{
  RouteFacts facts = {.route = route};
  if (route->key != MOT_NONE)
    facts.key_at = (uint32_t)(offsetof(EventData, values) + route->key * sizeof(EventValue));
  if (route->handler_count == 0) return facts;
  const HandlerFacts *first = &engine->handlers[route->handlers[0]->handler];
  if (route->handler_count == 1 && route->handlers[0]->key_count <= 1) facts.only = route->handlers[0];
  facts.looks = first->voids | first->tests;
  if (first->counts && first->counts->store != MOT_NONE)
    facts.far = engine->module->Slot[first->counts->store].offset;
  return facts;
}

/* Where the id lies that an event names. */
static const RouteFacts *notice_facts(Engine *engine, uint32_t event)
{
  const char *name = event == engine->plan->acknowledged ? "alert" : "correction";
  const EventRow *row = &engine->module->Event[event];
  for (uint32_t i = 0; i < row->fields_count; i++) {
    uint32_t len;
    const char *text = module_string(engine->module, engine->module->Field[row->fields + i].name, &len);
    if (len != strlen(name) || memcmp(text, name, len) != 0) continue;
    RouteFacts *facts = ARENA_NEW(&engine->arena, RouteFacts);
    facts->key_at = (uint32_t)(offsetof(EventData, values) + i * sizeof(EventValue));
    return facts;
  }
  return NULL;
}

static const EventFacts *facts_of_events(Engine *engine)
{
  uint32_t count = engine->module->Event_count;
  EventFacts *facts = ARENA_ARRAY(&engine->arena, EventFacts, count);
  for (uint32_t i = 0; i < count; i++) {
    const EventPlan *plan = &engine->plan->events[i];
    RouteFacts *routes = ARENA_ARRAY(&engine->arena, RouteFacts, plan->route_count);
    for (uint32_t k = 0; k < plan->route_count; k++) routes[k] = route_facts(engine, &plan->routes[k]);
    bool quick = plan->route_count == 1 && plan->routes->space == 0;
    facts[i] = (EventFacts){routes, plan->route_count, quick && !is_notice(engine->plan, i), NULL};
    if (is_notice(engine->plan, i)) facts[i].notice = notice_facts(engine, i);
  }
  return facts;
}

/* ---- who wants to know ---- */

static void engine_facts_matter(Engine *engine)
{
  bool all = wants(engine, OUTCOME_KIND_MOMENT) || engine->options->trace;
  for (uint32_t i = 0; i < engine->module->Mot_count; i++) {
    const uint32_t *listeners = engine->plan->mots[i].listener_count;
    uint32_t heard = (listeners[OUTCOME_MISSED] > 0) << OUTCOME_MISSED
      | (uint32_t)(listeners[OUTCOME_PRODUCED] > 0) << OUTCOME_PRODUCED;
    const Meter *meter = engine->options->meter;
    const MeasureList *list = meter && meter->measures->mots[i].len > 0 ? &meter->measures->mots[i] : NULL;
    engine->mots[i].counted = list && list->plain ? list : NULL;
    engine->mots[i].measured = list && !list->plain;
    engine->mots[i].acts = engine->plan->mots[i].acts;
    engine->mots[i].asks = all || engine->mots[i].acts;
    bool whole = all || engine->mots[i].measured;
    engine->mots[i].matters = (uint8_t)(whole ? UINT8_MAX : heard | engine->mots[i].acts);
    bool soon = engine->mots[i].tells && !engine->mots[i].measured;
    engine->mots[i].soon = (uint8_t)(~engine->mots[i].matters | (soon ? ~(heard | engine->mots[i].acts) : 0));
  }
}

/* ---- room for one of each ---- */

static void make_room(Engine *engine)
{
  enum { LINES = 2 * 64 }; /* the header; more than that slows the fetching of the others */
  const Module *m = engine->module;
  uint32_t largest = 0, silences = 0;
  engine->journey_lines = LINES;
  for (uint32_t i = 0; i < m->Mot_count; i++)
    if (engine->plan->mots[i].size > largest) largest = engine->plan->mots[i].size;
  for (uint32_t i = 0; i < m->Experience_count; i++) {
    const ExperiencePlan *plan = &engine->plan->experiences[i];
    if (plan->silence_count > silences) silences = plan->silence_count;
    if (plan->size < engine->journey_lines) engine->journey_lines = plan->size;
  }
  engine->scratch = arena_alloc(&engine->arena, largest);
  engine->silences = ARENA_ARRAY(&engine->arena, int64_t, silences);
  engine->counts.experiences = ARENA_ARRAY(&engine->arena, ExperienceCounts, m->Experience_count);
  engine->counts.mots = ARENA_ARRAY(&engine->arena, MotCounts, m->Mot_count);
  engine->counts.touched = ARENA_ARRAY(&engine->arena, uint64_t, m->Event_count + 1);
}

void engine_facts(Engine *engine)
{
  engine->acts = act_facts(engine);
  engine->functions = facts_of_functions(engine);
  engine->mots = facts_of_mots(engine);
  engine->experiences = facts_of_experiences(engine);
  engine->handlers = facts_of_handlers(engine);
  engine->events = facts_of_events(engine);
  engine_facts_matter(engine);
  make_room(engine);
}
