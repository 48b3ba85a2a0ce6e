/*
 * cost.c - what a module costs to run.
 */
#include "compiler/cost.h"

#include "bytecode/names.h"
#include "bytecode/records.h"

/* ---- instructions ---- */

typedef struct Bound {
  uint64_t journey, moment; /* once; for each that is open */
} Bound;

static uint64_t longest(const Module *m, uint32_t function)
{
  return function == MOT_NONE ? 0 : m->Function[function].longest;
}

static uint64_t verdict(const Module *m, uint32_t condition)
{
  return condition == MOT_NONE ? 0 : longest(m, m->Condition[condition].verdict);
}

/* The costliest way in which the MOT opens. */
static uint64_t opening(const Module *m, const MotRow *mot)
{
  uint64_t most = 0;
  for (uint32_t i = 0; i < mot->choices_count; i++) {
    uint64_t one = longest(m, m->Choice[mot->choices + i].opening);
    if (one > most) most = one;
  }
  return most + verdict(m, mot->condition);
}

/* What open moments of the MOT (or corrections) take together; lines of one subject may stand apart. */
static void add_moment(const Module *m, Instr instr, uint64_t *of_mot, uint64_t *of_correction)
{
  uint32_t of = instr_operand(instr, 2);
  uint64_t cost = longest(m, instr_operand(instr, 1));
  switch (instr.op) {
  case OP_X_TEST: cost += verdict(m, m->Mot[of].condition); /* fall through */
  case OP_X_MVOID: case OP_X_PAUSE: of_mot[of] += cost; break;
  case OP_X_CTEST: cost += verdict(m, m->Correction[of].condition); /* fall through */
  default: of_correction[of] += cost; break;
  }
}

static bool is_of_moment(uint8_t op)
{
  return op == OP_X_TEST || op == OP_X_MVOID || op == OP_X_PAUSE || op == OP_X_CTEST || op == OP_X_CVOID;
}

static uint64_t of_journey(const Module *m, const ExperienceRow *experience, Instr instr)
{
  if (instr.op == OP_RET) return 0;
  uint64_t cost = longest(m, instr_operand(instr, 1));
  uint32_t other = instr_operand(instr, 2);
  switch (instr.op) {
  case OP_X_OPEN: return cost + opening(m, &m->Mot[other]);
  case OP_X_SCO: return cost + verdict(m, experience->sco);
  case OP_X_STARTS: return cost + longest(m, other) + verdict(m, experience->sco);
  default: return cost;
  }
}

typedef struct Sums { /* by row, zero between handlers */
  uint64_t *of_mot, *of_correction;
} Sums;

static uint64_t take(uint64_t *sum)
{
  uint64_t value = *sum;
  *sum = 0;
  return value;
}

static Bound handler_bound(const Module *m, const HandlerRow *handler, Sums sums)
{
  const ExperienceRow *experience = &m->Experience[handler->experience];
  const FunctionRow *function = &m->Function[handler->code];
  const Instr *code = m->code + function->first;
  Bound bound = {function->longest, 0};
  for (uint32_t i = 0; i < function->count; i++) {
    if (is_of_moment(code[i].op))
      add_moment(m, code[i], sums.of_mot, sums.of_correction);
    else
      bound.journey += of_journey(m, experience, code[i]);
  }
  for (uint32_t i = 0; i < function->count; i++) {
    if (!is_of_moment(code[i].op)) continue;
    bool correction = code[i].op == OP_X_CTEST || code[i].op == OP_X_CVOID;
    uint32_t of = instr_operand(code[i], 2);
    uint64_t sum = take(correction ? &sums.of_correction[of] : &sums.of_mot[of]);
    if (sum > bound.moment) bound.moment = sum;
  }
  return bound;
}

/* ---- all of it ---- */

