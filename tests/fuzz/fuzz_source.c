/*
 * fuzz_source.c - any bytes as a rule file: parsed and laid out.
 *
 * What can be laid out must come out the same the second time.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/fmt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool format(Arena *arena, const char *text, size_t len, Buf *out)
{
  Sources sources;
  Diags diags;
  sources_init(&sources, arena);
  diags_init(&diags, arena);
  buf_init(out, arena);
  ParseInput in = {arena, intern_new(arena), &sources, &diags};
  uint32_t file = sources_add(&sources, "fuzz.mot", text, len);
  bool good = fmt_text(&in, file, out);
  for (const Diag *diag = diags.first; diag; diag = diag->next) {
    if (diag->code == E0136) abort();
  }
  if (good != (diags.errors == 0)) abort();
  return good;
}

static void run(Arena *arena, const char *text, size_t len)
{
  Buf once, twice;
  if (!format(arena, text, len, &once)) return;
  if (!format(arena, once.data ? once.data : "", once.len, &twice)) abort();
  if (once.len != twice.len || (once.len != 0 && memcmp(once.data, twice.data, once.len) != 0)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  Mem mem;
  Arena arena;
  jmp_buf oom;
  if (size > 1 << 20) return 0;
  mem_init(&mem, NULL, NULL);
  mem.oom = &oom;
  arena_init(&arena, &mem);
  if (setjmp(oom) == 0) run(&arena, (const char *)data, size);
  arena_free(&arena);
  if (mem.in_use != 0) abort();
  return 0;
}
