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

/* A story that may be told: of all journeys that fit the one with most moments of `wanted`. */
typedef struct Story {
  bool told;
  mot_record record;           /* of the journey */
  ReviewText *keys;            /* in the arena */
  uint64_t produced, missed;
  Scenes scenes;
} Story;

/* Keeps a decided moment or SCO. */
void scenes_add(Mem *mem, Scenes *scenes, const ReviewFact *fact);
void scenes_free(Mem *mem, Scenes *scenes);

/* Whether the journey of `fact`, which is over, is the better story: more moments of the wanted outcome; of
 * as many the one whose keys come first, then the one that started first. */
bool story_is_better(const Story *story, const ReviewFact *fact, mot_outcome wanted);
/* Puts it in the story's place; takes the scenes over. */
void story_put(Arena *arena, Story *story, const ReviewFact *fact, Scenes *scenes);
ReviewStory story_result(Arena *arena, const Story *story);

#endif