static void cost_mots(const Module *m, const ExperienceRow *row, Arena *arena, ExperienceCost *cost)
{
  cost->mot_count = row->mots_count;
  cost->mots = ARENA_ARRAY(arena, MotCost, row->mots_count + 1);
  for (uint32_t i = 0; i < row->mots_count; i++) {
    const MotRow *mot = &m->Mot[row->mots + i];
    cost->mots[i] = (MotCost){module_string(m, mot->name, NULL), moment_parts(m, row->mots + i).size, mot->single};
  }
}

static void cost_corrections(const Module *m, uint32_t experience, Arena *arena, ExperienceCost *cost)
{
  cost->corrections = ARENA_ARRAY(arena, CorrectionCost, m->Correction_count + 1);
  for (uint32_t i = 0; i < m->Correction_count; i++) {
    if (m->Correction[i].experience != experience) continue;
    cost->corrections[cost->correction_count++] =
      (CorrectionCost){module_string(m, m->Correction[i].text, NULL), correction_bytes(m, i)};
  }
}

static ExperienceCost cost_experience(const Module *m, uint32_t experience, Arena *arena, Sums sums)
{
  const ExperienceRow *row = &m->Experience[experience];
  ExperienceCost cost = {.name = module_string(m, row->name, NULL),
                         .journey_bytes = journey_parts(m, experience).size,
                         .handlers = row->handlers_count};
  for (uint32_t i = 0; i < row->handlers_count; i++) {
    Bound bound = handler_bound(m, &m->Handler[row->handlers + i], sums);
    if (bound.journey > cost.instructions) cost.instructions = bound.journey;
    if (bound.moment > cost.per_moment) cost.per_moment = bound.moment;
  }
  cost_mots(m, row, arena, &cost);
  cost_corrections(m, experience, arena, &cost);
  return cost;
}

Cost cost_of(const Module *module, Arena *arena)
{
  Cost cost = {.experiences = ARENA_ARRAY(arena, ExperienceCost, module->Experience_count + 1),
               .experience_count = module->Experience_count};
  Sums sums = {ARENA_ARRAY(arena, uint64_t, module->Mot_count + 1),
               ARENA_ARRAY(arena, uint64_t, module->Correction_count + 1)};
  for (uint32_t i = 0; i < module->Experience_count; i++)
    cost.experiences[i] = cost_experience(module, i, arena, sums);
  cost_measures(module, arena, &cost);
  return cost;
}

/* ---- in sentences ---- */

static void experience_text(const ExperienceCost *cost, Buf *out)
{
  buf_printf(out, "experience %s: %u bytes a live journey, %u handlers\n", cost->name, cost->journey_bytes,
             cost->handlers);
  buf_printf(out, "  at most %llu instructions an event and journey, and %llu for each open moment\n",
             (unsigned long long)cost->instructions, (unsigned long long)cost->per_moment);
  for (uint32_t i = 0; i < cost->mot_count; i++)
    buf_printf(out, "  mot %s: %u bytes an open moment%s\n", cost->mots[i].name, cost->mots[i].moment_bytes,
               cost->mots[i].single ? ", at most one a journey" : "");
  for (uint32_t i = 0; i < cost->correction_count; i++)
    buf_printf(out, "  correction \"%s\": %u bytes an open one\n", cost->corrections[i].text,
               cost->corrections[i].bytes);
}

static void measure_text(const MeasureCost *cost, Buf *out)
{
  buf_printf(out, "measure %s: %llu panes of at most %llu groups, %llu to %llu bytes each", cost->name,
             (unsigned long long)cost->panes, (unsigned long long)cost->groups,
             (unsigned long long)cost->pane_bytes, (unsigned long long)cost->pane_bytes_most);
  if (cost->bucket_bytes)
    buf_printf(out, ", and at most %llu for each bucket in use", (unsigned long long)cost->bucket_bytes);
  buf_char(out, '\n');
}

void cost_text(const Module *module, Buf *out)
{
  Cost cost = cost_of(module, out->arena);
  for (uint32_t i = 0; i < cost.experience_count; i++) experience_text(&cost.experiences[i], out);
  for (uint32_t i = 0; i < cost.measure_count; i++) measure_text(&cost.measures[i], out);
}
