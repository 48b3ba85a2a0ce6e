/*
 * choose.c - a part of a story: from a time on, one journey alone.
 */
#include "cli/story/story.h"

#include <stdio.h>
#include <string.h>

/* ---- one journey ---- */

static bool has_key(const StoryJourney *journey, const char *value)
{
  for (size_t i = 1; i < journey->key_count; i++)
    if (strcmp(journey->keys[i], value) == 0) return true;
  return false;
}

bool story_is_journey(const Story *story, uint32_t journey, const char *which)
{
  char number[16];
  snprintf(number, sizeof number, "%u", journey + 1);
  return strcmp(which, number) == 0 || has_key(&story->journeys.data[journey], which);
}

/* Items of other journeys go; true when some are left, or when there were none of any. */
static bool keep_items(Story *story, StoryHead *head, const bool *wanted)
{
  StoryItem *items = story->items.data + head->first;
  uint32_t left = 0, before = head->count;
  for (uint32_t i = 0; i < head->count; i++)
    if (items[i].journey != MOT_NOT_FOUND && wanted[items[i].journey]) items[left++] = items[i];
  head->count = left;
  if (left > 0) head->journey = items[0].journey;
  if (before > 0) return left > 0;
  return head->journey != MOT_NOT_FOUND && wanted[head->journey];
}

static uint32_t journey_of(const Story *story, const StoryRecord *record)
{
  return story_find(story, record->head.experience, record->head.started, record->head.journey);
}

static void point_at_scos(Story *story)
{
  for (uint32_t i = 0; i < story->heads.len; i++) {
    const StoryHead *head = &story->heads.data[i];
    for (uint32_t k = head->first; k < head->first + head->count; k++) {
      const StoryItem *item = &story->items.data[k];
      bool sco = item->kind == ITEM_DECIDED && item->step->mot == MOT_NOT_FOUND && item->journey != MOT_NOT_FOUND;
      if (sco) story->journeys.data[item->journey].sco = item;
    }
  }
}

bool story_only(Story *story, const char *which)
{
  bool *wanted = ARENA_ARRAY(story->words.arena, bool, story->journeys.len + 1), any = false;
  for (uint32_t i = 0; i < story->journeys.len; i++) {
    wanted[i] = story_is_journey(story, i, which);
    any = any || wanted[i];
    story->journeys.data[i].hidden = !wanted[i];
  }
  uint32_t left = 0;
  for (uint32_t i = 0; i < story->heads.len; i++) {
    StoryHead head = story->heads.data[i];
    if (keep_items(story, &head, wanted)) story->heads.data[left++] = head;
  }
  story->heads.len = left;
  for (uint32_t i = left = 0; i < story->open.len; i++) {
    uint32_t journey = journey_of(story, story->open.data[i]);
    if (journey != MOT_NOT_FOUND && wanted[journey]) story->open.data[left++] = story->open.data[i];
  }
  story->open.len = left;
  point_at_scos(story);
  return any;
}

/* ---- from a time on ---- */

void story_from(Story *story, int64_t from)
{
  uint32_t left = 0;
  for (uint32_t i = 0; i < story->heads.len; i++) {
    if (story->heads.data[i].time < from) continue;
    story->heads.data[left++] = story->heads.data[i];
  }
  for (uint32_t i = 0; i < story->journeys.len; i++) {
    StoryJourney *journey = &story->journeys.data[i];
    journey->hidden = journey->hidden || (journey->over != MOT_NO_TIME && journey->over < from);
  }
  story->left_out = story->heads.len - left;
  story->heads.len = left;
}
