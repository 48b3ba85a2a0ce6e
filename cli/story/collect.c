/*
 * collect.c - steps and records of a run, taken and kept.
 */
#include "cli/story/collect.h"

#include <string.h>

StorySteps *story_begin(Arena *arena, const mot_rules *rules, uint32_t experience)
{
  StorySteps *steps = ARENA_NEW(arena, StorySteps);
  *steps = (StorySteps){.arena = arena, .rules = rules, .experience = experience};
  return steps;
}

static bool is_wanted(const StorySteps *steps, uint32_t experience)
{
  return steps->experience == MOT_NOT_FOUND || experience == MOT_NOT_FOUND || experience == steps->experience;
}

static mot_value kept_value(const StorySteps *steps, mot_value value)
{
  if (value.type == MOT_TYPE_TEXT) value.text = arena_copy(steps->arena, value.text, value.size);
  return value;
}

static const char *kept_text(const StorySteps *steps, const char *text)
{
  return text ? arena_copy(steps->arena, text, strlen(text)) : NULL;
}

/* ---- steps ---- */

/* Whether a field is the key whose story it is. */
static bool is_key(const StorySteps *steps, const char *name)
{
  const char *key;
  for (uint32_t i = 0; mot_rules_experience_name(steps->rules, i); i++)
    if ((key = mot_rules_key_name(steps->rules, i, 0)) != NULL && strcmp(key, name) == 0) return true;
  return false;
}

static void keep_fields(StorySteps *steps, mot_run *run, const mot_trace *step, KeptStep *ret)
{
  VEC(StoryField) fields = {0};
  const char *name;
  for (uint32_t i = 0; (name = mot_rules_field_name(steps->rules, step->event, i)) != NULL; i++) {
    mot_value value = mot_trace_value(run, step, i);
    if (value.type == MOT_TYPE_NONE || is_key(steps, name)) continue;
    *VEC_PUSH(steps->arena, &fields) = (StoryField){name, kept_value(steps, value)};
  }
  ret->fields = fields.data;
  ret->field_count = fields.len;
}

static void keep_keys(StorySteps *steps, const mot_run *run, const mot_trace *step, KeptStep *ret)
{
  VEC(const char *) keys = {0};
  const char *key;
  size_t size;
  while ((key = mot_trace_key(run, step, keys.len, &size)) != NULL)
    *VEC_PUSH(steps->arena, &keys) = arena_copy(steps->arena, key, size);
  ret->keys = keys.data;
  ret->key_count = keys.len;
}

static void take_steps(StorySteps *steps, mot_run *run)
{
  for (mot_trace step; mot_run_next_trace(run, &step);) {
    if (!is_wanted(steps, step.experience)) continue;
    KeptStep kept = {.step = step};
    kept.step.data = NULL;
    if (step.kind == MOT_TRACE_EVENT) keep_fields(steps, run, &step, &kept);
    if (step.kind == MOT_TRACE_STARTED) keep_keys(steps, run, &step, &kept);
    *VEC_PUSH(steps->arena, &steps->steps) = kept;
  }
}

/* ---- records ---- */

static void keep_moment(const StorySteps *steps, mot_run *run, const mot_record *record, StoryRecord *ret)
{
  mot_moment moment;
  if (!mot_record_moment(run, record, &moment)) return;
  ret->because = kept_text(steps, moment.because);
  ret->group = kept_value(steps, moment.group);
  ret->impact = kept_value(steps, moment.impact);
  ret->produced = moment.produced;
  ret->missed = moment.missed;
  ret->voided = moment.voided;
  ret->disruption = moment.disruption;
}

static void keep_act(const StorySteps *steps, mot_run *run, const mot_record *record, StoryRecord *ret)
{
  mot_act act;
  if (!mot_record_act(run, record, &act)) return;
  ret->state = act.state;
  ret->id = kept_text(steps, act.id);
  ret->severity = kept_text(steps, act.severity);
  ret->text = kept_text(steps, act.text);
  ret->cause = kept_text(steps, act.cause);
  ret->owner = act.owner;
  ret->due = act.due;
  ret->value = kept_value(steps, act.value);
}

static void take_records(StorySteps *steps, mot_run *run)
{
  for (mot_record record; mot_run_next(run, &record);) {
    if (!(record.kind & STORY_RECORDS) || !is_wanted(steps, record.experience)) continue;
    StoryRecord *kept = ARENA_NEW(steps->arena, StoryRecord);
    *kept = (StoryRecord){.kind = record.kind, .head = record, .disruption = -1, .owner = MOT_NOT_FOUND,
                          .due = MOT_NO_TIME};
    kept->head.data = NULL;
    keep_moment(steps, run, &record, kept);
    keep_act(steps, run, &record, kept);
    *VEC_PUSH(steps->arena, &steps->records) = kept;
  }
}

void story_take(StorySteps *steps, mot_run *run)
{
  take_steps(steps, run);
  take_records(steps, run);
}
