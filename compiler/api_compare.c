/*
 * api_compare.c - two modules beside each other, through the library.
 */
#include "compiler/api.h"
#include "compiler/compare.h"

struct mot_comparison {
  Mem mem;
  Arena arena;
  ChangeList changes;
};

typedef struct ModuleGiven {
  const void *bytes;
  size_t size;
} ModuleGiven;

static bool read_side(mot_comparison *comparison, ModuleGiven given, const char *which, Side **ret_side, mot_error *error)
{
  const char *why = "";
  Side *side = ARENA_NEW(&comparison->arena, Side);
  if (!side_read(side, &comparison->arena, given.bytes, given.size, &why)) {
    api_fail(error, MOT_INVALID, "the %s rules: %s", which, why);
    return false;
  }
  side_facts(side);
  side_rules(side);
  side_measures(side);
  *ret_side = side;
  return true;
}

static mot_status compare(mot_comparison *comparison, const ModuleGiven given[2], mot_error *error)
{
  Side *old_side, *new_side;
  if (!read_side(comparison, given[0], "old", &old_side, error)) return MOT_INVALID;
  if (!read_side(comparison, given[1], "new", &new_side, error)) return MOT_INVALID;
  compare_sides(old_side, new_side, &comparison->changes);
  return MOT_OK;
}

mot_status mot_compare(const void *old_module, size_t old_size, const void *new_module, size_t new_size,
                       const mot_allocator *allocator, mot_comparison **ret_comparison, mot_error *error)
{
  const ModuleGiven given[2] = {{old_module, old_size}, {new_module, new_size}};
  if (error) error->text[0] = 0;
  mot_comparison *comparison = api_new(allocator, sizeof *comparison);
  if (!comparison) return api_fail(error, MOT_NO_MEMORY, "there is not enough memory");
  arena_init(&comparison->arena, &comparison->mem);
  jmp_buf oom;
  comparison->mem.oom = &oom;
  mot_status status = setjmp(oom) == 0 ? compare(comparison, given, error)
                                       : api_fail(error, MOT_NO_MEMORY, "there is not enough memory");
  comparison->mem.oom = NULL;
  if (status == MOT_OK)
    *ret_comparison = comparison;
  else
    mot_comparison_free(comparison);
  return status;
}

bool mot_comparison_change(const mot_comparison *comparison, size_t index, mot_change *ret_change)
{
  if (index >= comparison->changes.len) return false;
  *ret_change = comparison->changes.data[index];
  return true;
}

void mot_comparison_free(mot_comparison *comparison)
{
  if (!comparison) return;
  arena_free(&comparison->arena);
  api_delete(comparison, sizeof *comparison);
}
