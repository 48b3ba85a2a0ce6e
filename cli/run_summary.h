/*
 * run_summary.h - what became of a run, on standard error: a table, or JSON.
 */
#ifndef MOT_CLI_RUN_SUMMARY_H
#define MOT_CLI_RUN_SUMMARY_H

#include "cli/causes.h"
#include "cli/run_options.h"

typedef struct RunEnd {
  double seconds;
  bool interrupted;
  bool broken;            /* input could not be read to its end */
  bool dead_letters_kept; /* they went to a file */
  bool unwritten;         /* not all records could be written */
  bool one_key;           /* --key: nothing about many customers was evaluated */
  Causes causes;          /* why events of this run were rejected */
  uint64_t events_before, bytes_before; /* of the runs whose state was loaded */
} RunEnd;

void run_summary_text(const mot_rules *rules, mot_run *run, RunEnd *end, bool color);
/* One line.  False when there is no memory. */
bool run_summary_json(const mot_rules *rules, mot_run *run, const RunEnd *end);
/* Percent of those decided that were produced; negative: none was decided. */
double run_rate(uint64_t produced, uint64_t missed);
/* Bytes of memory that the program had at its largest. */
uint64_t peak_memory(void);

#endif
