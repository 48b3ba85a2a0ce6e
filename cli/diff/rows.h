/*
 * rows.h - experiences and MOTs of both rules beside each other, by name; what they come to at the end.
 */
#ifndef MOT_CLI_DIFF_ROWS_H
#define MOT_CLI_DIFF_ROWS_H

#include "cli/diff/diff.h"

/* By the numbers of each side. */
typedef struct DiffIndex {
  DiffRow **mots[DIFF_SIDES];
  DiffExperience **experiences[DIFF_SIDES];
  DiffStanding **targets[DIFF_SIDES], **goals[DIFF_SIDES]; /* NULL where nobody looks */
} DiffIndex;

/* False when memory is refused. */
bool rows_make(Diff *diff, DiffIndex *ret_index);
void index_free(DiffIndex *index);
/* Takes the figures of a run that has ended. */
void rows_take(Diff *diff, const DiffIndex *index, int side, mot_run *run);

#endif
