/* disasm.h - a module as text, for people: layouts, rules, code beside its source. */
#ifndef MOT_BYTECODE_DISASM_H
#define MOT_BYTECODE_DISASM_H

#include "bytecode/module.h"

/* Appends the listing of a module that was read.  The same module gives the
 * same text; lines have at most about 120 columns, long texts are cut. */
void module_disasm(const Module *module, Buf *out);

#endif
