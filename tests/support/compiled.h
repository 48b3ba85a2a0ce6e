/*
 * compiled.h - rule text compiled, written, read back and verified: for tests of what a module says.
 */
#ifndef MOT_TESTS_COMPILED_H
#define MOT_TESTS_COMPILED_H

#include "compiler/compile.h"

#include "base/mem.h"
#include "bytecode/module.h"

typedef struct Compiled {
  bool accepted;      /* no errors */
  const char *errors; /* codes of the errors, apart by spaces, in order */
  Module module;      /* of an accepted text; verified */
  const char *fault;  /* what the verifier says against it; "" when it is sound */
} Compiled;

/* Compiles text under a name; `use` finds the library and files beside the name. */
Compiled compiled_text(Arena *arena, const char *name, const char *text);
/* Compiles a file. */
Compiled compiled_file(Arena *arena, const char *path);
/* The row of a MOT by name; fails the test when there is none. */
uint32_t compiled_mot(const Module *module, const char *name);
uint32_t compiled_event(const Module *module, const char *name);

/* Checks `text` as the file "test.mot"; its findings stay in the result. */
Compile *compile_text(Arena *arena, const char *text);
/* The first finding of `code`, or NULL. */
const Diag *finding(const Compile *compile, DiagCode code);
/* Likewise; fails the test when there is none. */
const Diag *needed_finding(const Compile *compile, DiagCode code);

#endif
