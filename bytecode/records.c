/*
 * records.c - see records.h.
 */
#include "bytecode/records.h"

static uint32_t aligned(uint32_t size)
{
  return (size + 7u) / 8 * 8;
}

uint8_t acts_on(const Module *module, uint32_t first, uint32_t count)
{
  uint8_t bits = 0;
  for (uint32_t i = first; i < first + count; i++) {
    switch (module->Action[i].when) {
    case WHEN_MISSED: bits |= 1 << OUTCOME_MISSED; break;
    case WHEN_PRODUCED: bits |= 1 << OUTCOME_PRODUCED; break;
    case WHEN_VOID: bits |= 1 << OUTCOME_VOID; break;
    case WHEN_AT_RISK: bits |= 1 << OUTCOME_MISSED | 1 << OUTCOME_PRODUCED | 1 << OUTCOME_VOID; break;
    default: break;
    }
  }
  return bits;
}

static bool has_step(const Module *module, uint32_t function, uint8_t op)
{
  const FunctionRow *row = &module->Function[function];
  for (uint32_t i = 0; i < row->count; i++)
    if (module->code[row->first + i].op == op) return true;
  return false;
}

/* Whether `ends on` can come. */
static bool can_end(const Module *module, const ExperienceRow *row)
{
  for (uint32_t i = 0; i < row->patterns_count; i++)
    if (module->Pattern[row->patterns + i].purpose == PURPOSE_ENDS) return true;
  for (uint32_t i = 0; i < row->handlers_count; i++)
    if (has_step(module, module->Handler[row->handlers + i].code, OP_X_ENDS)) return true;
  return false;
}

/* Whether something is done about its journeys. */
static bool has_acts(const Module *module, const ExperienceRow *row)
{
  uint8_t acts = acts_on(module, row->actions, row->actions_count);
  for (uint32_t i = row->mots; i < row->mots + row->mots_count; i++)
    acts |= acts_on(module, module->Mot[i].actions, module->Mot[i].actions_count);
  return acts != 0;
}

JourneyParts journey_parts(const Module *module, uint32_t experience)
{
  const ExperienceRow *row = &module->Experience[experience];
  JourneyParts parts = {.further = row->size, .size = aligned(row->size + 4 * (row->keys_count - 1))};
  if (can_end(module, row)) {
    parts.ended = parts.size;
    parts.size += 8;
  }
  if (has_acts(module, row)) {
    parts.alerts = parts.size;
    parts.size += 8;
  }
  return parts;
}

MomentParts moment_parts(const Module *module, uint32_t mot)
{
  const MotRow *row = &module->Mot[mot];
  MomentParts parts = {.size = row->size};
  for (uint32_t i = 0; i < row->actions_count; i++)
    parts.risks += module->Action[row->actions + i].when == WHEN_AT_RISK;
  if (parts.risks == 0) return parts;
  parts.risks_at = aligned(parts.size);
  parts.size = parts.risks_at + RECORD_RISKS + RECORD_RISK * parts.risks;
  return parts;
}

uint32_t correction_bytes(const Module *module, uint32_t correction)
{
  return aligned(module->Correction[correction].size) + RECORD_CORRECTION_TAIL;
}
