/*
 * places.h - places in the texts that rules were made from.
 */
#ifndef MOT_RUNTIME_PLACES_H
#define MOT_RUNTIME_PLACES_H

#include "base/mem.h"
#include "bytecode/module.h"
#include "mot/tools.h"

/* Where the lines of each source begin. */
typedef struct LineStarts {
  uint32_t *at;
  uint32_t count;
} LineStarts;

/* Of every source; as long as the arena. */
LineStarts *line_starts_new(const Module *module, Arena *arena);

/* The text of a source. */
const char *rules_text(const mot_rules *rules, uint32_t source, uint32_t *ret_len);
/* Bytes [start, end) of a source; what lies outside of it is cut. */
mot_place place_of(const mot_rules *rules, uint32_t source, uint32_t start, uint32_t end);

#endif
