/*
 * api_rules.c - modules made ready to run, through the library.
 */
#include <stdio.h>
#include <string.h>

#include "runtime/places.h"
#include "runtime/session.h"

static mot_status fail(mot_error *error, mot_status status, const char *format, const char *why)
{
  if (error) snprintf(error->text, sizeof error->text, format, why);
  return status;
}

static mot_status load(mot_rules *rules, const void *bytes, size_t size, mot_error *error)
{
  ModuleError why;
  Arena scratch;
  void *kept = arena_alloc(&rules->arena, size);
  memcpy(kept, bytes, size);
  arena_init(&scratch, &rules->mem);
  jmp_buf *outer = rules->mem.oom, oom;
  rules->mem.oom = &oom;
  volatile bool sound = false, refused = true;
  if (setjmp(oom) == 0) {
    sound = module_read(&rules->module, kept, size, &scratch, &why);
    refused = false;
  }
  arena_free(&scratch);
  rules->mem.oom = outer;
  if (refused) mem_fail(&rules->mem);
  if (!sound) return fail(error, MOT_INVALID, "this is no sound module: %s", why.text);
  if (rules->module.Experience_count > UINT16_MAX) /* records have so much room for the number of theirs */
    return fail(error, MOT_INVALID, "%s", "rules with more than 65,535 experiences cannot run");
  rules->plan = plan_new(&rules->module, &rules->arena);
  rules->measures = measures_new(rules->plan, &rules->arena);
  rules->forms = record_forms_new(rules->plan, &rules->arena);
  rules->lines = line_starts_new(&rules->module, &rules->arena);
  return MOT_OK;
}

static mot_rules *new_rules(const mot_allocator *allocator)
{
  Mem mem;
  mem_init(&mem, allocator ? allocator->resize : NULL, allocator ? allocator->user : NULL);
  mot_rules *rules = mem_resize(&mem, NULL, 0, sizeof *rules);
  if (!rules) return NULL;
  *rules = (mot_rules){.mem = mem};
  arena_init(&rules->arena, &rules->mem);
  return rules;
}

mot_status mot_rules_load(const void *module, size_t size, const mot_allocator *allocator,
                          mot_rules **ret_rules, mot_error *error)
{
  if (error) error->text[0] = 0;
  mot_rules *rules = new_rules(allocator);
  if (!rules) return fail(error, MOT_NO_MEMORY, "%s", "there is not enough memory");
  jmp_buf oom;
  rules->mem.oom = &oom;
  mot_status status = setjmp(oom) == 0 ? load(rules, module, size, error)
                                       : fail(error, MOT_NO_MEMORY, "%s", "there is not enough memory");
  rules->mem.oom = NULL;
  if (status == MOT_OK)
    *ret_rules = rules;
  else
    mot_rules_free(rules);
  return status;
}

void mot_rules_free(mot_rules *rules)
{
  if (!rules) return;
  arena_free(&rules->arena);
  Mem mem = rules->mem;
  mem_resize(&mem, rules, sizeof *rules, 0);
}

/* ---- what the rules know ---- */

static const char *text(const mot_rules *rules, uint32_t string)
{
  return module_string(&rules->module, string, NULL);
}

const char *mot_rules_event_name(const mot_rules *rules, uint32_t event)
{
  return event < rules->module.Event_count ? text(rules, rules->module.Event[event].name) : NULL;
}

const char *mot_rules_field_name(const mot_rules *rules, uint32_t event, uint32_t field)
{
  if (event >= rules->module.Event_count) return NULL;
  const EventRow *row = &rules->module.Event[event];
  return field < row->fields_count ? text(rules, rules->module.Field[row->fields + field].name) : NULL;
}

const char *mot_rules_experience_name(const mot_rules *rules, uint32_t experience)
{
  if (experience >= rules->module.Experience_count) return NULL;
  return text(rules, rules->module.Experience[experience].name);
}

const char *mot_rules_mot_name(const mot_rules *rules, uint32_t mot)
{
  return mot < rules->module.Mot_count ? text(rules, rules->module.Mot[mot].name) : NULL;
}

uint32_t mot_rules_mot_experience(const mot_rules *rules, uint32_t mot)
{
  return mot < rules->module.Mot_count ? rules->module.Mot[mot].experience : MOT_NOT_FOUND;
}

uint32_t mot_rules_event(const mot_rules *rules, const char *name)
{
  for (uint32_t i = 0; i < rules->module.Event_count; i++)
    if (strcmp(mot_rules_event_name(rules, i), name) == 0) return i;
  return MOT_NOT_FOUND;
}

uint32_t mot_rules_field(const mot_rules *rules, uint32_t event, const char *name)
{
  const char *field;
  for (uint32_t i = 0; (field = mot_rules_field_name(rules, event, i)) != NULL; i++)
    if (strcmp(field, name) == 0) return i;
  return MOT_NOT_FOUND;
}

uint32_t mot_rules_experience(const mot_rules *rules, const char *name)
{
  for (uint32_t i = 0; i < rules->module.Experience_count; i++)
    if (strcmp(mot_rules_experience_name(rules, i), name) == 0) return i;
  return MOT_NOT_FOUND;
}

uint32_t mot_rules_mot(const mot_rules *rules, uint32_t experience, const char *name)
{
  if (experience >= rules->module.Experience_count) return MOT_NOT_FOUND;
  const ExperienceRow *row = &rules->module.Experience[experience];
  for (uint32_t i = row->mots; i < row->mots + row->mots_count; i++)
    if (strcmp(mot_rules_mot_name(rules, i), name) == 0) return i;
  return MOT_NOT_FOUND;
}
