/* verify_code.h - one function under the verifier, between verify_code.c and verify_special.c. */
#ifndef MOT_BYTECODE_VERIFY_CODE_H
#define MOT_BYTECODE_VERIFY_CODE_H

#include "bytecode/verify.h"

typedef struct Pending Pending;

typedef struct Rows {
  uint32_t first, count;
} Rows;

typedef struct CodeCheck {
  Verifier *v;
  uint32_t function, at; /* instruction, from the function's first */
  const FunctionRow *row;
  Instr instr;
  /* what operands may name; of what is not at hand there are none */
  const EventRow *event;         /* NULL: none */
  const ConditionRow *condition; /* NULL: none */
  Rows keys, journey, subject, outcome, histories, patterns, choices, aggregates;
  /* the way to this instruction */
  bool live;
  uint32_t length, longest;
  uint32_t guard;               /* where a fault before it leads; 0: there is none */
  uint8_t types[MOT_REGISTERS]; /* ValueClass */
  Pending **pending;            /* by instruction; NULL: nothing jumps there */
  Pending *spare;
} CodeCheck;

bool code_fail(const CodeCheck *c, const char *what);
/* verify_special.c: what single instructions ask for beyond their operands' kinds. */
bool check_special(const CodeCheck *c);

#endif
