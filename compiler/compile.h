/*
 * compile.h - the whole compilation, text in and module out.
 */
#ifndef MOT_COMPILER_COMPILE_H
#define MOT_COMPILER_COMPILE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/intern.h"
#include "base/source.h"
#include "compiler/check.h"

typedef struct Compile {
  Arena *arena;
  Interner *names;
  Sources sources;
  Diags diags;
  Loader loader;
  bool errors_only; /* no lints */
  Program *program; /* after the check */
  Buf module;       /* after the writing; data NULL: none */
} Compile;

void compile_init(Compile *compile, Arena *arena, Loader loader);
/* Compiles file `file` of compile->sources.  True when there are no errors; then
 * the module is made, unless `check_only`. */
bool compile_file(Compile *compile, uint32_t file, bool check_only);

#endif
