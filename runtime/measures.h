/*
 * measures.h - what is measured: the aggregates of targets and metrics, and what they are fed with.
 *
 * Measures are numbered: first the targets, by row, then the metrics.  Worked out once
 * from a module, immutable, shared by all threads of a run.
 */
#ifndef MOT_RUNTIME_MEASURES_H
#define MOT_RUNTIME_MEASURES_H

#include "runtime/plan.h"
#include "runtime/tally.h"
#include "runtime/window.h"

typedef enum MeasuredOf {
  MEASURED_NOTHING,          /* a target that belongs to nothing */
  MEASURED_EVENTS,           /* of a metric */
  MEASURED_MOMENTS,          /* decided moments of a MOT; some of its aggregates may be of events */
  MEASURED_SCO,              /* decided SCOs of an experience */
  MEASURED_DISRUPTION        /* decided moments of all MOTs of an experience, by weight */
} MeasuredOf;

typedef struct Measure {
  uint8_t of;                /* MeasuredOf */
  bool grouped;              /* by fields, or by individual */
  bool built_in;             /* one tally, no Aggregate row: production rate, disruption */
  bool plain;                /* outcome and weight are all it takes in */
  uint32_t row;              /* MOMENTS: Mot; SCO, DISRUPTION: Experience */
  uint32_t target, metric, goal; /* whose it is; MOT_NONE */
  uint32_t aggregates;       /* first row, unless built in */
  const TallyKind *tallies;  /* by aggregate */
  uint32_t count;            /* of tallies */
  uint32_t value;            /* GROUP_VALUE function; MOT_NONE: that of its one tally */
  uint32_t places;           /* groups at a time, at most */
  WindowPlan window;
} Measure;

/* Measures that are fed by the same. */
typedef struct MeasureList {
  const uint32_t *data;
  uint32_t len;
  bool plain;                /* all of them are */
} MeasureList;

/* What an event gives to a measure: the tally, and the functions that make its value.  Of several inputs of one
 * tally, which follow one another, an event is that whose test it passes first. */
typedef struct MeasureInput {
  uint32_t measure, tally;
  const AggregateInputRow *row;
} MeasureInput;
typedef struct MeasureInputs {
  const MeasureInput *data;
  uint32_t len;
} MeasureInputs;

typedef struct Measures {
  const Plan *plan;
  const Measure *all;
  uint32_t count, targets;   /* all; those that are targets */
  const MeasureList *mots;   /* by Mot: MOMENTS and DISRUPTION */
  const MeasureList *scos;   /* by Experience */
  const MeasureInputs *events; /* by Event */
} Measures;

/* `plan` must live as long; the memory is the arena's. */
const Measures *measures_new(const Plan *plan, Arena *arena);
/* Number of a metric's measure. */
static inline uint32_t measure_of_metric(const Measures *measures, uint32_t metric)
{
  return measures->targets + metric;
}

#endif
