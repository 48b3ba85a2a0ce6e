/*
 * api_cost.c - what a module costs, through the library.
 */
#include <string.h>

#include "compiler/api.h"
#include "compiler/cost.h"

struct mot_cost {
  Mem mem;
  Arena arena;
  Cost cost;
};

static mot_status measure(mot_cost *cost, const void *bytes, size_t size, mot_error *error)
{
  void *kept = arena_alloc(&cost->arena, size); /* the names are the module's */
  memcpy(kept, bytes, size);
  Module module;
  ModuleError why;
  if (!module_read(&module, kept, size, &cost->arena, &why))
    return api_fail(error, MOT_INVALID, "this is no sound module: %s", why.text);
  cost->cost = cost_of(&module, &cost->arena);
  return MOT_OK;
}

mot_status mot_cost_of(const void *module, size_t size, const mot_allocator *allocator, mot_cost **ret_cost,
                       mot_error *error)
{
  if (error) error->text[0] = 0;
  mot_cost *cost = api_new(allocator, sizeof *cost);
  if (!cost) return api_fail(error, MOT_NO_MEMORY, "there is not enough memory");
  arena_init(&cost->arena, &cost->mem);
  jmp_buf oom;
  cost->mem.oom = &oom;
  mot_status status = setjmp(oom) == 0 ? measure(cost, module, size, error)
                                       : api_fail(error, MOT_NO_MEMORY, "there is not enough memory");
  cost->mem.oom = NULL;
  if (status == MOT_OK)
    *ret_cost = cost;
  else
    mot_cost_free(cost);
  return status;
}

size_t mot_cost_experiences(const mot_cost *cost)
{
  return cost->cost.experience_count;
}

bool mot_cost_experience(const mot_cost *cost, size_t experience, mot_experience_cost *ret_cost)
{
  if (experience >= cost->cost.experience_count) return false;
  const ExperienceCost *e = &cost->cost.experiences[experience];
  *ret_cost = (mot_experience_cost){e->name, e->journey_bytes, e->handlers, e->instructions, e->per_moment,
                                    e->mot_count};
  return true;
}

bool mot_cost_mot(const mot_cost *cost, size_t experience, size_t mot, mot_mot_cost *ret_cost)
{
  if (experience >= cost->cost.experience_count) return false;
  const ExperienceCost *e = &cost->cost.experiences[experience];
  if (mot >= e->mot_count) return false;
  *ret_cost = (mot_mot_cost){e->mots[mot].name, e->mots[mot].moment_bytes, e->mots[mot].single};
  return true;
}

bool mot_cost_correction(const mot_cost *cost, size_t experience, size_t correction,
                         mot_correction_cost *ret_cost)
{
  if (experience >= cost->cost.experience_count) return false;
  const ExperienceCost *e = &cost->cost.experiences[experience];
  if (correction >= e->correction_count) return false;
  *ret_cost = (mot_correction_cost){e->corrections[correction].text, e->corrections[correction].bytes};
  return true;
}

size_t mot_cost_measures(const mot_cost *cost)
{
  return cost->cost.measure_count;
}

bool mot_cost_measure(const mot_cost *cost, size_t measure, mot_measure_cost *ret_cost)
{
  if (measure >= cost->cost.measure_count) return false;
  const MeasureCost *m = &cost->cost.measures[measure];
  *ret_cost = (mot_measure_cost){m->name, m->groups, m->panes, m->pane_bytes, m->pane_bytes_most,
                                 m->bucket_bytes};
  return true;
}

void mot_cost_free(mot_cost *cost)
{
  if (!cost) return;
  arena_free(&cost->arena);
  api_delete(cost, sizeof *cost);
}
