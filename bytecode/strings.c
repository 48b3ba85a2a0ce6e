/*
 * strings.c - the texts of a module while it is built, and its constants: equal
 * ones share a number.
 *
 * A text's number is its symbol in an interner of the pool's own; the empty text
 * is number 0 and stays out of it.
 */
#include "bytecode/strings.h"

#include <string.h>

#include "base/intern.h"
#include "base/map.h"

struct StringPool {
  Interner *texts;
  Map constants; /* bits → uint32_t: row */
};

void builder_init(ModuleBuilder *builder, Arena *arena)
{
  *builder = (ModuleBuilder){.arena = arena};
  builder->strings = ARENA_NEW(arena, StringPool);
  builder->strings->texts = intern_new(arena);
  map_init(&builder->strings->constants, arena);
}

uint32_t builder_string(ModuleBuilder *builder, const char *text, size_t len)
{
  return len == 0 ? 0 : intern(builder->strings->texts, text, len);
}

uint32_t builder_string_kept(ModuleBuilder *builder, const char *text, size_t len)
{
  return len == 0 ? 0 : intern_kept(builder->strings->texts, text, len);
}

uint32_t builder_constant(ModuleBuilder *builder, int64_t bits)
{
  Map *known = &builder->strings->constants;
  uint32_t *number = map_get(known, (uint64_t)bits);
  if (number) return *number;
  number = ARENA_NEW(builder->arena, uint32_t);
  *number = builder->Constant.len;
  map_put(known, (uint64_t)bits, number);
  VEC_PUSH(builder->arena, &builder->Constant)->bits = bits;
  return *number;
}

uint32_t builder_constant_f(ModuleBuilder *builder, double value)
{
  int64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return builder_constant(builder, bits);
}

uint32_t pool_count(const StringPool *pool)
{
  return intern_count(pool->texts) + 1;
}

const char *pool_text(const StringPool *pool, uint32_t number, size_t *len)
{
  *len = sym_len(pool->texts, number);
  return sym_text(pool->texts, number);
}
