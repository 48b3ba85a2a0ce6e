/*
 * verify.h - the parts of the verifier: each checks one thing for the whole
 * module, once, before anything else looks at it.
 *
 * Each returns false with `error` set at the first fault found.  Later parts
 * rely on what earlier ones have shown; module_verify calls them in order.
 */
#ifndef MOT_BYTECODE_VERIFY_H
#define MOT_BYTECODE_VERIFY_H

#include <stdio.h>

#include "bytecode/module.h"

/* Sets error->text and is false, to be returned. */
bool module_fail(ModuleError *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* All of it: sections are in bounds (read.c), nothing else is known. */
bool module_verify(const Module *module, Arena *scratch, ModuleError *error);

#endif
