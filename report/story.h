/*
 * story.h - one customer's journey, kept to be told: what was decided in it, with the reasons.
 */
#ifndef MOT_REPORT_STORY_H
#define MOT_REPORT_STORY_H

#include "base/mem.h"
#include "report/fact.h"
#include "report/review.h"

enum { STORY_MOMENTS = 40 };   /* the first ones are kept */

typedef struct Scene Scene;

/* What was decided in a journey, in order; begins as all zero.  Scenes are the Mem's. */
typedef struct Scenes {
  Scene *first, *last;
  uint32_t count, left_out;
} Scenes;

/* A story that may be told. */
typedef struct Story {
  bool told;
  const ReviewText *keys;
  size_t key_count;
  int64_t started, over;       /* over MOT_NO_TIME: it is not */
  uint64_t produced, missed;   /* its moments */
  Scenes scenes;
} Story;

/* Keeps a decided moment or SCO. */
void scenes_add(Mem *mem, Scenes *scenes, const ReviewFact *fact);
void scenes_free(Mem *mem, Scenes *scenes);

/* Puts `other` in the story's place if it is the better one: more moments of the wanted outcome; of as many
 * the one whose keys come first, then the one that started first.  Its keys are copied to the arena, its
 * scenes taken over. */
void story_better(Arena *arena, Story *story, Story *other, mot_outcome wanted);
ReviewStory story_result(Arena *arena, const Story *story);

#endif
