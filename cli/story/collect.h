/*
 * collect.h - steps and records of a run, kept until they are joined.
 */
#ifndef MOT_CLI_STORY_COLLECT_H
#define MOT_CLI_STORY_COLLECT_H

#include "cli/story/story.h"

typedef struct KeptStep {
  mot_trace step;
  const char *const *keys;     /* of STARTED */
  size_t key_count;
  const StoryField *fields;    /* of EVENT */
  uint32_t field_count;
} KeptStep;

struct StorySteps {
  Arena *arena;
  const mot_rules *rules;
  uint32_t experience;
  VEC(KeptStep) steps;
  VEC(const StoryRecord *) records;
};

#endif
