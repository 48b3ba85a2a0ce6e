/*
 * vm.h - runs functions of a verified module.
 *
 * There is no loop in the language: a run of a function takes at most as many steps as
 * it has instructions.  Nothing is allocated but texts that records keep.
 */
#ifndef MOT_RUNTIME_VM_H
#define MOT_RUNTIME_VM_H

#include "runtime/condition.h"
#include "runtime/pattern.h"

typedef struct VmText {
  const char *text;
  uint64_t len;
} VmText;

typedef union VmValue {
  int64_t i;      /* also bool (0 or 1), verdict */
  double f;
  VmText s;       /* looks into the event, a record or the module; good until the next function runs */
} VmValue;

typedef enum VmStatus {
  VM_DONE,        /* the result is in *ret */
  VM_MISSING,     /* the result is missing */
  VM_OPENS,       /* OPEN: the choice of the scene's MOT is ret->i */
  VM_FAULT
} VmStatus;

/* The functions of a module, made ready to run; immutable. */
typedef struct VmProgram VmProgram;

/* Makes ready all functions of a verified module, which must live as long; all memory is in `arena`.  A plan
 * holds it as `program`. */
const VmProgram *vm_program(const Module *module, Arena *arena);

/* Runs function row `function`; what its kind needs must be at hand in the scene.  P_QUIET runs the pattern's
 * `length` function on the way. */
VmStatus vm_run(Scene *scene, uint32_t function, VmValue *ret);

/* Works out the predicates of events, `truths` and `faults` of each, for `count` events of one kind; a fault
 * also counts as false. */
void vm_predicates(const Plan *plan, uint32_t event, EventData *const *events, uint32_t count);

#endif
