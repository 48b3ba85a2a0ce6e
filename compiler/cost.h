/*
 * cost.h - what a module costs to run, read off its layouts and code.
 */
#ifndef MOT_COMPILER_COST_H
#define MOT_COMPILER_COST_H

#include "bytecode/module.h"

typedef struct MotCost {
  const char *name;
  uint32_t moment_bytes; /* of an open moment */
  bool single;           /* at most one is open in a journey */
} MotCost;

typedef struct ExperienceCost {
  const char *name;
  uint32_t journey_bytes;  /* of a live journey: record with its histories, open moments apart */
  uint32_t handlers;       /* kinds of events and outcomes it answers to */
  uint64_t instructions;   /* at most, an event and journey … */
  uint64_t per_moment;     /* … and for each moment or correction open in it */
  MotCost *mots;
  uint32_t mot_count;
} ExperienceCost;

typedef struct Cost {
  ExperienceCost *experiences;
  uint32_t experience_count;
} Cost;

/* The cost of a module that was read; names belong to the module, arrays to the
 * arena.  Instructions are those of the longest way through each function that a
 * handler calls, summed; there are no loops. */
Cost cost_of(const Module *module, Arena *arena);
/* Appends it in sentences. */
void cost_text(const Module *module, Buf *out);

#endif
