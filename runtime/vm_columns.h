/*
 * vm_columns.h - a function of events run over many of them at once, instruction by
 * instruction.  Between vm_columns.c and vm_batch.c only.
 *
 * A lane is an event.  A register is a column: a truth is a bit of a word, other values
 * stand side by side.  Jumps go forward only, so lanes that part wait where
 * they jump to (`pending`) until the others have come there.
 */
#ifndef MOT_RUNTIME_VM_COLUMNS_H
#define MOT_RUNTIME_VM_COLUMNS_H

#include "runtime/vm_ops.h"

enum { LANES = 64, COLUMNS = 16, COLUMN_CODE = 256 };

/* A lane's truth, value and length of its text lie apart, so that lanes that use a register for different
 * classes do not meet. */
typedef struct Column {
  uint64_t bits;
  union {
    int64_t i[LANES];
    double f[LANES];
    const char *text[LANES];
  };
  uint32_t len[LANES];
} Column;

typedef struct Lanes {
  const Plan *plan;
  EventData *const *events;
  uint32_t count;
  uint64_t all;                   /* a bit for each */
  uint64_t active;                /* those that are at this instruction */
  uint64_t truths, faults;        /* those that have ended so */
  uint32_t at;                    /* the instruction */
  uint64_t pending[COLUMN_CODE];  /* by instruction */
  Column columns[COLUMNS];
} Lanes;

/* Runs a function that fits for all lanes: their truths and faults. */
void columns_run(Lanes *lanes, const VmFunction *function);

#endif
