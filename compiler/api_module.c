/*
 * api_module.c - modules given to the library: listed, or asked what they cost.
 */
#include <string.h>

#include "bytecode/disasm.h"
#include "compiler/api.h"

struct mot_listing {
  Mem mem;
  Arena arena;
  Buf text;
};

/* Reads and verifies; a block that is not aligned is copied first. */
static bool read_module(Arena *arena, const void *bytes, size_t size, Module *module, ModuleError *error)
{
  if ((uintptr_t)bytes % 8 != 0) {
    void *aligned = arena_alloc(arena, size);
    memcpy(aligned, bytes, size);
    bytes = aligned;
  }
  return module_read(module, bytes, size, arena, error);
}

static mot_status list(mot_listing *listing, const void *bytes, size_t size, mot_error *error)
{
  Module module;
  ModuleError why;
  if (!read_module(&listing->arena, bytes, size, &module, &why))
    return api_fail(error, MOT_INVALID, "this is no sound module: %s", why.text);
  buf_init(&listing->text, &listing->arena);
  module_disasm(&module, &listing->text);
  return MOT_OK;
}

mot_status mot_disassemble(const void *module, size_t size, const mot_allocator *allocator, mot_listing **ret_listing,
                           mot_error *error)
{
  if (error) error->text[0] = 0;
  mot_listing *listing = api_new(allocator, sizeof *listing);
  if (!listing) return api_fail(error, MOT_NO_MEMORY, "there is not enough memory");
  arena_init(&listing->arena, &listing->mem);
  jmp_buf oom;
  listing->mem.oom = &oom;
  mot_status status = setjmp(oom) == 0 ? list(listing, module, size, error)
                                       : api_fail(error, MOT_NO_MEMORY, "there is not enough memory");
  listing->mem.oom = NULL;
  if (status == MOT_OK)
    *ret_listing = listing;
  else
    mot_listing_free(listing);
  return status;
}

const char *mot_listing_text(const mot_listing *listing, size_t *ret_size)
{
  *ret_size = listing->text.len;
  return listing->text.data ? listing->text.data : "";
}

void mot_listing_free(mot_listing *listing)
{
  if (!listing) return;
  arena_free(&listing->arena);
  api_delete(listing, sizeof *listing);
}
