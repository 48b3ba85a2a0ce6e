/*
 * module.h - a module in memory: built by the compiler, written to bytes, read
 * back, verified.
 */
#ifndef MOT_BYTECODE_MODULE_H
#define MOT_BYTECODE_MODULE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/vec.h"
#include "bytecode/format.h"

/* -- building: growing tables in an arena -- */

typedef struct ModuleBuilder {
  Arena *arena;
  struct StringPool *strings;
#define TABLE(N, text) VEC(N##Row) N;
#include "bytecode/tables_only.h"
  VEC(Instr) code;
} ModuleBuilder;

void builder_init(ModuleBuilder *builder, Arena *arena);
/* The number of a text; equal texts share one. */
uint32_t builder_string(ModuleBuilder *builder, const char *text, size_t len);
/* Likewise for a text that ends in NUL and lives as long as the builder: it is not copied. */
uint32_t builder_string_kept(ModuleBuilder *builder, const char *text, size_t len);
/* The number of a constant; equal bits share one. */
uint32_t builder_constant(ModuleBuilder *builder, int64_t bits);
uint32_t builder_constant_f(ModuleBuilder *builder, double value);
/* Appends the block to `out`.  Same builder content, same bytes. */
void module_write(const ModuleBuilder *builder, Buf *out);
/* What the header's checksum must be for these bytes (0 when there are too few). */
uint64_t module_checksum(const void *bytes, uint64_t size);

/* -- reading -- */

typedef struct Module { /* a view of a verified block; no memory of its own */
  const uint8_t *bytes;
  uint64_t size;
  const uint32_t *string_offsets;
  const char *string_bytes;
  uint32_t string_count;
#define TABLE(N, text) const N##Row *N; uint32_t N##_count;
#include "bytecode/tables_only.h"
  const Instr *code;
  uint32_t code_count;
} Module;

/* What is wrong with a block, in words with the place ("functions[3].first: …"). */
typedef struct ModuleError {
  char text[240];
} ModuleError;

/* Finds the sections of `size` bytes at `bytes` (aligned to 8, kept by the
 * caller as long as the module) and verifies everything: header, checksum,
 * strings, every row, every instruction, every layout.  False with `error` set
 * when anything is off; then `module` must not be used.  Allocates only from
 * `scratch`. */
bool module_read(Module *module, const void *bytes, uint64_t size, Arena *scratch, ModuleError *error);

/* The rows of a table and how many; NULL and 0 for strings and code. */
const void *module_rows(const Module *module, SectionId table, uint32_t *count);
/* Text number `number`, NUL-terminated; its length in *len if not NULL. */
const char *module_string(const Module *module, uint32_t number, uint32_t *len);

#endif
