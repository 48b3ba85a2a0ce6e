/*
 * fact.h - a record of a run with all that it says, apart from the run.
 */
#ifndef MOT_REPORT_FACT_H
#define MOT_REPORT_FACT_H

#include <stddef.h>

#include "mot/tools.h"

typedef struct ReviewText {
  const char *text; /* not ended by NUL */
  size_t size;
} ReviewText;

/* A record with what it says beside; good for the call. */
typedef struct ReviewFact {
  mot_record record;
  mot_moment moment;           /* MOMENT, SCO, JOURNEY */
  mot_act act;                 /* TARGET, ALERT, CORRECTION, GOAL, SENTIMENT */
  const ReviewText *keys;      /* record.keys of them */
} ReviewFact;

#endif
