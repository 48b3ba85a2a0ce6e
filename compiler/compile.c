/*
 * compile.c - the map of the compiler: one call per stage, in order.
 */
#include "compiler/compile.h"

#include "compiler/gen.h"

void compile_init(Compile *compile, Arena *arena, Loader loader)
{
  *compile = (Compile){.arena = arena, .names = intern_new(arena), .loader = loader};
  sources_init(&compile->sources, arena);
  diags_init(&compile->diags, arena);
  buf_init(&compile->module, arena);
}

/* text -> syntax tree -> typed program, checked as a framework */
static bool check(Compile *compile, uint32_t file)
{
  Checker checker = {.arena = compile->arena,
                     .names = compile->names,
                     .sources = &compile->sources,
                     .diags = &compile->diags,
                     .loader = compile->loader,
                     .errors_only = compile->errors_only};
  compile->program = check_program(&checker, file);
  return compile->diags.errors == 0;
}

bool compile_file(Compile *compile, uint32_t file, bool check_only)
{
  bool ok = check(compile, file);
  if (ok && !check_only) {
    ModuleBuilder builder;
    builder_init(&builder, compile->arena);
    ok = generate(compile->program, &compile->diags, &builder); /* typed program -> layout -> code and tables */
    if (ok) module_write(&builder, &compile->module);           /* -> bytes */
  }
  diags_sort(&compile->diags);
  return ok;
}
