/*
 * pairs.h - moments, SCOs and journeys of one rules that wait for their like of the other.
 *
 * Alike are those of one experience, MOT, customer, start and opening; of several the first with the first.  One whose
 * like has come is let go of at once; one whose like can come no more, when a sweep finds it.
 */
#ifndef MOT_CLI_DIFF_PAIRS_H
#define MOT_CLI_DIFF_PAIRS_H

#include "cli/diff/diff.h"

typedef struct Pair Pair;
typedef struct Pairs {
  Pair **heads, **tails;
  size_t rooms, count, most; /* most: how many waited at a time */
  size_t swept;              /* how many were left by the last sweep */
  size_t examples;           /* so many are kept for each row */
} Pairs;

/* What is decided, or open at the end; its texts are copied. */
typedef struct Decided {
  int side;
  DiffExperience *experience;
  DiffRow *row;              /* NULL: a journey */
  int64_t opened, started;
  mot_journey_end journey_end;
  DiffEnd end;
  const char *key;           /* its keys one after the other, each with its length before it */
  size_t key_size;
} Decided;

/* False when memory is refused, like all below. */
bool pairs_begin(Pairs *pairs, size_t examples);
bool pairs_put(Pairs *pairs, const Decided *decided);
/* Whether so many wait that a sweep is due. */
bool pairs_want_sweep(const Pairs *pairs);
/* Lets go of those whose journeys expired before `time` under both rules. */
bool pairs_sweep(Pairs *pairs, int64_t time);
/* There is no more to come. */
bool pairs_end(Pairs *pairs);
void pairs_free(Pairs *pairs);

#endif
