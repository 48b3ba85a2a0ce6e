/* compiled.c - see compiled.h. */
#include "tests/support/compiled.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "compiler/compile.h"
#include "compiler/files.h"

static const char *codes(Arena *arena, const Diags *diags)
{
  Buf buf;
  buf_init(&buf, arena);
  for (const Diag *diag = diags->first; diag; diag = diag->next)
    if (diag->severity == SEV_ERROR) buf_printf(&buf, buf.len ? " %s" : "%s", diag_info[diag->code].code);
  return buf.len ? buf.data : "";
}

static Compiled compiled(Arena *arena, const char *name, const char *text, size_t size)
{
  RuleFiles files = {arena, NULL, 0};
  Compile *compile = ARENA_NEW(arena, Compile);
  compile_init(compile, arena, rule_files_loader(&files));
  uint32_t file = sources_add(&compile->sources, name, text, size);
  Compiled result = {.accepted = compile_file(compile, file, false), .errors = codes(arena, &compile->diags),
                     .fault = ""};
  if (!result.accepted) return result;
  char *bytes = arena_alloc(arena, compile->module.len);
  memcpy(bytes, compile->module.data, compile->module.len);
  ModuleError *error = ARENA_NEW(arena, ModuleError);
  if (!module_read(&result.module, bytes, compile->module.len, arena, error)) result.fault = error->text;
  return result;
}

Compiled compiled_text(Arena *arena, const char *name, const char *text)
{
  return compiled(arena, name, text, strlen(text));
}

Compiled compiled_file(Arena *arena, const char *path)
{
  size_t size = 0;
  const char *why = NULL;
  char *text = rule_file_read(arena, path, &size, &why);
  if (!text) fail_msg("%s: %s", path, why);
  return compiled(arena, path, text, size);
}

uint32_t compiled_mot(const Module *module, const char *name)
{
  for (uint32_t i = 0; i < module->Mot_count; i++)
    if (strcmp(module_string(module, module->Mot[i].name, NULL), name) == 0) return i;
  fail_msg("no MOT %s", name);
  return 0;
}

uint32_t compiled_event(const Module *module, const char *name)
{
  for (uint32_t i = 0; i < module->Event_count; i++)
    if (strcmp(module_string(module, module->Event[i].name, NULL), name) == 0) return i;
  fail_msg("no event %s", name);
  return 0;
}

Compile *compile_text(Arena *arena, const char *text)
{
  Compile *compile = ARENA_NEW(arena, Compile);
  compile_init(compile, arena, (Loader){NULL, NULL});
  compile_file(compile, sources_add(&compile->sources, "test.mot", text, strlen(text)), true);
  return compile;
}

const Diag *finding(const Compile *compile, DiagCode code)
{
  for (const Diag *diag = compile->diags.first; diag; diag = diag->next)
    if (diag->code == code) return diag;
  return NULL;
}

const Diag *needed_finding(const Compile *compile, DiagCode code)
{
  const Diag *diag = finding(compile, code);
  if (!diag) fail_msg("%s is not reported", diag_info[code].code);
  return diag;
}
