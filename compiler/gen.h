/*
 * gen.h - from the typed program to the rows and code of a module.
 */
#ifndef MOT_COMPILER_GEN_H
#define MOT_COMPILER_GEN_H

#include "base/diag.h"
#include "bytecode/module.h"
#include "compiler/program.h"

/* Lays out every record of `program` (checked, without errors) and writes all
 * tables and functions into `out` (initialised, empty).  Sets the `row` and
 * `slot` members of the program.  The same program gives the same rows.  False
 * when something is larger than a module can hold or a time zone is not to be
 * had; that is then reported in `diags` with its place. */
bool generate(Program *program, Diags *diags, ModuleBuilder *out);

#endif
