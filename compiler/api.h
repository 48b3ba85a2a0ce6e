/*
 * api.h - what the objects of the public header are made of.
 */
#ifndef MOT_COMPILER_API_H
#define MOT_COMPILER_API_H

#include "compiler/compile.h"
#include "mot/mot.h"

struct mot_compilation {
  Mem mem;
  Arena arena;
  Compile compile;
  mot_finding *findings; /* all that are kept, silenced ones too */
  mot_note **notes;
  size_t count;
};

/* `mem` over the allocator of the caller, NULL: the C library's. */
void api_mem(Mem *mem, const mot_allocator *allocator);
/* An object of `size` bytes that begins with its Mem, from that Mem; NULL when refused. */
void *api_new(const mot_allocator *allocator, size_t size);
/* Gives back what api_new made; NULL is fine. */
void api_delete(void *object, size_t size);
/* Sets an error's words; NULL is fine.  Returns `status`. */
mot_status api_fail(mot_error *error, mot_status status, const char *format, ...)
  __attribute__((format(printf, 3, 4)));
/* Makes the findings of a compilation from its diagnostics. */
void api_collect(mot_compilation *compilation);

#endif
