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
#include "runtime/vm_program.h"
#include "runtime/vm_value.h"

/* Runs function row `function`; what its kind needs must be at hand in the scene.  P_QUIET runs the pattern's
 * `length` function on the way. */
VmStatus vm_run(Scene *scene, uint32_t function, VmValue *ret);

/* Works out the predicates of events, `truths` and `faults` of each, for `count` events of one kind; a fault
 * also counts as false. */
void vm_predicates(const Plan *plan, uint32_t event, EventData *const *events, uint32_t count);

#endif
