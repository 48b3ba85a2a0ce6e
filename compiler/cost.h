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

typedef struct CorrectionCost {
  const char *text;
  uint32_t bytes;        /* of an open correction */
} CorrectionCost;

typedef struct ExperienceCost {
  const char *name;
  uint32_t journey_bytes;  /* of a live journey: record with its histories, open moments apart */
  uint32_t handlers;       /* kinds of events and outcomes it answers to */
  uint64_t instructions;   /* at most, an event and journey … */
  uint64_t per_moment;     /* … and for each moment or correction open in it */
  MotCost *mots;
  CorrectionCost *corrections;
  uint32_t mot_count, correction_count;
} ExperienceCost;

/* What a metric or target keeps: of each group at a time as many panes as its window has steps. */
typedef struct MeasureCost {
  const char *name;          /* "WaitByChannel", "GettingOnline.OnTime: 97% over 7 d" */
  uint64_t groups, panes;    /* at most */
  uint64_t pane_bytes;       /* of a group's pane that holds a value … */
  uint64_t pane_bytes_most;  /* … and at most, but for buckets */
  uint64_t bucket_bytes;     /* at most, for each bucket of a percentile in use */
} MeasureCost;

typedef struct Cost {
  ExperienceCost *experiences;
  uint32_t experience_count;
  MeasureCost *measures;     /* metrics, targets of MOTs, targets of goals */
  uint32_t measure_count;
} Cost;

/* The cost of a module that was read; names belong to the module, arrays to the
 * arena.  Instructions are those of the longest way through each function that a
 * handler calls, summed; there are no loops. */
Cost cost_of(const Module *module, Arena *arena);
/* Its part that is about measures: cost_measure.c. */
void cost_measures(const Module *module, Arena *arena, Cost *cost);
/* Appends it in sentences. */
void cost_text(const Module *module, Buf *out);

#endif
