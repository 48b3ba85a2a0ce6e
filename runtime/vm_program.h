/*
 * vm_program.h - the functions of a module, made ready to run (vm.h); immutable.
 */
#ifndef MOT_RUNTIME_VM_PROGRAM_H
#define MOT_RUNTIME_VM_PROGRAM_H

#include "bytecode/module.h"

typedef struct VmProgram VmProgram;

/* Makes ready all functions of a verified module, which must live as long; all memory is in `arena`.  A plan
 * holds it as `program`. */
const VmProgram *vm_program(const Module *module, Arena *arena);

#endif
